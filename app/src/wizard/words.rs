//! Answers, mistakes and reasons of an e-service in words.

use durvis_contract::e_service::{
    Answers, At, Choice, Day, Definition, Fault, Field, Ground, Kind, ME, Texts, Value, Wrong,
};
use durvis_contract::uses::KnownPerson;
use durvis_search::Index;
use leptos::prelude::*;

use crate::i18n::{content, country, date, key, money, t, tf};

/// A text of a definition, as the page speaks.
pub fn said(texts: &Texts) -> String {
    texts.in_language(content()).0.to_owned()
}

/// A mistake as a sentence that says what to do.
pub fn fault(definition: &Definition, Wrong { at, fault }: &Wrong) -> String {
    let said = |key, name: &str, value: String| tf(key, &[(name, &value)]);
    match fault {
        Fault::Required => required(definition, at),
        Fault::TooLong { max } => said(key::FAULT_TOO_LONG, "max", max.to_string()),
        Fault::Pattern { pattern } => said(key::FAULT_PATTERN, "pattern", pattern.clone()),
        Fault::NotANumber | Fault::WrongType => t(key::FAULT_NUMBER).to_owned(),
        Fault::TooSmall { min } => said(key::FAULT_TOO_SMALL, "min", amount(definition, at, *min)),
        Fault::TooLarge { max } => said(key::FAULT_TOO_LARGE, "max", amount(definition, at, *max)),
        Fault::NotADate => t(key::FAULT_DATE).to_owned(),
        Fault::TooEarly { min } => said(key::FAULT_TOO_EARLY, "min", day(*min)),
        Fault::TooLate { max } => said(key::FAULT_TOO_LATE, "max", day(*max)),
        Fault::NotAnOption => t(key::FAULT_OPTION).to_owned(),
        Fault::PersonalCode | Fault::PersonalCodeDay => t(key::FAULT_PERSONAL_CODE).to_owned(),
        Fault::PersonalCodeChecksum => t(key::FAULT_PERSONAL_CODE_DIGIT).to_owned(),
        Fault::RegistrationNumber => t(key::FAULT_REGISTRATION_NUMBER).to_owned(),
        Fault::Phone => t(key::WRONG_PHONE).to_owned(),
        Fault::Email => t(key::WRONG_EMAIL).to_owned(),
        Fault::Iban => t(key::FAULT_IBAN).to_owned(),
        Fault::IbanChecksum => t(key::FAULT_IBAN_DIGIT).to_owned(),
        Fault::AddressTerritory => t(key::FAULT_TERRITORY).to_owned(),
        Fault::AddressStreet => t(key::FAULT_STREET).to_owned(),
        Fault::AddressPostalCode => t(key::FAULT_POSTAL_CODE).to_owned(),
        Fault::Country => t(key::FAULT_OPTION).to_owned(),
        Fault::Institution => t(key::FAULT_OPTION).to_owned(),
        Fault::Person => t(key::FAULT_OPTION).to_owned(),
        Fault::FileTooLarge { max_bytes } => said(key::FAULT_FILE_LARGE, "max", megabytes(*max_bytes)),
        Fault::FileType => t(key::FAULT_FILE_TYPE).to_owned(),
        Fault::TooManyFiles { max } => said(key::FAULT_FILES, "max", max.to_string()),
        Fault::TooFewRows { min } => said(key::FAULT_FEW_ROWS, "min", min.to_string()),
        Fault::TooManyRows { max } => said(key::FAULT_MANY_ROWS, "max", max.to_string()),
        Fault::NotTicked => t(key::FAULT_TICK).to_owned(),
        Fault::Rule { id } => {
            let rule = definition.rules.iter().find(|rule| rule.id == *id);
            rule.map(|rule| self::said(&rule.message)).unwrap_or_default()
        }
    }
}

fn required(definition: &Definition, at: &At) -> String {
    let id = at.cell.as_ref().map_or(&at.field, |(_, column)| column);
    let Some(field) = definition.field(id) else { return t(key::FAULT_REQUIRED).to_owned() };
    match field.kind {
        Kind::Statement {} => t(key::FAULT_TICK).to_owned(),
        Kind::File { .. } => tf(key::FAULT_FILE, &[("field", &said(&field.label))]),
        Kind::Choice { .. } | Kind::YesNo {} | Kind::Person {} | Kind::Institution { .. } | Kind::Country {} => {
            tf(key::FAULT_CHOOSE, &[("field", &said(&field.label))])
        }
        _ => tf(key::FAULT_FILL, &[("field", &said(&field.label))]),
    }
}

fn amount(definition: &Definition, at: &At, number: i64) -> String {
    let id = at.cell.as_ref().map_or(&at.field, |(_, column)| column);
    let is_money = definition.field(id).is_some_and(|field| matches!(field.kind, Kind::Money { .. }));
    if is_money { cents(number) } else { number.to_string() }
}

fn cents(number: i64) -> String {
    let size = money(u32::try_from(number.unsigned_abs()).unwrap_or(u32::MAX));
    if number < 0 { format!("−{size}") } else { size }
}

fn day(day: Day) -> String {
    date(&day.to_string().into())
}

pub fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

/// What answers are told with.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub index: Option<&'a Index>,
    pub people: &'a [KnownPerson],
}

/// An answer as "check your answers" shows it.
pub fn value(kind: &Kind, value: &Value, told: Told) -> String {
    let option = |options: &[Choice], id: &str| {
        let found = options.iter().find(|option| option.id == id);
        found.map_or_else(|| id.to_owned(), |option| said(&option.label))
    };
    match (kind, value) {
        (Kind::YesNo {}, Value::Bool(yes)) => t(if *yes { key::WALK_YES } else { key::WALK_NO }).to_owned(),
        (Kind::Statement {}, Value::Bool(_)) => t(key::WALK_TICKED).to_owned(),
        (Kind::Money { .. }, Value::Number(number)) => cents(*number),
        (_, Value::Number(number)) => number.to_string(),
        (Kind::Choice { options }, Value::Text(id)) => option(options, id),
        (Kind::Choices { options }, Value::Many(ids)) => {
            ids.iter().map(|id| option(options, id)).collect::<Vec<_>>().join(", ")
        }
        (Kind::Date { .. }, Value::Text(text)) => Day::parse(text).map_or_else(|| text.clone(), day),
        (Kind::Country {}, Value::Text(code)) => country(code),
        (Kind::Person {}, Value::Text(code)) => person(code, told.people),
        (Kind::Institution { .. }, Value::Text(slug)) => institution(slug, told.index),
        (Kind::Address {}, Value::Address(address)) => {
            let parts =
                [address.street.clone(), territory(&address.territory, told.index), address.postal_code.clone()];
            parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ")
        }
        (_, Value::Files(files)) => files.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join(", "),
        (_, Value::Rows(rows)) => rows.len().to_string(),
        (kind, Value::Text(text)) => kind.tidy(text).into_owned(),
        (_, Value::Bool(_) | Value::Many(_) | Value::Address(_)) => String::new(),
    }
}

pub fn person(value: &str, people: &[KnownPerson]) -> String {
    match people.iter().find(|one| one.value == value) {
        Some(known) => known.name.clone(),
        None if value == ME => t(key::WALK_ME).to_owned(),
        None => value.to_owned(),
    }
}

fn institution(slug: &str, index: Option<&Index>) -> String {
    let found = index.and_then(|index| index.institutions().find(|one| one.slug == slug));
    found.map_or_else(|| slug.to_owned(), |one| one.name)
}

fn territory(slug: &str, index: Option<&Index>) -> String {
    let found = index.and_then(|index| index.territories().find(|one| one.slug == slug));
    found.map_or_else(|| slug.to_owned(), |one| one.name)
}

/// Why something is asked, out of what was answered: "because you answered ...".
pub fn grounds(definition: &Definition, answers: &Answers, because: &[Ground], told: Told) -> Vec<String> {
    let line = |ground: &Ground| match ground {
        Ground::Answer(id) => {
            let field = definition.field(id)?;
            let answer = answers.get(id).map(|one| value(&field.kind, one, told))?;
            Some(tf(key::WALK_BECAUSE, &[("field", &said(&field.label)), ("answer", &answer)]))
        }
        Ground::NoAnswer(id) => {
            let field = definition.field(id)?;
            Some(tf(key::WALK_BECAUSE_NOT, &[("field", &said(&field.label))]))
        }
        Ground::Fact(id) => definition.fact(id)?.label.as_ref().map(said),
    };
    because.iter().filter_map(line).collect()
}

/// Shown after the label of what may be left out.
pub fn optional(field: &Field, required: bool) -> Option<AnyView> {
    let ticked = matches!(field.kind, Kind::Statement {});
    (!required && !ticked).then(|| view! { <span class="du-soft">" "{t(key::WALK_OPTIONAL)}</span> }.into_any())
}
