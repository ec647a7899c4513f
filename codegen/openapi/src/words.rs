//! Splits names into words, for identifiers and for prose.
//!
//! A word is a run of letters and digits of any script that Rust allows in identifiers (The Rust Reference,
//! "Identifiers"; UAX #31, `XID_Continue`), in normalization form C. A change of case also ends a word: `EId` is `e`
//! and `id`. Signs become words where dropping them would change the meaning: `+1` is `plus` and `1`. A `$`, `@` or `#`
//! before a word only marks it: `$top` is `top`, unless something else has that name. Invisible
//! characters (Unicode's `Default_Ignorable_Code_Point`) are dropped.

mod hyphen;
mod known;
mod noun;
mod sign;

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;
use unicode_normalization::UnicodeNormalization;

use self::hyphen::is_minus;
pub use self::hyphen::{has_double_hyphen, has_separated_hyphen};
pub use self::noun::{is_plural, plural, singular};
use self::sign::{Role, Sign, is_letter, is_of_word};

/// Which signs become words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spelling {
    /// Meaningful ones but those that only mark the word behind them: `$top`, `@type`, `#tag`.
    Bare,
    /// Meaningful ones: `+`, `<`, `%`, and `-` as a minus. The others separate words.
    Plain,
    /// All but blanks and `_`: to distinguish names that differ in nothing else.
    Full,
    /// All of them, visible or not: for names without letters and digits.
    All,
}

/// Returns the words of `name` in their original case.
///
/// Only an empty name has none.
pub fn words(name: &str, spelling: Spelling) -> Vec<String> {
    let words = split(&spaced(name, spelling));
    if words.is_empty() && spelling < Spelling::All {
        split(&spaced(name, Spelling::All))
    } else {
        words
    }
}

/// Whether a word of `name` has capitals behind its first letter, such as `OAuth` or `URLs`.
pub fn has_inner_capitals(name: &str) -> bool {
    name.is_ascii() && known::one_capital_each(name) != name
}

/// Returns the words of `name` in lower case, joined by `_`.
pub fn snake(name: &str) -> String {
    lower(&words(name, Spelling::Bare))
}

/// Like [`snake`], with the signs that mark words: `dollar_top`.
pub fn snake_with_marks(name: &str) -> String {
    lower(&words(name, Spelling::Plain))
}

/// Spells each of some names that are to differ: without the marks of words, unless another name is the same then, or
/// `is_taken`. Their order does not matter. `form` is what is compared.
pub fn spellings(
    names: &[&str],
    form: impl Fn(&str, Spelling) -> String,
    is_taken: impl Fn(&str) -> bool,
) -> Vec<Spelling> {
    if !names.iter().any(|it| it.contains(MARKS)) {
        return vec![Spelling::Bare; names.len()];
    }
    let bare: Vec<String> = names.iter().map(|it| form(it, Spelling::Bare)).collect();
    let whole = names.iter().map(|it| form(it, Spelling::Plain));
    let whole: Vec<String> = whole.collect();
    let mut claims: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (bare, whole) in bare.iter().zip(&whole) {
        claims.entry(bare).or_default().insert(whole);
    }
    let is_free = |it: &String| claims[it].len() == 1 && !is_taken(it);
    let spelled = bare.iter().zip(&whole).map(|(bare, whole)| {
        if bare == whole || is_free(bare) {
            Spelling::Bare
        } else {
            Spelling::Plain
        }
    });
    spelled.collect()
}

/// The signs that only mark the word behind them.
const MARKS: [char; 3] = ['$', '@', '#'];

/// Joins words in lower case with `_`.
pub fn lower(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(&word.to_lowercase());
    }
    composed(name)
}

/// Converts text to normalization form C, which ASCII already is.
fn composed(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    text.nfc().collect()
}

/// Joins capitalized words. Two digits of adjacent words are separated: `1.5` is `1_5`.
pub fn camel(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        if name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric) {
            name.push('_');
        }
        if let Some(known) = known::capitalized(word) {
            name.push_str(&known);
            continue;
        }
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(capital));
        name.push_str(&letters.as_str().to_lowercase());
    }
    composed(name)
}

/// A letter in upper case. If that is several letters, only the first is upper case.
fn capital(letter: char) -> impl Iterator<Item = char> {
    // The upper case is `SS`, and since 2017 also `ẞ`.
    let letter = if letter == 'ß' { 'ẞ' } else { letter };
    let mut letters = letter.to_uppercase();
    let first = letters.next();
    first
        .into_iter()
        .chain(letters.flat_map(char::to_lowercase))
}

/// Joins words like [`lower`], in ASCII: letters without marks, and each letter of another script as its code point,
/// such as `u5e74`.
pub fn ascii(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        let mut is_word_open = false;
        for letter in word.chars() {
            let latin = latin(letter);
            if letter.is_ascii() || !latin.is_empty() {
                if !is_word_open && !name.is_empty() {
                    name.push('_');
                }
                name.push_str(&latin.to_ascii_lowercase());
                is_word_open = true;
            } else if !(is_word_open && unicode_normalization::char::is_combining_mark(letter)) {
                let separator = if name.is_empty() { "" } else { "_" };
                name.push_str(&format!("{separator}u{:x}", u32::from(letter)));
                is_word_open = false;
            }
        }
    }
    name
}

/// The ASCII letters and digits for a letter; empty if it is not Latin.
fn latin(letter: char) -> String {
    let known = match letter {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let decomposed = std::iter::once(letter).nfkd();
    decomposed.filter(char::is_ascii_alphanumeric).collect()
}

/// `name` with spaces instead of separators, and with signs spelled out between spaces.
fn spaced(name: &str, spelling: Spelling) -> String {
    let is_usual = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    if spelling < Spelling::All && name.bytes().all(is_usual) {
        return name.replace('_', " ");
    }
    let characters = characters(name);
    let mut spaced = String::with_capacity(name.len());
    let mut index = 0;
    while let Some(&character) = characters.get(index) {
        let rest = &characters[index..];
        if is_letter(character) {
            spaced.push(character);
            index += 1;
            continue;
        }
        let Sign { name, length, role } = sign::of(rest);
        let is_left_out = spelling == Spelling::Bare && is_mark(&characters, index);
        let is_spelled = match role {
            _ if is_left_out => false,
            Role::Blank | Role::Hidden => spelling == Spelling::All,
            Role::Separator => spelling > Spelling::Plain,
            Role::Hyphen => spelling > Spelling::Plain || is_minus(&characters, index),
            Role::Word | Role::Comparison(_) => true,
        };
        let is_last = index + length == characters.len();
        let said = match role {
            Role::Comparison(of_times) if is_last && is_about_time(&spaced) => of_times,
            Role::Hyphen if is_minus(&characters, index) => "minus",
            Role::Comparison(_) | Role::Hyphen | Role::Word => &name,
            Role::Separator | Role::Blank | Role::Hidden => &name,
        };
        if is_spelled {
            spaced.push_str(&format!(" {said} "));
        } else if role != Role::Hidden {
            spaced.push(' ');
        }
        index += length;
    }
    spaced
}

/// The characters of `name`, those that have an ASCII form in that form.
fn characters(name: &str) -> Vec<char> {
    if name.is_ascii() {
        return name.chars().collect();
    }
    composed(name.to_owned()).chars().flat_map(plain).collect()
}

/// The ASCII form of a character, if it has one: `＋` (U+FF0B) is `+`, `…` is three dots.
fn plain(character: char) -> Vec<char> {
    if character.is_ascii() || is_letter(character) || sign::is_known(character) {
        return vec![character];
    }
    let plain: Vec<char> = std::iter::once(character).nfkc().collect();
    if plain.iter().all(char::is_ascii) {
        plain
    } else {
        vec![character]
    }
}

/// Whether the sign at `index` only marks the word behind it, as in `$top` and `$.fields`: no word precedes it, and no
/// digit follows.
fn is_mark(characters: &[char], index: usize) -> bool {
    let before = index.checked_sub(1).map(|it| characters[it]);
    let mut rest = characters[index..].iter();
    let behind = rest.find(|it| !MARKS.contains(it) && **it != '.');
    let is_before_word = behind.is_some_and(|it| is_of_word(*it));
    MARKS.contains(&characters[index]) && !before.is_some_and(is_letter) && is_before_word
}

/// Returns a name that begins with an HTTP status with the status at its end, because no Rust name begins with a digit:
/// `404Error` is `Error_404`.
pub fn status_last(name: &str) -> String {
    let is_status = |it: &str| (100..600).contains(&it.parse::<u16>().unwrap_or_default());
    let split = name.split_at_checked(3).filter(|(it, _)| is_status(it));
    let Some((status, rest)) = split else {
        return name.to_owned();
    };
    let rest = rest.trim_start_matches(|it: char| !it.is_alphanumeric());
    match rest.starts_with(char::is_alphabetic) {
        true => format!("{rest}_{status}"),
        false => name.to_owned(),
    }
}

/// Whether a name denotes a time, judging by its words.
fn is_about_time(name: &str) -> bool {
    let words = split(name);
    let words: Vec<String> = words.iter().map(|it| it.to_lowercase()).collect();
    let names_time =
        |word: &String| ["date", "datetime", "day", "time", "timestamp"].contains(&word.as_str());
    words.iter().any(names_time) || words.last().is_some_and(|it| it == "at" || it == "on")
}

/// Splits at spaces and at changes of case: before a capital after a small letter, and before the last of several
/// capitals that a small letter follows.
fn split(text: &str) -> Vec<String> {
    text.split(' ').flat_map(split_by_case).collect()
}

/// Splits a run of letters and digits by the rules of `heck`.
///
/// Beyond ASCII, `heck` only sees the case of each character: given the text itself, it would split words at marks, which
/// belong to the letters of many scripts.
fn split_by_case(run: &str) -> Vec<String> {
    if run.is_empty() {
        return Vec::new();
    }
    // Only capitals start words.
    if !run.contains(char::is_uppercase) {
        return vec![run.to_owned()];
    }
    if let Some(end) = number_before_word(run) {
        let (number, rest) = run.split_at(end);
        let rest = split_by_case(rest);
        return std::iter::once(number.to_owned()).chain(rest).collect();
    }
    if run.is_ascii() {
        let words = known::one_capital_each(run).to_snake_case();
        let mut rest = run;
        return words
            .split('_')
            .map(|word| {
                let (word, after) = rest.split_at(word.len());
                rest = after;
                word.to_owned()
            })
            .collect();
    }
    let case = |letter: char| {
        if letter.is_lowercase() {
            'a'
        } else if letter.is_uppercase() {
            'A'
        } else {
            '0'
        }
    };
    let cases: String = run.chars().map(case).collect();
    let mut letters = run.chars();
    cases
        .to_snake_case()
        .split('_')
        .map(|word| letters.by_ref().take(word.len()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a word follows a number in `name`, which begins with it or has a sign before it: `404Error`.
pub fn has_number_before_word(name: &str) -> bool {
    let mut runs = name.split(|it: char| !it.is_alphanumeric());
    runs.any(|it| number_before_word(it).is_some())
}

/// The length of the number that `run` begins with, if a capitalized word follows it. `heck` would make one word of both.
fn number_before_word(run: &str) -> Option<usize> {
    let rest = run.trim_start_matches(|it: char| it.is_ascii_digit());
    let mut letters = rest.chars();
    let is_word = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    let length = run.len() - rest.len();
    (length > 0 && is_word).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(name: &str) -> String {
        lower(&words(name, Spelling::Full))
    }

    #[test]
    fn signs_that_mark_words_are_left_out() {
        for (name, bare, whole) in [
            ("$top", "top", "dollar_top"),
            ("$$hashKey", "hash_key", "dollar_dollar_hash_key"),
            ("@odata.nextLink", "odata_next_link", "at_odata_next_link"),
            ("#microsoft", "microsoft", "hash_microsoft"),
            ("$.fields", "fields", "dollar_fields"),
            ("where[$in]", "where_in", "where_dollar_in"),
            ("pet_@type", "pet_type", "pet_at_type"),
            ("a@b", "a_at_b", "a_at_b"),
            ("C#", "c_hash", "c_hash"),
            ("$5", "dollar_5", "dollar_5"),
            ("# 1", "hash_1", "hash_1"),
            ("$", "dollar", "dollar"),
            ("-created", "minus_created", "minus_created"),
            ("*all", "asterisk_all", "asterisk_all"),
        ] {
            let names = [snake(name), snake_with_marks(name)];
            assert_eq!(names, [bare, whole], "{name}");
        }
    }

    #[test]
    fn signs_stay_where_names_would_be_the_same() {
        let spelled = |names: &[&str]| -> Vec<String> {
            let form = |name: &str, spelling| lower(&words(name, spelling));
            let spellings = spellings(names, form, |it| it == "all");
            let names = names.iter().zip(spellings);
            names.map(|(it, spelling)| form(it, spelling)).collect()
        };
        assert_eq!(spelled(&["$id", "name"]), ["id", "name"]);
        assert_eq!(spelled(&["$id", "ID"]), ["dollar_id", "id"]);
        assert_eq!(spelled(&["id", "$id"]), ["id", "dollar_id"]);
        assert_eq!(spelled(&["$id", "@id"]), ["dollar_id", "at_id"]);
        assert_eq!(spelled(&["$all", "$any"]), ["dollar_all", "any"]);
    }

    fn camel_of(name: &str) -> String {
        camel(&words(name, Spelling::Plain))
    }

    fn ascii_of(name: &str) -> String {
        ascii(&words(name, Spelling::Plain))
    }

    #[test]
    fn case_and_blanks_separate_words() {
        for (name, expected) in [
            ("NetworkAccessProfile", "network_access_profile"),
            ("EId", "e_id"),
            ("404Error", "404_error"),
            ("error-404Page", "error_404_page"),
            ("HTTP404Error", "http404_error"),
            ("3DSecure", "3d_secure"),
            ("1stPage", "1st_page"),
            ("SIMCard", "sim_card"),
            ("OAuthURLs", "oauth_urls"),
            ("IPv4Address", "ipv4_address"),
            ("X509Cert", "x509_cert"),
            ("ipv4Address", "ipv4_address"),
            ("If-Match", "if_match"),
            ("page[size]", "page_size"),
            ("Abandoned (30 min)", "abandoned_30_min"),
            ("__a..b__", "a_b"),
            ("2G", "2g"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
    }

    #[test]
    fn statuses_are_last() {
        for (name, expected) in [
            ("404Error", "Error_404"),
            ("500_server-error", "server-error_500"),
            ("404", "404"),
            ("400.1Error", "400.1Error"),
            ("4040Error", "4040Error"),
            ("999Error", "999Error"),
            ("3DSecure", "3DSecure"),
            ("Error404", "Error404"),
        ] {
            assert_eq!(status_last(name), expected);
        }
    }

    #[test]
    fn letters_of_every_script_are_kept() {
        for (name, expected) in [
            ("straße", "straße"),
            ("ÜberGröße", "über_größe"),
            ("naïve", "naïve"),
            ("年齢", "年齢"),
            ("имя Отчество", "имя_отчество"),
            ("ΟΔΟΣ", "οδος"),
            ("हिन्दी", "हिन्दी"),
            ("e\u{301}te\u{301}", "été"),
            ("l·l", "l·l"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
        assert_eq!(snake("ΟΔΟΣ ΟΔΟΣ"), "οδος_οδος");
    }

    #[test]
    fn names_have_one_capital_per_word() {
        for (name, expected) in [
            ("größer", "Größer"),
            ("straße", "Straße"),
            ("ßa", "ẞa"),
            ("ŉa", "ʼna"),
            ("ﬀ", "Ff"),
            ("男", "男"),
            ("from_sim", "FromSim"),
            ("1.5", "1_5"),
            ("2010-04-01", "2010_04_01"),
            ("quota-10", "Quota10"),
            ("IPv4Address", "IPv4Address"),
            ("GitHubURLs", "GitHubUrls"),
        ] {
            assert_eq!(camel_of(name), expected, "{name}");
        }
    }

    #[test]
    fn meaningful_signs_are_words() {
        for (name, expected) in [
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("\u{2212}1", "minus_1"),
            ("A-", "a_minus"),
            ("a -1", "a_minus_1"),
            ("File--Full", "file_full"),
            ("reactions--1", "reactions_minus_1"),
            ("reactions_-1", "reactions_minus_1"),
            ("get_-files", "get_files"),
            ("get/-files", "get_files"),
            ("{type}-comments", "type_comments"),
            ("_-created", "minus_created"),
            ("-createdAt", "minus_created_at"),
            (">=", "greater_or_equal"),
            ("≥", "greater_or_equal"),
            ("<=", "less_or_equal"),
            ("!=", "not_equal"),
            ("=", "equal"),
            ("100%", "100_percent"),
            ("C++", "c_plus_plus"),
            ("R&D", "r_d"),
            ("&", "ampersand"),
            ("*", "asterisk"),
            ("@", "at"),
            ("#", "hash"),
            ("$5", "dollar_5"),
            ("＋1", "plus_1"),
            ("m²", "m_squared"),
            ("a🦀", "a_u1f980"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
    }

    #[test]
    fn time_comparisons_have_their_own_words() {
        for (name, expected) in [
            ("StartTime<", "start_time_before"),
            ("StartTime>", "start_time_after"),
            ("StartTime<=", "start_time_at_or_before"),
            ("StartTime>=", "start_time_at_or_after"),
            ("DateCreated≥", "date_created_at_or_after"),
            ("created_at<", "created_at_before"),
            ("Price<", "price_less_than"),
            ("Price>=", "price_greater_or_equal"),
            ("StartTime<5", "start_time_less_than_5"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
    }

    #[test]
    fn other_signs_are_words_in_names_of_signs() {
        for (name, expected) in [
            ("", ""),
            ("_", "underscore"),
            (" ", "blank"),
            ("?", "question_mark"),
            ("-", "dash"),
            ("...", "dot_dot_dot"),
            ("\u{202e}", "u202e"),
            ("🦀 */", "u1f980_asterisk"),
        ] {
            assert_eq!(snake(name), expected, "{name:?}");
        }
        assert_eq!(full("a-1"), "a_dash_1");
        assert_eq!(full("upvote?"), "upvote_question_mark");
        assert_eq!(full("a_b c"), "a_b_c");
        assert_eq!(full("ids[]"), "ids_list");
    }

    #[test]
    fn invisible_characters_are_dropped() {
        for name in [
            "a\u{200d}b",
            "a\u{202e}b",
            "a\u{ad}b",
            "\u{feff}ab",
            "a\u{fe0f}b",
            "a\u{3164}b",
            "ab\u{e0041}",
        ] {
            assert_eq!(snake(name), "ab", "{name:?}");
        }
    }

    #[test]
    fn other_scripts_are_written_in_ascii() {
        for (name, expected) in [
            ("Größe", "grosse"),
            ("Łódź", "lodz"),
            ("x\u{302}", "x"),
            ("имя", "u438_u43c_u44f"),
            ("年 Age", "u5e74_age"),
            ("a男b", "a_u7537_b"),
            ("हिन्दी", "u939_u93f_u928_u94d_u926_u940"),
            ("👍", "u1f44d"),
            ("ﬁle", "file"),
        ] {
            assert_eq!(ascii_of(name), expected, "{name}");
        }
    }
}
