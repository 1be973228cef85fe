//! Officers: people who sign in and work at the desk of their institution.

use durvis_server::cases::officers;
use durvis_server::db::officer;
use serde_json::{Value, json};

use crate::sign_in::outside::{Browser, Town};
use crate::support::Answer;
use crate::support::migrated;
use crate::support::postgres::Cluster;

const ID: &str = "0123456789abcdef0123456789abcdef";
/// Personal codes of personas of the sandbox.
const ADULT: &str = "320000-00001";
const PARENT: &str = "320000-00002";
const PENSIONER: &str = "320000-00003";

async fn signed_in<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

async fn add(town: &Town, institution: &str, code: &str, name: &str) -> String {
    officers::add(&town.app.db, &town.app.identity, institution, (code, name)).await.unwrap()
}

/// Somebody orders a passport and pays.
async fn paid(town: &Town, browser: &mut Browser<'_>, id: &str) {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false, "papers": null});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    let sent = browser.ask("POST", &format!("/api/v1/uses/{id}/send"), draft).await.json();
    let made = sent["bill"].as_str().unwrap_or_else(|| panic!("{sent}"));
    crate::support::set_paid(&town.app.db, made).await;
}

async fn step(browser: &mut Browser<'_>, id: &str, event: u32, revision: &Value, step: Value) -> Answer {
    let change = json!({"id": format!("{event:032x}"), "revision": revision, "step": step});
    browser.ask("POST", &format!("/api/v1/desk/cases/{id}/steps"), change).await
}

#[tokio::test]
async fn of_two_officers_on_one_case_the_second_is_told() {
    two_on_one_case(Town::open().await).await;
}

#[tokio::test]
async fn on_postgresql_the_second_is_told_too() {
    let cluster = Cluster::start();
    two_on_one_case(Town::open_on(migrated(&cluster.url()).await).await).await;
}

async fn two_on_one_case(town: Town) {
    let mut citizen = signed_in(&town, "adult").await;
    paid(&town, &mut citizen, ID).await;
    add(&town, "office", PARENT, "Jānis O.").await;
    add(&town, "office", PENSIONER, "Velta K.").await;
    let mut first = signed_in(&town, "parent").await;
    let mut second = signed_in(&town, "pensioner").await;
    let seats = json!({"items": [{"institution": "office", "name": "Birojs", "officer": "Jānis O."}]});
    assert_eq!(first.get("/api/v1/desk/seats").await.json(), seats);
    assert_eq!(first.get("/api/v1/desk/cases").await.json()["total"], 1);
    let path = format!("/api/v1/desk/cases/{ID}");
    let case = first.get(&path).await.json();
    second.get(&path).await.json();
    let revision = &case["case"]["revision"];
    let taken = step(&mut first, ID, 1, revision, json!({"kind": "take"})).await.json();
    assert_eq!(taken["events"][0]["officer"], "Jānis O.");
    let told = step(&mut second, ID, 2, revision, json!({"kind": "take"})).await.problem(409, "conflict");
    assert_eq!(told["held"]["officer"], "Jānis O.");
    assert_eq!(told["held"]["since"], taken["events"][0]["at"]);
    let revision = &taken["case"]["revision"];
    step(&mut second, ID, 2, revision, json!({"kind": "take"})).await.problem(409, "conflict");
    let over = step(&mut second, ID, 2, revision, json!({"kind": "take_over"})).await.json();
    assert_eq!(over["case"]["state"], "taken");
    let decision = json!({"kind": "decide", "ruling": "granted", "text": "Jā"});
    let told = step(&mut first, ID, 3, revision, decision.clone()).await.problem(409, "conflict");
    assert_eq!(told["held"]["officer"], "Velta K.");
    let decided = step(&mut second, ID, 3, &over["case"]["revision"], decision).await.json();
    assert_eq!(decided["case"]["state"], "decided");
    let course = citizen.get(&format!("/api/v1/uses/{ID}/course?lang=lv")).await.json();
    assert_eq!(course["events"].as_array().unwrap().len(), 2, "taken once, decided: {course}");
    let acts = citizen.get("/api/v1/acts").await.json();
    let has = |kind: &str, agent: &str| {
        acts["acts"].as_array().unwrap().iter().any(|act| act["kind"] == kind && act["agent"] == agent)
    };
    assert!(has("case_read", "office: Jānis O.") && has("case_read", "office: Velta K."), "{acts}");
    assert!(has("case_taken", "office: Velta K.") && has("case_decided", "office: Velta K."), "{acts}");
    let heard = citizen.get("/api/v1/notices").await.json();
    assert_eq!(heard.to_string().matches("case_taken").count(), 1, "who goes on with it is the institution's: {heard}");
}

#[tokio::test]
async fn nobody_sees_or_decides_a_case_of_their_own() {
    let town = Town::open().await;
    let mut officer = signed_in(&town, "adult").await;
    paid(&town, &mut officer, ID).await;
    add(&town, "office", ADULT, "Anna B.").await;
    assert_eq!(officer.get("/api/v1/desk/cases").await.json()["total"], 0);
    officer.get(&format!("/api/v1/desk/cases/{ID}")).await.problem(404, "not-found");
    step(&mut officer, ID, 1, &json!(1), json!({"kind": "take"})).await.problem(404, "not-found");
    officer.get(&format!("/api/v1/desk/cases/{ID}/files/{ID}")).await.problem(404, "not-found");
}

#[tokio::test]
async fn an_officer_works_at_their_own_desk_as_themselves_until_taken_back() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    paid(&town, &mut citizen, ID).await;
    let mut officer = signed_in(&town, "parent").await;
    officer.get("/api/v1/desk/cases").await.problem(403, "forbidden");
    assert_eq!(officer.get("/api/v1/desk/seats").await.json(), json!({"items": []}));
    let at_riga = add(&town, "riga", PARENT, "Jānis").await;
    assert_eq!(officer.get("/api/v1/desk/cases").await.json()["total"], 0, "what another decides is not there");
    officer.get(&format!("/api/v1/desk/cases/{ID}")).await.problem(404, "not-found");
    officer.get("/api/v1/desk/cases?institution=office").await.problem(403, "forbidden");
    let at_office = add(&town, "office", PARENT, "Jānis").await;
    officer.get("/api/v1/desk/cases").await.problem(400, "broken-rules");
    assert_eq!(officer.get("/api/v1/desk/cases?institution=office").await.json()["total"], 1);
    officer.get(&format!("/api/v1/desk/cases/{ID}?institution=office&officer=Ieva")).await.problem(400, "broken-rules");
    let gift = format!("/api/v1/desk/cases/{ID}/documents?institution=office&document={ID}&name=a.pdf&officer=Ieva");
    officer.give("POST", &gift, b"%PDF-1.7\n".to_vec()).await.problem(400, "broken-rules");
    assert!(officer::revoke(&town.app.db, &at_riga, 1).await.unwrap());
    assert_eq!(officer.get("/api/v1/desk/cases").await.json()["total"], 1);
    assert!(officer::revoke(&town.app.db, &at_office, 1).await.unwrap());
    officer.get("/api/v1/desk/cases").await.problem(403, "forbidden");
    officer.get(&format!("/api/v1/desk/cases/{ID}")).await.problem(403, "forbidden");
    let stored = format!("{:?}", officer::all(&town.app.db).await.unwrap());
    assert!(!stored.contains(PARENT), "only a digest of the code is kept");
}

#[tokio::test]
async fn who_acts_for_a_company_is_no_officer() {
    let town = Town::open().await;
    add(&town, "office", "320000-00004", "Uzņēmēja").await;
    let mut officer = signed_in(&town, "entrepreneur").await;
    assert_eq!(officer.get("/api/v1/desk/cases").await.status, 200);
    let companies = officer.get("/api/v1/session/companies").await.json();
    let company = json!({"company": companies[0]["number"]});
    officer.ask("PUT", "/api/v1/session/principal", company).await.json();
    officer.get("/api/v1/desk/cases").await.problem(403, "forbidden");
    assert_eq!(officer.get("/api/v1/desk/seats").await.json(), json!({"items": []}));
}

#[tokio::test]
async fn a_wrong_officer_is_not_added() {
    let town = Town::open().await;
    add(&town, "office", PARENT, "Jānis").await;
    for (institution, code, name) in
        [("nowhere", PARENT, "A"), ("office", "no code", "A"), ("office", ADULT, " "), ("office", PARENT, "Again")]
    {
        let added = officers::add(&town.app.db, &town.app.identity, institution, (code, name)).await;
        assert!(added.is_err(), "{institution} {code} {name}");
    }
}
