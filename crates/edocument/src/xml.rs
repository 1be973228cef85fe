//! XML from strangers: measured before it is parsed, so that a small file is never a large tree or a long wait. No DTD, so no entities.

use roxmltree::{Document, Node, ParsingOptions};

use crate::Reason::{self, SignatureUnreadable, SignatureXmlRefused};
use crate::bound::Bound;

pub const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
/// XAdES, in all of its versions.
const XADES: &str = "http://uri.etsi.org/01903/";

/// # Errors
/// When it is no XML, or more than is taken.
pub fn parse(text: &str) -> Result<Document<'_>, Reason> {
    measure(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: Bound::NODES as u32, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected | roxmltree::Error::NodesLimitReached => SignatureXmlRefused,
        _ => SignatureUnreadable,
    })
}

/// Counts what a parser takes more than linear time or room for: depth, attributes, namespaces, pieces of a text.
fn measure(text: &str) -> Result<(), Reason> {
    let (mut depth, mut attributes, mut pieces) = (0_usize, 0_usize, 0_usize);
    if text.matches("xmlns").count() > Bound::NAMESPACES {
        return Err(SignatureXmlRefused);
    }
    let mut rest = text;
    while let Some((_, from)) = rest.split_once('<') {
        let skipped = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")];
        if let Some((begin, end)) = skipped.into_iter().find(|(begin, _)| from.starts_with(begin)) {
            pieces += 1;
            rest = from.get(begin.len()..).and_then(|from| from.split_once(end)).ok_or(SignatureUnreadable)?.1;
        } else if from.starts_with('!') {
            return Err(SignatureXmlRefused);
        } else {
            let (inside, own, after) = tag(from)?;
            if inside.starts_with('/') {
                depth = depth.saturating_sub(1);
            } else if !inside.ends_with('/') {
                depth += 1;
            }
            attributes += own;
            if own > Bound::ATTRIBUTES {
                return Err(SignatureXmlRefused);
            }
            rest = after;
        }
        if depth > Bound::DEPTH || attributes > Bound::ALL_ATTRIBUTES || pieces > Bound::NAMESPACES {
            return Err(SignatureXmlRefused);
        }
    }
    Ok(())
}

/// What stands in a tag, how many attributes, and what comes after it.
fn tag(from: &str) -> Result<(&str, usize, &str), Reason> {
    let (mut quote, mut attributes) = (None, 0);
    for (place, byte) in from.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'=') => attributes += 1,
            (None, b'>') => {
                let (inside, after) = from.split_at_checked(place).ok_or(SignatureUnreadable)?;
                return Ok((inside, attributes, after));
            }
            _ => {}
        }
    }
    Err(SignatureUnreadable)
}

/// The children of a name, of XML-DSig.
pub fn signed<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.tag_name().name() == name && child.tag_name().namespace() == Some(DSIG))
}

/// The children of a name, of XAdES.
pub fn qualified<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| {
        let xades = child.tag_name().namespace().is_some_and(|namespace| namespace.starts_with(XADES));
        child.tag_name().name() == name && xades
    })
}

/// All of an element's text, without spaces: base64, numbers.
pub fn letters(node: Node<'_, '_>) -> String {
    let texts = node.children().filter(Node::is_text).filter_map(|child| child.text());
    texts.flat_map(str::split_ascii_whitespace).collect()
}

/// What an element's base64 stands for.
pub fn bytes(node: Node<'_, '_>) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(letters(node)).ok()
}

/// The qualifying properties of a signature, in its own objects.
pub fn properties<'a, 'i>(signature: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    signed(signature, "Object").flat_map(|object| qualified(object, "QualifyingProperties"))
}

/// What was put beside a signature later.
pub fn unsigned<'a, 'i>(signature: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let all = properties(signature).flat_map(|properties| qualified(properties, "UnsignedProperties"));
    all.flat_map(|unsigned| qualified(unsigned, "UnsignedSignatureProperties"))
}
