//! What is for whoever has a link or a document: fetched until the link ends, and genuine or not.

use durvis_contract::e_service::Reference;
use durvis_server::db::document;
use durvis_server::documents;
use durvis_server::documents::make::make_due;
use serde_json::{Value, json};

use super::{ID, list, send, session, signed_in};
use crate::sign_in::outside::Town;

/// The link of a share, below the portal's address.
fn path_of(share: &Value) -> String {
    let link = share["link"].as_str().unwrap();
    link[link.find("/d/").unwrap()..].to_owned()
}

#[tokio::test]
async fn a_link_holds_until_it_ends_and_each_time_is_told() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    send(&mut citizen, ID).await;
    let id = list(&mut citizen, "kind=receipt").await["items"][0]["id"].as_str().unwrap().to_owned();
    let shares = format!("/api/v1/documents/{id}/shares");
    for hours in [0, 721] {
        citizen.ask("POST", &shares, json!({ "hours": hours })).await.problem(400, "broken-rules");
    }
    let made = citizen.ask("POST", &shares, json!({"hours": 24})).await.json();
    let link = path_of(&made);
    let fetched = town.browser().get(&link).await;
    assert!(fetched.status == 200 && fetched.body.starts_with("%PDF-1.7"), "nobody has to sign in");
    assert_eq!((fetched.header("x-robots-tag"), fetched.header("cache-control")), ("noindex, nofollow", "no-store"));
    let looked = town.browser().ask("HEAD", &link, Value::Null).await;
    assert_eq!(looked.status, 200);
    let told = citizen.get(&shares).await.json();
    assert_eq!((&told[0]["opened"], &told[0]["ends_at"]), (&json!(1), &json!("2026-11-24T08:00:00Z")));
    assert!(told[0]["link"].is_null(), "it is told once");
    assert_eq!(list(&mut citizen, "kind=receipt").await["items"][0]["shares"], 1);
    let acts = citizen.get("/api/v1/acts?kind=document_fetched").await.json();
    assert_eq!(acts["acts"].as_array().unwrap().len(), 1, "{acts}");

    let second = citizen.ask("POST", &shares, json!({"hours": 720})).await.json();
    let second_link = path_of(&second);
    let path = format!("{shares}/{}", second["id"].as_str().unwrap());
    let mut other = signed_in(&town, "pensioner").await;
    other.ask("DELETE", &path, Value::Null).await.problem(404, "not-found");
    assert_eq!(citizen.ask("DELETE", &path, Value::Null).await.status, 204);
    citizen.ask("DELETE", &path, Value::Null).await.problem(404, "not-found");
    town.browser().get(&second_link).await.problem(404, "not-found");
    town.pass(86_400);
    town.browser().get(&link).await.problem(404, "not-found");
    let mut citizen = signed_in(&town, "adult").await;
    assert_eq!(citizen.get(&shares).await.json(), json!([]));
    for _ in 0..20 {
        citizen.ask("POST", &shares, json!({"hours": 1})).await.json();
    }
    citizen.ask("POST", &shares, json!({"hours": 1})).await.problem(400, "broken-rules");
}

#[tokio::test]
async fn a_link_is_not_guessed() {
    let town = Town::open().await;
    let mut browser = town.browser();
    for number in 0..30 {
        browser.get(&format!("/d/{number:043}")).await.problem(404, "not-found");
    }
    browser.get("/d/x").await.problem(429, "too-many");
}

#[tokio::test]
async fn whoever_holds_a_document_is_told_whether_it_is_genuine_and_nothing_else() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    send(&mut citizen, ID).await;
    make_due(&town.app).await.unwrap();
    let told = list(&mut citizen, "kind=receipt").await["items"][0].clone();
    let (number, id) = (told["number"].as_str().unwrap(), told["id"].as_str().unwrap());
    let row = document::by_id(&town.app.db, id).await.unwrap().unwrap();
    let (digest, code) = (row.digest.clone().unwrap(), Reference::new(row.code.cast_unsigned()).to_string());
    let mut anybody = town.browser();
    let mut ask =
        async |number: &str, proof: &str| anybody.get(&format!("/api/v1/genuine/{number}?lang=en&{proof}")).await;
    let genuine = ask(number, &format!("digest={digest}")).await;
    let issued =
        json!({"verdict": "genuine", "kind": "receipt", "institution": "Office", "made_at": "2026-11-23T08:00:00Z"});
    assert_eq!(genuine.json(), issued, "neither who nor what about");
    let first = if digest.starts_with('0') { '1' } else { '0' };
    let changed = format!("digest={first}{}", &digest[1..]);
    assert_eq!(ask(number, &changed).await.json()["verdict"], "changed");
    assert_eq!(ask(number, &format!("code={code}")).await.json()["verdict"], "issued");
    let unknown = json!({"verdict": "unknown"});
    assert_eq!(ask(number, "code=2222-2222").await.json(), unknown);
    assert_eq!(ask("2222-2222", &format!("digest={digest}")).await.json(), unknown);
    for proof in ["", "digest=12", "code=x", &format!("digest={digest}&code={code}")] {
        ask(number, proof).await.problem(400, "broken-rules");
    }
    ask("x", &changed).await.problem(400, "broken-rules");
    // The file is what the digest says.
    let opened = documents::own_made(&town.app, &session(&town, &citizen).await, id).await.unwrap();
    let bytes = documents::bytes(&town.app, &opened).await.unwrap();
    assert_eq!(opened.row.bytes, i64::try_from(bytes.len()).unwrap());
    let mut last = 200;
    for _ in 0..40 {
        last = ask(number, &changed).await.status.as_u16();
    }
    assert_eq!(last, 429, "nobody tries them all");
}
