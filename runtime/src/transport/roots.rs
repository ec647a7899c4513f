//! Explains missing root certificates, which many container images do not have.

/// Returns what is missing, and how to get it.
pub(super) fn missing() -> String {
    let named: Vec<_> = ["SSL_CERT_FILE", "SSL_CERT_DIR"]
        .into_iter()
        .filter(|name| std::env::var_os(name).is_some())
        .collect();
    if named.is_empty() {
        "this system has no root certificates: install them (the package `ca-certificates` of Debian, Ubuntu, Alpine and \
         Fedora), name a file of them in SSL_CERT_FILE, or call `root_certificate` on the builder"
            .to_owned()
    } else {
        let named = named.join(" and ");
        format!(
            "no root certificate was found at the path in {named}: set it to a file of PEM certificates, or unset it"
        )
    }
}

/// Returns whether OpenSSL finds no root certificates here. It does not report that itself.
#[cfg(all(
    feature = "native-tls",
    not(any(target_os = "windows", target_vendor = "apple"))
))]
pub(super) fn are_missing() -> bool {
    let found = openssl_probe::probe();
    let has_file = |path: &std::path::Path| path.metadata().is_ok_and(|it| it.len() > 0);
    let has_entry = |path: &std::path::PathBuf| {
        let entries = path.read_dir();
        entries.is_ok_and(|mut entries| entries.next().is_some())
    };
    !found.cert_file.as_deref().is_some_and(has_file) && !found.cert_dir.iter().any(has_entry)
}

/// Other platforms have some, or rustls has reported at once that there are none.
#[cfg(any(
    all(feature = "__rustls", not(feature = "native-tls")),
    all(
        feature = "native-tls",
        any(target_os = "windows", target_vendor = "apple")
    )
))]
pub(super) fn are_missing() -> bool {
    false
}
