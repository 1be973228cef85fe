//! Calendar days; `working` says on which of them offices work.

use std::fmt;

use serde::{Deserialize, Serialize};

mod working;

/// A day, as days since 1 January 1970; `2026-11-02` in files and on the network. Years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

const LAST_YEAR: i32 = 9999;
/// Of the years 1 to 9999.
const FIRST: i32 = -719_162;
const LAST: i32 = 2_932_896;

impl Day {
    /// The day of the Gregorian calendar, where there is one.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let exists = (1..=LAST_YEAR).contains(&year) && day >= 1 && day <= days_in(year, month)?;
        // Years that begin in March (Hinnant's civil_from_days): the leap day comes last.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let in_year = i32::try_from((153 * month + 2) / 5 + day).ok()? - 1;
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let in_era = of_era * 365 + of_era / 4 - of_era / 100 + in_year;
        exists.then_some(Self(era * 146_097 + in_era - 719_468))
    }

    /// Reads `2026-11-02`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        let number = |from: usize, to: usize| {
            bytes[from..to]
                .iter()
                .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
        };
        if !shape {
            return None;
        }
        Self::new(i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?)
    }

    /// The day that many days after 1 January 1970, where its year is 1 to 9999.
    #[must_use]
    pub fn from_epoch(days: i32) -> Option<Self> {
        (FIRST..=LAST).contains(&days).then_some(Self(days))
    }

    /// Days since 1 January 1970.
    #[must_use]
    pub fn since_epoch(self) -> i32 {
        self.0
    }

    /// Year, month, day.
    #[must_use]
    pub fn parts(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let (era, in_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let of_era = (in_era - in_era / 1_460 + in_era / 36_524 - in_era / 146_096) / 365;
        let in_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
        let month = (5 * in_year + 2) / 153;
        let day = in_year - (153 * month + 2) / 5 + 1;
        let (year, month) = (of_era + era * 400, if month < 10 { month + 3 } else { month - 9 });
        (year + i32::from(month <= 2), month.unsigned_abs(), day.unsigned_abs())
    }

    /// Full years of age on `today`; negative before birth. Who is born on 29 February is a year older on 1 March.
    #[must_use]
    pub fn age_on(self, today: Self) -> i32 {
        let ((born, month, day), (year, month_now, day_now)) = (self.parts(), today.parts());
        year - born - i32::from((month_now, day_now) < (month, day))
    }

    /// So many days later, or earlier. Stops at the calendar's ends.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days).clamp(FIRST, LAST))
    }

    /// The same day of another month, or that month's last. Stops at the calendar's ends.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.parts();
        let months = (year * 12 + month.cast_signed() - 1).saturating_add(months).clamp(12, LAST_YEAR * 12 + 11);
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12).unsigned_abs() + 1);
        Self::new(year, month, day.min(days_in(year, month).unwrap_or(day))).unwrap_or(self)
    }

    /// How many days from another to this one; negative when it is later.
    #[must_use]
    pub fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }
}

fn days_in(year: i32, month: u32) -> Option<u32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    })
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("not a day: {text}"))
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect(text)
    }

    #[test]
    fn every_day_of_the_calendar_reads_back() {
        for days in (-719_162..=2_932_896).step_by(7) {
            let it = Day::from_epoch(days).unwrap();
            assert_eq!(Day::parse(&it.to_string()), Some(it));
        }
        assert_eq!(day("1970-01-01").since_epoch(), 0);
        assert_eq!(day("2000-03-01").since_epoch(), 11_017);
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_none() {
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-01",
            "2024-01-00",
            "2024-4-1",
            "0000-01-01",
            "2024-01-01Z",
            "+024-01-01",
            "2024-0ā-1",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert!(Day::parse("2024-02-29").is_some());
    }

    #[test]
    fn one_comes_of_age_on_the_birthday() {
        assert_eq!(day("2008-11-23").age_on(day("2026-11-22")), 17);
        assert_eq!(day("2008-11-23").age_on(day("2026-11-23")), 18);
        assert_eq!(day("2008-02-29").age_on(day("2026-02-28")), 17);
        assert_eq!(day("2008-02-29").age_on(day("2026-03-01")), 18);
    }

    #[test]
    fn a_month_later_is_the_same_day_or_the_months_last() {
        for (from, months, to) in [
            ("2026-01-31", 1, "2026-02-28"),
            ("2028-01-31", 1, "2028-02-29"),
            ("2026-11-18", 1, "2026-12-18"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-01-15", -2, "2025-11-15"),
            ("2024-02-29", 12, "2025-02-28"),
        ] {
            assert_eq!(day(from).plus_months(months), day(to), "{from} {months}");
        }
    }
}
