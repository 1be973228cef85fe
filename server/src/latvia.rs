//! What day it is in Latvia: a form is sent on the day of those who fill it in, not of UTC.

use durvis_contract::day::Day;
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

const WINTER: UtcOffset = offset(2);
const SUMMER: UtcOffset = offset(3);

/// What the clocks in Latvia show at a moment.
#[must_use]
pub fn local(at: OffsetDateTime) -> OffsetDateTime {
    at.to_offset(if is_summer(at) { SUMMER } else { WINTER })
}

/// The day in Latvia at a moment.
#[must_use]
pub fn day(at: OffsetDateTime) -> Day {
    let at = local(at);
    let (year, month, day) = (at.year(), u32::from(u8::from(at.month())), u32::from(at.day()));
    Day::new(year, month, day).expect("a date is a day")
}

/// From the last Sunday of March to that of October, at one o'clock UTC (Directive 2000/84/EC).
fn is_summer(at: OffsetDateTime) -> bool {
    let change = |month| last_sunday(at.year(), month).with_time(Time::MIDNIGHT + time::Duration::HOUR).assume_utc();
    (change(Month::March)..change(Month::October)).contains(&at)
}

fn last_sunday(year: i32, month: Month) -> Date {
    let last = Date::from_calendar_date(year, month, 31).expect("both months have 31 days");
    last - time::Duration::days(i64::from(last.weekday().number_days_from_sunday()))
}

const fn offset(hours: i8) -> UtcOffset {
    match UtcOffset::from_hms(hours, 0, 0) {
        Ok(offset) => offset,
        Err(_) => UtcOffset::UTC,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_day_begins_at_midnight_in_latvia() {
        let day = |at| day(at).to_string();
        assert_eq!(day(datetime!(2026-11-22 21:59 UTC)), "2026-11-22");
        assert_eq!(day(datetime!(2026-11-22 22:00 UTC)), "2026-11-23");
        assert_eq!(day(datetime!(2026-07-01 21:00 UTC)), "2026-07-02");
        assert_eq!(day(datetime!(2026-03-28 22:00 UTC)), "2026-03-29", "the last hours of winter");
        assert_eq!(day(datetime!(2026-03-29 21:00 UTC)), "2026-03-30", "the first day of summer");
        assert_eq!(day(datetime!(2026-10-25 21:30 UTC)), "2026-10-25", "winter again");
    }
}
