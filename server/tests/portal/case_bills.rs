//! Bills that an institution makes within a case, and what becomes of them: reminded, in parts, disputed, refunded.

use serde_json::{Value, json};

use crate::cases::{Machine, pay, send, signed_in};
use crate::sign_in::outside::{Browser, Town};
use crate::support::migrated;
use crate::support::postgres::Cluster;

const ID: &str = "0123456789abcdef0123456789abcdef";

/// What an officer does with a bill.
fn step(id: u32, step: Value) -> Value {
    json!({"id": format!("{id:032x}"), "officer": "Ieva", "step": step})
}

#[tokio::test]
async fn an_institution_makes_a_bill_once_and_the_citizen_pays_it() {
    bills_within(Town::open().await).await;
}

#[tokio::test]
async fn on_postgresql_an_institution_makes_a_bill_too() {
    let cluster = Cluster::start();
    bills_within(Town::open_on(migrated(&cluster.url()).await).await).await;
}

async fn bills_within(town: Town) {
    let mut citizen = signed_in(&town, "adult").await;
    let office = Machine::of(&town, "office").await;
    let price = send(&mut citizen, ID, json!([])).await;
    pay(&town, &price).await;
    let path = format!("/api/v1/desk/cases/{ID}/bills");
    let new = |id: u32, purpose: &str, cents: i64, due: &str| json!({"id": format!("{id:032x}"), "officer": "Ieva", "purpose": purpose, "amount_cents": cents, "due": due});
    let copy = new(1, "Kopija no arhīva", 1_250, "2026-12-10");
    office.ask("POST", &path, copy.clone()).await.problem(409, "conflict");
    let revision = office.case(ID).await.json()["case"]["revision"].clone();
    office.step(ID, 1, &revision, json!({"kind": "take"})).await.json();
    let decide_by = office.case(ID).await.json()["case"]["decide_by"].clone();
    for (wrong, field) in [
        (new(1, " ", 1, "2026-12-10"), "purpose"),
        (new(1, "Kopija", 0, "2026-12-10"), "amount_cents"),
        (new(1, "Kopija", 1, "2026-11-22"), "due"),
        (new(1, "Kopija", 1, "2028-01-01"), "due"),
    ] {
        let problem = office.ask("POST", &path, wrong).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"][0]["field"], field);
    }
    let made = office.ask("POST", &path, copy.clone()).await.json();
    assert_eq!(office.ask("POST", &path, copy).await.json(), made, "made twice, it is one");
    assert_eq!(office.case(ID).await.json()["bills"][1], made, "beside what the e-service cost");
    let other = Machine::of(&town, "riga").await;
    other.ask("POST", &path, new(2, "Kopija", 1, "2026-12-10")).await.problem(404, "not-found");

    let listed = citizen.get("/api/v1/bills?lang=en&paid=false").await.json();
    let bill = &listed["items"][0];
    assert_eq!((&listed["total"], &bill["purpose"]), (&json!(1), &json!("Kopija no arhīva")));
    assert_eq!((&bill["use_id"], &bill["amount_cents"]), (&json!(ID), &json!(1_250)));
    assert_eq!(citizen.get("/api/v1/notices").await.json()["items"][0]["about"], bill["id"]);
    let acts = citizen.get("/api/v1/acts").await.json();
    assert!(acts["acts"].as_array().unwrap().iter().any(|act| act["kind"] == "bill_issued"), "{acts}");
    assert!(citizen.get("/api/v1/own").await.body.contains("Kopija no arhīva"));
    let id = bill["id"].as_str().unwrap();
    let payment = json!({"id": "00000000000000000000000000000001", "bank": "kalnu-banka", "lang": "en", "bills": [id]});
    let begun = citizen.ask("POST", "/api/v1/payments", payment).await.json();
    let steps = format!("{path}/{id}/steps");
    office.ask("POST", &steps, step(11, json!({"kind": "cancel", "text": "Kļūda"}))).await.problem(409, "conflict");
    let page = begun["redirect"].as_str().unwrap().strip_prefix(&town.sandbox.origin).unwrap().to_owned();
    let answer = town.sandbox.ask("POST", &page, "decision=confirm").await;
    let back = answer.header("location").strip_prefix("http://127.0.0.1:8080").unwrap().to_owned();
    assert_eq!(citizen.get(&back).await.status, 303);
    let case = office.case(ID).await.json();
    assert!(case["bills"][1]["paid_at"].is_string(), "{case}");
    assert_eq!(case["case"]["decide_by"], decide_by, "paid, it begins no term");
    let receipts = citizen.get("/api/v1/documents?kind=receipt").await.json();
    let receipt = receipts["items"].as_array().unwrap().iter().find(|one| one["bill_id"] == json!(id));
    assert_eq!(receipt.unwrap()["use_id"], ID, "{receipts}");

    let second = office.ask("POST", &path, new(2, "Vēl viena", 100, "2026-12-10")).await.json();
    let steps = format!("{path}/{}/steps", second["id"].as_str().unwrap());
    for _ in 0..2 {
        let cancelled = office.ask("POST", &steps, step(12, json!({"kind": "cancel", "text": "Kļūda"}))).await.json();
        assert_eq!(cancelled["state"], "cancelled");
    }
    assert_eq!(citizen.get("/api/v1/bills?paid=false").await.json()["total"], 0);
}

/// A case with a bill of 30 euros, due on the tenth of December; the bill's id.
async fn with_bill(town: &Town, citizen: &mut Browser<'_>, office: &Machine<'_>) -> String {
    let price = send(citizen, ID, json!([])).await;
    pay(town, &price).await;
    let revision = office.case(ID).await.json()["case"]["revision"].clone();
    office.step(ID, 1, &revision, json!({"kind": "take"})).await.json();
    let new = json!({"id": format!("{:032x}", 1), "officer": "Ieva", "purpose": "Kopija", "amount_cents": 3_000, "due": "2026-12-10"});
    let made = office.ask("POST", &format!("/api/v1/desk/cases/{ID}/bills"), new).await.json();
    made["id"].as_str().unwrap().to_owned()
}

/// Pays what is to be paid next of a bill, at the sandbox's bank.
async fn pay_next(town: &Town, citizen: &mut Browser<'_>, bill: &str, payment: u32) -> Value {
    let order = json!({"id": format!("{payment:032x}"), "bank": "kalnu-banka", "lang": "lv", "bills": [bill]});
    let begun = citizen.ask("POST", "/api/v1/payments", order).await.json();
    let page = begun["redirect"].as_str().unwrap().strip_prefix(&town.sandbox.origin).unwrap().to_owned();
    let answer = town.sandbox.ask("POST", &page, "decision=confirm").await;
    let back = answer.header("location").strip_prefix("http://127.0.0.1:8080").unwrap().to_owned();
    citizen.get(&back).await;
    begun
}

#[tokio::test]
async fn a_bill_is_reminded_split_paid_part_by_part_and_partly_refunded() {
    let town = Town::open().await;
    let (mut citizen, office) = (signed_in(&town, "adult").await, Machine::of(&town, "office").await);
    let id = with_bill(&town, &mut citizen, &office).await;
    let (steps, path) = (format!("/api/v1/desk/cases/{ID}/bills/{id}/steps"), format!("/api/v1/bills/{id}?lang=en"));
    let take = async |number: u32, what: Value| office.ask("POST", &steps, step(number, what)).await;
    assert_eq!(take(1, json!({"kind": "remind"})).await.json()["state"], "reminded");
    assert_eq!(citizen.get("/api/v1/notices").await.json()["items"][0]["kind"], "bill_reminded");
    let parts = |first: u32, second: u32, due: &str| json!({"kind": "split", "parts": [{"amount_cents": first, "due": "2026-12-20"}, {"amount_cents": second, "due": due}]});
    for (wrong, rule) in [
        (parts(1_000, 1_000, "2027-01-20"), "sum"),
        (parts(1_000, 2_000, "2026-12-20"), "days"),
        (parts(1_000, 2_000, "2037-01-20"), "days"),
        (parts(1_000, 2_000, "soon"), "not_a_date"),
        (json!({"kind": "split", "parts": [{"amount_cents": 3_000, "due": "2026-12-20"}]}), "count"),
    ] {
        let problem = take(2, wrong).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"], json!([{"field": "parts", "rule": rule}]));
    }
    let split = take(2, parts(1_000, 2_000, "2027-01-20")).await.json();
    assert_eq!((&split["state"], &split["due"]), (&json!("in_instalments"), &json!("2026-12-20")));
    assert_eq!(take(2, parts(1_000, 2_000, "2027-01-20")).await.json(), split, "repeated, it is the same");
    take(2, json!({"kind": "remind"})).await.problem(409, "conflict");

    assert_eq!(pay_next(&town, &mut citizen, &id, 1).await["amount_cents"], 1_000);
    let bill = citizen.get(&path).await.json();
    assert_eq!((&bill["state"], &bill["paid_cents"]), (&json!("in_instalments"), &json!(1_000)));
    assert_eq!((&bill["to_pay_cents"], &bill["due"]), (&json!(2_000), &json!("2027-01-20")));
    assert!(!bill["events"].to_string().contains("Ieva"), "an officer is named in the log only");
    // Some comes at the counter; the rest at the bank.
    let received = take(3, json!({"kind": "receive", "amount_cents": 500, "text": "Kasē"})).await.json();
    assert_eq!(received["paid_cents"], 1_500);
    let too_much = take(4, json!({"kind": "receive", "amount_cents": 1_501, "text": "Kasē"})).await;
    assert_eq!(too_much.problem(400, "broken-rules")["broken"][0]["rule"], "out_of_range");
    assert_eq!(pay_next(&town, &mut citizen, &id, 2).await["amount_cents"], 1_500);
    assert_eq!(citizen.get(&path).await.json()["state"], "paid");
    let receipts = citizen.get("/api/v1/documents?kind=receipt&lang=lv").await.json();
    let own: Vec<&Value> =
        receipts["items"].as_array().unwrap().iter().filter(|one| one["bill_id"] == json!(id)).collect();
    assert_eq!(own.len(), 3, "a receipt of each part");
    for receipt in own {
        let paper = citizen.get(&format!("/api/v1/documents/{}", receipt["id"].as_str().unwrap())).await;
        assert_eq!(paper.status, 200);
    }

    let refund = take(5, json!({"kind": "refund", "amount_cents": 3_001, "text": "Pārmaksa"})).await;
    assert_eq!(refund.problem(400, "broken-rules")["broken"][0]["rule"], "out_of_range");
    let refunded = take(5, json!({"kind": "refund", "amount_cents": 700, "text": "Pārmaksa"})).await.json();
    assert_eq!((&refunded["state"], &refunded["refunded_cents"]), (&json!("refunded"), &json!(700)));
    let bill = citizen.get(&path).await.json();
    let kinds: Vec<&str> = bill["events"].as_array().unwrap().iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["reminded", "split", "received", "refunded"]);
    assert_eq!(citizen.get("/api/v1/bills?state=refunded").await.json()["total"], 1);
    assert_eq!(citizen.get("/api/v1/notices").await.json()["items"][0]["kind"], "bill_refunded");
    let acts = citizen.get("/api/v1/acts?kind=bill_changed").await.json();
    assert!(acts["acts"].as_array().unwrap().len() == 4 && acts.to_string().contains("Ieva"), "{acts}");
}

#[tokio::test]
async fn a_disputed_bill_waits_for_its_answer_and_is_not_paid_meanwhile() {
    let town = Town::open().await;
    let (mut citizen, office) = (signed_in(&town, "adult").await, Machine::of(&town, "office").await);
    let id = with_bill(&town, &mut citizen, &office).await;
    let (steps, path) = (format!("/api/v1/desk/cases/{ID}/bills/{id}/steps"), format!("/api/v1/bills/{id}?lang=en"));
    let case = office.case(ID).await.json();
    let decide = json!({"kind": "decide", "ruling": "granted", "text": "Jā"});
    office.step(ID, 2, &case["case"]["revision"], decide).await.json();
    assert_eq!(office.queue("").await["total"], 0);
    let dispute = |number: u32, text: &str| json!({"id": format!("{:032x}", 100 + number), "text": text});
    let disputes = format!("/api/v1/bills/{id}/disputes?lang=en");
    citizen.ask("POST", &disputes, dispute(1, " ")).await.problem(400, "broken-rules");
    let mut other = signed_in(&town, "pensioner").await;
    other.ask("POST", &disputes, dispute(1, "Nē")).await.problem(404, "not-found");
    let disputed = citizen.ask("POST", &disputes, dispute(1, "Kopiju nesaņēmu")).await.json();
    assert_eq!((&disputed["state"], &disputed["to_pay_cents"]), (&json!("disputed"), &json!(0)));
    assert_eq!(citizen.ask("POST", &disputes, dispute(1, "Kopiju nesaņēmu")).await.json(), disputed, "repeated");
    citizen.ask("POST", &disputes, dispute(2, "Vēlreiz")).await.problem(409, "conflict");
    let order = json!({"id": format!("{:032x}", 1), "bank": "kalnu-banka", "lang": "lv", "bills": [id]});
    citizen.ask("POST", "/api/v1/payments", order).await.problem(409, "conflict");

    // It comes back to the institution's queue, decided or not.
    let queue = office.queue("").await;
    assert_eq!((&queue["total"], &queue["items"][0]["disputed"]), (&json!(1), &json!(true)));
    let seen = office.case(ID).await.json();
    assert_eq!(seen["bills"][1]["events"][0]["text"], "Kopiju nesaņēmu");
    let stranger = Machine::of(&town, "riga").await;
    stranger.ask("POST", &steps, step(1, json!({"kind": "uphold", "text": "Nē"}))).await.problem(404, "not-found");
    let upheld = office.ask("POST", &steps, step(1, json!({"kind": "uphold", "text": "Nosūtīta 1. decembrī"}))).await;
    assert_eq!(upheld.json()["state"], "open");
    office.ask("POST", &steps, step(2, json!({"kind": "uphold", "text": "Nē"}))).await.problem(409, "conflict");
    assert_eq!(office.queue("").await["total"], 0);
    citizen.ask("POST", &disputes, dispute(3, "Tomēr nē")).await.json();
    let cancelled = office.ask("POST", &steps, step(3, json!({"kind": "cancel", "text": "Taisnība"}))).await.json();
    assert_eq!(cancelled["state"], "cancelled");
    let bill = citizen.get(&path).await.json();
    let texts: Vec<&str> = bill["events"].as_array().unwrap().iter().filter_map(|one| one["text"].as_str()).collect();
    assert_eq!(texts, ["Kopiju nesaņēmu", "Nosūtīta 1. decembrī", "Tomēr nē", "Taisnība"]);
    // What an e-service costs is not disputed: it is taken back with what was sent.
    let price = send(&mut citizen, &ID.replace('f', "e"), json!([])).await;
    let disputes = format!("/api/v1/bills/{price}/disputes");
    citizen.ask("POST", &disputes, dispute(4, "Par dārgu")).await.problem(409, "conflict");
}
