//! Shortens ids that repeat each collection before its item: `topups.topup.cancel`, `GetTopupsTopup`.

use crate::words::{self, Spelling};

/// An id without the collections and parts that the next part or the next word repeats. `None` if there are none. What an
/// operation does, the last part, repeats nothing: `repos/enable-for-repo`.
pub(super) fn without_repetition(id: &str) -> Option<String> {
    let parts = id.split(['.', '/', ':']);
    let parts: Vec<Vec<String>> = parts.map(|it| words::words(it, Spelling::Bare)).collect();
    let (last, owners) = parts.split_last()?;
    let mut kept: Vec<&Vec<String>> = Vec::new();
    for part in owners.iter().rev() {
        if !kept.last().is_some_and(|next| is_repeated(part, next)) {
            kept.push(part);
        }
    }
    let owners = without_collections(kept.into_iter().rev().flatten());
    let last = without_collections(last.iter());
    let kept = [owners, last].concat();
    let count: usize = parts.iter().map(Vec::len).sum();
    (kept.len() < count && !kept.is_empty()).then(|| kept.join("_"))
}

/// Words without each plural whose singular follows.
fn without_collections<'w>(words: impl Iterator<Item = &'w String>) -> Vec<&'w str> {
    let mut kept: Vec<&str> = Vec::new();
    for word in words {
        kept.pop_if(|last| is_collection(last, word));
        kept.push(word);
    }
    kept
}

/// Whether the next part has the words of a part at its start, or their singular at its end.
fn is_repeated(part: &[String], next: &[String]) -> bool {
    let [part, next] = [part, next].map(words::lower);
    let item = words::singular(&part);
    let starts = |words: &str| next.starts_with(&format!("{words}_"));
    next == part || next == item || starts(&part) || next.ends_with(&format!("_{item}"))
}

/// Whether a word is the plural of the next one.
fn is_collection(word: &str, next: &str) -> bool {
    let [word, next] = [word, next].map(str::to_lowercase);
    word != next && words::singular(&word) == next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collections_before_their_items_are_left_out() {
        for (id, short) in [
            ("GetTopupsTopup", Some("Get_Topup")),
            (
                "PostSubscriptionItemsItemCancel",
                Some("Post_Subscription_Item_Cancel"),
            ),
            ("drives.drive.items.driveItem.copy", Some("drive_Item_copy")),
            ("users.user.GetUser", Some("user_Get_User")),
            ("users.topups.topup", None),
            ("repos/enable-for-repo", None),
            ("folderGroups.folderGroup.copy", Some("folder_Group_copy")),
            ("notes.mailItems.driveItem.copy", None),
            ("GetTopup", None),
            ("ListNewsNews", None),
            ("read_item_items", None),
            ("users/list-for-team", None),
            ("", None),
        ] {
            assert_eq!(without_repetition(id).as_deref(), short, "{id}");
        }
    }
}
