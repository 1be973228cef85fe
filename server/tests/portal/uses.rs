//! Uses of e-services, from the first draft to the receipt, with the registers of the sandbox.

use durvis_server::db::service_use;
use durvis_server::notices::letters::send_due;
use durvis_server::uses::retention;
use serde_json::{Value, json};

use crate::cases::Machine;
use crate::sign_in::outside::{Browser, Town, once};
use crate::support::migrated;
use crate::support::postgres::Cluster;

const ID: &str = "0123456789abcdef0123456789abcdef";
const USE: &str = "/api/v1/uses/0123456789abcdef0123456789abcdef";

fn draft(revision: u32, answers: Value) -> Value {
    json!({"e_service": "passport-order", "version": 1, "revision": revision, "terms_accepted": true, "answers": answers})
}

fn whole() -> Value {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "lv 1010"});
    json!({"person": "me", "home": home, "name": " Anna ", "fast": true, "reason": "Ceļš", "trips": [{"where": "EE"}]})
}

fn face() -> Value {
    let answers = json!({"person": "me"});
    json!({"e_service": "my-face", "version": 1, "revision": 0, "terms_accepted": false, "answers": answers})
}

async fn signed_in<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

#[tokio::test]
async fn a_draft_goes_on_on_another_device() {
    let town = Town::open().await;
    let mut phone = signed_in(&town, "parent").await;
    let begun = phone.ask("PUT", USE, draft(0, json!({"name": "J"}))).await.json();
    assert_eq!((&begun["state"], &begun["revision"]), (&json!("draft"), &json!(1)));
    assert_eq!(begun["number"].as_str().unwrap().len(), 9);
    let saved = phone.ask("PUT", USE, draft(1, json!({"name": "Jānis", "fast": null}))).await.json();
    assert_eq!((&saved["revision"], &saved["number"]), (&json!(2), &begun["number"]));
    let mut desk = signed_in(&town, "parent").await;
    let found = desk.get(USE).await.json();
    assert_eq!(found["answers"]["name"], "Jānis");
    assert_eq!(found["use"]["title"], "Pases pasūtīšana");
    desk.ask("PUT", USE, draft(2, json!({"name": "No galda"}))).await.json();
    phone.ask("PUT", USE, draft(2, json!({"name": "No telefona"}))).await.problem(409, "conflict");
    assert_eq!(phone.get(USE).await.json()["answers"]["name"], "No galda", "nothing is written over");
    let uses = phone.get("/api/v1/uses?lang=en").await.json();
    assert_eq!((&uses["total"], &uses["items"][0]["title"]), (&json!(1), &json!("Ordering a passport")));
}

#[tokio::test]
async fn what_is_saved_is_sealed() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    browser.ask("PUT", USE, draft(0, json!({"name": "Neredzams"}))).await.json();
    let row = service_use::by_id(&town.app.db, ID).await.unwrap().unwrap();
    assert!(!row.sealed.contains("Neredzams"));
}

#[tokio::test]
async fn someone_elses_use_is_not_found() {
    let town = Town::open().await;
    let mut owner = signed_in(&town, "adult").await;
    owner.ask("PUT", USE, draft(0, whole())).await.json();
    let mut other = signed_in(&town, "pensioner").await;
    other.get(USE).await.problem(404, "not-found");
    for (method, path) in [("PUT", USE.to_owned()), ("DELETE", USE.to_owned()), ("POST", format!("{USE}/send"))] {
        let body = if method == "DELETE" { Value::Null } else { draft(1, whole()) };
        other.ask(method, &path, body).await.problem(404, "not-found");
    }
    assert_eq!(other.get("/api/v1/uses").await.json()["total"], 0);
    town.browser().get(USE).await.problem(401, "sign-in");
}

#[tokio::test]
async fn a_use_for_a_company_is_not_the_persons_own() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "entrepreneur").await;
    let company = json!({"company": "40003000000"});
    browser.ask("PUT", "/api/v1/session/principal", company).await.json();
    let begun = browser.ask("PUT", USE, draft(0, json!({}))).await.json();
    assert_eq!(begun["company"]["number"], "40003000000");
    browser.ask("PUT", "/api/v1/uses/11111111111111111111111111111111", face()).await.problem(403, "forbidden");
    browser.ask("PUT", "/api/v1/session/principal", json!({})).await.json();
    browser.get(USE).await.problem(404, "not-found");
}

#[tokio::test]
async fn what_is_sent_is_judged_again_and_kept_once() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let send = format!("{USE}/send?lang=en");
    let sent = browser.ask("POST", &send, draft(0, whole())).await.json();
    assert_eq!((&sent["state"], &sent["price_cents"]), (&json!("sent"), &json!(6_000)));
    assert_eq!((&sent["institution"], &sent["decided_by"]), (&json!("Office"), &json!("2026-12-03")));
    assert_eq!(browser.ask("POST", &send, draft(0, whole())).await.json(), sent, "the same receipt");
    browser.ask("PUT", USE, draft(1, json!({}))).await.problem(409, "conflict");
    browser.ask("DELETE", USE, Value::Null).await.problem(409, "conflict");
    let kept = browser.get(USE).await.json();
    assert_eq!(kept["answers"]["name"], "Anna", "tidy");
    assert_eq!(kept["answers"]["home"]["postal_code"], "LV-1010");
    let acts = browser.get("/api/v1/acts?kind=use_sent").await.json();
    let subject = format!("passport-order {}", sent["number"].as_str().unwrap());
    assert_eq!(acts["acts"][0]["subject"], subject);
    assert_eq!(acts["acts"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nothing_wrong_is_sent() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "parent").await;
    let send = format!("{USE}/send");
    let mut refuse = async |change: fn(&mut Value), field: &str, rule: &str| {
        let mut draft = draft(0, whole());
        change(&mut draft);
        let problem = browser.ask("POST", &send, draft).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"][0], json!({"field": field, "rule": rule}));
    };
    refuse(|draft| draft["terms_accepted"] = json!(false), "terms_accepted", "required").await;
    refuse(|draft| draft["version"] = json!(7), "version", "unknown").await;
    refuse(|draft| draft["answers"]["reason"] = json!(""), "reason", "required").await;
    refuse(|draft| draft["answers"]["price"] = json!(0), "price", "unknown").await;
    refuse(|draft| draft["answers"]["fast"] = json!("yes"), "fast", "wrong_type").await;
    refuse(|draft| draft["answers"]["name"] = json!("A\u{202e}nna"), "name", "character").await;
    refuse(|draft| draft["answers"]["name"] = json!("A".repeat(21)), "name", "too_long").await;
    refuse(|draft| draft["answers"]["home"]["territory"] = json!("atlantis"), "home", "unknown").await;
    refuse(|draft| draft["answers"]["person"] = json!("320000-00003"), "person", "unknown").await;
    refuse(|draft| draft["answers"]["trips"] = json!(vec![json!({"where": "EE"}); 1_001]), "trips", "too_many").await;
    let mut long = draft(0, whole());
    long["answers"]["reason"] = json!("x".repeat(10_000_000));
    browser.ask("POST", &send, long).await.problem(413, "too-large");
    browser.get(USE).await.problem(404, "not-found");
    let mut child = draft(0, whole());
    child["answers"]["person"] = json!("320000-00006");
    assert_eq!(browser.ask("POST", &send, child).await.json()["state"], "sent", "her own child");
}

#[tokio::test]
async fn what_registers_know_is_filled_in_and_a_silent_one_is_named() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "parent").await;
    let path = "/api/v1/e-services/passport-order/prefill";
    let told = browser.get(path).await.json();
    let value = |field: &str| {
        let values = told["values"].as_array().unwrap();
        values.iter().find(|one| one["field"] == field).cloned().unwrap_or_default()
    };
    assert_eq!((&value("name")["value"], &value("name")["source"]), (&json!("Jānis"), &json!("sign_in")));
    assert_eq!(value("home")["source"], "population");
    assert_eq!(value("home")["asked_at"], "2026-11-23T08:00:00Z");
    assert_eq!(value("email"), Value::Null, "there is none");
    let people: Vec<_> = told["people"].as_array().unwrap().iter().map(|one| one["value"].clone()).collect();
    assert_eq!(people, ["me", "320000-00006", "320000-00009"]);
    town.sandbox.misbehave(json!({"part": "population", "kind": "error"})).await;
    let told = browser.get(path).await.json();
    assert_eq!((&told["silent"], &told["values"][0]["field"]), (&json!(["population"]), &json!("name")));
}

#[tokio::test]
async fn a_registry_answers_anew_each_time_and_nobody_else() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let result = format!("{USE}/result");
    browser.ask("PUT", USE, face()).await.json();
    browser.get(&result).await.problem(404, "not-found");
    let mut again = face();
    again["revision"] = json!(1);
    let sent = browser.ask("POST", &format!("{USE}/send"), again).await.json();
    assert_eq!((&sent["state"], &sent["finished_at"]), (&json!("sent"), &Value::Null));
    town.sandbox.misbehave(once("bdas", "error", "")).await;
    browser.get(&result).await.problem(503, "silent");
    let answer = browser.get(&result).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let told = answer.json();
    assert_eq!((&told["holds"], &told["parts"][0]["at"]), (&json!(true), &json!("face")));
    assert_eq!(told["parts"][0]["value"]["media_type"], "image/svg+xml");
    assert!(!answer.body.contains("template"), "what is not shown does not leave the server");
    assert_eq!(browser.get(USE).await.json()["use"]["state"], "answered");
    browser.get(&result).await.json();
    let acts = browser.get("/api/v1/acts?kind=registry_asked").await.json();
    assert_eq!(acts["acts"].as_array().unwrap().len(), 2, "each time is written down");
    signed_in(&town, "pensioner").await.get(&result).await.problem(404, "not-found");
}

#[tokio::test]
async fn who_is_not_held_is_told_so() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "no-biometrics").await;
    browser.ask("POST", &format!("{USE}/send"), face()).await.json();
    let told = browser.get(&format!("{USE}/result")).await.json();
    assert_eq!((&told["holds"], &told["parts"]), (&json!(false), &json!([])));
}

#[tokio::test]
async fn wrong_data_is_reported_to_who_keeps_it_and_said_to_be_sent_only_when_it_was() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    browser.ask("POST", &format!("{USE}/send"), face()).await.json();
    let (path, told) =
        (format!("{USE}/deficiencies"), json!({"text": "Vārds nav tāds.", "reach": "anna@epasts.example"}));
    browser.ask("POST", &path, told.clone()).await.problem(404, "not-found");
    browser.get(&format!("{USE}/result")).await.json();
    let empty = browser.ask("POST", &path, json!({"text": " ", "reach": "x"})).await.problem(400, "broken-rules");
    assert_eq!(empty["broken"][0], json!({"field": "text", "rule": "required"}));
    let sent = browser.ask("POST", &path, told).await.json();
    let letters = town.sandbox.ask("GET", "/mailbox/messages?to=office@durvis.example", "").await.json();
    let (subject, text) = (letters[0]["subject"].as_str().unwrap(), letters[0]["text"].as_str().unwrap());
    assert!(subject.contains(sent["number"].as_str().unwrap()), "{subject}");
    assert!(text.contains("Vārds nav tāds.") && text.contains("320000-00001"), "{text}");
}

#[tokio::test]
async fn a_broken_page_is_reported_and_its_reporter_told() {
    let town = Town::open().await;
    let told = json!({"text": "Poga nestrādā", "email": "anna@epasts.example", "page": "/lv/uses", "lang": "lv"});
    let sent = town.browser().ask("POST", "/api/v1/error-reports", told.clone()).await.json();
    for to in ["operator@durvis.example", "anna@epasts.example"] {
        let letters = town.sandbox.ask("GET", &format!("/mailbox/messages?to={to}"), "").await.json();
        assert!(letters[0]["subject"].as_str().unwrap().contains(sent["number"].as_str().unwrap()));
    }
    let mut wrong = told;
    wrong["email"] = json!("anna@epasts.example\r\nBcc: x@y.example");
    town.browser().ask("POST", "/api/v1/error-reports", wrong).await.problem(400, "broken-rules");
}

#[tokio::test]
async fn an_error_is_a_case_at_the_desk_and_its_reporter_hears_what_becomes_of_it() {
    let town = Town::open().await;
    let told = json!({"text": "Poga nestrādā", "email": "anna@epasts.example", "page": "/lv/uses", "lang": "lv"});
    let sent = town.browser().ask("POST", "/api/v1/error-reports", told).await.json();
    let office = Machine::of(&town, "office").await;
    let listed = office.queue("").await;
    assert_eq!((&listed["total"], &listed["items"][0]["number"]), (&json!(1), &sent["number"]));
    let id = listed["items"][0]["id"].as_str().unwrap();
    let case = office.case(id).await.json();
    assert_eq!((&case["answers"]["page"], &case["applicant"]), (&json!("/lv/uses"), &Value::Null));
    let mut revision = case["case"]["revision"].clone();
    let steps = [
        (json!({"kind": "take"}), "strādājam", ""),
        (json!({"kind": "tell", "text": "Atradām cēloni."}), "par jūsu ziņojumu", "Atradām cēloni."),
        (json!({"kind": "decide", "ruling": "closed", "text": "Salabots."}), "atbilde", "Salabots."),
    ];
    for (number, (step, subject, text)) in (1..).zip(steps) {
        town.sandbox.ask("DELETE", "/mailbox/messages", "").await;
        revision = office.step(id, number, &revision, step).await.json()["case"]["revision"].clone();
        assert_eq!(send_due(&town.app).await.unwrap(), 1);
        assert_eq!(send_due(&town.app).await.unwrap(), 0, "once");
        let letters = town.sandbox.ask("GET", "/mailbox/messages?to=anna@epasts.example", "").await.json();
        let letter = &letters[0];
        let told = letter["subject"].as_str().unwrap();
        assert!(told.contains(subject) && told.contains(sent["number"].as_str().unwrap()), "{told}");
        assert!(letter["text"].as_str().unwrap().contains(text), "{letter}");
    }
    // Its address goes with its answers.
    town.pass(400 * 86_400);
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 1);
    office.case(id).await.problem(401, "sign-in");
    let office = Machine::of(&town, "office").await;
    office.case(id).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_hint_needs_no_sign_in() {
    let town = Town::open().await;
    let mut browser = town.browser();
    let hint = json!({"e_service": "hint", "version": 1, "revision": 0, "terms_accepted": false, "answers": {"what": "Bedre"}});
    let sent = browser.ask("POST", &format!("{USE}/send"), hint.clone()).await.json();
    assert_eq!(sent["state"], "sent");
    assert_eq!(browser.ask("POST", &format!("{USE}/send"), hint).await.json()["number"], sent["number"]);
    browser.ask("POST", &format!("{USE}/send"), draft(0, whole())).await.problem(401, "sign-in");
    browser.get(USE).await.problem(401, "sign-in");
}

#[tokio::test]
async fn saving_a_draft_takes_few_queries_whatever_its_size() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    browser.ask("PUT", USE, draft(0, json!({}))).await.json();
    let mut counts = Vec::new();
    for (revision, reason) in [(1, "x".to_owned()), (2, "x".repeat(19_000))] {
        let before = town.queries();
        let mut answers = whole();
        answers["reason"] = json!(reason);
        browser.ask("PUT", USE, draft(revision, answers)).await.json();
        counts.push(town.queries() - before);
    }
    assert!(counts[0] > 0 && counts[0] <= 5 && counts[0] == counts[1], "{counts:?}");
}

#[tokio::test]
async fn answers_are_deleted_when_their_time_is_over_and_the_number_stays() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let sent = browser.ask("POST", &format!("{USE}/send"), draft(0, whole())).await.json();
    let bill = sent["bill"].as_str().unwrap();
    crate::support::set_paid(&town.app.db, bill).await;
    let other = "/api/v1/uses/11111111111111111111111111111111";
    browser.ask("PUT", other, draft(0, json!({"name": "Iesākts"}))).await.json();
    town.pass(89 * 86_400);
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 0);
    town.pass(2 * 86_400);
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 1, "the draft: 90 days");
    town.pass(275 * 86_400);
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 0, "what nobody has decided is kept");
    let mut browser = signed_in(&town, "adult").await;
    let withdrawn = browser.ask("PUT", &format!("{USE}/withdrawal/{}", "a".repeat(32)), Value::Null).await.json();
    assert_eq!(withdrawn["use"]["kept_until"], "2028-11-23");
    town.pass(364 * 86_400);
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 0);
    town.pass(2 * 86_400);
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 1, "what is over: 365 days, as its file says");
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 0, "once");
    let mut browser = signed_in(&town, "adult").await;
    let kept = browser.get(USE).await.json();
    assert_eq!(
        (&kept["answers"], &kept["use"]["number"], &kept["use"]["state"]),
        (&json!({}), &sent["number"], &json!("withdrawn"))
    );
    assert!(kept["use"]["forgotten_at"].is_string());
    let ended = browser.get(other).await.json();
    assert_eq!((&ended["answers"], &ended["use"]["state"]), (&json!({}), &json!("ended")));
    let acts = browser.get("/api/v1/acts?kind=use_forgotten").await.json();
    assert_eq!(acts["acts"].as_array().unwrap().len(), 2, "both are in the citizen's own history");
}

/// Twelve times the same, at once, from devices that all believe to be the first.
async fn sent_at_once(town: &Town) {
    let browser = signed_in(town, "adult").await;
    let sends = (0..12).map(|_| {
        let mut device = browser.again();
        async move { device.ask("POST", &format!("{USE}/send"), draft(0, whole())).await }
    });
    let answers = futures_util::future::join_all(sends).await;
    let numbers: Vec<Value> = answers.iter().map(|answer| answer.json()["number"].clone()).collect();
    assert!(numbers[0].is_string() && numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");
    let mut browser = browser;
    assert_eq!(browser.get("/api/v1/uses").await.json()["total"], 1);
    let acts = browser.get("/api/v1/acts?kind=use_sent").await.json();
    assert_eq!(acts["acts"].as_array().unwrap().len(), 1, "one submission, one row of the log");
}

#[tokio::test]
async fn what_is_sent_many_times_at_once_is_sent_once_on_sqlite() {
    sent_at_once(&Town::open().await).await;
}

#[tokio::test]
async fn what_is_sent_many_times_at_once_is_sent_once_on_postgresql() {
    let cluster = Cluster::start();
    let db = migrated(&cluster.url()).await;
    sent_at_once(&Town::open_on(db).await).await;
}
