//! Texts, references and other values of a node, as our own form has them.

use std::collections::BTreeMap;

use serde_saphyr::{Location, Spanned};

use super::super::graph::{Graph, Node, Object};
use super::super::vocabulary::iri;
use super::Importer;
use crate::catalogue::source::Text;

/// Longest summary that is made of a description.
const SUMMARY: usize = 200;

/// A value of our own form that comes from no file of ours.
pub(super) fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Location::UNKNOWN, Location::UNKNOWN)
}

impl<'a> Importer<'a> {
    /// The texts of a property by language; several of one language one after the other.
    pub(super) fn text(&self, node: &Node, property: &str) -> Text {
        let mut text: BTreeMap<String, String> = BTreeMap::new();
        for (lang, said) in self.said(node, property) {
            let known = text.entry(lang).or_default();
            if !known.is_empty() {
                known.push(' ');
            }
            known.push_str(&said);
        }
        at(text)
    }

    /// The same, each text by itself.
    pub(super) fn words(&self, node: &Node, property: &str) -> BTreeMap<String, Vec<String>> {
        let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (lang, said) in self.said(node, property) {
            let known = words.entry(lang).or_default();
            if self.own || !known.iter().any(|one| one.to_lowercase() == said.to_lowercase()) {
                known.push(said);
            }
        }
        words
    }

    fn said<'n>(&'n self, node: &'n Node, property: &str) -> impl Iterator<Item = (String, String)> + 'n {
        let languages = &self.catalogue.portal.languages;
        node.all(&iri(property)).iter().filter_map(move |(_, object)| {
            let Object::Text { text, lang } = object else { return None };
            // A text without a language is taken for the portal's first.
            let lang = match lang {
                Some(lang) if self.own => lang.clone(),
                Some(lang) => lang.split('-').next().unwrap_or_default().to_lowercase(),
                None => languages.first()?.clone(),
            };
            let text = if self.own { text.clone() } else { tidied(text) };
            (self.own || languages.contains(&lang) && !text.is_empty()).then_some((lang, text))
        })
    }

    /// The first text of a property, whatever its language.
    pub(super) fn literal<'n>(&self, node: &'n Node, property: &str) -> Option<(usize, &'n str)> {
        node.all(&iri(property)).iter().find_map(|(at, object)| match object {
            Object::Text { text, .. } => Some((*at, text.as_str())),
            _ => None,
        })
    }

    pub(super) fn owned(&self, node: &Node, property: &str) -> Option<String> {
        let text = self.literal(node, property)?.1;
        Some(if self.own { text.to_owned() } else { tidied(text) })
    }

    /// The nodes that a property leads to: place, IRI.
    pub(super) fn references<'n>(&self, node: &'n Node, property: &str) -> Vec<(usize, &'n str)> {
        let objects = node.all(&iri(property)).iter();
        let node = |(at, object): &'n (usize, Object)| match object {
            Object::Node(id) => Some((*at, id.as_str())),
            _ => None,
        };
        objects.filter_map(node).collect()
    }

    /// The same, those only that are described in the file.
    pub(super) fn nodes(&self, node: &Node, property: &str) -> Vec<&'a Node> {
        let graph: &'a Graph = self.graph;
        self.references(node, property).into_iter().filter_map(|(_, id)| graph.node(id)).collect()
    }

    pub(super) fn json<'n>(&self, node: &'n Node, property: &str) -> Option<(usize, &'n serde_json::Value)> {
        node.all(&iri(property)).iter().find_map(|(at, object)| match object {
            Object::Json(value) => Some((*at, value)),
            _ => None,
        })
    }
}

/// One line, without what is no letter.
fn tidied(text: &str) -> String {
    let clean = text.replace('\u{feff}', "");
    let clean: String = clean.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of each text, cut at a word where it is too long.
pub(super) fn summarised(text: &Text) -> Text {
    let first = |text: &str| {
        let sentence = text.split_inclusive(". ").next().unwrap_or_default().trim_end();
        if sentence.chars().count() <= SUMMARY {
            return sentence.to_owned();
        }
        let cut: String = sentence.chars().take(SUMMARY - 1).collect();
        let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words).to_owned();
        cut + "…"
    };
    at(text.value.iter().map(|(lang, text)| (lang.clone(), first(text))).collect())
}
