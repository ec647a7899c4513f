//! Finds the operations whose lists are divided into pages as the settings say, or an extension of AutoRest.
//!
//! A rule fits an operation if the schemas of its response have the keys that the rule names, and the operation the
//! parameters.

mod rule_use;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    OpenAPI, Operation as SpecOperation, Parameter as SpecParameter, ReferenceOr, Response, Schema,
};

use self::rule_use::{Misfit, RuleUse, uses};
use super::content::Content;
use super::envelope::Search;
use super::operation_name::{Suffixes, operation_name};
use super::page_key::{ValueSchema, did_you_mean};
use super::{resolve, success};
use crate::api::{KeyMeaning, Method, NextPage, PageSize, Paging};
use crate::load::{Document, PathItem};
use crate::path_item::PathKey;
use crate::pointer::Pointer;
use crate::vendor::Vendor;
use crate::words;

/// How lists are divided into pages, according to the settings. Keys are texts, in which dots lead into objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRule {
    /// The key of the items in a page, or [`PageRule::ONLY_LIST`]; `None` if the response is the list itself.
    pub items: Option<String>,
    /// How the next page is found.
    pub next: NextPage<String>,
    /// The parameter for the number of items per page.
    pub size: Option<PageSize>,
    /// The operations that the rule is for, by id, tag or path prefix; all if it is empty.
    pub only: Vec<String>,
}

impl PageRule {
    /// The key of the only list of a page, whatever its name.
    pub const ONLY_LIST: &str = "*";

    /// The rule in an operation itself, which Azure's documents and Microsoft Graph's have: the names of the properties
    /// with the items and with the URL of the next page (AutoRest, `x-ms-pageable`).
    fn of_operation(operation: &SpecOperation) -> Option<Self> {
        let pageable = operation.extensions.get("x-ms-pageable")?.as_object()?;
        let name = |key: &str, usual: &str| match pageable.get(key) {
            None => Some(usual.to_owned()),
            Some(name) => name.as_str().map(str::to_owned),
        };
        Some(Self {
            items: Some(name("itemName", "value")?),
            next: NextPage::Url(name("nextLinkName", "nextLink")?),
            size: None,
            only: Vec::new(),
        })
    }
}

/// The operations of a document that rules fit.
#[derive(Debug, Default)]
pub struct PageFits<'r> {
    /// The lists, by the place of their operation.
    lists: BTreeMap<Pointer, PagedList>,
    /// The components that pages consist of.
    parts: BTreeSet<String>,
    /// What became of each rule.
    uses: Vec<RuleUse<'r>>,
}

/// A list that is divided into pages.
#[derive(Debug)]
pub(super) struct PagedList {
    pub(super) paging: Paging,
    /// The name of an item according to the path, in words.
    pub(super) item: String,
}

/// Keys of lists that say nothing about the items.
const GENERAL_KEYS: [&str; 15] = [
    "content", "data", "elements", "entries", "hits", "items", "list", "nodes", "objects",
    "records", "result", "results", "rows", "value", "values",
];

impl PagedList {
    /// The name of an item, in words: that of the path, if the list's own key, whose singular is `item`, says nothing.
    pub(super) fn item_name<'n>(&'n self, item: &'n String) -> &'n String {
        let key = self.paging.items.last();
        match key.is_none_or(|it| GENERAL_KEYS.contains(&it.as_str())) {
            true => &self.item,
            false => item,
        }
    }
}

impl<'r> PageFits<'r> {
    /// Finds the operations of `document` that `rules` fit. The first rule that fits an operation applies, and its own if
    /// there is none.
    pub fn of(document: &Document, vendor: Vendor, rules: &'r [PageRule]) -> Self {
        let mut fits = Self {
            uses: rules.iter().enumerate().flat_map(uses).collect(),
            ..Self::default()
        };
        let paths = Pointer::root().key("paths");
        for (path, item) in &document.paths {
            let ReferenceOr::Item(item) = item else {
                continue; // Refused by `lower`.
            };
            let gets = item.operations.iter().filter(|(it, _)| *it == "get");
            for (field, operation) in gets {
                let candidate = Candidate {
                    spec: &document.openapi,
                    vendor,
                    path,
                    item,
                    operation,
                };
                let at = paths.key(path).key(field);
                fits.add(&at, &candidate);
                let own = PageRule::of_operation(operation).filter(|_| fits.list(&at).is_none());
                if let Some(Ok((paging, parts))) = own.map(|it| candidate.fit(&it)) {
                    fits.parts.extend(parts);
                    fits.lists.insert(at, candidate.list(paging));
                }
            }
        }
        fits
    }

    fn add(&mut self, at: &Pointer, candidate: &Candidate<'_>) {
        for it in &mut self.uses {
            if !it.selects(candidate) {
                continue;
            }
            match candidate.fit(it.rule) {
                Err(misfit) => it.approach(misfit),
                Ok((paging, parts)) => {
                    it.has_fit = true;
                    if self
                        .lists
                        .get(at)
                        .is_none_or(|known| known.paging == paging)
                    {
                        it.is_used = true;
                        self.parts.extend(parts);
                        self.lists.insert(at.clone(), candidate.list(paging));
                    }
                }
            }
        }
    }

    /// The list that an operation returns in pages, if a rule fits it.
    pub(super) fn list(&self, operation: &Pointer) -> Option<&PagedList> {
        self.lists.get(operation)
    }

    /// The components that pages consist of.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(String::as_str)
    }

    /// Adds what became of the rules in another document.
    pub fn extend(&mut self, other: Self) {
        if self.uses.is_empty() {
            self.uses = other.uses;
            return;
        }
        for (own, other) in self.uses.iter_mut().zip(other.uses) {
            own.extend(other);
        }
    }

    /// Why rules are of no use, each as a sentence.
    pub fn unused(&self) -> impl Iterator<Item = String> {
        self.uses.iter().filter_map(RuleUse::fault)
    }
}

/// An operation that a rule may fit.
struct Candidate<'a> {
    spec: &'a OpenAPI,
    vendor: Vendor,
    path: &'a str,
    item: &'a PathItem,
    operation: &'a SpecOperation,
}

impl<'a> Candidate<'a> {
    fn id(&self) -> String {
        let id = self.operation.operation_id.as_deref();
        let tags = &self.operation.tags;
        operation_name(id, &Suffixes::default(), Method::Get, self.path, tags).id
    }

    /// The list that the operation returns. An item is named by the singular of the last word of the path that is not a
    /// parameter.
    fn list(&self, paging: Paging) -> PagedList {
        let segments = PathKey::of(self.path).path.rsplit('/');
        let mut literals = segments.filter(|it| !it.is_empty() && !it.contains('{'));
        let item = words::singular(&words::snake(literals.next().unwrap_or("item")));
        PagedList { paging, item }
    }

    /// How the list is divided, and the components that its pages consist of, if the rule fits.
    fn fit(&self, rule: &PageRule) -> Result<(Paging, Vec<String>), Misfit> {
        let misfit = |(met, why)| Misfit {
            met,
            operation: self.id(),
            why,
        };
        if self.vendor.paging().is_some() {
            let vendor = self.vendor.name();
            return Err(misfit((0, format!("the lists of `{vendor}` are known"))));
        }
        let successes = success::declared(self.operation);
        let mut found: Option<(Paging, Vec<String>)> = None;
        for declared in successes {
            let Some(schema) = self.json_of(declared.response) else {
                return Err(misfit((0, "its response is not JSON".to_owned())));
            };
            let (paging, parts) = self.page(rule, schema).map_err(misfit)?;
            match &mut found {
                None => found = Some((paging, parts)),
                Some((known, all)) if *known == paging => all.extend(parts),
                Some(_) => {
                    let why = "its successful responses have different pages".to_owned();
                    return Err(misfit((2, why)));
                }
            }
        }
        let (mut paging, parts) =
            found.ok_or_else(|| misfit((0, "it returns nothing".to_owned())))?;
        let names = self.query_parameters();
        let size = rule.size.as_ref().map(|it| it.parameter.as_str());
        let mut wanted = paging.next.parameter().into_iter().chain(size);
        if let Some(name) = wanted.find(|it| !names.contains(it)) {
            let help = did_you_mean(name, names.iter().copied());
            let why = format!("it has no query parameter `{name}`{help}");
            return Err(misfit((3, why)));
        }
        paging.size.clone_from(&rule.size);
        Ok((paging, parts))
    }

    /// The schema of a JSON response.
    fn json_of(&self, response: &'a ReferenceOr<Response>) -> Option<&'a ReferenceOr<Schema>> {
        let response = resolve::response_alone(self.spec, response)?;
        Content::read_json(response)?.media_type.schema.as_ref()
    }

    /// How a response is divided; or how many conditions it meets, and what it lacks.
    fn page(
        &self,
        rule: &PageRule,
        schema: &'a ReferenceOr<Schema>,
    ) -> Result<(Paging, Vec<String>), (usize, String)> {
        let mut search = Search::new(self.vendor, self.spec);
        let root = Pointer::root();
        let (list, items, requires_items) = match &rule.items {
            None => {
                let list = search.list_or_null(&root, schema);
                let list = list.ok_or_else(|| (1, "its response is not a list".to_owned()))?;
                (list, Vec::new(), true)
            }
            Some(key) => {
                let found = match key.as_str() {
                    PageRule::ONLY_LIST => search.only_value(&root, schema),
                    key => {
                        let found = search.value(&root, schema, key);
                        found.map_err(|it| it.in_the(RESPONSE))
                    }
                };
                let found = found.map_err(|it| (1, it))?;
                let list = search.list_or_null(&found.at, found.schema);
                let list = list.ok_or_else(|| (1, format!("`{key}` is not a list")))?;
                (list, owned(&found.key), found.is_required)
            }
        };
        let next = rule.next.with_keys(|key, meaning| {
            let found: ValueSchema<'_> = match (meaning, list.items) {
                (KeyMeaning::OfItem, None) => Err("nothing is known about its items".to_owned()),
                (KeyMeaning::OfItem, Some(item)) => {
                    let on_the_way = search.parts.len();
                    let found = search.value(&list.at, item, key);
                    search.parts.truncate(on_the_way); // The items are no part of the page.
                    found.map_err(|it| it.in_the("an item"))
                }
                (
                    KeyMeaning::Url | KeyMeaning::Cursor | KeyMeaning::More | KeyMeaning::Total,
                    _,
                ) => {
                    let found = search.value(&root, schema, key);
                    found.map_err(|it| it.in_the(RESPONSE))
                }
            }?;
            let (types, what) = expected(meaning);
            let typ = search.type_of(&found.at, found.schema);
            match typ.is_none_or(|it| types.contains(&it)) {
                true => Ok(owned(&found.key)),
                false => Err(format!("`{key}` is not {what}")),
            }
        });
        let paging = Paging {
            items,
            requires_items,
            next: next.map_err(|why| (2, why))?,
            size: None,
        };
        let parts = search.parts.into_iter().map(str::to_owned);
        Ok((paging, parts.collect()))
    }

    fn query_parameters(&self) -> Vec<&'a str> {
        let parameters = self
            .operation
            .parameters
            .iter()
            .chain(&self.item.parameters);
        let found = parameters.filter_map(|it| resolve::parameter(self.spec, &Pointer::root(), it));
        let names = found.filter_map(|it| match it.item {
            SpecParameter::Query { parameter_data, .. } => Some(parameter_data.name.as_str()),
            SpecParameter::Header { .. }
            | SpecParameter::Path { .. }
            | SpecParameter::Cookie { .. } => None,
        });
        names.collect()
    }
}

/// How messages name the response of an operation.
const RESPONSE: &str = "its response";

fn owned(key: &[&str]) -> Vec<String> {
    key.iter().map(|it| (*it).to_owned()).collect()
}

/// The types that the value of a key may have, and their name.
fn expected(meaning: KeyMeaning) -> (&'static [&'static str], &'static str) {
    match meaning {
        KeyMeaning::Url => (&["string"], "a string"),
        KeyMeaning::Cursor | KeyMeaning::OfItem => {
            (&["string", "integer", "number"], "a string or a number")
        }
        KeyMeaning::More => (&["boolean"], "a Boolean"),
        KeyMeaning::Total => (&["integer", "number"], "a number"),
    }
}
