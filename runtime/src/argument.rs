//! What the methods of a client take where one type is too narrow: ids, and one value or many.

/// An id of type `T` in a path, or what turns into it: `&str`, `String`, and whatever implements `Into<T>`.
///
/// An `Option` does not: a path without its id leads elsewhere.
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

/// One value of type `T`, or any number of them: what turns into `T`, or a list or an iterator of such values.
///
/// `Kind` tells the two apart. The compiler finds it out.
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
    /// Returns the values, in their order.
    fn into_values(self) -> impl Iterator<Item = T>;
}

/// The [`OneOrMany`] that is one value.
#[derive(Debug)]
pub enum One {}

/// The [`OneOrMany`] that is any number of values.
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
