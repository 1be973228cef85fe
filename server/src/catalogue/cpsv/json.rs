//! JSON with the place of every value, and with bounds: the file may come from anywhere.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Deepest nesting and most values that are read: far more than a catalogue needs, far less than hurts.
const MAX_DEPTH: usize = 32;
const MAX_VALUES: usize = 2_000_000;

/// A value and where it begins, in bytes.
#[derive(Debug)]
pub(super) struct Json {
    pub(super) at: usize,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// As it was written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) at: usize,
    pub(super) message: String,
}

impl Mistake {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }
}

impl Json {
    /// Reads a text.
    ///
    /// # Errors
    /// The first mistake.
    pub(super) fn read(text: &str) -> Result<Self, Mistake> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
            let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            Mistake::new((before + error.column().saturating_sub(1)).min(text.len()), format!("is not JSON: {message}"))
        })?;
        Reader { text, values: 0 }.value(raw, 0)
    }

    /// A member of a map.
    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        match &self.value {
            Value::Map(members) => members.iter().find(|(one, _)| one == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The items of a list; anything else is its own only item.
    pub(super) fn items(&self) -> &[Json] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The same without places.
    pub(super) fn plain(&self) -> serde_json::Value {
        use serde_json::Value as Plain;
        match &self.value {
            Value::Null => Plain::Null,
            Value::Bool(set) => (*set).into(),
            Value::Number(number) => serde_json::from_str(number).unwrap_or_default(),
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Json::plain).collect(),
            Value::Map(members) => members.iter().map(|(name, value)| (name.clone(), value.plain())).collect(),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    values: usize,
}

impl Reader<'_> {
    /// A raw value is a piece of the text: how far from its beginning is where it stands.
    fn at(&self, raw: &RawValue) -> usize {
        raw.get().as_ptr().addr() - self.text.as_ptr().addr()
    }

    fn value(&mut self, raw: &RawValue, depth: usize) -> Result<Json, Mistake> {
        let at = self.at(raw);
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(Mistake::new(at, format!("has more than {MAX_VALUES} values")));
        }
        if depth > MAX_DEPTH {
            return Err(Mistake::new(at, format!("is nested deeper than {MAX_DEPTH} levels")));
        }
        let bad = |error: serde_json::Error| Mistake::new(at, format!("is not JSON: {error}"));
        let value = match raw.get().as_bytes().first() {
            Some(b'{') => {
                let Members(raws) = serde_json::from_str(raw.get()).map_err(bad)?;
                let mut members: Vec<(String, Json)> = Vec::with_capacity(raws.len());
                for (name, raw) in raws {
                    let value = self.value(raw, depth + 1)?;
                    members.push((name, value));
                }
                let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
                names.sort_unstable();
                if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
                    return Err(Mistake::new(at, format!("has {:?} twice", twice[0])));
                }
                Value::Map(members)
            }
            Some(b'[') => {
                let raws: Vec<&RawValue> = serde_json::from_str(raw.get()).map_err(bad)?;
                Value::List(raws.into_iter().map(|raw| self.value(raw, depth + 1)).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Value::Text(serde_json::from_str(raw.get()).map_err(bad)?),
            Some(b't' | b'f') => Value::Bool(raw.get() == "true"),
            Some(b'n') => Value::Null,
            _ => Value::Number(raw.get().to_owned()),
        };
        Ok(Json { at, value })
    }
}

/// An object's members in their order, a name that stands twice included.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_place() {
        let text = "{\"a\": [1, {\"b\": \"č\"}], \"c\": true}";
        let json = Json::read(text).unwrap();
        let inner = &json.get("a").unwrap().items()[1];
        assert_eq!(&text[inner.at..inner.at + 1], "{");
        assert_eq!(inner.get("b").unwrap().text(), Some("č"));
        assert_eq!(&text[json.get("c").unwrap().at..], "true}");
    }

    #[test]
    fn what_is_hostile_is_refused() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        let many = format!("[{}0]", "0,".repeat(MAX_VALUES));
        let cases = [
            (deep.as_str(), "nested deeper"),
            (&many, "values"),
            ("{\"a\": 1, \"a\": 2}", "twice"),
            ("{\n\"a\": }", "is not JSON"),
            ("", "is not JSON"),
            ("{} {}", "is not JSON"),
        ];
        for (text, said) in cases {
            let mistake = Json::read(text).unwrap_err();
            assert!(mistake.message.contains(said), "{mistake:?}");
        }
        assert_eq!(Json::read("{\n\"a\": }").unwrap_err().at, 7);
    }
}
