//! Detects pagination loops.
//!
//! It stores only fingerprints of URLs, because a query may contain search terms.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use url::{Position, Url};

/// The number of pages to remember, at about 16 bytes each: about 1 MiB.
const CAPACITY: usize = 1 << 16;

/// The number of consecutive pages with the same body to accept. A few may be alike by chance, or in a test.
const MAX_SAME_BODIES: u32 = 100;

/// The pages of a list so far.
///
/// When it is full, it forgets all of them. So a loop of fewer pages is always detected, if one round later, and a list
/// may have any number of pages. The probability that two remembered pages share a fingerprint by chance is 2⁻⁴⁸ for
/// each page.
#[derive(Debug, Default)]
pub(crate) struct LoopDetector {
    fingerprints: BTreeSet<u64>,
    /// The body of the last page, if its number or its place is all that tells it from others.
    last_body: Option<u64>,
    /// The number of pages before it with the same body.
    same_bodies: u32,
}

impl LoopDetector {
    /// Remembers the page at `url`.
    pub(crate) fn add(&mut self, url: &Url) {
        if self.fingerprints.len() == CAPACITY {
            self.fingerprints.clear();
        }
        self.fingerprints.insert(fingerprint(url));
    }

    /// Remembers the body of a page, if there is one to remember, and returns whether too many pages had the same: a
    /// service that ignores the number of a page repeats the first one forever, and others repeat the last one.
    pub(crate) fn repeats(&mut self, body: Option<u64>) -> bool {
        let is_same = body.is_some() && body == self.last_body;
        self.last_body = body;
        self.same_bodies = if is_same { self.same_bodies + 1 } else { 0 };
        self.same_bodies >= MAX_SAME_BODIES
    }

    /// Returns whether the page at `url` is remembered.
    pub(crate) fn contains(&self, url: &Url) -> bool {
        self.fingerprints.contains(&fingerprint(url))
    }
}

/// Returns the same number for the same body.
pub(crate) fn fingerprint_of_body(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}

/// Returns the same number for the same page. The fragment is not part of a request (RFC 9110 §7.1).
fn fingerprint(url: &Url) -> u64 {
    let mut hasher = DefaultHasher::new();
    url[..Position::AfterQuery].hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize) -> Url {
        Url::parse(&format!("https://a.example/v1/Fleets?Page={number}")).unwrap()
    }

    #[test]
    fn endless_repetition_of_a_page_is_detected() {
        let mut visited = LoopDetector::default();
        let (one, other) = (fingerprint_of_body(b"[1]"), fingerprint_of_body(b"[2]"));
        let mut repeats = |body, times| (0..times).any(|_| visited.repeats(body));
        assert!(!repeats(Some(one), 100) && !repeats(Some(other), 100));
        assert!(!repeats(None, 500) && !repeats(Some(other), 100));
        assert!(repeats(Some(other), 1));
    }

    #[test]
    fn page_is_identified_by_the_requested_url() {
        let mut visited = LoopDetector::default();
        visited.add(&page(1));
        assert!(visited.contains(&page(1)));
        assert!(!visited.contains(&page(11)));
        for same in [
            "https://a.example:443/v1/Fleets?Page=1#x",
            "HTTPS://A.example/v1/Fleets?Page=1",
        ] {
            assert!(visited.contains(&Url::parse(same).unwrap()), "{same}");
        }
        for other in [
            "https://a.example/v1/Fleets",
            "https://a.example/v1/fleets?Page=1",
            "https://a.example/v1/Fleets?Page=1&PageToken=PA1",
        ] {
            assert!(!visited.contains(&Url::parse(other).unwrap()), "{other}");
        }
    }

    #[test]
    fn loops_are_detected_in_bounded_memory() {
        let mut visited = LoopDetector::default();
        let first_in_loop = CAPACITY - 2;
        let pages = (0..first_in_loop).chain((first_in_loop..first_in_loop + 5).cycle());
        let mut walked = 0;
        for number in pages {
            if visited.contains(&page(number)) {
                break;
            }
            visited.add(&page(number));
            walked += 1;
            assert!(visited.fingerprints.len() <= CAPACITY);
            assert!(walked < CAPACITY + 10, "the loop goes on");
        }
        assert!(walked > CAPACITY);
    }
}
