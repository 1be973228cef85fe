//! An office with address, hours and phone, and whether it is open now.

use serde::{Deserialize, Serialize};

use crate::{Fallback, Link};

/// Opening hours, `HH:MM-HH:MM` in Latvia; a day that is left out is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mon: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tue: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thu: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sat: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sun: Option<String>,
}

/// An office of an institution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    pub slug: String,
    pub name: String,
    /// Slug of the institution whose office it is.
    pub institution: String,
    /// The municipality it stands in.
    pub territory: Link,
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default)]
    pub hours: Hours,
    /// Latitude and longitude, WGS 84.
    pub position: [f64; 2],
    /// Texts that stand in another language than the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Fallback>,
}

/// What a clock in Latvia says of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Open now, until so many minutes after midnight.
    Until(u16),
    /// Closed now; opens at so many minutes after midnight, in so many days (0 is today).
    From { minute: u16, days: u8 },
    /// No day has hours.
    Unknown,
}

impl Hours {
    /// Monday first.
    #[must_use]
    pub fn days(&self) -> [Option<&str>; 7] {
        [&self.mon, &self.tue, &self.wed, &self.thu, &self.fri, &self.sat, &self.sun].map(|day| day.as_deref())
    }

    /// The state at `weekday` (0 is Monday) and `minute` after midnight.
    #[must_use]
    pub fn at(&self, weekday: u8, minute: u16) -> Opening {
        let days = self.days();
        for ahead in 0..7_u8 {
            let span = days[usize::from((weekday + ahead) % 7)].and_then(span);
            match span {
                Some((from, until)) if ahead == 0 && (from..until).contains(&minute) => return Opening::Until(until),
                Some((from, _)) if ahead > 0 || minute < from => return Opening::From { minute: from, days: ahead },
                _ => {}
            }
        }
        Opening::Unknown
    }
}

/// `HH:MM-HH:MM` as minutes after midnight; `None` unless it is one, and ends after it starts.
#[must_use]
pub fn span(text: &str) -> Option<(u16, u16)> {
    let (from, until) = text.split_once('-')?;
    let (from, until) = (minute(from)?, minute(until)?);
    (from < until).then_some((from, until))
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    if hour.len() != 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weekdays() -> Hours {
        let day = || Some("09:00-17:00".to_owned());
        Hours { mon: Some("10:00-18:00".into()), tue: day(), fri: day(), ..Hours::default() }
    }

    #[test]
    fn an_office_says_until_when_it_is_open_or_when_it_opens() {
        let cases = [
            (0, 10 * 60, Opening::Until(18 * 60)),
            (0, 9 * 60, Opening::From { minute: 10 * 60, days: 0 }),
            (0, 18 * 60, Opening::From { minute: 9 * 60, days: 1 }),
            (1, 17 * 60, Opening::From { minute: 9 * 60, days: 3 }),
            (5, 0, Opening::From { minute: 10 * 60, days: 2 }),
        ];
        for (weekday, minute, expected) in cases {
            assert_eq!(weekdays().at(weekday, minute), expected, "day {weekday}, minute {minute}");
        }
    }

    #[test]
    fn an_office_without_hours_is_not_called_closed() {
        assert_eq!(Hours::default().at(2, 600), Opening::Unknown);
    }

    #[test]
    fn a_span_is_two_times_in_order() {
        assert_eq!(span("08:30-17:00"), Some((510, 1020)));
        for wrong in ["", "8:30-17:00", "17:00-08:30", "08:30", "24:00-25:00", "08:60-09:00", "08:30–17:00"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
