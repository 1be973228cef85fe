//! A use under way: the answers, where they lead, and how far they are kept. Every change goes into the journal of this device
//! at once, then to the server as a draft. Where the citizen is, is computed from the answers and stored nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use durvis_contract::e_service::{Answers, At, Day, Definition, Field, Raw, Row, SignIn, Value, Walk, evaluate};
use durvis_contract::uses::{Draft, KnownPerson, UseDetail};
use js_sys::Date;
use leptos::prelude::*;

use super::upload::FileState;
use super::words::fault;
use crate::i18n::time;
use crate::offline::journal::{Entry, Journal, NOBODY};
use crate::session::SessionState;
use crate::ui::form::Mistakes;

/// Where the answers are, in the order in which they get there.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// On this device only; `true`, because there is no line.
    Here { offline: bool },
    /// On the device and in the account; since when, as a clock says it.
    InAccount(String),
    /// Nothing keeps them: the browser refuses to.
    Nowhere,
    /// It was ended on another device, or by time.
    Ended,
    /// Another device has saved others.
    Conflict(Box<UseDetail>),
}

/// A use under way, in a context.
#[derive(Clone, Copy)]
pub struct Walking {
    pub definition: StoredValue<Arc<Definition>>,
    pub answers: RwSignal<Answers>,
    /// Everything of it but the answers.
    pub entry: RwSignal<Entry>,
    pub walk: Memo<Arc<Walk>>,
    pub wrong: RwSignal<Mistakes>,
    pub kept: RwSignal<Kept>,
    pub people: RwSignal<Vec<KnownPerson>>,
    /// Registers that did not answer.
    pub silent: RwSignal<Vec<String>>,
    pub session: SessionState,
    pub(super) journal: StoredValue<Journal, LocalStorage>,
    /// A write into the journal is under way; another is due.
    pub(super) writing: StoredValue<(bool, bool)>,
    /// Counts changes: a save that waits goes only if it is the last.
    pub(super) changes: StoredValue<u32>,
    pub busy: RwSignal<bool>,
    /// How far each file is, by its id.
    pub files: RwSignal<BTreeMap<String, FileState>>,
    /// Those whose upload is under way, or waits for its turn.
    pub(super) going_up: StoredValue<BTreeSet<String>>,
    /// Files that were not taken, and why, by the place where they were chosen.
    pub refused: RwSignal<Vec<(At, String)>>,
}

impl Walking {
    pub fn new(session: SessionState, definition: Definition, entry: Entry, journal: Journal) -> Self {
        let (answers, _) = Answers::read_what_fits(&definition, &entry.answers);
        let definition = Arc::new(definition);
        let answers = RwSignal::new(answers);
        let walked = definition.clone();
        let walk = Memo::new(move |_| Arc::new(answers.with(|answers| evaluate(&walked, answers, today()))));
        let synced = entry.synced && entry.revision > 0;
        let kept = if synced { Kept::InAccount(time(entry.changed_at)) } else { Kept::Here { offline: false } };
        Self {
            definition: StoredValue::new(definition),
            answers,
            entry: RwSignal::new(entry),
            walk,
            wrong: RwSignal::new(Mistakes::new()),
            kept: RwSignal::new(kept),
            people: RwSignal::new(Vec::new()),
            silent: RwSignal::new(Vec::new()),
            session,
            journal: StoredValue::new_local(journal),
            writing: StoredValue::new((false, false)),
            changes: StoredValue::new(0),
            busy: RwSignal::new(false),
            files: RwSignal::new(BTreeMap::new()),
            going_up: StoredValue::new(BTreeSet::new()),
            refused: RwSignal::new(Vec::new()),
        }
    }

    /// Its id.
    pub fn id(self) -> String {
        self.entry.with_untracked(|entry| entry.id.clone())
    }

    /// Whether it is in the journal of whoever [`owner`](super::open::owner) named.
    pub(super) fn is_of(self, whose: &str) -> bool {
        whose.is_empty() || self.journal.with_value(|journal| journal.owner == whose)
    }

    /// Nobody who is known walks here, though somebody has to send it.
    pub fn is_rehearsal(self) -> bool {
        let asks_who = self.definition.with_value(|definition| definition.audience != SignIn::Nobody);
        asks_who && self.journal.with_value(|journal| journal.owner == NOBODY)
    }

    /// Whether the server may hold a draft: of somebody who is signed in now.
    pub(super) fn has_account(self) -> bool {
        self.journal.with_value(|journal| journal.owner != NOBODY) && self.session.is_known()
    }

    /// The answer at a place.
    pub fn value(self, at: &At) -> Option<Value> {
        self.answers.with(|answers| value_at(answers, at).cloned())
    }

    /// Answers at a place, or takes the answer back.
    pub fn set(self, at: &At, value: Option<Value>) {
        self.answers.update(|answers| match &at.cell {
            None => answers.set(&at.field, value),
            Some((row, column)) => set_cell(answers, &at.field, *row, column, value),
        });
        self.changed();
    }

    /// Changes the rows of a group.
    pub fn set_rows(self, group: &str, change: impl FnOnce(&mut Vec<Row>)) {
        self.answers.update(|answers| {
            let mut rows = rows_of(answers, group);
            change(&mut rows);
            answers.set(group, Some(Value::Rows(rows)));
        });
        self.wrong.update(|wrong| wrong.retain(|(at, _)| !at.starts_with(&format!("{group}."))));
        self.changed();
    }

    /// Accepts the terms.
    pub fn accept(self, accepted: bool) {
        self.entry.update(|entry| entry.terms_accepted = accepted);
        self.changed();
    }

    fn changed(self) {
        self.entry.update(|entry| {
            entry.changed_at = Date::now();
            entry.synced = false;
        });
        // A mistake that is made good goes at once; a new one is said on Next.
        if self.wrong.with_untracked(|wrong| !wrong.is_empty()) {
            let still = self.mistakes();
            self.wrong.update(|wrong| {
                wrong.retain_mut(|(at, said)| match still.iter().find(|(one, _)| one == at) {
                    Some((_, now)) => {
                        said.clone_from(now);
                        true
                    }
                    None => false,
                });
            });
        }
        self.keep();
    }

    /// Everything that is wrong or missing, by place.
    fn mistakes(self) -> Mistakes {
        let walk = self.walk.get_untracked();
        self.definition.with_value(|definition| {
            walk.wrong().map(|wrong| (wrong.at.to_string(), fault(definition, wrong))).collect()
        })
    }

    /// Shows what is wrong in a step, or in all of them; says whether nothing is.
    pub fn is_right(self, step: Option<&str>) -> bool {
        let walk = self.walk.get_untracked();
        let wrong: Mistakes = self.definition.with_value(|definition| {
            let of_step = walk.steps.iter().filter(|one| one.live && step.is_none_or(|step| one.id == step));
            let wrong = of_step.flat_map(|step| step.wrong());
            wrong.map(|wrong| (wrong.at.to_string(), fault(definition, wrong))).collect()
        });
        let is_right = wrong.is_empty();
        self.wrong.set(wrong);
        is_right
    }

    /// What is sent to the server: all of it, every time.
    pub fn draft(self) -> Draft {
        let entry = self.entry.get_untracked();
        Draft {
            e_service: entry.e_service,
            version: entry.version,
            revision: entry.revision,
            terms_accepted: entry.terms_accepted,
            answers: self.answers.with_untracked(raw),
        }
    }

    /// A field or a column, by its id.
    pub fn field(self, id: &str) -> Option<Field> {
        self.definition.with_value(|definition| definition.field(id).cloned())
    }
}

/// Answers as the tree that crosses the network.
pub fn raw(answers: &Answers) -> Raw {
    let text = serde_json::to_string(answers).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or(Raw::Map(Vec::new()))
}

/// The day on this device.
pub fn today() -> Day {
    let now = Date::new_0();
    Day::new(now.get_full_year().cast_signed(), now.get_month() + 1, now.get_date()).expect("a browser's day is a day")
}

/// The rows of a group.
pub fn rows_of(answers: &Answers, group: &str) -> Vec<Row> {
    match answers.get(group) {
        Some(Value::Rows(rows)) => rows.clone(),
        _ => Vec::new(),
    }
}

fn value_at<'a>(answers: &'a Answers, at: &At) -> Option<&'a Value> {
    let value = answers.get(&at.field)?;
    match (&at.cell, value) {
        (None, value) => Some(value),
        (Some((row, column)), Value::Rows(rows)) => rows.get(*row)?.get(column),
        _ => None,
    }
}

fn set_cell(answers: &mut Answers, group: &str, row: usize, column: &str, value: Option<Value>) {
    let mut rows = rows_of(answers, group);
    if let Some(row) = rows.get_mut(row) {
        match value {
            Some(value) => row.insert(column.to_owned(), value),
            None => row.remove(column),
        };
    }
    answers.set(group, Some(Value::Rows(rows)));
}
