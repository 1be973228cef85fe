//! What came over the network or out of a file, before anyone knows what it means.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

/// A tree of JSON or YAML, bounded in depth and in the length of its lists.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    Null,
    Bool(bool),
    Number(i64),
    /// A number that is no whole one, or too large: nothing of ours.
    Fraction(f64),
    Text(String),
    /// At most [`Raw::MAX_ITEMS`] + 1 are kept: enough to see that there are too many.
    List(Vec<Raw>),
    /// In the order written; a key may be there twice.
    Map(Vec<(String, Raw)>),
}

impl Raw {
    /// Longest list or map that is of any use.
    pub const MAX_ITEMS: usize = 1_000;
    /// Deepest nesting.
    pub const MAX_DEPTH: u8 = 8;

    /// About as many bytes as it takes as JSON.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) => 5,
            Self::Number(_) | Self::Fraction(_) => 8,
            Self::Text(text) => text.len() + 2,
            Self::List(items) => items.iter().map(|item| item.bytes() + 1).sum::<usize>() + 2,
            Self::Map(entries) => entries.iter().map(|(key, value)| key.len() + 4 + value.bytes()).sum::<usize>() + 2,
        }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Below(Self::MAX_DEPTH).deserialize(from)
    }
}

/// How many more levels there may be.
#[derive(Clone, Copy)]
struct Below(u8);

impl Below {
    fn next<E: de::Error>(self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| E::custom("nested too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Below {
    type Value = Raw;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Raw, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Below {
    type Value = Raw;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Raw, D::Error> {
        self.deserialize(from)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(i64::try_from(value).map_or(Raw::Fraction(value as f64), Raw::Number))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Fraction(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Raw, A::Error> {
        let below = self.next()?;
        let mut items = Vec::new();
        while items.len() <= Raw::MAX_ITEMS {
            match from.next_element_seed(below)? {
                Some(item) => items.push(item),
                None => return Ok(Raw::List(items)),
            }
        }
        while from.next_element::<de::IgnoredAny>()?.is_some() {}
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Raw, A::Error> {
        let below = self.next()?;
        let mut entries = Vec::new();
        while let Some(key) = from.next_key::<String>()? {
            if entries.len() == Raw::MAX_ITEMS {
                return Err(de::Error::custom("too many keys"));
            }
            entries.push((key, from.next_value_seed(below)?));
        }
        Ok(Raw::Map(entries))
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Bool(value) => to.serialize_bool(*value),
            Self::Number(value) => to.serialize_i64(*value),
            Self::Fraction(value) => to.serialize_f64(*value),
            Self::Text(value) => to.serialize_str(value),
            Self::List(items) => items.serialize(to),
            Self::Map(entries) => {
                let mut map = to.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_reads_back() {
        let text = r#"{"a":[1,-2,"x",null,true,1.5],"b":{"c":""}}"#;
        let raw: Raw = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&raw).unwrap(), text);
    }

    #[test]
    fn a_deep_or_endless_tree_costs_little() {
        assert!(serde_json::from_str::<Raw>(&format!("{}{}", "[".repeat(9), "]".repeat(9))).is_err());
        let Raw::List(items) = serde_json::from_str(&format!("[{}1]", "1,".repeat(5_000))).unwrap() else { panic!() };
        assert_eq!(items.len(), Raw::MAX_ITEMS + 1);
    }
}
