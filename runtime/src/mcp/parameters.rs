//! What a tool takes: the arguments of its command, and of lists how many items and where to go on.

use super::tool_name::portable;
use crate::cli::table::{Argument, Command, Place};
use crate::vendor::Vendor;

/// What a tool takes.
#[derive(Debug)]
pub(super) struct Parameters {
    pub(super) of_command: Vec<(String, &'static Argument)>,
    pub(super) of_list: Option<OfList>,
}

/// What a list takes beside the arguments of its command.
#[derive(Debug)]
pub(super) struct OfList {
    /// How many items are wanted.
    pub(super) limit: String,
    /// Where the last answer ended.
    pub(super) next: String,
}

impl Parameters {
    /// The size of a page is none of them: how many items are wanted says it.
    pub(super) fn of(command: &'static Command, vendor: &Vendor) -> Self {
        let is_list = command.is_list();
        let size = vendor.paging.map(|it| it.size).filter(|_| is_list);
        let is_size = |it: &Argument| match it.place {
            Place::Query(_) => Some(it.wire_name) == size,
            Place::Path(_) | Place::Form(_) | Place::Header(_) | Place::Cookie(_) => false,
            Place::Part(_) | Place::File(_) | Place::Member | Place::Body(..) => false,
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

    /// Returns the name of the parameter that a request carries as `name`, in whatever case.
    pub(super) fn named_in_requests(&self, name: &str) -> Option<&str> {
        let mut of_command = self.of_command.iter();
        let found = of_command.find(|(_, it)| it.wire_name.eq_ignore_ascii_case(name));
        found.map(|(name, _)| name.as_str())
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let of_list = self.of_list.iter().flat_map(|it| [&it.limit, &it.next]);
        let of_command = self.of_command.iter().map(|(name, _)| name);
        of_command.chain(of_list).map(String::as_str)
    }
}
