//! Macros for generated code. Each expands to as little as possible: functions of this crate do the work.

/// Implements `send()`, `.await`, and the options of a single request on a request builder.
///
/// The builder is a struct with a field `call`: `awaitable!(CreateFleet => Fleet)` is for a
/// `call: Call<Fleet>`, `awaitable!(DeleteFleet => ())` for a `call: Call<()>`. The type of the response may be a
/// parameter of the struct.
#[macro_export]
macro_rules! awaitable {
    ($request:ident $(<$body_parameter:ident>)? => $body:ty) => {
        impl $(<$body_parameter: 'static>)? $request $(<$body_parameter>)? {
            /// Sends the request and returns the body of the response with its status and headers.
            ///
            /// # Errors
            ///
            /// Any status but 2xx is an error, and so is a response that cannot be read.
            // This and the rest is compiled in the calling crate: few programs use every operation of an API.
            #[inline]
            pub fn send(self) -> $crate::BoxFuture<$crate::Response<$body>> {
                self.call.send()
            }

            /// Sends the request and returns the response without decoding its body.
            ///
            /// # Errors
            ///
            /// Any status but 2xx is an error.
            #[inline]
            pub fn send_raw(self) -> $crate::BoxFuture<$crate::Response<$crate::Bytes>> {
                self.call.send_raw()
            }

            /// Adds a header to the request, for every page of a list. The last value of a name wins; case does not
            /// matter.
            ///
            /// A header that cannot be sent, or that only the client may set, is an `Error::HeaderParameter` when the
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

            /// Limits the time of this request, including attempts and waits, in place of the client's setting. Each
            /// page of a list has its own limit.
            #[inline]
            pub fn timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.call.timeout(timeout);
                self
            }

            /// Sets how often and how soon this request is retried, in place of the client's setting. It applies to
            /// every page of a list.
            #[inline]
            pub fn retry_policy(mut self, policy: $crate::RetryPolicy) -> Self {
                self.call.retry_policy(policy);
                self
            }
        }

        $crate::blocking_request!($request $(<$body_parameter>)? => $body);

        impl $(<$body_parameter: 'static>)? ::core::future::IntoFuture for $request $(<$body_parameter>)? {
            type Output = ::core::result::Result<$body, $crate::Error>;
            type IntoFuture = $crate::BoxFuture<$body>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.call.fetch()
            }
        }
    };
}

/// Implements what [`awaitable!`] does, for one page, plus `stream()`, `all()`, `limit()` and `resume()`, on the
/// builder of a list request.
///
/// `streamable!(ListFleet => Fleet)` is for a struct with a field `call: Call<Page<Fleet>>`.
#[macro_export]
macro_rules! streamable {
    ($request:ident => $item:ty) => {
        $crate::awaitable!($request => $crate::Page<$item>);
        $crate::blocking_list!($request => $item);

        impl $request {
            /// Ends `stream()` and `all()` after `limit` items, however many pages they take; with 0, they send
            /// nothing.
            ///
            /// It also lowers the page size to `limit`, so that a single page (`.await`) has no more items; with 0, it
            /// has at most one.
            #[inline]
            pub fn limit(mut self, limit: usize) -> Self {
                self.call.limit(limit);
                self
            }

            /// Starts at `next_page_url`, as `Page::next_page_url` returned it, instead of at the first page.
            ///
            /// The URL is requested unchanged. It contains the query of the list that it comes from, so query
            /// parameters that are set here, including the page size, are not sent. A URL of another server than this
            /// request's is an `Error::NextPage`, and nothing is sent.
            #[inline]
            pub fn resume(
                mut self,
                next_page_url: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.call.resume(next_page_url);
                self
            }

            /// Returns the items of every page, and fetches each page when it is needed.
            #[inline]
            pub fn stream(self) -> $crate::Items<$item> {
                self.call.stream()
            }

            /// Returns a future that collects the items of every page, or as many as `limit()` allows.
            ///
            /// # Errors
            ///
            /// An error of any page replaces all items; `stream()` yields those before it.
            #[inline]
            pub fn all(self) -> $crate::BoxFuture<::std::vec::Vec<$item>> {
                self.call.all()
            }
        }
    };
}

/// Implements `send_stream()`, besides what [`awaitable!`] does, on the builder of a request whose response is bytes, or may
/// be.
///
/// `downloadable!(FetchFile)` is for a struct with a field `call: Call<Bytes>`.
#[macro_export]
macro_rules! downloadable {
    ($request:ident) => {
        impl $request {
            /// Sends the request and returns the response with its body as a stream, which is read as it arrives and
            /// may be of any size.
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

/// Implements `wait()` on a request builder, with the feature `blocking` of this crate. The macro is selected here
/// because a `cfg` in a macro is evaluated in the crate that uses it.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_request {
    ($request:ident $(<$body_parameter:ident>)? => $body:ty) => {
        impl $(<$body_parameter: 'static>)? $request $(<$body_parameter>)? {
            /// Sends the request, blocks the thread until the response arrives, and returns its body.
            ///
            /// # Errors
            ///
            /// Any status but 2xx is an error, and so is a response that cannot be read. Inside an async runtime it is
            /// an `Error::Runtime`.
            #[inline]
            pub fn wait(self) -> ::core::result::Result<$body, $crate::Error> {
                self.call.fetch().wait()
            }
        }
    };
}

/// Implements `iter()` on the builder of a list request, with the feature `blocking` of this crate.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_list {
    ($request:ident => $item:ty) => {
        impl $request {
            /// Returns the items of every page, blocking the thread while it fetches a page.
            #[inline]
            pub fn iter(self) -> $crate::BlockingItems<$item> {
                self.call.iter()
            }
        }
    };
}

/// Expands to nothing without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_request {
    ($request:ident $(<$body_parameter:ident>)? => $body:ty) => {};
}

/// Expands to nothing without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_list {
    ($request:ident => $item:ty) => {};
}

/// Declares an enum of strings that keeps unknown values in a variant `Other(String)`.
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
// Everything is `inline`, so that a program compiles only the enums that it uses.
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
                $(#[$variant_attribute])*
                #[doc = concat!("\n`", $wire, "`")]
                $variant,
            )*
            /// Any other value: one that the API did not have when this version was released.
            Other(::std::string::String),
        }

        // The derive would check for each enum of a crate that `String` implements `Eq`.
        impl ::core::cmp::Eq for $name {}

        /// The order of the texts, so that a new value of the API never reorders the others.
        impl ::core::cmp::Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(self.as_str(), other.as_str())
            }
        }

        impl ::core::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl $name {
            /// The values that the API had when this version was released, in its order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns whether the value is one of [`KNOWN`](Self::KNOWN).
            #[inline]
            pub fn is_known(&self) -> bool {
                !::core::matches!(self, Self::Other(_))
            }

            /// Returns the value as it is sent.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Other(value) => value,
                }
            }
        }

        /// Never fails: an unknown value becomes `Other`.
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // The trait's type by its path: a variant may be named `Err`.
            #[inline]
            fn from_str(
                value: &str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::Other(::std::string::String::from(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::Parameter for $name {
            #[inline]
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

            // The error type by its path: a variant may be named `Error`.
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
        /// The kinds that can be set.
        enum NewKind {
            Old = "old",
            Error = "error",
        }
    }

    convert_enum!(Kind => NewKind);

    #[test]
    fn enums_convert_by_value() {
        assert_eq!(NewKind::try_from(Kind::Old), Ok(NewKind::Old));
        assert_eq!(NewKind::try_from(Kind::from("error")), Ok(NewKind::Error));
        let error = NewKind::try_from(Kind::from("gone")).unwrap_err();
        assert_eq!(error.value, "gone");
        assert_eq!(NewKind::KNOWN, [NewKind::Old, NewKind::Error]);
        assert_eq!(error.to_string(), "`NewKind` has no value `gone`");
    }

    #[test]
    fn open_enums_keep_unknown_values() {
        assert_eq!(Kind::from("old"), Kind::Old);
        assert_eq!(Kind::from(""), Kind::Other(String::new()));
        assert_eq!(Kind::from("new".to_owned()).to_string(), "new");
        assert_eq!(Kind::Old.into_text(), "old");
        assert_eq!(format!("{:>5}", Kind::Old), "  old");
        assert_eq!("old".parse::<Kind>(), Ok(Kind::Old));
        assert_eq!(Kind::KNOWN, [Kind::Old]);
        assert!(Kind::Old.is_known() && !Kind::from("new").is_known());
    }

    /// They are keys of sorted maps, such as of the number of SIMs by status.
    #[test]
    fn open_enums_are_ordered_by_their_texts() {
        let mut kinds = [Kind::Old, Kind::from("zebra"), Kind::from("new")];
        kinds.sort();
        assert_eq!(kinds.map(|it| it.to_string()), ["new", "old", "zebra"]);
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
