//! What turns an answer into a request.

use crate::naming::RustName;
use crate::plan::Named;

/// How what an answer brings becomes what a request sends.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The struct of answers.
    pub from: Named,
    /// The fields of the struct for requests, each with the field that it is made of, if there is one.
    pub fields: Vec<(RustName, Option<(RustName, Turn)>)>,
    /// Whether one of these fields is going away.
    pub names_deprecated: bool,
}

/// How a value becomes one of another type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It stays as it is.
    Stay,
    /// By the conversion of its own type.
    Into,
    /// It is turned and put into a box.
    Box(Box<Turn>),
    /// It is taken out of its box and turned.
    Unbox(Box<Turn>),
    /// It is turned and can be missing from then on.
    Some(Box<Turn>),
    /// It is turned if it is there.
    Inside(Box<Turn>),
    /// Each item is turned.
    Items(Box<Turn>),
    /// Each value of a map is turned.
    Values(Box<Turn>),
}
