//! Bills, from what is sent to the money that has moved, with the sandbox's bank; `histories` has one that fails everywhere.

#[path = "bills/faulty_bank.rs"]
mod faulty_bank;
#[path = "bills/histories.rs"]
mod histories;

use durvis_contract::e_service::Reference;
use durvis_server::bills::pay;
use durvis_server::db::{bill, service_use};
use durvis_server::uses::retention;
use serde_json::{Value, json};

use crate::sign_in::outside::{Browser, Town, once};

const USE: &str = "/api/v1/uses/0123456789abcdef0123456789abcdef";
const PAYMENT: &str = "00000000000000000000000000000001";

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

const PAYMENTS: &str = "/api/v1/payments";

/// A payment of a bill, by the bill's address.
fn new(id: &str, bank: &str, bill: &str) -> Value {
    json!({"id": id, "bank": bank, "lang": "lv", "bills": [bill.rsplit('/').next()]})
}

async fn begin(browser: &mut Browser<'_>, bill: &str) -> Value {
    browser.ask("POST", PAYMENTS, new(PAYMENT, "kalnu-banka", bill)).await.json()
}

/// The address of a payment.
fn payment_at(id: &str) -> String {
    format!("{PAYMENTS}/{id}")
}

/// Decides on the bank's own page; where in the portal the browser is then.
async fn decide(town: &Town, browser: &mut Browser<'_>, begun: &Value, decision: &str) -> String {
    let page = begun["redirect"].as_str().unwrap().strip_prefix(&town.sandbox.origin).unwrap().to_owned();
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
    assert_eq!((&begun["state"], &begun["amount_cents"]), (&json!("waiting"), &json!(6000)));
    assert_eq!(begin(&mut browser, &path).await, begun, "the same id is the same payment");
    assert_eq!(browser.get(&path).await.json()["state"], "paying");
    let another = browser.ask("POST", PAYMENTS, new(&PAYMENT.replace('1', "2"), "kalnu-banka", &path)).await;
    another.problem(409, "conflict");
    let page = decide(&town, &mut browser, &begun, "confirm").await;
    assert_eq!(page, path.replace("/api/v1", "/lv"));
    let paid = browser.get(&path).await.json();
    assert_eq!((&paid["state"], &paid["paid_at"]), (&json!("paid"), &json!("2026-11-23T08:00:00Z")));
    assert!(paid["payment"]["redirect"].is_null());
    let another = browser.ask("POST", PAYMENTS, new(&PAYMENT.replace('1', "2"), "kalnu-banka", &path)).await;
    another.problem(409, "conflict");
    browser.ask("DELETE", &payment_at(PAYMENT), Value::Null).await.problem(409, "conflict");
    let acts = browser.get("/api/v1/acts?kind=bill_paid").await.json();
    assert_eq!(acts["acts"].as_array().unwrap().len(), 1, "{acts}");
    // Without a price there is no bill.
    let free = json!({"e_service": "my-face", "version": 1, "revision": 0, "terms_accepted": false, "answers": {"person": "me"}});
    let told = browser.ask("POST", "/api/v1/uses/ffffffffffffffffffffffffffffffff/send", free).await.json();
    assert!(told["bill"].is_null());
}

#[tokio::test]
async fn several_are_paid_at_once_or_none_of_them() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let one = billed(&mut browser, USE, true).await;
    let other = billed(&mut browser, &USE.replace('f', "e"), false).await;
    let ids = json!([one.rsplit('/').next(), other.rsplit('/').next()]);
    let order = |id: &str| json!({"id": id, "bank": "kalnu-banka", "lang": "lv", "bills": ids});
    // One of them is being paid already: the other is not begun either.
    browser.ask("POST", PAYMENTS, new(PAYMENT, "kalnu-banka", &other)).await.json();
    browser.ask("POST", PAYMENTS, order(&"2".repeat(32))).await.problem(409, "conflict");
    assert_eq!(browser.get(&one).await.json()["state"], "open");
    browser.ask("DELETE", &payment_at(PAYMENT), Value::Null).await.json();

    let begun = browser.ask("POST", PAYMENTS, order(&"3".repeat(32))).await.json();
    assert_eq!((&begun["amount_cents"], begun["bills"].as_array().unwrap().len()), (&json!(6000 + 3000), 2));
    let page = decide(&town, &mut browser, &begun, "confirm").await;
    assert_eq!(page, format!("/lv/bills?payment={}", "3".repeat(32)));
    let paid = browser.get(&payment_at(&"3".repeat(32))).await.json();
    assert_eq!((&paid["state"], &paid["redirect"]), (&json!("paid"), &Value::Null));
    for path in [&one, &other] {
        let bill = browser.get(path).await.json();
        assert_eq!((&bill["state"], &bill["paid_cents"]), (&json!("paid"), &bill["amount_cents"]));
        assert_eq!(bill["payment"]["bills"].as_array().unwrap().len(), 2);
    }
    let receipts = browser.get("/api/v1/documents?kind=receipt&lang=lv").await.json();
    assert_eq!(receipts["total"], 4, "each has its own receipt, beside that of its submission: {receipts}");
    assert_eq!(browser.get("/api/v1/acts?kind=bill_paid").await.json()["acts"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_days_of_a_decision_run_from_the_payment_on() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let path = billed(&mut browser, USE, true).await;
    let begun = begin(&mut browser, &path).await;
    let row = async || service_use::by_id(&town.app.db, &USE[13..]).await.unwrap().unwrap();
    assert_eq!(row().await.decide_by.as_deref(), Some("2026-12-03"));
    let page = begun["redirect"].as_str().unwrap().strip_prefix(&town.sandbox.origin).unwrap().to_owned();
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
        let begun = browser.ask("POST", PAYMENTS, new(&id, "kalnu-banka", &path)).await.json();
        decide(&town, &mut browser, &begun, decision).await;
        assert_eq!(browser.get(&path).await.json()["state"], "open", "{decision}");
        browser.ask("POST", PAYMENTS, new(&id, "kalnu-banka", &path)).await.json();
        assert_eq!(browser.get(&path).await.json()["state"], "open", "what came to nothing does not begin again");
    }
    let begun = browser.ask("POST", PAYMENTS, new(&"a".repeat(32), "kalnu-banka", &path)).await.json();
    let at = payment_at(begun["id"].as_str().unwrap());
    assert_eq!(browser.ask("DELETE", &at, Value::Null).await.json()["state"], "failed");
    assert_eq!(browser.get(&path).await.json()["state"], "open");
    let begun = browser.ask("POST", PAYMENTS, new(&"b".repeat(32), "kalnu-banka", &path)).await.json();
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
    browser.ask("POST", PAYMENTS, new(PAYMENT, "kalnu-banka", &path)).await.problem(503, "silent");
    let unknown = browser.get(&path).await.json();
    assert_eq!(
        (&unknown["state"], &unknown["payment"]["silent_since"]),
        (&json!("unknown"), &json!("2026-11-23T08:00:00Z"))
    );
    let another = browser.ask("POST", PAYMENTS, new(&"2".repeat(32), "kalnu-banka", &path)).await;
    another.problem(409, "conflict");
    let begun = begin(&mut browser, &path).await;
    assert_eq!(begun["state"], "waiting", "the same one goes on");
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
async fn what_a_bank_never_says_the_operator_ends() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    for (number, state) in [(1, "open"), (2, "paid")] {
        let path = billed(&mut browser, &USE.replace('f', &number.to_string()), false).await;
        let id = format!("{number:032x}");
        town.sandbox.misbehave(once("bank", "drop", "transfers")).await;
        browser.ask("POST", PAYMENTS, new(&id, "kalnu-banka", &path)).await.problem(503, "silent");
        // Asked once more, the bank is silent again.
        town.sandbox.misbehave(once("bank", "error", "transfers")).await;
        pay::end(&town.app, &id, state == "paid").await.unwrap();
        assert_eq!(browser.get(&path).await.json()["state"], state);
        assert!(pay::end(&town.app, &id, true).await.is_err(), "once");
    }
}

#[tokio::test]
async fn bills_are_ones_own_and_bad_orders_are_refused() {
    let town = Town::open().await;
    let mut owner = signed_in(&town, "adult").await;
    let path = billed(&mut owner, USE, false).await;
    let mut other = signed_in(&town, "pensioner").await;
    other.get(&path).await.problem(404, "not-found");
    other.ask("POST", PAYMENTS, new(PAYMENT, "kalnu-banka", &path)).await.problem(404, "not-found");
    assert_eq!(other.get("/api/v1/bills").await.json()["total"], 0);
    town.browser().get("/api/v1/bills").await.problem(401, "sign-in");
    let mut refuse = async |body: Value, field: &str, rule: &str| {
        let problem = owner.ask("POST", PAYMENTS, body).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"], json!([{"field": field, "rule": rule}]));
    };
    refuse(new(PAYMENT, "vaults", &path), "bank", "unknown").await;
    let with = |key: &str, value: Value| {
        let mut order = new(PAYMENT, "kalnu-banka", &path);
        order[key] = value;
        order
    };
    refuse(with("lang", json!("de")), "lang", "unknown").await;
    let id = path.rsplit('/').next().unwrap();
    for bills in [json!([]), json!([id, id]), json!(vec![id; 11])] {
        refuse(with("bills", bills), "bills", "count").await;
    }
    owner.ask("POST", PAYMENTS, with("bills", json!([id, "0".repeat(32)]))).await.problem(404, "not-found");
    owner.ask("POST", PAYMENTS, new("x", "kalnu-banka", &path)).await.problem(404, "not-found");
    owner.get("/pay/x/back").await.problem(404, "not-found");
    owner.get(&format!("/pay/{PAYMENT}/back")).await.problem(404, "not-found");
    // A payment's id belongs to its bill.
    let second = billed(&mut owner, &USE.replace('f', "e"), false).await;
    owner.ask("POST", PAYMENTS, new(PAYMENT, "kalnu-banka", &path)).await.json();
    owner.ask("POST", PAYMENTS, new(PAYMENT, "kalnu-banka", &second)).await.problem(409, "conflict");
    for method in ["GET", "DELETE"] {
        other.ask(method, &payment_at(PAYMENT), Value::Null).await.problem(404, "not-found");
    }
    owner.get(&payment_at(&"5".repeat(32))).await.problem(404, "not-found");
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
            paid_cents: 100 + number,
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
    assert_eq!(total("state=paid").await["total"], 120);
    assert_eq!(total("state=refunded").await["total"], 0);
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
    for (query, field) in
        [("paid=maybe", "paid"), ("from=yesterday", "from"), ("min_cents=-1", "min_cents"), ("state=due", "state")]
    {
        let problem = browser.get(&format!("/api/v1/bills?{query}")).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"][0]["field"], field);
    }
}
