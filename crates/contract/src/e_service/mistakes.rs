//! What is wrong with a definition: all that can be known before a citizen meets it.

mod conditions;
mod examples;
mod kinds;
mod reach;
mod words;

use std::collections::BTreeSet;

use super::{Definition, Kind, Recipient, Step, field};

/// Something that its author has to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// `steps.child.fields.birth_date.when`
    pub path: String,
    /// In English, for the author.
    pub what: String,
}

/// Most steps, and most fields of all steps, columns included.
const MAX_STEPS: usize = 50;
const MAX_FIELDS: usize = 500;
/// Names that a condition in YAML could not tell from a truth value.
const TRUTHS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];

/// Every mistake in a definition whose texts have to be there in those languages. A definition without any can be walked
/// with whatever answers.
#[must_use]
pub fn check_definition(definition: &Definition, languages: &[&str]) -> Vec<Mistake> {
    let mut found = Found::default();
    check_head(definition, &mut found);
    check_ids(definition, &mut found);
    kinds::check(definition, &mut found);
    words::check(definition, languages, &mut found);
    conditions::check(definition, &mut found);
    if found.0.is_empty() {
        // Only where every name means something.
        reach::check(definition, &mut found);
        examples::check(definition, &mut found);
    }
    found.0
}

/// What has been found so far.
#[derive(Default)]
struct Found(Vec<Mistake>);

impl Found {
    fn add(&mut self, path: impl Into<String>, what: impl Into<String>) {
        self.0.push(Mistake { path: path.into(), what: what.into() });
    }

    fn unless(&mut self, right: bool, path: &str, what: &str) {
        if !right {
            self.add(path, what);
        }
    }
}

fn check_head(definition: &Definition, found: &mut Found) {
    found.unless(field::is_slug(&definition.id), "id", "not a slug");
    found.unless(field::is_slug(&definition.service), "service", "not a slug");
    found.unless(definition.version > 0, "version", "starts at 1");
    found.unless(definition.retention_days > 0, "retention_days", "at least one day");
    found.unless((1..=MAX_STEPS).contains(&definition.steps.len()), "steps", "1 to 50 steps");
    let columns = definition.fields().filter_map(|field| field.kind.columns()).map(<[_]>::len).sum::<usize>();
    found.unless(definition.fields().count() + columns <= MAX_FIELDS, "steps", "more than 500 fields");
    let anonymous = definition.audience == super::SignIn::Nobody;
    found.unless(
        definition.prices.is_empty() || !anonymous,
        "prices",
        "a bill is somebody's: the audience has to sign in",
    );
    for (at, price) in definition.prices.iter().enumerate() {
        let last = at + 1 == definition.prices.len();
        found.unless(
            price.when.is_some() || last,
            &format!("prices.{at}"),
            "always applies: the prices after it never do",
        );
    }
    let required = |step: &Step| {
        let mut fields =
            step.fields.iter().filter(|field| field.when.is_none() && field.required == super::Required::Yes);
        step.when.is_none() && fields.any(|field| chooses(&field.kind, &definition.institution))
    };
    if !matches!(definition.institution, Recipient::Fixed(_)) {
        let chosen = definition.steps.iter().any(required);
        found.unless(
            chosen,
            "institution",
            "to be chosen, and no field that is always asked lets the citizen choose it",
        );
    }
}

fn chooses(kind: &Kind, recipient: &Recipient) -> bool {
    match kind {
        Kind::Institution { municipality } => *municipality || *recipient == Recipient::Any,
        _ => false,
    }
}

fn check_ids(definition: &Definition, found: &mut Found) {
    let columns = definition.fields().filter_map(|field| field.kind.columns()).flatten();
    unique("tasks", definition.tasks.iter().map(|task| task.id.as_str()), found);
    unique("steps", definition.steps.iter().map(|step| step.id.as_str()), found);
    unique("fields", definition.fields().chain(columns).map(|field| field.id.as_str()), found);
    unique("facts", definition.facts.iter().map(|fact| fact.id.as_str()), found);
    unique("rules", definition.rules.iter().map(|rule| rule.id.as_str()), found);
    for step in &definition.steps {
        let known = step.task.as_ref().is_none_or(|task| definition.tasks.iter().any(|one| one.id == *task));
        found.unless(known, &format!("steps.{}.task", step.id), "unknown task");
        // A step that stands under no heading is not in the task list, and could not be opened from there.
        let listed = step.task.is_some() || definition.tasks.is_empty();
        found.unless(listed, &format!("steps.{}.task", step.id), "under no task, and the others are");
    }
    for task in &definition.tasks {
        let used = definition.steps.iter().any(|step| step.task.as_ref() == Some(&task.id));
        found.unless(used, &format!("tasks.{}", task.id), "no step stands under it");
    }
}

fn unique<'a>(path: &str, ids: impl Iterator<Item = &'a str>, found: &mut Found) {
    let mut seen = BTreeSet::new();
    for id in ids {
        found.unless(field::is_id(id), &format!("{path}.{id}"), "an id is 1 to 60 of a-z, 0-9 and _");
        found.unless(!TRUTHS.contains(&id), &format!("{path}.{id}"), "YAML reads it as true or false, not as a name");
        found.unless(seen.insert(id), &format!("{path}.{id}"), "twice");
    }
}

#[cfg(test)]
mod tests;
