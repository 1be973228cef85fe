//! Distinguished names: are two the same, and what do they say?
//!
//! After RFC 5280, section 7.1, simply: case and runs of spaces do not count, nor the kind of string a text is written in.

use const_oid::ObjectIdentifier;
use der::asn1::Any;
use der::{Tag, Tagged};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::Name;

/// The same attributes in the same order.
pub fn same(left: &Name, right: &Name) -> bool {
    left.0.len() == right.0.len() && attributes(left).eq(attributes(right))
}

/// The same attributes in any order: one authority writes a person's two certificates in two orders.
pub fn same_attributes(left: &Name, right: &Name) -> bool {
    let sorted = |name| {
        let mut all: Vec<_> = attributes(name).collect();
        all.sort();
        all
    };
    sorted(left) == sorted(right)
}

/// Every value that an attribute has, as text.
pub fn values(name: &Name, attribute: ObjectIdentifier) -> impl Iterator<Item = Option<String>> {
    name.0.iter().flat_map(|part| part.0.iter()).filter(move |one| one.oid == attribute).map(|one| text(&one.value))
}

fn attributes(name: &Name) -> impl Iterator<Item = (ObjectIdentifier, Vec<u8>)> {
    let comparable = |one: &AttributeTypeAndValue| {
        let value = match text(&one.value) {
            Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().into_bytes(),
            None => one.value.value().to_vec(),
        };
        (one.oid, value)
    };
    name.0.iter().flat_map(|part| part.0.iter()).map(comparable)
}

fn text(value: &Any) -> Option<String> {
    let bytes = value.value();
    let text = match value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => String::from_utf8(bytes.to_vec()).ok()?,
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        Tag::BmpString => {
            let units = bytes.chunks(2).map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)));
            String::from_utf16(&units.collect::<Option<Vec<_>>>()?).ok()?
        }
        _ => return None,
    };
    Some(text)
}
