//! The tools of an API, and which of them are offered.

use std::collections::BTreeSet;

use super::settings::Selection;
use super::tool_name::{numbered, tool_name};
use crate::cli::table::Command;
use crate::cli::{CommandLine, Effect};
use crate::suggestion;

/// An operation as a tool.
#[derive(Debug)]
pub(super) struct Tool {
    pub(super) name: String,
    /// The prose name of its product's version.
    pub(super) product: &'static str,
    pub(super) command: &'static Command,
    absence: Option<Absence>,
}

/// Why a tool is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absence {
    /// It changes something.
    Changes,
    /// Others were selected.
    NotChosen,
}

/// The tools of an API, including those that are not offered.
#[derive(Debug)]
pub(super) struct Catalog {
    tools: Vec<Tool>,
}

impl Catalog {
    /// Creates the tools of a program, and offers the selected ones.
    ///
    /// # Errors
    ///
    /// Returns an error for an unknown name in the selection, and if nothing is offered.
    pub(super) fn of(line: &'static CommandLine, selection: &Selection) -> Result<Self, String> {
        let mut names = BTreeSet::new();
        let commands = line
            .versions
            .iter()
            .flat_map(|version| version.commands.iter().map(|it| (version.about, it)));
        let tools = commands.map(|(product, command)| {
            let mut name = tool_name(command.path);
            if !names.insert(name.clone()) {
                name = numbered(command.path);
                names.insert(name.clone());
            }
            Tool {
                name,
                product,
                command,
                absence: None,
            }
        });
        let mut catalog = Self {
            tools: tools.collect(),
        };
        catalog.check(selection)?;
        for tool in &mut catalog.tools {
            tool.absence = tool.absence_in(selection);
        }
        let is_empty = catalog.offered().next().is_none();
        match is_empty {
            true => Err("no operation is selected".to_owned()),
            false => Ok(catalog),
        }
    }

    /// Checks that the names in a selection exist.
    fn check(&self, selection: &Selection) -> Result<(), String> {
        for given in &selection.only {
            if !self.tools.iter().any(|it| it.is_called(given)) {
                let names = self.tools.iter();
                let names = names.flat_map(|it| [it.name.as_str(), it.command.operation.id]);
                let meant = suggestion::question(given, names);
                return Err(format!("--only: there is no operation `{given}`{meant}"));
            }
        }
        let products: BTreeSet<&str> = self.tools.iter().map(Tool::product_name).collect();
        for given in &selection.products {
            if !products.contains(given.as_str()) {
                let known: Vec<&str> = products.into_iter().collect();
                let known = known.join(", ");
                return Err(format!(
                    "--products: there is no product `{given}`; there are: {known}"
                ));
            }
        }
        Ok(())
    }

    /// Returns the tools that can be called.
    pub(super) fn offered(&self) -> impl Iterator<Item = &Tool> + Clone {
        self.tools.iter().filter(|it| it.absence.is_none())
    }

    /// Returns the tool with a name.
    ///
    /// # Errors
    ///
    /// Returns why it does not exist, or is not offered.
    pub(super) fn find(&self, name: &str) -> Result<&Tool, String> {
        let Some(tool) = self.tools.iter().find(|it| it.name == name) else {
            let names = self.offered().map(|it| it.name.as_str());
            let meant = suggestion::question(name, names);
            return Err(format!("unknown tool `{name}`{meant}"));
        };
        match tool.absence {
            None => Ok(tool),
            Some(Absence::Changes) => Err(format!(
                "unknown tool `{name}`: it changes something, and this server is read-only"
            )),
            Some(Absence::NotChosen) => Err(format!(
                "unknown tool `{name}`: this server was started without it"
            )),
        }
    }
}

impl Tool {
    /// Returns the first word of its command.
    pub(super) fn product_name(&self) -> &'static str {
        self.command.path.split(' ').next().unwrap_or_default()
    }

    fn is_called(&self, name: &str) -> bool {
        self.name == name || self.command.operation.id == name
    }

    fn absence_in(&self, selection: &Selection) -> Option<Absence> {
        let is_chosen = |names: &[String], of_tool: &dyn Fn(&str) -> bool| {
            names.is_empty() || names.iter().any(|it| of_tool(it))
        };
        let is_chosen = is_chosen(&selection.only, &|it| self.is_called(it))
            && is_chosen(&selection.products, &|it| self.product_name() == it);
        if !is_chosen {
            Some(Absence::NotChosen)
        } else if selection.read_only && self.command.effect != Effect::Read {
            Some(Absence::Changes)
        } else {
            None
        }
    }
}
