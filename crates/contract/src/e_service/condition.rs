//! Conditions and measures: typed, pure, without loops; a definition's only way to decide anything.
//!
//! What is not answered, or is not asked in this branch, makes every comparison with it false.

use serde::{Deserialize, Serialize};

use super::{Bound, Raw};

/// Something that holds or does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub enum Condition {
    /// `{all: [...]}`; with nothing in it, holds.
    All(Vec<Condition>),
    /// `{any: [...]}`; with nothing in it, does not.
    Any(Vec<Condition>),
    /// `{not: ...}`
    Not(Box<Condition>),
    /// `{field: has_partner, equals: true}`
    Equals { field: String, value: Literal },
    /// `{field: region, one_of: [north, south]}`; for several choices: at least one of them is among these.
    OneOf { field: String, values: Vec<String> },
    /// `{answered: iban}`
    Answered(String),
    /// `{compare: {age: birth_date}, at_least: 18}`
    Compare { left: Measure, by: By, right: Measure },
    /// `{fact: is_minor}`
    Fact(String),
}

/// What a field may equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    Text(String),
    Number(i64),
    Bool(bool),
}

/// How two measures compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    AtLeast,
    AtMost,
    Above,
    Below,
    Is,
}

impl By {
    const ALL: [(&str, Self); 5] = [
        ("at_least", Self::AtLeast),
        ("at_most", Self::AtMost),
        ("above", Self::Above),
        ("below", Self::Below),
        ("is", Self::Is),
    ];

    /// Whether the left stands so to the right.
    #[must_use]
    pub fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::AtLeast => left >= right,
            Self::AtMost => left <= right,
            Self::Above => left > right,
            Self::Below => left < right,
            Self::Is => left == right,
        }
    }
}

/// A number or a day out of the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub enum Measure {
    /// `5`
    Constant(i64),
    /// `today-18y`, `2024-01-01`
    Day(Bound),
    /// `{number: rooms}`: of a number or money field (cents).
    Number(String),
    /// `{date: moved_on}`
    Date(String),
    /// `{age: birth_date}`: full years today; of a personal code too, where it is of the historic form.
    Age(String),
    /// `{count: children}`: rows of a group, files, or choices.
    Count(String),
    /// `{sum: income}`: of a number or money column, over the rows of its group.
    Sum(String),
    /// `{fact: income_per_head}`
    Fact(String),
}

impl Condition {
    /// Calls `see` with every condition in it, itself first.
    pub fn each<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        match self {
            Self::All(inner) | Self::Any(inner) => inner.iter().for_each(|one| one.each(see)),
            Self::Not(inner) => inner.each(see),
            _ => (),
        }
    }
}

impl TryFrom<Raw> for Condition {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let mut keys = Keys::of(raw)?;
        let list = |raw: Raw| match raw {
            Raw::List(items) => items.into_iter().map(Self::try_from).collect::<Result<Vec<_>, _>>(),
            _ => Err("all and any take a list".to_owned()),
        };
        let found = if let Some(inner) = keys.take("all") {
            Self::All(list(inner)?)
        } else if let Some(inner) = keys.take("any") {
            Self::Any(list(inner)?)
        } else if let Some(inner) = keys.take("not") {
            Self::Not(Box::new(inner.try_into()?))
        } else if let Some(field) = keys.take("answered") {
            Self::Answered(name(field)?)
        } else if let Some(fact) = keys.take("fact") {
            Self::Fact(name(fact)?)
        } else if let Some(field) = keys.take("field") {
            let field = name(field)?;
            match (keys.take("equals"), keys.take("one_of")) {
                (Some(value), None) => Self::Equals { field, value: value.try_into()? },
                (None, Some(Raw::List(values))) => {
                    Self::OneOf { field, values: values.into_iter().map(name).collect::<Result<_, _>>()? }
                }
                _ => return Err(format!("{field} wants `equals` or a list `one_of`")),
            }
        } else if let Some(left) = keys.take("compare") {
            let right = By::ALL.iter().find_map(|(key, by)| keys.take(key).map(|right| (*by, right)));
            let (by, right) = right.ok_or("compare with what? at_least, at_most, above, below or is")?;
            Self::Compare { left: left.try_into()?, by, right: right.try_into()? }
        } else {
            return Err("a condition is all, any, not, field, answered, compare or fact".into());
        };
        keys.end().map(|()| found)
    }
}

impl From<Condition> for Raw {
    fn from(condition: Condition) -> Self {
        let list = |inner: Vec<Condition>| Self::List(inner.into_iter().map(Self::from).collect());
        match condition {
            Condition::All(inner) => map([("all", list(inner))]),
            Condition::Any(inner) => map([("any", list(inner))]),
            Condition::Not(inner) => map([("not", (*inner).into())]),
            Condition::Equals { field, value } => map([("field", Self::Text(field)), ("equals", value.into())]),
            Condition::OneOf { field, values } => map([
                ("field", Self::Text(field)),
                ("one_of", Self::List(values.into_iter().map(Self::Text).collect())),
            ]),
            Condition::Answered(field) => map([("answered", Self::Text(field))]),
            Condition::Fact(fact) => map([("fact", Self::Text(fact))]),
            Condition::Compare { left, by, right } => {
                let key = By::ALL.iter().find(|(_, one)| *one == by).map_or("is", |(key, _)| key);
                map([("compare", left.into()), (key, right.into())])
            }
        }
    }
}

impl TryFrom<Raw> for Literal {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        match raw {
            Raw::Text(text) => Ok(Self::Text(text)),
            Raw::Number(number) => Ok(Self::Number(number)),
            Raw::Bool(value) => Ok(Self::Bool(value)),
            _ => Err("equals takes a text, a whole number, true or false".into()),
        }
    }
}

impl From<Literal> for Raw {
    fn from(literal: Literal) -> Self {
        match literal {
            Literal::Text(text) => Self::Text(text),
            Literal::Number(number) => Self::Number(number),
            Literal::Bool(value) => Self::Bool(value),
        }
    }
}

impl TryFrom<Raw> for Measure {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        match raw {
            Raw::Number(number) => Ok(Self::Constant(number)),
            Raw::Text(text) => Bound::try_from(text).map(Self::Day),
            other => {
                let mut keys = Keys::of(other)?;
                type Make = fn(String) -> Measure;
                let kinds: [(&str, Make); 6] = [
                    ("number", Self::Number),
                    ("date", Self::Date),
                    ("age", Self::Age),
                    ("count", Self::Count),
                    ("sum", Self::Sum),
                    ("fact", Self::Fact),
                ];
                let found = kinds.into_iter().find_map(|(key, make)| keys.take(key).map(|raw| name(raw).map(make)));
                let found = found.ok_or("a measure is a number, a day, number, date, age, count, sum or fact")??;
                keys.end().map(|()| found)
            }
        }
    }
}

impl From<Measure> for Raw {
    fn from(measure: Measure) -> Self {
        match measure {
            Measure::Constant(number) => Self::Number(number),
            Measure::Day(bound) => Self::Text(bound.into()),
            Measure::Number(field) => map([("number", Self::Text(field))]),
            Measure::Date(field) => map([("date", Self::Text(field))]),
            Measure::Age(field) => map([("age", Self::Text(field))]),
            Measure::Count(field) => map([("count", Self::Text(field))]),
            Measure::Sum(column) => map([("sum", Self::Text(column))]),
            Measure::Fact(fact) => map([("fact", Self::Text(fact))]),
        }
    }
}

/// The keys of a map, taken one by one; what is left at the end was not understood.
struct Keys(Vec<(String, Raw)>);

impl Keys {
    fn of(raw: Raw) -> Result<Self, String> {
        if let Raw::Map(entries) = raw { Ok(Self(entries)) } else { Err("not a map".into()) }
    }

    fn take(&mut self, key: &str) -> Option<Raw> {
        let at = self.0.iter().position(|(one, _)| one == key)?;
        Some(self.0.swap_remove(at).1)
    }

    fn end(self) -> Result<(), String> {
        self.0.first().map_or(Ok(()), |(key, _)| Err(format!("unknown key: {key}")))
    }
}

fn name(raw: Raw) -> Result<String, String> {
    if let Raw::Text(text) = raw { Ok(text) } else { Err("not a name".into()) }
}

fn map<const N: usize>(entries: [(&str, Raw); N]) -> Raw {
    Raw::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_reads_back() {
        let text = r#"{"all":[{"field":"a","equals":true},{"not":{"any":[{"field":"b","one_of":["x","y"]},{"answered":"c"}]}},{"compare":{"age":"d"},"at_least":18},{"compare":{"sum":"e"},"below":{"fact":"f"}},{"compare":{"date":"g"},"above":"today-1y"},{"fact":"h"}]}"#;
        let condition: Condition = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&condition).unwrap(), text);
        let mut seen = 0;
        condition.each(&mut |_| seen += 1);
        assert_eq!(seen, 10);
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for text in [
            "{}",
            "1",
            "[]",
            r#"{"all":1}"#,
            r#"{"field":"a"}"#,
            r#"{"field":"a","equals":1.5}"#,
            r#"{"field":"a","equals":1,"x":2}"#,
            r#"{"compare":1}"#,
            r#"{"compare":1,"is":2,"above":3}"#,
            r#"{"compare":"soon","is":2}"#,
            r#"{"answered":1}"#,
        ] {
            assert!(serde_json::from_str::<Condition>(text).is_err(), "{text}");
        }
    }
}
