//! Defines the kinds of changes, each with a stable id.

use super::Breaks;
use crate::version::Bump;

/// The effect of a change on users of the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Impact {
    /// Callers no longer compile.
    Compile,
    /// Callers compile, but may fail or behave differently at run time.
    Runtime,
    /// Breaks nobody, and adds something to use.
    Adds,
    /// Breaks nobody, and deprecates something.
    Deprecates,
    /// Breaks nobody, and adds nothing.
    Nothing,
}

/// Defines the enum, its ids and its explanations from one table.
macro_rules! rules {
    ($($rule:ident = $id:literal, $impact:ident, $explanation:literal;)*) => {
        /// A kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $explanation] $rule,)*
        }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &[Rule] = &[$(Rule::$rule,)*];

            /// Returns the stable name of the rule.
            pub fn id(self) -> &'static str {
                match self { $(Rule::$rule => $id,)* }
            }

            /// Returns a sentence that explains the rule.
            pub fn explanation(self) -> &'static str {
                match self { $(Rule::$rule => $explanation,)* }
            }

            fn impact(self) -> Impact {
                match self { $(Rule::$rule => Impact::$impact,)* }
            }
        }
    };
}

rules! {
    ProductAdded = "product-added", Adds, "A product, or a version of one, was added.";
    ProductRemoved = "product-removed", Compile, "A product, or a version of one, was removed.";

    FeatureAdded = "feature-added", Adds, "A feature for a tag of a large product was added.";
    FeatureRemoved = "feature-removed", Compile, "The feature of a tag was removed; Cargo refuses to build callers that enable it.";
    ItemFeatureGained = "item-feature-gained", Adds, "An item is now also compiled with the feature of another tag.";
    ItemFeatureLost = "item-feature-lost", Compile, "An item is no longer compiled with the feature of a tag, which callers may have enabled for it.";

    OperationAdded = "operation-added", Adds, "An operation was added.";
    OperationRemoved = "operation-removed", Compile, "An operation was removed.";
    OperationRenamed = "operation-renamed", Compile, "An operation changed its id, which names its request type.";
    OperationMethodChanged = "operation-method-changed", Runtime, "An operation changed its HTTP method.";
    OperationPathChanged = "operation-path-changed", Compile, "An operation changed its path; its method may have moved to another handle.";
    OperationDeprecated = "operation-deprecated", Deprecates, "An operation is deprecated.";
    OperationUndeprecated = "operation-undeprecated", Nothing, "An operation is no longer deprecated.";
    ServerAdded = "server-added", Adds, "Requests have a default server; callers had to give a base URL, and still may.";
    ServerChanged = "server-changed", Runtime, "Requests go to a different server, or have no default server, so callers must give a base URL.";
    ServerRespelled = "server-respelled", Nothing, "The URL of a server is spelled differently; requests go to the same server.";
    ServerVariableAdded = "server-variable-added", Adds, "A variable was added to the URL of a server, and a method that sets it to the client's builder.";
    ServerVariableRemoved = "server-variable-removed", Compile, "A server variable was removed, and the method that sets it.";
    ServerVariableUnused = "server-variable-unused", Nothing, "A server variable was removed from one product but not from another; the method that sets it stays.";
    ServerVariableDefaultChanged = "server-variable-default-changed", Runtime, "A server variable has a different default, so requests go elsewhere unless callers set it.";
    ServerVariableNarrowed = "server-variable-narrowed", Runtime, "A server variable no longer takes a value; building a client with that value is an error.";
    ServerVariableWidened = "server-variable-widened", Nothing, "A server variable takes a new value.";
    SecurityChanged = "security-changed", Runtime, "A way to sign in to an operation is no longer enough, or needs another scope.";
    SecurityWidened = "security-widened", Nothing, "An operation accepts another way to sign in, or requires less of one.";
    SecuritySchemeAdded = "security-scheme-added", Nothing, "A way to sign in was added.";
    SecuritySchemeChanged = "security-scheme-changed", Runtime, "A way to sign in works differently, has a different token URL, or lost a scope.";
    SecuritySchemeWidened = "security-scheme-widened", Nothing, "A way to sign in has a new scope or a new token URL.";
    SecuritySchemeRenamed = "security-scheme-renamed", Nothing, "A way to sign in was renamed in the spec; its name is not sent.";
    SecuritySchemeRemoved = "security-scheme-removed", Runtime, "A way to sign in was removed.";
    EnvironmentVariableRenamed = "environment-variable-renamed", Runtime, "`from_env` reads a credential from a variable of another name, so callers that set the old one have none.";
    EnvironmentVariableRemoved = "environment-variable-removed", Runtime, "`from_env` no longer reads a variable, so callers that set it have no credentials, or not all.";
    TokenScopeAdded = "token-scope-added", Runtime, "Tokens for an OAuth client are requested with another scope, so signing in fails if the client may not have it.";
    TokenUrlLost = "token-url-lost", Runtime, "The documents no longer have exactly one token URL for client credentials, so building a client with `oauth_client` is an error.";
    SuccessCodeAdded = "success-code-added", Runtime, "An operation succeeds with a new status code.";
    SuccessCodeRemoved = "success-code-removed", Runtime, "An operation no longer succeeds with a status code, which callers may expect.";
    RequestMediaTypeAdded = "request-media-type-added", Nothing, "An operation accepts another media type.";
    RequestMediaTypeRemoved = "request-media-type-removed", Runtime, "An operation no longer accepts a media type that the client can send.";
    ResponseMediaTypeAdded = "response-media-type-added", Nothing, "An operation can respond with another media type.";
    ResponseMediaTypeRemoved = "response-media-type-removed", Runtime, "An operation no longer responds with a media type that the client asks for.";
    UnusedMediaTypeRemoved = "unused-media-type-removed", Nothing, "An operation no longer accepts or responds with a media type that the client neither sends nor asks for.";
    MediaTypeRangeChanged = "media-type-range-changed", Nothing, "A media type of an operation became a range that includes it, such as `*/*`, or the other way round; the client sends and reads the same.";
    ResponseHeaderAdded = "response-header-added", Nothing, "A response has a new header, which callers can read from `Response` or from the error.";
    ResponseHeaderRemoved = "response-header-removed", Runtime, "A response no longer has a header, which callers may read from `Response` or from the error.";
    ResponseHeaderBecameOptional = "response-header-became-optional", Runtime, "A response may lack a header that it always had, which callers may rely on.";
    ResponseHeaderBecameRequired = "response-header-became-required", Nothing, "A response always has a header that it might lack.";
    ResponseBodyGained = "response-body-gained", Compile, "An operation that returned nothing returns a value.";
    ResponseBodyLost = "response-body-lost", Compile, "An operation that returned a value returns nothing.";
    ResponseTypeChanged = "response-type-changed", Compile, "An operation returns a value of a different type.";
    OtherResponseAdded = "other-response-added", Adds, "A request has a new method that asks for a response of another media type.";
    OtherResponseRemoved = "other-response-removed", Compile, "A response of another media type was removed, and the method that asks for it.";
    ResponseKindAdded = "response-kind-added", Adds, "An operation may return another kind of response; response enums are non-exhaustive, so callers have an arm for it.";
    ErrorAdded = "error-added", Adds, "An operation declares a type for errors that had none.";
    ErrorRemoved = "error-removed", Runtime, "An operation no longer declares a type for errors that had one, so callers may read a body of a different type.";
    ErrorTypeChanged = "error-type-changed", Runtime, "The body of an error has a different type, which callers name when they read it.";
    PagingGained = "paging-gained", Compile, "An operation that returned everything at once returns pages.";
    PagingLost = "paging-lost", Compile, "An operation that returned pages returns everything at once.";
    PagingKeyChanged = "paging-key-changed", Runtime, "The items of a page are under another key, or the next page is found in another way.";

    ExampleRemoved = "example-removed", Runtime, "An example of a response was removed or renamed; tests that ask for it by its old name panic.";

    CommandRenamed = "command-renamed", Runtime, "A command was renamed, which breaks scripts.";
    CommandRemoved = "command-removed", Runtime, "A command was removed, which breaks scripts.";
    OptionRenamed = "option-renamed", Runtime, "An option of a command was renamed, which breaks scripts.";
    OptionRemoved = "option-removed", Runtime, "An option of a command was removed, which breaks scripts.";
    ColumnRemoved = "column-removed", Runtime, "Responses of commands lost a column, which scripts may name and CSV output has.";

    ResourceAdded = "resource-added", Adds, "A resource was added.";
    ResourceRemoved = "resource-removed", Compile, "A resource was removed, and its handle with it.";
    ShortcutAdded = "shortcut-added", Adds, "A method was added that reaches a resource of the caller's account without naming the account.";
    ShortcutRemoved = "shortcut-removed", Compile, "A resource of the caller's account can only be reached by naming the account.";


    ParameterAddedOptional = "parameter-added-optional", Adds, "A request has a new setter.";
    ParameterAddedRequired = "parameter-added-required", Compile, "A request has a new argument.";
    ParameterRemoved = "parameter-removed", Compile, "A parameter was removed, and its setter or argument with it.";
    ParameterMoved = "parameter-moved", Runtime, "A parameter moved to another part of the request.";
    ParameterBecameRequired = "parameter-became-required", Compile, "A setter became an argument.";
    ParameterBecameOptional = "parameter-became-optional", Compile, "An argument became a setter.";
    PartBecameRequired = "part-became-required", Runtime, "A part of an alternative body is now required: the service refuses such a body without it.";
    PartBecameOptional = "part-became-optional", Nothing, "A part of an alternative body is no longer required.";
    ParameterTypeChanged = "parameter-type-changed", Compile, "A parameter takes values of a different type.";
    ParameterTypeWidened = "parameter-type-widened", Nothing, "A path parameter takes more values; callers pass it as text anyway.";
    ParameterFormatChanged = "parameter-format-changed", Runtime, "Values that callers send must have a different format; their type is the same.";
    ParameterFormatWidened = "parameter-format-widened", Nothing, "Values that callers send may have more forms than before.";
    ParameterBoundsNarrowed = "parameter-bounds-narrowed", Runtime, "The service accepts fewer values than before.";
    ParameterBoundsWidened = "parameter-bounds-widened", Nothing, "The service accepts more values than before.";
    ParameterPatternChanged = "parameter-pattern-changed", Runtime, "Values that callers send must match a different pattern.";
    ParameterPatternWidened = "parameter-pattern-widened", Nothing, "Values that callers send no longer have to match a pattern.";
    ConstantAdded = "constant-added", Nothing, "A request always has one more parameter, whose only value it sends.";
    ConstantRemoved = "constant-removed", Nothing, "A request no longer has a parameter, whose only value it always sent.";
    ConstantChanged = "constant-changed", Runtime, "A parameter has another only value, which every request sends.";
    ParameterDefaultChanged = "parameter-default-changed", Runtime, "Omitting a parameter has a different meaning.";
    ParameterNullabilityChanged = "parameter-nullability-changed", Nothing, "A parameter may now be null, or no longer; requests omit it instead.";
    ParameterPiiChanged = "parameter-pii-changed", Nothing, "A parameter is now marked as personal data, or no longer; no request shows its values.";
    ParameterDeprecated = "parameter-deprecated", Deprecates, "A parameter is deprecated.";
    ParameterUndeprecated = "parameter-undeprecated", Nothing, "A parameter is no longer deprecated.";
    PathParameterRenamed = "path-parameter-renamed", Nothing, "A path parameter was renamed; callers never write its name.";
    ArgumentsReordered = "arguments-reordered", Compile, "The arguments of a method changed their order; where their types are the same, the compiler does not notice.";

    TypeAdded = "type-added", Adds, "A type was added.";
    TypeRemoved = "type-removed", Compile, "A type was removed.";
    TypeRenamed = "type-renamed", Compile, "A type of the crate was renamed; its meaning is the same.";
    TypeKindChanged = "type-kind-changed", Compile, "A struct became an enum or a union, or the other way round.";
    TypeUseNarrowed = "type-use-narrowed", Compile, "A type lost a trait or a conversion: it is no longer sent, received or default-constructed, or now holds floating-point numbers.";
    TypeUseWidened = "type-use-widened", Adds, "A type gained a trait or a conversion: it is now sent, received or default-constructed, or no longer holds floating-point numbers.";
    MemberRenamed = "member-renamed", Compile, "A field, method or variant of the crate was renamed or moved; its meaning is the same.";

    ResponseFieldAdded = "response-field-added", Adds, "A response has a new field.";
    RequestFieldAdded = "request-field-added", Compile, "A request body that callers construct has a new field.";
    FieldRemoved = "field-removed", Compile, "A field was removed.";
    FieldTypeChanged = "field-type-changed", Compile, "A field holds values of a different type.";
    FieldBecameOptional = "field-became-optional", Compile, "A field that was always present may be missing.";
    FieldBecameRequired = "field-became-required", Compile, "A field that might be missing is always present.";
    FieldDefaultGained = "field-default-gained", Compile, "A field that might be missing now has a default.";
    FieldDefaultAdded = "field-default-added", Nothing, "A response field now has a default that callers do not see, because the field is always present.";
    FieldDefaultLost = "field-default-lost", Compile, "A missing field no longer has a default.";
    FieldDefaultChanged = "field-default-changed", Runtime, "A missing field has a different default, or now has one.";
    FieldNullabilityChanged = "field-nullability-changed", Nothing, "A field may now be null, or no longer; it might be missing before and after.";
    FieldPromiseChanged = "field-promise-changed", Nothing, "The key of a field is now required, or no longer; the field might be null before and after.";
    RequestFieldAbsenceChanged = "request-field-absence-changed", Runtime, "A request body sends null for an absent field that it omitted before, or omits it instead of sending null.";
    RequestFieldNullRefused = "request-field-null-refused", Runtime, "A field of a request body may no longer be null.";
    FieldFormatChanged = "field-format-changed", Runtime, "A field or a response holds text or numbers of a different format; its type is the same.";
    FieldFormatNarrowed = "field-format-narrowed", Nothing, "A field or a response has fewer forms than before.";
    FieldBoundsWidened = "field-bounds-widened", Runtime, "A field or a response may hold new values.";
    FieldBoundsNarrowed = "field-bounds-narrowed", Nothing, "A field or a response may hold fewer values than before.";
    FieldPatternChanged = "field-pattern-changed", Runtime, "A field or a response holds text that matches a different pattern.";
    FieldPatternNarrowed = "field-pattern-narrowed", Nothing, "A field or a response now matches a pattern.";
    FieldPiiAdded = "field-pii-added", Nothing, "A field may hold personal data; `Debug` no longer shows it.";
    FieldPiiRemoved = "field-pii-removed", Runtime, "A field is no longer marked as personal data, and `Debug` shows it.";
    InitialValueChanged = "initial-value-changed", Runtime, "New objects have a different value in a field, or now have one, or no longer.";
    ConstructorArgumentChanged = "constructor-argument-changed", Compile, "`new` no longer takes a field, because new objects have a value in it, or takes it now.";
    FieldDeprecated = "field-deprecated", Deprecates, "A field is deprecated.";
    FieldUndeprecated = "field-undeprecated", Nothing, "A field is no longer deprecated.";

    DirectionWidened = "direction-widened", Nothing, "A value may now also be sent, or also be received; callers that do what they did are not affected.";

    EnumValueAdded = "enum-value-added", Adds, "An enum has a new value; enums are non-exhaustive, so callers have an arm for it.";
    EnumValueRemoved = "enum-value-removed", Compile, "A value of an enum was removed.";

    UnionVariantAdded = "union-variant-added", Adds, "A union has a new type; unions are non-exhaustive, so callers have an arm for it.";
    UnionVariantRemoved = "union-variant-removed", Compile, "A type of a union was removed.";
    UnionVariantTypeChanged = "union-variant-type-changed", Compile, "A variant of a union holds a different type.";
    UnionOrderChanged = "union-order-changed", Runtime, "A value that fits two types of a union equally well is read as the other one, because the types changed their order.";
    UnionTagAdded = "union-tag-added", Nothing, "Another value of a key tells that a union has one of its types; unions with that value were `Other`.";
    UnionTagChanged = "union-tag-changed", Runtime, "A different key, or a different value of it, tells which type of a union a value has.";

    Unexplained = "unexplained", Compile, "A public item was removed or changed, and no other rule explains it.";
    UnexplainedAddition = "unexplained-addition", Adds, "A public item was added, and no other rule explains it.";
}

impl Rule {
    /// Returns whom the rule breaks. A [`super::Change`] may be more specific.
    pub fn breaks(self) -> Breaks {
        match self.impact() {
            Impact::Compile => Breaks::Compile,
            Impact::Runtime => Breaks::Runtime,
            Impact::Adds | Impact::Deprecates | Impact::Nothing => Breaks::Nobody,
        }
    }

    /// Returns whether the rule is about a deprecation.
    pub(super) fn is_deprecation(self) -> bool {
        self.impact() == Impact::Deprecates
    }

    /// Returns the version bump that the rule requires: whatever breaks anybody is major.
    pub fn bump(self) -> Bump {
        match self.impact() {
            Impact::Compile | Impact::Runtime => Bump::Major,
            Impact::Adds | Impact::Deprecates => Bump::Minor,
            Impact::Nothing => Bump::Patch,
        }
    }
}
