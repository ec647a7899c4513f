//! Conversions for arguments: ids, and one value or many.

/// An id of type `T` in a path: `&str`, `String`, and anything that implements `Into<T>`.
///
/// `Option` does not implement it: a path without its id names another resource.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an id",
    label = "expected `{T}`, or a type that implements `Into<{T}>`",
    note = "an `Option` may hold no id; take the id out first: `if let Some(id) = id {{ … }}`"
)]
pub trait IntoId<T> {
    /// Returns the id.
    fn into_id(self) -> T;
}

// The message of the trait is more helpful than one about `Into`.
#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> IntoId<T> for V {
    fn into_id(self) -> T {
        self.into()
    }
}

/// One or more values of type `T`: anything that converts to `T`, or a list or an iterator of it.
///
/// `Kind` distinguishes the two. The compiler infers it.
///
/// ```
/// # fn print<Kind>(names: impl twilio_runtime::OneOrMany<String, Kind>) -> Vec<String> {
/// #     names.into_values().collect()
/// # }
/// assert_eq!(print("a"), ["a"]);
/// assert_eq!(print(["a", "b"]), ["a", "b"]);
/// assert_eq!(print(vec!["a".to_owned()]), ["a"]);
/// assert_eq!(print(None::<String>), [""; 0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `{T}` nor a list of them",
    label = "expected `{T}` or what turns into it, or a list of such values"
)]
pub trait OneOrMany<T, Kind> {
    /// Returns the values in order.
    fn into_values(self) -> impl Iterator<Item = T>;
}

/// Marks a [`OneOrMany`] that is a single value.
#[derive(Debug)]
pub enum One {}

/// Marks a [`OneOrMany`] that is any number of values.
#[derive(Debug)]
pub enum Many {}

#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> OneOrMany<T, One> for V {
    fn into_values(self) -> impl Iterator<Item = T> {
        std::iter::once(self.into())
    }
}

#[diagnostic::do_not_recommend]
impl<T, I: IntoIterator<Item: Into<T>>> OneOrMany<T, Many> for I {
    fn into_values(self) -> impl Iterator<Item = T> {
        self.into_iter().map(Into::into)
    }
}
