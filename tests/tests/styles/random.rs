//! Random documents: operations whose parameters have any type and any style, and a value for each parameter.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// A pseudo-random number generator (xorshift64*): the same seed gives the same numbers everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).expect("31 bits") % limit
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn is(&mut self) -> bool {
        self.below(2) == 0
    }
}

/// The type of a value.
#[derive(Clone)]
pub enum Type {
    Text,
    Integer,
    Boolean,
    List(Box<Type>),
    Map,
    /// The component with this number, with its fields and whether each is required.
    Object(usize, Vec<(String, Type, bool)>),
}

/// The location of a parameter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
    Form,
}

/// The style of a parameter, in OpenAPI's terms.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Style {
    Named(&'static str, bool),
    Json,
}

pub struct Parameter {
    pub name: String,
    pub place: ParameterLocation,
    pub style: Style,
    pub keeps_reserved: bool,
    pub required: bool,
    pub ty: Type,
    pub value: Value,
}

pub struct Operation {
    pub parameters: Vec<Parameter>,
}

/// Types and operations.
pub struct Document {
    random: Random,
    objects: Vec<Type>,
    pub operations: Vec<Operation>,
}

/// Characters with a meaning somewhere in a request.
const SIGNS: &[char] = &[
    '.',
    'a',
    'B',
    '7',
    '-',
    '~',
    ' ',
    '+',
    '&',
    '=',
    '#',
    '?',
    '/',
    '%',
    ',',
    ';',
    ':',
    '[',
    ']',
    '"',
    '\'',
    '\\',
    '{',
    '}',
    '@',
    '\u{e9}',
    '\u{1f4f6}',
    '\n',
];

/// Those without a meaning in headers.
const PLAIN: &[char] = &['a', 'B', '7', '.', '-', '~'];

impl Document {
    pub fn new(seed: u64, count: usize) -> Self {
        let mut document = Self {
            random: Random(seed),
            objects: Vec::new(),
            operations: Vec::new(),
        };
        for _ in 0..count {
            let operation = document.operation();
            document.operations.push(operation);
        }
        document
    }

    fn operation(&mut self) -> Operation {
        let has_form = self.random.is();
        let mut parameters = Vec::new();
        for index in 0..3 + self.random.below(6) {
            let places = [
                ParameterLocation::Path,
                ParameterLocation::Query,
                ParameterLocation::Header,
                ParameterLocation::Cookie,
            ];
            let place = match has_form && index % 2 == 0 {
                true => ParameterLocation::Form,
                false => self.random.one(&places),
            };
            parameters.push(self.parameter(&format!("p{index}"), place));
        }
        Operation { parameters }
    }

    fn parameter(&mut self, name: &str, place: ParameterLocation) -> Parameter {
        let style = self.style(place);
        let ty = match (style, self.random.below(6)) {
            (Style::Json, 0 | 1) | (Style::Named("deepObject", _), 0) => self.nested(),
            (_, 0 | 1) => Type::Text,
            (_, 2) => self.scalar(),
            (Style::Named("deepObject", _), 3 | 4) | (_, 4) => self.object(false),
            (_, 3) => Type::List(Box::new(self.scalar())),
            (_, _) => Type::Map,
        };
        let keeps_reserved = matches!(style, Style::Named(..))
            && matches!(place, ParameterLocation::Query | ParameterLocation::Form)
            && self.random.below(5) == 0;
        let signs = match (place, keeps_reserved) {
            (ParameterLocation::Header, _) => PLAIN,
            (_, true) => &['a', '&', '#', '+', ':', '/', '?'][..],
            // Dots separate the parts of a label, and are not escaped.
            (ParameterLocation::Path, false) => &SIGNS[1..],
            (_, false) => SIGNS,
        };
        let value = self.value(&ty, signs, name);
        Parameter {
            name: match place {
                ParameterLocation::Header => format!("X-{name}"),
                ParameterLocation::Path
                | ParameterLocation::Query
                | ParameterLocation::Cookie
                | ParameterLocation::Form => name.to_owned(),
            },
            place,
            style,
            keeps_reserved,
            required: place == ParameterLocation::Path || self.random.below(4) == 0,
            ty,
            value,
        }
    }

    fn style(&mut self, place: ParameterLocation) -> Style {
        let explode = self.random.is();
        let named = match place {
            ParameterLocation::Path => self.random.one(&["simple", "label", "matrix"]),
            ParameterLocation::Header => "simple",
            ParameterLocation::Cookie => "form",
            ParameterLocation::Query | ParameterLocation::Form => {
                let styles = ["form", "spaceDelimited", "pipeDelimited", "deepObject", ""];
                self.random.one(&styles)
            }
        };
        match named {
            "" => Style::Json,
            "deepObject" => Style::Named(named, true),
            _ => Style::Named(named, explode),
        }
    }

    fn scalar(&mut self) -> Type {
        match self.random.below(3) {
            0 => Type::Text,
            1 => Type::Integer,
            _ => Type::Boolean,
        }
    }

    fn nested(&mut self) -> Type {
        match self.random.is() {
            true => Type::List(Box::new(self.object(true))),
            false => self.object(true),
        }
    }

    /// Returns a new object type, with lists and objects in it if it is nested.
    fn object(&mut self, nested: bool) -> Type {
        let mut fields = Vec::new();
        let number = self.objects.len();
        for index in 0..1 + self.random.below(3) {
            let ty = match self.random.below(4) {
                0 if nested => Type::List(Box::new(self.scalar())),
                1 if nested => self.object(false),
                2 if nested => Type::Map,
                _ => self.scalar(),
            };
            fields.push((index, ty));
        }
        // Unique names, because the fields of several objects may be adjacent.
        let own = self.objects.len();
        let fields = fields.into_iter().map(|(index, ty)| {
            let required = index == 0 || (own + index).is_multiple_of(3);
            (format!("f{number}x{own}x{index}"), ty, required)
        });
        let object = Type::Object(own, fields.collect());
        self.objects.push(object.clone());
        object
    }

    fn value(&mut self, ty: &Type, signs: &[char], unique: &str) -> Value {
        match ty {
            Type::Text => {
                let count = 1 + self.random.below(8);
                let text = (0..count).map(|_| self.random.one(signs));
                // Avoid dot segments.
                json!(format!("x{}", text.collect::<String>()))
            }
            Type::Integer => json!(i64::try_from(self.random.below(2_000)).expect("small") - 1_000),
            Type::Boolean => json!(self.random.is()),
            Type::List(item) => {
                let count = 1 + self.random.below(3);
                (0..count)
                    .map(|_| self.value(item, signs, unique))
                    .collect()
            }
            Type::Map => {
                let entries = (0..1 + self.random.below(2)).map(|index| {
                    let sign = match signs.len() == PLAIN.len() {
                        true => 'k',
                        // A bracket in a key would be ambiguous.
                        false => self.random.one(&['k', '&', '=', '#', '\u{e9}', ',', ';']),
                    };
                    let key = format!("m{unique}{index}{sign}");
                    (key, self.value(&Type::Text, signs, unique))
                });
                Value::Object(entries.collect())
            }
            Type::Object(_, fields) => {
                let mut object = Map::new();
                for (name, ty, required) in fields {
                    if *required || self.random.is() {
                        let value = self.value(ty, signs, unique);
                        object.insert(name.clone(), value);
                    }
                }
                Value::Object(object)
            }
        }
    }

    /// Returns the document as JSON.
    pub fn text(&self) -> String {
        let schemas = self.objects.iter().filter_map(|it| match it {
            Type::Object(number, fields) => Some((format!("O{number}"), object_schema(fields))),
            Type::Text | Type::Integer | Type::Boolean | Type::List(_) | Type::Map => None,
        });
        let schemas: Map<String, Value> = schemas.collect();
        let paths = self.operations.iter().enumerate();
        let paths: Map<String, Value> = paths.map(|(at, it)| it.path_item(at)).collect();
        let document = json!({"openapi": "3.0.3", "info": {"title": "Demo", "version": "1"},
            "servers": [{"url": "https://demo.example.com"}], "paths": paths, "components": {"schemas": schemas}});
        document.to_string()
    }
}

impl Operation {
    fn path_item(&self, at: usize) -> (String, Value) {
        let mut path = format!("/op{at}");
        let in_path = self
            .parameters
            .iter()
            .filter(|it| it.place == ParameterLocation::Path);
        for parameter in in_path {
            let _ = write!(path, "/in{0}/{{{0}}}", parameter.name);
        }
        let elsewhere = self
            .parameters
            .iter()
            .filter(|it| it.place != ParameterLocation::Form);
        let parameters: Vec<Value> = elsewhere.map(Parameter::declaration).collect();
        let mut operation = json!({"operationId": format!("Call{at}"), "parameters": parameters,
            "responses": {"204": {"description": "Done."}}});
        let fields: Vec<&Parameter> = self
            .parameters
            .iter()
            .filter(|it| it.place == ParameterLocation::Form)
            .collect();
        if !fields.is_empty() {
            let properties = fields.iter().map(|it| (it.name.clone(), schema(&it.ty)));
            let required: Vec<&str> = fields
                .iter()
                .filter(|it| it.required)
                .map(|it| &*it.name)
                .collect();
            let encoding = fields.iter().map(|it| (it.name.clone(), it.encoding()));
            let mut form =
                json!({"type": "object", "properties": properties.collect::<Map<_, _>>()});
            if !required.is_empty() {
                form["required"] = json!(required);
            }
            operation["requestBody"] = json!({"content": {"application/x-www-form-urlencoded":
                {"schema": form, "encoding": encoding.collect::<Map<_, _>>()}}});
        }
        (path, json!({"post": operation}))
    }
}

impl Parameter {
    fn declaration(&self) -> Value {
        let place = format!("{:?}", self.place).to_lowercase();
        let mut declaration = json!({"name": self.name, "in": place, "required": self.required});
        match self.style {
            Style::Named(style, explode) => {
                declaration["style"] = json!(style);
                declaration["explode"] = json!(explode);
                declaration["schema"] = schema(&self.ty);
            }
            Style::Json => {
                declaration["content"] = json!({"application/json": {"schema": schema(&self.ty)}});
            }
        }
        if self.keeps_reserved {
            declaration["allowReserved"] = json!(true);
        }
        declaration
    }

    fn encoding(&self) -> Value {
        match self.style {
            Style::Json => json!({"contentType": "application/json"}),
            Style::Named(style, explode) => {
                json!({"style": style, "explode": explode, "allowReserved": self.keeps_reserved})
            }
        }
    }
}

fn schema(ty: &Type) -> Value {
    match ty {
        Type::Text => json!({"type": "string"}),
        Type::Integer => json!({"type": "integer"}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::List(item) => json!({"type": "array", "items": schema(item)}),
        Type::Map => json!({"type": "object", "additionalProperties": {"type": "string"}}),
        Type::Object(number, _) => json!({"$ref": format!("#/components/schemas/O{number}")}),
    }
}

fn object_schema(fields: &[(String, Type, bool)]) -> Value {
    let properties = fields
        .iter()
        .map(|(name, ty, _)| (name.clone(), schema(ty)));
    let required: Vec<&str> = fields.iter().filter(|it| it.2).map(|it| &*it.0).collect();
    json!({"type": "object", "properties": properties.collect::<Map<_, _>>(), "required": required})
}
