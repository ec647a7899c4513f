//! Represents versions and how changes raise them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A step of the crate's version (<https://semver.org>), largest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing is new for callers.
    Patch,
    /// Something is new, and the rest works as before.
    Minor,
    /// Something may no longer work.
    Major,
}

impl Bump {
    /// All steps, largest first.
    pub const ALL: [Bump; 3] = [Bump::Major, Bump::Minor, Bump::Patch];

    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

/// A version of three numbers (<https://semver.org>), without pre-release or build metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    /// The next version after changes that require `bump`, by cargo's rules: a breaking change raises the leftmost
    /// number that is not zero, and no number left of it changes. So before 1.0, a major change raises the second
    /// number and any other the third; before 0.1, all raise the third
    /// (<https://doc.rust-lang.org/cargo/reference/semver.html>). A number at its maximum stays unchanged.
    #[must_use]
    pub fn after(self, bump: Bump) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        let of = |major, minor, patch| Self {
            major,
            minor,
            patch,
        };
        match bump {
            Bump::Major if major > 0 => of(major.saturating_add(1), 0, 0),
            Bump::Major if minor > 0 => of(0, minor.saturating_add(1), 0),
            Bump::Minor if major > 0 => of(major, minor.saturating_add(1), 0),
            Bump::Major | Bump::Minor | Bump::Patch => of(major, minor, patch.saturating_add(1)),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            major,
            minor,
            patch,
        } = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

impl TryFrom<String> for Version {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let number = |part: &str| {
            let is_plain = part.bytes().all(|it| it.is_ascii_digit())
                && (part == "0" || !part.starts_with('0'));
            is_plain.then(|| part.parse().ok()).flatten()
        };
        let numbers: Option<Vec<u64>> = text.split('.').map(number).collect();
        match numbers.as_deref() {
            Some(&[major, minor, patch]) => Ok(Self {
                major,
                minor,
                patch,
            }),
            Some(_) | None => Err(format!("{text:?} is not a version like \"0.1.0\"")),
        }
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn bumps_follow_cargos_rules() {
        for (before, major, minor, patch) in [
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("0.1.0", "0.2.0", "0.1.1", "0.1.1"),
            ("0.9.7", "0.10.0", "0.9.8", "0.9.8"),
            ("1.0.0", "2.0.0", "1.1.0", "1.0.1"),
            ("2.3.4", "3.0.0", "2.4.0", "2.3.5"),
        ] {
            let after = Bump::ALL.map(|bump| version(before).after(bump).to_string());
            assert_eq!(after, [major, minor, patch], "{before}");
        }
    }

    #[test]
    fn versions_are_three_numbers() {
        for text in [
            "",
            "1",
            "1.0",
            "1.0.0.0",
            "01.0.0",
            "1.0.0-rc.1",
            "1.0.+1",
            "1..0",
            "v1.0.0",
            "1.0.99999999999999999999",
        ] {
            assert!(Version::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert!(version("0.10.0") > version("0.9.9"));
    }
}
