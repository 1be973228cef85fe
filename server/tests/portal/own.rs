//! The search over one's own affairs: what the device is given to search in.

use durvis_contract::notice::NoticeKind;
use durvis_server::db::{bill, notice};
use serde_json::{Value, json};

use crate::sign_in::outside::{Browser, Town};

/// Orders a passport; the id of its bill.
async fn order(browser: &mut Browser<'_>, number: u32) -> String {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    let sent = browser.ask("POST", &format!("/api/v1/uses/{number:032x}/send"), draft).await.json();
    sent["bill"].as_str().unwrap().to_owned()
}

fn of_kind<'a>(own: &'a Value, kind: &str) -> Vec<&'a Value> {
    own["things"].as_array().unwrap().iter().filter(|one| one["kind"] == kind).collect()
}

#[tokio::test]
async fn everything_of_ones_own_is_in_it_and_nothing_of_others() {
    let town = Town::open().await;
    let (mut citizen, mut other) = (town.browser(), town.browser());
    citizen.sign_in("eid", "adult", "/lv").await;
    other.sign_in("eid", "pensioner", "/lv").await;
    let bill = order(&mut citizen, 1).await;
    let message = json!({"id": "a".repeat(32), "text": "Vai var ātrāk?"});
    crate::support::set_paid(&town.app.db, &bill).await;
    citizen.ask("POST", &format!("/api/v1/uses/{:032x}/messages", 1), message).await.json();
    let own = citizen.get("/api/v1/own?lang=en").await.json();
    let uses = of_kind(&own, "use");
    assert_eq!((uses.len(), &uses[0]["title"], &uses[0]["code"]), (1, &json!("Ordering a passport"), &json!("sent")));
    let bills = of_kind(&own, "bill");
    assert_eq!((&bills[0]["about"], &bills[0]["code"]), (&json!(bill), &json!("paid")));
    assert!(bills[0]["amount_cents"].as_u64().unwrap() > 0);
    let messages = of_kind(&own, "message");
    assert_eq!((&messages[0]["text"], &messages[0]["code"]), (&json!("Vai var ātrāk?"), &json!("answered")));
    assert_eq!(messages[0]["number"], uses[0]["number"]);
    assert_eq!(of_kind(&own, "notice")[0]["code"], "bill_made");
    assert!(of_kind(&own, "act").iter().any(|act| act["code"] == "sign_in"));
    let times: Vec<&str> = own["things"].as_array().unwrap().iter().map(|one| one["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|one, other| one >= other), "{times:?}");
    let others = other.get("/api/v1/own").await.json();
    assert!(of_kind(&others, "act").len() == others["things"].as_array().unwrap().len(), "{others}");
}

#[tokio::test]
async fn a_long_life_costs_what_a_short_one_does_and_is_bounded() {
    let mut town = Town::open().await;
    town.unlimited();
    let mut citizen = town.browser();
    citizen.sign_in("eid", "adult", "/lv").await;
    let bill = order(&mut citizen, 1).await;
    let before = town.queries();
    citizen.get("/api/v1/own").await.json();
    let short = town.queries() - before;
    let row = bill::by_id(&town.app.db, &bill).await.unwrap().unwrap();
    for _ in 0..10_050 {
        let new = notice::New {
            person_id: row.person_id.clone(),
            company: String::new(),
            kind: NoticeKind::BillPaid.code(),
            e_service: row.e_service.clone(),
            version: row.version,
            number: row.number,
            about: row.id.clone(),
        };
        notice::add(&town.app.db, new, 1).await.unwrap();
    }
    let before = town.queries();
    let own = citizen.get("/api/v1/own").await.json();
    assert_eq!(town.queries() - before, short);
    assert!(short <= 9, "{short}");
    assert_eq!((of_kind(&own, "notice").len(), &own["has_more"]), (10_000, &json!(true)));
}
