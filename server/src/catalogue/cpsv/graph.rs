//! From JSON-LD to nodes with properties: names in full, nested nodes made flat, the same node's properties put together.
//! As much of JSON-LD as catalogues use; what is not read is refused by name, never passed over.

use std::collections::{BTreeMap, HashMap};

use super::context::{Context, Meant};
use super::json::{Json, Mistake, Value};

const MAX_NODES: usize = 200_000;
const MAX_IRI_BYTES: usize = 2_000;

/// What a property leads to.
#[derive(Debug)]
pub(super) enum Object {
    /// Another node, which may stand elsewhere.
    Node(String),
    Text {
        text: String,
        lang: Option<String>,
    },
    Json(serde_json::Value),
}

#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) types: Vec<String>,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// By full name; each with its own place.
    properties: BTreeMap<String, Vec<(usize, Object)>>,
}

impl Node {
    pub(super) fn all(&self, property: &str) -> &[(usize, Object)] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.types.iter().any(|one| one == kind)
    }
}

/// The nodes, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    by_id: HashMap<String, usize>,
}

impl Graph {
    /// # Errors
    /// The first thing that cannot be read.
    pub(super) fn read(text: &str) -> Result<Self, Mistake> {
        let json = Json::read(text)?;
        if !matches!(json.value, Value::Map(_) | Value::List(_)) {
            return Err(Mistake::new(json.at, "is neither a node nor a graph"));
        }
        let mut graph = Self::default();
        for document in json.items() {
            let context = document.get("@context").map(Context::read).transpose()?.unwrap_or_default();
            Reader { graph: &mut graph, context: &context }.node(document, true)?;
        }
        Ok(graph)
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    pub(super) fn node(&self, id: &str) -> Option<&Node> {
        self.by_id.get(id).map(|at| &self.nodes[*at])
    }
}

struct Reader<'a> {
    graph: &'a mut Graph,
    context: &'a Context,
}

impl Reader<'_> {
    /// Reads a node and what is in it; gives its id, or none for a document that is only a graph.
    fn node(&mut self, json: &Json, outermost: bool) -> Result<Option<String>, Mistake> {
        let Value::Map(members) = &json.value else {
            return Err(Mistake::new(json.at, "is not a node"));
        };
        let names: Vec<String> = members.iter().map(|(name, _)| self.context.name(name)).collect();
        let describes = |name: &String| !matches!(name.as_str(), "@context" | "@graph" | "@id");
        let of = |keyword: &str| names.iter().position(|name| name == keyword).map(|at| &members[at].1);
        let id = match of("@id") {
            Some(id) => self.iri(id)?,
            None => format!("_:at-{}", json.at),
        };
        if let Some(graph) = of("@graph") {
            for item in graph.items() {
                self.node(item, false)?;
            }
        }
        if !names.iter().any(describes) {
            return Ok((of("@graph").is_none() || !outermost).then_some(id));
        }
        let at = self.place(&id, json.at)?;
        for ((written, value), name) in members.iter().zip(&names) {
            match name.as_str() {
                "@context" if outermost => {}
                "@id" | "@graph" => {}
                "@type" => {
                    let types = value.items().iter().filter_map(Json::text).map(|kind| self.context.name(kind));
                    let types: Vec<String> = types.collect();
                    self.graph.nodes[at].types.extend(types);
                }
                keyword if keyword.starts_with('@') => {
                    return Err(Mistake::new(value.at, format!("has {keyword:?}, which is not read here")));
                }
                _ => {
                    let objects = self.objects(written, value)?;
                    self.graph.nodes[at].properties.entry(name.clone()).or_default().extend(objects);
                }
            }
        }
        Ok(Some(id))
    }

    fn place(&mut self, id: &str, at: usize) -> Result<usize, Mistake> {
        if let Some(place) = self.graph.by_id.get(id) {
            return Ok(*place);
        }
        if self.graph.nodes.len() >= MAX_NODES {
            return Err(Mistake::new(at, format!("has more than {MAX_NODES} nodes")));
        }
        self.graph.nodes.push(Node { id: id.into(), at, ..Node::default() });
        self.graph.by_id.insert(id.into(), self.graph.nodes.len() - 1);
        Ok(self.graph.nodes.len() - 1)
    }

    fn iri(&self, json: &Json) -> Result<String, Mistake> {
        let text = json.text().ok_or_else(|| Mistake::new(json.at, "has an @id that is no text"))?;
        if text.len() > MAX_IRI_BYTES {
            return Err(Mistake::new(json.at, format!("has an @id of more than {MAX_IRI_BYTES} bytes")));
        }
        Ok(self.context.id(text))
    }

    /// What stands under a name.
    fn objects(&mut self, written: &str, json: &Json) -> Result<Vec<(usize, Object)>, Mistake> {
        let term = self.context.term(written).cloned().unwrap_or_default();
        if term.meant == Meant::Json {
            return Ok(vec![(json.at, Object::Json(json.plain()))]);
        }
        let mut objects = Vec::new();
        for item in json.items() {
            let object = match &item.value {
                Value::Null => continue,
                Value::Text(text) => match term.meant {
                    Meant::Id => Object::Node(self.iri(item)?),
                    Meant::Name => Object::Node(self.context.name(text)),
                    _ => {
                        let lang = term.language.clone().or_else(|| self.context.language.clone());
                        Object::Text { text: text.clone(), lang }
                    }
                },
                Value::Bool(set) => Object::Text { text: set.to_string(), lang: None },
                Value::Number(number) => Object::Text { text: number.clone(), lang: None },
                Value::List(_) => {
                    objects.extend(self.objects(written, item)?);
                    continue;
                }
                Value::Map(members) => {
                    if let Some(inner) = item.get("@list").or_else(|| item.get("@set")) {
                        objects.extend(self.objects(written, inner)?);
                        continue;
                    }
                    if let Some(value) = item.get("@value") {
                        literal(item, value)
                    } else if term.by_language || self.is_by_language(members) {
                        objects.extend(by_language(members)?);
                        continue;
                    } else {
                        Object::Node(self.node(item, false)?.unwrap_or_default())
                    }
                }
            };
            objects.push((item.at, object));
        }
        Ok(objects)
    }

    /// Whether a map is of texts by language although no context says so: its names are languages and nothing else.
    fn is_by_language(&self, members: &[(String, Json)]) -> bool {
        let is_text = |value: &Json| value.items().iter().all(|item| item.text().is_some());
        let language = |name: &str| is_language(name) && self.context.term(name).is_none();
        !members.is_empty() && members.iter().all(|(name, value)| language(name) && is_text(value))
    }
}

fn literal(item: &Json, value: &Json) -> Object {
    let text = |json: Option<&Json>| json.and_then(Json::text).map(str::to_owned);
    if text(item.get("@type")).as_deref() == Some("@json") {
        return Object::Json(value.plain());
    }
    let said = match &value.value {
        Value::Text(text) => text.clone(),
        other_value => match other_value {
            Value::Bool(set) => set.to_string(),
            Value::Number(number) => number.clone(),
            _ => String::new(),
        },
    };
    Object::Text { text: said, lang: text(item.get("@language")) }
}

fn by_language(members: &[(String, Json)]) -> Result<Vec<(usize, Object)>, Mistake> {
    let mut objects = Vec::new();
    for (name, value) in members {
        let lang = (name != "@none").then(|| name.clone());
        for item in value.items() {
            let text = item.text().ok_or_else(|| Mistake::new(item.at, format!("has no text under {name:?}")))?;
            objects.push((item.at, Object::Text { text: text.into(), lang: lang.clone() }));
        }
    }
    Ok(objects)
}

/// `fi`, `en-GB`: a BCP 47 tag of two letters and what may follow.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    first.len() == 2
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "http://purl.org/dc/terms/title";

    fn said(json: &str) -> Vec<(String, Option<String>)> {
        let text = format!(
            "{{\"@context\": {{\"dct\": \"http://purl.org/dc/terms/\", \"@language\": \"lv\"}}, \"@id\": \"a:b\", \"dct:title\": {json}}}"
        );
        let graph = Graph::read(&text).unwrap();
        let objects = graph.node("a:b").unwrap().all(TITLE);
        objects
            .iter()
            .map(|(_, object)| match object {
                Object::Text { text, lang } => (text.clone(), lang.clone()),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_text_is_read_in_each_of_its_shapes() {
        let lang = |lang: &str| Some(lang.to_owned());
        assert_eq!(said("\"Pase\""), [("Pase".to_owned(), lang("lv"))]);
        for json in [
            "{\"lv\": \"Pase\", \"en\": \"Passport\"}",
            "[{\"@value\": \"Pase\", \"@language\": \"lv\"}, {\"@value\": \"Passport\", \"@language\": \"en\"}]",
            "[\"Pase\", {\"@set\": [{\"@value\": \"Passport\", \"@language\": \"en\"}]}]",
        ] {
            assert_eq!(said(json), [("Pase".to_owned(), lang("lv")), ("Passport".to_owned(), lang("en"))], "{json}");
        }
    }

    #[test]
    fn a_node_is_put_together_wherever_it_stands() {
        let text = "{\"@graph\": [{\"@id\": \"a:1\", \"a:p\": {\"@id\": \"a:2\", \"a:q\": \"x\"}}, {\"@id\": \"a:2\", \"@type\": \"a:T\"}]}";
        let graph = Graph::read(text).unwrap();
        let node = graph.node("a:2").unwrap();
        assert!(node.is("a:T") && node.all("a:q").len() == 1);
        assert!(matches!(&graph.node("a:1").unwrap().all("a:p")[0].1, Object::Node(id) if id == "a:2"));
    }

    #[test]
    fn what_is_not_read_is_refused() {
        for text in [
            "{\"@id\": \"a:1\", \"@reverse\": {}}",
            "{\"@id\": 1}",
            "3",
            "[1]",
            "{\"a:p\": {\"@context\": {}, \"a:q\": 1}}",
        ] {
            assert!(Graph::read(text).is_err(), "{text}");
        }
    }
}
