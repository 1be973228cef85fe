//! Webhooks: a receiver on this machine, which answers as it is told to.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_server::cases::webhooks::{self, Made};
use durvis_server::db::{webhook, webhook_event};
use durvis_server::uses::retention;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::sign_in::outside::{Browser, Town};

const ID: &str = "0123456789abcdef0123456789abcdef";
const DAY: i64 = 86_400;

/// A request as it came: headers and body.
type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// A receiver that gives these answers, then 204.
async fn receiver(answers: &'static [&'static str]) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let heard = Heard::default();
    let kept = heard.clone();
    tokio::spawn(async move {
        for answer in answers.iter().chain(std::iter::repeat(&"204 No Content")) {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut text = String::new();
            let mut bytes = [0; 4096];
            while !text.split_once("\r\n\r\n").is_some_and(|(_, body)| body.ends_with('}')) {
                let count = stream.read(&mut bytes).await.unwrap();
                text += std::str::from_utf8(&bytes[..count]).unwrap();
            }
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            kept.lock().unwrap().push((head.to_lowercase(), body.to_owned()));
            let answer = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, heard)
}

fn header(head: &str, name: &str) -> String {
    let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("{name} in {head}")).to_owned()
}

/// RFC 2104 by hand.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let padded = |with: u8| -> Vec<u8> { (0..64).map(|place| key.get(place).copied().unwrap_or(0) ^ with).collect() };
    let inner = Sha256::digest([padded(0x36), text.to_vec()].concat());
    Sha256::digest([padded(0x5c), inner.to_vec()].concat()).to_vec()
}

async fn signed_in<'a>(town: &'a Town) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", "adult", "/lv").await;
    browser
}

async fn hook(town: &Town, institution: &str, url: &str) -> Made {
    webhooks::make(&town.app.db, &town.app.identity, institution, (url, true)).await.unwrap()
}

async fn send(browser: &mut Browser<'_>, id: &str) -> String {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false, "papers": null});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    browser.ask("POST", &format!("/api/v1/uses/{id}/send"), draft).await.json()["bill"].as_str().unwrap().to_owned()
}

/// A paid case, in which the citizen says something.
async fn answered(town: &Town, browser: &mut Browser<'_>, event: u32) {
    if event == 1 {
        let made = send(browser, ID).await;
        crate::support::set_paid(&town.app.db, &made).await;
    }
    let message = json!({"id": format!("{event:032x}"), "text": "Slepens teksts"});
    browser.ask("POST", &format!("/api/v1/uses/{ID}/messages"), message).await.json();
}

async fn states(town: &Town) -> Vec<(String, i32)> {
    let rows = webhook_event::Entity::find().all(&town.app.db).await.unwrap();
    rows.into_iter().map(|row| (row.state, row.tries)).collect()
}

#[tokio::test]
async fn what_happens_is_told_signed_in_order_and_says_nothing_of_the_citizen() {
    let town = Town::open().await;
    let (url, heard) = receiver(&["500 No", "302 Found\r\nlocation: http://127.0.0.1:1/"]).await;
    let made = hook(&town, "office", &url).await;
    hook(&town, "riga", &url).await;
    let mut citizen = signed_in(&town).await;
    answered(&town, &mut citizen, 1).await;
    answered(&town, &mut citizen, 2).await;
    webhooks::send_due(&town.app).await.unwrap();
    assert_eq!(heard.lock().unwrap().len(), 1, "the second waits for the first");
    webhooks::send_due(&town.app).await.unwrap();
    assert_eq!(heard.lock().unwrap().len(), 1, "and the first for its time");
    for _ in 0..4 {
        town.pass(120);
        webhooks::send_due(&town.app).await.unwrap();
    }
    assert_eq!(states(&town).await, [("delivered".to_owned(), 3), ("delivered".to_owned(), 1)]);
    let heard = heard.lock().unwrap().clone();
    let ids: Vec<String> = heard.iter().map(|(head, _)| header(head, "webhook-id")).collect();
    assert!(ids[0] == ids[1] && ids[1] == ids[2] && ids[2] != ids[3] && ids.len() == 4, "{ids:?}");
    for (head, body) in &heard {
        let told: Value = serde_json::from_str(body).unwrap();
        assert_eq!((&told["type"], &told["data"]["case"]), (&json!("case.answered"), &json!(ID)));
        assert!(!body.contains("Anna") && !body.contains("Slepens"), "{body}");
        let key = STANDARD.decode(made.secret.strip_prefix("whsec_").unwrap()).unwrap();
        let signed = format!("{}.{}.{body}", header(head, "webhook-id"), header(head, "webhook-timestamp"));
        let signature = format!("v1,{}", STANDARD.encode(hmac(&key, signed.as_bytes()))).to_lowercase();
        assert_eq!(header(head, "webhook-signature"), signature);
    }
    let stored = format!("{:?}", webhook::all(&town.app.db).await.unwrap());
    assert!(!stored.contains(made.secret.strip_prefix("whsec_").unwrap()));
}

#[tokio::test]
async fn after_a_crash_it_is_told_again_under_the_same_id() {
    let town = Town::open().await;
    let (url, heard) = receiver(&[]).await;
    hook(&town, "office", &url).await;
    answered(&town, &mut signed_in(&town).await, 1).await;
    let row = webhook_event::Entity::find().one(&town.app.db).await.unwrap().unwrap();
    // A server has taken it, told it, and died before it could write that down.
    assert!(webhook_event::take(&town.app.db, &row, row.next + 60_000).await.unwrap());
    webhooks::send_due(&town.app).await.unwrap();
    assert!(heard.lock().unwrap().is_empty(), "another may be at it");
    town.pass(61);
    webhooks::send_due(&town.app).await.unwrap();
    webhooks::send_due(&town.app).await.unwrap();
    let heard = heard.lock().unwrap().clone();
    assert_eq!((heard.len(), header(&heard[0].0, "webhook-id")), (1, row.message));
}

#[tokio::test]
async fn who_never_answers_is_given_up_after_some_three_days_and_what_is_removed_hears_nothing() {
    let town = Town::open().await;
    let made = hook(&town, "office", "http://127.0.0.1:1/").await;
    let mut citizen = signed_in(&town).await;
    answered(&town, &mut citizen, 1).await;
    let mut hours = 0;
    while states(&town).await[0].0 == "waiting" {
        webhooks::send_due(&town.app).await.unwrap();
        town.pass(3_600);
        hours += 1;
    }
    assert_eq!(states(&town).await, [("given_up".to_owned(), 21)]);
    assert!((60..100).contains(&hours), "{hours}");
    assert_eq!(webhook_event::count(&town.app.db, &made.id, "given_up").await.unwrap(), 1);
    let mut citizen = signed_in(&town).await;
    answered(&town, &mut citizen, 2).await;
    assert!(webhook::remove(&town.app.db, &made.id, 1).await.unwrap());
    webhooks::send_due(&town.app).await.unwrap();
    assert_eq!(states(&town).await[1], ("dropped".to_owned(), 1));
    answered(&town, &mut citizen, 3).await;
    assert_eq!(states(&town).await.len(), 2, "nobody is to be told");
    town.pass(400 * DAY);
    assert_eq!(retention::sweep(&town.app).await.unwrap(), 0, "undecided, the case stays");
}

#[tokio::test]
async fn what_was_never_paid_the_institution_never_hears_of() {
    let town = Town::open().await;
    hook(&town, "office", "http://127.0.0.1:1/").await;
    let mut citizen = signed_in(&town).await;
    send(&mut citizen, ID).await;
    let withdrawal = format!("/api/v1/uses/{ID}/withdrawal/{}", "a".repeat(32));
    citizen.ask("PUT", &withdrawal, Value::Null).await.json();
    assert!(states(&town).await.is_empty());
}

#[tokio::test]
async fn only_https_in_the_public_network_is_taken() {
    let town = Town::open().await;
    for url in ["http://hooks.example/", "ftp://hooks.example/", "hooks", "https://a:b@hooks.example/"] {
        let made = webhooks::make(&town.app.db, &town.app.identity, "office", (url, false)).await;
        assert!(made.is_err(), "{url}");
    }
    webhooks::make(&town.app.db, &town.app.identity, "office", ("https://127.0.0.1:1/", false)).await.unwrap();
    answered(&town, &mut signed_in(&town).await, 1).await;
    webhooks::send_due(&town.app).await.unwrap();
    assert_eq!(states(&town).await, [("waiting".to_owned(), 1)]);
}
