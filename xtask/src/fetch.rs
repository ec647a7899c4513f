//! Fetches specs from the vendor's public repository at a revision: the two specs of this workspace, and any other of
//! the vendor's in the folder of specs.
//!
//! Needs the feature `fetch`, because an HTTP client takes longer to compile than everything else that `gen` needs.

use twilio_codegen::release::SpecSource;

/// The URL of the vendor's repository; a revision follows it.
pub(crate) const REPOSITORY: &str = "https://raw.githubusercontent.com/twilio/twilio-oai";

/// The branch that the vendor publishes on.
pub(crate) const BRANCH: &str = "main";

/// What to fetch.
pub(crate) struct FetchRequest {
    /// The branch, tag or commit.
    pub(crate) revision: String,
    /// The part of the URLs before the revision.
    pub(crate) repository: String,
}

/// A file that was fetched.
pub(crate) struct FetchedFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) origin: SpecSource,
}

/// Reports that the feature is missing.
///
/// # Errors
///
/// Always.
#[cfg(not(feature = "fetch"))]
pub(crate) fn fetch(
    request: &FetchRequest,
    _old: &[twilio_codegen::source::SourceFile],
) -> Result<Vec<FetchedFile>, String> {
    let FetchRequest {
        revision,
        repository,
    } = request;
    Err(format!(
        "{repository}/{revision}: fetching needs the feature `fetch`: cargo run -p xtask --features fetch -- update --fetch"
    ))
}

#[cfg(feature = "fetch")]
pub(crate) use client::fetch;

#[cfg(feature = "fetch")]
mod client {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;
    use std::path::Path;
    use std::time::Duration;

    use sha2::{Digest as _, Sha256};
    use twilio_codegen::product_and_version;
    use twilio_codegen::release::SpecSource;
    use twilio_codegen::source::SourceFile;
    use ureq::Agent;
    use ureq::tls::{RootCerts, TlsConfig};

    use super::{FetchRequest, FetchedFile};
    use crate::report;

    /// The specs of this workspace.
    const FILES: [&str; 2] = ["twilio_supersim_v1.yaml", "twilio_wireless_v1.yaml"];

    /// The folder of the repository that holds them.
    const FOLDER: &str = "spec/yaml";

    /// The largest file to read, in bytes: thirty times the largest spec.
    const LARGEST: u64 = 16 << 20;

    /// The longest that reading a file may take.
    const TIMEOUT: Duration = Duration::from_secs(60);

    /// Fetches the specs of this workspace, and those of `old` that have the vendor's names. A spec of `old` that the
    /// vendor does not have is reported and stays. Uses the proxy that the environment names (`HTTPS_PROXY`,
    /// `NO_PROXY`) and the system's certificates.
    ///
    /// # Errors
    ///
    /// Fails if the revision is not valid, or if a file cannot be read.
    pub(crate) fn fetch(
        request: &FetchRequest,
        old: &[SourceFile],
    ) -> Result<Vec<FetchedFile>, String> {
        let FetchRequest {
            revision,
            repository,
        } = request;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let is_segment =
            |it: &str| !it.starts_with('.') && !it.is_empty() && it.chars().all(is_plain);
        if !revision.split('/').all(is_segment) {
            return Err(format!(
                "{revision:?} is not a branch, tag or commit: use letters, digits, `.`, `_`, `-` and `/`"
            ));
        }
        let agent = agent();
        let repository = repository.trim_end_matches('/');
        let mut fetched = Vec::new();
        for name in names(old) {
            let url = format!("{repository}/{revision}/{FOLDER}/{name}");
            let bytes = match read(&agent, &url) {
                Ok(bytes) => bytes,
                Err(ureq::Error::StatusCode(404)) if !FILES.contains(&&*name) => {
                    report::on_standard_error(&format!("{url}: not found; the spec is kept\n"))?;
                    continue;
                }
                Err(error) => return Err(format!("{url}: {error}")),
            };
            let origin = SpecSource::of(&url, revision, &hex(&Sha256::digest(&bytes)));
            fetched.push(FetchedFile {
                name,
                bytes,
                origin,
            });
        }
        Ok(fetched)
    }

    /// The names of the files to fetch, sorted.
    fn names(old: &[SourceFile]) -> BTreeSet<String> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let stems = old
            .iter()
            .filter_map(|it| Path::new(&it.path).file_stem()?.to_str())
            .filter(|it| it.starts_with("twilio_") && it.chars().all(is_plain))
            .filter(|it| product_and_version(it).is_some());
        let names = stems.map(|it| format!("{it}.yaml"));
        names.chain(FILES.map(str::to_owned)).collect()
    }

    fn agent() -> Agent {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
        Agent::config_builder()
            .tls_config(tls.build())
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .build()
            .into()
    }

    fn read(agent: &Agent, url: &str) -> Result<Vec<u8>, ureq::Error> {
        let mut response = agent.get(url).call()?;
        let status = response.status();
        if status != 200 {
            return Err(ureq::Error::StatusCode(status.as_u16()));
        }
        response
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()
    }

    fn hex(bytes: &[u8]) -> String {
        let mut text = String::new();
        for byte in bytes {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}
