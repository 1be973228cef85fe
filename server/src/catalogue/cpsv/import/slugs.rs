//! From IRIs to slugs: ASCII, unique among their kind, and the same at every import, whatever else is in the file.

use std::collections::{BTreeMap, HashMap};

use super::super::graph::{Graph, Node, Object};
use super::super::vocabulary::iri;
use crate::catalogue::publish::short_hash;

const MAX_SLUG: usize = 80;

/// The slugs of all nodes that may become entries, by IRI.
pub(super) struct Slugs<'a> {
    of: HashMap<&'a str, String>,
}

impl<'a> Slugs<'a> {
    pub(super) fn of(graph: &'a Graph) -> Self {
        let kinds = [
            vec![iri("cpsv:PublicService")],
            vec![iri("cv:PublicOrganisation"), iri("org:Organization"), iri("foaf:Agent")],
            vec![iri("cv:LifeEvent"), iri("cv:BusinessEvent"), iri("cv:Event")],
            vec![iri("cv:Channel")],
            vec![iri("dct:Location")],
        ];
        let mut of = HashMap::new();
        for kind in kinds {
            let mut wished: BTreeMap<String, Vec<&Node>> = BTreeMap::new();
            for node in graph.nodes().filter(|node| kind.iter().any(|kind| node.is(kind))) {
                wished.entry(wish(node)).or_default().push(node);
            }
            for (slug, nodes) in wished {
                let alone = nodes.len() == 1 && !slug.is_empty();
                for node in nodes {
                    // Those that wish for the same slug all get the hash of their IRI: none of them depends on the others' order.
                    let hash = &short_hash(node.id.as_bytes())[..8];
                    let slug = if alone { slug.clone() } else { format!("{slug}-{hash}") };
                    of.insert(node.id.as_str(), slug.trim_start_matches('-').to_owned());
                }
            }
        }
        Self { of }
    }

    pub(super) fn get(&self, id: &str) -> Option<&str> {
        self.of.get(id).map(String::as_str)
    }
}

/// The identifier, or else the last part of the IRI.
fn wish(node: &Node) -> String {
    let identifier = node.all("http://purl.org/dc/terms/identifier").iter().find_map(|(_, object)| match object {
        Object::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let last = node.id.rsplit(['/', '#', ':']).find(|part| !part.is_empty()).unwrap_or_default();
    let slug = identifier.map(slugified).filter(|slug| !slug.is_empty());
    slug.unwrap_or_else(|| if node.id.starts_with("_:") { String::new() } else { slugified(last) })
}

fn slugified(text: &str) -> String {
    let mut slug = String::new();
    for letter in durvis_search::text::fold(text).chars() {
        if letter.is_ascii_lowercase() || letter.is_ascii_digit() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(MAX_SLUG);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iri_has_the_same_slug_whatever_else_is_in_the_file() {
        let node = |id: &str, more: &str| {
            format!("{{\"@id\": \"{id}\", \"@type\": \"http://purl.org/vocab/cpsv#PublicService\"{more}}}")
        };
        let identifier = ", \"http://purl.org/dc/terms/identifier\": \"Tax on Web\"";
        let one = [node("http://a/x/Pase%20ā", ""), node("http://a/y", identifier), node("http://a/1/same", "")];
        let more = [one.clone().to_vec(), vec![node("http://a/2/same", "")]].concat();
        let slugs = |nodes: &[String]| {
            let graph = Graph::read(&format!("[{}]", nodes.join(","))).unwrap();
            let slugs = Slugs::of(&graph);
            graph.nodes().map(|node| slugs.get(&node.id).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(slugs(&one), ["pase-20a", "tax-on-web", "same"]);
        let more = slugs(&more);
        assert!(more[2].starts_with("same-") && more[3].starts_with("same-") && more[2] != more[3], "{more:?}");
    }
}
