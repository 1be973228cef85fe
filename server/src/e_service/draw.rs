//! A definition as a journey on the screen: what is asked, when, and what comes of it.

use std::fmt::Write as _;

use durvis_contract::e_service::{Condition, Definition, Field, Outcome, Recipient, Required, SignIn};

/// The journey in one language, a line for each step and field.
#[must_use]
pub fn draw(definition: &Definition, lang: &str) -> String {
    let mut out = String::new();
    // A String takes whatever is written.
    let _ = journey(&mut out, definition, lang);
    out
}

fn journey(out: &mut String, definition: &Definition, lang: &str) -> std::fmt::Result {
    writeln!(out, "{}, version {}: {}", definition.id, definition.version, definition.title.in_language(lang).0)?;
    let who = match definition.audience {
        SignIn::Nobody => "anybody",
        SignIn::Person => "a person",
        SignIn::Company => "a company",
        SignIn::Either => "a person or a company",
    };
    let whom = match &definition.institution {
        Recipient::Fixed(slug) => slug.as_str(),
        Recipient::Municipality => "the municipality that is chosen",
        Recipient::Any => "the institution that is chosen",
    };
    writeln!(out, "for {who}, to {whom}")?;
    if definition.terms.is_some() {
        writeln!(out, "  terms")?;
    }
    for (number, step) in (1..).zip(&definition.steps) {
        writeln!(out, "  {number} {}: {}{}", step.id, step.title.in_language(lang).0, when(step.when.as_ref()))?;
        for one in &step.fields {
            field(out, one, lang, 6)?;
        }
    }
    for rule in &definition.rules {
        writeln!(out, "  must {}: {}", condition(&rule.must), rule.message.in_language(lang).0)?;
    }
    for price in &definition.prices {
        writeln!(out, "  {}.{:02} EUR{}", price.cents / 100, price.cents % 100, when(price.when.as_ref()))?;
    }
    match &definition.outcome {
        Outcome::Immediate { registry, .. } => writeln!(out, "  {registry} answers at once"),
        Outcome::Submission { days } => writeln!(out, "  decided within {days} days"),
    }
}

fn field(out: &mut String, field: &Field, lang: &str, indent: usize) -> std::fmt::Result {
    let need = match &field.required {
        Required::Yes => String::new(),
        Required::No => ", may be left out".to_owned(),
        Required::When(needed) => format!(", needed when {}", condition(needed)),
    };
    let label = field.label.in_language(lang).0;
    writeln!(out, "{:indent$}{}: {label} ({}){need}{}", "", field.id, field.kind.name(), when(field.when.as_ref()))?;
    for column in field.kind.columns().unwrap_or_default() {
        self::field(out, column, lang, indent + 4)?;
    }
    Ok(())
}

fn when(when: Option<&Condition>) -> String {
    when.map(|when| format!(", when {}", condition(when))).unwrap_or_default()
}

/// As the file writes it.
fn condition(condition: &Condition) -> String {
    let json = serde_json::to_string(condition).expect("conditions are always JSON");
    json.replace('"', "").replace(':', ": ").replace(',', ", ")
}
