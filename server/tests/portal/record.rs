//! The record that a citizen can prove: written with the things themselves, verified by whoever likes.

use std::process::Command;

use durvis_contract::record::{self, Fault, Record};
use durvis_server::record::{is_signed, sha256};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::sign_in::outside::{Browser, Town};
use crate::support::migrated;
use crate::support::postgres::Cluster;

async fn signed_in<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

fn order(number: u32) -> (String, Value) {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let answers = json!({"person": "me", "home": home, "name": format!("Anna {number}"), "fast": false});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    (format!("/api/v1/uses/{number:032x}/send"), draft)
}

async fn record_of(browser: &mut Browser<'_>) -> Record {
    serde_json::from_value(browser.get("/api/v1/record").await.json()).unwrap()
}

async fn verified(record: &Record) -> Result<(), Fault> {
    record::verify(record, async |text| sha256(&text)).await
}

#[tokio::test]
async fn what_is_sent_and_taken_back_is_a_link_each_and_the_content_can_be_proved() {
    let town = Town::open().await;
    let (mut citizen, mut other) = (signed_in(&town, "adult").await, signed_in(&town, "pensioner").await);
    let empty = record_of(&mut citizen).await;
    assert_eq!((empty.entries.len(), verified(&empty).await, is_signed(&empty)), (0, Ok(()), true));
    let (path, draft) = order(1);
    let sent = citizen.ask("POST", &path, draft.clone()).await.json();
    citizen.ask("POST", &path, draft).await.json();
    let withdrawal = format!("/api/v1/uses/{:032x}/withdrawal/{}", 1, "a".repeat(32));
    citizen.ask("PUT", &withdrawal, Value::Null).await.json();
    citizen.ask("PUT", &withdrawal, Value::Null).await.json();
    let record = record_of(&mut citizen).await;
    let kinds: Vec<&str> = record.entries.iter().map(|entry| entry.kind.code()).collect();
    assert_eq!(kinds, ["sent", "withdrawn"], "repeated, it is the same");
    assert_eq!(json!(record.entries[0].number), sent["number"]);
    assert_eq!((verified(&record).await, is_signed(&record)), (Ok(()), true));
    assert!(record::goes_on_from(&record, &empty.head));
    // The content is what the citizen gets back, to the byte.
    let told = citizen.get(&format!("/api/v1/uses/{:032x}", 1)).await.body;
    let answers = told.split_once("\"answers\":").unwrap().1.strip_suffix('}').unwrap().to_owned();
    let first = &record.entries[0];
    let matches = [answers, String::new()].map(|content| sha256(&format!("{}\n{content}", first.salt)) == first.digest);
    assert_eq!(matches, [true, false]);
    let others = record_of(&mut other).await;
    assert!(others.entries.is_empty() && others.chain != record.chain);
    let mut stolen = others.clone();
    stolen.entries.clone_from(&record.entries);
    stolen.head = record.head.clone();
    assert!(!is_signed(&stolen), "a head is of one chain");
    assert_eq!(verified(&stolen).await, Err(Fault::Changed(1)), "and so are links");
    let mut later = record.clone();
    later.head.at = "2030-01-01T00:00:00Z".into();
    assert!(!is_signed(&later));
}

#[tokio::test]
async fn twelve_sends_at_once_are_one_chain() {
    many_at_once(Town::open().await).await;
    let cluster = Cluster::start();
    many_at_once(Town::open_on(migrated(&cluster.url()).await).await).await;
}

async fn many_at_once(mut town: Town) {
    town.unlimited();
    let mut citizen = signed_in(&town, "adult").await;
    let sends = (0..12).map(|number| {
        let mut device = citizen.again();
        async move {
            let (path, draft) = order(number);
            device.ask("POST", &path, draft).await.json()
        }
    });
    futures_util::future::join_all(sends).await;
    let record = record_of(&mut citizen).await;
    assert_eq!((record.entries.len(), verified(&record).await, is_signed(&record)), (12, Ok(()), true));
}

/// As docs/record.md describes it, by somebody who has only Python's standard library.
const STRANGER: &str = r#"
import hashlib, json, sys
record = json.load(open(sys.argv[1]))
before, number = "", 0
for entry in record["entries"]:
    number += 1
    parts = ["durvis-record-entry-1", record["chain"], before, str(entry["sequence"]), entry["kind"], entry["number"], entry["at"],
        entry["salt"], entry["digest"], ""]
    link = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    if entry["sequence"] != number or entry["link"] != link:
        sys.exit(f"broken at {number}")
    before = link
if (record["head"]["length"], record["head"]["link"]) != (number, before):
    sys.exit("the head is another one's")
print(number)
"#;

#[tokio::test]
async fn a_file_of_it_is_verified_by_the_command_and_by_a_stranger() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    for number in 1..4 {
        let (path, draft) = order(number);
        citizen.ask("POST", &path, draft).await.json();
    }
    let answer = citizen.get("/api/v1/record.json").await;
    assert!(answer.header("content-disposition").contains("durvis-record.json"));
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("record.json");
    let verify = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let durvis =
            Command::new(env!("CARGO_BIN_EXE_durvis")).args(["record", "verify", "--json"]).arg(&file).output();
        let stranger = Command::new("python3").args(["-c", STRANGER]).arg(&file).output().unwrap();
        let told: Value = serde_json::from_slice(&durvis.unwrap().stdout).unwrap();
        (told, stranger.status.success())
    };
    let whole = verify(&answer.body);
    assert_eq!((&whole.0["whole"], &whole.0["entries"], whole.1), (&json!(true), &json!(3), true));
    let mut damaged = answer.json();
    damaged["entries"][1]["at"] = json!("2026-11-25T00:00:00Z");
    let told = verify(&damaged.to_string());
    assert_eq!((told.0, told.1), (json!({"whole": false, "fault": "changed", "entry": 2}), false));
    let mut forged = answer.json();
    forged["head"]["at"] = json!("2026-11-25T00:00:00Z");
    assert_eq!(verify(&forged.to_string()).0, json!({"whole": false, "fault": "signature", "entry": null}));
}
