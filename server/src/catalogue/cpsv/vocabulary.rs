//! The words of CPSV-AP that we write and read, and our own for what it has none for.

/// Prefixes as our export declares them.
pub(super) const PREFIXES: [(&str, &str); 13] = [
    ("cpsv", "http://purl.org/vocab/cpsv#"),
    ("cv", "http://data.europa.eu/m8g/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("durvis", "urn:durvis:"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("locn", "http://www.w3.org/ns/locn#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Properties whose values are texts by language.
pub(super) const TEXTS: [&str; 9] = [
    "dcat:keyword",
    "dct:abstract",
    "dct:description",
    "dct:title",
    "durvis:deadline",
    "durvis:portal",
    "locn:fullAddress",
    "skos:altLabel",
    "skos:prefLabel",
];

/// The euro in the EU's list of currencies.
pub(in crate::catalogue) const EURO: &str = "http://publications.europa.eu/resource/authority/currency/EUR";

/// Days of the week in opening hours, Monday first.
pub(super) const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// A compact IRI of [`PREFIXES`] in full: `dct:title`.
///
/// # Panics
/// At a prefix that is not declared: a mistake of ours.
pub(super) fn iri(compact: &str) -> String {
    let (prefix, name) = compact.split_once(':').expect("prefix:name");
    let (_, base) = PREFIXES.iter().find(|(one, _)| *one == prefix).expect("a declared prefix");
    format!("{base}{name}")
}
