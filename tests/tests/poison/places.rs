//! The strings of a document: where they stand, what they are for, and how another takes their place.

use serde_json::Value;

/// A place that holds a string.
#[derive(Clone, Debug)]
pub struct Place {
    pub steps: Vec<Step>,
    /// Whether the last step's key is meant, rather than its value.
    pub is_key: bool,
    pub role: Role,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Key(String),
    Index(usize),
}

impl Place {
    /// Whether nothing that it holds is an error.
    pub fn may_say_anything(&self) -> bool {
        let has_grammar = matches!(key(&self.steps, 0), "pattern" | "termsOfService" | "url");
        self.role == Role::Prose && !has_grammar
    }
}

/// What a string is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is shown or sent: no item depends on it.
    Prose,
    /// It names something.
    Name,
    /// It names a component, which references name, too.
    Component,
    /// It says what something is, so that another word may make it something else.
    Word,
}

/// Finds the strings in a value; those that have no other are for `role`.
pub fn find(value: &Value, steps: &mut Vec<Step>, role: Role, places: &mut Vec<Place>) {
    if let Some(text) = value.as_str() {
        let is_word = role == Role::Name && PAGE_STATE.contains(&text);
        places.push(Place {
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
            places.push(Place {
                steps: steps.clone(),
                is_key: true,
                role: own,
            });
            find(value, steps, below, places);
            steps.pop();
        }
    }
}

/// The name of the object that is `up` levels above what `steps` lead to.
fn key(steps: &[Step], up: usize) -> &str {
    match steps.iter().rev().nth(up) {
        Some(Step::Key(key)) => key,
        Some(Step::Index(_)) | None => "",
    }
}

/// Parameters that lists in pages leave out, so that others in their place are setters.
const PAGE_STATE: [&str; 2] = ["Page", "PageToken"];

/// Properties that make a list one of pages.
const PAGING: [&str; 2] = ["meta", "next_page_url"];

/// What a key of the object at `steps` is for.
fn key_role(steps: &[Step], name: &str, role: Role) -> Role {
    match key(steps, 0) {
        _ if role == Role::Prose => Role::Prose,
        "properties" if !PAGING.contains(&name) => Role::Name,
        "schemas" | "parameters" | "responses" if steps.len() == 2 => Role::Component,
        "examples" => Role::Prose,
        _ => Role::Word,
    }
}

/// What the value of `key` is for, in the object at `steps`.
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

/// Puts `text` in place of a string, and wherever else the same thing is named.
pub fn replace(document: &mut Value, place: &Place, text: &str) {
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
            // The same list is the same type, wherever it stands.
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

/// Lets references to `old` lead to `new`.
fn redirect(document: &mut Value, old: &str, new: &str) {
    let [old, new] = [old, new].map(|it| serde_json::json!({ "$ref": it }));
    exchange(document, &old, &new);
}

/// Replaces each `old` by `new`; of objects, the members that both have.
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
