//! What conditions see while a walk goes on: the answers to what has been asked so far, and nothing of hidden branches.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::{Condition, Day, Definition, Fact, Kind, Literal, Measure, Value, personal_code};

/// Why something is asked, or is not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The answer to this field.
    Answer(String),
    /// That this field is not answered, or not asked.
    NoAnswer(String),
    /// This fact; the answers it follows from stand beside it.
    Fact(String),
}

/// An answer with the kind of its question.
pub(super) type Answered<'a> = (&'a Kind, &'a Value);

/// The columns asked in the row at hand, so far.
pub(super) type RowView<'a> = Vec<(&'a str, Answered<'a>)>;

pub(super) struct Scope<'a> {
    today: Day,
    answers: BTreeMap<&'a str, Answered<'a>>,
    /// Of number and money columns, over the cells that are asked.
    sums: BTreeMap<&'a str, i64>,
    facts: BTreeMap<&'a str, (usize, &'a Fact)>,
    known: RefCell<BTreeMap<usize, Option<i64>>>,
    /// Conditions and measures looked at: what tests count instead of time.
    pub work: Cell<u64>,
}

impl<'a> Scope<'a> {
    pub fn new(definition: &'a Definition, today: Day) -> Self {
        let facts = definition.facts.iter().enumerate().map(|(at, fact)| (fact.id.as_str(), (at, fact)));
        Self {
            today,
            answers: BTreeMap::new(),
            sums: BTreeMap::new(),
            facts: facts.collect(),
            known: RefCell::default(),
            work: Cell::new(0),
        }
    }

    pub fn tell(&mut self, field: &'a str, kind: &'a Kind, value: &'a Value) {
        self.answers.insert(field, (kind, value));
    }

    pub fn add(&mut self, column: &'a str, number: i64) {
        let sum = self.sums.entry(column).or_default();
        *sum = sum.saturating_add(number);
    }

    pub fn answer(&self, field: &str) -> Option<&'a Value> {
        self.answers.get(field).map(|(_, value)| *value)
    }

    /// Whether a condition holds; `row`, where it is about a column.
    pub fn holds(&self, condition: &Condition, row: &[(&str, Answered)]) -> bool {
        self.decide(condition, row, self.facts.len())
    }

    /// `below`: facts of a lower index may be looked at, so none can wait for itself.
    fn decide(&self, condition: &Condition, row: &[(&str, Answered)], below: usize) -> bool {
        self.work.set(self.work.get() + 1);
        match condition {
            Condition::All(inner) => inner.iter().all(|one| self.decide(one, row, below)),
            Condition::Any(inner) => inner.iter().any(|one| self.decide(one, row, below)),
            Condition::Not(inner) => !self.decide(inner, row, below),
            Condition::Answered(field) => self.find(field, row).is_some(),
            Condition::Equals { field, value } => self.find(field, row).is_some_and(|found| equals(found, value)),
            Condition::OneOf { field, values } => self.find(field, row).is_some_and(|(kind, found)| match found {
                Value::Text(text) => values.iter().any(|value| *value == kind.tidy(text)),
                Value::Many(many) => many.iter().any(|one| values.contains(one)),
                _ => false,
            }),
            Condition::Compare { left, by, right } => {
                let (left, right) = (self.measure(left, row, below), self.measure(right, row, below));
                left.zip(right).is_some_and(|(left, right)| by.holds(left, right))
            }
            Condition::Fact(fact) => self.fact(fact, below) == Some(1),
        }
    }

    fn measure(&self, measure: &Measure, row: &[(&str, Answered)], below: usize) -> Option<i64> {
        self.work.set(self.work.get() + 1);
        let day = |field| match self.find(field, row)? {
            (Kind::PersonalCode {} | Kind::Person {}, Value::Text(text)) => {
                personal_code::birthday(&personal_code::tidy(text))
            }
            (_, Value::Text(text)) => Day::parse(text.trim()),
            _ => None,
        };
        match measure {
            Measure::Constant(number) => Some(*number),
            Measure::Day(bound) => Some(bound.on(self.today).since_epoch().into()),
            Measure::Number(field) => match self.find(field, row)? {
                (_, Value::Number(number)) => Some(*number),
                _ => None,
            },
            Measure::Date(field) => Some(day(field)?.since_epoch().into()),
            Measure::Age(field) => Some(day(field)?.age_on(self.today).into()),
            Measure::Count(field) => Some(match self.find(field, row) {
                Some((_, Value::Rows(rows))) => count(rows),
                Some((_, Value::Many(many))) => count(many),
                Some((_, Value::Files(files))) => count(files),
                _ => 0,
            }),
            Measure::Sum(column) => Some(self.sums.get(column.as_str()).copied().unwrap_or(0)),
            Measure::Fact(fact) => self.fact(fact, below),
        }
    }

    /// A fact as a number; of one that holds or does not, 1 or 0. Computed once: all it looks at comes before its first use.
    fn fact(&self, id: &str, below: usize) -> Option<i64> {
        let (at, fact) = *self.facts.get(id).filter(|(at, _)| *at < below)?;
        if let Some(known) = self.known.borrow().get(&at) {
            return *known;
        }
        let found = match (&fact.holds, &fact.measure) {
            (Some(condition), _) => Some(i64::from(self.decide(condition, &[], at))),
            (None, Some(measure)) => self.measure(measure, &[], at),
            (None, None) => None,
        };
        self.known.borrow_mut().insert(at, found);
        found
    }

    fn find<'b>(&'b self, field: &str, row: &[(&str, Answered<'b>)]) -> Option<Answered<'b>> {
        let column = row.iter().find(|(id, _)| *id == field).map(|(_, found)| *found);
        column.or_else(|| self.answers.get(field).copied())
    }

    /// The least that makes a condition be as it is, in the order of the definition.
    pub fn grounds(&self, condition: &Condition, row: &[(&str, Answered)]) -> Vec<Ground> {
        let mut grounds = Vec::new();
        self.explain(condition, row, self.facts.len(), &mut grounds);
        grounds
    }

    fn explain(&self, condition: &Condition, row: &[(&str, Answered)], below: usize, out: &mut Vec<Ground>) {
        let mut field = |id: &String| {
            let answered = self.find(id, row).is_some() || self.sums.contains_key(id.as_str());
            let ground = if answered { Ground::Answer(id.clone()) } else { Ground::NoAnswer(id.clone()) };
            if !out.contains(&ground) {
                out.push(ground);
            }
        };
        match condition {
            Condition::All(inner) | Condition::Any(inner) => {
                // One of them decides (the one false in an `all`, the one true in an `any`), or all of them do.
                let decisive = matches!(condition, Condition::Any(_));
                match inner.iter().find(|one| self.decide(one, row, below) == decisive) {
                    Some(one) => self.explain(one, row, below, out),
                    None => inner.iter().for_each(|one| self.explain(one, row, below, out)),
                }
            }
            Condition::Not(inner) => self.explain(inner, row, below, out),
            Condition::Answered(id) | Condition::Equals { field: id, .. } | Condition::OneOf { field: id, .. } => {
                field(id)
            }
            Condition::Fact(id) => self.explain_fact(id, row, below, out),
            Condition::Compare { left, right, .. } => {
                for measure in [left, right] {
                    self.explain_measure(measure, row, below, out);
                }
            }
        }
    }

    fn explain_measure(&self, measure: &Measure, row: &[(&str, Answered)], below: usize, out: &mut Vec<Ground>) {
        match measure {
            Measure::Constant(_) | Measure::Day(_) => (),
            Measure::Fact(id) => self.explain_fact(id, row, below, out),
            Measure::Number(id) | Measure::Date(id) | Measure::Age(id) | Measure::Count(id) | Measure::Sum(id) => {
                self.explain(&Condition::Answered(id.clone()), row, below, out);
            }
        }
    }

    fn explain_fact(&self, id: &str, row: &[(&str, Answered)], below: usize, out: &mut Vec<Ground>) {
        let Some((at, fact)) = self.facts.get(id).filter(|(at, _)| *at < below) else { return };
        if out.contains(&Ground::Fact(id.into())) {
            return;
        }
        out.push(Ground::Fact(id.into()));
        if let Some(condition) = &fact.holds {
            self.explain(condition, &[], *at, out);
        } else if let Some(measure) = &fact.measure {
            self.explain_measure(measure, row, *at, out);
        }
    }
}

fn equals((kind, found): Answered, value: &Literal) -> bool {
    match (found, value) {
        (Value::Text(found), Literal::Text(text)) => kind.tidy(found) == text.as_str(),
        (Value::Number(found), Literal::Number(number)) => found == number,
        (Value::Bool(found), Literal::Bool(value)) => found == value,
        _ => false,
    }
}

fn count<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}
