//! Claims the names of server variables, which all versions of a crate share.

use super::reserved::{BUILDER_METHODS, VENDOR_METHODS};
use crate::api::{Api, ServerVariable};
use crate::naming::{Case, RustName, Scope};

/// The names of server variables, which all versions of a crate share.
pub(super) struct VariableNames<'a> {
    scope: Scope,
    known: Vec<(&'a ServerVariable, RustName)>,
}

impl<'a> VariableNames<'a> {
    pub(super) fn new(is_plain: bool) -> Self {
        let mut taken = BUILDER_METHODS.to_vec();
        if !is_plain {
            taken.extend(VENDOR_METHODS);
        }
        Self {
            scope: Scope::new(Case::Snake, &taken),
            known: Vec::new(),
        }
    }

    /// Claims a name for each variable whose declaration differs from all earlier ones.
    pub(super) fn claim(&mut self, api: &'a Api) -> Vec<RustName> {
        let names = api.server_variables.iter().map(|variable| {
            let known = self.known.iter().find(|(it, _)| it.is_same(variable));
            if let Some((_, name)) = known {
                return name.clone();
            }
            let name = self.scope.claim(&variable.name);
            self.known.push((variable, name.clone()));
            name
        });
        names.collect()
    }
}
