//! Names inline types after what contains them.

use crate::words;

/// What contains a value, in words, to name the inline types in it.
#[derive(Clone, Copy)]
pub(super) enum Context<'c> {
    /// The names of a type, an operation or a component: the first is preferred, each further one tells more.
    Names(&'c [String]),
    /// A property or another named part of it.
    Part(&'c Context<'c>, &'c str),
    /// An item of it.
    Item(&'c Context<'c>),
}

impl<'c> Context<'c> {
    /// A property or another named part.
    pub(super) fn part(&'c self, name: &'c str) -> Self {
        Self::Part(self, name)
    }

    /// The names that a type in this place may have; the first is preferred, and each further one tells more.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Self::Names(names) => names.to_vec(),
            Self::Part(whole, part) => {
                let whole = whole.names().into_iter();
                whole.map(|it| format!("{it}_{part}")).collect()
            }
            Self::Item(list) => {
                let list = list.names().into_iter();
                list.map(|it| words::singular(&it)).collect()
            }
        }
    }

    /// The names of a type with this title.
    pub(super) fn titled(&self, title: Option<&str>) -> Vec<String> {
        let title = title.filter(|it| it.contains(char::is_alphanumeric));
        let title = title.map(str::to_owned).into_iter();
        title.chain(self.names()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_items_extend_every_name() {
        let names = ["pet".to_owned(), "list_pets".to_owned()];
        let pet = Context::Names(&names);
        let tags = pet.part("tags");
        assert_eq!(Context::Item(&tags).names(), ["pet_tag", "list_pets_tag"]);
        assert_eq!(
            tags.titled(Some("Tag")),
            ["Tag", "pet_tags", "list_pets_tags"]
        );
        assert_eq!(tags.titled(Some(" ")), ["pet_tags", "list_pets_tags"]);
    }
}
