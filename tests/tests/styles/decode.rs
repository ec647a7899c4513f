//! Decodes a request as a service does that follows OpenAPI's table of styles and RFC 6570. It does not know the
//! encoder.

use serde_json::{Map, Value, json};

use super::random::{Parameter, ParameterLocation, Style, Type};

/// A request as it arrived.
pub struct Received {
    pub path: String,
    pub query: String,
    pub cookie: String,
    /// By name, in lower case.
    pub headers: Map<String, Value>,
    pub body: String,
}

/// Returns the value of a parameter, or why there is none.
pub fn value(received: &Received, parameter: &Parameter) -> Result<Value, String> {
    let Parameter {
        name, style, ty, ..
    } = parameter;
    match parameter.place {
        ParameterLocation::Path => {
            let mut parts = received
                .path
                .split('/')
                .skip_while(|it| *it != format!("in{name}"));
            let segment = parts.nth(1).ok_or("no segment")?;
            in_path(segment, name, *style, ty)
        }
        ParameterLocation::Header => {
            let text = received
                .headers
                .get(&name.to_lowercase())
                .and_then(Value::as_str);
            let Style::Named(_, explode) = *style else {
                return Err("not a style of headers".to_owned());
            };
            separated(text.ok_or("no header")?, ",", explode, ty, &|it| {
                it.to_owned()
            })
        }
        ParameterLocation::Cookie => in_fields(&received.cookie, "; ", parameter, &percent_decoded),
        ParameterLocation::Query => in_fields(&received.query, "&", parameter, &form_decoded),
        ParameterLocation::Form => in_fields(&received.body, "&", parameter, &form_decoded),
    }
}

fn in_path(segment: &str, name: &str, style: Style, ty: &Type) -> Result<Value, String> {
    let Style::Named(style, explode) = style else {
        return Err("not a style of paths".to_owned());
    };
    let has_parts = !matches!(ty, Type::Text | Type::Integer | Type::Boolean);
    match style {
        "simple" => separated(segment, ",", explode, ty, &percent_decoded),
        "label" => {
            let text = segment.strip_prefix('.').ok_or("no dot")?;
            // Scalars may contain dots themselves.
            let delimiter = if explode && has_parts { "." } else { "," };
            separated(text, delimiter, explode, ty, &percent_decoded)
        }
        _ => {
            let text = segment.strip_prefix(';').ok_or("no semicolon")?;
            match (explode, ty) {
                (true, Type::Object(..) | Type::Map) => {
                    separated(text, ";", true, ty, &percent_decoded)
                }
                (true, Type::List(_)) => {
                    let values = text
                        .split(';')
                        .map(|it| it.strip_prefix(&format!("{name}=")));
                    let values: Option<Vec<&str>> = values.collect();
                    list(&values.ok_or("no name")?, ty, &percent_decoded)
                }
                (_, _) => {
                    let text = text.strip_prefix(&format!("{name}=")).ok_or("no name")?;
                    separated(text, ",", explode, ty, &percent_decoded)
                }
            }
        }
    }
}

type Decoded<'d> = &'d dyn Fn(&str) -> String;

/// Decodes a value whose parts are in one text.
fn separated(
    text: &str,
    delimiter: &str,
    explode: bool,
    ty: &Type,
    decoded: Decoded<'_>,
) -> Result<Value, String> {
    let parts: Vec<&str> = text.split(delimiter).collect();
    match ty {
        Type::Text | Type::Integer | Type::Boolean => scalar(&decoded(text), ty),
        Type::List(_) => list(&parts, ty, decoded),
        Type::Map | Type::Object(..) if explode => {
            let pairs = parts.iter().map(|it| it.split_once('='));
            let pairs: Option<Vec<(&str, &str)>> = pairs.collect();
            members(&pairs.ok_or("no pair")?, ty, decoded)
        }
        Type::Map | Type::Object(..) => {
            let pairs: Vec<(&str, &str)> = parts
                .chunks(2)
                .map(|it| (it[0], it[it.len() - 1]))
                .collect();
            members(&pairs, ty, decoded)
        }
    }
}

fn list(texts: &[&str], ty: &Type, decoded: Decoded<'_>) -> Result<Value, String> {
    let Type::List(item) = ty else {
        return Err("no list".to_owned());
    };
    texts.iter().map(|it| scalar(&decoded(it), item)).collect()
}

fn members(pairs: &[(&str, &str)], ty: &Type, decoded: Decoded<'_>) -> Result<Value, String> {
    let mut object = Map::new();
    for (key, text) in pairs {
        let key = decoded(key);
        let ty = member(ty, &key).ok_or(format!("no member {key}"))?;
        object.insert(key, scalar(&decoded(text), &ty)?);
    }
    Ok(Value::Object(object))
}

/// Returns the type of a member of an object or a map.
fn member(ty: &Type, key: &str) -> Option<Type> {
    match ty {
        Type::Map => Some(Type::Text),
        Type::Object(_, fields) => {
            let field = fields.iter().find(|(name, ..)| name == key);
            field.map(|(_, ty, _)| ty.clone())
        }
        Type::Text | Type::Integer | Type::Boolean | Type::List(_) => None,
    }
}

fn scalar(text: &str, ty: &Type) -> Result<Value, String> {
    match ty {
        Type::Text => Ok(json!(text)),
        Type::Integer | Type::Boolean => {
            serde_json::from_str(text).map_err(|error| format!("{text}: {error}"))
        }
        Type::List(_) | Type::Map | Type::Object(..) => Err(format!("{text}: not a scalar")),
    }
}

/// Decodes a value in named fields: a query, a form or cookies.
fn in_fields(
    text: &str,
    between: &str,
    parameter: &Parameter,
    decoded: Decoded<'_>,
) -> Result<Value, String> {
    let Parameter {
        name, style, ty, ..
    } = parameter;
    let fields = text.split(between).filter(|it| !it.is_empty());
    let fields = fields.map(|it| it.split_once('=').ok_or(format!("{it}: no field")));
    let fields: Vec<(&str, &str)> = fields.collect::<Result<_, _>>()?;
    let own: Vec<&str> = fields
        .iter()
        .filter(|(key, _)| decoded(key) == *name)
        .map(|(_, it)| *it)
        .collect();
    let only = || match own[..] {
        [only] => Ok(only),
        _ => Err(format!("{} fields {name}", own.len())),
    };
    let has_parts = !matches!(ty, Type::Text | Type::Integer | Type::Boolean);
    match style {
        Style::Json => serde_json::from_str(&decoded(only()?)).map_err(|error| error.to_string()),
        Style::Named(_, _) if !has_parts => scalar(&decoded(only()?), ty),
        Style::Named("deepObject", _) => {
            let fields = fields.iter().map(|(key, it)| (decoded(key), decoded(it)));
            let fields =
                fields.filter_map(|(key, it)| Some((keys(key.strip_prefix(&**name)?)?, it)));
            deep(&fields.collect::<Vec<_>>(), ty)
        }
        Style::Named(_, true) => match ty {
            Type::List(_) => list(&own, ty, decoded),
            Type::Text | Type::Integer | Type::Boolean | Type::Map | Type::Object(..) => {
                let is_own = |key: &str| match ty {
                    Type::Map => key.starts_with(&format!("m{name}")),
                    Type::Object(..) | Type::List(_) => member(ty, key).is_some(),
                    Type::Text | Type::Integer | Type::Boolean => false,
                };
                let own = fields.iter().filter(|(key, _)| is_own(&decoded(key)));
                members(&own.copied().collect::<Vec<_>>(), ty, decoded)
            }
        },
        Style::Named(style, false) => {
            let delimiter = match *style {
                "spaceDelimited" => "%20",
                "pipeDelimited" => "%7C",
                _ => ",",
            };
            separated(only()?, delimiter, false, ty, decoded)
        }
    }
}

/// Returns the keys in brackets: `[a][0][]`.
fn keys(brackets: &str) -> Option<Vec<String>> {
    let inner = brackets.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.split("][").map(str::to_owned).collect())
}

/// Builds a value from the keys that lead to its parts.
fn deep(fields: &[(Vec<String>, String)], ty: &Type) -> Result<Value, String> {
    let below = |key: &str| -> Vec<(Vec<String>, String)> {
        let own = fields
            .iter()
            .filter(|(keys, _)| keys.first().is_some_and(|it| it == key));
        own.map(|(keys, it)| (keys[1..].to_vec(), it.clone()))
            .collect()
    };
    match ty {
        Type::Text | Type::Integer | Type::Boolean => match fields {
            [(keys, text)] if keys.is_empty() => scalar(text, ty),
            _ => Err("not one value".to_owned()),
        },
        Type::List(item) => {
            let plain = below("");
            if !plain.is_empty() {
                return plain.iter().map(|(_, it)| scalar(it, item)).collect();
            }
            let items = (0..).map(|index: usize| below(&index.to_string()));
            items
                .take_while(|it| !it.is_empty())
                .map(|it| deep(&it, item))
                .collect()
        }
        Type::Map | Type::Object(..) => {
            let mut object = Map::new();
            for key in fields.iter().filter_map(|(keys, _)| keys.first()) {
                let ty = member(ty, key).ok_or(format!("no member {key}"))?;
                object.insert(key.clone(), deep(&below(key), &ty)?);
            }
            Ok(Value::Object(object))
        }
    }
}

fn form_decoded(text: &str) -> String {
    percent_decoded(&text.replace('+', " "))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.first_chunk::<2>().filter(|_| *first == b'%');
        let byte = digits
            .and_then(|it| std::str::from_utf8(it).ok())
            .and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).expect("UTF-8")
}
