//! JSON Pointers (RFC 6901), which identify values in a spec.
//!
//! A pointer holds neither the value nor its line. `tree` turns pointers into lines and columns, only for reports.

mod trail;

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

pub(crate) use self::trail::Trail;

/// A JSON Pointer (RFC 6901): the empty string for the whole document, else `/token` for each step.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses the fragment of a `$ref`: `#/components/schemas/a~1b`, with `%2F` as `/` (RFC 6901 section 6). Returns
    /// `None` if it is not a `#` followed by a pointer.
    pub fn from_fragment(reference: &str) -> Option<Self> {
        let text = percent_decoded(reference.strip_prefix('#')?)?;
        let is_pointer = (text.is_empty() || text.starts_with('/')) && !has_bad_escape(&text);
        is_pointer.then_some(Self(text))
    }

    /// Returns the `$ref` that leads to this place in its own file.
    pub(crate) fn to_fragment(&self) -> String {
        format!("#{}", self.0.replace('%', "%25"))
    }

    /// Returns the pointer to the member `key` of the object at this pointer.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + 1 + key.len());
        text.push_str(&self.0);
        let mut pointer = Self(text);
        pointer.push(key);
        pointer
    }

    /// Returns the pointer to element `index`, counted from 0, of the list at this pointer.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.key(&index.to_string())
    }

    /// Returns the pointer to the parent of this value; `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }

    /// Returns whether this is `outer` or a place inside of it.
    pub fn is_in(&self, outer: &Self) -> bool {
        let inside = self.0.strip_prefix(&outer.0);
        inside.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    }

    /// Returns the steps from the document to the value, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        self.steps().map(Cow::into_owned)
    }

    fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        // The text before the first slash is empty and not a step.
        self.0.split('/').skip(1).map(unescaped)
    }

    /// Returns the value at this place in a document (RFC 6901 section 4).
    pub(crate) fn value<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        self.steps().try_fold(document, |value, step| match value {
            Value::Object(members) => members.get(&*step),
            Value::Array(elements) => elements.get(index(&step)?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        })
    }

    /// Returns the pointer as RFC 6901 writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Moves to the member `key`, in place.
    pub(crate) fn push(&mut self, key: &str) {
        self.0.push('/');
        let mut rest = key;
        while let Some(at) = rest.bytes().position(|it| matches!(it, b'~' | b'/')) {
            let (plain, special) = rest.split_at(at);
            self.0.push_str(plain);
            self.0
                .push_str(if special.starts_with('~') { "~0" } else { "~1" });
            rest = &special[1..];
        }
        self.0.push_str(rest);
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Unescapes `~1` and `~0`, in this order: `~01` means `~1` (RFC 6901 section 4).
fn unescaped(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}

/// Parses the index of an element: digits without leading zeros (RFC 6901 section 4).
fn index(step: &str) -> Option<usize> {
    let is_index = step == "0" || step.starts_with(|it| matches!(it, '1'..='9'));
    step.parse().ok().filter(|_| is_index)
}

/// Returns whether a `~` is followed by anything but `0` or `1`.
fn has_bad_escape(text: &str) -> bool {
    text.split('~')
        .skip(1)
        .any(|rest| !rest.starts_with(['0', '1']))
}

/// Decodes percent-encoding; `None` if an escape is cut off or the bytes are not UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let (digits, after) = after.split_at_checked(2)?;
            let digits = std::str::from_utf8(digits)
                .ok()
                .filter(|it| !it.starts_with('+'))?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after;
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_escaped_and_unescaped() {
        let pointer = Pointer::root().key("paths").key("/a~b").index(3);
        assert_eq!(pointer.to_string(), "/paths/~1a~0b/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a~b", "3"]);
        assert_eq!(
            Pointer::root().key("~1").tokens().collect::<Vec<_>>(),
            ["~1"]
        );
    }

    #[test]
    fn values_are_found_by_unescaped_keys_and_by_indices() {
        let document = serde_json::json!({"a/b": [{"~1": 1}, 2], "01": 3});
        let found = |pointer: &str| Pointer(pointer.to_owned()).value(&document).cloned();
        assert_eq!(found(""), Some(document.clone()));
        assert_eq!(found("/a~1b/0/~01"), Some(1.into()));
        assert_eq!(found("/a~1b/1"), Some(2.into()));
        assert_eq!(found("/01"), Some(3.into()));
        for missing in [
            "/a~1b/01",
            "/a~1b/+1",
            "/a~1b/2",
            "/a~1b/-",
            "/a~1b/1/0",
            "/a",
        ] {
            assert_eq!(found(missing), None, "{missing}");
        }
    }

    #[test]
    fn parents_end_at_the_document() {
        let pointer = Pointer::root().key("a").key("");
        assert_eq!(pointer.parent(), Some(Pointer::root().key("a")));
        assert_eq!(
            pointer.parent().and_then(|it| it.parent()),
            Some(Pointer::root())
        );
        assert_eq!(Pointer::root().parent(), None);
        assert_eq!(Pointer::root().tokens().count(), 0);
    }

    #[test]
    fn fragments_are_decoded() {
        let pointer = Pointer::from_fragment("#/a/b%20c~1d%C3%A9").unwrap();
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["a", "b c/dé"]);
        assert_eq!(Pointer::from_fragment("#"), Some(Pointer::root()));
    }

    #[test]
    fn invalid_fragments_are_refused() {
        for text in [
            "",
            "a.yaml#/a",
            "#a",
            "#/a%2",
            "#/a%zz",
            "#/a%+1",
            "#/a%ff",
            "#/a~2",
            "#/a~",
        ] {
            assert_eq!(Pointer::from_fragment(text), None, "{text}");
        }
    }
}
