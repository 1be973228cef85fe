//! International bank account numbers (ISO 13616).

/// Lengths in the countries of the SEPA area; elsewhere 15 to 34.
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AL", 28),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("UA", 29),
    ("VA", 22),
];

/// What is wrong with an account number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Form,
    Checksum,
}

/// Checks a number in capitals without spaces.
///
/// # Errors
/// Says what is wrong with it.
pub fn check(text: &str) -> Result<(), Wrong> {
    let bytes = text.as_bytes();
    let form = (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !form || LENGTHS.iter().any(|(country, length)| text.starts_with(country) && text.len() != *length) {
        return Err(Wrong::Form);
    }
    let remainder = bytes[4..].iter().chain(&bytes[..4]).fold(0u32, |sum, &byte| match byte {
        b'0'..=b'9' => (sum * 10 + u32::from(byte - b'0')) % 97,
        _ => (sum * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    if remainder == 1 { Ok(()) } else { Err(Wrong::Checksum) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_number_checks_itself() {
        for text in ["LV80BANK0000435195001", "DE89370400440532013000", "GB29NWBK60161331926819", "NO9386011117947"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        assert_eq!(check("LV80BANK0000435195002"), Err(Wrong::Checksum));
        for text in [
            "",
            "LV80BANK000043519500",
            "lv80bank0000435195001",
            "LV80 BANK 0000 4351 9500 1",
            "LV80BANKā00043519500",
            "XX",
        ] {
            assert_eq!(check(text), Err(Wrong::Form), "{text}");
        }
    }
}
