//! Tests where values are found.

use std::time::{Duration, Instant};

use super::*;
use crate::report::{Location, Position};

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn pointer(text: &str) -> Pointer {
    Pointer::from_fragment(&format!("#{text}")).unwrap()
}

/// Returns `line:column` of a position.
fn shown(Position { line, column }: Position) -> String {
    format!("{line}:{column}")
}

/// Returns where a value starts.
fn value(path: &str, text: &str, at: &str) -> String {
    let places = places(&source(path, text));
    shown(places.value(&pointer(at)).span.start)
}

/// Returns the position after a value.
fn end(path: &str, text: &str, at: &str) -> String {
    let places = places(&source(path, text));
    shown(places.value(&pointer(at)).span.end)
}

fn yaml(text: &str, pointer: &str) -> String {
    value("a.yaml", text, pointer)
}

fn json(text: &str, pointer: &str) -> String {
    value("a.json", text, pointer)
}

#[test]
fn yaml_values_are_found() {
    let text = "# spec\na: 1\nb:\n  - x\n  - c: {d: [1, 'é', 2]}\n    \"e/f\": y\n";
    assert_eq!(yaml(text, ""), "2:1");
    assert_eq!(yaml(text, "/a"), "2:4");
    assert_eq!(yaml(text, "/b"), "4:3");
    assert_eq!(yaml(text, "/b/0"), "4:5");
    assert_eq!(yaml(text, "/b/1"), "5:5");
    assert_eq!(yaml(text, "/b/1/c/d/2"), "5:21");
    assert_eq!(yaml(text, "/b/1/e~1f"), "6:12");
}

#[test]
fn keys_are_found() {
    let text = "a:\n  b: 1\n  c: 2\n  b: 3\n";
    let places = places(&source("a.yaml", text));
    let key = places.key(&pointer("/a/c")).span;
    assert_eq!(
        (shown(key.start), shown(key.end)),
        ("3:3".to_owned(), "3:4".to_owned())
    );
    let second = places.second_key(&pointer("/a/b")).span.start;
    assert_eq!(shown(second), "4:3");
    assert_eq!(yaml(text, "/a/b"), "2:6");
}

#[test]
fn absent_values_are_found_at_their_key_or_container() {
    let text = "a:\n  b:\n  c: &x {d: 1}\n  e: *x\n";
    assert_eq!(yaml(text, "/a/b"), "2:3");
    assert_eq!(yaml(text, "/a/zz/0"), "2:3");
    assert_eq!(yaml(text, "/a/e/d"), "4:6");
    assert_eq!(yaml("", "/a"), "1:1");
}

#[test]
fn non_string_keys_do_not_shift_other_values() {
    assert_eq!(yaml("? [a, b]\n: c\n? {d: e}\n: f\ng: h\n", "/g"), "5:4");
}

#[test]
fn json_values_are_found() {
    let text =
        "{\t\"a\": [1, -2e3, true,\t\"x\\\"]\", {}],\r\n\t\"\\ud83d\\ude00é\": {\"b\":null}}";
    assert_eq!(json(text, ""), "1:1");
    assert_eq!(json(text, "/a/1"), "1:12");
    assert_eq!(json(text, "/a/3"), "1:24");
    assert_eq!(json(text, "/a/4"), "1:32");
    assert_eq!(json(text, "/😀é"), "2:19");
    assert_eq!(json(text, "/😀é/b"), "2:24");
}

#[test]
fn columns_count_characters() {
    assert_eq!(yaml("{é😀: [ß, x]}", "/é😀/1"), "1:10");
    assert_eq!(json("{\"é😀\": [\"ß\", 1]}", "/é😀/1"), "1:14");
}

#[test]
fn values_end_after_their_last_character() {
    let text = "a: {b: [1, 'é'], c: \"x\" }  # comment\nd:\n- e\n- f: g\nh: |\n  i\n";
    for (pointer, wanted) in [
        ("/a", "1:26"),
        ("/a/b", "1:16"),
        ("/a/b/1", "1:15"),
        ("/d/0", "3:4"),
        ("/d/1/f", "4:7"),
    ] {
        assert_eq!(end("a.yaml", text, pointer), wanted, "{pointer}");
    }
    let text = "{\"a\": [1, {\"b\": -2e3}],\n\"é\": \"x\\\"\"}";
    for (pointer, wanted) in [
        ("", "2:12"),
        ("/a", "1:23"),
        ("/a/0", "1:9"),
        ("/a/1", "1:22"),
        ("/a/1/b", "1:21"),
        ("/é", "2:11"),
    ] {
        assert_eq!(end("a.json", text, pointer), wanted, "{pointer}");
    }
}

#[test]
fn first_duplicate_key_wins() {
    let text = "a: {b: 1.0, b: 2.0}\na: {b: 3.0, c: 3, b: 4.0}\n";
    let Reading {
        places,
        value,
        faults,
    } = read(&source("a.yaml", text));
    assert_eq!(value, Some(serde_json::json!({"a": {"b": 1.0}})));
    assert_eq!(shown(places.value(&pointer("/a")).span.end), "1:20");
    assert_eq!(places.text(&pointer("/a/b")), Some("1.0"));
    assert_eq!(places.text(&pointer("/a")), None);
    let at: Vec<_> = faults.iter().map(|it| it.at.as_str()).collect();
    assert_eq!(at, ["/a/b", "/a"]);
    assert_eq!(
        shown(places.second_key(&pointer("/a/b")).span.start),
        "1:13"
    );
}

#[test]
fn deeply_nested_values_are_skipped() {
    let deep = 20_000;
    let object = format!(
        "{{\"a\": {}1{},\n\"b\": 2}}",
        "{\"a\":".repeat(deep),
        "}".repeat(deep)
    );
    assert_eq!(json(&object, "/b"), "2:6");
    // The YAML parser gives up on so many brackets; the values before them have their places.
    let list = format!("b: c\na: {}{}\n", "[".repeat(deep), "]".repeat(deep));
    assert_eq!(yaml(&list, "/b"), "1:4");
    let block: String = (0..deep / 20)
        .map(|it| format!("{}a:\n", " ".repeat(it)))
        .collect();
    assert_eq!(
        yaml(&format!("{block}b: c\n"), "/b"),
        format!("{}:4", deep / 20 + 1)
    );
}

#[test]
fn numbers_are_found_as_they_are_written() {
    let yaml = "a: [1, 1.50, '1.5', 123456789012345678901, 1e3, x]\noperationId: \"b\"\n";
    let json = "{\"a\": [1, 1.50, \"1.5\", 123456789012345678901, 1e3, true], \"operationId\": \"\\u0062\"}";
    for (path, text) in [("a.yaml", yaml), ("a.json", json)] {
        let places = places(&source(path, text));
        let texts: Vec<_> = (0..6)
            .map(|it| places.text(&pointer(&format!("/a/{it}"))))
            .collect();
        let expected = [
            None,
            Some("1.50"),
            None,
            Some("123456789012345678901"),
            Some("1e3"),
            None,
        ];
        assert_eq!(texts, expected, "{path}");
        assert_eq!(places.text(&pointer("/operationId")), Some("b"));
    }
}

/// Returns which limit a text exceeds.
fn limit(text: &str) -> Option<TextFault> {
    yaml::scan(text, &mut Builder::new(0)).err()
}

#[test]
fn only_real_nesting_counts() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(limit(&nested(65)), None);
    let begin = Instant::now();
    for depth in [66, 2_000, 100_000] {
        let fault = limit(&nested(depth));
        assert!(
            matches!(fault, Some(TextFault::TooDeep { .. })),
            "{fault:?}"
        );
    }
    assert!(begin.elapsed() < Duration::from_secs(60));
    let quoted = format!("- '{}'\n- {{a: b}}\n", "[".repeat(2_000));
    assert_eq!(limit(&quoted), None);
    let in_comments = format!("{}a: b\n", "# [0, 1)\n".repeat(2_000));
    assert_eq!(limit(&in_comments), None);
}

#[test]
fn values_are_counted_not_characters() {
    for (text, count) in [
        ("[a, b, c]", 4),
        ("a: 'b, c, d, e, f, g, h: i - j'", 2),
        ("{a: 1, b: {c: 2}, d: [3, 4]}", 7),
        ("- a\n- - - b\n- &x c\n- *x\n", 7),
        ("? [a, b]\n: c\n", 4),
    ] {
        let mut builder = Builder::new(0);
        yaml::scan(text, &mut builder).unwrap();
        assert_eq!(builder.values, count, "{text}");
    }
}

/// A document whose values are in two files.
struct Pair {
    document: Tree,
    other: Places,
}

/// Parses a document and another one, whose values are to be inserted into it.
fn pair(text: &str, other: &str) -> Pair {
    let Reading { places, value, .. } = read(&source("a.yaml", text));
    let other = read_behind(&source("b.yaml", other), &places).places;
    let mut document = Tree {
        value: value.unwrap(),
        places,
    };
    document.places.add_files(&other);
    Pair { document, other }
}

impl Pair {
    fn node(&mut self, at: &str) -> &mut Node {
        self.document.at_mut(&pointer(at)).unwrap().1
    }

    /// Replaces a value with one of the other file.
    fn set(&mut self, at: &str, from: &str) {
        let node = self.other.find(&pointer(from)).to_node();
        *self.node(at) = node;
    }

    fn place(&self, at: &str) -> String {
        let Location { file, span } = self.document.places.value(&pointer(at));
        format!("{file}:{}", shown(span.start))
    }
}

#[test]
fn inserted_values_keep_the_places_of_their_file() {
    let mut both = pair("a: {b: {c: {d: [1]}, e: 2}}\n", "# é\nu: {c: {d: [x]}}\n");
    assert_eq!(both.place("/a/b/c"), "a.yaml:1:12");
    both.set("/a/b/c", "/u/c");
    assert_eq!(both.place("/a/b/c/d/0"), "b.yaml:2:13");
    assert_eq!(both.place("/a/b/e"), "a.yaml:1:25");
    assert_eq!(both.place("/a/b"), "a.yaml:1:8");
    let key = both.document.places.key(&pointer("/a/b/c"));
    assert_eq!(
        (key.file.as_str(), shown(key.span.start)),
        ("b.yaml", "2:5".to_owned())
    );
}

#[test]
fn elements_after_a_removed_one_keep_their_places() {
    let mut both = pair("a:\n- 0\n- 1\n- {x: 2, y: 3}\n- 4\n", "u: 1\nv: 2\n");
    both.set("/a/3", "/u");
    both.set("/a/2/x", "/v");
    let list = both.node("/a");
    list.remove_element(1);
    list.remove_element(0);
    assert_eq!(both.place("/a/0/x"), "b.yaml:2:4");
    assert_eq!(both.place("/a/0/y"), "a.yaml:4:13");
    assert_eq!(both.place("/a/1"), "b.yaml:1:4");
}

#[test]
fn replacing_a_removed_member_gets_a_new_place() {
    let mut both = pair("a: {b: {c: 1}}\n", "u: 1\nv: {c: 2}\n");
    both.set("/a/b/c", "/u");
    both.node("/a").remove_member("b");
    both.set("/a/b", "/v");
    assert_eq!(both.place("/a/b/c"), "b.yaml:2:8");
}

#[test]
fn aliased_values_can_be_changed() {
    let mut both = pair("a: &x [{b: 1}, 2]\nc: *x\n", "u: &y {b: 3}\nv: *y\n");
    assert_eq!(both.place("/c/0/b"), "a.yaml:2:4");
    both.set("/c/0/b", "/v/b");
    assert_eq!(both.place("/c/0/b"), "b.yaml:2:4");
    assert_eq!(both.place("/c/1"), "a.yaml:2:4");
    assert_eq!(both.place("/a/0/b"), "a.yaml:1:12");
}

#[test]
fn members_in_another_order_than_their_places_keep_them() {
    let Reading { value, places, .. } = read(&source("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\n"));
    let mut tree = Tree {
        value: value.expect("an object"),
        places,
    };
    let mut document = tree.cursor();
    document.drop("b");
    let first = document.take("a").expect("a member");
    document.put("a", first);
    let members = document.into_members().into_iter();
    let moved = members.map(|(key, member)| (key.to_owned(), member.to_branch()));
    for (key, branch) in moved.collect::<Vec<_>>() {
        tree.cursor().put(&format!("{key}-again"), branch);
    }
    let place = |at: &str| shown(tree.places.value(&pointer(at)).span.start);
    let places = ["/a-again", "/c-again", "/d-again", "/b"].map(place);
    assert_eq!(places, ["1:4", "3:4", "4:4", "2:4"]);
}
