//! The lists of one's own record cost as many queries when it is long as when it is short.

use durvis_server::db::{bill, notice, payment, payment_item, service_use};
use durvis_server::documents::make::of_payment;
use serde_json::json;

use crate::sign_in::outside::Town;
use crate::support::migrated;
use crate::support::postgres::Cluster;

const ID: &str = "0123456789abcdef0123456789abcdef";
const LISTS: [&str; 7] =
    ["overview", "notices", "uses", "bills?paid=false", "bills?paid=true", "documents", "reminders"];

#[tokio::test]
async fn a_long_record_costs_as_many_queries_as_a_short_one() {
    costs_the_same(Town::open().await).await;
}

#[tokio::test]
async fn on_postgresql_it_does_too() {
    let cluster = Cluster::start();
    costs_the_same(Town::open_on(migrated(&cluster.url()).await).await).await;
}

async fn costs_the_same(mut town: Town) {
    town.unlimited();
    let mut browser = town.browser();
    browser.sign_in("eid", "adult", "/lv").await;
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    browser.ask("POST", &format!("/api/v1/uses/{ID}/send"), draft).await.json();
    fill(&town, 1..4).await;
    let mut costs = Vec::new();
    for round in [4..5, 5..305] {
        fill(&town, round).await;
        let mut cost = Vec::new();
        for list in LISTS {
            let before = town.queries();
            let answer = browser.get(&format!("/api/v1/{list}")).await;
            assert_eq!(answer.status, 200, "{list}: {}", answer.body);
            cost.push((list, town.queries() - before));
        }
        costs.push(cost);
    }
    assert_eq!(costs[0], costs[1]);
    assert!(costs[1].iter().all(|(_, queries)| *queries <= 12), "{costs:?}");
}

/// Adds a bill to pay, one paid with its receipt, a notice and a submission for each number.
async fn fill(town: &Town, numbers: std::ops::Range<i64>) {
    let db = &town.app.db;
    let sent = service_use::by_id(db, ID).await.unwrap().unwrap();
    let open = bill::of_use(db, ID).await.unwrap().unwrap();
    for number in numbers {
        let id = |what: i64| format!("{what:x}{number:031x}");
        let (unpaid, payment_id) = (id(1), id(3));
        bill::add(db, bill::Model { id: unpaid.clone(), use_id: unpaid, number: 2 * number, ..open.clone() })
            .await
            .unwrap();
        let paid = bill::Model {
            id: id(2),
            use_id: id(2),
            number: 2 * number + 1,
            state: "paid".into(),
            paid_cents: open.amount_cents,
            paid_at: Some(number),
            payment_id: Some(payment_id.clone()),
            ..open.clone()
        };
        bill::add(db, paid.clone()).await.unwrap();
        let settled = payment::Model {
            id: payment_id.clone(),
            bank: "kalnu-banka".into(),
            lang: "lv".into(),
            state: "paid".into(),
            bank_payment_id: None,
            redirect: None,
            started_at: 0,
            asked_at: 0,
            silent_since: None,
            finished_at: Some(number),
        };
        payment::add(db, settled).await.unwrap();
        payment_item::add(db, &payment_id, &paid.id, paid.amount_cents).await.unwrap();
        of_payment(&town.app, db, (&paid, paid.amount_cents), &payment_id, "lv").await.unwrap();
        let (person_id, e_service) = (paid.person_id.clone(), sent.e_service.clone());
        let new = notice::New {
            person_id,
            company: String::new(),
            kind: "bill_paid",
            e_service,
            version: 1,
            number,
            about: paid.id.clone(),
        };
        notice::add(db, new, number).await.unwrap();
        let keys = &town.app.identity.keys;
        let plain = keys.open(&sent.sealed, &format!("use:{ID}")).unwrap();
        let sealed = keys.seal(&town.app.identity.ambient, &plain, &format!("use:{}", id(4)));
        let one = service_use::Model { id: id(4), number: number + 7_000, sealed, ..sent.clone() };
        service_use::add(db, one).await.unwrap();
    }
}
