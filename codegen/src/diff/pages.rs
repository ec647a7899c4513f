//! Compares how lists are divided into pages.

use super::wording::code;
use crate::api::Paging;

/// Says that a list has pages, whose items are under a key; it is empty if each page is a list.
pub(super) fn gained(items: &str) -> String {
    match items {
        "" => "returns pages, each of which is a list".to_owned(),
        key => format!("returns pages, with their items under {}", code(key)),
    }
}

/// Says how the pages of a list have changed, if they have. Clients may ask for pages of another size.
pub(super) fn changed(items: [&str; 2], [old, new]: [&Option<Box<Paging>>; 2]) -> Option<String> {
    let next = |paging: &Option<Box<Paging>>| paging.as_ref().map(|it| it.next.clone());
    match items {
        [from, to] if from == to => {
            let is_other = next(old) != next(new);
            is_other.then(|| "finds its pages in a different way".to_owned())
        }
        ["", to] => Some(format!(
            "has its items under {}, and was a list before",
            code(to)
        )),
        [from, ""] => Some(format!(
            "is a list, and had its items under {} before",
            code(from)
        )),
        [from, to] => {
            let change = format!("{} → {}", code(from), code(to));
            Some(format!("has its items under a different key: {change}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::NextPage;

    fn paging(next: NextPage<Vec<String>>, requires_items: bool) -> Option<Box<Paging>> {
        Some(Box::new(Paging {
            items: vec!["pets".to_owned()],
            requires_items,
            next,
            size: None,
        }))
    }

    #[test]
    fn changes_of_pages_are_told() {
        let url = || NextPage::Url(vec!["next".to_owned()]);
        let (old, other) = (paging(url(), true), paging(NextPage::LinkHeader, true));
        for (items, new, told) in [
            (["pets", "pets"], &paging(url(), false), None),
            (
                ["pets", "pets"],
                &other,
                Some("finds its pages in a different way"),
            ),
            (
                ["pets", "pets"],
                &None,
                Some("finds its pages in a different way"),
            ),
            (
                ["pets", "cats"],
                &other,
                Some("has its items under a different key: `pets` → `cats`"),
            ),
            (
                ["", "pets"],
                &other,
                Some("has its items under `pets`, and was a list before"),
            ),
            (
                ["pets", ""],
                &other,
                Some("is a list, and had its items under `pets` before"),
            ),
        ] {
            assert_eq!(changed(items, [&old, new]).as_deref(), told, "{items:?}");
        }
        assert_eq!(gained(""), "returns pages, each of which is a list");
    }
}
