//! Days without time, and which of them are working days in Latvia.

use std::fmt;

/// A day of the Gregorian calendar, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i32);

/// Public holidays on the same day of each year: month, day.
const HOLIDAYS: [(u32, u32); 10] =
    [(1, 1), (5, 1), (5, 4), (6, 23), (6, 24), (11, 18), (12, 24), (12, 25), (12, 26), (12, 31)];
/// After these, when they fall on a weekend, the next working day is free (law on public holidays, section 1).
const MOVED: [(u32, u32); 2] = [(5, 4), (11, 18)];

impl Day {
    /// A day that exists, of the years 1900 to 2199.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let is =
            (1900..2200).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= month_days(year, month);
        is.then(|| Self::of(year, month, day))
    }

    /// Reads `2026-11-23`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())?
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() { None } else { Self::new(i32::try_from(year).ok()?, month, day) }
    }

    /// Howard Hinnant's `days_from_civil`.
    fn of(year: i32, month: u32, day: u32) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = i32::try_from((month + 9) % 12).expect("below 12");
        let of_year = (153 * month + 2) / 5 + i32::try_from(day).expect("below 32") - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// Year, month, day.
    #[must_use]
    pub fn civil(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }

    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// How many days from another to this one; negative when it is later.
    #[must_use]
    pub fn since(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }

    /// The same day of another month, or that month's last.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.civil();
        let whole = year * 12 + i32::try_from(month).expect("at most 12") - 1 + months;
        let (year, month) = (whole.div_euclid(12), whole.rem_euclid(12).unsigned_abs() + 1);
        Self::of(year, month, day.min(month_days(year, month)))
    }

    /// So many working days later, or earlier; the day itself does not count.
    #[must_use]
    pub fn plus_working_days(self, days: i32) -> Self {
        let (mut day, mut left) = (self, days.abs());
        while left > 0 {
            day = day.plus(days.signum());
            left -= i32::from(day.is_working());
        }
        day
    }

    #[must_use]
    pub fn is_working(self) -> bool {
        !self.is_weekend() && !self.is_holiday()
    }

    fn is_weekend(self) -> bool {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7) >= 5
    }

    fn is_holiday(self) -> bool {
        let (year, month, day) = self.civil();
        let from_easter = self.since(easter(year));
        let moved = |(month, day)| {
            let feast = Self::of(year, month, day);
            feast.is_weekend() && (1..=2).contains(&self.since(feast)) && self.weekday() == 0
        };
        HOLIDAYS.contains(&(month, day)) || matches!(from_easter, -2..=1) || MOVED.into_iter().any(moved)
    }

    /// 0 is Monday.
    fn weekday(self) -> i32 {
        (self.0 + 3).rem_euclid(7)
    }
}

/// `2026-11-23`
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn month_days(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Easter Sunday (the anonymous Gregorian algorithm).
fn easter(year: i32) -> Day {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Day::of(year, month.unsigned_abs(), day.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn every_day_of_three_centuries_comes_back_from_its_text() {
        let mut at = day("1900-01-01");
        let mut before = None;
        while at <= day("2199-12-31") {
            assert_eq!(Day::parse(&at.to_string()), Some(at));
            assert!(before < Some(at));
            before = Some(at);
            at = at.plus(1);
        }
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for wrong in [
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "26-01-01",
            "2026-1-1",
            "2026-01-01-01",
            "2026-01-+1",
            "1899-12-31",
        ] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
        assert!(Day::parse("2028-02-29").is_some() && Day::parse("2100-02-29").is_none());
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

    #[test]
    fn working_days_pass_over_weekends_and_holidays() {
        for (from, days, to) in [
            ("2026-11-20", 1, "2026-11-23"),
            ("2026-11-17", 1, "2026-11-19"),
            ("2026-04-02", 1, "2026-04-07"),
            ("2026-06-22", 1, "2026-06-25"),
            ("2026-12-23", 2, "2026-12-29"),
            ("2026-11-23", 6, "2026-12-01"),
            ("2026-11-23", -1, "2026-11-20"),
            // 18 November 2028 is a Saturday.
            ("2028-11-17", 1, "2028-11-21"),
            // 4 May 2025 is a Sunday.
            ("2025-05-02", 1, "2025-05-06"),
        ] {
            assert_eq!(day(from).plus_working_days(days), day(to), "{from} {days}");
        }
    }

    #[test]
    fn easter_is_where_the_church_has_it() {
        for sunday in ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"] {
            assert_eq!(easter(day(sunday).civil().0), day(sunday));
        }
    }

    #[test]
    fn a_count_of_working_days_holds_exactly_that_many() {
        for start in 0..1_000 {
            let from = day("2026-01-01").plus(start * 7 % 997);
            for count in 1..30 {
                let to = from.plus_working_days(count);
                let between = (1..=to.since(from)).filter(|days| from.plus(*days).is_working()).count();
                assert!(to.is_working() && between == usize::try_from(count).unwrap(), "{from} {count}");
            }
        }
    }
}
