//! What holds whatever is answered.

use durvis_contract::e_service::{Answers, Definition, Position, Raw, check_definition, evaluate};

use crate::made::{self, Dice};
use crate::{childbirth_allowance, today};

const RUNS: u64 = 3_000;

/// The allowance, and a hundred conditional fields in ten steps, each asked after some of those before.
fn definitions() -> [Definition; 2] {
    [childbirth_allowance(), hundred()]
}

fn hundred() -> Definition {
    let mut dice = Dice(7);
    let mut steps = Vec::new();
    for step in 0..10 {
        let fields: Vec<String> = (0..10).map(|at| question(step * 10 + at, &mut dice)).collect();
        steps.push(format!(r#"{{"id":"s{step}","title":{{"lv":"s"}},"fields":[{}]}}"#, fields.join(",")));
    }
    let text = format!(
        r#"{{"id":"hundred","version":1,"title":{{"lv":"t"}},"summary":{{"lv":"s"}},"service":"s","audience":"nobody","institution":"x",
        "outcome":{{"type":"immediate","registry":"r"}},"retention_days":1,"steps":[{}]}}"#,
        steps.join(",")
    );
    let definition: Definition = serde_json::from_str(&text).unwrap_or_else(|wrong| panic!("{wrong}"));
    let mistakes = check_definition(&definition, &["lv"]);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    definition
}

fn question(number: usize, dice: &mut Dice) -> String {
    let when = if number == 0 {
        String::new()
    } else {
        let (one, other) = (dice.below(number), dice.below(number));
        let truth = dice.one_in(2);
        format!(r#","when":{{"any":[{{"field":"f{one}","equals":{truth}}},{{"not":{{"answered":"f{other}"}}}}]}}"#)
    };
    format!(r#"{{"id":"f{number}","kind":{{"type":"yes_no"}},"label":{{"lv":"l"}}{when}}}"#)
}

fn every(check: impl Fn(&Definition, &Answers)) {
    for definition in definitions() {
        let mut dice = Dice(1);
        for run in 0..RUNS {
            let (gap, wrong) = [(2, 3), (20, 20), (1_000_000, 1_000_000)][(run % 3) as usize];
            check(&definition, &made::answers(&definition, &mut dice, gap, wrong));
        }
    }
}

#[test]
fn the_position_is_never_beyond_what_is_missing_or_wrong() {
    every(|definition, answers| {
        let walk = evaluate(definition, answers, today());
        let position = match walk.position() {
            Position::Step(id) => walk.steps.iter().position(|step| step.id == id).unwrap(),
            Position::Check => walk.steps.len(),
        };
        for (at, step) in walk.steps.iter().enumerate() {
            let missing = step.fields.iter().any(|field| field.live && field.required && !field.answered);
            assert!(at >= position || !step.live || (!missing && step.wrong().next().is_none()));
            assert_eq!(walk.can_visit(&step.id), step.live && at <= position, "{}", step.id);
        }
        assert_eq!(walk.is_complete(), walk.wrong().next().is_none());
    });
}

#[test]
fn walking_twice_leads_to_the_same_place() {
    every(|definition, answers| {
        let walk = evaluate(definition, answers, today());
        assert_eq!(walk, evaluate(definition, answers, today()));
    });
}

#[test]
fn what_is_sent_is_the_whole_of_it() {
    let complete = std::cell::Cell::new(0);
    every(|definition, answers| {
        let walk = evaluate(definition, answers, today());
        let sent = walk.to_send(definition, answers);
        let again = evaluate(definition, &sent, today());
        let live = |walk: &durvis_contract::e_service::Walk| -> Vec<(String, bool)> {
            walk.steps.iter().flat_map(|step| &step.fields).map(|field| (field.id.clone(), field.live)).collect()
        };
        assert_eq!(live(&walk), live(&again), "what is left out decided something");
        assert_eq!((walk.is_complete(), walk.price_cents), (again.is_complete(), again.price_cents));
        assert_eq!(again.to_send(definition, &sent), sent, "tidying twice");
        complete.set(complete.get() + u32::from(walk.is_complete()));
    });
    assert!(complete.get() > 1_000, "{} complete walks prove little", complete.get());
}

#[test]
fn answers_read_back_from_json() {
    every(|definition, answers| {
        let text = serde_json::to_string(answers).unwrap();
        let raw: Raw = serde_json::from_str(&text).unwrap();
        assert_eq!(Answers::read(definition, &raw).as_ref(), Ok(answers), "{text}");
    });
}

#[test]
fn a_hidden_answer_changes_nothing() {
    every(|definition, answers| {
        let walk = evaluate(definition, answers, today());
        let mut fewer = answers.clone();
        for field in walk.steps.iter().flat_map(|step| &step.fields).filter(|field| !field.live) {
            fewer.set(&field.id, None);
        }
        assert_eq!(evaluate(definition, &fewer, today()), walk);
    });
}

#[test]
fn a_hundred_conditional_fields_are_looked_at_once_each() {
    let definition = hundred();
    let answers = made::answers(&definition, &mut Dice(1), 2, 2);
    let walk = evaluate(&definition, &answers, today());
    assert!(walk.work < 100 * 8, "{}", walk.work);
}
