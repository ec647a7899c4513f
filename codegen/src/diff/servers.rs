//! Compares server URLs that may be spelled differently.

/// Returns whether two URLs are equivalent, ignoring the case of scheme and host and the scheme's default port (RFC 3986
/// §6.2.2.1 and §6.2.3).
pub(super) fn is_same_url(old: &str, new: &str) -> bool {
    old == new || normal(old) == normal(new)
}

/// Normalizes a URL. Text that is not a URL with a host is returned as it is.
fn normal(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let scheme = scheme.to_ascii_lowercase();
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    // User information is case-sensitive.
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let default = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => ":",
    };
    let bare = host
        .strip_suffix(default)
        .or_else(|| host.strip_suffix(':'));
    let host = bare.unwrap_or(host).to_ascii_lowercase();
    let rest = if rest == "/" { "" } else { rest };
    format!("{scheme}://{user}@{host}{rest}")
}

#[cfg(test)]
mod tests {
    use super::is_same_url;

    #[test]
    fn the_port_of_a_scheme_goes_without_saying() {
        let plain = "https://api.example.com";
        for same in [
            "https://api.example.com:443",
            "https://api.example.com:",
            "https://api.example.com/",
            "HTTPS://API.example.com:443/",
        ] {
            assert!(is_same_url(plain, same), "{same}");
        }
        assert!(is_same_url("http://127.0.0.1:80/v1", "http://127.0.0.1/v1"));
        assert!(is_same_url("http://[::1]:80", "http://[::1]"));
        for other in [
            "https://api.example.com:80",
            "http://api.example.com:443",
            "https://api.example.com:4430",
            "https://api.example.com/v1",
            "https://api.example.com.:443",
            "https://user@api.example.com",
        ] {
            assert!(!is_same_url(plain, other), "{other}");
        }
        assert!(!is_same_url("https://a.com/V1", "https://a.com/v1"));
    }
}
