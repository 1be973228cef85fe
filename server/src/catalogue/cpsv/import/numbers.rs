//! Sums and times as CPSV-AP writes them.

use durvis_contract::TermUnit;

use crate::catalogue::source::Term;

/// Euros in cents: `50.00`, `5.0E1`.
pub(super) fn cents(euros: &str) -> Option<u32> {
    let cents = euros.trim().parse::<f64>().ok()? * 100.0;
    let whole = cents.round();
    (cents.is_finite() && (0.0..=f64::from(u32::MAX)).contains(&whole)).then_some(whole as u32)
}

/// An ISO 8601 duration in months, or in calendar days, hours rounded up.
pub(super) fn term(duration: &str) -> Option<Term> {
    let rest = duration.trim().strip_prefix('P')?;
    let (date, time) = rest.split_once('T').unwrap_or((rest, ""));
    let date = amounts(date, "YMWD")?;
    let time = amounts(time, "HMS")?;
    let of =
        |amounts: &[(char, f64)], letter| amounts.iter().find(|(one, _)| *one == letter).map_or(0.0, |(_, many)| *many);
    let months = of(&date, 'Y') * 12.0 + of(&date, 'M');
    let hours = of(&time, 'H') + of(&time, 'M') / 60.0 + of(&time, 'S') / 3_600.0;
    let days = of(&date, 'W') * 7.0 + of(&date, 'D') + (hours / 24.0).ceil();
    let (many, unit) = match (months > 0.0, days > 0.0) {
        (true, false) => (months, TermUnit::Months),
        // A month is at most 31 days: what is promised at most must not become less.
        (true, true) => (months * 31.0 + days, TermUnit::CalendarDays),
        (false, _) => (days, TermUnit::CalendarDays),
    };
    let named = !date.is_empty() || !time.is_empty();
    (named && many.fract() == 0.0 && many <= f64::from(u16::MAX)).then_some(Term { days: many as u16, unit })
}

/// `1Y6M` as letters with their numbers, in the order of `letters`.
fn amounts(text: &str, letters: &str) -> Option<Vec<(char, f64)>> {
    let mut amounts = Vec::new();
    let mut letters = letters.chars();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let letter = rest[end..].chars().next()?;
        letters.find(|one| *one == letter)?;
        amounts.push((letter, rest[..end].parse().ok()?));
        rest = &rest[end + letter.len_utf8()..];
    }
    Some(amounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_to_the_cent() {
        for (text, sum) in [("50.00", 5_000), ("0.29", 29), ("5.0E1", 5_000), ("0", 0), ("19.99", 1_999)] {
            assert_eq!(cents(text), Some(sum), "{text}");
        }
        for wrong in ["", "-1", "free", "NaN", "INF", "1e300", "5,00"] {
            assert_eq!(cents(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_is_never_shortened() {
        use TermUnit::{CalendarDays, Months};
        let cases = [
            ("P3D", 3, CalendarDays),
            ("P2M", 2, Months),
            ("P1Y6M", 18, Months),
            ("P2W", 14, CalendarDays),
            ("PT2H", 1, CalendarDays),
            ("P1M1D", 32, CalendarDays),
            ("P0D", 0, CalendarDays),
        ];
        for (text, days, unit) in cases {
            let read = term(text).unwrap();
            assert_eq!((read.days, read.unit), (days, unit), "{text}");
        }
        for wrong in ["", "P", "PT", "3D", "P3", "P3X", "P1D2M", "P99999999D", "P-1D", "soon", "Pé"] {
            assert!(term(wrong).is_none(), "{wrong}");
        }
    }
}
