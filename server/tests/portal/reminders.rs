//! Reminders: one's own, on their day, and those of rules, near theirs; each told once, by day.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_contract::reminder::Reminders;
use durvis_server::ambient::Ambient;
use durvis_server::cases::clients;
use durvis_server::notices::letters::send_due;
use durvis_server::reminders::round::round;
use serde_json::{Value, json};

use crate::notices::{billed, letters, reached};
use crate::sign_in::outside::{Browser, Town};
use crate::support::migrated;
use crate::support::postgres::Cluster;

const DAY: i64 = 86_400;
const ID: &str = "00000000000000000000000000000001";

fn service(day: &str) -> Value {
    json!({"kind": "service", "about": "passport", "day": day, "text": "Paņemt veco pasi"})
}

async fn set(browser: &mut Browser<'_>, id: &str, new: Value) -> (u16, Value) {
    let answer = browser.ask("PUT", &format!("/api/v1/reminders/{id}?lang=en"), new).await;
    (answer.status.as_u16(), serde_json::from_str(&answer.body).unwrap_or_default())
}

/// Whoever comes back after their session is over.
async fn back<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

async fn kinds(browser: &mut Browser<'_>) -> Vec<String> {
    let told = browser.get("/api/v1/notices?lang=en").await.json();
    told["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_reminder_is_told_on_its_day_once() {
    told_once(Town::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_reminder_is_told_once_too() {
    let cluster = Cluster::start();
    told_once(Town::open_on(migrated(&cluster.url()).await).await).await;
}

async fn told_once(town: Town) {
    let mut browser = reached(&town, "adult").await;
    let (status, made) = set(&mut browser, ID, service("2026-11-30")).await;
    assert_eq!((status, &made["day"], &made["text"]), (200, &json!("2026-11-30"), &json!("Paņemt veco pasi")));
    assert_eq!(set(&mut browser, ID, service("2026-11-30")).await, (200, made.clone()), "set twice, it is one");
    let told = browser.get("/api/v1/reminders?lang=en&kind=service&about=passport").await.json();
    let subject = json!({"kind": "service", "about": "passport", "title": made["title"]});
    assert_eq!(told, json!({"items": [made], "subject": subject, "deadlines": []}));
    assert_eq!(browser.get("/api/v1/overview?lang=en").await.json()["reminders"], json!([made]));
    assert_eq!(round(&town.app).await.unwrap(), 0);
    town.pass(6 * DAY);
    assert_eq!(round(&town.app).await.unwrap(), 0, "the day before");
    town.pass(DAY - 5 * 3_600);
    assert_eq!(round(&town.app).await.unwrap(), 0, "its day, at five in the morning");
    town.pass(5 * 3_600);
    let (one, other) = tokio::join!(round(&town.app), round(&town.app));
    assert_eq!(one.unwrap() + other.unwrap(), 1, "two servers at once");

    let mut browser = back(&town, "adult").await;
    let notices = browser.get("/api/v1/notices?lang=en").await.json();
    let notice = &notices["items"][0];
    assert_eq!((&notice["kind"], &notice["about"]), (&json!("reminded"), &json!(ID)), "{notices}");
    assert_eq!(
        (&notice["title"], &notice["number"]),
        (&made["title"], &Value::Null),
        "of a service there is no number"
    );
    assert_eq!(send_due(&town.app).await.unwrap(), 1);
    let text = letters(&town).await[0]["text"].as_str().unwrap().to_owned();
    assert!(text.contains("/lv/reminders") && !text.contains("veco pasi"), "one's own words stay here: {text}");
    let told = browser.get("/api/v1/reminders?lang=en").await.json();
    assert!(told["items"][0]["told_at"].is_string(), "{told}");

    // Set for another day, it comes again.
    assert_eq!(set(&mut browser, ID, service("2026-12-01")).await.0, 200);
    town.pass(DAY);
    assert_eq!(round(&town.app).await.unwrap(), 1);
    let mut browser = back(&town, "adult").await;
    for _ in 0..2 {
        assert_eq!(browser.ask("DELETE", &format!("/api/v1/reminders/{ID}"), Value::Null).await.status, 204);
    }
    assert_eq!(browser.get("/api/v1/reminders").await.json()["items"], json!([]));
}

#[tokio::test]
async fn what_is_no_reminder_is_refused() {
    let town = Town::open().await;
    let mut browser = back(&town, "adult").await;
    let bill = billed(&mut browser, 1).await;
    let mut other = back(&town, "pensioner").await;
    let of_bill = json!({"kind": "bill", "about": bill, "day": "2026-12-01"});
    let broken = |new: Value, field: &'static str, rule: &'static str| (new, field, rule);
    let service_on = |day: &str| service(day);
    for (new, field, rule) in [
        broken(service_on("2026-11-23"), "day", "too_early"),
        broken(service_on("2040-01-01"), "day", "too_late"),
        broken(service_on("2026-02-30"), "day", "not_a_date"),
        broken(json!({"kind": "service", "about": "none-such", "day": "2026-12-01"}), "about", "unknown"),
        broken(
            json!({"kind": "service", "about": "passport", "day": "2026-12-01", "text": "a".repeat(201)}),
            "text",
            "too_long",
        ),
        broken(of_bill.clone(), "about", "unknown"),
    ] {
        let (status, told) = set(&mut other, ID, new).await;
        assert_eq!((status, &told["broken"][0]), (400, &json!({"field": field, "rule": rule})), "{told}");
    }
    assert_eq!(set(&mut browser, ID, of_bill.clone()).await.0, 200);
    assert_eq!(set(&mut other, ID, of_bill).await.0, 404, "what is another's is not there");
    assert_eq!(other.ask("DELETE", &format!("/api/v1/reminders/{ID}"), Value::Null).await.status, 404);
    assert_eq!(set(&mut browser, ID, service("2026-12-01")).await.0, 409, "the id is about something else");
    for number in 1..Reminders::MAX {
        assert_eq!(set(&mut browser, &format!("{:032x}", number + 1), service("2026-12-01")).await.0, 200);
    }
    let (status, told) = set(&mut browser, &"f".repeat(32), service("2026-12-01")).await;
    assert_eq!((status, &told["broken"][0]["rule"]), (400, &json!("too_many")));
}

#[tokio::test]
async fn what_is_near_its_day_is_told_by_rule_once() {
    by_rule(Town::open().await).await;
}

#[tokio::test]
async fn on_postgresql_rules_tell_once_too() {
    let cluster = Cluster::start();
    by_rule(Town::open_on(migrated(&cluster.url()).await).await).await;
}

async fn by_rule(mut town: Town) {
    town.unlimited();
    let mut browser = back(&town, "adult").await;
    let bill = billed(&mut browser, 1).await;
    let draft = |revision: u32, answers: Value| json!({"e_service": "my-face", "version": 1, "revision": revision, "terms_accepted": true, "answers": answers});
    browser.ask("PUT", &format!("/api/v1/uses/{:032x}", 2), draft(0, json!({}))).await.json();
    let deadlines = browser.get("/api/v1/reminders?lang=en").await.json()["deadlines"].clone();
    assert_eq!(
        (&deadlines[0]["kind"], &deadlines[0]["about"], &deadlines[0]["day"]),
        (&json!("bill"), &json!(bill), &json!("2026-12-23"))
    );

    town.pass(26 * DAY);
    assert_eq!(round(&town.app).await.unwrap(), 0, "four days before the bill is due");
    town.pass(DAY);
    let (one, other) = tokio::join!(round(&town.app), round(&town.app));
    assert_eq!(one.unwrap() + other.unwrap(), 1, "two servers at once");
    assert_eq!(round(&town.app).await.unwrap(), 0);
    let mut browser = back(&town, "adult").await;
    assert_eq!(kinds(&mut browser).await, ["bill_due", "bill_made"]);

    // A draft is kept for 90 days after its last change; touched, it is warned of anew.
    town.pass(57 * DAY);
    assert_eq!(round(&town.app).await.unwrap(), 1);
    let mut browser = back(&town, "adult").await;
    assert_eq!(kinds(&mut browser).await[0], "draft_ends");
    browser.ask("PUT", &format!("/api/v1/uses/{:032x}", 2), draft(1, json!({"person": "me"}))).await.json();
    assert_eq!(round(&town.app).await.unwrap(), 0);
    town.pass(84 * DAY);
    assert_eq!(round(&town.app).await.unwrap(), 1);
}

#[tokio::test]
async fn a_question_and_a_document_are_reminded_of() {
    let mut town = Town::open().await;
    town.unlimited();
    let mut browser = back(&town, "adult").await;
    let bill = billed(&mut browser, 1).await;
    let row = durvis_server::db::bill::by_id(&town.app.db, &bill).await.unwrap().unwrap();
    crate::support::set_paid(&town.app.db, &row.id).await;
    let made = clients::make(&town.app.db, &Ambient::default(), "office", "Tests").await.unwrap();
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", made.id, made.secret)));
    let token = town.machine("POST", "/api/v1/desk/token", &basic, "grant_type=client_credentials").await.json();
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let case = format!("/api/v1/desk/cases/{:032x}", 1);
    let step = |event: u32, revision: u32, step: Value| {
        json!({"id": format!("{event:032x}"), "revision": revision, "officer": "Ieva", "step": step}).to_string()
    };
    let steps = format!("{case}/steps");
    town.machine("POST", &steps, &bearer, &step(1, 1, json!({"kind": "take"}))).await.json();
    let ask = json!({"kind": "ask", "text": "Kur ir otrā lapa?", "due": "2026-12-03"});
    town.machine("POST", &steps, &bearer, &step(2, 2, ask)).await.json();
    let give = |day: &str| format!("{case}/documents?document={:032x}&name=A.pdf&officer=Ieva&valid_until={day}", 9);
    assert_eq!(town.machine("POST", &give("2026-11-22"), &bearer, "%PDF-1.7\n").await.status, 400, "it is over");
    let given = town.machine("POST", &give("2027-02-01"), &bearer, "%PDF-1.7\n").await.json();
    assert_eq!(given["valid_until"], "2027-02-01");
    let told = browser.get("/api/v1/reminders").await.json()["deadlines"].clone();
    let days: Vec<&Value> = told.as_array().unwrap().iter().map(|one| &one["day"]).collect();
    assert_eq!(days, ["2026-12-03", "2027-02-01"], "{told}");

    town.pass(6 * DAY);
    assert_eq!(round(&town.app).await.unwrap(), 0);
    town.pass(DAY);
    assert_eq!(round(&town.app).await.unwrap(), 1, "three days before the answer is due");
    town.pass(3 * DAY);
    assert_eq!(round(&town.app).await.unwrap(), 1, "sixty days before the document ends");
    town.pass(46 * DAY);
    assert_eq!(round(&town.app).await.unwrap(), 1, "and fourteen days before");
    let mut browser = back(&town, "adult").await;
    let kinds = kinds(&mut browser).await;
    assert_eq!(kinds[..3], ["document_expires", "document_expires", "answer_due"], "{kinds:?}");
    // Decided, its answers are kept for a year: a month before, that is told.
    let decide = json!({"kind": "decide", "ruling": "granted", "text": "Pase ir gatava."});
    let token = town.machine("POST", "/api/v1/desk/token", &basic, "grant_type=client_credentials").await.json();
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    town.machine("POST", &steps, &bearer, &step(3, 3, decide)).await.json();
    town.pass(334 * DAY);
    assert_eq!(round(&town.app).await.unwrap(), 0);
    town.pass(DAY);
    assert_eq!(round(&town.app).await.unwrap(), 1);
}
