//! Working days in Latvia.

use super::Day;

/// Public holidays on the same day of each year: month, day.
const HOLIDAYS: [(u32, u32); 10] =
    [(1, 1), (5, 1), (5, 4), (6, 23), (6, 24), (11, 18), (12, 24), (12, 25), (12, 26), (12, 31)];
/// After these, when they fall on a weekend, the next working day is free (law on public holidays, section 1).
const MOVED: [(u32, u32); 2] = [(5, 4), (11, 18)];

impl Day {
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
        let (year, month, day) = self.parts();
        let from_easter = self.since(easter(year));
        let moved = |(month, day)| {
            let feast = of(year, month, day);
            feast.is_weekend() && (1..=2).contains(&self.since(feast)) && self.weekday() == 0
        };
        HOLIDAYS.contains(&(month, day)) || matches!(from_easter, -2..=1) || MOVED.into_iter().any(moved)
    }

    /// 0 is Monday.
    fn weekday(self) -> i32 {
        (self.0 + 3).rem_euclid(7)
    }
}

/// A day that exists.
fn of(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).expect("a feast is a day")
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
    of(year, month.unsigned_abs(), day.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
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
            assert_eq!(easter(day(sunday).parts().0), day(sunday));
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
