//! JSON-LD's `@context`: what short names stand for. Only what the file itself says, and CPSV-AP's own, which is built in:
//! nothing is ever fetched.

use std::collections::HashMap;

use super::json::{Json, Mistake, Value};

/// CPSV-AP's context, as published (CC BY 4.0, European Union).
const BUILT_IN: &str = include_str!("context.jsonld");
/// Where it is published.
const KNOWN: [&str; 4] = [
    "https://semiceu.github.io/uri.semic.eu-generated/CPSV-AP/releases/3.2.0/context/cpsv-ap.jsonld",
    "https://semiceu.github.io/uri.semic.eu-generated/CPSV-AP/releases/3.2.0/context/cpsv-ap_en.jsonld",
    "https://semiceu.github.io/CPSV-AP/releases/3.2.0/context/cpsv-ap.jsonld",
    "https://semiceu.github.io/CPSV-AP/releases/3.2.0/context/cpsv-ap_en.jsonld",
];
const MAX_TERMS: usize = 5_000;
/// How often a name may stand for another.
const MAX_STEPS: usize = 8;

/// How a string under a term is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Meant {
    #[default]
    Text,
    Id,
    /// A name of the vocabulary, as in `@type`.
    Name,
    Json,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Term {
    id: String,
    pub(super) meant: Meant,
    /// Its objects are texts by language.
    pub(super) by_language: bool,
    pub(super) language: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Context {
    terms: HashMap<String, Term>,
    base: String,
    vocabulary: String,
    pub(super) language: Option<String>,
}

impl Context {
    /// # Errors
    /// A remote context that is not CPSV-AP's, and what we do not read.
    pub(super) fn read(json: &Json) -> Result<Self, Mistake> {
        let mut context = Self::default();
        context.add(json)?;
        Ok(context)
    }

    fn add(&mut self, json: &Json) -> Result<(), Mistake> {
        for item in json.items() {
            match &item.value {
                Value::Text(address) if KNOWN.contains(&address.as_str()) => {
                    let built_in = Json::read(BUILT_IN).expect("the built-in context is JSON");
                    self.add(built_in.get("@context").expect("it has a context")).expect("and is read");
                }
                Value::Text(address) => {
                    let message = format!(
                        "has the context {address:?}: contexts are never fetched, only that of CPSV-AP 3.2.0 is known; \
                         write the context itself in its place"
                    );
                    return Err(Mistake::new(item.at, message));
                }
                Value::Map(members) => {
                    for (name, value) in members {
                        self.member(name, value)?;
                    }
                }
                _ => return Err(Mistake::new(item.at, "has a context that is neither an address nor an object")),
            }
        }
        Ok(())
    }

    fn member(&mut self, name: &str, value: &Json) -> Result<(), Mistake> {
        let unread = |what: &str| Err(Mistake::new(value.at, format!("has {what} in its context, which is not read")));
        match (name, &value.value) {
            ("@base", Value::Text(text)) => self.base.clone_from(text),
            ("@vocab", Value::Text(text)) => self.vocabulary.clone_from(text),
            ("@language", Value::Text(text)) => self.language = Some(text.clone()),
            ("@language", Value::Null) => self.language = None,
            ("@version" | "@protected", _) => {}
            (keyword, _) if keyword.starts_with('@') => return unread(keyword),
            (_, Value::Null) => {
                self.terms.remove(name);
            }
            (_, Value::Text(id)) => {
                self.terms.insert(name.into(), Term { id: id.clone(), ..Term::default() });
            }
            (_, Value::Map(members)) => {
                if let Some((what, _)) = members.iter().find(|(name, _)| matches!(&**name, "@reverse" | "@context")) {
                    return unread(what);
                }
                let text = |key: &str| value.get(key).and_then(Json::text);
                let container = |name: &str| {
                    let container = value.get("@container").map(Json::items).unwrap_or_default();
                    container.iter().any(|one| one.text() == Some(name))
                };
                if container("@index") || container("@id") || container("@type") || container("@graph") {
                    return unread("a @container other than @language, @list and @set");
                }
                let meant = match text("@type") {
                    Some("@id") => Meant::Id,
                    Some("@vocab") => Meant::Name,
                    Some("@json") => Meant::Json,
                    _ => Meant::Text,
                };
                let id = text("@id").unwrap_or(name).to_owned();
                let language = text("@language").map(str::to_owned);
                self.terms.insert(name.into(), Term { id, meant, by_language: container("@language"), language });
            }
            _ => return unread(&format!("{name:?} as neither a text nor an object")),
        }
        if self.terms.len() > MAX_TERMS {
            return Err(Mistake::new(value.at, format!("has more than {MAX_TERMS} terms in its context")));
        }
        Ok(())
    }

    pub(super) fn term(&self, name: &str) -> Option<&Term> {
        self.terms.get(name)
    }

    /// What a keyword or a term, a compact or a whole IRI stands for in the place of a property or a type.
    pub(super) fn name(&self, name: &str) -> String {
        let mut name = name.to_owned();
        for _ in 0..MAX_STEPS {
            match self.terms.get(&name) {
                Some(term) if term.id != name => name.clone_from(&term.id),
                _ => break,
            }
        }
        if name.starts_with('@') {
            return name;
        }
        match self.compact(&name, MAX_STEPS) {
            Some(iri) => iri,
            None if name.contains(':') => name,
            None => format!("{}{name}", self.vocabulary),
        }
    }

    /// What the same stands for in the place of a node.
    pub(super) fn id(&self, id: &str) -> String {
        match self.compact(id, MAX_STEPS) {
            Some(iri) => iri,
            None if id.contains(':') || self.base.is_empty() => id.to_owned(),
            None => format!("{}{id}", self.base),
        }
    }

    fn compact(&self, text: &str, steps: usize) -> Option<String> {
        let (prefix, rest) = text.split_once(':')?;
        if prefix == "_" || rest.starts_with("//") || steps == 0 {
            return None;
        }
        let base = &self.terms.get(prefix)?.id;
        let base = self.compact(base, steps - 1).unwrap_or_else(|| base.clone());
        Some(base + rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(text: &str) -> Result<Context, Mistake> {
        Context::read(&Json::read(text).unwrap())
    }

    #[test]
    fn names_stand_for_what_the_context_says() {
        let own = context("{\"dct\": \"http://purl.org/dc/terms/\", \"name\": \"dct:title\", \"dct:title\": {\"@id\": \"dct:title\", \"@container\": \"@language\"}, \"@base\": \"http://a/\"}").unwrap();
        for name in ["name", "dct:title", "http://purl.org/dc/terms/title"] {
            assert_eq!(own.name(name), "http://purl.org/dc/terms/title");
        }
        assert_eq!(
            (own.id("x"), own.id("dct:x"), own.id("_:b")),
            ("http://a/x".into(), "http://purl.org/dc/terms/x".into(), "_:b".into())
        );
        let official = context(&format!("[\"{}\", {{\"ex\": \"http://e/\"}}]", KNOWN[0])).unwrap();
        assert_eq!(official.name("PublicService"), "http://purl.org/vocab/cpsv#PublicService");
        assert_eq!(official.name("PublicService.name"), "http://purl.org/dc/terms/title");
        assert_eq!(official.term("PublicService.hasCost").unwrap().meant, Meant::Id);
    }

    #[test]
    fn what_is_remote_or_circular_does_no_harm() {
        assert!(context("\"https://evil.example/context.jsonld\"").unwrap_err().message.contains("never fetched"));
        assert!(context("{\"@import\": \"https://evil.example\"}").is_err());
        let circle = context("{\"a\": \"b:x\", \"b\": \"a:y\"}").unwrap();
        assert!(circle.name("a").len() < 100);
    }
}
