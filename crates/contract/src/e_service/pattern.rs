//! A small form of patterns for codes that people type: character classes and counts, and nothing that can run long.
//!
//! `A` a letter A-Z, `9` a digit, `X` either, `*` any character; `\` before a character means that very one, and every
//! other character stands for itself. A count follows in braces: `A{2}9{4}`, `9{3,6}`, `-{0,1}`.

use serde::{Deserialize, Serialize};

/// A pattern; matches a whole text, character by character, greedily and without going back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    written: String,
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    class: Class,
    min: u16,
    max: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Either,
    Any,
    Exactly(char),
}

impl Class {
    fn holds(self, found: char) -> bool {
        match self {
            Self::Letter => found.is_ascii_uppercase(),
            Self::Digit => found.is_ascii_digit(),
            Self::Either => found.is_ascii_uppercase() || found.is_ascii_digit(),
            Self::Any => true,
            Self::Exactly(one) => one == found,
        }
    }

    fn overlaps(self, other: Self) -> bool {
        match (self, other) {
            (Self::Exactly(one), class) | (class, Self::Exactly(one)) => class.holds(one),
            (Self::Letter, Self::Digit) | (Self::Digit, Self::Letter) => false,
            _ => true,
        }
    }
}

impl Pattern {
    /// Most parts, and the highest count.
    pub const MAX_PARTS: usize = 40;
    pub const MAX_COUNT: u16 = 200;

    /// Whether the whole text is so.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let mut rest = text.chars().peekable();
        for part in &self.parts {
            let mut count = 0;
            while count < part.max && rest.next_if(|&found| part.class.holds(found)).is_some() {
                count += 1;
            }
            if count < part.min {
                return false;
            }
        }
        rest.peek().is_none()
    }

    /// As the definition has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = written.chars().peekable();
        while let Some(found) = rest.next() {
            let class = match found {
                'A' => Class::Letter,
                '9' => Class::Digit,
                'X' => Class::Either,
                '*' => Class::Any,
                '\\' => Class::Exactly(rest.next().ok_or("a \\ at the end")?),
                '{' | '}' => return Err(format!("a {found} without anything to count")),
                one => Class::Exactly(one),
            };
            let (min, max) = match rest.next_if_eq(&'{') {
                None => (1, 1),
                Some(_) => count(&rest.by_ref().take_while(|&c| c != '}').collect::<String>())?,
            };
            parts.push(Part { class, min, max });
        }
        if parts.is_empty() || parts.len() > Self::MAX_PARTS {
            return Err(format!("a pattern has 1 to {} parts", Self::MAX_PARTS));
        }
        // Greedy and without going back: a part of variable length must not be able to eat what comes after it.
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.min < part.max) {
            for next in &parts[at + 1..] {
                if part.class.overlaps(next.class) {
                    return Err(format!("part {} could take what a later part needs", at + 1));
                }
                if next.min > 0 {
                    break;
                }
            }
        }
        Ok(Self { written, parts })
    }
}

fn count(text: &str) -> Result<(u16, u16), String> {
    let number = |text: &str| text.parse::<u16>().map_err(|_| format!("not a count: {{{text}}}"));
    let (min, max) = match text.split_once(',') {
        Some((min, max)) => (number(min)?, number(max)?),
        None => (number(text)?, number(text)?),
    };
    let fits = min <= max && (1..=Pattern::MAX_COUNT).contains(&max);
    if fits { Ok((min, max)) } else { Err(format!("not a count: {{{text}}}")) }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_the_whole_text() {
        let table: &[(&str, &[&str], &[&str])] = &[
            ("A{2}9{4}", &["AB1234"], &["AB123", "AB12345", "ab1234", "", "ĀB1234"]),
            ("LV-9{4}", &["LV-1010"], &["LV1010", "LT-1010"]),
            ("9{1,3}/9{2}", &["1/20", "123/20"], &["/20", "1234/20"]),
            ("\\A9", &["A1"], &["B1"]),
            ("X{3}-{0,1}", &["A1B", "A1B-"], &["A1B--"]),
            ("*{1,5}", &["āēī", "x"], &["", "123456"]),
        ];
        for (pattern, good, bad) in table {
            let pattern = Pattern::try_from((*pattern).to_owned()).unwrap();
            for text in *good {
                assert!(pattern.matches(text), "{} {text}", pattern.as_str());
            }
            for text in *bad {
                assert!(!pattern.matches(text), "{} {text}", pattern.as_str());
            }
        }
    }

    #[test]
    fn a_pattern_that_could_mislead_is_refused() {
        for text in ["", "{2}", "A{", "A{x}", "A{3,1}", "A{0}", "A{201}", "9{1,3}9", "9{1,2}-{0,1}9", "*{1,5}-", "A\\"]
        {
            assert!(Pattern::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert!(Pattern::try_from("A".repeat(41)).is_err());
    }
}
