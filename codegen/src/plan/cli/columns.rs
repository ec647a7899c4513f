//! The columns that the maintainer of a crate chooses for its tables.

use std::collections::BTreeMap;
use std::fmt;

use super::OutputShape;
use crate::api::{Api, Type, TypeId};
use crate::plan::{Crate, Product, Version};

/// The columns of tables by the paths of the types that these show: `supersim::v1::Sim`. A column is the key of a field,
/// with dots between those of nested objects.
pub type Columns = BTreeMap<String, Vec<String>>;

/// Why a choice of columns does not fit the APIs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnFault {
    /// No command shows a type of this path.
    UnknownType {
        /// The path.
        path: String,
        /// The paths of the types that commands show.
        known: Vec<String>,
    },
    /// A type has no field of this name.
    UnknownField {
        /// The path of the type.
        path: String,
        /// The name.
        field: String,
        /// The fields that are columns without a choice.
        known: Vec<String>,
    },
    /// No column is chosen for the type of this path.
    Empty(String),
}

impl fmt::Display for ColumnFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownType { path, .. } => write!(f, "no command shows a type `{path}`"),
            Self::UnknownField { path, field, .. } => {
                write!(f, "`{path}` has no field `{field}`")
            }
            Self::Empty(path) => write!(f, "`{path}` needs at least one column"),
        }
    }
}

impl std::error::Error for ColumnFault {}

impl Crate {
    /// Gives tables the columns that are chosen for them, and returns the entries that name a type or a field that is not
    /// there. Those are passed over.
    pub(crate) fn choose_columns(&mut self, apis: &[Api], columns: &Columns) -> Vec<ColumnFault> {
        if columns.is_empty() {
            return Vec::new();
        }
        let mut shown: BTreeMap<String, (&Api, &mut OutputShape)> = BTreeMap::new();
        for (origin, table) in self.commands.iter_mut().enumerate() {
            let mut versions = self.client.versions();
            let version = versions.find(|(_, version)| version.origin == origin);
            let mut paths = version.map_or_else(BTreeMap::new, type_paths);
            for shape in &mut table.shapes {
                let path = paths.remove(&shape.origin);
                shown.extend(path.map(|it| (it, (&apis[origin], shape))));
            }
        }
        let entries = columns.iter();
        entries
            .flat_map(|(path, chosen)| choose(&mut shown, path, chosen))
            .collect()
    }
}

/// Gives the table of a type its columns, or says what is wrong with them.
fn choose(
    shown: &mut BTreeMap<String, (&Api, &mut OutputShape)>,
    path: &str,
    chosen: &[String],
) -> Vec<ColumnFault> {
    let path = path.to_owned();
    let Some((api, shape)) = shown.get_mut(&path) else {
        let known = shown.keys().cloned().collect();
        return vec![ColumnFault::UnknownType { path, known }];
    };
    if chosen.is_empty() {
        return vec![ColumnFault::Empty(path)];
    }
    let unknown = chosen.iter();
    let unknown = unknown.filter(|it| !has_field(api, shape.origin, it));
    let faults: Vec<_> = unknown
        .map(|field| ColumnFault::UnknownField {
            path: path.clone(),
            field: field.clone(),
            known: shape.fields.clone(),
        })
        .collect();
    if faults.is_empty() {
        shape.columns = chosen.to_vec();
    }
    faults
}

/// The paths of the objects and unions of a version.
fn type_paths((product, version): (&Product, &Version)) -> BTreeMap<TypeId, String> {
    let structs = version.files.iter().flat_map(|it| &it.structs);
    let structs = structs.map(|it| (it.origin, &it.name));
    let unions = version.files.iter().flat_map(|it| &it.unions);
    let unions = unions.map(|it| (it.origin, &it.name));
    let path = |name| format!("{}::{}::{name}", product.module, version.module);
    structs
        .chain(unions)
        .map(|(id, name)| (id, path(name)))
        .collect()
}

/// Whether a type has a field at a path of keys. What is below a value of any shape is taken on trust.
fn has_field(api: &Api, id: TypeId, path: &str) -> bool {
    let mut fields = api.type_definition(id).shape.fields().iter();
    fields.any(|field| {
        let Some(rest) = path.strip_prefix(field.wire_name.as_str()) else {
            return false;
        };
        let Some(rest) = rest.strip_prefix('.') else {
            return rest.is_empty();
        };
        match api.ty(field.value.schema) {
            Type::Named(inner) => has_field(api, *inner, rest),
            Type::Any | Type::Map(_) => !rest.is_empty(),
            Type::Scalar(_) | Type::List(_) => false,
        }
    })
}
