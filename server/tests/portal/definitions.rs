//! Every e-service of the sample content, walked by its examples: what can be sent is, what cannot is refused with its reasons.

use std::collections::BTreeSet;

use durvis_contract::e_service::{Definition, Example, FileReference, Kind, Outcome, SignIn};
use durvis_server::catalogue::Sources;
use durvis_server::e_service::{check, schema};
use serde_json::{Value, json};

use crate::sign_in::outside::{Browser, Town};
use crate::support::real_content;

/// The day of the examples is that of the tests' clock.
const TODAY: &str = "2026-11-23";

fn definitions() -> Vec<Definition> {
    let checked = check(&Sources::load_all(&real_content()).unwrap());
    assert_eq!(checked.findings.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    checked.definitions.into_values().collect()
}

/// Whoever may use it: a parent whose child some examples name, somebody for a company, or nobody.
async fn citizen<'a>(town: &'a Town, audience: SignIn) -> Browser<'a> {
    let mut browser = town.browser();
    match audience {
        SignIn::Nobody => {}
        SignIn::Person | SignIn::Either => drop(browser.sign_in("eid", "parent", "/lv").await),
        SignIn::Company => {
            browser.sign_in("eid", "entrepreneur", "/lv").await;
            browser.ask("PUT", "/api/v1/session/principal", json!({"company": "40003000000"})).await.json();
        }
    }
    browser
}

/// The files that an example names, of as many bytes as it says.
async fn give_files(browser: &mut Browser<'_>, definition: &Definition, example: &Example, use_id: &str) {
    let answers = serde_json::to_value(&example.answers).unwrap();
    for field in definition.fields().filter(|field| matches!(field.kind, Kind::File { .. })) {
        let files: Vec<FileReference> = serde_json::from_value(answers[&field.id].clone()).unwrap_or_default();
        for file in files {
            let start: &[u8] = match file.media_type.as_str() {
                "application/pdf" => b"%PDF-1.7\n",
                "image/png" => b"\x89PNG\r\n\x1A\n",
                _ => b"\xFF\xD8\xFF\xE0",
            };
            let mut bytes = start.to_vec();
            bytes.resize(usize::try_from(file.bytes).unwrap(), b' ');
            let new = json!({
                "use_id": use_id, "e_service": definition.id, "version": definition.version, "field": field.id,
                "name": file.name, "bytes": file.bytes,
            });
            let path = format!("/api/v1/files/{}", file.id);
            browser.ask("PUT", &path, new).await.json();
            for (number, part) in bytes.chunks(256 * 1024).enumerate() {
                let told = browser.give("PUT", &format!("{path}/parts/{number}"), part.to_vec()).await;
                assert_eq!(told.status, 200, "{}", told.body);
            }
        }
    }
}

fn draft(definition: &Definition, example: &Example) -> Value {
    json!({
        "e_service": definition.id, "version": definition.version, "revision": 0, "terms_accepted": true,
        "answers": serde_json::to_value(&example.answers).unwrap(),
    })
}

#[tokio::test]
async fn every_e_service_takes_what_its_examples_say_and_refuses_the_rest() {
    let mut town = Town::open_with(&real_content()).await;
    town.unlimited();
    let mut number = 0;
    for definition in definitions() {
        assert!(definition.examples.iter().any(|example| example.errors.is_empty()), "{}", definition.id);
        let mut browser = citizen(&town, definition.audience).await;
        for example in &definition.examples {
            assert_eq!(example.today.to_string(), TODAY, "{}", definition.id);
            number += 1;
            give_files(&mut browser, &definition, example, &format!("{number:032x}")).await;
            let path = format!("/api/v1/uses/{number:032x}/send");
            let answer = browser.ask("POST", &path, draft(&definition, example)).await;
            let about = format!("{}, {}: {}", definition.id, example.name, answer.body);
            if example.errors.is_empty() {
                assert_eq!(answer.status, 200, "{about}");
                let number = answer.json()["number"].clone();
                assert_eq!(browser.ask("POST", &path, draft(&definition, example)).await.json()["number"], number);
                continue;
            }
            let told = answer.problem(400, "broken-rules");
            let broken = told["broken"].as_array().unwrap().iter();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let broken: BTreeSet<_> =
                broken.map(|one| format!("{}: {}", text(&one["field"]), text(&one["rule"]))).collect();
            assert_eq!(broken, example.errors.iter().cloned().collect(), "{about}");
        }
    }
}

#[test]
fn the_schema_for_editors_is_that_of_the_types_and_takes_every_definition() {
    let text = schema();
    let path = real_content().join("../../docs/e-service.schema.json");
    let update = "durvis e-service schema > docs/e-service.schema.json";
    assert!(std::fs::read_to_string(path).is_ok_and(|kept| kept == text), "out of date: {update}");
    let schema: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for definition in definitions() {
        let mut value = serde_json::to_value(&definition).unwrap();
        assert_eq!(
            validator.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>(),
            Vec::<String>::new()
        );
        value["steps"][0]["fields"][0]["kind"] = json!({"type": "telex"});
        assert!(!validator.is_valid(&value), "a kind that there is not");
        let mut value = serde_json::to_value(&definition).unwrap();
        value["steps"][0]["whem"] = json!({"answered": "x"});
        assert!(!validator.is_valid(&value), "a key that there is not");
        value = serde_json::to_value(&definition).unwrap();
        value["steps"][0]["when"] = json!({"compare": {"age": "x"}, "over": 3});
        assert!(!validator.is_valid(&value), "a condition that is none");
    }
}

#[test]
fn they_are_of_every_shape() {
    let all = definitions();
    let many = |holds: fn(&Definition) -> bool| all.iter().filter(|one| holds(one)).count();
    assert!(all.len() >= 21, "{} e-services", all.len());
    assert!(many(|one| String::from(one.institution.clone()) == "municipality") >= 8, "municipal ones");
    assert!(many(|one| matches!(one.outcome, Outcome::Immediate { .. })) >= 2, "answered at once");
    assert!(many(|one| !one.prices.is_empty()) >= 2, "paid");
    assert!(many(|one| one.audience == SignIn::Nobody) >= 2, "without signing in");
    assert!(many(|one| one.audience == SignIn::Company) >= 1, "for companies");
    assert!(many(|one| !one.tasks.is_empty()) >= 1, "with a task list");
    assert!(many(|one| one.fields().any(|field| field.kind.columns().is_some())) >= 3, "with rows");
    assert!(many(|one| one.fields().any(|field| matches!(field.kind, Kind::File { .. }))) >= 3, "with files");
}
