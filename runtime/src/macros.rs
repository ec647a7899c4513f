//! What generated code expands instead of spelling it out. Each macro expands to as little as it can: the work is
//! done by functions of this crate.

/// Gives a request builder `send()`, `.await`, and what can be set for a single request.
///
/// The builder is a struct with a field `call`: `awaitable!(CreateFleet => Fleet)` is for a
/// `call: Call<Fleet>`, `awaitable!(DeleteFleet => ())` for a `call: Call<()>`.
#[macro_export]
macro_rules! awaitable {
    ($request:ident => $body:ty) => {
        impl $request {
            /// Sends the request and returns the body of the answer with its status and headers.
            ///
            /// # Errors
            ///
            /// Any status but 2xx is an error, and so is an answer that cannot be read.
            // This and what follows is compiled where it is called: few programs use every operation of an API.
            #[inline]
            pub fn send(self) -> $crate::BoxFuture<$crate::Response<$body>> {
                self.call.send()
            }

            /// Sends the request and returns the answer without decoding its body.
            ///
            /// # Errors
            ///
            /// Any status but 2xx is an error.
            #[inline]
            pub fn send_raw(self) -> $crate::BoxFuture<$crate::Response<$crate::Bytes>> {
                self.call.send_raw()
            }

            /// Sends a header along, with every page of a list. The last value of a name counts,
            /// in upper or lower case.
            ///
            /// A header that cannot be sent, or that the client sets itself, is an `Error::HeaderParameter` when the
            /// request is sent.
            #[inline]
            pub fn header(
                mut self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.call.header(name.into(), value.into());
                self
            }

            /// Calls a setter if there is a value: `.maybe(name, |call, name| call.unique_name(name))`.
            #[inline]
            pub fn maybe<T>(
                self,
                value: ::core::option::Option<T>,
                set: impl ::core::ops::FnOnce(Self, T) -> Self,
            ) -> Self {
                match value {
                    ::core::option::Option::Some(value) => set(self, value),
                    ::core::option::Option::None => self,
                }
            }

            /// Limits the time of this request, attempts and waits together, in place of what the client has set. For
            /// a list, each page counts on its own.
            #[inline]
            pub fn timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.call.timeout(timeout);
                self
            }

            /// Sets how often and how soon this request is sent again if it fails, in place of what the client has
            /// set. It holds for every page of a list.
            #[inline]
            pub fn retry_policy(mut self, policy: $crate::RetryPolicy) -> Self {
                self.call.retry_policy(policy);
                self
            }
        }

        $crate::blocking_request!($request => $body);

        impl ::core::future::IntoFuture for $request {
            type Output = ::core::result::Result<$body, $crate::Error>;
            type IntoFuture = $crate::BoxFuture<$body>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.call.fetch()
            }
        }
    };
}

/// Gives the builder of a list request what [`awaitable!`] gives, for one page, and `stream()`, `all()`, `limit()`
/// and `resume()`.
///
/// `streamable!(ListFleet => Fleet)` is for a struct with a field `call: Call<Page<Fleet>>`.
#[macro_export]
macro_rules! streamable {
    ($request:ident => $item:ty) => {
        $crate::awaitable!($request => $crate::Page<$item>);
        $crate::blocking_list!($request => $item);

        impl $request {
            /// Ends `stream()` and `all()` after `limit` items, however many pages they take; 0 sends nothing.
            ///
            /// Pages are made no larger than the limit needs. The first page alone (`.await`) is not cut.
            #[inline]
            pub fn limit(mut self, limit: usize) -> Self {
                self.call.limit(limit);
                self
            }

            /// Starts with the page at `next_page_url`, as `Page::next_page_url` returned it, not with the first.
            ///
            /// The URL is asked for as it is. It holds the query of the list that it comes from, so query
            /// parameters that are set here are not sent, the page size included. A URL that leads away from the
            /// server of this request is an `Error::NextPage`, and nothing is sent.
            #[inline]
            pub fn resume(
                mut self,
                next_page_url: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.call.resume(next_page_url);
                self
            }

            /// Returns the items of every page, each page being fetched when it is needed.
            #[inline]
            pub fn stream(self) -> $crate::Items<$item> {
                self.call.stream()
            }

            /// Gets the items of every page, or as many as `limit()` allows, when it is first polled.
            ///
            /// # Errors
            ///
            /// An error of any page takes the place of all items; `stream()` yields those before it.
            #[inline]
            pub fn all(self) -> $crate::BoxFuture<::std::vec::Vec<$item>> {
                self.call.all()
            }
        }
    };
}

/// Gives the builder of a request whose answer is bytes `send_stream()`, beside what [`awaitable!`] gives.
///
/// `downloadable!(FetchFile)` is for a struct with a field `call: Call<Bytes>`.
#[macro_export]
macro_rules! downloadable {
    ($request:ident) => {
        impl $request {
            /// Sends the request and returns the answer with its body as a stream, which is read as it comes and may be
            /// of any size.
            ///
            /// # Errors
            ///
            /// Any status but 2xx is an error.
            #[inline]
            pub fn send_stream(self) -> $crate::BoxFuture<$crate::Response<$crate::ByteStream>> {
                self.call.send_stream()
            }
        }
    };
}

/// Gives a request builder `wait()`, with the feature `blocking` of this crate; it is decided here, because a `cfg` in
/// a macro is one of the crate that uses it.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_request {
    ($request:ident => $body:ty) => {
        impl $request {
            /// Sends the request, blocks the thread until the answer is there, and returns its body.
            ///
            /// # Errors
            ///
            /// Any status but 2xx is an error, and so is an answer that cannot be read. Inside of an asynchronous
            /// runtime it is an `Error::Runtime`.
            #[inline]
            pub fn wait(self) -> ::core::result::Result<$body, $crate::Error> {
                self.call.fetch().wait()
            }
        }
    };
}

/// Gives the builder of a list request `iter()`, with the feature `blocking` of this crate.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_list {
    ($request:ident => $item:ty) => {
        impl $request {
            /// Returns the items of every page, blocking the thread while a page is fetched.
            #[inline]
            pub fn iter(self) -> $crate::BlockingItems<$item> {
                self.call.iter()
            }
        }
    };
}

/// Gives nothing without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_request {
    ($request:ident => $body:ty) => {};
}

/// Gives nothing without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_list {
    ($request:ident => $item:ty) => {};
}

/// Declares an enum of strings that keeps values it does not know in a variant `Other(String)`.
///
/// ```
/// twilio_runtime::open_enum! {
///     /// What a SIM may do.
///     pub enum SimStatus {
///         New = "new",
///         Active = "active",
///     }
/// }
/// # fn main() {
/// assert_eq!(SimStatus::from("active"), SimStatus::Active);
/// assert_eq!(SimStatus::from("frozen").as_str(), "frozen");
/// assert!(SimStatus::New.is_known() && !SimStatus::from("frozen").is_known());
/// # }
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$variant_attribute:meta])* $variant:ident = $wire:literal),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $(
                #[doc = concat!("`", $wire, "`")]
                $(#[$variant_attribute])*
                $variant,
            )*
            /// Any other value: one that the API did not have when this version was made.
            Other(::std::string::String),
        }

        // The derive would check for each enum of a crate that `String` implements `Eq`.
        impl ::core::cmp::Eq for $name {}

        impl $name {
            /// The values that the API had when this version was made, in its order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Tells whether it is one of [`KNOWN`](Self::KNOWN).
            pub fn is_known(&self) -> bool {
                !::core::matches!(self, Self::Other(_))
            }

            /// Returns the value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Other(value) => value,
                }
            }
        }

        /// Never fails: a value that is not known is kept in `Other`.
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // The type of the trait by its path: a variant may be called `Err`.
            fn from_str(
                value: &str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::Other(::std::string::String::from(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::Parameter for $name {
            fn into_text(self) -> ::std::string::String {
                ::std::string::String::from(self.as_str())
            }
        }

        impl $crate::macro_support::serde::Serialize for $name {
            fn serialize<S: $crate::macro_support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::macro_support::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::macro_support::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                <::std::string::String as $crate::macro_support::serde::Deserialize>::deserialize(deserializer)
                    .map(Self::from)
            }
        }
    };
}

/// Converts an enum of [`open_enum!`] into another one that shares some of its values.
///
/// `convert_enum!(SimStatus => SimStatusUpdate)` implements `TryFrom<SimStatus>` for `SimStatusUpdate`.
#[macro_export]
macro_rules! convert_enum {
    ($from:ty => $to:ident) => {
        /// Fails if this enum does not list the value.
        impl ::core::convert::TryFrom<$from> for $to {
            type Error = $crate::EnumConversionError;

            // The type of the error by its path: a variant may be called `Error`.
            fn try_from(value: $from) -> ::core::result::Result<Self, $crate::EnumConversionError> {
                let converted = Self::from(value.as_str());
                if converted.is_known() {
                    ::core::result::Result::Ok(converted)
                } else {
                    ::core::result::Result::Err($crate::EnumConversionError::new(
                        value.as_str(),
                        ::core::stringify!($to),
                    ))
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::Parameter as _;

    open_enum! {
        /// A test.
        enum Kind {
            Old = "old",
        }
    }

    open_enum! {
        /// What a kind can become.
        enum NewKind {
            Old = "old",
            Error = "error",
        }
    }

    convert_enum!(Kind => NewKind);

    #[test]
    fn enums_convert_by_their_values() {
        assert_eq!(NewKind::try_from(Kind::Old), Ok(NewKind::Old));
        assert_eq!(NewKind::try_from(Kind::from("error")), Ok(NewKind::Error));
        let error = NewKind::try_from(Kind::from("gone")).unwrap_err();
        assert_eq!(error.value, "gone");
        assert_eq!(NewKind::KNOWN, [NewKind::Old, NewKind::Error]);
        assert_eq!(error.to_string(), "`NewKind` has no value `gone`");
    }

    #[test]
    fn open_enums_know_their_values_and_keep_others() {
        assert_eq!(Kind::from("old"), Kind::Old);
        assert_eq!(Kind::from(""), Kind::Other(String::new()));
        assert_eq!(Kind::from("new".to_owned()).to_string(), "new");
        assert_eq!(Kind::Old.into_text(), "old");
        assert_eq!(format!("{:>5}", Kind::Old), "  old");
        assert_eq!("old".parse::<Kind>(), Ok(Kind::Old));
        assert_eq!(Kind::KNOWN, [Kind::Old]);
        assert!(Kind::Old.is_known() && !Kind::from("new").is_known());
    }

    #[test]
    fn open_enums_round_trip() {
        for json in ["\"old\"", "\"new\"", "\"\""] {
            let kind: Kind = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&kind).unwrap(), json);
        }
        assert!(serde_json::from_str::<Kind>("5").is_err());
    }
}
