//! The childbirth allowance, walked as a parent would.

use durvis_contract::Broken;
use durvis_contract::e_service::{
    Answers, Definition, Fault, Ground, Position, Progress, Raw, Row, Value, Walk, check_definition, evaluate,
};

use crate::{answers, childbirth_allowance, today};

/// Someone who answers question by question.
struct Parent {
    definition: Definition,
    answers: Answers,
}

impl Parent {
    fn new() -> Self {
        Self { definition: childbirth_allowance(), answers: Answers::default() }
    }

    fn answer(&mut self, json: &str) -> Walk {
        for (field, value) in answers(&self.definition, json).iter() {
            self.answers.set(field, Some(value.clone()));
        }
        self.walk()
    }

    fn walk(&self) -> Walk {
        evaluate(&self.definition, &self.answers, today())
    }
}

fn codes(walk: &Walk) -> Vec<String> {
    walk.wrong().map(Broken::from).map(|broken| format!("{}: {}", broken.field, broken.rule)).collect()
}

#[test]
fn the_definition_has_no_mistakes_and_reads_back() {
    let definition = childbirth_allowance();
    assert_eq!(check_definition(&definition, &["lv", "en"]), []);
    let missing = check_definition(&definition, &["lv", "ru"]);
    assert!(missing.iter().any(|mistake| mistake.path == "title" && mistake.what == "no text in ru"));
    let text = serde_json::to_string(&definition).unwrap();
    assert_eq!(serde_json::from_str::<Definition>(&text).unwrap(), definition);
}

#[test]
fn a_parent_goes_step_by_step() {
    let mut parent = Parent::new();
    assert_eq!(parent.walk().position(), Position::Step("role"));
    assert!(parent.walk().can_visit("role") && !parent.walk().can_visit("parent"));
    assert!(!parent.walk().can_visit("nowhere"));

    let walk = parent.answer(r#"{"role":"mother"}"#);
    assert_eq!(walk.position(), Position::Step("parent"));
    assert!(!walk.field("decision").unwrap().live);

    let walk = parent.answer(r#"{"given_name":"Anna","personal_code":"16117519997","lives_in_latvia":false}"#);
    assert_eq!(walk.position(), Position::Step("parent"));
    let country = walk.field("country").unwrap();
    assert!(country.live && country.required && !country.answered);
    assert_eq!(country.because, [Ground::Answer("lives_in_latvia".into())]);
    assert_eq!(walk.step("parent").unwrap().progress, Progress::Started);

    let walk = parent.answer(r#"{"lives_in_latvia":true}"#);
    assert_eq!(walk.position(), Position::Step("children"));

    let walk =
        parent.answer(r#"{"children":[{"child_name":"Jānis","child_birth_date":"2026-10-01","born_abroad":true}]}"#);
    assert_eq!(walk.position(), Position::Step("children"));
    assert!(codes(&walk).contains(&"children.0.birth_country: required".into()));
    let because = &walk.field("children").unwrap().columns_because["birth_country"];
    assert_eq!(because, &[Ground::Answer("born_abroad".into())]);

    let one = r#"{"child_name":"Jānis","child_birth_date":"2026-10-01","born_abroad":false}"#;
    let walk = parent.answer(&format!(r#"{{"children":[{one}]}}"#));
    assert_eq!(walk.position(), Position::Step("payment"));
    assert_eq!((walk.after("children"), walk.before("payment")), (Some("payment"), Some("children")));

    let walk = parent.answer(&format!(r#"{{"children":[{one},{one}]}}"#));
    assert_eq!(walk.position(), Position::Step("several"));
    assert_eq!(
        walk.step("several").unwrap().because,
        [Ground::Fact("several".into()), Ground::Answer("children".into())]
    );
    let walk = parent.answer(r#"{"same_birth":false}"#);
    assert_eq!(walk.step("several").unwrap().wrong().next().map(|wrong| &wrong.fault), Some(&Fault::Required));
    let walk = parent.answer(r#"{"same_birth":true}"#);
    assert_eq!((walk.position(), walk.price_cents), (Position::Step("payment"), 0));
    assert_eq!(walk.tasks[0].progress, Progress::Done);
    assert_eq!((walk.tasks[1].progress, walk.tasks[1].reachable), (Progress::NotStarted, true));
    assert_eq!(walk.tasks[1].first.as_deref(), Some("payment"));

    let walk = parent
        .answer(r#"{"how":"post","address":{"territory":"riga","street":"Brīvības iela 1","postal_code":"1010"}}"#);
    assert_eq!((walk.position(), walk.price_cents), (Position::Step("contact"), 213));
    assert!(walk.can_visit("role") && walk.can_visit("contact"));

    let walk = parent.answer(r#"{"true_data":true}"#);
    assert_eq!(codes(&walk), ["email: contact_wanted"]);
    let walk = parent.answer(r#"{"email":" anna@example.lv "}"#);
    assert_eq!(walk.position(), Position::Check);
    assert_eq!(walk.institution.as_deref(), Some("vsaa"));
    assert_eq!(walk.tasks[1].progress, Progress::Done);
}

#[test]
fn answers_of_another_branch_stay_and_are_not_sent() {
    let mut parent = Parent::new();
    let Raw::Map(example) = parent.definition.examples[0].answers.clone() else { panic!() };
    parent.answer(&serde_json::to_string(&Raw::Map(example)).unwrap());
    parent.answer(r#"{"address":{"territory":"riga","street":"x","postal_code":"LV-1010"},"country":"LT"}"#);
    let walk = parent.answer(r#"{"how":"post"}"#);
    let sent = walk.to_send(&parent.definition, &parent.answers);
    assert!(parent.answers.get("iban").is_some() && sent.get("iban").is_none());
    assert!(sent.get("address").is_some() && sent.get("country").is_none());
    // Back again: nothing has to be typed twice.
    assert!(parent.answer(r#"{"how":"account"}"#).is_complete());
}

#[test]
fn a_cell_that_is_not_asked_is_neither_shown_nor_sent() {
    let mut parent = Parent::new();
    let row =
        r#"{"child_name":" Jānis  Kārlis ","child_birth_date":"2026-10-01","born_abroad":false,"birth_country":"LT"}"#;
    let walk = parent.answer(&format!(r#"{{"children":[{row}]}}"#));
    let lines = walk.lines(&parent.definition, &parent.answers);
    let cells: Vec<&str> = lines.iter().filter(|line| line.row.is_some()).map(|line| line.field.id.as_str()).collect();
    assert_eq!(cells, ["child_name", "child_birth_date", "born_abroad", "weight_grams"]);
    let sent = walk.to_send(&parent.definition, &parent.answers);
    let Some(Value::Rows(rows)) = sent.get("children") else { panic!() };
    assert_eq!(rows[0].get("birth_country"), None);
    assert_eq!(rows[0].get("child_name"), Some(&Value::Text("Jānis Kārlis".into())));
}

#[test]
fn a_thousand_rows_cost_a_little_each() {
    let mut parent = Parent::new();
    parent.answer(r#"{"role":"father","given_name":"A","personal_code":"321234-56789","lives_in_latvia":true}"#);
    let texts = [("child_name", "Jānis"), ("child_birth_date", "2026-10-01")];
    let mut row: Row = texts.map(|(id, text)| (id.to_owned(), Value::Text(text.into()))).into();
    row.insert("born_abroad".into(), Value::Bool(false));
    let mut work = |rows: usize| {
        parent.answers.set("children", Some(Value::Rows(vec![row.clone(); rows])));
        parent.walk().work
    };
    let (none, some, all) = (work(2), work(502), work(1_002));
    assert_eq!(all - some, some - none, "not linear");
    assert!((all - none) / 1_000 <= 8, "{all}");
}
