//! Parses `application/x-www-form-urlencoded` (WHATWG URL §5.1) into bytes. Signatures and events both use it, so that
//! they cannot disagree.

use percent_encoding::percent_decode;

/// Returns the names and values of a form body or of a query without its `?`, in their original order.
///
/// Invalid UTF-8 is kept: if it were replaced, two different bodies could have the same signature.
pub(super) fn pairs(form: &[u8]) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    raw_pairs(form).map(|pair| {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let mut half = || decode(halves.next().unwrap_or_default());
        (half(), half())
    })
}

/// Returns the same pairs undecoded: counting them needs no memory.
pub(super) fn raw_pairs(form: &[u8]) -> impl Iterator<Item = &[u8]> {
    let pairs = form.split(|byte| *byte == b'&');
    pairs.filter(|pair| !pair.is_empty())
}

fn decode(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decode(&spaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_parsed_as_in_the_standard() {
        for form in [
            "",
            "&&",
            "a",
            "a=",
            "=b",
            "=",
            "a=b=c&d",
            "a+b=%2B+%20&a=%C3%A9",
            "%zz=%4&&x",
            "é=ü",
        ] {
            let ours: Vec<_> = pairs(form.as_bytes()).collect();
            let theirs: Vec<_> = form_urlencoded::parse(form.as_bytes())
                .map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()))
                .collect();
            assert_eq!(ours, theirs, "{form}");
        }
    }

    #[test]
    fn invalid_utf8_is_kept() {
        let pair = pairs(b"a=%FF\xfe").next();
        assert_eq!(pair, Some((b"a".to_vec(), b"\xff\xfe".to_vec())));
    }
}
