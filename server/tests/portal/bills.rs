//! Bills, from what is sent to the money that has moved: with the sandbox's bank, and with one that fails everywhere.

#[path = "bills/faulty_bank.rs"]
mod faulty_bank;

use durvis_contract::e_service::Reference;
use durvis_server::bills::pay;
use durvis_server::db::{bill, payment, service_use};
use durvis_server::uses::retention;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::sign_in::outside::{Browser, Town, once};
use faulty_bank::{FaultyBank, Status};

const USE: &str = "/api/v1/uses/0123456789abcdef0123456789abcdef";
const PAYMENT: &str = "00000000000000000000000000000001";
/// Histories of a bill that are tried.
const HISTORIES: u64 = 10_000;
/// What happens in each.
const EVENTS: usize = 14;

async fn signed_in<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

/// Sends an order of a passport; the address of its bill.
async fn billed(browser: &mut Browser<'_>, path: &str, fast: bool) -> String {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let mut answers = json!({"person": "me", "home": home, "name": "Anna", "fast": fast});
    if fast {
        answers["reason"] = json!("Ceļš");
    }
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    let sent = browser.ask("POST", &format!("{path}/send"), draft).await.json();
    format!("/api/v1/bills/{}", sent["bill"].as_str().unwrap())
}

fn new(id: &str, bank: &str) -> Value {
    json!({"id": id, "bank": bank, "lang": "lv"})
}

async fn begin(browser: &mut Browser<'_>, bill: &str) -> Value {
    browser.ask("POST", &format!("{bill}/payments"), new(PAYMENT, "kalnu-banka")).await.json()
}

/// Decides on the bank's own page; where in the portal the browser is then.
async fn decide(town: &Town, browser: &mut Browser<'_>, begun: &Value, decision: &str) -> String {
    let page = begun["payment"]["redirect"].as_str().unwrap().strip_prefix(&town.sandbox.origin).unwrap().to_owned();
    let answer = town.sandbox.ask("POST", &page, &format!("decision={decision}")).await;
    let back = answer.header("location").strip_prefix("http://127.0.0.1:8080").unwrap().to_owned();
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

#[tokio::test]
async fn what_costs_makes_a_bill_which_is_paid_at_the_bank_once() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let path = billed(&mut browser, USE, true).await;
    assert_eq!(billed(&mut browser, USE, true).await, path, "sent twice, one bill");
    let bill = browser.get(&format!("{path}?lang=en")).await.json();
    assert_eq!(
        (&bill["state"], &bill["amount_cents"], &bill["due"]),
        (&json!("open"), &json!(6000), &json!("2026-12-23"))
    );
    assert_eq!((&bill["title"], &bill["institution"]), (&json!("Ordering a passport"), &json!("Office")));
    let banks = browser.get("/api/v1/banks?lang=lv").await.json();
    assert_eq!(banks, json!([{"slug": "kalnu-banka", "name": "Kalnu banka"}]));

    let begun = begin(&mut browser, &path).await;
    assert_eq!(begun["state"], "paying");
    assert_eq!(begin(&mut browser, &path).await["payment"], begun["payment"], "the same id is the same payment");
    let another =
        browser.ask("POST", &format!("{path}/payments"), new(&PAYMENT.replace('1', "2"), "kalnu-banka")).await;
    another.problem(409, "conflict");
    let page = decide(&town, &mut browser, &begun, "confirm").await;
    assert_eq!(page, path.replace("/api/v1", "/lv"));
    let paid = browser.get(&path).await.json();
    assert_eq!((&paid["state"], &paid["paid_at"]), (&json!("paid"), &json!("2026-11-23T08:00:00Z")));
    assert!(paid["payment"]["redirect"].is_null());
    browser
        .ask("POST", &format!("{path}/payments"), new(&PAYMENT.replace('1', "2"), "kalnu-banka"))
        .await
        .problem(409, "conflict");
    browser.ask("DELETE", &format!("{path}/payments"), Value::Null).await.problem(409, "conflict");
    let acts = browser.get("/api/v1/acts?kind=bill_paid").await.json();
    assert_eq!(acts["acts"].as_array().unwrap().len(), 1, "{acts}");
    // Without a price there is no bill.
    let free = json!({"e_service": "my-face", "version": 1, "revision": 0, "terms_accepted": false, "answers": {"person": "me"}});
    let told = browser.ask("POST", "/api/v1/uses/ffffffffffffffffffffffffffffffff/send", free).await.json();
    assert!(told["bill"].is_null());
}

#[tokio::test]
async fn the_days_of_a_decision_run_from_the_payment_on() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let path = billed(&mut browser, USE, true).await;
    let begun = begin(&mut browser, &path).await;
    let row = async || service_use::by_id(&town.app.db, &USE[13..]).await.unwrap().unwrap();
    assert_eq!(row().await.decide_by.as_deref(), Some("2026-12-03"));
    let page = begun["payment"]["redirect"].as_str().unwrap().strip_prefix(&town.sandbox.origin).unwrap().to_owned();
    town.sandbox.ask("POST", &page, "decision=confirm").await;
    town.pass(3 * 86_400);
    pay::reconcile_live(&town.app).await.unwrap();
    assert_eq!(row().await.decide_by.as_deref(), Some("2026-12-06"));
    let mut browser = signed_in(&town, "adult").await;
    let told = browser.get(USE).await.json();
    assert!(told.to_string().contains("2026-12-06"), "{told}");
    // Paid and not taken, it is not forgotten.
    town.pass(400 * 86_400);
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 0);
}

#[tokio::test]
async fn who_gives_up_or_is_refused_may_pay_anew() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let path = billed(&mut browser, USE, false).await;
    for (number, decision) in ["cancel", "reject"].into_iter().enumerate() {
        let id = format!("{number:032x}");
        let begun = browser.ask("POST", &format!("{path}/payments"), new(&id, "kalnu-banka")).await.json();
        decide(&town, &mut browser, &begun, decision).await;
        assert_eq!(browser.get(&path).await.json()["state"], "open", "{decision}");
        browser.ask("POST", &format!("{path}/payments"), new(&id, "kalnu-banka")).await.json();
        assert_eq!(browser.get(&path).await.json()["state"], "open", "what came to nothing does not begin again");
    }
    browser.ask("POST", &format!("{path}/payments"), new(&"a".repeat(32), "kalnu-banka")).await.json();
    assert_eq!(browser.ask("DELETE", &format!("{path}/payments"), Value::Null).await.json()["state"], "open");
    let begun = browser.ask("POST", &format!("{path}/payments"), new(&"b".repeat(32), "kalnu-banka")).await.json();
    decide(&town, &mut browser, &begun, "confirm").await;
    assert_eq!(browser.get(&path).await.json()["state"], "paid");
}

#[tokio::test]
async fn what_the_bank_does_not_say_stays_unknown_until_it_does() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let path = billed(&mut browser, USE, false).await;
    // The connection breaks after the bank was asked.
    town.sandbox.misbehave(once("bank", "drop", "transfers")).await;
    browser.ask("POST", &format!("{path}/payments"), new(PAYMENT, "kalnu-banka")).await.problem(503, "silent");
    let unknown = browser.get(&path).await.json();
    assert_eq!(
        (&unknown["state"], &unknown["payment"]["silent_since"]),
        (&json!("unknown"), &json!("2026-11-23T08:00:00Z"))
    );
    browser
        .ask("POST", &format!("{path}/payments"), new(&"2".repeat(32), "kalnu-banka"))
        .await
        .problem(409, "conflict");
    let begun = begin(&mut browser, &path).await;
    assert_eq!(begun["state"], "paying", "the same one goes on");
    // It is confirmed, and the money takes its time; then the bank is silent; then it is settled, by the server's own asking.
    town.sandbox.misbehave(once("bank", "pending", "status")).await;
    decide(&town, &mut browser, &begun, "confirm").await;
    let pending = browser.get(&path).await.json();
    assert_eq!((&pending["state"], &pending["payment"]["silent_since"]), (&json!("unknown"), &Value::Null));
    town.sandbox.misbehave(once("bank", "error", "status")).await;
    town.pass(30);
    assert_eq!(pay::reconcile_live(&town.app).await.unwrap(), 1);
    assert_eq!(pay::reconcile_live(&town.app).await.unwrap(), 0, "not again at once");
    let silent = browser.get(&path).await.json();
    assert_eq!(
        (&silent["state"], &silent["payment"]["silent_since"]),
        (&json!("unknown"), &json!("2026-11-23T08:00:30Z"))
    );
    town.pass(30);
    assert_eq!(pay::reconcile_live(&town.app).await.unwrap(), 1);
    assert_eq!(browser.get(&path).await.json()["state"], "paid");
}

#[tokio::test]
async fn bills_are_ones_own_and_bad_orders_are_refused() {
    let town = Town::open().await;
    let mut owner = signed_in(&town, "adult").await;
    let path = billed(&mut owner, USE, false).await;
    let payments = format!("{path}/payments");
    let mut other = signed_in(&town, "pensioner").await;
    other.get(&path).await.problem(404, "not-found");
    other.ask("POST", &payments, new(PAYMENT, "kalnu-banka")).await.problem(404, "not-found");
    other.ask("DELETE", &payments, Value::Null).await.problem(404, "not-found");
    assert_eq!(other.get("/api/v1/bills").await.json()["total"], 0);
    town.browser().get("/api/v1/bills").await.problem(401, "sign-in");
    let mut refuse = async |body: Value, field: &str, rule: &str| {
        let problem = owner.ask("POST", &payments, body).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"], json!([{"field": field, "rule": rule}]));
    };
    refuse(new(PAYMENT, "vaults"), "bank", "unknown").await;
    refuse(json!({"id": PAYMENT, "bank": "kalnu-banka", "lang": "de"}), "lang", "unknown").await;
    owner.ask("POST", &payments, new("x", "kalnu-banka")).await.problem(404, "not-found");
    owner.get("/pay/x/back").await.problem(404, "not-found");
    owner.get(&format!("/pay/{PAYMENT}/back")).await.problem(404, "not-found");
    // A payment's id belongs to its bill.
    let second = billed(&mut owner, &USE.replace('f', "e"), false).await;
    owner.ask("POST", &payments, new(PAYMENT, "kalnu-banka")).await.json();
    owner.ask("POST", &format!("{second}/payments"), new(PAYMENT, "kalnu-banka")).await.problem(409, "conflict");
}

#[tokio::test]
async fn payments_are_looked_for_in_all_of_them_not_in_a_page() {
    let mut town = Town::open().await;
    town.unlimited();
    let mut browser = signed_in(&town, "adult").await;
    let first = billed(&mut browser, USE, true).await;
    let id = first.rsplit('/').next().unwrap();
    let made = bill::by_id(&town.app.db, id).await.unwrap().unwrap();
    for number in 0..120_i64 {
        let row = bill::Model {
            id: format!("{number:032x}"),
            use_id: format!("{number:032x}"),
            number: number + 1,
            amount_cents: 100 + number,
            state: "paid".into(),
            paid_at: Some(made.made_at - number * 86_400_000),
            ..made.clone()
        };
        bill::add(&town.app.db, row).await.unwrap();
    }
    let mut total = async |query: &str| browser.get(&format!("/api/v1/bills?lang=en&{query}")).await.json();
    let all = total("").await;
    assert_eq!((&all["total"], all["items"].as_array().unwrap().len()), (&json!(121), 50));
    assert_eq!(all["items"][0]["state"], "open", "what is to be paid comes first");
    assert_eq!(total("paid=true").await["total"], 120);
    assert_eq!(total("paid=true&min_cents=200&max_cents=210").await["total_cents"], (200..=210).sum::<i64>());
    assert_eq!(total("from=2026-11-20&until=2026-11-21&paid=true").await["total"], 2);
    let oldest = Reference::new(120).to_string();
    assert_eq!(
        total(&format!("q=passport%20{oldest}")).await["items"][0]["amount_cents"],
        219,
        "the one on the last page"
    );
    assert_eq!(total("q=passport%20nonsense").await["total"], 0);
    assert_eq!(total("offset=100").await["items"].as_array().unwrap().len(), 21);
    let table = browser.get("/api/v1/bills.csv?lang=en&paid=true").await;
    assert_eq!((table.body.lines().count(), table.header("content-type")), (121, "text/csv; charset=utf-8"));
    assert!(
        table.body.contains(&format!("\"{oldest}\";\"Ordering a passport\";\"Office\";\"2,19\";\"paid\"")),
        "{}",
        table.body
    );
    let before = town.queries();
    browser.get("/api/v1/bills").await.json();
    assert!(town.queries() - before <= 3, "whatever their number: {}", town.queries() - before);
    for (query, field) in [("paid=maybe", "paid"), ("from=yesterday", "from"), ("min_cents=-1", "min_cents")] {
        let problem = browser.get(&format!("/api/v1/bills?{query}")).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"][0]["field"], field);
    }
}

/// Citizen, bank, clock and line do whatever they like: no bill is charged twice, and none is paid here but not there, or there
/// but, once the bank answers again, not here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_fails_nobody_is_charged_twice_and_nothing_paid_is_lost() {
    let mut town = Town::open().await;
    let (bank, banks) = FaultyBank::open(0x9E37_79B9_7F4A_7C15).await;
    town.unlimited();
    town.pay_at(banks);
    let mut browser = signed_in(&town, "adult").await;
    let first = billed(&mut browser, USE, false).await;
    let made = bill::by_id(&town.app.db, first.rsplit('/').next().unwrap()).await.unwrap().unwrap();
    let mut outcomes = [0; 2];
    for history in 1..=HISTORIES {
        let number = i64::try_from(history).unwrap();
        // The clock goes on, and the session before may be over.
        let mut browser = signed_in(&town, "adult").await;
        let id = format!("{history:032x}");
        let row = bill::Model { id: id.clone(), use_id: id.clone(), number, ..made.clone() };
        bill::add(&town.app.db, row).await.unwrap();
        let text = format!("Durvis {}", Reference::new(history));
        bank.set_faulty(true);
        let mut told = Vec::new();
        for _ in 0..EVENTS {
            told.push(happens(&town, &mut browser, &bank, (&id, &text)).await);
            let is_paid = bill::by_id(&town.app.db, &id).await.unwrap().unwrap().state == "paid";
            let charges = bank.charges(&text);
            assert!(charges <= 1, "charged {charges} times: {told:?}");
            assert!(!is_paid || charges == 1, "paid, and no money has moved: {told:?}");
        }
        // The bank answers again, and what was confirmed goes through.
        bank.set_faulty(false);
        bank.decide(&text, Status::Pending, Status::Settled);
        for _ in 0..4 {
            town.pass(200);
            pay::reconcile_live(&town.app).await.unwrap();
        }
        let row = bill::by_id(&town.app.db, &id).await.unwrap().unwrap();
        assert_eq!(row.state == "paid", bank.charges(&text) == 1, "{told:?}");
        outcomes[usize::from(row.state == "paid")] += 1;
        // What nobody has decided is given up: it is not to be asked for in the histories that follow.
        if row.state != "paid" && row.payment_id.is_some() {
            let given_up = browser.ask("DELETE", &format!("/api/v1/bills/{id}/payments"), Value::Null).await;
            assert_eq!((given_up.status.as_u16(), &given_up.json()["state"]), (200, &json!("open")), "{told:?}");
        }
        let live = payment::live(&town.app.db, i64::MAX, 10).await.unwrap();
        assert!(live.is_empty(), "{live:?}: {told:?}");
    }
    assert!(outcomes.iter().all(|count| *count > HISTORIES / 10), "both ends were reached: {outcomes:?}");
    let payments = payment::Entity::find().all(&town.app.db).await.unwrap();
    assert!(payments.len() as u64 > HISTORIES, "some were begun anew");
}

/// Something happens to a bill; what.
async fn happens(town: &Town, browser: &mut Browser<'_>, bank: &FaultyBank, (id, text): (&str, &str)) -> &'static str {
    let path = format!("/api/v1/bills/{id}");
    // Two devices, each with a payment of its own in mind.
    let payment = format!("{}{:x}", &id[1..], bank.random(3));
    match bank.random(10) {
        0..=2 => {
            browser.ask("POST", &format!("{path}/payments"), new(&payment, "faulty")).await;
            "begin"
        }
        3 => {
            let (mut one, mut other) = (browser.again(), browser.again());
            let payments = format!("{path}/payments");
            let (one, other) = (
                one.ask("POST", &payments, new(&payment, "faulty")),
                other.ask("POST", &payments, new(&format!("{}f", &id[1..]), "faulty")),
            );
            tokio::join!(one, other);
            "begin at once on two devices"
        }
        4 => {
            bank.decide(text, Status::Received, Status::Pending);
            "confirm"
        }
        5 => {
            bank.decide(text, Status::Received, Status::Rejected);
            "reject"
        }
        6 => {
            bank.decide(text, Status::Pending, Status::Settled);
            "settle"
        }
        7 => {
            browser.get(&format!("/pay/{payment}/back")).await;
            browser.get(&format!("/pay/{payment}/back")).await;
            "come back, twice"
        }
        8 => {
            browser.ask("DELETE", &format!("{path}/payments"), Value::Null).await;
            "give up"
        }
        _ => {
            town.pass(120);
            pay::reconcile_live(&town.app).await.unwrap();
            "reconcile"
        }
    }
}
