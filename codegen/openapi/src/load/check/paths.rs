//! Checks the rules between operations and their paths.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fault::PathFault;
use super::{Checker, objects};
use crate::path_item::{METHODS, PathKey, dot_segment, template, without_names};
use crate::pointer::Pointer;

/// How many references in a row to follow to a parameter; cycles are reported elsewhere.
const MAX_REFERENCES: usize = 32;

/// A path with its path item.
struct PathItem<'v> {
    path: &'v str,
    operations: Vec<(&'static str, &'v Map<String, Value>)>,
    /// The parameters that all operations share.
    parameters: Parameters<'v>,
    at: Pointer,
}

/// A `parameters` list.
struct Parameters<'v> {
    list: Vec<(Pointer, Parameter<'v>)>,
    /// Whether a parameter could not be read, which is reported elsewhere.
    is_incomplete: bool,
}

/// The identity of a parameter.
#[derive(Clone, Copy)]
struct Parameter<'v> {
    name: &'v str,
    location: &'v str,
}

impl Parameter<'_> {
    /// Returns whether both are the same parameter. Header names are case-insensitive (OpenAPI 3.0.3, Parameter Object,
    /// `name`).
    fn is_same(self, other: Self) -> bool {
        let is_same_name = if self.location == "header" {
            self.name.eq_ignore_ascii_case(other.name)
        } else {
            self.name == other.name
        };
        self.location == other.location && is_same_name
    }
}

impl<'v> Checker<'v> {
    /// Checks all operations.
    pub(super) fn paths(&mut self) {
        let document = self.document;
        let mut ids = BTreeSet::new();
        let mut earlier: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
        let paths = document
            .get("paths")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        for (path, item) in paths.filter(|(path, _)| path.starts_with('/')) {
            let Some(item) = self.path_item(path, item) else {
                continue;
            };
            self.operation_ids(&item, &mut ids);
            let Some(names) = template(path) else {
                let fault = PathFault::InvalidTemplate { path: path.clone() };
                self.report(fault, item.at);
                continue;
            };
            self.path_key(&item, &names);
            self.path_parameters(&item, &names);
            let same = earlier.entry(without_names(path)).or_default();
            let taken = |method: &str| same.iter().find(|(_, it)| *it == method);
            if let Some((first, _)) = item.operations.iter().find_map(|(method, _)| taken(method)) {
                let fault = PathFault::DuplicatePath {
                    first: (*first).to_owned(),
                };
                self.report(fault, item.at.clone());
            }
            same.extend(
                item.operations
                    .iter()
                    .map(|(method, _)| (path.as_str(), *method)),
            );
        }
    }

    /// Checks that a request can be sent to the path and query of a valid key.
    fn path_key(&mut self, item: &PathItem<'v>, names: &[&str]) {
        let key = PathKey::of(item.path);
        let in_path = template(key.path).unwrap_or_default();
        let outside = names.iter().filter(|name| !in_path.contains(name));
        let outside = outside.map(|name| PathFault::ParameterOutsidePath {
            name: (*name).to_owned(),
        });
        let step = dot_segment(key.path).map(|segment| PathFault::DotSegment {
            segment: segment.to_owned(),
        });
        let ignored = key.fragment.map(|fragment| PathFault::IgnoredFragment {
            fragment: fragment.to_owned(),
        });
        let repeated = names.iter().enumerate();
        let repeated = repeated.filter(|(index, name)| names[..*index].contains(name));
        let repeated = repeated.map(|(_, name)| PathFault::RepeatedPathParameter {
            name: (*name).to_owned(),
        });
        let faults = outside.chain(step).chain(ignored).chain(repeated);
        for fault in faults {
            self.report(fault, item.at.clone());
        }
    }

    /// Reads a path item and checks its own list of parameters.
    fn path_item(&mut self, path: &'v str, item: &'v Value) -> Option<PathItem<'v>> {
        let item = item.as_object()?;
        let at = Pointer::root().key("paths").key(path);
        let parameters = self.parameters(item, &at);
        let operation = |method| Some((method, item.get(method)?.as_object()?));
        let operations = METHODS.into_iter().filter_map(operation).collect();
        Some(PathItem {
            path,
            operations,
            parameters,
            at,
        })
    }

    /// Checks that no operationId is used twice in the document.
    fn operation_ids(&mut self, item: &PathItem<'v>, ids: &mut BTreeSet<&'v str>) {
        for (method, operation) in &item.operations {
            if let Some(id) = operation.get("operationId").and_then(Value::as_str)
                && !ids.insert(id)
            {
                let fault = PathFault::DuplicateOperationId { id: id.to_owned() };
                let at = item.at.key(method).key("operationId");
                self.report(fault, at);
            }
        }
    }

    /// Reads the `parameters` of a path item or an operation and reports duplicates.
    fn parameters(&mut self, owner: &'v Map<String, Value>, at: &Pointer) -> Parameters<'v> {
        let mut list: Vec<(Pointer, Parameter<'v>)> = Vec::new();
        let mut is_incomplete = self.is_broken(&at.key("parameters"));
        let values = owner.get("parameters").and_then(Value::as_array);
        for (index, value) in values.into_iter().flatten().enumerate() {
            let Some(parameter) = self.parameter(value) else {
                is_incomplete = true;
                continue;
            };
            let at = at.key("parameters").index(index);
            let Parameter { name, location } = parameter;
            if list.iter().any(|(_, it)| it.is_same(parameter)) {
                let (name, location) = (name.to_owned(), location.to_owned());
                let fault = PathFault::DuplicateParameter { name, location };
                self.report(fault, at);
            } else {
                list.push((at, parameter));
            }
        }
        Parameters {
            list,
            is_incomplete,
        }
    }

    /// Reads a parameter, following references.
    fn parameter(&self, value: &'v Value) -> Option<Parameter<'v>> {
        let mut value = value;
        for _ in 0..MAX_REFERENCES {
            let Some(target) = value.get("$ref").and_then(Value::as_str) else {
                break;
            };
            value = Pointer::from_fragment(target)?.value(self.document)?;
        }
        let text = |key| value.get(key).and_then(Value::as_str);
        let location = text("in").filter(|it| objects::LOCATIONS.contains(it))?;
        Some(Parameter {
            name: text("name")?,
            location,
        })
    }

    /// Checks that the path parameters of an item match its template.
    fn path_parameters(&mut self, item: &PathItem<'v>, names: &[&str]) {
        let mut declared: Vec<(&str, Parameters<'v>)> = Vec::new();
        for (method, operation) in &item.operations {
            declared.push((method, self.parameters(operation, &item.at.key(method))));
        }
        if item.parameters.is_incomplete || declared.iter().any(|(_, it)| it.is_incomplete) {
            return;
        }
        let all = declared.iter().map(|(_, it)| it).chain([&item.parameters]);
        let mut unused: Vec<(&Pointer, &str)> = all
            .flat_map(Parameters::in_path)
            .filter(|(_, name)| !names.contains(name))
            .collect();
        for name in names {
            let has = |it: &Parameters<'_>| it.in_path().any(|(_, declared)| declared == *name);
            if has(&item.parameters) {
                continue;
            }
            let lacking: Vec<&str> = declared
                .iter()
                .filter(|(_, it)| !has(it))
                .map(|(method, _)| *method)
                .collect();
            if lacking.is_empty() {
                continue;
            }
            // An unmatched name in the template and one in the list are probably one mistake.
            let meant = unused.first().map(|(_, name)| *name);
            unused.retain(|(_, name)| Some(*name) != meant);
            let places = if lacking.len() == declared.len() {
                vec![item.at.clone()]
            } else {
                lacking.iter().map(|method| item.at.key(method)).collect()
            };
            for at in places {
                let fault = PathFault::UndeclaredPathParameter {
                    name: (*name).to_owned(),
                    declared: meant.map(str::to_owned),
                };
                self.report(fault, at);
            }
        }
        for (at, name) in unused {
            let (name, path) = (name.to_owned(), item.path.to_owned());
            let fault = PathFault::UnusedPathParameter { name, path };
            self.report(fault, at.clone());
        }
    }
}

impl<'v> Parameters<'v> {
    /// Returns the path parameters with their places.
    fn in_path(&self) -> impl Iterator<Item = (&Pointer, &'v str)> {
        self.list
            .iter()
            .filter(|(_, it)| it.location == "path")
            .map(|(at, it)| (at, it.name))
    }
}
