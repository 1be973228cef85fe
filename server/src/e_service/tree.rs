//! A YAML file with the place of every value: to tell an editor where a mistake is that was found in what it means.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

/// A value, and where it stands.
pub type Tree = Spanned<Node>;

#[derive(Debug)]
pub enum Node {
    Scalar(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// Where a path of ids leads, such as `steps.child.fields.birth_date.when`; the nearest place where it leads nowhere.
pub fn locate(tree: &Tree, path: &str) -> Location {
    let mut at = tree;
    for part in path.split('.') {
        let next = match &at.value {
            Node::Map(entries) => entries.iter().find(|(name, _)| name == part).map(|(_, value)| value),
            Node::List(items) => {
                let named = items.iter().find(|item| item.value.id() == Some(part));
                named.or_else(|| items.get(part.parse::<usize>().ok()?))
            }
            Node::Scalar(_) => None,
        };
        // The fields of a group stand one level deeper than their path says.
        let inside = || at.value.entry("kind").and_then(|kind| kind.value.entry("fields"));
        let Some(next) = next.or_else(|| inside().and_then(|fields| fields.value.item(part))) else { break };
        at = next;
    }
    at.referenced
}

impl Node {
    fn entry(&self, wanted: &str) -> Option<&Tree> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == wanted).map(|(_, value)| value)
    }

    fn item(&self, id: &str) -> Option<&Tree> {
        let Self::List(items) = self else { return None };
        items.iter().find(|item| item.value.id() == Some(id))
    }

    fn id(&self) -> Option<&str> {
        match &self.entry("id").or_else(|| self.entry("name"))?.value {
            Self::Scalar(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Scalar(String::new()))
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Node::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_ids_leads_to_a_line() {
        let text = "id: x\nsteps:\n  - id: one\n    fields:\n      - id: a\n        kind:\n          type: group\n          fields:\n\
                    \x20           - id: b\n              when: {answered: z}\n  - {id: two, when: {fact: none}}\n";
        let tree: Tree = serde_saphyr::from_str(text).unwrap();
        let line = |path: &str| locate(&tree, path).line();
        assert_eq!(line("steps.one.fields.a.kind"), 7);
        assert_eq!(line("steps.one.fields.a.b.when"), 10);
        assert_eq!(line("steps.two.when"), 11);
        assert_eq!(line("steps.two.task"), 11, "the nearest place");
        assert_eq!(line("steps.1"), 11, "by number, too");
    }
}
