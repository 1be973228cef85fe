//! A signature as its XML says: nothing of it is judged here, but that it has what a signature has.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use roxmltree::{Document, Node};

use crate::Reason::{self, SignatureFormat};
use crate::algorithm::Digest;
use crate::bound::Bound;
use crate::canonical::Method;
use crate::xml::{self, signed};

pub struct Parsed<'a, 'i> {
    pub node: Node<'a, 'i>,
    /// What is signed.
    pub info: Node<'a, 'i>,
    pub method: Option<Method>,
    pub algorithm: Option<&'a str>,
    /// The element of the value, which timestamps are of.
    pub value_node: Node<'a, 'i>,
    pub value: Vec<u8>,
    pub references: Vec<Reference<'a>>,
    /// XAdES: what is signed about the signature itself.
    pub properties: Option<Node<'a, 'i>>,
}

pub struct Reference<'a> {
    pub target: Target<'a>,
    pub transform: Transform,
    pub digest: Option<Digest>,
    pub value: Vec<u8>,
}

pub enum Target<'a> {
    /// An element of the same document, by its `Id`.
    Element(&'a str),
    File(String),
}

pub enum Transform {
    None,
    Canonical(Method),
    Unknown,
}

impl<'a, 'i> Parsed<'a, 'i> {
    /// # Errors
    /// When it lacks something, or has more than is taken.
    pub fn of(node: Node<'a, 'i>) -> Result<Self, Reason> {
        let info = only(signed(node, "SignedInfo"))?;
        let value_node = only(signed(node, "SignatureValue"))?;
        let mut references = Vec::new();
        for reference in signed(info, "Reference") {
            if references.len() == Bound::REFERENCES {
                return Err(Reason::TooMuchWork);
            }
            references.push(Reference::of(reference)?);
        }
        let mut properties =
            xml::properties(node).flat_map(|properties| xml::qualified(properties, "SignedProperties"));
        let first = properties.next();
        if properties.next().is_some() {
            return Err(SignatureFormat);
        }
        Ok(Self {
            node,
            info,
            method: Method::of(only(signed(info, "CanonicalizationMethod"))?),
            algorithm: only(signed(info, "SignatureMethod"))?.attribute("Algorithm"),
            value_node,
            value: xml::bytes(value_node).ok_or(SignatureFormat)?,
            references,
            properties: first,
        })
    }

    /// When it was made, as whoever signed says.
    pub fn claimed_time(&self) -> Option<String> {
        let own = xml::qualified(self.properties?, "SignedSignatureProperties").next()?;
        xml::qualified(own, "SigningTime").next().map(xml::letters)
    }
}

impl<'a> Reference<'a> {
    fn of(node: Node<'a, '_>) -> Result<Self, Reason> {
        let uri = node.attribute("URI").ok_or(SignatureFormat)?;
        let target = match uri.strip_prefix('#') {
            Some(id) => Target::Element(id),
            None => Target::File(percent_decode_str(uri).decode_utf8().map_err(|_| SignatureFormat)?.into_owned()),
        };
        let mut transforms = signed(node, "Transforms").flat_map(|all| signed(all, "Transform"));
        let transform = match (transforms.next(), transforms.next()) {
            (None, _) => Transform::None,
            (Some(one), None) => Method::of(one).map_or(Transform::Unknown, Transform::Canonical),
            _ => Transform::Unknown,
        };
        let method = only(signed(node, "DigestMethod"))?.attribute("Algorithm");
        let value = xml::bytes(only(signed(node, "DigestValue"))?).ok_or(SignatureFormat)?;
        Ok(Self { target, transform, digest: method.and_then(Digest::of_uri), value })
    }
}

/// Elements by their `Id`; nothing for one that two have.
pub struct Ids<'a, 'i>(BTreeMap<&'a str, Option<Node<'a, 'i>>>);

impl<'a, 'i> Ids<'a, 'i> {
    pub fn of(document: &'a Document<'i>) -> Self {
        let mut all = BTreeMap::new();
        for (id, node) in document.descendants().filter_map(|node| Some((node.attribute("Id")?, node))) {
            all.entry(id).and_modify(|known| *known = None).or_insert(Some(node));
        }
        Self(all)
    }

    /// # Errors
    /// When nothing has it, or two have.
    pub fn find(&self, id: &str) -> Result<Node<'a, 'i>, Reason> {
        self.0.get(id).ok_or(Reason::ReferenceUnresolved)?.ok_or(Reason::IdTwice)
    }
}

fn only<'a, 'i>(mut nodes: impl Iterator<Item = Node<'a, 'i>>) -> Result<Node<'a, 'i>, Reason> {
    match (nodes.next(), nodes.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(SignatureFormat),
    }
}
