//! The sentence for each problem, and what to do about it.

use std::fmt;

use super::Problem;

#[expect(
    clippy::too_many_lines,
    reason = "a table: what to do about each problem"
)]
impl Problem {
    /// Says what to do about it, where there is something to say that the sentence does not.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::ByteOrderMark => "save the file as UTF-8 without one".to_owned(),
            Self::NotUtf8 { .. } => "save the file as UTF-8".to_owned(),
            Self::Syntax { is_tab: true, .. } => {
                "YAML is indented with spaces, not with tabs".to_owned()
            }
            Self::UnsupportedVersion { .. } => {
                "convert the document to OpenAPI 3.0 first".to_owned()
            }
            Self::NotFinite { .. } => "leave the value out, or write a smaller number".to_owned(),
            Self::DuplicateKey { .. }
            | Self::DuplicateRequired { .. }
            | Self::DuplicateEnumValue { .. } => "remove one of the two".to_owned(),
            Self::WrongKind {
                expected: "text",
                found: "a number" | "a boolean",
            } => "put the value in quotes".to_owned(),
            Self::MissingField {
                field: "operationId",
                ..
            } => "give the operation a name such as `FetchSim`: the generated code is called by it"
                .to_owned(),
            Self::UnknownField {
                object,
                field,
                similar,
                ..
            } => return unknown_field(object, field, *similar),
            Self::UnknownReference {
                similar: Some(similar),
                ..
            } => format!("did you mean `{similar}`?"),
            Self::InvalidMediaType { .. } => {
                "write a type such as `application/json`, in visible ASCII characters".to_owned()
            }
            Self::UnknownRequired {
                similar: Some(similar),
                ..
            } => format!("did you mean `{similar}`?"),
            Self::UnknownRequired { name, .. } => {
                format!("add `{name}` to `properties`, or take it out of `required`")
            }
            Self::DefaultNotInEnum { .. } => "add it to the `enum`, or correct it".to_owned(),
            Self::InvalidUrl { character } => {
                format!(
                    "remove it, or write it as `{}`",
                    percent_encoded(*character)
                )
            }
            Self::InvalidServerUrl {
                part: "a user name or a password",
            } => "remove it: callers give their credentials to the client".to_owned(),
            Self::InvalidServerUrl { .. } => {
                "give the URL that paths are appended to, such as `https://demo.example.com/api`"
                    .to_owned()
            }
            Self::DotSegment { .. } => "write the path that is meant".to_owned(),
            Self::ParameterOutsidePath { name } => {
                format!("declare `{name}` with `in: query`, and take it out of the path")
            }
            Self::IgnoredFragment { .. } => {
                "remove it, unless it tells the path from another one".to_owned()
            }
            Self::InvalidComponentName { .. } => {
                "use the letters A to Z and a to z, digits, `.`, `_` and `-`".to_owned()
            }
            Self::WrongKind {
                expected: "text",
                found: "nothing",
            } => "write a text, or leave the field out if it may be missing".to_owned(),
            Self::IgnoredSibling { .. } => {
                "remove it, or write the object out instead of the `$ref`".to_owned()
            }
            Self::RemoteReference { .. } => {
                "move what it names into this file, below `components`".to_owned()
            }
            Self::UnknownSecurityScheme { name } => {
                format!("declare `{name}` there, or correct the name")
            }
            Self::InvalidTemplate { .. } => {
                "write each parameter as a name in braces, and once: `/v1/Sims/{Sid}`".to_owned()
            }
            Self::UndeclaredPathParameter { name, declared } => match declared {
                Some(declared) => format!("did you mean `{declared}`?"),
                None => format!(
                    "add `{{name: {name}, in: path, required: true, schema: …}}` to `parameters`"
                ),
            },
            Self::OptionalPathParameter { .. } => "add `required: true`".to_owned(),
            Self::DuplicateOperationId { .. } => "give one of the two another name".to_owned(),
            Self::Refused { .. } => {
                "this is a gap in the checks of the generator: please report it".to_owned()
            }
            Self::Overlay(problem) => return problem.help(),
            Self::EmptyFile
            | Self::Nul
            | Self::Syntax { is_tab: false, .. }
            | Self::TooDeep { .. }
            | Self::TooManyAliases
            | Self::TooLarge { .. }
            | Self::NotOpenApi
            | Self::WrongKind { .. }
            | Self::MissingField { .. }
            | Self::UnknownValue { .. }
            | Self::UnknownType { .. }
            | Self::Empty { .. }
            | Self::InvalidPattern { .. }
            | Self::EmptyRange { .. }
            | Self::NotExactlyOne { .. }
            | Self::UnknownReference { similar: None, .. }
            | Self::WrongReference { .. }
            | Self::CyclicReference { .. }
            | Self::InvalidPath { .. }
            | Self::DuplicatePath { .. }
            | Self::UnusedPathParameter { .. }
            | Self::DuplicateParameter { .. }
            | Self::InvalidStatus { .. }
            | Self::Unsupported { .. } => return None,
        };
        Some(help)
    }
}

/// Writes a character as a URL does (RFC 3986 section 2.1).
fn percent_encoded(character: char) -> String {
    let mut bytes = [0; 4];
    let bytes = character.encode_utf8(&mut bytes).bytes();
    bytes.map(|it| format!("%{it:02X}")).collect()
}

/// Says what a field that OpenAPI 3.0 does not know was probably meant to be.
fn unknown_field(object: &str, field: &str, similar: Option<&str>) -> Option<String> {
    if let Some(similar) = similar {
        return Some(format!("did you mean `{similar}`?"));
    }
    let help = match (object, field) {
        ("a response", "schema") => "write `content: {application/json: {schema: …}}`",
        ("a parameter" | "a header", "type" | "format" | "items" | "enum" | "default") => {
            "this is Swagger 2.0: move it below `schema`"
        }
        ("a schema", "const") => "this is OpenAPI 3.1: write an `enum` of one value",
        ("a schema", "examples") => "this is OpenAPI 3.1: write `example`",
        _ => return None,
    };
    Some(help.to_owned())
}

#[expect(
    clippy::too_many_lines,
    reason = "a table: one sentence for each problem"
)]
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyFile => f.write_str("the file is empty"),
            Self::NotUtf8 { detail } => write!(f, "the file is not UTF-8 text: {detail}"),
            Self::ByteOrderMark => f.write_str("the file begins with a byte order mark"),
            Self::Nul => f.write_str("the file holds a NUL character: it is not a text file"),
            Self::Syntax { message, .. } => f.write_str(message),
            Self::TooDeep { limit, .. } => {
                write!(f, "values are nested more than {limit} levels deep")
            }
            Self::TooManyAliases => {
                f.write_str("aliases (`*name`) make the document many times larger than its text")
            }
            Self::TooLarge { what } => write!(f, "the document has {what}, which is the limit"),
            Self::NotFinite { .. } => f.write_str(
                "infinity, not-a-number and numbers beyond 1.8e308 have no place in a spec",
            ),
            Self::DuplicateKey { key } => write!(f, "the key `{key}` is here for the second time"),
            Self::NotOpenApi => {
                f.write_str("this is not an OpenAPI document: it has no `openapi: 3.0.x`")
            }
            Self::UnsupportedVersion { found } => {
                write!(f, "{found} is not supported: only OpenAPI 3.0.x is")
            }
            Self::WrongKind { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::MissingField { object, field } => write!(f, "{object} must have `{field}`"),
            Self::UnknownField {
                object,
                field,
                specification,
                ..
            } => {
                write!(f, "{object} has no field `{field}` in {specification}")
            }
            Self::UnknownValue {
                field,
                found,
                allowed,
            } => {
                write!(
                    f,
                    "`{field}` cannot be `{found}`: expected {}",
                    one_of(allowed)
                )
            }
            Self::UnknownType { found } => {
                let allowed = ["string", "number", "integer", "boolean", "array", "object"];
                write!(f, "`{found}` is not a type: expected {}", one_of(&allowed))
            }
            Self::Empty { what } => write!(f, "{what} must not be empty"),
            Self::DuplicateRequired { name } => write!(f, "`{name}` is listed twice"),
            Self::UnknownRequired { name, .. } => {
                write!(f, "`required` lists `{name}`, but no property is called so")
            }
            Self::DuplicateEnumValue { value } => {
                write!(f, "the value `{value}` is already in this enum")
            }
            Self::DefaultNotInEnum { value } => {
                write!(f, "the default `{value}` is none of the values of its enum")
            }
            Self::IgnoredSibling { field } => {
                write!(f, "`{field}` stands beside a `$ref` and is ignored")
            }
            Self::InvalidUrl { character } => write!(f, "a URL cannot have {character:?} in it"),
            Self::InvalidServerUrl { part } => write!(f, "the URL of a server cannot have {part}"),
            Self::InvalidComponentName { name } => {
                write!(f, "`{name}` cannot be the name of a component")
            }
            Self::InvalidPattern { fault } => {
                write!(f, "this is not a regular expression: {fault}")
            }
            Self::EmptyRange { low, high } => write!(f, "`{low}` is greater than `{high}`"),
            Self::NotExactlyOne {
                object,
                fields: [first, second],
            } => {
                write!(f, "{object} must have either `{first}` or `{second}`")
            }
            Self::UnknownReference { target, .. } => write!(f, "`{target}` does not exist"),
            Self::RemoteReference { target } => write!(f, "`{target}` is not in this file"),
            Self::WrongReference {
                expected,
                section,
                target,
            } => write!(
                f,
                "`{target}` is not {expected}: expected `#/components/{section}/…`"
            ),
            Self::CyclicReference { targets } => {
                write!(
                    f,
                    "a reference that leads back to itself: {}",
                    targets.join(" -> ")
                )
            }
            Self::UnknownSecurityScheme { name } => {
                write!(f, "`components.securitySchemes` has no `{name}`")
            }
            Self::InvalidPath { path } => write!(f, "the path `{path}` must begin with `/`"),
            Self::InvalidTemplate { path } => write!(f, "the path `{path}` is malformed"),
            Self::DotSegment { segment } => write!(
                f,
                "a path cannot have the segment `{segment}`: it leads to another path"
            ),
            Self::ParameterOutsidePath { name } => write!(
                f,
                "the path parameter `{name}` is in the query or the fragment of the path"
            ),
            Self::IgnoredFragment { fragment } => {
                write!(f, "the fragment `#{fragment}` of the path is never sent")
            }
            Self::DuplicatePath { first } => {
                write!(
                    f,
                    "this is the same path as `{first}`: only parameter names differ"
                )
            }
            Self::UndeclaredPathParameter { name, .. } => {
                write!(
                    f,
                    "the path has `{{{name}}}`, but no parameter with `in: path` is called so"
                )
            }
            Self::UnusedPathParameter { name, path } => {
                write!(f, "the path parameter `{name}` does not occur in `{path}`")
            }
            Self::OptionalPathParameter { name } => {
                write!(f, "the path parameter `{name}` is not required")
            }
            Self::DuplicateOperationId { id } => {
                write!(f, "the operationId `{id}` is used by an earlier operation")
            }
            Self::DuplicateParameter { name, location } => {
                write!(
                    f,
                    "the {location} parameter `{name}` is already in this list"
                )
            }
            Self::InvalidStatus { status } => write!(
                f,
                "`{status}` is not a status: expected `default`, a code such as `200`, or `2XX`"
            ),
            Self::Refused { message } => write!(f, "the OpenAPI parser refuses this: {message}"),
            Self::InvalidMediaType { name } => {
                write!(f, "`{name}` cannot be the value of a header")
            }
            Self::Overlay(problem) => problem.fmt(f),
            Self::Unsupported { what } => write!(f, "{what} is not supported"),
        }
    }
}

/// Lists names as a sentence does: `` `a`, `b` or `c` ``.
fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}
