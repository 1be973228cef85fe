//! A bound of days that may move with today.

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// How far from a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offset {
    pub years: i32,
    pub months: i32,
    pub days: i32,
}

/// A day that is fixed (`2024-01-01`) or moves with today (`today`, `today-18y`, `today+6m`, `today-30d`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub enum Bound {
    Fixed(Day),
    FromToday(Offset),
}

impl Bound {
    /// The day it is, today.
    #[must_use]
    pub fn on(self, today: Day) -> Day {
        match self {
            Self::Fixed(day) => day,
            Self::FromToday(offset) => {
                today.plus_months(offset.years.saturating_mul(12).saturating_add(offset.months)).plus(offset.days)
            }
        }
    }
}

impl TryFrom<String> for Bound {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("neither a day nor today with an offset: {text}");
        let Some(rest) = text.strip_prefix("today") else {
            return Day::parse(&text).map(Self::Fixed).ok_or_else(wrong);
        };
        let mut offset = Offset::default();
        if !rest.is_empty() {
            let unit = rest.chars().last().filter(|_| rest.is_ascii() && rest.len() > 2).ok_or_else(wrong)?;
            let signed = rest.starts_with(['+', '-']);
            let count: i32 = rest[..rest.len() - 1].parse().ok().filter(|_| signed).ok_or_else(wrong)?;
            match unit {
                'y' => offset.years = count,
                'm' => offset.months = count,
                'd' => offset.days = count,
                _ => return Err(wrong()),
            }
        }
        Ok(Self::FromToday(offset))
    }
}

impl From<Bound> for String {
    fn from(bound: Bound) -> Self {
        match bound {
            Bound::Fixed(day) => day.to_string(),
            Bound::FromToday(Offset { years: 0, months: 0, days: 0 }) => "today".into(),
            Bound::FromToday(Offset { years, months: 0, days: 0 }) => format!("today{years:+}y"),
            Bound::FromToday(Offset { months, days: 0, .. }) => format!("today{months:+}m"),
            Bound::FromToday(Offset { days, .. }) => format!("today{days:+}d"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_moves_with_today() {
        let at =
            |text: &str| Bound::try_from(text.to_owned()).unwrap().on(Day::parse("2024-02-29").unwrap()).to_string();
        assert_eq!(at("today"), "2024-02-29");
        assert_eq!(at("today-18y"), "2006-02-28");
        assert_eq!(at("today+1m"), "2024-03-29");
        assert_eq!(at("today-60d"), "2023-12-31");
        assert_eq!(at("2020-01-01"), "2020-01-01");
        assert_eq!(at("today+2147483647y"), "9999-12-29");
        for text in ["today5d", "today+d", "today+5w", "tomorrow", "today-5ā", ""] {
            assert!(Bound::try_from(text.to_owned()).is_err(), "{text}");
        }
        for text in ["today", "today-18y", "today+1m", "today-60d", "2020-01-01"] {
            assert_eq!(String::from(Bound::try_from(text.to_owned()).unwrap()), text);
        }
    }
}
