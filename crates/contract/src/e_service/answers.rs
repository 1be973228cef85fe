//! What a citizen answered: bounded, and held as typed, right or wrong. Whether it is right is for `check` to say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Definition, Field, Kind, Raw};
use crate::Broken;

/// The columns of one row of a group.
pub type Row = BTreeMap<String, Value>;

/// An answer. As JSON: a text, a whole number, a boolean, a list of texts, an object, a list of objects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Of every kind that is typed; of a number, money or a date too, as long as what was typed is none.
    Text(String),
    Number(i64),
    Bool(bool),
    /// Ids of options.
    Many(Vec<String>),
    Address(Address),
    Files(Vec<FileReference>),
    Rows(Vec<Row>),
}

/// An address in Latvia.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Slug of the territory.
    #[serde(default)]
    pub territory: String,
    /// Street, house, flat; or the farm.
    #[serde(default)]
    pub street: String,
    /// `LV-1010`
    #[serde(default)]
    pub postal_code: String,
}

/// A file that was uploaded; the server knows it by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileReference {
    pub id: String,
    pub name: String,
    pub bytes: u64,
    pub media_type: String,
}

impl Value {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Many(options) => options.is_empty(),
            Self::Files(files) => files.is_empty(),
            Self::Address(it) => [&it.territory, &it.street, &it.postal_code].iter().all(|text| text.trim().is_empty()),
            Self::Number(_) | Self::Bool(_) | Self::Rows(_) => false,
        }
    }
}

/// Answers by field id, those of hidden branches too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Value>);

/// Why answers were not read, and where: `children.3.name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub path: String,
    pub why: Refused,
}

/// What was wrong with them. All of it is the sender's fault, and none of it can be typed into the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    UnknownField,
    /// The same field twice.
    Twice,
    WrongType,
    /// A text longer than [`Answers::MAX_TEXT_BYTES`].
    TooLong,
    /// More rows, options or files than [`Raw::MAX_ITEMS`].
    TooMany,
    /// NUL and other control characters, or one that turns the direction of writing.
    Character,
    /// More than [`Answers::MAX_BYTES`] in all.
    TooLarge,
}

impl Refused {
    /// The rule as a code, for a problem's `broken`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownField => "unknown",
            Self::Twice => "twice",
            Self::WrongType => "wrong_type",
            Self::TooLong => "too_long",
            Self::TooMany => "too_many",
            Self::Character => "character",
            Self::TooLarge => "too_large",
        }
    }
}

impl Answers {
    /// Most bytes of all answers, as JSON.
    pub const MAX_BYTES: usize = 256 * 1024;
    /// Longest text, in bytes.
    pub const MAX_TEXT_BYTES: usize = 20_000;

    /// Reads answers to that definition's questions. `null` is no answer.
    ///
    /// # Errors
    /// Names the first place that is not as it must be.
    pub fn read(definition: &Definition, raw: &Raw) -> Result<Self, Refusal> {
        let at_top = |why| Refusal { path: String::new(), why };
        if raw.bytes() > Self::MAX_BYTES {
            return Err(at_top(Refused::TooLarge));
        }
        let Raw::Map(entries) = raw else { return Err(at_top(Refused::WrongType)) };
        let fields: BTreeMap<&str, &Field> = definition.fields().map(|field| (field.id.as_str(), field)).collect();
        row(entries, &|id| fields.get(id).copied(), "").map(Self)
    }

    /// Reads what still fits, field by field, and says what does not: for a draft that was begun under another version of
    /// the definition. The caller keeps the draft: nothing typed is lost.
    #[must_use]
    pub fn read_what_fits(definition: &Definition, raw: &Raw) -> (Self, Vec<Refusal>) {
        let Raw::Map(entries) = raw else {
            return (Self::default(), vec![Refusal { path: String::new(), why: Refused::WrongType }]);
        };
        let (mut answers, mut refusals) = (Self::default(), Vec::new());
        for entry in entries {
            match Self::read(definition, &Raw::Map(vec![entry.clone()])) {
                Ok(one) => answers.0.extend(one.0),
                Err(refusal) => refusals.push(refusal),
            }
        }
        (answers, refusals)
    }

    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// Answers a question, or takes the answer back.
    pub fn set(&mut self, field: &str, value: Option<Value>) {
        match value {
            Some(value) => self.0.insert(field.into(), value),
            None => self.0.remove(field),
        };
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(field, value)| (field.as_str(), value))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&Refusal> for Broken {
    fn from(refusal: &Refusal) -> Self {
        Self { field: refusal.path.clone(), rule: refusal.why.code().into() }
    }
}

impl FromIterator<(String, Value)> for Answers {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(from: I) -> Self {
        Self(from.into_iter().collect())
    }
}

fn row<'a>(entries: &[(String, Raw)], field: &dyn Fn(&str) -> Option<&'a Field>, above: &str) -> Result<Row, Refusal> {
    let mut row = Row::new();
    for (id, raw) in entries {
        let path = || if above.is_empty() { id.clone() } else { format!("{above}.{id}") };
        let refuse = |why| Refusal { path: path(), why };
        let kind = &field(id).ok_or_else(|| refuse(Refused::UnknownField))?.kind;
        let value = match (kind, raw) {
            (_, Raw::Null) => continue,
            (Kind::Group { fields, .. }, Raw::List(items)) => {
                if items.len() > Raw::MAX_ITEMS {
                    return Err(refuse(Refused::TooMany));
                }
                let column = |id: &str| fields.iter().find(|field| field.id == id);
                let rows = items.iter().enumerate().map(|(at, item)| match item {
                    Raw::Map(entries) => self::row(entries, &column, &format!("{}.{at}", path())),
                    _ => Err(Refusal { path: format!("{}.{at}", path()), why: Refused::WrongType }),
                });
                Value::Rows(rows.collect::<Result<_, _>>()?)
            }
            _ => value(kind, raw).map_err(refuse)?,
        };
        if row.insert(id.clone(), value).is_some() {
            return Err(refuse(Refused::Twice));
        }
    }
    Ok(row)
}

fn value(kind: &Kind, raw: &Raw) -> Result<Value, Refused> {
    Ok(match (kind, raw) {
        (Kind::YesNo {} | Kind::Statement {}, Raw::Bool(value)) => Value::Bool(*value),
        (Kind::Number { .. } | Kind::Money { .. }, Raw::Number(number)) => Value::Number(*number),
        (Kind::Choices { .. }, Raw::List(items)) => {
            Value::Many(few(items)?.iter().map(text).collect::<Result<_, _>>()?)
        }
        (Kind::File { .. }, Raw::List(items)) => Value::Files(few(items)?.iter().map(file).collect::<Result<_, _>>()?),
        (Kind::Address {}, Raw::Map(entries)) => {
            let [territory, street, postal_code] = texts(entries, ["territory", "street", "postal_code"])?;
            Value::Address(Address { territory, street, postal_code })
        }
        (
            Kind::YesNo {}
            | Kind::Statement {}
            | Kind::Choices { .. }
            | Kind::File { .. }
            | Kind::Address {}
            | Kind::Group { .. },
            _,
        ) => return Err(Refused::WrongType),
        _ => Value::Text(text(raw)?),
    })
}

fn few(items: &[Raw]) -> Result<&[Raw], Refused> {
    if items.len() > Raw::MAX_ITEMS { Err(Refused::TooMany) } else { Ok(items) }
}

fn file(raw: &Raw) -> Result<FileReference, Refused> {
    let Raw::Map(entries) = raw else { return Err(Refused::WrongType) };
    let bytes = entries.iter().find_map(|(key, raw)| match raw {
        Raw::Number(bytes) if key == "bytes" => u64::try_from(*bytes).ok(),
        _ => None,
    });
    let bytes = bytes.ok_or(Refused::WrongType)?;
    let others: Vec<_> = entries.iter().filter(|(key, _)| key != "bytes").cloned().collect();
    let [id, name, media_type] = texts(&others, ["id", "name", "media_type"])?;
    Ok(FileReference { id, name, bytes, media_type })
}

/// The texts under those keys, empty where one is not there; no other keys.
fn texts<const N: usize>(entries: &[(String, Raw)], keys: [&str; N]) -> Result<[String; N], Refused> {
    let mut found = [const { String::new() }; N];
    for (key, raw) in entries {
        let at = keys.iter().position(|one| one == key).ok_or(Refused::UnknownField)?;
        found[at] = text(raw)?;
    }
    Ok(found)
}

fn text(raw: &Raw) -> Result<String, Refused> {
    let Raw::Text(text) = raw else { return Err(Refused::WrongType) };
    if text.len() > Answers::MAX_TEXT_BYTES {
        return Err(Refused::TooLong);
    }
    if text.chars().any(crate::text::is_forbidden) { Err(Refused::Character) } else { Ok(text.clone()) }
}
