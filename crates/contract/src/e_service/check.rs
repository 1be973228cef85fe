//! Whether one answer is as its question wants it: a typed error with what it takes to say it in words.

use std::borrow::Cow;

use super::{Address, Choice, Day, Kind, Value, country, field, iban, personal_code};
use crate::identity;

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is answered, and it must be.
    Required,
    /// Of another type than the question's.
    WrongType,
    /// In characters.
    TooLong {
        max: u32,
    },
    /// Not of the form, as the definition writes it.
    Pattern {
        pattern: String,
    },
    NotANumber,
    /// Also of money, in cents.
    TooSmall {
        min: i64,
    },
    TooLarge {
        max: i64,
    },
    NotADate,
    TooEarly {
        min: Day,
    },
    TooLate {
        max: Day,
    },
    /// Not among the options, or one of them twice.
    NotAnOption,
    /// Not eleven digits.
    PersonalCode,
    /// The first six digits are no day.
    PersonalCodeDay,
    /// A digit is mistyped.
    PersonalCodeChecksum,
    RegistrationNumber,
    Phone,
    Email,
    Iban,
    /// A character is mistyped.
    IbanChecksum,
    AddressTerritory,
    AddressStreet,
    AddressPostalCode,
    Country,
    Institution,
    Person,
    FileTooLarge {
        max_bytes: u64,
    },
    FileType,
    TooManyFiles {
        max: u16,
    },
    TooFewRows {
        min: u16,
    },
    TooManyRows {
        max: u16,
    },
    /// The sentence has to be ticked.
    NotTicked,
    /// A rule of the definition does not hold; its id. The definition has the message.
    Rule {
        id: String,
    },
}

impl Fault {
    /// The rule as a code: for a problem's `broken`, for the app's texts, in examples. A rule of the definition by its id.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Required => "required",
            Self::WrongType => "wrong_type",
            Self::TooLong { .. } => "too_long",
            Self::Pattern { .. } => "pattern",
            Self::NotANumber => "not_a_number",
            Self::TooSmall { .. } => "too_small",
            Self::TooLarge { .. } => "too_large",
            Self::NotADate => "not_a_date",
            Self::TooEarly { .. } => "too_early",
            Self::TooLate { .. } => "too_late",
            Self::NotAnOption => "not_an_option",
            Self::PersonalCode => "personal_code",
            Self::PersonalCodeDay => "personal_code_day",
            Self::PersonalCodeChecksum => "personal_code_checksum",
            Self::RegistrationNumber => "registration_number",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Iban => "iban",
            Self::IbanChecksum => "iban_checksum",
            Self::AddressTerritory => "address_territory",
            Self::AddressStreet => "address_street",
            Self::AddressPostalCode => "address_postal_code",
            Self::Country => "country",
            Self::Institution => "institution",
            Self::Person => "person",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::FileType => "file_type",
            Self::TooManyFiles { .. } => "too_many_files",
            Self::TooFewRows { .. } => "too_few_rows",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::NotTicked => "not_ticked",
            Self::Rule { id } => id,
        }
    }
}

/// Who asks for themselves, as an answer to "for whom".
pub const ME: &str = "me";
/// Longest street line, in characters.
const MAX_STREET: u32 = 200;

impl Kind {
    /// What is wrong with an answer that is not blank; of a group only the number of its rows.
    #[must_use]
    pub fn check(&self, value: &Value, today: Day) -> Option<Fault> {
        match (self, value) {
            (Self::Number { min, max }, Value::Number(number)) => within(*number, *min, *max),
            (Self::Money { min_cents, max_cents }, Value::Number(cents)) => {
                within(*cents, Some(*min_cents), *max_cents)
            }
            (Self::Number { .. } | Self::Money { .. }, Value::Text(_)) => Some(Fault::NotANumber),
            (Self::YesNo {}, Value::Bool(_)) => None,
            (Self::Statement {}, Value::Bool(ticked)) => (!ticked).then_some(Fault::NotTicked),
            (Self::Choices { options }, Value::Many(chosen)) => {
                let known = |id: &String| options.iter().any(|option| option.id == *id);
                let twice =
                    chosen.len() > options.len() || (1..chosen.len()).any(|at| chosen[..at].contains(&chosen[at]));
                (twice || !chosen.iter().all(known)).then_some(Fault::NotAnOption)
            }
            (Self::Address {}, Value::Address(address)) => check_address(address),
            (Self::File { max_bytes, count, types }, Value::Files(files)) => {
                if files.len() > usize::from(*count) {
                    Some(Fault::TooManyFiles { max: *count })
                } else if files.iter().any(|file| file.bytes > *max_bytes) {
                    Some(Fault::FileTooLarge { max_bytes: *max_bytes })
                } else {
                    (!files.iter().all(|file| types.contains(&file.media_type))).then_some(Fault::FileType)
                }
            }
            (Self::Group { min, max, .. }, Value::Rows(rows)) => {
                if rows.len() < usize::from(*min) {
                    Some(Fault::TooFewRows { min: *min })
                } else {
                    (rows.len() > usize::from(*max)).then_some(Fault::TooManyRows { max: *max })
                }
            }
            (_, Value::Text(text)) => self.check_text(&self.tidy(text), today),
            _ => Some(Fault::WrongType),
        }
    }

    fn check_text(&self, text: &str, today: Day) -> Option<Fault> {
        match self {
            Self::Text { max, pattern } => too_long(text, *max).or_else(|| {
                let pattern = pattern.as_ref().filter(|pattern| !pattern.matches(text))?;
                Some(Fault::Pattern { pattern: pattern.as_str().into() })
            }),
            Self::LongText { max } => too_long(text, *max),
            Self::Date { min, max } => {
                let Some(day) = Day::parse(text) else { return Some(Fault::NotADate) };
                let (min, max) = (min.map(|min| min.on(today)), max.map(|max| max.on(today)));
                let early = min.filter(|min| day < *min).map(|min| Fault::TooEarly { min });
                early.or_else(|| max.filter(|max| day > *max).map(|max| Fault::TooLate { max }))
            }
            Self::Choice { options } => (!is_option(options, text)).then_some(Fault::NotAnOption),
            Self::PersonalCode {} => personal_code::check(text).err().map(|wrong| match wrong {
                personal_code::Wrong::Form => Fault::PersonalCode,
                personal_code::Wrong::Day => Fault::PersonalCodeDay,
                personal_code::Wrong::Checksum => Fault::PersonalCodeChecksum,
            }),
            Self::RegistrationNumber {} => {
                let digits = text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit());
                (!digits).then_some(Fault::RegistrationNumber)
            }
            Self::Phone {} => identity::phone(text).is_none().then_some(Fault::Phone),
            Self::Email {} => (!identity::is_email(text)).then_some(Fault::Email),
            Self::Iban {} => iban::check(text).err().map(|wrong| match wrong {
                iban::Wrong::Form => Fault::Iban,
                iban::Wrong::Checksum => Fault::IbanChecksum,
            }),
            Self::Country {} => (!country::is_country(text)).then_some(Fault::Country),
            Self::Institution { .. } => (!field::is_slug(text)).then_some(Fault::Institution),
            Self::Person {} => (text != ME && personal_code::check(text).is_err()).then_some(Fault::Person),
            _ => Some(Fault::WrongType),
        }
    }

    /// A typed text as it is kept in the end: without stray spaces, codes as registers write them. What is no code stays
    /// as it was typed. Doing it twice changes nothing.
    #[must_use]
    pub fn tidy<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let upper = || text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect::<String>();
        match self {
            Self::LongText { .. } => Cow::Borrowed(text.trim()),
            Self::PersonalCode {} | Self::Person {} => Cow::Owned(personal_code::tidy(text)),
            Self::RegistrationNumber {} => Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect()),
            Self::Iban {} | Self::Country {} => Cow::Owned(upper()),
            Self::Phone {} => identity::phone(text.trim()).map_or(Cow::Borrowed(text.trim()), Cow::Owned),
            _ => one_line(text),
        }
    }

    /// A typed text as an answer: a number where one is asked for and one is typed (money as `12`, `12,5`, `12.50`).
    #[must_use]
    pub fn typed(&self, text: &str) -> Value {
        let bare = || text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let number = match self {
            Self::Number { .. } => bare().parse().ok(),
            Self::Money { .. } => cents(bare().trim_end_matches('€')),
            _ => None,
        };
        number.map_or_else(|| Value::Text(text.into()), Value::Number)
    }

    /// An answer as it is sent.
    #[must_use]
    pub fn tidy_value(&self, value: &Value) -> Value {
        match value {
            Value::Text(text) => Value::Text(self.tidy(text).into_owned()),
            Value::Address(address) => Value::Address(Address {
                territory: address.territory.trim().into(),
                street: one_line(&address.street).into_owned(),
                postal_code: postal_code(&address.postal_code),
            }),
            other => other.clone(),
        }
    }
}

fn is_option(options: &[Choice], id: &str) -> bool {
    options.iter().any(|option| option.id == id)
}

fn within(number: i64, min: Option<i64>, max: Option<i64>) -> Option<Fault> {
    let small = min.filter(|min| number < *min).map(|min| Fault::TooSmall { min });
    small.or_else(|| max.filter(|max| number > *max).map(|max| Fault::TooLarge { max }))
}

fn too_long(text: &str, max: u32) -> Option<Fault> {
    // A text has no more characters than bytes: short ones are not counted.
    (text.len() > max as usize && text.chars().count() > max as usize).then_some(Fault::TooLong { max })
}

fn check_address(address: &Address) -> Option<Fault> {
    if !field::is_slug(address.territory.trim()) {
        return Some(Fault::AddressTerritory);
    }
    let street = one_line(&address.street);
    if street.is_empty() || too_long(&street, MAX_STREET).is_some() {
        return Some(Fault::AddressStreet);
    }
    let code = postal_code(&address.postal_code);
    let digits =
        code.strip_prefix("LV-").is_some_and(|rest| rest.len() == 4 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    (!digits).then_some(Fault::AddressPostalCode)
}

/// `LV-1010`, from `1010` or `lv 1010` too.
fn postal_code(text: &str) -> String {
    let code: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let digits = code.trim_start_matches("LV").trim_start_matches('-');
    if digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) { format!("LV-{digits}") } else { code }
}

fn one_line(text: &str) -> Cow<'_, str> {
    if text == text.trim() && !text.contains("  ") && !text.contains(['\n', '\r', '\t']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn cents(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (euro, rest) = text.split_once([',', '.']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if euro.is_empty() || rest.len() > 2 || !digits(euro) || !digits(rest) {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    euro.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?.checked_mul(sign)
}

#[cfg(test)]
mod tests;
