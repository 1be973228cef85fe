//! Where answers lead: what is asked, what is missing or wrong, how far the citizen is, and what will be sent.
//!
//! The position is computed from the answers every time and stored nowhere. One pass over the definition, one over every
//! row: conditions look back only, so what they see is settled when they are asked.

use super::scope::{Answered, RowView, Scope};
use super::state::{At, FieldState, Progress, StepState, TaskState, Walk, Wrong};
use super::{Answers, Day, Definition, Fault, Field, Kind, Recipient, Required, Row, Step, Value};

/// Walks the definition with those answers, on that day.
#[must_use]
pub fn evaluate(definition: &Definition, answers: &Answers, today: Day) -> Walk {
    let mut scope = Scope::new(definition, today);
    let mut steps: Vec<StepState> =
        definition.steps.iter().map(|step| walk_step(&mut scope, step, answers, today)).collect();
    apply_rules(definition, &scope, &mut steps);
    let mut reachable = true;
    for step in &mut steps {
        step.reachable = step.live && reachable;
        step.progress = progress(step);
        reachable &= !step.live || step.is_complete();
    }
    let price = definition.prices.iter().find(|price| price.when.as_ref().is_none_or(|when| scope.holds(when, &[])));
    Walk {
        tasks: definition.tasks.iter().map(|task| task_state(&task.id, definition, &steps)).collect(),
        price_cents: price.map_or(0, |price| price.cents),
        institution: recipient(definition, &scope),
        work: scope.work.get(),
        steps,
    }
}

fn walk_step<'a>(scope: &mut Scope<'a>, step: &'a Step, answers: &'a Answers, today: Day) -> StepState {
    let live = step.when.as_ref().is_none_or(|when| scope.holds(when, &[]));
    let because = step.when.as_ref().filter(|_| live).map_or_else(Vec::new, |when| scope.grounds(when, &[]));
    let fields = step.fields.iter().map(|field| walk_field(scope, field, answers, live, today)).collect();
    StepState { id: step.id.clone(), live, reachable: false, progress: Progress::Hidden, because, fields }
}

fn walk_field<'a>(scope: &mut Scope<'a>, field: &'a Field, answers: &'a Answers, live: bool, today: Day) -> FieldState {
    let mut state = FieldState::hidden(&field.id);
    scope.work.set(scope.work.get() + 1);
    if !live || !field.when.as_ref().is_none_or(|when| scope.holds(when, &[])) {
        return state;
    }
    state.live = true;
    state.because = field.when.as_ref().map_or_else(Vec::new, |when| scope.grounds(when, &[]));
    state.required = is_required(scope, field, &[]);
    let value = answers.get(&field.id).filter(|value| !value.is_blank());
    state.answered = value.is_some();
    let Some(value) = value else {
        if state.required {
            state.wrong.push(Wrong { at: At::field(&field.id), fault: Fault::Required });
        }
        return state;
    };
    if let Some(fault) = field.kind.check(value, today) {
        state.wrong.push(Wrong { at: At::field(&field.id), fault });
    }
    if let (Kind::Group { fields, .. }, Value::Rows(rows)) = (&field.kind, value) {
        for (at, row) in rows.iter().enumerate() {
            walk_row(scope, field, fields, (at, row), &mut state, today);
        }
    }
    scope.tell(&field.id, &field.kind, value);
    state
}

fn walk_row<'a>(
    scope: &mut Scope<'a>,
    group: &Field,
    columns: &'a [Field],
    (at, row): (usize, &'a Row),
    state: &mut FieldState,
    today: Day,
) {
    let mut view: RowView = Vec::with_capacity(columns.len());
    for (number, column) in columns.iter().enumerate() {
        scope.work.set(scope.work.get() + 1);
        if let Some(when) = &column.when {
            if !scope.holds(when, &view) {
                state.hidden_cells.push((at, number));
                continue;
            }
            if !state.columns_because.contains_key(&column.id) {
                state.columns_because.insert(column.id.clone(), scope.grounds(when, &view));
            }
        }
        let wrong = |fault| Wrong { at: At::cell(&group.id, at, &column.id), fault };
        let Some(value) = row.get(&column.id).filter(|value| !value.is_blank()) else {
            if is_required(scope, column, &view) {
                state.wrong.push(wrong(Fault::Required));
            }
            continue;
        };
        if let Some(fault) = column.kind.check(value, today) {
            state.wrong.push(wrong(fault));
        }
        if let Value::Number(number) = value {
            scope.add(&column.id, *number);
        }
        view.push((&column.id, (&column.kind, value)));
    }
}

fn is_required(scope: &Scope, field: &Field, row: &[(&str, Answered)]) -> bool {
    // A group that may be empty need not be answered with "none".
    let may_be_empty = matches!(field.kind, Kind::Group { min: 0, .. });
    !may_be_empty
        && match &field.required {
            Required::Yes => true,
            Required::No => false,
            Required::When(condition) => scope.holds(condition, row),
        }
}

/// A broken rule stands at the last of its fields: whoever answers in order has then answered the others.
fn apply_rules(definition: &Definition, scope: &Scope, steps: &mut [StepState]) {
    for rule in &definition.rules {
        let about = |field: &FieldState| rule.fields.contains(&field.id);
        let fields = || steps.iter().flat_map(|step| &step.fields).filter(|field| about(field));
        let applies = fields().count() > 0 && fields().all(|field| field.live && field.wrong.is_empty());
        if !applies || scope.holds(&rule.must, &[]) {
            continue;
        }
        let last = steps.iter_mut().flat_map(|step| &mut step.fields).filter(|field| about(field)).last();
        if let Some(field) = last {
            field.wrong.push(Wrong { at: At::field(&field.id), fault: Fault::Rule { id: rule.id.clone() } });
        }
    }
}

fn progress(step: &StepState) -> Progress {
    let answered = step.fields.iter().any(|field| field.live && field.answered);
    match (step.live, step.is_complete(), answered) {
        (false, ..) => Progress::Hidden,
        (true, true, true) => Progress::Done,
        (true, true, false) => Progress::Optional,
        (true, false, true) => Progress::Started,
        (true, false, false) => Progress::NotStarted,
    }
}

fn task_state(id: &str, definition: &Definition, steps: &[StepState]) -> TaskState {
    let of_task =
        definition.steps.iter().zip(steps).filter(|(step, state)| state.live && step.task.as_deref() == Some(id));
    let states: Vec<&StepState> = of_task.map(|(_, state)| state).collect();
    let all = |progress: &[Progress]| states.iter().all(|state| progress.contains(&state.progress));
    let progress = match () {
        () if states.is_empty() => Progress::Hidden,
        () if all(&[Progress::Optional]) => Progress::Optional,
        () if all(&[Progress::Optional, Progress::Done]) => Progress::Done,
        () if all(&[Progress::Optional, Progress::NotStarted]) => Progress::NotStarted,
        () => Progress::Started,
    };
    TaskState {
        id: id.into(),
        progress,
        reachable: states.first().is_some_and(|state| state.reachable),
        first: states.iter().find(|state| !state.is_complete()).or(states.first()).map(|state| state.id.clone()),
        steps_done: states.iter().filter(|state| state.is_complete()).count(),
        steps: states.len(),
    }
}

fn recipient(definition: &Definition, scope: &Scope) -> Option<String> {
    if let Recipient::Fixed(slug) = &definition.institution {
        return Some(slug.clone());
    }
    let mut fields = definition.fields().filter(|field| matches!(field.kind, Kind::Institution { .. }));
    fields.find_map(|field| match scope.answer(&field.id)? {
        Value::Text(slug) => Some(field.kind.tidy(slug).into_owned()),
        _ => None,
    })
}
