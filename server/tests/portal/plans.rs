//! Plans for life events: what the server answers, and which mistakes of an editor it names.

use axum::body::Body;
use axum::http::Request;
use durvis_contract::Plan;
use durvis_contract::plan::{Answers, Day};
use durvis_server::catalogue::import::{ImportError, checked};
use durvis_server::catalogue::localise::Localised;
use durvis_server::catalogue::read::Sources;

use crate::support::{Portal, content, real_content, sqlite, written};

const PLAN: &str = include_str!("plan.yaml");
const LAWS: &str = "- {slug: papers, name: {lv: Papīru likums, en: Paper Act}, url: https://likumi.lv/ta/id/1}\n";

fn with_plan(plan: &str) -> Sources {
    let mut files = content();
    files.insert("plans/going-abroad.yaml".into(), plan.into());
    files.insert("laws.yaml".into(), LAWS.into());
    Sources(files)
}

async fn portal(plan: &str) -> Portal {
    let (folder, db) = sqlite().await;
    Portal::of(db, Some(folder), Some(written(&with_plan(plan).0).path())).await
}

#[tokio::test]
async fn a_citizen_gets_the_rules_of_a_plan_in_each_language() {
    let portal = portal(PLAN).await;
    let plan = portal.get("/api/v1/plans/going-abroad?lang=en").await.json();
    assert_eq!(plan["name"], "Going abroad");
    assert_eq!(plan["steps"][0]["name"], "Passport", "that of its service");
    assert_eq!(plan["steps"][0]["by"]["count"], -1);
    assert_eq!(plan["steps"][0]["service"]["institution"]["slug"], "office");
    assert_eq!(plan["steps"][0]["law"]["name"], "Paper Act");
    assert_eq!(plan["steps"][1]["service"]["here_in"][0], "riga", "where the municipality offers it here");
    assert_eq!(plan["steps"][1]["when"]["one_of"]["question"], "pet");
    assert_eq!(portal.get("/api/v1/plans/going-abroad").await.json()["steps"][0]["name"], "Pase");
    assert_eq!(portal.get("/api/v1/catalogue").await.json()["plans"][0], "going-abroad");
}

#[tokio::test]
async fn what_is_no_plan_or_no_parameter_is_refused() {
    let portal = portal(PLAN).await;
    portal.get("/api/v1/plans/nothing").await.problem(404, "not-found");
    portal.get("/api/v1/plans/going-abroad?pet=yes").await.problem(400, "broken-rules");
    assert_eq!(portal.get("/lv/life-events/going-abroad/plan").await.status, 200);
    assert_eq!(Portal::open().await.get("/lv/life-events/going-abroad/plan").await.status, 404, "without a plan");
}

#[tokio::test]
async fn a_changed_plan_is_another_release() {
    let (one, other) = (portal(PLAN).await, portal(&PLAN.replace("months: -1", "months: -2")).await);
    let first = one.get("/api/v1/plans/going-abroad").await;
    let again = Request::get("/api/v1/plans/going-abroad").header("if-none-match", first.header("etag"));
    assert_eq!(one.ask(again.body(Body::empty()).unwrap()).await.status, 304);
    assert_ne!(first.header("etag"), other.get("/api/v1/plans/going-abroad").await.header("etag"));
}

#[test]
fn every_mistake_in_a_plan_is_named_by_file_line_and_column() {
    assert!(checked(&with_plan(PLAN)).is_ok());
    let cases = [
        ("event: {lv: Kad?, en: When?}", "event: {lv: Kad?}", 1, "event lacks en"),
        ("service: passport", "service: pasport", 10, "there is no service \"pasport\""),
        ("law: papers", "law: paper", 13, "there is no law \"paper\""),
        ("one_of: [cat, dog]", "one_of: [cat, fish]", 18, "question \"pet\" has no answer \"fish\""),
        ("{answer: pet, one_of", "{answer: pets, one_of", 18, "there is no question \"pets\" before"),
        ("one_of: [cat, dog]}", "one_of: [cat, dog], is: cat}", 18, "a condition is"),
        ("by: {months: -1}", "by: {months: -1, days: 3}", 12, "a date is one of"),
        ("by: {months: -1}", "by: {months: 4000}", 12, "more than 400"),
        ("id: felling", "id: passport", 15, "step \"passport\" stands here twice"),
        ("      - {id: dog, text: {lv: Suns, en: A dog}}\n", "", 3, "two answers"),
        ("    by: {months: -1}\n", "", 12, "a law without a date"),
    ];
    for (right, wrong, line, message) in cases {
        assert!(PLAN.contains(right), "{right}");
        let Err(ImportError::Mistakes(found)) = checked(&with_plan(&PLAN.replacen(right, wrong, 1))) else {
            panic!("{wrong:?} passes")
        };
        let named = found.iter().find(|one| one.message.contains(message));
        let named = named.unwrap_or_else(|| panic!("{wrong:?}: {found:?}"));
        assert_eq!((named.file.as_str(), named.line), ("plans/going-abroad.yaml", line), "{named}");
        assert!(named.column > 0, "{named}");
    }
}

#[test]
fn a_plan_without_a_life_event_is_a_mistake() {
    let mut sources = with_plan(PLAN);
    sources.0.insert("plans/nothing.yaml".into(), PLAN.into());
    let Err(ImportError::Mistakes(found)) = checked(&sources) else { panic!("passes") };
    assert!(found[0].message.contains("there is no life event \"nothing\""), "{found:?}");
}

/// Every way through the questions of a plan.
fn walks(plan: &Plan, answers: &Answers, seen: &mut Vec<Answers>) {
    let Some(question) = plan.next(answers) else { return seen.push(answers.clone()) };
    for answer in &question.answers {
        let mut answers = answers.clone();
        answers.set(&question.id, &answer.id);
        walks(plan, &answers, seen);
    }
}

#[test]
fn every_life_event_has_a_plan_and_no_way_through_its_questions_leads_nowhere() {
    let catalogue = checked(&Sources::load(&real_content()).unwrap()).unwrap();
    assert!(catalogue.plans.len() >= 14);
    assert!(catalogue.life_events.keys().eq(catalogue.plans.keys()));
    let event = Day::parse("2026-11-18");
    for lang in &catalogue.portal.languages {
        let localised = Localised::new(&catalogue, lang);
        for (slug, plan) in &catalogue.plans {
            let plan = localised.plan(slug, plan);
            let mut ways = Vec::new();
            walks(&plan, &Answers::default(), &mut ways);
            let mut met = std::collections::BTreeSet::new();
            for answers in &ways {
                let planned = plan.laid_out(answers, event);
                assert!(planned.len() >= 2, "{slug}: {answers:?}");
                met.extend(planned.iter().map(|one| one.step.id.clone()));
            }
            for step in &plan.steps {
                assert!(met.contains(&step.id), "{slug}: no answers lead to {}", step.id);
                assert!(step.service.is_some() || step.with.is_some(), "{slug}: nobody does {}", step.id);
            }
            assert!(plan.steps.iter().any(|step| step.by.is_some()), "{slug} has no dates");
        }
    }
}
