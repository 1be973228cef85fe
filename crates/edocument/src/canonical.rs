//! Canonical XML: the bytes of an element that digests and signatures are made of. Canonical XML 1.0 and 1.1, and exclusive; with
//! comments or without; of one whole element, in the namespaces of what stands around it.
//!
//! The crates that do it are young and bring parsers of their own, without the bounds that strangers' files need.

use std::collections::BTreeMap;

use roxmltree::{Attribute, Node, NodeType};

use crate::Reason::{self, CanonicalizationUnknown};
use crate::bound::Left;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// A way to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Method {
    exclusive: bool,
    /// 1.1: fewer of the attributes around are taken in.
    second: bool,
    comments: bool,
    /// Prefixes that exclusive canonicalisation treats like inclusive does; empty for the default.
    prefixes: Vec<String>,
}

impl Method {
    /// The same, comments left out.
    pub fn without_comments(&self) -> Self {
        Self { comments: false, ..self.clone() }
    }

    /// Of an element with an `Algorithm`.
    pub fn of(node: Node<'_, '_>) -> Option<Self> {
        let name = node.attribute("Algorithm")?;
        let (name, comments) = match name.strip_suffix("WithComments") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (exclusive, second) = match name.trim_end_matches('#') {
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315" => (false, false),
            "http://www.w3.org/2006/12/xml-c14n11" => (false, true),
            "http://www.w3.org/2001/10/xml-exc-c14n" => (true, false),
            _ => return None,
        };
        let listed = node.children().find(|child| child.has_tag_name((EXCLUSIVE, "InclusiveNamespaces")));
        let list = listed.and_then(|listed| listed.attribute("PrefixList")).unwrap_or_default();
        let prefix = |name: &str| if name == "#default" { String::new() } else { name.to_owned() };
        let prefixes = list.split_ascii_whitespace().map(prefix).collect();
        Some(Self { exclusive, second, comments, prefixes })
    }
}

/// An element as bytes.
///
/// # Errors
/// When it is more than there may be, or stands where a base address is inherited.
pub fn canonical(node: Node<'_, '_>, method: &Method, left: &mut Left) -> Result<Vec<u8>, Reason> {
    let mut writer = Writer { method, left, out: Vec::new(), shown: BTreeMap::new() };
    writer.element(node, true)?;
    Ok(writer.out)
}

struct Writer<'a, 'w> {
    method: &'w Method,
    left: &'w mut Left,
    out: Vec<u8>,
    /// The namespaces of what has been written around here, by prefix.
    shown: BTreeMap<&'a str, &'a str>,
}

impl<'a> Writer<'a, '_> {
    fn element(&mut self, node: Node<'a, '_>, is_first: bool) -> Result<(), Reason> {
        let before = self.out.len();
        let name = qualified_name(node).ok_or(CanonicalizationUnknown)?;
        self.out.push(b'<');
        self.out.extend_from_slice(name.as_bytes());
        let restore = self.namespaces(node, name)?;
        self.attributes(node, is_first)?;
        self.out.push(b'>');
        self.left.take(self.out.len() - before)?;
        for child in node.children() {
            let before = self.out.len();
            match child.node_type() {
                NodeType::Element => self.element(child, false)?,
                NodeType::Text => escape(&mut self.out, child.text().unwrap_or_default(), false),
                NodeType::Comment if self.method.comments => {
                    self.out.extend_from_slice(b"<!--");
                    self.out.extend_from_slice(lines(child.text().unwrap_or_default()).as_bytes());
                    self.out.extend_from_slice(b"-->");
                }
                NodeType::PI => self.instruction(child),
                NodeType::Comment | NodeType::Root => {}
            }
            if !child.is_element() {
                self.left.take(1 + self.out.len() - before)?;
            }
        }
        self.out.extend_from_slice(b"</");
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'>');
        for (prefix, namespace) in restore {
            match namespace {
                Some(namespace) => self.shown.insert(prefix, namespace),
                None => self.shown.remove(prefix),
            };
        }
        self.left.take(name.len())
    }

    /// Writes the namespaces that are new here. What they were before, to be restored.
    fn namespaces(&mut self, node: Node<'a, '_>, name: &'a str) -> Result<Vec<(&'a str, Option<&'a str>)>, Reason> {
        let mut around: BTreeMap<&'a str, &'a str> = BTreeMap::new();
        for namespace in node.namespaces().filter(|namespace| namespace.name() != Some("xml")) {
            around.insert(namespace.name().unwrap_or_default(), namespace.uri());
        }
        self.left.take(8 * around.len())?;
        // A default that nobody declares is that of no namespace.
        around.entry("").or_default();
        let own = |qualified: &'a str| qualified.split_once(':').map(|(prefix, _)| prefix);
        let used: Vec<&str> = if self.method.exclusive {
            let attributes = node.attributes().filter_map(|attribute| own(attribute_name(node, &attribute)?));
            attributes.chain([own(name).unwrap_or_default()]).collect()
        } else {
            Vec::new()
        };
        let mut restore = Vec::new();
        for (prefix, uri) in around {
            let listed = !self.method.exclusive
                || used.contains(&prefix)
                || self.method.prefixes.iter().any(|listed| listed == prefix);
            if !listed || self.shown.get(prefix).copied().unwrap_or_default() == uri {
                continue;
            }
            self.out.extend_from_slice(if prefix.is_empty() { b" xmlns" } else { b" xmlns:" });
            self.out.extend_from_slice(prefix.as_bytes());
            self.out.extend_from_slice(b"=\"");
            escape(&mut self.out, uri, true);
            self.out.push(b'"');
            restore.push((prefix, self.shown.insert(prefix, uri)));
        }
        Ok(restore)
    }

    /// Those of no namespace first, then by namespace and name.
    fn attributes(&mut self, node: Node<'a, '_>, is_first: bool) -> Result<(), Reason> {
        let mut all: BTreeMap<(&str, &str), (&str, &str)> = BTreeMap::new();
        if is_first && !self.method.exclusive {
            for around in node.ancestors().skip(1) {
                for attribute in around.attributes().filter(|attribute| attribute.namespace() == Some(XML)) {
                    if self.method.second && attribute.name() == "base" {
                        return Err(CanonicalizationUnknown);
                    }
                    if !self.method.second || matches!(attribute.name(), "lang" | "space") {
                        let name = attribute_name(around, &attribute).ok_or(CanonicalizationUnknown)?;
                        // The nearest one holds.
                        all.entry((XML, attribute.name())).or_insert((name, attribute.value()));
                    }
                }
            }
        }
        for attribute in node.attributes() {
            let name = attribute_name(node, &attribute).ok_or(CanonicalizationUnknown)?;
            all.insert((attribute.namespace().unwrap_or_default(), attribute.name()), (name, attribute.value()));
        }
        for (name, value) in all.into_values() {
            self.out.push(b' ');
            self.out.extend_from_slice(name.as_bytes());
            self.out.extend_from_slice(b"=\"");
            escape(&mut self.out, value, true);
            self.out.push(b'"');
        }
        Ok(())
    }

    fn instruction(&mut self, node: Node<'_, '_>) {
        let Some(instruction) = node.pi() else {
            return;
        };
        self.out.extend_from_slice(b"<?");
        self.out.extend_from_slice(instruction.target.as_bytes());
        if let Some(value) = instruction.value {
            self.out.push(b' ');
            self.out.extend_from_slice(lines(value).as_bytes());
        }
        self.out.extend_from_slice(b"?>");
    }
}

/// As it is written, with its prefix: the tree keeps none.
fn qualified_name<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let from = node.document().input_text().get(node.range().start + 1..)?;
    let end = from.find(|letter: char| letter.is_ascii_whitespace() || matches!(letter, '/' | '>'))?;
    from.get(..end)
}

fn attribute_name<'a>(node: Node<'a, '_>, attribute: &Attribute<'a, '_>) -> Option<&'a str> {
    node.document().input_text().get(attribute.range_qname())
}

fn escape(out: &mut Vec<u8>, text: &str, in_attribute: bool) {
    for byte in text.bytes() {
        let written: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'\r' => b"&#xD;",
            b'>' if !in_attribute => b"&gt;",
            b'"' if in_attribute => b"&quot;",
            b'\t' if in_attribute => b"&#x9;",
            b'\n' if in_attribute => b"&#xA;",
            byte => {
                out.push(byte);
                continue;
            }
        };
        out.extend_from_slice(written);
    }
}

/// Line ends as XML has them; the parser leaves those of comments and instructions as they are.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, element: &str, method: &Method) -> String {
        let document = crate::xml::parse(text).unwrap();
        let node = document.descendants().find(|node| node.tag_name().name() == element).unwrap();
        String::from_utf8(canonical(node, method, &mut Left::default()).unwrap()).unwrap()
    }

    fn exclusive(prefixes: &[&str]) -> Method {
        let prefixes = prefixes.iter().map(|prefix| (*prefix).to_owned()).collect();
        Method { exclusive: true, prefixes, ..Method::default() }
    }

    /// After Canonical XML 1.0, 3.3, without what only a DTD can say.
    #[test]
    fn tags_are_written_the_one_way() {
        let text = "<doc>\r\n   <e1   /><e3   name = \"elem3\"   id=\"elem3\"   />\r\n   <e5 a:attr=\"out\" b:attr=\"sorted\" attr2=\"all\" attr=\"I'm\"\n                     xmlns:b=\"http://www.ietf.org\" xmlns:a=\"http://www.w3.org\" xmlns=\"http://example.org\"/>\n   <e6 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n                      <e7 xmlns=\"http://www.ietf.org\"><e8 xmlns=\"\" xmlns:a=\"http://www.w3.org\"><e9 xmlns=\"\" xmlns:a=\"http://www.ietf.org\"/></e8></e7></e6></doc>";
        let expected = "<doc>\n   <e1></e1><e3 id=\"elem3\" name=\"elem3\"></e3>\n   <e5 xmlns=\"http://example.org\" xmlns:a=\"http://www.w3.org\" xmlns:b=\"http://www.ietf.org\" attr=\"I'm\" attr2=\"all\" b:attr=\"sorted\" a:attr=\"out\"></e5>\n   <e6 xmlns:a=\"http://www.w3.org\">\n                      <e7 xmlns=\"http://www.ietf.org\"><e8 xmlns=\"\"><e9 xmlns:a=\"http://www.ietf.org\"></e9></e8></e7></e6></doc>";
        assert_eq!(written(text, "doc", &Method::default()), expected);
    }

    #[test]
    fn letters_that_mean_something_are_escaped() {
        let text = "<a b='&lt;&quot;&apos;&#9;&#10;&#13;>\t'>&amp;&lt;>\"&#13;<![CDATA[<&]]><!--x\r\ny--><?p  q ?></a>";
        let without = "<a b=\"&lt;&quot;'&#x9;&#xA;&#xD;> \">&amp;&lt;&gt;\"&#xD;&lt;&amp;<?p q ?></a>";
        assert_eq!(written(text, "a", &Method::default()), without);
        let with = without.replace("<?p", "<!--x\ny--><?p");
        assert_eq!(written(text, "a", &Method { comments: true, ..Method::default() }), with);
    }

    #[test]
    fn a_part_takes_in_what_stands_around_it() {
        let text =
            "<r xmlns='u:r' xmlns:x='u:x' xmlns:y='u:y' xml:lang='lv' xml:id='i'><m xml:lang='en'><p y:k='1'/></m></r>";
        let first = "<p xmlns=\"u:r\" xmlns:x=\"u:x\" xmlns:y=\"u:y\" xml:id=\"i\" xml:lang=\"en\" y:k=\"1\"></p>";
        assert_eq!(written(text, "p", &Method::default()), first);
        let second = Method { second: true, ..Method::default() };
        assert_eq!(written(text, "p", &second), first.replace(" xml:id=\"i\"", ""));
    }

    /// Exclusive XML Canonicalization, 2.2.
    #[test]
    fn exclusive_takes_in_only_what_is_used() {
        let text = "<n0:r xmlns:n0='u:0' xmlns:n3='u:3' xmlns='u:d' xml:lang='lv'><n1:p xmlns:n1='u:1'><q n3:a=''><n1:s/></q></n1:p></n0:r>";
        let used = "<n1:p xmlns:n1=\"u:1\"><q xmlns=\"u:d\" xmlns:n3=\"u:3\" n3:a=\"\"><n1:s></n1:s></q></n1:p>";
        assert_eq!(written(text, "p", &exclusive(&[])), used);
        let listed = "<n1:p xmlns=\"u:d\" xmlns:n0=\"u:0\" xmlns:n1=\"u:1\"><q xmlns:n3=\"u:3\" n3:a=\"\"><n1:s></n1:s></q></n1:p>";
        assert_eq!(written(text, "p", &exclusive(&["n0", ""])), listed);
    }

    #[test]
    fn there_is_an_end_to_the_work() {
        let document = crate::xml::parse("<a xmlns:b='c'><d/><d/></a>").unwrap();
        let mut left = Left::default();
        left.take(crate::Bound::WORK - 20).unwrap();
        assert_eq!(canonical(document.root_element(), &Method::default(), &mut left), Err(Reason::TooMuchWork));
    }
}
