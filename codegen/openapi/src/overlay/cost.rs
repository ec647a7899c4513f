//! Estimates the cost of a JSONPath expression before it is parsed or run.
//!
//! Filters and descendants (`..`) can be nested so that a line of text keeps a computer busy for days. The cost is
//! bounded from the text of the expression and the shape of the document. The bound is generous for typical overlays
//! and does not consider what the expression selects.

use serde_json::Value;

/// The maximum length of an expression in characters.
const MAX_LENGTH: usize = 1_000;

/// The maximum nesting of brackets. Parsing time doubles with each level.
const MAX_NESTING: usize = 12;

/// How many values an expression may visit: about a second in a debug build. `$..[?@..*]` visits 700,000 of Super SIM.
const MAX_VISITS: u64 = 2_000_000;

/// How many values all expressions of an overlay may visit.
const MAX_VISITS_TOGETHER: u64 = 20_000_000;

/// The cost of compiling a regular expression, which happens for every value, in visits.
const REGEX_VISITS: u64 = 8;

/// Returns which limit an expression exceeds, as a sentence. `visits` counts the values that earlier expressions
/// visited and is increased.
pub(super) fn excess(expression: &str, document: &Value, visits: &mut u64) -> Option<&'static str> {
    if expression.chars().nth(MAX_LENGTH).is_some() {
        return Some("the target is longer than 1,000 characters");
    }
    let features = Features::of(expression);
    if features.nesting > MAX_NESTING {
        return Some("the target nests brackets more than 12 levels deep");
    }
    if features.has_costly_regex {
        return Some(
            "a regular expression in a target must be a text with at most one `{…}`, and none beside a `\\`",
        );
    }
    let own = features.visits(document);
    if own > MAX_VISITS {
        return Some("the target would look at too many values");
    }
    *visits += own;
    let is_costly = *visits > MAX_VISITS_TOGETHER;
    is_costly.then_some("the targets of the overlay would look at too many values together")
}

/// The properties of an expression that determine its cost.
#[derive(Debug, Default, PartialEq)]
struct Features {
    /// The nesting depth of its brackets.
    nesting: usize,
    /// How often it selects among all descendants: `..` and `?`.
    descents: u32,
    /// How often a filter restarts at the document.
    restarts: u32,
    /// The product of the numbers of selectors in each pair of brackets.
    selectors: u64,
    /// Whether it may select several children of a value.
    has_choice: bool,
    has_regex: bool,
    has_costly_regex: bool,
}

impl Features {
    fn of(expression: &str) -> Self {
        let mut features = Self {
            selectors: 1,
            ..Self::default()
        };
        // The number of selectors of each open bracket; `None` for a parenthesis.
        let mut open: Vec<Option<u64>> = Vec::new();
        let (bare, texts) = without_texts(expression);
        for (offset, character) in bare.char_indices() {
            features.has_choice |= matches!(character, '*' | '?' | ',' | ':' | '(');
            match character {
                '[' => open.push(Some(1)),
                '(' => open.push(None),
                ',' => {
                    if let Some(Some(count)) = open.last_mut() {
                        *count += 1;
                    }
                }
                ']' | ')' => {
                    let count = open.pop().flatten().unwrap_or(1);
                    features.selectors = features.selectors.saturating_mul(count);
                }
                '?' => features.descents += 1,
                '.' if bare[offset..].starts_with("..") => features.descents += 1,
                '$' if offset > 0 => features.restarts += 1,
                _ => {}
            }
            features.nesting = features.nesting.max(open.len());
        }
        features.look_for_regexes(&bare, &texts);
        features
    }

    /// Finds functions that take regular expressions. `bare` has a `'` for each of `texts`.
    fn look_for_regexes(&mut self, bare: &str, texts: &[String]) {
        let calls = bare.matches("match(").count() + bare.matches("search(").count();
        self.has_regex = calls > 0;
        let given = bare.chars().filter(|it| !it.is_whitespace());
        let given = given.collect::<String>().matches(",')").count();
        let is_costly = |text: &String| {
            let repeats = text.matches('{').count();
            let digits = text.chars().filter(char::is_ascii_digit).count();
            repeats > 1 || (repeats == 1 && (text.contains('\\') || digits > 20))
        };
        self.has_costly_regex = calls > 0 && (given < calls || texts.iter().any(is_costly));
    }

    /// Returns an upper bound of the number of visited values.
    fn visits(&self, document: &Value) -> u64 {
        // A plain path visits one value for each step.
        if self.descents == 0 && !self.has_choice {
            return MAX_LENGTH as u64;
        }
        let (values, chains) = chains(document, 0, self.descents);
        let restarts = values.saturating_pow(self.restarts);
        let regexes = if self.has_regex { REGEX_VISITS } else { 1 };
        [self.selectors, restarts, regexes]
            .into_iter()
            .fold(chains, u64::saturating_mul)
    }
}

/// Counts the values below a value at `depth`, and the ways to reach each with `descents` stops.
fn chains(value: &Value, depth: u64, descents: u32) -> (u64, u64) {
    let ways = (0..u64::from(descents)).fold(1_u64, |ways, stop| {
        ways.saturating_mul((depth + 1).saturating_sub(stop)) / (stop + 1)
    });
    let add = |(values, sum): (u64, u64), part: &Value| {
        let (more_values, more) = chains(part, depth + 1, descents);
        (values + more_values, sum.saturating_add(more))
    };
    match value {
        Value::Object(object) => object.values().fold((1, ways), add),
        Value::Array(list) => list.iter().fold((1, ways), add),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (1, ways),
    }
}

/// Replaces each quoted string of an expression with `'`, and returns the strings.
fn without_texts(expression: &str) -> (String, Vec<String>) {
    let (mut bare, mut texts) = (String::new(), Vec::new());
    let mut rest = expression.chars();
    while let Some(character) = rest.next() {
        if character == '\'' || character == '"' {
            let mut text = String::new();
            while let Some(inside) = rest.next().filter(|it| *it != character) {
                text.push(inside);
                if inside == '\\' {
                    text.extend(rest.next());
                }
            }
            bare.push('\'');
            texts.push(text);
        } else {
            bare.push(character);
        }
    }
    (bare, texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list in a list and so on, with many objects in the innermost.
    fn document() -> Value {
        let innermost = vec![serde_json::json!({"a": {"b": "c"}}); 500];
        (0..12).fold(
            innermost.into(),
            |inside: Value, _| serde_json::json!([inside, {"a": 2}]),
        )
    }

    #[test]
    fn typical_expressions_are_accepted() {
        for expression in [
            "$",
            "$.paths['/v1/Sims/{Sid}'].get.parameters[?@.name == 'Iccid' && @.in == 'query']",
            "$..[?@.x == 'a..b[?$..*]']",
            "$..parameters[?@.schema[?@ == 'x']]",
            "$.components.schemas[?match(@.description, '^A .*')]",
            "$.components.schemas[?search(@.pattern, '[0-9a-f]{32}')]",
            "$.paths.*['get', 'post']",
        ] {
            assert_eq!(
                excess(expression, &document(), &mut 0),
                None,
                "{expression}"
            );
        }
    }

    #[test]
    fn hostile_expressions_are_refused() {
        for expression in [
            format!("$.{}", "a".repeat(1_000)),
            format!("${}{}", "[?@".repeat(13), "]".repeat(13)),
            format!("$[?{}@.a{}]", "(".repeat(400), ")".repeat(400)),
            format!("${}", "..*".repeat(7)),
            format!("${}", "[*,*]".repeat(20)),
            "$..[?$..[?$..[?$..*]]]".to_owned(),
            "$..[?count(@..*) > 1 && $ == $ && $ == $]".to_owned(),
            "$..[?match(@, @)]".to_owned(),
            r"$..[?match(@, '\\w{1000}')]".to_owned(),
            "$..[?search(@ , \"((a{9}){9}){9}\")]".to_owned(),
        ] {
            let excess = excess(&expression, &document(), &mut 0);
            assert!(excess.is_some(), "{expression}");
        }
    }

    #[test]
    fn total_cost_of_expressions_is_limited() {
        let (document, mut visits) = (document(), 0);
        let refused = (0..).find(|_| excess("$..[?@..*]", &document, &mut visits).is_some());
        assert!(
            refused.is_some_and(|it| (5..100).contains(&it)),
            "{refused:?}"
        );
    }

    #[test]
    fn contents_of_strings_do_not_count() {
        let features = Features::of(r#"$['..?$[(,\''][?@["\"..", 'b'] == 1]"#);
        let expected = Features {
            nesting: 2,
            descents: 1,
            selectors: 2,
            has_choice: true,
            ..Features::default()
        };
        assert_eq!(features, expected);
    }
}
