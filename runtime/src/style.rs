//! Serialization styles of parameters (OpenAPI 3.0.3, Style Values).

/// A part of a request that carries parameters by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// The query.
    Query,
    /// The form in the body.
    Form,
    /// The headers.
    Header,
    /// The header `Cookie`.
    Cookie,
}

/// How a list or an object is encoded in a query, form, header or cookie. A scalar is encoded as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(crate) layout: Layout,
    pub(crate) keeps_reserved: bool,
}

/// How the parts of a value are distributed over fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Each in its own field.
    Exploded,
    /// All in one field, with this encoded delimiter.
    Joined(&'static str),
    /// Each in a field with its keys in brackets.
    Brackets,
}

impl Style {
    /// Each item is a field, `id=1&id=2`, and each member of an object is a field with its own name: `form` with
    /// `explode`. In a header they are separated by commas.
    pub const EXPLODED: Self = Self::of(Layout::Exploded);

    /// All values are one field, `id=1,2`, and an object is `point=x,1,y,2`: `form` or `simple` without `explode`.
    pub const COMMAS: Self = Self::of(Layout::Joined(","));

    /// All values are one field, separated by spaces: `spaceDelimited`.
    pub const SPACES: Self = Self::of(Layout::Joined("%20"));

    /// All values are one field, separated by `|`: `pipeDelimited`.
    pub const PIPES: Self = Self::of(Layout::Joined("%7C"));

    /// Each member is a field with its keys in brackets: `deepObject`. `filter[a]=1&filter[b][c]=2`; lists, which
    /// OpenAPI does not define, are `ids[]=1&ids[]=2` and `items[0][id]=1`.
    pub const BRACKETS: Self = Self::of(Layout::Brackets);

    const fn of(layout: Layout) -> Self {
        Self {
            layout,
            keeps_reserved: false,
        }
    }

    /// The same style with reserved characters unescaped: `allowReserved` (RFC 6570 §3.2.3).
    ///
    /// `#`, `&` and `+` are escaped nevertheless, because they would end or change the value.
    pub const fn keeping_reserved(self) -> Self {
        Self {
            keeps_reserved: true,
            ..self
        }
    }
}

/// A field of a form that is not encoded as usual (OpenAPI 3.0.3, Encoding Object).
///
/// Usually a list has one field for each item, and an object is JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    pub(crate) name: &'static str,
    pub(crate) encoding: FieldEncoding,
}

/// How the value of a form field is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldEncoding {
    /// In a style.
    Styled(Style),
    /// As JSON, even if it is a list or a string.
    Json,
}

impl FormField {
    /// A field in a style: `style`, `explode` and `allowReserved`.
    pub const fn styled(name: &'static str, style: Style) -> Self {
        Self {
            name,
            encoding: FieldEncoding::Styled(style),
        }
    }

    /// A field that is JSON, with the quotes of a string: a JSON `contentType`.
    pub const fn json(name: &'static str) -> Self {
        Self {
            name,
            encoding: FieldEncoding::Json,
        }
    }
}

/// How a value is encoded in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStyle {
    pub(crate) prefix: Prefix,
    pub(crate) explodes: bool,
    pub(crate) keeps_reserved: bool,
}

/// The prefix of a value in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prefix {
    Nothing,
    Dot,
    /// `;` and the name.
    Name,
}

impl PathStyle {
    /// `1,2` for a list, `x,1,y,2` for an object (RFC 6570 §3.2.2).
    pub const SIMPLE: Self = Self::of(Prefix::Nothing);

    /// `.1,2` for a list, `.x,1,y,2` for an object (RFC 6570 §3.2.5).
    pub const LABEL: Self = Self::of(Prefix::Dot);

    /// `;id=1,2` for a list, `;point=x,1,y,2` for an object (RFC 6570 §3.2.7).
    pub const MATRIX: Self = Self::of(Prefix::Name);

    const fn of(prefix: Prefix) -> Self {
        Self {
            prefix,
            explodes: false,
            keeps_reserved: false,
        }
    }

    /// The same style with `explode`: `1,2` and `x=1,y=2`, `.1.2` and `.x=1.y=2`, or `;id=1;id=2` and `;x=1;y=2`.
    pub const fn exploded(self) -> Self {
        Self {
            explodes: true,
            ..self
        }
    }

    /// The same style with reserved characters unescaped (RFC 6570 §3.2.3): a value may have several segments.
    ///
    /// `?`, `#`, `[` and `]` are escaped nevertheless, because paths cannot contain them.
    pub const fn keeping_reserved(self) -> Self {
        Self {
            keeps_reserved: true,
            ..self
        }
    }
}
