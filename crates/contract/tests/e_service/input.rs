//! Answers that nobody could have typed into the app.

use durvis_contract::Broken;
use durvis_contract::e_service::{Answers, Raw, Refused};

use crate::childbirth_allowance;

fn refused(json: &str) -> Option<(String, Refused)> {
    let raw: Raw = serde_json::from_str(json).unwrap_or_else(|wrong| panic!("{json}: {wrong}"));
    Answers::read(&childbirth_allowance(), &raw).err().map(|refusal| (refusal.path, refusal.why))
}

#[test]
fn bad_answers_are_refused_by_path() {
    let long = format!(r#"{{"given_name":"{}"}}"#, "a".repeat(20_001));
    let rows = format!(r#"{{"children":[{}{{}}]}}"#, "{},".repeat(1_000));
    for (json, path, why) in [
        ("[]", "", Refused::WrongType),
        (r#"{"shoe_size":1}"#, "shoe_size", Refused::UnknownField),
        (r#"{"role":"mother","role":"father"}"#, "role", Refused::Twice),
        (r#"{"role":1}"#, "role", Refused::WrongType),
        (r#"{"lives_in_latvia":"yes"}"#, "lives_in_latvia", Refused::WrongType),
        (r#"{"children":[{},{"age":1}]}"#, "children.1.age", Refused::UnknownField),
        (r#"{"children":[{},1]}"#, "children.1", Refused::WrongType),
        (r#"{"children":[{"weight_grams":1.5}]}"#, "children.0.weight_grams", Refused::WrongType),
        (r#"{"children":{}}"#, "children", Refused::WrongType),
        (r#"{"address":{"planet":"x"}}"#, "address", Refused::UnknownField),
        (
            r#"{"decision":[{"id":"1","name":"a\u202Efdp.exe","bytes":1,"media_type":"application/pdf"}]}"#,
            "decision",
            Refused::Character,
        ),
        (r#"{"given_name":"a\u0000"}"#, "given_name", Refused::Character),
        (r#"{"children":[{"child_name":"\u2066a"}]}"#, "children.0.child_name", Refused::Character),
        (&long, "given_name", Refused::TooLong),
        (&rows, "children", Refused::TooMany),
    ] {
        assert_eq!(refused(json), Some((path.to_owned(), why)), "{}", &json[..json.len().min(80)]);
    }
}

#[test]
fn all_answers_together_have_a_limit() {
    let row = format!(r#"{{"child_name":"{}"}}"#, "a".repeat(300));
    let json = format!(r#"{{"children":[{}]}}"#, vec![row; 900].join(","));
    assert_eq!(refused(&json), Some((String::new(), Refused::TooLarge)));
}

#[test]
fn what_was_typed_wrong_is_kept_and_null_is_no_answer() {
    assert_eq!(refused(r#"{"children":[{"weight_grams":"3 kg"}],"iban":"LV","role":null}"#), None);
}

#[test]
fn a_draft_of_another_version_keeps_what_fits() {
    let raw: Raw = serde_json::from_str(r#"{"role":"mother","shoe_size":41,"lives_in_latvia":"yes"}"#).unwrap();
    let (answers, refusals) = Answers::read_what_fits(&childbirth_allowance(), &raw);
    assert_eq!(answers.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["role"]);
    let broken: Vec<Broken> = refusals.iter().map(Broken::from).collect();
    let pairs: Vec<_> = broken.iter().map(|broken| (broken.field.as_str(), broken.rule.as_str())).collect();
    assert_eq!(pairs, [("shoe_size", "unknown"), ("lives_in_latvia", "wrong_type")]);
}
