//! Texts that lack a language.

use super::Found;
use crate::e_service::{Definition, Field, Outcome, Shown, Texts, Why};

pub fn check(definition: &Definition, languages: &[&str], found: &mut Found) {
    let mut texts = |path: String, texts: &Texts| {
        for lang in texts.missing(languages) {
            found.add(path.clone(), format!("no text in {lang}"));
        }
    };
    texts("title".into(), &definition.title);
    texts("summary".into(), &definition.summary);
    definition.terms.iter().for_each(|terms| texts("terms".into(), terms));
    definition.tasks.iter().for_each(|task| texts(format!("tasks.{}.title", task.id), &task.title));
    definition.rules.iter().for_each(|rule| texts(format!("rules.{}.message", rule.id), &rule.message));
    for fact in &definition.facts {
        fact.label.iter().for_each(|label| texts(format!("facts.{}.label", fact.id), label));
    }
    if let Outcome::Immediate { shows, .. } = &definition.outcome {
        shows.iter().for_each(|shown| check_shown(shown, "outcome", &mut texts));
    }
    for step in &definition.steps {
        let path = format!("steps.{}", step.id);
        texts(format!("{path}.title"), &step.title);
        step.why.iter().for_each(|why| check_why(why, &path, &mut texts));
        for field in &step.fields {
            check_field(field, &format!("{path}.fields.{}", field.id), &mut texts);
        }
    }
}

fn check_field(field: &Field, path: &str, texts: &mut impl FnMut(String, &Texts)) {
    texts(format!("{path}.label"), &field.label);
    field.hint.iter().for_each(|hint| texts(format!("{path}.hint"), hint));
    field.why.iter().for_each(|why| check_why(why, path, texts));
    for option in field.kind.options().unwrap_or_default() {
        texts(format!("{path}.options.{}.label", option.id), &option.label);
        option.hint.iter().for_each(|hint| texts(format!("{path}.options.{}.hint", option.id), hint));
    }
    for column in field.kind.columns().unwrap_or_default() {
        check_field(column, &format!("{path}.fields.{}", column.id), texts);
    }
}

fn check_shown(shown: &Shown, above: &str, texts: &mut impl FnMut(String, &Texts)) {
    let path = format!("{above}.{}", shown.at);
    texts(format!("{path}.label"), &shown.label);
    shown.words.iter().for_each(|(word, said)| texts(format!("{path}.words.{word}"), said));
    shown.columns.iter().for_each(|column| check_shown(column, &path, texts));
}

fn check_why(why: &Why, path: &str, texts: &mut impl FnMut(String, &Texts)) {
    texts(format!("{path}.why.text"), &why.text);
    why.law_title.iter().for_each(|title| texts(format!("{path}.why.law_title"), title));
}
