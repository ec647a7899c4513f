//! Creates Rust identifiers from wire names; no other module does.
//!
//! It knows Rust's keywords and the names taken in a scope, but nothing about specs or the purpose of a name. Letters
//! of every script are kept, except in file names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use unicode_ident::is_xid_start;

use crate::words::{self, Spelling};

/// A valid Rust identifier, unique in its scope; keywords are raw (`r#type`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustName(String);

impl RustName {
    /// The identifier as written in code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without the `r#` of a raw identifier, for files, features and serde.
    pub fn unraw(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for RustName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the identifiers of a scope are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `snake_case`: functions, fields.
    Snake,
    /// `UpperCamelCase`: types, variants.
    Camel,
    /// `snake_case` in ASCII: modules, which are files, so that no file system can confuse two.
    Module,
}

/// The names taken in one scope of Rust code.
#[derive(Clone, Debug)]
pub struct Scope {
    case: Case,
    taken: BTreeSet<String>,
    /// The next number to try for each name that was claimed again: all lower ones are taken.
    numbers: BTreeMap<String, u32>,
}

impl Scope {
    /// A scope in which `reserved` names are taken from the start.
    pub fn new(case: Case, reserved: &[&str]) -> Self {
        let taken = reserved.iter().map(|&name| name.to_owned()).collect();
        Self {
            case,
            taken,
            numbers: BTreeMap::new(),
        }
    }

    /// Takes all names of another scope.
    pub fn reserve(&mut self, other: &Self) {
        self.taken.extend(other.taken.iter().cloned());
    }

    /// Claims an identifier for `wire`. If it is taken, signs are spelled out; if that is taken, too, or there are no
    /// signs, the name is numbered from 2.
    ///
    /// Callers claim in spec order, so adding to the end of a spec never renames earlier items.
    pub fn claim(&mut self, wire: &str) -> RustName {
        self.claim_as(wire, Spelling::Bare)
    }

    /// Claims an identifier for each of `wires`. Their order decides nothing but numbers.
    pub fn claim_all(&mut self, wires: &[&str]) -> Vec<RustName> {
        let form = |wire: &str, spelling| identifier(wire, self.case, spelling);
        let spellings = words::spellings(wires, form, |it| self.taken.contains(it));
        let wires = wires.iter().zip(spellings);
        wires
            .map(|(it, spelling)| self.claim_as(it, spelling))
            .collect()
    }

    /// Claims an identifier for `wire` with at least the signs of `spelling`.
    pub(crate) fn claim_as(&mut self, wire: &str, spelling: Spelling) -> RustName {
        let base = identifier(wire, self.case, spelling);
        if self.taken.insert(base.clone()) {
            return RustName(escape(base));
        }
        for spelling in [Spelling::Plain, Spelling::Full] {
            let spelled = identifier(wire, self.case, spelling);
            if self.taken.insert(spelled.clone()) {
                return RustName(escape(spelled));
            }
        }
        let separator = if base.ends_with(char::is_numeric) {
            "_"
        } else {
            ""
        };
        let number = self.numbers.entry(base.clone()).or_insert(2);
        loop {
            let name = format!("{base}{separator}{number}");
            *number += 1;
            if self.taken.insert(name.clone()) {
                return RustName(escape(name));
            }
        }
    }
}

impl Scope {
    /// Claims the first of `names` that is not taken, or else numbers the first.
    pub fn claim_first(&mut self, names: &[&str]) -> RustName {
        let free = names.iter().find(|it| {
            let mut spelled = [Spelling::Bare, Spelling::Plain].into_iter();
            spelled.any(|spelling| !self.taken.contains(&identifier(it, self.case, spelling)))
        });
        let first = names.first().copied().unwrap_or_default();
        self.claim(free.copied().unwrap_or(first))
    }
}

/// A name to claim together with others.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The names in question, the preferred one first; each further one tells more.
    pub names: Vec<String>,
    /// Of several claims for one name, the one with the most weight gets it.
    pub weight: usize,
    /// What a person would not write, but better than a number.
    pub last_resort: Option<String>,
}

impl Scope {
    /// Claims a name for each of `wishes`, whose order does not matter.
    ///
    /// If several wishes prefer the same name, the one with the most weight gets it. The others, or all if several have that
    /// weight, get the next of their names, and what has no name left a name that the others did not need. Only if nothing
    /// helps, the last resort counts, or a number in the order of `wishes`.
    pub fn claim_apart(&mut self, wishes: &[Wish]) -> Vec<RustName> {
        let mut names: Vec<Option<RustName>> = vec![None; wishes.len()];
        let levels = wishes.iter().map(|it| it.names.len()).max().unwrap_or(0);
        let open = |names: &[Option<RustName>]| names.iter().filter(|it| it.is_none()).count();
        let mut before = usize::MAX;
        while (1..before).contains(&open(&names)) {
            before = open(&names);
            for level in 0..levels {
                let wanted = |it: &Wish| it.names.get(level).cloned();
                self.claim_level(wishes, &wanted, &mut names);
            }
        }
        self.claim_level(wishes, &|it| it.last_resort.clone(), &mut names);
        let wishes = wishes.iter().zip(names);
        let names = wishes.map(|(wish, name)| match name {
            Some(name) => name,
            None => self.claim(wish.names.first().map_or("", String::as_str)),
        });
        names.collect()
    }

    /// Claims what each wish without a name wants now, unless another one wants the same.
    fn claim_level(
        &mut self,
        wishes: &[Wish],
        wanted: &impl Fn(&Wish) -> Option<String>,
        names: &mut [Option<RustName>],
    ) {
        let open = wishes.iter().enumerate();
        let open = open.filter(|(index, _)| names[*index].is_none());
        let open = open.filter_map(|(index, it)| Some((index, wanted(it)?)));
        let (open, wanted): (Vec<usize>, Vec<String>) = open.unzip();
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let form = |wire: &str, spelling| identifier(wire, self.case, spelling);
        let spellings = words::spellings(&wanted, form, |it| self.taken.contains(it));
        let mut claims: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, (name, spelling)) in open.into_iter().zip(wanted.iter().zip(spellings)) {
            let name = form(name, spelling);
            if !self.taken.contains(&name) {
                claims.entry(name).or_default().push(index);
            }
        }
        for (name, claimants) in claims {
            if let Some(winner) = heaviest(wishes, &claimants) {
                self.taken.insert(name.clone());
                names[winner] = Some(RustName(escape(name)));
            }
        }
    }
}

/// The only claimant, or the one with more weight than every other.
fn heaviest(wishes: &[Wish], claimants: &[usize]) -> Option<usize> {
    let most = claimants.iter().map(|it| wishes[*it].weight).max()?;
    let mut heaviest = claimants.iter().filter(|it| wishes[**it].weight == most);
    heaviest
        .next()
        .copied()
        .filter(|_| heaviest.next().is_none())
}

/// The maximum length of an identifier without its number: modules name files, and no file system takes more than 255
/// bytes.
const MAX_LENGTH: usize = 200;

/// The words of `wire` as an identifier that may be a keyword.
fn identifier(wire: &str, case: Case, spelling: Spelling) -> String {
    let words = words::words(wire, spelling);
    let mut name = match case {
        Case::Snake => words::lower(&words),
        Case::Camel => words::camel(&words),
        Case::Module => words::ascii(&words),
    };
    if let Some((end, _)) = name.char_indices().nth(MAX_LENGTH) {
        name.truncate(end);
    }
    match name.chars().next() {
        None => match case {
            Case::Snake | Case::Module => "empty".to_owned(),
            Case::Camel => "Empty".to_owned(),
        },
        // Digits and combining marks.
        Some(first) if !is_xid_start(first) => format!("_{name}"),
        Some(_) => name,
    }
}

/// Turns a keyword into a raw identifier, or appends `_` to the four that cannot be raw.
fn escape(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Whether Rust reserves a name: crates cannot have it, because their programs could not name them.
pub fn is_keyword(name: &str) -> bool {
    NEVER_RAW.contains(&name) || KEYWORDS.contains(&name)
}

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: [&str; 4] = ["self", "Self", "super", "crate"];

/// Strict and reserved keywords of edition 2024 (The Rust Reference, "Keywords").
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn snake(wire: &str) -> String {
        Scope::new(Case::Snake, &[]).claim(wire).to_string()
    }

    fn camel(wire: &str) -> String {
        Scope::new(Case::Camel, &[]).claim(wire).to_string()
    }

    #[test]
    fn wire_names_become_words() {
        assert_eq!(snake("NetworkAccessProfile"), "network_access_profile");
        assert_eq!(snake("EId"), "e_id");
        assert_eq!(snake("If-Match"), "if_match");
        assert_eq!(camel("quota-10"), "Quota10");
        assert_eq!(camel("from_sim"), "FromSim");
        assert_eq!(camel("2g"), "_2g");
    }

    #[test]
    fn keywords_are_raw_or_suffixed() {
        assert_eq!(snake("Type"), "r#type");
        assert_eq!(snake("gen"), "r#gen");
        assert_eq!(snake("self"), "self_");
        assert_eq!(camel("self"), "Self_");
    }

    #[test]
    fn names_without_a_letter_get_one() {
        assert_eq!(snake(""), "empty");
        assert_eq!(camel(""), "Empty");
        assert_eq!(camel("🦀 */ \u{202e}"), "U1f980Asterisk");
        assert_eq!(camel("\u{202e}"), "U202e");
    }

    #[test]
    fn names_start_like_identifiers() {
        assert_eq!(snake("٣ب"), "_٣ب");
        assert_eq!(snake("\u{301}a"), "_\u{301}a");
        assert_eq!(camel("男"), "男");
        assert_eq!(camel("-1"), "Minus1");
    }

    #[test]
    fn names_with_equal_normal_forms_are_numbered() {
        let mut scope = Scope::new(Case::Snake, &[]);
        let names = ["\u{e9}", "e\u{301}", "e"].map(|it| scope.claim(it).to_string());
        assert_eq!(names, ["\u{e9}", "\u{e9}2", "e"]);
    }

    #[test]
    fn signs_distinguish_names_before_numbers() {
        let mut scope = Scope::new(Case::Camel, &[]);
        let names = ["a b", "a-b", "a/b", "a_b", "A B"].map(|it| scope.claim(it).to_string());
        assert_eq!(names, ["AB", "ADashB", "ASlashB", "AB2", "AB3"]);
    }

    #[test]
    fn modules_are_ascii() {
        let mut scope = Scope::new(Case::Module, &[]);
        let names =
            ["Größe", "grosse", "年齢", "男", "+", "type"].map(|it| scope.claim(it).to_string());
        assert_eq!(
            names,
            [
                "grosse",
                "grosse2",
                "u5e74_u9f62",
                "u7537",
                "plus",
                "r#type"
            ]
        );
    }

    #[test]
    fn long_names_are_cut() {
        let mut scope = Scope::new(Case::Snake, &[]);
        let [one, two] = ["a".repeat(10_000), "a".repeat(9_999)].map(|it| scope.claim(&it));
        assert_eq!(one.as_str(), "a".repeat(200));
        assert_eq!(two.as_str(), format!("{one}2"));
    }

    #[test]
    fn many_clashing_names_are_numbered_quickly() {
        let mut scope = Scope::new(Case::Camel, &["A3"]);
        let names: Vec<RustName> = (0..100_000).map(|_| scope.claim("a")).collect();
        let [first, second, third, .., last] = &names[..] else {
            panic!("there are more");
        };
        let names = [first, second, third, last].map(RustName::as_str);
        assert_eq!(names, ["A", "A2", "A4", "A100001"]);
    }

    #[test]
    fn marks_of_words_stay_where_names_would_be_the_same() {
        let claim = |wires: &[&str]| -> Vec<String> {
            let names = Scope::new(Case::Snake, &["all"]).claim_all(wires);
            names.iter().map(RustName::to_string).collect()
        };
        assert_eq!(claim(&["$top", "$type"]), ["top", "r#type"]);
        assert_eq!(claim(&["$id", "id"]), ["dollar_id", "id"]);
        assert_eq!(
            claim(&["$id", "@id", "$all"]),
            ["dollar_id", "at_id", "dollar_all"]
        );
        let [sort, marked]: [&[&str]; 2] = [&["pet_sort"], &["pet_$sort"]];
        assert_eq!(claimed(&[], &[(marked, 1)]), ["PetSort"]);
        assert_eq!(
            claimed(&[], &[(sort, 1), (marked, 2)]),
            ["PetSort", "PetDollarSort"]
        );
    }

    fn claimed(taken: &[&str], wishes: &[(&[&str], usize)]) -> Vec<String> {
        let wish = |(names, weight): &(&[&str], usize)| Wish {
            names: names.iter().map(|it| (*it).to_owned()).collect(),
            weight: *weight,
            last_resort: None,
        };
        let wishes: Vec<Wish> = wishes.iter().map(wish).collect();
        let names = Scope::new(Case::Camel, taken).claim_apart(&wishes);
        let reversed: Vec<Wish> = wishes.into_iter().rev().collect();
        let mut others = Scope::new(Case::Camel, taken).claim_apart(&reversed);
        others.reverse();
        assert_eq!(names, others, "the order does not matter");
        names.iter().map(RustName::to_string).collect()
    }

    #[test]
    fn longer_names_tell_claims_apart_before_numbers() {
        let [cat, dog]: [&[&str]; 2] = [&["sort", "cat_sort"], &["sort", "dog_sort"]];
        assert_eq!(claimed(&[], &[(cat, 1), (dog, 1)]), ["CatSort", "DogSort"]);
        assert_eq!(claimed(&[], &[(cat, 2), (dog, 1)]), ["Sort", "DogSort"]);
        assert_eq!(claimed(&["Sort"], &[(cat, 2)]), ["CatSort"]);
        assert_eq!(claimed(&["Sort", "CatSort"], &[(cat, 2)]), ["Sort2"]);
        let [one, other]: [&[&str]; 2] = [&["sort", "pet_sort"], &["sort", "pet_sort", "cat_sort"]];
        assert_eq!(
            claimed(&["Sort"], &[(one, 1), (other, 1)]),
            ["PetSort", "CatSort"]
        );
        let plain: &[&str] = &["sort"];
        assert_eq!(claimed(&[], &[(plain, 1), (dog, 1)]), ["Sort", "DogSort"]);
    }

    #[test]
    fn last_resorts_are_better_than_numbers() {
        let wish = |last: &str| Wish {
            names: vec!["count".to_owned()],
            weight: 1,
            last_resort: Some(last.to_owned()),
        };
        let names = Scope::new(Case::Camel, &[]).claim_apart(&["count-1f", "count-2e"].map(wish));
        let names: Vec<&str> = names.iter().map(RustName::as_str).collect();
        assert_eq!(names, ["Count1f", "Count2e"]);
    }

    #[test]
    fn the_first_free_name_is_claimed() {
        let mut scope = Scope::new(Case::Snake, &["new"]);
        let mut claim = || scope.claim_first(&["new", "new_pet"]).to_string();
        assert_eq!([claim(), claim()], ["new_pet", "new2"]);
    }

    #[test]
    fn taken_names_are_numbered_in_order() {
        let mut scope = Scope::new(Case::Camel, &["Other"]);
        let names: Vec<String> = ["other", "a b", "a_b", "a1", "a-1"]
            .iter()
            .map(|wire| scope.claim(wire).to_string())
            .collect();
        assert_eq!(names, ["Other2", "AB", "AB2", "A1", "ADash1"]);
    }
}
