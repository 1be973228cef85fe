//! What is wrong with plans: missing languages, unknown services, laws and answers, dates that say nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_saphyr::{Location, Spanned};

use super::{Condition, Law, Offset, Plan, Question, Step};
use crate::catalogue::read::{Finding, place};
use crate::catalogue::source::{Catalogue, In, Ref, Text};

/// Longest texts, in letters.
const MAX_NAME: usize = 160;
const MAX_TEXT: usize = 600;
/// Farthest date, in any unit.
const MAX_COUNT: i16 = 400;

/// Every mistake in `laws.yaml` and in the plans.
pub(in crate::catalogue) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut checker = Checker { catalogue, file: "laws.yaml", findings: Vec::new(), answers: BTreeMap::new() };
    let mut slugs = BTreeSet::new();
    for law in &catalogue.laws {
        checker.law(law, &mut slugs);
    }
    for (slug, plan) in &catalogue.plans {
        checker.plan(slug, plan);
    }
    checker.findings
}

struct Checker<'a> {
    catalogue: &'a Catalogue,
    file: &'a str,
    findings: Vec<Finding>,
    /// The answers of the questions before, by question.
    answers: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Checker<'a> {
    fn report(&mut self, at: Location, message: impl Into<String>) {
        self.findings.push(Finding::at(self.file, at, message));
    }

    fn law(&mut self, law: &'a In<Law>, seen: &mut BTreeSet<&'a str>) {
        self.id("law", &law.slug, seen);
        self.text("name", &law.name, MAX_NAME);
        self.https(&law.url);
    }

    fn plan(&mut self, slug: &str, plan: &'a In<Plan>) {
        self.file = &plan.file;
        self.answers = BTreeMap::new();
        if !self.catalogue.life_events.contains_key(slug) {
            self.report(Location::UNKNOWN, format!("there is no life event {slug:?} (the file's name)"));
        }
        self.text("event", &plan.event, MAX_NAME);
        if plan.steps.is_empty() {
            self.report(place(&plan.event), "has no steps");
        }
        let mut seen = BTreeSet::new();
        for question in &plan.questions {
            self.question(question, &mut seen);
        }
        let mut seen = BTreeSet::new();
        for step in &plan.steps {
            self.step(step, &mut seen);
        }
    }

    fn question(&mut self, question: &'a Question, seen: &mut BTreeSet<&'a str>) {
        self.id("question", &question.id, seen);
        self.text("text", &question.text, MAX_NAME);
        if let Some(why) = &question.why {
            self.text("why", why, MAX_TEXT);
        }
        // Before its own answers are known: a question cannot hang on itself, or on a later one.
        if let Some(when) = &question.when {
            self.condition(&when.value, when.referenced);
        }
        if question.answers.len() < 2 {
            self.report(place(&question.id), "a question needs two answers at least");
        }
        let mut answers = BTreeSet::new();
        for answer in &question.answers {
            self.id("answer", &answer.id, &mut answers);
            self.text("text", &answer.text, MAX_NAME);
        }
        self.answers.insert(&question.id.value, answers);
    }

    fn step(&mut self, step: &'a Step, seen: &mut BTreeSet<&'a str>) {
        self.id("step", &step.id, seen);
        self.text("text", &step.text, MAX_TEXT);
        for name in step.name.iter().chain(&step.with) {
            self.text("name", name, MAX_NAME);
        }
        match &step.service {
            Some(service) if !self.catalogue.services.contains_key(&service.value) => {
                self.report(place(service), format!("there is no service {:?}", service.value));
            }
            None if step.name.is_none() => self.report(place(&step.id), "has neither `name` nor `service`"),
            _ => {}
        }
        for offset in step.from.iter().chain(&step.by) {
            self.offset(offset);
        }
        if let Some(law) = &step.law {
            self.known_law(step, law);
        } else if let Some(article) = &step.article {
            self.report(place(article), "an article without a law");
        }
        if let Some(when) = &step.when {
            self.condition(&when.value, when.referenced);
        }
    }

    fn known_law(&mut self, step: &Step, law: &Ref) {
        if !self.catalogue.laws.iter().any(|known| known.slug.value == law.value) {
            self.report(place(law), format!("there is no law {:?} in laws.yaml", law.value));
        }
        if step.from.is_none() && step.by.is_none() {
            self.report(place(law), "a law without a date: say `from` or `by`, or leave it out");
        }
    }

    fn offset(&mut self, offset: &Spanned<Offset>) {
        let Offset { days, working_days, months } = offset.value;
        let given: Vec<i16> = [days, working_days, months].into_iter().flatten().collect();
        match given[..] {
            [count] if (-MAX_COUNT..=MAX_COUNT).contains(&count) => {}
            [_] => self.report(place(offset), format!("a date more than {MAX_COUNT} days or months away")),
            _ => self.report(place(offset), "a date is one of `days`, `working_days`, `months`"),
        }
    }

    fn condition(&mut self, condition: &'a Condition, at: Location) {
        match condition {
            Condition { answer: Some(question), is: Some(one), one_of: None, all: None, any: None } => {
                self.known_answer(question, one);
            }
            Condition { answer: Some(question), is: None, one_of: Some(some), all: None, any: None } => {
                for one in some {
                    self.known_answer(question, one);
                }
            }
            Condition { answer: None, is: None, one_of: None, all: Some(parts), any: None }
            | Condition { answer: None, is: None, one_of: None, all: None, any: Some(parts) } => {
                for part in parts {
                    self.condition(part, at);
                }
            }
            _ => self.report(at, "a condition is `answer` with `is` or `one_of`, or `all`, or `any`"),
        }
    }

    fn known_answer(&mut self, question: &Ref, answer: &Ref) {
        match self.answers.get(question.value.as_str()) {
            None => self.report(place(question), format!("there is no question {:?} before", question.value)),
            Some(answers) if !answers.contains(answer.value.as_str()) => {
                let message = format!("question {:?} has no answer {:?}", question.value, answer.value);
                self.report(place(answer), message);
            }
            Some(_) => {}
        }
    }

    fn id(&mut self, what: &str, id: &'a Ref, seen: &mut BTreeSet<&'a str>) {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.value.is_empty() || !id.value.bytes().all(is_letter) {
            self.report(place(id), format!("{what} {:?} is not lower-case letters, digits and -", id.value));
        }
        if !seen.insert(&id.value) {
            self.report(place(id), format!("{what} {:?} stands here twice", id.value));
        }
    }

    fn text(&mut self, what: &str, text: &Text, most: usize) {
        for lang in &self.catalogue.portal.languages {
            let said = text.value.get(lang).map_or("", |said| said.trim());
            if said.is_empty() {
                self.report(place(text), format!("{what} lacks {lang}"));
            } else if said.chars().count() > most {
                self.report(place(text), format!("{what} is longer than {most} letters in {lang}"));
            }
        }
        for lang in text.value.keys().filter(|lang| !self.catalogue.portal.languages.contains(lang)) {
            self.report(place(text), format!("{what} has the language {lang:?}, which portal.yaml does not"));
        }
    }

    fn https(&mut self, url: &Spanned<String>) {
        if !url.value.starts_with("https://") || url.value.contains(char::is_whitespace) {
            self.report(place(url), format!("{:?} is not an https address", url.value));
        }
    }
}
