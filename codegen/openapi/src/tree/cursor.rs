//! Provides values with their places, for rewriting a document.
//!
//! A rewritten value keeps the place of its original. A removed value leaves its place behind, so that faults about it
//! are still shown there.

use serde_json::{Map, Value};

use super::{Node, Tree};

/// Objects with up to this many keys are searched linearly. That is faster than hashing the key, and each schema is
/// asked for some sixty keywords.
pub(super) const FEW: usize = 12;

/// A value in a document and its place.
pub(crate) struct Cursor<'a> {
    pub(crate) value: &'a mut Value,
    node: &'a mut Node,
}

/// A detached value and the place it came from.
#[derive(Clone)]
pub(crate) struct Branch {
    pub(crate) value: Value,
    pub(crate) node: Node,
}

impl Tree {
    /// Returns the whole document.
    pub(crate) fn cursor(&mut self) -> Cursor<'_> {
        Cursor {
            value: &mut self.value,
            node: self.places.root_mut(),
        }
    }
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(value: &'a mut Value, node: &'a mut Node) -> Self {
        Self { value, node }
    }

    /// Returns a member of an object.
    pub(crate) fn member(&mut self, key: &str) -> Option<Cursor<'_>> {
        let object = self.value.as_object_mut()?;
        let value = if object.len() <= FEW {
            object.iter_mut().find(|(it, _)| *it == key)?.1
        } else {
            object.get_mut(key)?
        };
        Some(Cursor {
            value,
            node: self.node.member_mut(key),
        })
    }

    /// Visits the members of an object.
    pub(crate) fn each_member(&mut self, mut visit: impl FnMut(&str, Cursor<'_>)) {
        let members = self.value.as_object_mut().into_iter().flatten();
        for (index, (key, value)) in members.enumerate() {
            let node = self.node.nth_member_mut(index, key);
            visit(key, Cursor { value, node });
        }
    }

    /// Splits an object into its members.
    pub(crate) fn into_members(self) -> Vec<(&'a str, Cursor<'a>)> {
        let Some(object) = self.value.as_object_mut() else {
            return Vec::new();
        };
        self.node.order_members(object.keys());
        let members = object.iter_mut().zip(self.node.members_mut());
        let member = members.map(|((key, value), node)| (key.as_str(), Cursor { value, node }));
        member.collect()
    }

    /// Returns an element of a list.
    pub(crate) fn element(&mut self, index: usize) -> Option<Cursor<'_>> {
        let value = self.value.as_array_mut()?.get_mut(index)?;
        Some(Cursor {
            value,
            node: self.node.element_mut(index),
        })
    }

    /// Returns the number of elements of a list; 0 for any other value.
    pub(crate) fn count(&self) -> usize {
        self.value.as_array().map_or(0, Vec::len)
    }

    /// Returns the keys of an object.
    pub(crate) fn keys(&self) -> Vec<String> {
        let members = self.value.as_object().into_iter();
        members.flat_map(Map::keys).cloned().collect()
    }

    /// Returns the value of a member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        let object = self.value.as_object()?;
        if object.len() <= FEW {
            object.iter().find(|(it, _)| *it == key).map(|it| it.1)
        } else {
            object.get(key)
        }
    }

    /// Returns the value of a member that is text.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// Copies the value and its place.
    pub(crate) fn to_branch(&self) -> Branch {
        Branch {
            value: self.value.clone(),
            node: self.node.clone(),
        }
    }

    /// Returns a number or a Boolean as it is written.
    pub(crate) fn written(&self) -> String {
        let text = self.node.text.as_deref();
        text.map_or_else(|| self.value.to_string(), str::to_owned)
    }

    /// Returns a float as it is written, unless it is an alias, whose text is elsewhere.
    pub(crate) fn float_text(&self) -> Option<&str> {
        let float = self.value.as_f64();
        let text = self.node.text.as_deref();
        text.filter(|it| it.parse().ok() == float)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Removes a member from an object but keeps its place.
    pub(crate) fn drop(&mut self, key: &str) -> Option<Value> {
        self.value.as_object_mut()?.shift_remove(key)
    }

    /// Removes a member from an object.
    pub(crate) fn take(&mut self, key: &str) -> Option<Branch> {
        let value = self.drop(key)?;
        let node = self.node.member_mut(key).clone();
        Some(Branch { value, node })
    }

    /// Inserts a member into an object.
    pub(crate) fn put(&mut self, key: &str, branch: Branch) {
        if let Some(object) = self.value.as_object_mut() {
            object.insert(key.to_owned(), branch.value);
            *self.node.member_mut(key) = branch.node;
        }
    }

    /// Inserts a member into an object at the place of the member `like`, which may have been removed.
    pub(crate) fn set(&mut self, key: &str, value: impl Into<Value>, like: &str) {
        let node = self.node.member_mut(like).without_parts();
        let value = value.into();
        self.put(key, Branch { value, node });
    }

    /// Removes an element from a list, with its place.
    pub(crate) fn remove(&mut self, index: usize) {
        if let Some(list) = self.value.as_array_mut().filter(|it| index < it.len()) {
            list.remove(index);
            self.node.remove_element(index);
        }
    }

    /// Removes an element from a list, but keeps its place behind those of the others. Returns the index of that place,
    /// which stays the same if elements before it are set aside.
    pub(crate) fn set_aside(&mut self, index: usize) -> usize {
        let Some(list) = self.value.as_array_mut().filter(|it| index < it.len()) else {
            return index;
        };
        list.remove(index);
        self.node.move_element(index, list.len());
        list.len()
    }

    /// Changes the key of a member in place.
    pub(crate) fn respell(&mut self, from: &str, to: &str) {
        let node = self.node.member_mut(from).clone();
        if let Some(object) = self.value.as_object_mut() {
            let members = std::mem::take(object).into_iter();
            let respelled = |(key, value): (String, Value)| match key == from {
                true => (to.to_owned(), value),
                false => (key, value),
            };
            *object = members.map(respelled).collect();
            *self.node.member_mut(to) = node;
        }
    }

    /// Changes the key of a member, with its place.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        if let Some(branch) = self.take(from) {
            self.put(to, branch);
        }
    }
}

impl Branch {
    /// Creates a list at the place of `like`.
    pub(crate) fn list(elements: Vec<Self>, like: &Node) -> Self {
        let mut list = Self {
            value: Value::Array(Vec::new()),
            node: like.without_parts(),
        };
        let mut values = Vec::new();
        for (index, Self { value, node }) in elements.into_iter().enumerate() {
            values.push(value);
            *list.node.element_mut(index) = node;
        }
        list.value = Value::Array(values);
        list
    }

    /// Creates an object at the place of `like`.
    pub(crate) fn object(like: &Node) -> Self {
        Self {
            value: Value::Object(Map::new()),
            node: like.without_parts(),
        }
    }

    pub(crate) fn cursor(&mut self) -> Cursor<'_> {
        Cursor {
            value: &mut self.value,
            node: &mut self.node,
        }
    }

    /// Splits a list into its elements.
    pub(crate) fn into_elements(self) -> Vec<Self> {
        let Self { value, mut node } = self;
        let Value::Array(list) = value else {
            return Vec::new();
        };
        let elements = list.into_iter().enumerate();
        let element = |(index, value)| Self {
            value,
            node: std::mem::take(node.element_mut(index)),
        };
        elements.map(element).collect()
    }

    /// Returns a list with the elements of the lists in it.
    pub(crate) fn flattened(self) -> Self {
        let node = self.node.without_parts();
        let elements = self.into_elements().into_iter();
        let elements = elements.flat_map(|it| match it.value.is_array() {
            true => it.into_elements(),
            false => vec![it],
        });
        Self::list(elements.collect(), &node)
    }
}

impl Node {
    /// Returns the same place without those of contained values.
    pub(crate) fn without_parts(&self) -> Self {
        Self {
            value: self.value,
            key: self.key,
            ..Self::default()
        }
    }

    /// Returns the places of another value under the key of this one.
    pub(crate) fn replaced_by(&self, other: Self) -> Self {
        Self {
            key: self.key,
            ..other
        }
    }
}
