//! Latvian personal codes (Law on the Register of Natural Persons, section 8).

use super::Day;

/// What is wrong with a personal code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Not eleven digits, six and five.
    Form,
    /// The historic form, and its first six digits are no day.
    Day,
    /// The historic form, and its last digit does not follow from the others.
    Checksum,
}

/// As the registers write it: `320000-00000`. Spaces go, and the hyphen comes where eleven digits have none.
#[must_use]
pub fn tidy(text: &str) -> String {
    let mut text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.insert(6, '-');
    }
    text
}

/// Checks a tidy code: the new form (`32` and nine digits, which mean nothing) or the historic one (`ddmmyy-cnnnk`: a
/// day of birth, its century, a serial number and a check digit).
///
/// # Errors
/// Says what is wrong with it.
pub fn check(text: &str) -> Result<(), Wrong> {
    let digits = digits(text).ok_or(Wrong::Form)?;
    if digits[..2] == [3, 2] {
        return Ok(());
    }
    birth(&digits).ok_or(Wrong::Day)?;
    const WEIGHTS: [u32; 10] = [10, 5, 8, 4, 2, 1, 6, 3, 7, 9];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    if (sum + 1) % 11 % 10 == digits[10] { Ok(()) } else { Err(Wrong::Checksum) }
}

/// The day of birth in a code of the historic form; a new code does not say it.
#[must_use]
pub fn birthday(text: &str) -> Option<Day> {
    check(text).ok()?;
    digits(text).filter(|digits| digits[..2] != [3, 2]).and_then(|digits| birth(&digits))
}

fn digits(text: &str) -> Option<[u32; 11]> {
    let (first, last) = text.split_once('-')?;
    if first.len() != 6 || last.len() != 5 {
        return None;
    }
    let mut digits = [0; 11];
    for (digit, found) in digits.iter_mut().zip(first.chars().chain(last.chars())) {
        *digit = found.to_digit(10)?;
    }
    Some(digits)
}

fn birth(digits: &[u32; 11]) -> Option<Day> {
    let two = |at: usize| digits[at] * 10 + digits[at + 1];
    let century = match digits[6] {
        0 => 1800,
        1 => 1900,
        2 => 2000,
        _ => return None,
    };
    Day::new((century + two(4)).cast_signed(), two(2), two(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_known() {
        assert_eq!(check("161175-19997"), Ok(()));
        assert_eq!(check("321234-56789"), Ok(()));
        assert_eq!(check("161175-19998"), Err(Wrong::Checksum));
        assert_eq!(check("161375-19997"), Err(Wrong::Day));
        assert_eq!(check("161175-39997"), Err(Wrong::Day));
        for text in ["", "16117519997", "161175-1999", "16117ā-1999", "161175-1999a", "161175--1999", "1611751-9997"] {
            assert_eq!(check(text), Err(Wrong::Form), "{text}");
        }
    }

    #[test]
    fn the_historic_form_says_the_day_of_birth() {
        assert_eq!(birthday("161175-19997"), Day::parse("1975-11-16"));
        assert_eq!(birthday("321234-56789"), None);
    }

    #[test]
    fn spaces_and_a_missing_hyphen_are_forgiven() {
        assert_eq!(tidy(" 161175 19997 "), "161175-19997");
        assert_eq!(tidy("161175-19997"), "161175-19997");
        assert_eq!(tidy("16117519"), "16117519");
    }

    #[test]
    fn any_one_digit_mistyped_is_noticed() {
        for at in 0..11 {
            for digit in b'0'..=b'9' {
                let mut code = *b"161175-19997";
                let at = if at < 6 { at } else { at + 1 };
                if code[at] != digit {
                    code[at] = digit;
                    let code = String::from_utf8(code.to_vec()).unwrap();
                    assert!(check(&code).is_err() || code.starts_with("32"), "{code}");
                }
            }
        }
    }
}
