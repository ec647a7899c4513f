//! Parameters that cannot be sent. The errors omit their values, which may be personal data.

use std::fmt;

/// A path parameter with a value that paths cannot contain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PathParameterError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The name of the parameter in the path template.
    pub parameter: &'static str,
    /// What is wrong with its value.
    pub problem: PathParameterProblem,
}

/// What is wrong with a path parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathParameterProblem {
    /// The value is empty, and would address the collection instead of a resource in it.
    Empty,
    /// The value is `.` or `..`, or has such a segment, which URL parsers resolve (RFC 3986 §5.2.4).
    DotSegment,
    /// The handle that made the call has no value for the parameter.
    Missing,
    /// JSON cannot represent the value: a number in it is not finite (RFC 8259 §6).
    NotJson,
}

impl fmt::Display for PathParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            parameter,
            problem,
        } = self;
        let why = match problem {
            PathParameterProblem::Empty => "it is empty",
            PathParameterProblem::DotSegment => "`.` and `..` are relative path segments",
            PathParameterProblem::Missing => "it has no value",
            PathParameterProblem::NotJson => "a number in it is not finite",
        };
        write!(
            f,
            "{operation}: the path parameter `{parameter}` cannot be sent: {why}"
        )
    }
}

impl std::error::Error for PathParameterError {}

/// A header that cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeaderParameterError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The name of the header, truncated.
    pub parameter: String,
    /// What is wrong with it.
    pub problem: HeaderParameterProblem,
}

/// What is wrong with a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderParameterProblem {
    /// The name is not a token (RFC 9110 §5.1).
    Name,
    /// The value contains a control character (RFC 9110 §5.5).
    Value,
    /// The client sets this header itself.
    Reserved,
}

impl fmt::Display for HeaderParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            parameter,
            problem,
        } = self;
        write!(
            f,
            "{operation}: the header `{parameter}` cannot be sent: {problem}"
        )
    }
}

impl fmt::Display for HeaderParameterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "its name contains a character that header names cannot contain",
            Self::Value => "it contains a control character",
            Self::Reserved => "the client sets it itself",
        })
    }
}

impl std::error::Error for HeaderParameterError {}

/// A page size that the list does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageSizeError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The page size.
    pub page_size: usize,
    /// The maximum page size of the list. The minimum is 1.
    pub largest: usize,
}

impl fmt::Display for PageSizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            page_size,
            largest,
        } = self;
        write!(
            f,
            "{operation}: the page size cannot be {page_size}: it must be from 1 to {largest}"
        )
    }
}

impl std::error::Error for PageSizeError {}

/// A parameter that is sent as JSON, with a value that JSON cannot represent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JsonParameterError {
    /// The id of the operation.
    pub operation: &'static str,
    /// The name of the parameter.
    pub parameter: String,
    /// The message of the value's `Serialize` implementation, truncated to one line.
    pub reason: String,
}

impl fmt::Display for JsonParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            parameter,
            reason,
        } = self;
        write!(
            f,
            "{operation}: the parameter `{parameter}` cannot be sent: JSON cannot represent its value: {reason}"
        )
    }
}

impl std::error::Error for JsonParameterError {}
