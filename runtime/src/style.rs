//! How the values of parameters are spread over a request (OpenAPI 3.0.3, Style Values).

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

/// How a list or an object is written in a query, a form, a header or a cookie. A value without parts is written as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(crate) layout: Layout,
    pub(crate) keeps_reserved: bool,
}

/// Which fields the parts of a value are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Each in a field of its own.
    Exploded,
    /// All in one field, with this between them as it stands in a URL.
    Joined(&'static str),
    /// Each in a field that has its keys in brackets.
    Brackets,
}

impl Style {
    /// Each item is a field of its own, `id=1&id=2`, and each member of an object one of its own name: `form` with
    /// `explode`. In a header they have commas between them.
    pub const EXPLODED: Self = Self::of(Layout::Exploded);

    /// All values are one field, `id=1,2`, and an object is `point=x,1,y,2`: `form` or `simple` without `explode`.
    pub const COMMAS: Self = Self::of(Layout::Joined(","));

    /// All values are one field with spaces between them: `spaceDelimited`.
    pub const SPACES: Self = Self::of(Layout::Joined("%20"));

    /// All values are one field with `|` between them: `pipeDelimited`.
    pub const PIPES: Self = Self::of(Layout::Joined("%7C"));

    /// Each member is a field with its keys in brackets: `deepObject`. `filter[a]=1&filter[b][c]=2`; of lists, which
    /// OpenAPI does not define, `ids[]=1&ids[]=2` and `items[0][id]=1`.
    pub const BRACKETS: Self = Self::of(Layout::Brackets);

    const fn of(layout: Layout) -> Self {
        Self {
            layout,
            keeps_reserved: false,
        }
    }

    /// The same with reserved characters as they are: `allowReserved` (RFC 6570 §3.2.3).
    ///
    /// `#`, `&` and `+`, which would be none of the value any more, are escaped nevertheless.
    pub const fn keeping_reserved(self) -> Self {
        Self {
            keeps_reserved: true,
            ..self
        }
    }
}

/// How a value is written in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStyle {
    pub(crate) prefix: Prefix,
    pub(crate) explodes: bool,
}

/// What precedes a value in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prefix {
    Nothing,
    Dot,
    /// `;` and the name.
    Name,
}

impl PathStyle {
    /// `1,2` of a list, `x,1,y,2` of an object (RFC 6570 §3.2.2).
    pub const SIMPLE: Self = Self::of(Prefix::Nothing);

    /// `.1,2` of a list, `.x,1,y,2` of an object (RFC 6570 §3.2.5).
    pub const LABEL: Self = Self::of(Prefix::Dot);

    /// `;id=1,2` of a list, `;point=x,1,y,2` of an object (RFC 6570 §3.2.7).
    pub const MATRIX: Self = Self::of(Prefix::Name);

    const fn of(prefix: Prefix) -> Self {
        Self {
            prefix,
            explodes: false,
        }
    }

    /// The same with each part on its own: `1,2` and `x=1,y=2`, `.1.2` and `.x=1.y=2`, or `;id=1;id=2` and `;x=1;y=2`.
    pub const fn exploded(self) -> Self {
        Self {
            explodes: true,
            ..self
        }
    }
}
