//! A field: what is asked, why, when, and what kind of answer it takes. What an answer must be like is in `check`.

use serde::{Deserialize, Serialize};

use super::{Bound, Condition, Pattern, Raw, Texts};

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Lower-case ASCII letters, digits and `_`; one of a kind in the whole definition, columns of groups included.
    pub id: String,
    pub kind: Kind,
    pub label: Texts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Texts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Required unless said otherwise.
    #[serde(default, skip_serializing_if = "Required::is_yes")]
    pub required: Required,
    /// Asked only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
}

/// Why it is asked, and the law that lets the state ask it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Why {
    pub text: Texts,
    /// Name and article of the act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law_title: Option<Texts>,
    /// `https://likumi.lv/...`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law_url: Option<String>,
}

/// Whether an answer is needed; `true`, `false` or a condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub enum Required {
    #[default]
    Yes,
    No,
    When(Condition),
}

impl Required {
    fn is_yes(&self) -> bool {
        *self == Self::Yes
    }
}

impl TryFrom<Raw> for Required {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        match raw {
            Raw::Bool(true) => Ok(Self::Yes),
            Raw::Bool(false) => Ok(Self::No),
            other => Condition::try_from(other).map(Self::When),
        }
    }
}

impl From<Required> for Raw {
    fn from(required: Required) -> Self {
        match required {
            Required::Yes => Self::Bool(true),
            Required::No => Self::Bool(false),
            Required::When(condition) => condition.into(),
        }
    }
}

/// Where an answer comes from that the state knows already; the citizen may change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub enum Prefill {
    /// `person.given_name`, `person.surname`, `person.personal_code`, `person.email`, `person.phone`, `person.address`.
    Person(String),
    /// `company.name`, `company.registration_number`, `company.address`.
    Company(String),
    /// `registry.<registry>.<name>`: what a registry's answer calls it.
    Registry { registry: String, name: String },
}

impl TryFrom<String> for Prefill {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let known = |names: &[&str], name: &str| names.contains(&name).then(|| name.to_owned());
        let found = match text.split('.').collect::<Vec<_>>().as_slice() {
            ["person", name] => {
                known(&["given_name", "surname", "personal_code", "email", "phone", "address"], name).map(Self::Person)
            }
            ["company", name] => known(&["name", "registration_number", "address"], name).map(Self::Company),
            ["registry", registry, name] if is_slug(registry) && is_id(name) => {
                Some(Self::Registry { registry: (*registry).into(), name: (*name).into() })
            }
            _ => None,
        };
        found.ok_or_else(|| format!("nothing to prefill from: {text}"))
    }
}

impl From<Prefill> for String {
    fn from(prefill: Prefill) -> Self {
        match prefill {
            Prefill::Person(name) => format!("person.{name}"),
            Prefill::Company(name) => format!("company.{name}"),
            Prefill::Registry { registry, name } => format!("registry.{registry}.{name}"),
        }
    }
}

/// One of the answers to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub label: Texts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Texts>,
}

/// What kind of answer a field takes. (Braces after kinds that say no more: serde refuses unknown keys only then.)
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// One line; `max` in characters.
    Text {
        #[serde(default = "line")]
        max: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<Pattern>,
    },
    LongText {
        #[serde(default = "page")]
        max: u32,
    },
    /// A whole number.
    Number {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
    /// Euro cents; not negative unless `min_cents` is.
    Money {
        #[serde(default)]
        min_cents: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_cents: Option<i64>,
    },
    /// `2026-11-02`.
    Date {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Bound>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Bound>,
    },
    Choice {
        options: Vec<Choice>,
    },
    /// Several of the options.
    Choices {
        options: Vec<Choice>,
    },
    YesNo {},
    PersonalCode {},
    /// Of a company: eleven digits.
    RegistrationNumber {},
    Phone {},
    Email {},
    Iban {},
    Address {},
    /// ISO 3166-1 alpha-2.
    Country {},
    /// Slug of an institution; `municipality`: only of a municipality.
    Institution {
        #[serde(default)]
        municipality: bool,
    },
    /// `me`, or the personal code of a child of mine.
    Person {},
    /// `types` as media types; `max_bytes` of each of at most `count` files.
    File {
        max_bytes: u64,
        #[serde(default = "one")]
        count: u16,
        types: Vec<String>,
    },
    /// Rows of the same fields, `min` to `max` of them.
    Group {
        #[serde(default)]
        min: u16,
        max: u16,
        fields: Vec<Field>,
    },
    /// A sentence to tick: the label.
    Statement {},
}

fn line() -> u32 {
    200
}

fn page() -> u32 {
    4_000
}

fn one() -> u16 {
    1
}

impl Kind {
    /// As the file calls it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::LongText { .. } => "long_text",
            Self::Number { .. } => "number",
            Self::Money { .. } => "money",
            Self::Date { .. } => "date",
            Self::Choice { .. } => "choice",
            Self::Choices { .. } => "choices",
            Self::YesNo {} => "yes_no",
            Self::PersonalCode {} => "personal_code",
            Self::RegistrationNumber {} => "registration_number",
            Self::Phone {} => "phone",
            Self::Email {} => "email",
            Self::Iban {} => "iban",
            Self::Address {} => "address",
            Self::Country {} => "country",
            Self::Institution { .. } => "institution",
            Self::Person {} => "person",
            Self::File { .. } => "file",
            Self::Group { .. } => "group",
            Self::Statement {} => "statement",
        }
    }

    /// Columns, where it is a group.
    #[must_use]
    pub fn columns(&self) -> Option<&[Field]> {
        if let Self::Group { fields, .. } = self { Some(fields) } else { None }
    }

    /// What there is to choose from, where there is.
    #[must_use]
    pub fn options(&self) -> Option<&[Choice]> {
        match self {
            Self::Choice { options } | Self::Choices { options } => Some(options),
            _ => None,
        }
    }
}

/// Whether a text can be the id of a step, a field, a fact or an option.
#[must_use]
pub fn is_id(text: &str) -> bool {
    named(text, b'_')
}

/// Whether a text can be a slug: of an e-service, an institution, a territory.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    named(text, b'-')
}

fn named(text: &str, joint: u8) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == joint;
    (1..=60).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_says_little_and_refuses_what_it_does_not_know() {
        let field: Field =
            serde_json::from_str(r#"{"id":"iban","kind":{"type":"iban"},"label":{"lv":"Konts"}}"#).unwrap();
        assert_eq!((field.required, field.kind), (Required::Yes, Kind::Iban {}));
        assert!(serde_json::from_str::<Kind>(r#"{"type":"iban","max":3}"#).is_err());
        assert!(serde_json::from_str::<Kind>(r#"{"type":"text","maxx":3}"#).is_err());
        assert!(serde_json::from_str::<Kind>(r#"{"type":"telex"}"#).is_err());
    }

    #[test]
    fn a_prefill_names_a_known_source() {
        for text in ["person.email", "company.registration_number", "registry.population.children"] {
            assert_eq!(String::from(Prefill::try_from(text.to_owned()).unwrap()), text);
        }
        for text in ["person.shoe_size", "person", "registry.x", "registry.X.y", ""] {
            assert!(Prefill::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
