//! The parameters of a tool: the arguments of its command and, for lists, a limit and a token.

use super::tool_name::portable;
use crate::cli::table::{Argument, ArgumentLocation, Command};
use crate::vendor::Vendor;

/// The parameters of a tool.
#[derive(Debug)]
pub(super) struct Parameters {
    pub(super) of_command: Vec<(String, &'static Argument)>,
    pub(super) of_list: Option<OfList>,
}

/// The parameters of a list besides the arguments of its command.
#[derive(Debug)]
pub(super) struct OfList {
    /// The requested number of items.
    pub(super) limit: String,
    /// The token of the last result.
    pub(super) next: String,
}

impl Parameters {
    /// The page size is not included: the requested number of items determines it.
    pub(super) fn of(command: &'static Command, vendor: &Vendor) -> Self {
        let is_list = command.is_list();
        let size = match command.paging() {
            Some(rule) => rule.size.map(|it| it.parameter),
            None => vendor.paging.map(|it| it.size).filter(|_| is_list),
        };
        let is_size = |it: &Argument| {
            matches!(it.location, ArgumentLocation::Query(_)) && Some(it.wire_name) == size
        };
        let arguments = command.arguments.iter().filter(|it| !is_size(it));
        let of_command: Vec<_> = arguments.map(|it| (portable(it.name), it)).collect();
        let free = |name: &str| {
            let mut name = name.to_owned();
            while of_command.iter().any(|(it, _)| *it == name) {
                name.push('_');
            }
            name
        };
        let of_list = is_list.then(|| OfList {
            limit: free("limit"),
            next: free("next"),
        });
        Self {
            of_command,
            of_list,
        }
    }

    /// Returns the name of the parameter that is `name` in requests, ignoring case.
    pub(super) fn named_in_requests(&self, name: &str) -> Option<&str> {
        let mut of_command = self.of_command.iter();
        let found = of_command.find(|(_, it)| it.wire_name.eq_ignore_ascii_case(name));
        found.map(|(name, _)| name.as_str())
    }

    /// Returns their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let of_list = self.of_list.iter().flat_map(|it| [&it.limit, &it.next]);
        let of_command = self.of_command.iter().map(|(name, _)| name);
        of_command.chain(of_list).map(String::as_str)
    }
}
