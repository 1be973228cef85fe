//! Kinds whose bounds leave nothing to answer, or too much.

use super::{Found, unique};
use crate::e_service::{Answers, Bound, Definition, Field, Kind, Raw, SignIn, Why};
use crate::file;

const MAX_COLUMNS: usize = 30;
const MAX_OPTIONS: usize = 500;
/// Of one field.
const MAX_FILES: u16 = 20;
/// Four bytes are the longest character.
const MAX_CHARACTERS: usize = Answers::MAX_TEXT_BYTES / 4;

pub fn check(definition: &Definition, found: &mut Found) {
    for step in &definition.steps {
        check_law(step.why.as_ref(), &format!("steps.{}", step.id), found);
        for field in &step.fields {
            let path = format!("steps.{}.fields.{}", step.id, field.id);
            check_field(field, &path, found);
            let is_file = |field: &Field| matches!(field.kind, Kind::File { .. });
            let files = is_file(field) || field.kind.columns().is_some_and(|columns| columns.iter().any(is_file));
            let anonymous = definition.audience == SignIn::Nobody;
            found.unless(!(files && anonymous), &path, "a file is somebody's: the audience has to sign in");
            for column in field.kind.columns().unwrap_or_default() {
                let path = format!("{path}.fields.{}", column.id);
                check_field(column, &path, found);
                found.unless(!matches!(column.kind, Kind::Group { .. }), &path, "a group in a group");
                found.unless(column.prefill.is_none(), &path, "a column is not prefilled by itself: prefill its group");
            }
        }
    }
}

fn check_field(field: &Field, path: &str, found: &mut Found) {
    let ordered = |min: Option<i64>, max: Option<i64>| min.zip(max).is_none_or(|(min, max)| min <= max);
    match &field.kind {
        Kind::Text { max, .. } | Kind::LongText { max } => {
            found.unless((1..=MAX_CHARACTERS).contains(&(*max as usize)), path, "max: 1 to 5,000 characters");
        }
        Kind::Number { min, max } => found.unless(ordered(*min, *max), path, "min is more than max"),
        Kind::Money { min_cents, max_cents } => {
            found.unless(ordered(Some(*min_cents), *max_cents), path, "min_cents is more than max_cents");
        }
        Kind::Date { min: Some(Bound::Fixed(min)), max: Some(Bound::Fixed(max)) } => {
            found.unless(min <= max, path, "min is after max");
        }
        Kind::Choice { options } | Kind::Choices { options } => {
            found.unless((1..=MAX_OPTIONS).contains(&options.len()), path, "1 to 500 options");
            unique(&format!("{path}.options"), options.iter().map(|option| option.id.as_str()), found);
        }
        Kind::File { max_bytes, count, types } => {
            let sized = (1..=file::MAX_BYTES).contains(max_bytes);
            found.unless(sized, path, "max_bytes: 1 to 26,214,400");
            found.unless((1..=MAX_FILES).contains(count), path, "count: 1 to 20 files");
            let known = |one: &String| file::FORMATS.iter().any(|format| format.0 == one);
            let typed = !types.is_empty() && types.iter().all(known);
            found.unless(
                typed,
                path,
                "types: media types that files may have, such as application/pdf (docs/e-service-definitions.md)",
            );
        }
        Kind::Group { min, max, fields } => {
            found.unless(
                min <= max && *max > 0 && usize::from(*max) <= Raw::MAX_ITEMS,
                path,
                "rows: min to max, at most 1,000",
            );
            found.unless((1..=MAX_COLUMNS).contains(&fields.len()), path, "1 to 30 columns");
        }
        _ => (),
    }
    check_law(field.why.as_ref(), path, found);
}

fn check_law(why: Option<&Why>, path: &str, found: &mut Found) {
    let url = why.and_then(|why| why.law_url.as_ref());
    found.unless(url.is_none_or(|url| url.starts_with("https://")), &format!("{path}.why.law_url"), "not https");
}
