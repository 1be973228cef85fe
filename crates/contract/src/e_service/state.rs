//! What a walk found: the guard of the wizard's pages, the task list, the error summary, what will be sent.

use std::collections::BTreeMap;
use std::fmt;

use super::scope::Ground;
use super::{Answers, Definition, Fault, Field, Row, Step, Value};
use crate::Broken;

/// The state of an e-service with somebody's answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Every step of the definition, in order; look at `live`.
    pub steps: Vec<StepState>,
    pub tasks: Vec<TaskState>,
    pub price_cents: u32,
    /// Slug of the institution that receives it, once that is known.
    pub institution: Option<String>,
    /// Conditions, measures and fields looked at.
    pub work: u64,
}

/// A step, with these answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepState {
    pub id: String,
    /// Is part of this branch.
    pub live: bool,
    /// May be opened: every live step before it is complete.
    pub reachable: bool,
    pub progress: Progress,
    /// What brought it up; empty where it always comes.
    pub because: Vec<Ground>,
    pub fields: Vec<FieldState>,
}

/// A field, with these answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldState {
    pub id: String,
    /// Is asked.
    pub live: bool,
    pub required: bool,
    pub answered: bool,
    /// What brought it up; empty where it always comes.
    pub because: Vec<Ground>,
    /// What is wrong or missing, of a group row by row.
    pub wrong: Vec<Wrong>,
    /// Cells of a group that are not asked: row and column, counted from 0, in order.
    pub hidden_cells: Vec<(usize, usize)>,
    /// What brought up a conditional column, in the first row where it is asked.
    pub columns_because: BTreeMap<String, Vec<Ground>>,
}

/// How far a step or a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Not part of this branch.
    Hidden,
    /// Nothing is answered, and something has to be.
    NotStarted,
    /// Something is missing or wrong.
    Started,
    /// Nothing is answered, and nothing has to be.
    Optional,
    Done,
}

/// A heading of the task list, with these answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskState {
    pub id: String,
    pub progress: Progress,
    /// Its first step may be opened.
    pub reachable: bool,
    /// Where its link leads: the first incomplete step of it, or the first.
    pub first: Option<String>,
    pub steps_done: usize,
    pub steps: usize,
}

/// Where in the answers. Written as a path: `iban`, `children.0.code`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    pub field: String,
    /// From 0, and the column's id.
    pub cell: Option<(usize, String)>,
}

impl At {
    pub(super) fn field(id: &str) -> Self {
        Self { field: id.into(), cell: None }
    }

    pub(super) fn cell(group: &str, row: usize, column: &str) -> Self {
        Self { field: group.into(), cell: Some((row, column.into())) }
    }
}

impl fmt::Display for At {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cell {
            None => out.write_str(&self.field),
            Some((row, column)) => write!(out, "{}.{row}.{column}", self.field),
        }
    }
}

/// An error, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub at: At,
    pub fault: Fault,
}

impl From<&Wrong> for Broken {
    fn from(wrong: &Wrong) -> Self {
        Self { field: wrong.at.to_string(), rule: wrong.fault.code().into() }
    }
}

/// How far somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position<'a> {
    /// The first step that is not complete.
    Step(&'a str),
    /// All is answered: "check your answers".
    Check,
}

/// A line of "check your answers".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line<'a> {
    pub step: &'a Step,
    /// The question, or the column where `row` says which row.
    pub field: &'a Field,
    pub row: Option<(&'a Field, usize)>,
    /// None where it was left empty.
    pub value: Option<&'a Value>,
}

impl FieldState {
    pub(super) fn hidden(id: &str) -> Self {
        Self {
            id: id.into(),
            live: false,
            required: false,
            answered: false,
            because: Vec::new(),
            wrong: Vec::new(),
            hidden_cells: Vec::new(),
            columns_because: BTreeMap::new(),
        }
    }

    fn is_hidden_cell(&self, row: usize, column: usize) -> bool {
        self.hidden_cells.binary_search(&(row, column)).is_ok()
    }
}

impl StepState {
    /// Nothing is missing, nothing is wrong.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.fields.iter().all(|field| field.wrong.is_empty())
    }

    pub fn wrong(&self) -> impl Iterator<Item = &Wrong> {
        self.fields.iter().flat_map(|field| &field.wrong)
    }
}

impl Walk {
    /// Where the citizen goes on.
    #[must_use]
    pub fn position(&self) -> Position<'_> {
        let first = self.live().find(|step| !step.is_complete());
        first.map_or(Position::Check, |step| Position::Step(&step.id))
    }

    /// The one guard: whether a step may be opened.
    #[must_use]
    pub fn can_visit(&self, step: &str) -> bool {
        self.step(step).is_some_and(|step| step.reachable)
    }

    /// Whether it can be sent: nothing that is asked is missing or wrong.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.position() == Position::Check
    }

    /// Every error there is, in the order of the definition.
    pub fn wrong(&self) -> impl Iterator<Item = &Wrong> {
        self.live().flat_map(StepState::wrong)
    }

    /// The steps of this branch.
    pub fn live(&self) -> impl Iterator<Item = &StepState> {
        self.steps.iter().filter(|step| step.live)
    }

    #[must_use]
    pub fn step(&self, id: &str) -> Option<&StepState> {
        self.steps.iter().find(|step| step.id == id)
    }

    #[must_use]
    pub fn field(&self, id: &str) -> Option<&FieldState> {
        self.steps.iter().flat_map(|step| &step.fields).find(|field| field.id == id)
    }

    /// The step of this branch after that one; none: "check your answers".
    #[must_use]
    pub fn after(&self, step: &str) -> Option<&str> {
        let rest = self.steps.iter().skip_while(|one| one.id != step).skip(1);
        rest.filter(|one| one.live).map(|one| one.id.as_str()).next()
    }

    /// The step of this branch before that one.
    #[must_use]
    pub fn before(&self, step: &str) -> Option<&str> {
        let first = self.steps.iter().take_while(|one| one.id != step);
        first.filter(|one| one.live).map(|one| one.id.as_str()).last()
    }

    /// What is sent: tidy, and only what is asked in this branch.
    #[must_use]
    pub fn to_send(&self, definition: &Definition, answers: &Answers) -> Answers {
        let pairs = definition.fields().zip(self.steps.iter().flat_map(|step| &step.fields));
        let live = pairs.filter(|(_, state)| state.live && state.answered);
        live.filter_map(|(field, state)| {
            let value = match (field.kind.columns(), answers.get(&field.id)?) {
                (Some(columns), Value::Rows(rows)) => {
                    Value::Rows(rows.iter().enumerate().map(|(at, row)| tidy_row(columns, state, at, row)).collect())
                }
                (_, value) => field.kind.tidy_value(value),
            };
            Some((field.id.clone(), value))
        })
        .collect()
    }

    /// "Check your answers", in the order of the definition.
    #[must_use]
    pub fn lines<'a>(&self, definition: &'a Definition, answers: &'a Answers) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for (step, of_step) in definition.steps.iter().zip(&self.steps) {
            for (field, state) in step.fields.iter().zip(&of_step.fields).filter(|(_, state)| state.live) {
                let value = answers.get(&field.id).filter(|value| !value.is_blank());
                let (Some(columns), Some(Value::Rows(rows))) = (field.kind.columns(), value) else {
                    lines.push(Line { step, field, row: None, value });
                    continue;
                };
                for (at, row) in rows.iter().enumerate() {
                    let asked = columns.iter().enumerate().filter(|(column, _)| !state.is_hidden_cell(at, *column));
                    lines.extend(asked.map(|(_, column)| {
                        let value = row.get(&column.id).filter(|value| !value.is_blank());
                        Line { step, field: column, row: Some((field, at)), value }
                    }));
                }
            }
        }
        lines
    }
}

fn tidy_row(columns: &[Field], state: &FieldState, at: usize, row: &Row) -> Row {
    let asked = columns.iter().enumerate().filter(|(column, _)| !state.is_hidden_cell(at, *column));
    asked
        .filter_map(|(_, column)| {
            let value = row.get(&column.id).filter(|value| !value.is_blank())?;
            Some((column.id.clone(), column.kind.tidy_value(value)))
        })
        .collect()
}
