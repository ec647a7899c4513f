//! Documents whose requests go to another server than before, and whose docs name their servers.

use super::Note;
use crate::api::Api;

/// The note for crates of documents whose requests go to another server than before.
pub(super) const CHOICE: Note = Note::breaking(
    concerns,
    "where a document lists a server with HTTP before the same one with HTTPS, or begins with the mock of an editor, \
     requests go to the server with HTTPS, or past the mock; for another, give `base_url` to the builder",
);

/// The note for crates of documents with several servers.
pub(super) const DOCS: Note = Note::adding(
    has_several,
    "the docs of a version name the servers that its document lists",
);

fn concerns(apis: &[Api]) -> bool {
    let mut servers = apis.iter().flat_map(|it| &it.servers);
    servers.any(|it| it.is_passed_over)
}

fn has_several(apis: &[Api]) -> bool {
    apis.iter().any(|it| it.servers.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::{concerns, has_several};
    use crate::source::SourceFile;

    #[test]
    fn only_servers_with_a_better_one_are_told() {
        let of = |urls: &[&str]| {
            let urls: Vec<String> = urls.iter().map(|it| format!("{{url: '{it}'}}")).collect();
            let text = format!(
                "openapi: 3.0.1\ninfo: {{title: Pets, version: '1'}}\npaths: {{}}\nservers: [{}]\n",
                urls.join(", ")
            );
            let path = "pets.yaml".to_owned();
            let models = crate::models(&[SourceFile { path, text }]).unwrap();
            (concerns(&models), has_several(&models))
        };
        let (plain, encrypted) = ("http://a.example", "https://a.example");
        let mock = "https://virtserver.swaggerhub.com/x";
        assert_eq!(of(&[plain, encrypted]), (true, true));
        assert_eq!(of(&[mock, encrypted]), (true, true));
        assert_eq!(of(&[encrypted, plain]), (false, true));
        assert_eq!(of(&[plain]), (false, false));
    }
}
