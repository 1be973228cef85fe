//! The layout that an editor gave a file: taken back while it says the same as the rest of the export.

use std::collections::BTreeMap;

use super::super::graph::{Node, Object};
use super::super::vocabulary::iri;
use super::Importer;
use crate::catalogue::read::Sources;
use crate::catalogue::write;

impl Importer<'_> {
    /// Puts the texts of `durvis:File` in the place of our own form of them. One that says something else is out of date:
    /// someone has changed the entry itself.
    pub(super) fn lay_out(&self, files: &mut BTreeMap<String, String>) {
        for node in self.graph.nodes().filter(|node| node.is(&iri("durvis:File"))) {
            let (Some(path), Some(text)) = (said(node, "durvis:path"), said(node, "durvis:text")) else { continue };
            let alone = Sources(BTreeMap::from([(path.to_owned(), text.to_owned())]));
            let (catalogue, findings) = alone.parse();
            let read = findings.iter().all(|finding| finding.file == "portal.yaml" && path != "portal.yaml");
            if read && write::files(&catalogue).get(path) == files.get(path) {
                files.insert(path.to_owned(), text.to_owned());
            }
        }
    }
}

fn said<'a>(node: &'a Node, property: &str) -> Option<&'a str> {
    node.all(&iri(property)).iter().find_map(|(_, object)| match object {
        Object::Text { text, .. } => Some(text.as_str()),
        _ => None,
    })
}
