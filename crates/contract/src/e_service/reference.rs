//! Reference numbers: short, said over the telephone, typed from paper.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// No 0, 1, I, L, O (read as one another), no A and U (fewer words). Twenty-nine is a prime: the check character notices
/// every one mistyped character and every two swapped ones.
const ALPHABET: &[u8; 29] = b"23456789BCDEFGHJKMNPQRSTVWXYZ";
const BASE: u64 = 29;
const LENGTH: usize = 8;

/// The number of a use or a submission: `7K4M-9XQ2`, the last character checks the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(u64);

impl Reference {
    /// How many there are: 29^7, about 17 thousand million.
    pub const COUNT: u64 = BASE.pow(7);

    /// From a random number (any; reduced to [`Self::COUNT`]). The caller makes sure that it is not taken.
    #[must_use]
    pub fn new(random: u64) -> Self {
        Self(random % Self::COUNT)
    }

    /// The number in it, below [`Self::COUNT`].
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }

    fn values(self) -> [u64; LENGTH] {
        let mut values = [0; LENGTH];
        let mut rest = self.0;
        for value in values[..LENGTH - 1].iter_mut().rev() {
            (*value, rest) = (rest % BASE, rest / BASE);
        }
        // Weights 2 to 8, and 1 for the check character: all of them differ and none is 0 in the field of 29.
        let sum: u64 = values.iter().zip((2..).take(LENGTH - 1)).map(|(value, weight)| value * weight).sum();
        values[LENGTH - 1] = (BASE - sum % BASE) % BASE;
        values
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, value) in self.values().into_iter().enumerate() {
            let separator = if at == LENGTH / 2 { "-" } else { "" };
            let letter =
                usize::try_from(value).ok().and_then(|at| ALPHABET.get(at)).map_or('?', |&byte| char::from(byte));
            write!(out, "{separator}{letter}")?;
        }
        Ok(())
    }
}

/// Why a text is no reference number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoReference {
    /// Not eight characters of the alphabet.
    Form,
    /// A character is mistyped.
    Check,
}

impl FromStr for Reference {
    type Err = NoReference;

    /// Case, spaces and hyphens are forgiven.
    fn from_str(text: &str) -> Result<Self, NoReference> {
        let mut values = Vec::with_capacity(LENGTH);
        for found in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let found = found.to_ascii_uppercase();
            let at = ALPHABET.iter().position(|&byte| char::from(byte) == found).ok_or(NoReference::Form)?;
            values.push(at as u64);
            if values.len() > LENGTH {
                return Err(NoReference::Form);
            }
        }
        let [payload @ .., _] = values.as_slice() else { return Err(NoReference::Form) };
        if values.len() != LENGTH {
            return Err(NoReference::Form);
        }
        let reference = Self(payload.iter().fold(0, |sum, value| sum * BASE + value));
        if reference.values() == *values { Ok(reference) } else { Err(NoReference::Check) }
    }
}

impl TryFrom<String> for Reference {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|_| format!("not a reference number: {text}"))
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> impl Iterator<Item = Reference> {
        (0..200u64).map(|n| Reference::new(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    #[test]
    fn a_number_is_written_and_read() {
        for reference in some().chain([Reference::new(0), Reference::new(Reference::COUNT - 1)]) {
            let text = reference.to_string();
            assert_eq!(text.len(), 9);
            assert_eq!(text.parse(), Ok(reference));
            assert_eq!(text.replace('-', " ").to_lowercase().parse(), Ok(reference));
        }
    }

    #[test]
    fn one_mistyped_character_or_two_swapped_ones_are_noticed() {
        for reference in some() {
            let text: Vec<u8> = reference.to_string().replace('-', "").into_bytes();
            for at in 0..LENGTH {
                for &letter in ALPHABET.iter().filter(|&&letter| letter != text[at]) {
                    let mut other = text.clone();
                    other[at] = letter;
                    assert_eq!(String::from_utf8(other).unwrap().parse::<Reference>(), Err(NoReference::Check));
                }
                let mut swapped = text.clone();
                swapped.swap(at, (at + 1) % LENGTH);
                if swapped != text {
                    assert_eq!(String::from_utf8(swapped).unwrap().parse::<Reference>(), Err(NoReference::Check));
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "7K4M", "7K4M-9XQ22", "OOOO-OOOO", "7K4M-9XQ\u{1F600}"] {
            assert_eq!(text.parse::<Reference>(), Err(NoReference::Form), "{text}");
        }
    }
}
