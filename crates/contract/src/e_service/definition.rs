//! An e-service, as its file says it: steps, fields, rules, price, outcome, and examples that prove them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Condition, Day, Field, Measure, Raw, Texts, Why, field};

/// An e-service. Check it with [`super::check_definition`] before it meets a citizen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its slug.
    pub id: String,
    /// Counts up with every change that a saved answer could notice.
    pub version: u32,
    pub title: Texts,
    pub summary: Texts,
    /// Slug of the service in the catalogue.
    pub service: String,
    pub audience: SignIn,
    pub institution: Recipient,
    /// To read and tick before the first step; none, no tick.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Texts>,
    /// Headings that steps stand under; none for a short e-service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    pub steps: Vec<Step>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// The first that applies; none applies, free of charge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<Price>,
    pub outcome: Outcome,
    /// Slug of the institution that is told when an immediate answer is wrong; that which answers where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deficiencies_to: Option<String>,
    /// How long the portal keeps what was sent.
    pub retention_days: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// Who has to be there. (What the catalogue calls an audience is whom a service is meant for.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    /// Nobody needs to sign in.
    Nobody,
    Person,
    /// Somebody who acts for a company.
    Company,
    Either,
}

/// Who receives it: `municipality`, `any` (the citizen chooses, in a field of kind institution), or a slug.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub enum Recipient {
    Fixed(String),
    Municipality,
    Any,
}

impl TryFrom<String> for Recipient {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "municipality" => Ok(Self::Municipality),
            "any" => Ok(Self::Any),
            slug if field::is_slug(slug) => Ok(Self::Fixed(text)),
            _ => Err(format!("no institution: {text}")),
        }
    }
}

impl From<Recipient> for String {
    fn from(recipient: Recipient) -> Self {
        match recipient {
            Recipient::Fixed(slug) => slug,
            Recipient::Municipality => "municipality".into(),
            Recipient::Any => "any".into(),
        }
    }
}

/// A heading of the task list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub id: String,
    pub title: Texts,
}

/// A page of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Is in the URL: lower-case ASCII letters, digits and `_`.
    pub id: String,
    pub title: Texts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Is there only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Id of its task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    pub fields: Vec<Field>,
}

/// A named value that follows from the answers: a condition or a measure. Looks only at facts before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub id: String,
    /// How to say it to the citizen: "you are under 18".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Texts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<Condition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
}

/// What has to hold across fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Is the code of the error.
    pub id: String,
    pub must: Condition,
    pub message: Texts,
    /// Which fields it is about. Applies where all of them are asked and none is wrong in itself; the error stands at the
    /// last of them.
    pub fields: Vec<String>,
}

/// What it costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Price {
    pub cents: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// A registry's answer, at once; `shows` says what of it, and how it is called.
    Immediate {
        registry: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        shows: Vec<Shown>,
    },
    /// An institution answers within so many days.
    Submission { days: u16 },
}

/// A part of a registry's answer that the citizen sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Where it stands in the answer, as names with dots between: `person.given_name`.
    pub at: String,
    pub label: Texts,
    #[serde(default)]
    pub kind: ShownKind,
    /// Of a list of things: what is shown of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Shown>,
    /// How codes in it are called: `right_index` is "right index finger".
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Texts>,
}

/// How a part is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShownKind {
    #[default]
    Text,
    /// `2026-11-02`
    Date,
    /// Euro cents.
    Money,
    /// `{media_type, data}`, the bytes in base64.
    Image,
    /// A list of things with `columns`.
    Rows,
}

/// Answers that were thought through: the hint, the test data, and what the browser types in tests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub name: String,
    /// The day it is meant for.
    pub today: Day,
    pub answers: Raw,
    /// `errors: []`: it can be sent. Else every error there is, as `children.0.code: personal_code`.
    #[serde(default)]
    pub errors: Vec<String>,
}

impl Definition {
    /// The fields of all steps, without the columns of groups.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| &step.fields)
    }

    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// A field or a column.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        let columns = self.fields().filter_map(|field| field.kind.columns()).flatten();
        self.fields().chain(columns).find(|field| field.id == id)
    }

    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }
}
