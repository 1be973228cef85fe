//! General descriptions of the Finnish Service Catalogue (Palvelutietovaranto, PTV), as its releases publish them, made into
//! CPSV-AP.
//!
//! Traps of that form: texts that are Draft.js documents within strings, `null` for a language that a text lacks, byte-order
//! marks, code lists that are named by old addresses. docs/catalogue-exchange.md says which field becomes what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::super::cpsv::export::context;

/// A converted catalogue.
#[derive(Debug)]
pub struct Converted {
    /// JSON-LD.
    pub document: String,
    pub services: usize,
}

/// Texts that become rules, with the name that PTV gives them.
const RULES: [(&str, [&str; 3]); 3] = [
    ("UserInstructions", ["Toimi näin", "Gör så här", "How to proceed"]),
    ("ProcessingTimeAdditionalInfo", ["Käsittelyaika", "Handläggningstid", "Processing time"]),
    ("ValidityTimeAdditionalInfo", ["Voimassaoloaika", "Giltighetstid", "Period of validity"]),
];
const LANGUAGES: [&str; 3] = ["fi", "sv", "en"];
const AUTHORITY: &str = "urn:ptv:organiser";
const COUNTRY: &str = "http://publications.europa.eu/resource/authority/country/FIN";

type Texts = BTreeMap<String, String>;

/// Converts files by name and text: descriptions, and the code lists (life events, service classes, target groups) that
/// they use.
///
/// # Errors
/// The first file that is none of these.
pub fn convert(files: &[(String, String)]) -> Result<Converted, String> {
    let mut codes = Codes::default();
    let mut descriptions = Vec::new();
    for (name, text) in files {
        let text = text.trim_start_matches('\u{feff}');
        let entries: Vec<Value> = serde_json::from_str(text).map_err(|error| format!("{name}: {error}"))?;
        for entry in entries {
            if entry["ConceptType"].is_string() {
                codes.add(&entry);
            } else if entry["ServiceType"].is_string() && entry["Name"].is_array() {
                descriptions.push(entry);
            } else {
                return Err(format!("{name}: has an entry that is neither a description nor a code"));
            }
        }
    }
    let mut graph = organiser();
    graph.extend(codes.life_events());
    let mut seen = BTreeSet::new();
    for description in &descriptions {
        let id = description["Id"].as_str().or(description["ReferenceCode"].as_str()).unwrap_or_default();
        if seen.insert(id) {
            graph.push(service(id, description, &codes));
        }
    }
    let document = json!({"@context": context(), "@graph": graph});
    let document = serde_json::to_string_pretty(&document).expect("texts are always JSON") + "\n";
    Ok(Converted { document, services: seen.len() })
}

/// A general description says what a service is, not who gives it.
fn organiser() -> Vec<Value> {
    let names = ["Palvelun järjestäjä", "Tjänstens arrangör", "Organiser of the service"];
    vec![
        json!({
            "@id": AUTHORITY, "@type": ["cv:PublicOrganisation", "org:Organization"], "dct:identifier": "organiser",
            "skos:prefLabel": in_all(names), "dct:spatial": {"@id": COUNTRY},
        }),
        json!({"@id": COUNTRY, "@type": "dct:Location"}),
        json!({"@id": "durvis:person", "@type": "skos:Concept"}),
        json!({"@id": "durvis:business", "@type": "skos:Concept"}),
        json!({"@id": super::super::cpsv::EURO, "@type": "skos:Concept"}),
    ]
}

fn in_all(names: [&str; 3]) -> Texts {
    LANGUAGES.iter().zip(names).map(|(lang, name)| ((*lang).to_owned(), name.to_owned())).collect()
}

fn service(id: &str, from: &Value, codes: &Codes) -> Value {
    let iri = format!("urn:ptv:{id}");
    let short = texts(&from["ShortDescription"]);
    let mut description = joined(texts(&from["Description"]), &texts(&from["BackgroundDescription"]));
    for (lang, text) in &short {
        description.entry(lang.clone()).or_insert_with(|| text.clone());
    }
    let part = |name: &str| (format!("{iri}#{name}"), format!("{id}-{name}"));
    let mut node = Map::new();
    let mut put = |name: &str, value: Value| {
        let says_nothing = value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
        if !says_nothing && !value.is_null() {
            node.insert(name.into(), value);
        }
    };
    put("@id", json!(iri));
    put("@type", json!("cpsv:PublicService"));
    put("dct:identifier", json!(id));
    put("dct:title", json!(texts(&from["Name"])));
    put("dct:abstract", json!(short));
    put("dct:description", json!(description));
    put("cv:hasCompetentAuthority", json!({"@id": AUTHORITY}));
    put("dct:spatial", json!({"@id": COUNTRY}));
    put("dct:audience", audience(from, codes));
    put("dcat:keyword", keywords(from, codes));
    put(
        "cv:isGroupedBy",
        keys(from, "LifeEvent").filter_map(|key| codes.find(key)).map(|code| json!({"@id": code.id})).collect(),
    );
    put("durvis:deadline", json!(texts(&from["DeadLineAdditionalInfo"])));
    let restrictions = texts(&from["ServiceRestrictions"]);
    if !restrictions.is_empty() {
        let (id, identifier) = part("restrictions");
        put(
            "cv:holdsRequirement",
            json!({
                "@id": id, "@type": "cv:Requirement", "dct:identifier": identifier, "dct:title": restrictions,
            }),
        );
    }
    let rules = RULES.iter().filter_map(|(field, names)| {
        let text = texts(&from[*field]);
        let (id, identifier) = part(field);
        (!text.is_empty()).then(|| {
            json!({
                "@id": id, "@type": "cpsv:Rule", "dct:identifier": identifier, "dct:title": in_all(*names),
                "dct:description": text,
            })
        })
    });
    put("cpsv:follows", rules.collect());
    put("cv:hasCost", cost(from, part("cost")));
    let laws = from["Laws"].as_array().into_iter().flatten().enumerate().filter_map(|(at, law)| {
        let name = texts(&law["Names"]);
        (!name.is_empty()).then(|| {
            json!({
                "@id": format!("{iri}#law-{}", at + 1), "@type": "eli:LegalResource", "dct:title": name,
            })
        })
    });
    put("cv:hasLegalResource", laws.collect());
    node.into()
}

/// Free of charge is a sum; otherwise only words say what it costs.
fn cost(from: &Value, (id, identifier): (String, String)) -> Value {
    let note = texts(&from["ChargeTypeAdditionalInfo"]);
    let free = from["ChargeType"].as_str().is_some_and(|kind| kind.starts_with("Free"));
    if note.is_empty() && !free {
        return Value::Null;
    }
    let mut cost = json!({"@id": id, "@type": "cv:Cost", "dct:identifier": identifier});
    if free {
        cost["cv:hasValue"] = json!({"@type": "xsd:double", "@value": "0.00"});
        cost["cv:currency"] = json!({"@id": super::super::cpsv::EURO});
    }
    if !note.is_empty() {
        cost["dct:description"] = json!(note);
    }
    cost
}

/// KR2 and what is below it are businesses and organisations; all others are people.
fn audience(from: &Value, codes: &Codes) -> Value {
    let business = |key: &str| {
        let notation = codes.find(key).map_or_else(|| last(key).to_owned(), |code| code.notation.clone());
        notation.starts_with("KR2")
    };
    let kinds: BTreeSet<&str> =
        keys(from, "TargetGroup").map(|key| if business(key) { "durvis:business" } else { "durvis:person" }).collect();
    kinds.into_iter().map(|kind| json!({"@id": kind})).collect()
}

/// The names of the service's classes, and of its terms in the Finnish ontology.
fn keywords(from: &Value, codes: &Codes) -> Value {
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for class in from["ServiceClass"].as_array().into_iter().flatten() {
        match class["Key"].as_str().and_then(|key| codes.find(key)) {
            Some(code) => code.label.iter().for_each(|(lang, label)| {
                words.entry(lang.clone()).or_default().insert(label.clone());
            }),
            None => words.entry("fi".into()).or_default().extend(clean(&class["Value"])),
        }
    }
    for term in from["OntologyTerm"].as_array().into_iter().flatten() {
        words.entry("fi".into()).or_default().extend(clean(&term["Value"]));
    }
    json!(words)
}

fn keys<'a>(from: &'a Value, field: &str) -> impl Iterator<Item = &'a str> {
    from[field].as_array().into_iter().flatten().filter_map(|code| code["Key"].as_str())
}

/// `[{"Lang": "fi", "Label": "..."}]` by language, without those that say nothing.
fn texts(labels: &Value) -> Texts {
    let mut texts = Texts::new();
    for label in labels.as_array().into_iter().flatten() {
        let lang = label["Lang"].as_str().unwrap_or_default().to_lowercase();
        if let Some(text) = clean(&label["Label"]).filter(|_| LANGUAGES.contains(&lang.as_str())) {
            texts.insert(lang, text);
        }
    }
    texts
}

fn joined(mut first: Texts, second: &Texts) -> Texts {
    for (lang, text) in second {
        first
            .entry(lang.clone())
            .and_modify(|known| *known = format!("{known}\n{text}"))
            .or_insert_with(|| text.clone());
    }
    first
}

/// A text without marks, out of its Draft.js document where it is one; none where nothing is left.
fn clean(label: &Value) -> Option<String> {
    let text = label.as_str()?.replace('\u{feff}', "");
    let draft = text.trim_start().starts_with('{').then(|| serde_json::from_str::<Value>(&text).ok()).flatten();
    let text = match draft.as_ref().and_then(|draft| draft["blocks"].as_array()) {
        Some(blocks) => {
            let lines = blocks.iter().filter_map(|block| block["text"].as_str()).map(str::trim);
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
        }
        None => text.trim().to_owned(),
    };
    (!text.is_empty()).then_some(text)
}

fn last(key: &str) -> &str {
    key.rsplit([':', '/']).next().unwrap_or_default()
}

/// The code lists, found by new address, by old one, or by notation.
#[derive(Default)]
struct Codes {
    codes: Vec<Code>,
    by_key: BTreeMap<String, usize>,
}

struct Code {
    id: String,
    notation: String,
    label: Texts,
}

impl Codes {
    fn add(&mut self, entry: &Value) {
        let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
        let label = LANGUAGES.iter().zip(["Fi", "Sv", "En"]);
        let label = label.filter_map(|(lang, field)| Some(((*lang).to_owned(), clean(&entry["Label"][field])?)));
        let code = Code { id: text("Id"), notation: text("Notation"), label: label.collect() };
        for key in [code.id.as_str(), code.notation.as_str(), last(&text("OldUri"))] {
            if !key.is_empty() {
                self.by_key.insert(key.to_owned(), self.codes.len());
            }
        }
        self.codes.push(code);
    }

    fn find(&self, key: &str) -> Option<&Code> {
        let at = self.by_key.get(key).or_else(|| self.by_key.get(last(key)));
        at.map(|at| &self.codes[*at])
    }

    fn life_events(&self) -> impl Iterator<Item = Value> {
        let events = self.codes.iter().filter(|code| code.notation.starts_with("KE"));
        events.map(|code| {
            json!({
                "@id": code.id, "@type": ["cv:LifeEvent", "cv:Event"], "dct:identifier": code.notation.to_lowercase(),
                "dct:title": code.label,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_out_of_whatever_it_is_wrapped_in() {
        let draft = json!({"entityMap": {}, "blocks": [{"text": "One. "}, {"text": ""}, {"text": "Two."}]}).to_string();
        let cases = [
            (json!("\u{feff} One "), Some("One")),
            (json!(draft), Some("One.\nTwo.")),
            (json!("{not a document}"), Some("{not a document}")),
            (json!("{\"blocks\": [{\"text\": \" \"}]}"), None),
            (json!(""), None),
            (Value::Null, None),
        ];
        for (label, text) in cases {
            assert_eq!(clean(&label).as_deref(), text, "{label}");
        }
    }
}
