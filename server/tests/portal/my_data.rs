//! Everything that is held about a person, to be taken along.

use std::io::{Cursor, Read};

use serde_json::{Value, json};
use zip::ZipArchive;

use crate::sign_in::outside::{Browser, Town};

const ID: &str = "0123456789abcdef0123456789abcdef";
const PAPER: &str = "00000000000000000000000000000009";

async fn signed_in<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

fn read(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn all_of_it_comes_in_one_archive_and_nothing_of_others() {
    let town = Town::open().await;
    let (mut citizen, mut other) = (signed_in(&town, "adult").await, signed_in(&town, "pensioner").await);
    let new = json!({"use_id": ID, "e_service": "passport-order", "version": 1, "field": "papers", "name": "Pase.pdf", "bytes": 9});
    citizen.ask("PUT", &format!("/api/v1/files/{PAPER}"), new).await.json();
    citizen.give("PUT", &format!("/api/v1/files/{PAPER}/parts/0"), b"%PDF-1.7\n".to_vec()).await.json();
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let papers = json!([{"id": PAPER, "name": "Pase.pdf", "bytes": 9, "media_type": "application/pdf"}]);
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false, "papers": papers});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    let sent = citizen.ask("POST", &format!("/api/v1/uses/{ID}/send"), draft).await.json();
    let number = sent["number"].as_str().unwrap();

    let answer = citizen.get("/api/v1/my-data.zip?lang=en").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/zip"));
    assert!(answer.header("content-disposition").contains("attachment"));
    assert!(answer.header("cache-control").contains("no-store"));
    let mut archive = ZipArchive::new(Cursor::new(answer.bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let use_file = format!("uses/{number}.json");
    let paper = format!("uses/{number}/1-Pase.pdf");
    for name in ["person.json", "bills.json", "notices.json", "history.json", &use_file, &paper] {
        assert!(names.iter().any(|one| one == name), "{name} in {names:?}");
    }
    assert_eq!(read(&mut archive, &paper), b"%PDF-1.7\n");
    let mut json = |name: &str| serde_json::from_slice::<Value>(&read(&mut archive, name)).unwrap();
    assert_eq!(json(&use_file)["answers"]["name"], "Anna");
    assert_eq!(json("person.json")["person"]["given_name"], "Anna");
    assert_eq!(json("bills.json")["total"], 1);
    assert!(
        json("history.json").as_array().unwrap().iter().any(|act| act["kind"] == "data_copied"),
        "that it was taken, too"
    );

    let answer = other.get("/api/v1/my-data.zip").await;
    let archive = ZipArchive::new(Cursor::new(answer.bytes)).unwrap();
    assert_eq!(archive.file_names().filter(|name| name.as_ref().unwrap().starts_with("uses/")).count(), 0);
}

#[tokio::test]
async fn nobody_asks_for_it_all_day() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    for _ in 0..3 {
        assert_eq!(citizen.get("/api/v1/my-data.zip").await.status, 200);
    }
    citizen.get("/api/v1/my-data.zip").await.problem(429, "too-many");
    citizen.get("/api/v1/my-data.zip?all=1").await.problem(400, "broken-rules");
}
