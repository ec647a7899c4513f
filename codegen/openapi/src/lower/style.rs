//! Determines how parameter values are serialized (OpenAPI 3.0.3, Style Values and Encoding Object).

use openapiv3::{Encoding, Parameter as SpecParameter, PathStyle, QueryStyle};

use super::Lowering;
use super::fault::LoweringFault;
use crate::api::schema::{is_text, is_texts};
use crate::api::{Layout, ParameterEncoding, Prefix, Style, Type, TypeId, Use};
use crate::load;
use crate::media_type::{is_json, is_range};
use crate::pointer::Pointer;

/// How a document says a value is serialized, before its type is known.
#[derive(Clone, Copy)]
pub(super) enum DeclaredStyle {
    /// A style.
    Style(Style),
    /// A JSON media type: the whole value.
    Json,
    /// Another media type: callers create the text of a structured value.
    Text,
    /// The same, for each item of a list.
    EachText,
    /// Nothing: a form field, which is a string, the strings of a list, or JSON.
    Nothing,
}

impl DeclaredStyle {
    /// The serialization of a parameter without `content`.
    pub(super) fn of(parameter: &SpecParameter) -> Self {
        let data = parameter.parameter_data_ref();
        let explode = data.explode;
        let is_kept = load::keeps_reserved(&data.extensions);
        Self::Style(match parameter {
            SpecParameter::Path { style, .. } => Style {
                layout: Layout::Path {
                    prefix: match style {
                        PathStyle::Simple => Prefix::Nothing,
                        PathStyle::Label => Prefix::Dot,
                        PathStyle::Matrix => Prefix::Name,
                    },
                    explodes: explode == Some(true),
                },
                keeps_reserved: is_kept,
            },
            SpecParameter::Query {
                style,
                allow_reserved,
                ..
            } => Style {
                layout: layout(style, explode),
                keeps_reserved: *allow_reserved || is_kept,
            },
            SpecParameter::Header { .. } => Style::of(match explode {
                Some(true) => Layout::Exploded,
                Some(false) | None => Layout::Commas,
            }),
            SpecParameter::Cookie { .. } => Style::of(layout(&QueryStyle::Form, explode)),
        })
    }

    /// The serialization of a form field from its `encoding`. A style takes precedence over a media type (OpenAPI
    /// 3.0.4, Encoding Object). `load` has added the defaults of `explode` and `style`.
    pub(super) fn of_field(encoding: &Encoding) -> Self {
        let style = encoding.style.as_ref();
        if style.is_some() || encoding.explode || encoding.allow_reserved {
            return Self::Style(Style {
                layout: layout(style.unwrap_or(&QueryStyle::Form), Some(encoding.explode)),
                keeps_reserved: encoding.allow_reserved,
            });
        }
        encoding
            .content_type
            .as_deref()
            .map_or(Self::Nothing, Self::of_media_type)
    }

    /// The serialization of a part from its `encoding`: the style is ignored, and the media type applies to each item
    /// of a list.
    pub(super) fn of_part(encoding: &Encoding) -> Self {
        let named = encoding.content_type.as_deref();
        let declared = named
            .filter(|it| !is_json(it))
            .map_or(Self::Nothing, Self::of_media_type);
        match declared {
            Self::Text => Self::EachText,
            Self::Style(_) | Self::Json | Self::EachText | Self::Nothing => declared,
        }
    }

    /// The serialization with a media type.
    pub(super) fn of_media_type(name: &str) -> Self {
        match name {
            _ if is_json(name) => Self::Json,
            _ if is_range(name) => Self::Nothing,
            _ => Self::Text,
        }
    }
}

fn layout(style: &QueryStyle, explode: Option<bool>) -> Layout {
    match (style, explode) {
        (QueryStyle::DeepObject, _) => Layout::Brackets,
        (QueryStyle::Form, Some(false)) => Layout::Commas,
        (QueryStyle::SpaceDelimited, Some(false) | None) => Layout::Spaces,
        (QueryStyle::PipeDelimited, Some(false) | None) => Layout::Pipes,
        (QueryStyle::Form, Some(true) | None) => Layout::Exploded,
        (QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited, Some(true)) => Layout::Exploded,
    }
}

impl Lowering<'_> {
    /// The serialization of a value, and the value, which becomes a string if it cannot be expressed.
    pub(super) fn written(
        &mut self,
        at: &Pointer,
        value: Use,
        declared: DeclaredStyle,
    ) -> (Use, ParameterEncoding) {
        let value = self.sent_as_text(value);
        let writing = match declared {
            DeclaredStyle::Json => ParameterEncoding::Json,
            DeclaredStyle::Nothing => self.written_in_form(&value),
            DeclaredStyle::Text | DeclaredStyle::EachText if self.is_texts(&value) => {
                ParameterEncoding::PLAIN
            }
            DeclaredStyle::Text => return (self.text(value), ParameterEncoding::PLAIN),
            DeclaredStyle::EachText => return (self.texts(value), ParameterEncoding::PLAIN),
            DeclaredStyle::Style(style) => self.styled(&value, style),
        };
        match (writing, self.ty(&value)) {
            // A segment is a single string, which callers create if its type is unknown.
            (
                ParameterEncoding::Styled(Style {
                    layout: Layout::Path { .. },
                    ..
                }),
                Type::Any,
            ) => (self.text(value), writing),
            (ParameterEncoding::Styled(style), _) => {
                self.note_undefined(at, &value, style.layout);
                (value, writing)
            }
            (
                ParameterEncoding::Json
                | ParameterEncoding::Untyped
                | ParameterEncoding::JsonItems
                | ParameterEncoding::TextOrJson,
                _,
            ) => (value, writing),
        }
    }

    /// The default serialization of a form field or a part.
    fn written_in_form(&self, value: &Use) -> ParameterEncoding {
        match self.ty(value) {
            _ if self.is_texts(value) => ParameterEncoding::PLAIN,
            Type::List(_) => ParameterEncoding::JsonItems,
            Type::Named(id) if self.may_be_text(*id) => ParameterEncoding::TextOrJson,
            Type::Any => ParameterEncoding::Untyped,
            Type::Scalar(_) | Type::Map(_) | Type::Named(_) => ParameterEncoding::Json,
        }
    }

    /// The serialization of a value in a style; the default style where it makes no difference.
    fn styled(&self, value: &Use, style: Style) -> ParameterEncoding {
        let ty = self.ty(value);
        let is_one_text = is_text(&self.schemas, &self.types, value.schema);
        let bounds = &self.schema(value.schema).bounds;
        let layout = match (style.layout, ty) {
            // A string may already be JSON: only the caller knows.
            (Layout::Exploded | Layout::Commas | Layout::Spaces | Layout::Pipes, Type::Any)
                if !bounds.is_object =>
            {
                return ParameterEncoding::Untyped;
            }
            (Layout::Exploded, Type::List(item)) if *self.ty(item) == Type::Any => {
                return ParameterEncoding::JsonItems;
            }
            (Layout::Path { prefix, explodes }, ty) => Layout::Path {
                prefix,
                explodes: explodes
                    && !is_one_text
                    && !(prefix == Prefix::Nothing && matches!(ty, Type::List(_))),
            },
            _ if is_one_text => Layout::Exploded,
            (layout, _) => layout,
        };
        ParameterEncoding::Styled(Style { layout, ..style })
    }

    /// Whether a value is a single string or a list of strings.
    pub(super) fn is_texts(&self, value: &Use) -> bool {
        is_texts(&self.schemas, &self.types, value.schema)
    }

    /// Notes that OpenAPI does not define how a value is serialized, once for each style.
    pub(super) fn note_undefined(&mut self, at: &Pointer, value: &Use, layout: Layout) {
        let is_bracketed = layout == Layout::Brackets;
        let is_undefined = match self.ty(value) {
            Type::List(item) => is_bracketed || !self.is_one_text(item),
            Type::Map(item) => !self.is_one_text(item),
            Type::Named(id) => {
                let mut children = self.types[id.0].shape.fields().iter();
                children.any(|it| !self.is_one_text(&it.value))
            }
            Type::Scalar(_) | Type::Any => false,
        };
        let style = match layout {
            Layout::Exploded | Layout::Brackets => "with keys in brackets",
            Layout::Commas | Layout::Spaces | Layout::Pipes | Layout::Path { .. } => "as JSON",
        };
        if is_undefined && self.undefined_styles.insert(style) {
            self.report(at, LoweringFault::UndefinedStyle { style });
        }
    }

    /// Whether one of the alternatives of a union is a single string or a list of strings.
    fn may_be_text(&self, id: TypeId) -> bool {
        let mut variants = self.types[id.0].shape.variants().iter();
        variants.any(|it| self.is_texts(&it.value))
    }

    fn is_one_text(&self, value: &Use) -> bool {
        is_text(&self.schemas, &self.types, value.schema)
    }
}
