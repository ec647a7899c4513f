//! The strings of a document: their locations and roles, and how to replace them.

use serde_json::Value;

/// The location of a string.
#[derive(Clone, Debug)]
pub struct StringLocation {
    pub steps: Vec<Step>,
    /// Whether it is the last step's key, rather than its value.
    pub is_key: bool,
    pub role: Role,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Key(String),
    Index(usize),
}

impl StringLocation {
    /// Returns whether any text is valid there.
    pub fn may_say_anything(&self) -> bool {
        let has_grammar = matches!(key(&self.steps, 0), "pattern" | "termsOfService" | "url");
        self.role == Role::Prose && !has_grammar
    }
}

/// The role of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Prose, or a value that is sent: no item depends on it.
    Prose,
    /// A name.
    Name,
    /// The name of a component, which references contain, too.
    Component,
    /// A keyword, so that another word may change the meaning.
    Word,
}

/// Finds the strings in a value; `role` is the default.
pub fn find(value: &Value, steps: &mut Vec<Step>, role: Role, places: &mut Vec<StringLocation>) {
    if let Some(text) = value.as_str() {
        let is_word = role == Role::Name && PAGING_PARAMETERS.contains(&text);
        places.push(StringLocation {
            steps: steps.clone(),
            is_key: false,
            role: if is_word { Role::Word } else { role },
        });
    }
    if let Some(list) = value.as_array() {
        for (index, value) in list.iter().enumerate() {
            steps.push(Step::Index(index));
            find(value, steps, role, places);
            steps.pop();
        }
    } else if let Some(object) = value.as_object() {
        for (key, value) in object {
            let own = key_role(steps, key, role);
            let below = value_role(steps, key, role);
            steps.push(Step::Key(key.clone()));
            places.push(StringLocation {
                steps: steps.clone(),
                is_key: true,
                role: own,
            });
            find(value, steps, below, places);
            steps.pop();
        }
    }
}

/// Returns the key of the object `up` levels above the location `steps`.
fn key(steps: &[Step], up: usize) -> &str {
    match steps.iter().rev().nth(up) {
        Some(Step::Key(key)) => key,
        Some(Step::Index(_)) | None => "",
    }
}

/// The names of parameters with which the vendor pages lists: under another name, one has a setter of another type, or
/// has one at all.
const PAGING_PARAMETERS: [&str; 3] = ["PageSize", "Page", "PageToken"];

/// Properties that make a list paged.
const PAGING: [&str; 2] = ["meta", "next_page_url"];

/// Returns the role of a key of the object at `steps`.
fn key_role(steps: &[Step], name: &str, role: Role) -> Role {
    match key(steps, 0) {
        _ if role == Role::Prose => Role::Prose,
        "properties" if !PAGING.contains(&name) => Role::Name,
        "schemas" | "parameters" | "responses" if steps.len() == 2 => Role::Component,
        "examples" => Role::Prose,
        _ => Role::Word,
    }
}

/// Returns the role of the value of `key`, in the object at `steps`.
fn value_role(steps: &[Step], name: &str, role: Role) -> Role {
    let is_field = !matches!(key(steps, 0), "properties" | "schemas");
    match name {
        _ if role == Role::Prose => Role::Prose,
        "description"
        | "summary"
        | "title"
        | "example"
        | "examples"
        | "pattern"
        | "tags"
        | "contact"
        | "license"
        | "termsOfService"
        | "version"
        | "url"
        | "pii"
        | "parent"
        | "defaultOutputProperties"
        | "apiStandards"
            if is_field =>
        {
            Role::Prose
        }
        "operationId" | "mountName" | "className" | "enum" if is_field => Role::Name,
        "name" if key(steps, 1) == "parameters" || matches!(steps.last(), Some(Step::Index(_))) => {
            Role::Name
        }
        _ => Role::Word,
    }
}

/// Replaces a string by `text`, and all other occurrences of the same name.
pub fn replace(document: &mut Value, place: &StringLocation, text: &str) {
    let (last, above) = place.steps.split_last().expect("a place in the document");
    if place.role == Role::Component && place.is_key {
        let section = key(above, 0);
        let [old, new] = [key(&place.steps, 0), text].map(|it| reference(section, it));
        redirect(document, &old, &new);
    }
    match last {
        Step::Key(name) if place.is_key => {
            let object = at(document, above).as_object_mut().expect("an object");
            let members = std::mem::take(object).into_iter();
            object.extend(members.map(|(key, value)| {
                let key = if key == *name { text.to_owned() } else { key };
                (key, value)
            }));
            if place.role == Role::Name {
                let schema = at(document, &above[..above.len() - 1]);
                let required = schema.get_mut("required").and_then(Value::as_array_mut);
                for it in required.into_iter().flatten().filter(|it| *it == name) {
                    *it = text.into();
                }
            }
        }
        Step::Index(index) if key(above, 0) == "enum" => {
            // Equal enum lists are the same type, wherever they are.
            let old = at(document, above).clone();
            let mut new = old.clone();
            new[*index] = text.into();
            exchange(document, &old, &new);
        }
        Step::Key(_) | Step::Index(_) => *at(document, &place.steps) = text.into(),
    }
}

fn at<'a>(document: &'a mut Value, steps: &[Step]) -> &'a mut Value {
    steps.iter().fold(document, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

pub fn reference(section: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("#/components/{section}/{name}")
}

/// Changes references from `old` to `new`.
fn redirect(document: &mut Value, old: &str, new: &str) {
    let [old, new] = [old, new].map(|it| serde_json::json!({ "$ref": it }));
    exchange(document, &old, &new);
}

/// Replaces each `old` by `new`; in objects, the members that both have.
fn exchange(value: &mut Value, old: &Value, new: &Value) {
    if value == old {
        *value = new.clone();
        return;
    }
    if let (Some(old), Some(new)) = (old.get("$ref"), new.get("$ref"))
        && value.get("$ref") == Some(old)
    {
        value["$ref"] = new.clone();
    }
    if let Some(object) = value.as_object_mut() {
        object.values_mut().for_each(|it| exchange(it, old, new));
    } else if let Some(list) = value.as_array_mut() {
        list.iter_mut().for_each(|it| exchange(it, old, new));
    }
}
