//! Decides which Cargo features gate an item: in a large product, those of the tags of the operations that need it.
//!
//! A product with more than [`MOST`] operations has a feature for each tag, so that a program with five calls does not
//! compile a thousand. An item is compiled if one of the features that need it is on, or any feature of its version if
//! many need it; the product's own feature turns on all of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::counterparts::Counterparts;
use super::layout::{Contents, Layout};
use crate::api::{Api, OperationIndex, ResourceId, TypeId, usage};
use crate::words;

/// How many operations a product may have without a feature for each tag.
const MOST: usize = 100;

/// The maximum number of features that an item names. If more need it, any feature of the version compiles it: nobody
/// reads a list of a hundred features before an item, and rustc parses it for each program.
const MOST_NAMED: usize = 8;

/// The features that compile an item; any of them is enough. If there are none, it is always compiled, or always where
/// its container is.
pub type Gate = Vec<String>;

/// The feature of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagFeature {
    /// Its name.
    pub name: String,
    /// The tag; `None` for operations without one.
    pub tag: Option<String>,
}

/// Indices of features.
type Set = BTreeSet<usize>;

/// The features that need an item; `None` if those are all of the version.
type Needed = Option<Set>;

/// The features that gate the items of a version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gates {
    /// The product's own feature, which turns on all others. It comes after those of the tags.
    product: String,
    /// The features of the tags; empty if the product is not large.
    features: Vec<TagFeature>,
    /// By type, by operation and by resource: the features that need it.
    types: Vec<Needed>,
    operations: Vec<Set>,
    resources: Vec<Needed>,
    /// The features that need anything of the version.
    whole: Set,
    /// The features that need anything of each file.
    files: Vec<Needed>,
}

impl Gates {
    /// Determines the gates of each version. `products` are the features of the products.
    pub(super) fn of(
        versions: &[(&Api, &Layout)],
        counterparts: &[&Counterparts],
        products: &[String],
    ) -> Vec<Self> {
        let apis = versions.iter().map(|(api, _)| *api);
        let gates = versions.iter().zip(counterparts).zip(products).map(
            |(((api, layout), counterparts), product)| {
                let of_product = apis.clone().filter(|it| it.product == api.product);
                let of_product: Vec<&Api> = of_product.collect();
                let count: usize = of_product.iter().map(|it| it.operations.len()).sum();
                let tags = tags(&of_product);
                if count > MOST && tags.len() > 1 {
                    Self::by_tags(api, layout, counterparts, product, &tags)
                } else {
                    Self::default()
                }
            },
        );
        gates.collect()
    }

    fn by_tags(
        api: &Api,
        layout: &Layout,
        counterparts: &Counterparts,
        product: &str,
        tags: &[Option<&str>],
    ) -> Self {
        let features = features(product, tags);
        let numbers: BTreeMap<Option<&str>, usize> = tags
            .iter()
            .enumerate()
            .map(|(index, tag)| (*tag, index))
            .collect();
        let operations = api.operations.iter().map(|operation| {
            let tags = operation.tags.iter().map(|it| Some(it.as_str()));
            let tags: Set = tags.filter_map(|it| numbers.get(&it).copied()).collect();
            if tags.is_empty() {
                numbers.get(&None).copied().into_iter().collect()
            } else {
                tags
            }
        });
        let operations: Vec<Set> = operations.collect();
        let whole: Set = operations.iter().flatten().copied().collect();
        let types = types(api, counterparts, &operations, features.len());
        let resources = resources(api, &operations);
        let gates = Self {
            product: product.to_owned(),
            types: widened(types),
            resources: widened(resources),
            whole,
            operations,
            features,
            files: Vec::new(),
        };
        let files = layout.files.iter().map(|it| gates.of_contents(it));
        Self {
            files: files.collect(),
            ..gates
        }
    }

    /// The features of the product's tags.
    pub fn features(&self) -> &[TagFeature] {
        &self.features
    }

    /// The gate of the whole version.
    pub fn version(&self) -> Gate {
        self.gate(&self.whole, &Set::new())
    }

    /// The gates of the file with this index and of its items, relative to its version.
    pub(super) fn file(&self, index: usize) -> FileGates<'_> {
        FileGates {
            gates: self,
            own: self.needed(self.files.get(index)),
        }
    }

    fn of_contents(&self, contents: &Contents) -> Needed {
        let types = contents.types.iter().map(|it| self.of_type(*it));
        let operations = contents.operations.iter().map(|it| self.of_operation(*it));
        let resources = contents.resources.iter().map(|it| self.of_resource(*it));
        match self.union(types.chain(operations).chain(resources)) {
            Cow::Borrowed(_) => None,
            Cow::Owned(set) => Some(set),
        }
    }

    /// The features of all of these sets.
    fn union<'s>(&'s self, sets: impl Iterator<Item = &'s Set>) -> Cow<'s, Set> {
        let mut union = Set::new();
        for set in sets {
            if std::ptr::eq(set, &raw const self.whole) {
                return Cow::Borrowed(set);
            }
            union.extend(set);
        }
        Cow::Owned(union)
    }

    /// The gate of an operation's mock, relative to its version.
    pub(super) fn mock(&self, id: OperationIndex) -> Gate {
        self.gate(self.of_operation(id), &self.whole)
    }

    /// The features of `own`, or none if they are the same as those of the container.
    fn gate(&self, own: &Set, around: &Set) -> Gate {
        if self.simplified(own).eq(self.simplified(around)) {
            return Gate::new();
        }
        self.simplified(own).map(|it| self.name(it)).collect()
    }

    /// The features of a set, without the product's own if there is another one, which it turns on.
    fn simplified(&self, set: &Set) -> impl Iterator<Item = usize> {
        let tags = self.features.len();
        let is_alone = set.len() == 1;
        set.iter()
            .copied()
            .filter(move |it| *it != tags || is_alone)
    }

    fn name(&self, feature: usize) -> String {
        let tag = self.features.get(feature);
        tag.map_or_else(|| self.product.clone(), |it| it.name.clone())
    }

    fn of_type(&self, id: TypeId) -> &Set {
        self.needed(self.types.get(id.0))
    }

    fn of_operation(&self, id: OperationIndex) -> &Set {
        self.operations.get(id.0).unwrap_or(&NOTHING)
    }

    fn of_resource(&self, id: ResourceId) -> &Set {
        self.needed(self.resources.get(id.0))
    }

    /// The features that need an item; none if the product is not large.
    fn needed<'s>(&'s self, item: Option<&'s Needed>) -> &'s Set {
        item.map_or(&NOTHING, |it| it.as_ref().unwrap_or(&self.whole))
    }
}

static NOTHING: Set = Set::new();

/// The gates of the items of a file.
pub(super) struct FileGates<'a> {
    gates: &'a Gates,
    own: &'a Set,
}

impl FileGates<'_> {
    /// The gate of the file, relative to its version.
    pub(super) fn whole(&self) -> Gate {
        self.gates.gate(self.own, &self.gates.whole)
    }

    /// The gate of these types together.
    pub(super) fn types(&self, ids: &[TypeId]) -> Gate {
        let own = ids.iter().map(|it| self.gates.of_type(*it));
        self.gates.gate(&self.gates.union(own), self.own)
    }

    /// The gate of a request.
    pub(super) fn request(&self, id: OperationIndex) -> Gate {
        self.gates.gate(self.gates.of_operation(id), self.own)
    }

    /// The gate of a handle.
    pub(super) fn handle(&self, id: ResourceId) -> Gate {
        self.gates.gate(self.gates.of_resource(id), self.own)
    }

    /// Whether features may compile a handle without any of its methods: a handle that many features need is compiled with
    /// every feature of the version.
    pub(super) fn may_lack_methods(
        &self,
        id: ResourceId,
        openings: impl Iterator<Item = OperationIndex>,
        links: impl Iterator<Item = ResourceId>,
    ) -> bool {
        let openings = openings.map(|it| self.gates.of_operation(it));
        let links = links.map(|it| self.gates.of_resource(it));
        let methods = self.gates.union(openings.chain(links));
        !self.gates.of_resource(id).is_subset(&methods)
    }

    /// The gate of a method of `around`'s handle that makes a request.
    pub(super) fn opening(&self, id: OperationIndex, around: ResourceId) -> Gate {
        let around = self.gates.of_resource(around);
        self.gates.gate(self.gates.of_operation(id), around)
    }

    /// The gate of a method of `around`'s handle that returns another handle.
    pub(super) fn link(&self, id: ResourceId, around: ResourceId) -> Gate {
        let around = self.gates.of_resource(around);
        self.gates.gate(self.gates.of_resource(id), around)
    }
}

/// The tags of the operations, in the order of the spec, with `None` last if an operation has no tag.
fn tags<'a>(apis: &[&'a Api]) -> Vec<Option<&'a str>> {
    let mut tags: Vec<Option<&str>> = Vec::new();
    let mut known = BTreeSet::new();
    for operation in apis.iter().flat_map(|it| &it.operations) {
        for tag in &operation.tags {
            if known.insert(tag.as_str()) {
                tags.push(Some(tag));
            }
        }
    }
    let is_untagged = apis
        .iter()
        .flat_map(|it| &it.operations)
        .any(|it| it.tags.is_empty());
    if is_untagged {
        tags.push(None);
    }
    tags
}

/// Names the features: the product and the letters and digits of the tag that Cargo allows, numbered from the second
/// duplicate on.
fn features(product: &str, tags: &[Option<&str>]) -> Vec<TagFeature> {
    let mut taken = BTreeSet::new();
    let form = |tag: &str, spelling| {
        let letters = |c: char| if c.is_ascii() { c } else { ' ' };
        let words: String = tag.chars().map(letters).collect();
        words::lower(&words::words(&words, spelling)).replace('_', "-")
    };
    let wires: Vec<&str> = tags.iter().map(|it| it.unwrap_or("untagged")).collect();
    let spellings = words::spellings(&wires, form, |_| false);
    let wires = wires.iter().zip(spellings);
    let features = tags.iter().zip(wires).map(|(tag, (wire, spelling))| {
        let words = form(wire, spelling);
        let words = words.trim_matches('-');
        let base = format!("{product}-{}", if words.is_empty() { "tag" } else { words });
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let mut names = std::iter::once(base.clone()).chain(numbered);
        let name = names.find(|it| taken.insert(it.clone()));
        TagFeature {
            name: name.unwrap_or(base),
            tag: tag.map(str::to_owned),
        }
    });
    features.collect()
}

/// Replaces sets that are too large to name with all features of the version. Whatever an item names needs at least the
/// same features, so it is compiled, too.
fn widened(sets: Vec<Set>) -> Vec<Needed> {
    let sets = sets.into_iter();
    sets.map(|it| Some(it).filter(|it| it.len() <= MOST_NAMED))
        .collect()
}

/// The features that need each type, up to one more than a type may name: unused types need all features of the product.
fn types(api: &Api, counterparts: &Counterparts, operations: &[Set], count: usize) -> Vec<Set> {
    let mut types = vec![Set::new(); api.types.len()];
    for id in unused_types(api, counterparts) {
        types[id.0].insert(count);
    }
    for (feature, own) in by_feature(operations, count).iter().enumerate() {
        // The parts of a type that is compiled with every feature are, too.
        let is_open = |it: TypeId| types[it.0].len() <= MOST_NAMED;
        for id in with_parts(api, counterparts, used(api, own, is_open), is_open) {
            types[id.0].insert(feature);
        }
    }
    types
}

/// The operations that need each feature.
fn by_feature(operations: &[Set], count: usize) -> Vec<Vec<OperationIndex>> {
    let mut found = vec![Vec::new(); count];
    for (index, features) in operations.iter().enumerate() {
        for feature in features {
            found[*feature].push(OperationIndex(index));
        }
    }
    found
}

/// The types that no operation uses.
fn unused_types(api: &Api, counterparts: &Counterparts) -> BTreeSet<TypeId> {
    let all = (0..api.operations.len()).map(OperationIndex);
    let used = used(api, &all.collect::<Vec<_>>(), |_| true);
    let used = with_parts(api, counterparts, used, |_| true);
    api.items().filter(|it| !used.contains(it)).collect()
}

/// The wanted types that operations mention.
fn used(
    api: &Api,
    operations: &[OperationIndex],
    is_wanted: impl Fn(TypeId) -> bool,
) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    usage::walk_types(api, operations, &mut |id| is_wanted(id) && found.insert(id));
    found
}

/// Types with all wanted types that their items name, in either direction.
fn with_parts(
    api: &Api,
    counterparts: &Counterparts,
    mut found: BTreeSet<TypeId>,
    is_wanted: impl Fn(TypeId) -> bool,
) -> BTreeSet<TypeId> {
    let mut next: Vec<TypeId> = found.iter().copied().collect();
    while let Some(id) = next.pop() {
        let definition = api.type_definition(id);
        let parts = definition.shape.children();
        let parts = parts.filter_map(|it| api.named_inside(it.schema));
        let sources = counterparts.sources(id);
        for part in parts.chain(definition.received_as).chain(sources) {
            if is_wanted(part) && found.insert(part) {
                next.push(part);
            }
        }
    }
    found
}

/// The features that need each resource: those of its operations and of resources below it.
fn resources(api: &Api, operations: &[Set]) -> Vec<Set> {
    let own = api.resources.iter().map(|resource| {
        let operations = resource.operations.iter().flat_map(|it| &operations[it.0]);
        operations.copied().collect()
    });
    let mut sets: Vec<Set> = own.collect();
    // Children come after their parents.
    for index in (0..api.resources.len()).rev() {
        for child in &api.resources[index].children {
            let below = sets[child.0].clone();
            sets[index].extend(below);
        }
    }
    sets
}
