//! Conditions that look at what is not there, is asked later, or is of another type.

use std::collections::BTreeMap;

use super::Found;
use crate::e_service::{Condition, Definition, Fact, Kind, Literal, Measure, Required};

/// Where a field stands: its number among all fields; of a column, that of its group, and its own in there.
struct Place<'a> {
    kind: &'a Kind,
    order: usize,
    column: Option<usize>,
}

/// How much a condition may look at: fields before `before`, and the columns before that of the group `row`.
#[derive(Clone, Copy)]
struct View {
    before: usize,
    row: Option<(usize, usize)>,
    /// Facts before that number.
    facts: usize,
}

/// What a measure is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Number,
    Day,
}

struct Check<'a> {
    definition: &'a Definition,
    places: BTreeMap<&'a str, Place<'a>>,
    found: &'a mut Found,
}

pub fn check(definition: &Definition, found: &mut Found) {
    let mut places = BTreeMap::new();
    for (order, field) in definition.fields().enumerate() {
        places.insert(field.id.as_str(), Place { kind: &field.kind, order, column: None });
        for (at, column) in field.kind.columns().unwrap_or_default().iter().enumerate() {
            places.insert(column.id.as_str(), Place { kind: &column.kind, order, column: Some(at) });
        }
    }
    let mut check = Check { definition, places, found };
    check.steps();
    check.rest();
}

impl Check<'_> {
    fn steps(&mut self) {
        let facts = self.definition.facts.len();
        let mut order = 0;
        for step in &self.definition.steps {
            let path = format!("steps.{}", step.id);
            let view = View { before: order, row: None, facts };
            self.optional(step.when.as_ref(), view, &format!("{path}.when"));
            for field in &step.fields {
                let path = format!("{path}.fields.{}", field.id);
                let view = View { before: order, row: None, facts };
                self.field(field, view, &path);
                for (at, column) in field.kind.columns().unwrap_or_default().iter().enumerate() {
                    self.field(
                        column,
                        View { row: Some((order, at)), ..view },
                        &format!("{path}.fields.{}", column.id),
                    );
                }
                order += 1;
            }
        }
    }

    fn field(&mut self, field: &crate::e_service::Field, view: View, path: &str) {
        self.optional(field.when.as_ref(), view, &format!("{path}.when"));
        if let Required::When(condition) = &field.required {
            self.condition(condition, view, &format!("{path}.required"));
        }
    }

    fn rest(&mut self) {
        let facts = self.definition.facts.len();
        let all = View { before: usize::MAX, row: None, facts };
        for (at, fact) in self.definition.facts.iter().enumerate() {
            let (path, view) = (format!("facts.{}", fact.id), View { facts: at, ..all });
            match (&fact.holds, &fact.measure) {
                (Some(condition), None) => self.condition(condition, view, &path),
                (None, Some(measure)) => drop(self.measure(measure, view, &path)),
                _ => self.found.add(path, "a fact has either `holds` or `measure`"),
            }
        }
        for (at, price) in self.definition.prices.iter().enumerate() {
            self.optional(price.when.as_ref(), all, &format!("prices.{at}.when"));
        }
        for rule in &self.definition.rules {
            let path = format!("rules.{}", rule.id);
            let mut before = 0;
            for id in &rule.fields {
                match self.places.get(id.as_str()) {
                    None => self.found.add(format!("{path}.fields"), format!("unknown field {id}")),
                    Some(Place { column: Some(_), .. }) => {
                        self.found.add(format!("{path}.fields"), format!("{id} is a column: name its group"));
                    }
                    Some(place) => before = before.max(place.order + 1),
                }
            }
            self.found.unless(!rule.fields.is_empty(), &format!("{path}.fields"), "no field to stand at");
            self.condition(&rule.must, View { before, row: None, facts }, &format!("{path}.must"));
        }
    }

    fn optional(&mut self, condition: Option<&Condition>, view: View, path: &str) {
        if let Some(condition) = condition {
            self.condition(condition, view, path);
        }
    }

    fn condition(&mut self, condition: &Condition, view: View, path: &str) {
        let mut all = Vec::new();
        condition.each(&mut |one| all.push(one));
        for one in all {
            self.atom(one, view, path);
        }
    }

    fn atom(&mut self, condition: &Condition, view: View, path: &str) {
        match condition {
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => (),
            Condition::Answered(id) => drop(self.kind(id, view, path)),
            Condition::Fact(id) => {
                let holds = self.fact(id, view, path).is_none_or(|fact| fact.holds.is_some());
                self.found.unless(holds, path, "a measure is compared, it does not hold");
            }
            Condition::Equals { field, value } => {
                let Some(kind) = self.kind(field, view, path) else { return };
                let fits = match value {
                    Literal::Bool(_) => matches!(kind, Kind::YesNo {} | Kind::Statement {}),
                    Literal::Number(_) => matches!(kind, Kind::Number { .. } | Kind::Money { .. }),
                    Literal::Text(text) => takes(kind, text) && !matches!(kind, Kind::Choices { .. }),
                };
                self.found.unless(fits, path, &format!("{field} never equals that"));
            }
            Condition::OneOf { field, values } => {
                let Some(kind) = self.kind(field, view, path) else { return };
                let fits = !values.is_empty() && values.iter().all(|value| takes(kind, value));
                self.found.unless(fits, path, &format!("{field} is never one of these"));
            }
            Condition::Compare { left, right, .. } => {
                let (left, right) = (self.measure(left, view, path), self.measure(right, view, path));
                let same = left.zip(right).is_none_or(|(left, right)| left == right);
                self.found.unless(same, path, "a day and a number do not compare");
            }
        }
    }

    fn measure(&mut self, measure: &Measure, view: View, path: &str) -> Option<Unit> {
        let (id, unit, fits): (&String, Unit, fn(&Kind) -> bool) = match measure {
            Measure::Constant(_) => return Some(Unit::Number),
            Measure::Day(_) => return Some(Unit::Day),
            Measure::Fact(id) => {
                let fact = self.fact(id, view, path)?;
                self.found.unless(fact.measure.is_some(), path, &format!("{id} holds or not: nothing to compare"));
                return self.unit(fact);
            }
            Measure::Sum(id) => return self.sum(id, view, path),
            Measure::Number(id) => (id, Unit::Number, |kind| matches!(kind, Kind::Number { .. } | Kind::Money { .. })),
            Measure::Date(id) => (id, Unit::Day, |kind| matches!(kind, Kind::Date { .. })),
            Measure::Age(id) => {
                (id, Unit::Number, |kind| matches!(kind, Kind::Date { .. } | Kind::PersonalCode {} | Kind::Person {}))
            }
            Measure::Count(id) => {
                (id, Unit::Number, |kind| matches!(kind, Kind::Group { .. } | Kind::Choices { .. } | Kind::File { .. }))
            }
        };
        let kind = self.kind(id, view, path)?;
        self.found.unless(fits(kind), path, &format!("{id} is of another type"));
        Some(unit)
    }

    fn sum(&mut self, id: &str, view: View, path: &str) -> Option<Unit> {
        match self.places.get(id) {
            None => self.found.add(path, format!("unknown field {id}")),
            Some(place)
                if place.column.is_none() || !matches!(place.kind, Kind::Number { .. } | Kind::Money { .. }) =>
            {
                self.found.add(path, format!("{id} is no column of numbers"));
            }
            Some(place) if place.order >= view.before => self.found.add(path, format!("{id} is asked later")),
            Some(_) => (),
        }
        Some(Unit::Number)
    }

    /// The unit of a fact that has been checked, or will be at its own place.
    fn unit(&self, fact: &Fact) -> Option<Unit> {
        match fact.measure.as_ref()? {
            Measure::Day(_) | Measure::Date(_) => Some(Unit::Day),
            Measure::Fact(id) => {
                let at = self.definition.facts.iter().position(|one| one.id == fact.id)?;
                self.unit(self.definition.facts[..at].iter().find(|one| one.id == *id)?)
            }
            _ => Some(Unit::Number),
        }
    }
}

impl<'a> Check<'a> {
    /// The kind of a field that may be looked at from there.
    fn kind(&mut self, id: &str, view: View, path: &str) -> Option<&'a Kind> {
        let Some(place) = self.places.get(id) else {
            self.found.add(path, format!("unknown field {id}"));
            return None;
        };
        match (place.column, view.row) {
            (Some(at), Some((group, before))) if group == place.order => {
                self.found.unless(at < before, path, &format!("{id} is asked later"));
            }
            (Some(_), _) => {
                self.found.add(path, format!("{id} is a column: only its own row can look at it, or a sum"))
            }
            (None, _) => self.found.unless(place.order < view.before, path, &format!("{id} is asked later")),
        }
        Some(place.kind)
    }

    /// A fact that may be looked at from there: all that it follows from is asked before.
    fn fact(&mut self, id: &str, view: View, path: &str) -> Option<&'a Fact> {
        let Some(at) = self.definition.facts.iter().position(|fact| fact.id == id) else {
            self.found.add(path, format!("unknown fact {id}"));
            return None;
        };
        let fact = &self.definition.facts[at];
        self.found.unless(at < view.facts, path, &format!("the fact {id} comes later"));
        if at < view.facts && self.last(at).is_some_and(|last| last >= view.before) {
            self.found.add(path, format!("the fact {id} follows from what is asked later"));
        }
        Some(fact)
    }

    /// The last field that a fact follows from. Each fact looks at facts before it, and is looked at once.
    fn last(&self, fact: usize) -> Option<usize> {
        let mut last = None;
        let mut wanted = vec![false; fact + 1];
        wanted[fact] = true;
        for at in (0..=fact).rev().filter(|at| wanted.get(*at) == Some(&true)).collect::<Vec<_>>() {
            self.look(at, &mut wanted, &mut last);
        }
        last
    }

    fn look(&self, at: usize, wanted: &mut [bool], last: &mut Option<usize>) {
        let fact = &self.definition.facts[at];
        let (mut fields, mut facts): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        if let Some(condition) = &fact.holds {
            names(condition, &mut fields, &mut facts);
        }
        if let Some(measure) = &fact.measure {
            names_of(measure, &mut fields, &mut facts);
        }
        let places = fields.iter().filter_map(|id| self.places.get(id));
        *last = (*last).max(places.map(|place| place.order).max());
        for id in facts {
            let before = self.definition.facts[..at].iter().position(|one| one.id == id);
            if let Some(before) = before.filter(|before| !std::mem::replace(&mut wanted[*before], true)) {
                self.look(before, wanted, last);
            }
        }
    }
}

/// The fields and the facts that a condition names.
pub fn names<'a>(condition: &'a Condition, fields: &mut Vec<&'a str>, facts: &mut Vec<&'a str>) {
    condition.each(&mut |one| match one {
        Condition::Answered(id) | Condition::Equals { field: id, .. } | Condition::OneOf { field: id, .. } => {
            fields.push(id)
        }
        Condition::Fact(id) => facts.push(id),
        Condition::Compare { left, right, .. } => {
            names_of(left, fields, facts);
            names_of(right, fields, facts);
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => (),
    });
}

fn names_of<'a>(measure: &'a Measure, fields: &mut Vec<&'a str>, facts: &mut Vec<&'a str>) {
    match measure {
        Measure::Constant(_) | Measure::Day(_) => (),
        Measure::Fact(id) => facts.push(id),
        Measure::Number(id) | Measure::Date(id) | Measure::Age(id) | Measure::Count(id) | Measure::Sum(id) => {
            fields.push(id)
        }
    }
}

/// Whether a field can hold that text.
fn takes(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Choice { options } | Kind::Choices { options } => options.iter().any(|option| option.id == text),
        Kind::Text { .. } | Kind::Country {} | Kind::Institution { .. } | Kind::Person {} => kind.tidy(text) == text,
        _ => false,
    }
}
