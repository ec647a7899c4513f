//! The closed list of what a change can be, each with a stable id.

use super::Breaks;
use crate::version::Bump;

/// What a rule means for users of the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Impact {
    /// Callers no longer compile.
    Compile,
    /// Callers compile and may fail, or do something else, when they run.
    Runtime,
    /// Nobody is hurt, and there is something new to use.
    Adds,
    /// Nobody is hurt, and something is going away.
    Deprecates,
    /// Nobody is hurt, and there is nothing new to use.
    Nothing,
}

/// Makes the enum, its ids and its explanations of one table.
macro_rules! rules {
    ($($rule:ident = $id:literal, $impact:ident, $explanation:literal;)*) => {
        /// What kind of change it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $explanation] $rule,)*
        }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &[Rule] = &[$(Rule::$rule,)*];

            /// The name that stays the same from version to version.
            pub fn id(self) -> &'static str {
                match self { $(Rule::$rule => $id,)* }
            }

            /// What the rule says, in one sentence.
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
    ProductAdded = "product-added", Adds, "There is a product, or a version of one, that was not there.";
    ProductRemoved = "product-removed", Compile, "A product, or a version of one, is gone.";

    FeatureAdded = "feature-added", Adds, "There is a feature for a tag of a large product.";
    FeatureRemoved = "feature-removed", Compile, "The feature of a tag is gone; cargo refuses to build who turns it on.";
    ItemFeatureGained = "item-feature-gained", Adds, "An item is compiled with the feature of a further tag.";
    ItemFeatureLost = "item-feature-lost", Compile, "An item is no longer compiled with the feature of a tag, which callers may have turned on for it.";

    OperationAdded = "operation-added", Adds, "There is a new operation.";
    OperationRemoved = "operation-removed", Compile, "An operation is gone.";
    OperationRenamed = "operation-renamed", Compile, "An operation has another id, which names its request.";
    OperationMethodChanged = "operation-method-changed", Runtime, "An operation is called with another HTTP method.";
    OperationPathChanged = "operation-path-changed", Compile, "An operation has another path; its method may have moved to another handle.";
    OperationDeprecated = "operation-deprecated", Deprecates, "An operation is going away.";
    OperationUndeprecated = "operation-undeprecated", Nothing, "An operation is no longer going away.";
    ServerAdded = "server-added", Adds, "Requests know a server, where callers had to give a base URL; those who still do are not affected.";
    ServerChanged = "server-changed", Runtime, "Requests go to another server, or know none, so that callers must give a base URL.";
    ServerRespelled = "server-respelled", Nothing, "The URL of a server is written in another way; requests go where they went.";
    ServerVariableAdded = "server-variable-added", Adds, "The URL of a server has a further variable, and the builder of the client a method that sets it.";
    ServerVariableRemoved = "server-variable-removed", Compile, "A variable of servers is gone, and the method that sets it.";
    ServerVariableUnused = "server-variable-unused", Nothing, "A variable of servers is gone from a product, while those of another product have it; the method that sets it stays.";
    ServerVariableDefaultChanged = "server-variable-default-changed", Runtime, "A variable of servers has another default, so that requests go elsewhere unless callers set it.";
    ServerVariableNarrowed = "server-variable-narrowed", Runtime, "A variable of servers can no longer have a value that it could; to build a client with it is an error.";
    ServerVariableWidened = "server-variable-widened", Nothing, "A variable of servers can have a further value.";
    SecurityChanged = "security-changed", Runtime, "A way to sign in that an operation accepted is no longer enough, or has to have a further scope.";
    SecurityWidened = "security-widened", Nothing, "An operation accepts a further way to sign in, or wants less of one.";
    SecuritySchemeAdded = "security-scheme-added", Nothing, "There is a further way to sign in.";
    SecuritySchemeChanged = "security-scheme-changed", Runtime, "A way to sign in works in another way, has another URL where tokens are got, or lacks a scope that it had.";
    SecuritySchemeWidened = "security-scheme-widened", Nothing, "A way to sign in has a further scope, or a further URL where tokens are got.";
    SecuritySchemeRenamed = "security-scheme-renamed", Nothing, "A way to sign in has another name in the spec, which is not sent.";
    SecuritySchemeRemoved = "security-scheme-removed", Runtime, "A way to sign in is gone.";
    SuccessCodeAdded = "success-code-added", Runtime, "An operation succeeds with a status code that callers have not met.";
    SuccessCodeRemoved = "success-code-removed", Runtime, "An operation no longer succeeds with a status code that callers may wait for.";
    RequestMediaTypeAdded = "request-media-type-added", Nothing, "An operation reads a further media type.";
    RequestMediaTypeRemoved = "request-media-type-removed", Runtime, "An operation no longer reads a media type.";
    ResponseMediaTypeAdded = "response-media-type-added", Nothing, "An operation can answer in a further media type.";
    ResponseMediaTypeRemoved = "response-media-type-removed", Runtime, "An operation no longer answers in a media type.";
    ResponseHeaderAdded = "response-header-added", Nothing, "An answer has a further header, which `Response` lets callers read.";
    ResponseHeaderRemoved = "response-header-removed", Runtime, "An answer no longer has a header, which callers may read in `Response`.";
    ResponseBodyGained = "response-body-gained", Compile, "An operation that brought nothing brings a value.";
    ResponseBodyLost = "response-body-lost", Compile, "An operation that brought a value brings nothing.";
    ResponseTypeChanged = "response-type-changed", Compile, "An operation brings a value of another type.";
    ResponseKindAdded = "response-kind-added", Adds, "An operation may bring a further kind of answer; the enums of answers are open, so callers have an arm for it.";
    ErrorAdded = "error-added", Adds, "An operation declares a type for errors that had none.";
    ErrorRemoved = "error-removed", Runtime, "An operation no longer declares a type for errors that had one, so that callers may read a body of another.";
    ErrorTypeChanged = "error-type-changed", Runtime, "The body of an error is of another type, which callers name when they read it.";
    PagingGained = "paging-gained", Compile, "An operation that brought everything at once brings pages.";
    PagingLost = "paging-lost", Compile, "An operation that brought pages brings everything at once.";
    PagingKeyChanged = "paging-key-changed", Runtime, "The items of a page are under another key.";

    ExampleRemoved = "example-removed", Runtime, "An example of an answer is gone or has another name; tests that ask for it by the old one panic.";

    CommandRenamed = "command-renamed", Runtime, "The command of an operation has other words, which scripts name.";
    CommandRemoved = "command-removed", Runtime, "The command of an operation is gone, which scripts name.";
    OptionRenamed = "option-renamed", Runtime, "An option of a command has another name, which scripts give.";
    OptionRemoved = "option-removed", Runtime, "An option of a command is gone, which scripts give.";
    ColumnRemoved = "column-removed", Runtime, "The answers of commands have lost a column, which scripts ask for and CSV has.";

    ResourceAdded = "resource-added", Adds, "There is a new resource.";
    ResourceRemoved = "resource-removed", Compile, "A resource is gone, and its handle with it.";

    ParameterAddedOptional = "parameter-added-optional", Adds, "A request has a new setter.";
    ParameterAddedRequired = "parameter-added-required", Compile, "A request has a new argument.";
    ParameterRemoved = "parameter-removed", Compile, "A parameter is gone, and its setter or argument with it.";
    ParameterMoved = "parameter-moved", Runtime, "A parameter travels in another part of the request.";
    ParameterBecameRequired = "parameter-became-required", Compile, "A setter has become an argument.";
    ParameterBecameOptional = "parameter-became-optional", Compile, "An argument has become a setter.";
    ParameterTypeChanged = "parameter-type-changed", Compile, "A parameter takes values of another type.";
    ParameterTypeWidened = "parameter-type-widened", Nothing, "A parameter in a path takes further values; callers give it as text anyway.";
    ParameterFormatChanged = "parameter-format-changed", Runtime, "What callers send must have another format, though its type is the same.";
    ParameterFormatWidened = "parameter-format-widened", Nothing, "What callers send may have the forms that it had, or more.";
    ParameterBoundsNarrowed = "parameter-bounds-narrowed", Runtime, "The service accepts fewer values than it did.";
    ParameterBoundsWidened = "parameter-bounds-widened", Nothing, "The service accepts more values than it did.";
    ParameterPatternChanged = "parameter-pattern-changed", Runtime, "What callers send must match another pattern.";
    ParameterPatternWidened = "parameter-pattern-widened", Nothing, "What callers send need no longer match a pattern.";
    ParameterDefaultChanged = "parameter-default-changed", Runtime, "Leaving a parameter out means something else.";
    ParameterNullabilityChanged = "parameter-nullability-changed", Nothing, "A parameter may be null, or no longer; requests leave it out instead.";
    ParameterPiiChanged = "parameter-pii-changed", Nothing, "A parameter is marked as personal data, or no longer; no request shows its values.";
    ParameterDeprecated = "parameter-deprecated", Deprecates, "A parameter is going away.";
    ParameterUndeprecated = "parameter-undeprecated", Nothing, "A parameter is no longer going away.";
    PathParameterRenamed = "path-parameter-renamed", Nothing, "A parameter in a path has another name, which callers never write.";
    ArgumentsReordered = "arguments-reordered", Compile, "The arguments of a method come in another order; where their types agree, one is taken for the other in silence.";

    TypeAdded = "type-added", Adds, "There is a new type.";
    TypeRemoved = "type-removed", Compile, "A type is gone.";
    TypeRenamed = "type-renamed", Compile, "A type of the crate has another name, though it stands for the same.";
    TypeKindChanged = "type-kind-changed", Compile, "A struct has become an enum, or a union, or the other way round.";
    TypeUseNarrowed = "type-use-narrowed", Compile, "A type loses a trait or a conversion: it is no longer sent, received or made of nothing, or holds floating-point numbers.";
    TypeUseWidened = "type-use-widened", Adds, "A type gains a trait or a conversion: it is now sent, received or made of nothing, or holds no floating-point numbers any more.";
    MemberRenamed = "member-renamed", Compile, "A field, method or variant of the crate has another name, though it stands for the same.";

    ResponseFieldAdded = "response-field-added", Adds, "An answer has a new field.";
    RequestFieldAdded = "request-field-added", Compile, "A body that callers make has a new field.";
    FieldRemoved = "field-removed", Compile, "A field is gone.";
    FieldTypeChanged = "field-type-changed", Compile, "A field holds values of another type.";
    FieldBecameOptional = "field-became-optional", Compile, "A field that was always there may be missing.";
    FieldBecameRequired = "field-became-required", Compile, "A field that might be missing is always there.";
    FieldDefaultGained = "field-default-gained", Compile, "A field that might be missing has a value anyway.";
    FieldDefaultAdded = "field-default-added", Nothing, "A field of an answer stands for a value where it is missing, and its type is what it was.";
    FieldDefaultLost = "field-default-lost", Compile, "A missing field no longer stands for a value.";
    FieldDefaultChanged = "field-default-changed", Runtime, "A missing field stands for another value.";
    FieldNullabilityChanged = "field-nullability-changed", Nothing, "A field may be null, or no longer; it might be missing before and after.";
    FieldPromiseChanged = "field-promise-changed", Nothing, "The key of a field is promised, or no longer; the field might be null before and after.";
    RequestFieldAbsenceChanged = "request-field-absence-changed", Runtime, "A body that callers make says null where it left a field out, or leaves it out where it said null.";
    RequestFieldNullRefused = "request-field-null-refused", Runtime, "A field of a body that callers make may no longer be null.";
    FieldFormatChanged = "field-format-changed", Runtime, "A field or an answer holds text or numbers of another format, though its type is the same.";
    FieldFormatNarrowed = "field-format-narrowed", Nothing, "A field or an answer has the forms that it had, or fewer.";
    FieldBoundsWidened = "field-bounds-widened", Runtime, "A field or an answer holds values that callers have not met.";
    FieldBoundsNarrowed = "field-bounds-narrowed", Nothing, "A field or an answer holds fewer values than it might.";
    FieldPatternChanged = "field-pattern-changed", Runtime, "A field or an answer holds text that matches another pattern.";
    FieldPatternNarrowed = "field-pattern-narrowed", Nothing, "A field or an answer is known to match a pattern.";
    FieldPiiAdded = "field-pii-added", Nothing, "A field may hold personal data; `Debug` no longer shows it.";
    FieldPiiRemoved = "field-pii-removed", Runtime, "A field is no longer marked as personal data, and `Debug` shows it.";
    FieldDeprecated = "field-deprecated", Deprecates, "A field is going away.";
    FieldUndeprecated = "field-undeprecated", Nothing, "A field is no longer going away.";

    DirectionWidened = "direction-widened", Nothing, "A value may travel another way than it did, and still travels the way that callers know of.";

    EnumValueAdded = "enum-value-added", Adds, "An enum has a new value; the enums are open, so callers have an arm for it.";
    EnumValueRemoved = "enum-value-removed", Compile, "A value of an enum is gone.";

    UnionVariantAdded = "union-variant-added", Adds, "A union has a further type; unions are open, so callers have an arm for it.";
    UnionVariantRemoved = "union-variant-removed", Compile, "A type of a union is gone.";
    UnionVariantTypeChanged = "union-variant-type-changed", Compile, "A variant of a union holds another type.";
    UnionTagChanged = "union-tag-changed", Runtime, "Another key, or another value of it, tells which type of a union a value is.";

    Unexplained = "unexplained", Compile, "A public item is gone or different, and no other rule says why.";
    UnexplainedAddition = "unexplained-addition", Adds, "A public item is new, and no other rule says why.";
}

impl Rule {
    /// Whom the rule breaks. A [`super::Change`] may know better.
    pub fn breaks(self) -> Breaks {
        match self.impact() {
            Impact::Compile => Breaks::Compile,
            Impact::Runtime => Breaks::Runtime,
            Impact::Adds | Impact::Deprecates | Impact::Nothing => Breaks::Nobody,
        }
    }

    /// Whether something is going away.
    pub(super) fn is_deprecation(self) -> bool {
        self.impact() == Impact::Deprecates
    }

    /// The bump that the rule calls for: whatever breaks anybody is major.
    pub fn bump(self) -> Bump {
        match self.impact() {
            Impact::Compile | Impact::Runtime => Bump::Major,
            Impact::Adds | Impact::Deprecates => Bump::Minor,
            Impact::Nothing => Bump::Patch,
        }
    }
}
