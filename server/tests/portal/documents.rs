//! The archive of documents: made once, one's own, shared by links that end, and genuine or not.

#[path = "documents/links.rs"]
mod links;

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_server::ambient::Ambient;
use durvis_server::cases::clients;
use durvis_server::db::document::{self, Model};
use durvis_server::db::service_use;
use durvis_server::documents::make::make_due;
use durvis_server::documents::{self, archive};
use durvis_server::identity::Identity;
use durvis_server::identity::keys::Keys;
use durvis_server::identity::session::{Limits, Session};
use durvis_server::uses::retention;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::sign_in::outside::{Browser, Town};
use crate::support::postgres::Cluster;
use crate::support::{Answer, migrated};

const ID: &str = "0123456789abcdef0123456789abcdef";
const PAPER: &str = "00000000000000000000000000000009";
const GIFT: &str = "00000000000000000000000000000007";
const YEAR_SECONDS: i64 = 366 * 86_400;

async fn signed_in<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

/// Sends an order of a passport with a paper; the id of its bill.
async fn send(browser: &mut Browser<'_>, id: &str) -> String {
    let new = json!({"use_id": id, "e_service": "passport-order", "version": 1, "field": "papers", "name": "Pase ā.pdf", "bytes": 9});
    browser.ask("PUT", &format!("/api/v1/files/{PAPER}"), new).await.json();
    browser.give("PUT", &format!("/api/v1/files/{PAPER}/parts/0"), b"%PDF-1.7\n".to_vec()).await.json();
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let papers = json!([{"id": PAPER, "name": "Pase ā.pdf", "bytes": 9, "media_type": "application/pdf"}]);
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false, "papers": papers});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    let sent = browser.ask("POST", &format!("/api/v1/uses/{id}/send?lang=en"), draft).await.json();
    sent["bill"].as_str().unwrap_or_else(|| panic!("{sent}")).to_owned()
}

/// Pays a bill at the sandbox's bank, and comes back from there as often as one likes.
async fn pay(town: &Town, browser: &mut Browser<'_>, bill: &str, times: u32) {
    let payment =
        json!({"id": "00000000000000000000000000000001", "bank": "kalnu-banka", "lang": "en", "bills": [bill]});
    let begun = browser.ask("POST", "/api/v1/payments", payment).await.json();
    let page = begun["redirect"].as_str().unwrap().strip_prefix(&town.sandbox.origin).unwrap().to_owned();
    let answer = town.sandbox.ask("POST", &page, "decision=confirm").await;
    let back = answer.header("location").strip_prefix("http://127.0.0.1:8080").unwrap().to_owned();
    for _ in 0..times {
        assert_eq!(browser.get(&back).await.status, 303);
    }
}

async fn list(browser: &mut Browser<'_>, query: &str) -> Value {
    browser.get(&format!("/api/v1/documents?lang=en&{query}")).await.json()
}

async fn rows(town: &Town) -> Vec<Model> {
    document::Entity::find().all(&town.app.db).await.unwrap()
}

async fn session(town: &Town, browser: &Browser<'_>) -> Session {
    town.app.identity.session(&town.app.db, &browser.cookies["__Host-session"]).await.unwrap().unwrap()
}

/// An institution's machine.
struct Office<'a>(&'a Town, String);

impl<'a> Office<'a> {
    async fn of(town: &'a Town, institution: &str) -> Self {
        let made = clients::make(&town.app.db, &Ambient::default(), institution, "Tests").await.unwrap();
        let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", made.id, made.secret)));
        let told = town.machine("POST", "/api/v1/desk/token", &basic, "grant_type=client_credentials").await.json();
        Self(town, told["access_token"].as_str().unwrap().to_owned())
    }

    async fn step(&self, event: u32, revision: u32, step: Value) -> Answer {
        let change = json!({"id": format!("{event:032x}"), "revision": revision, "officer": "Ieva", "step": step});
        let path = format!("/api/v1/desk/cases/{ID}/steps");
        self.0.machine("POST", &path, &format!("Bearer {}", self.1), &change.to_string()).await
    }

    async fn give(&self, name: &str, body: &str) -> Answer {
        let path = format!("/api/v1/desk/cases/{ID}/documents?document={GIFT}&name={name}&officer=Ieva");
        self.0.machine("POST", &path, &format!("Bearer {}", self.1), body).await
    }
}

#[tokio::test]
async fn what_is_sent_paid_and_decided_is_a_document_once() {
    made_once(Town::open().await).await;
}

#[tokio::test]
async fn on_postgresql_it_is_too() {
    let cluster = Cluster::start();
    made_once(Town::open_on(migrated(&cluster.url()).await).await).await;
}

async fn made_once(town: Town) {
    let mut citizen = signed_in(&town, "adult").await;
    let bill = send(&mut citizen, ID).await;
    pay(&town, &mut citizen, &bill, 2).await;
    let told = list(&mut citizen, "").await;
    assert_eq!(told["total"], 3, "two receipts and the paper that went along: {told}");
    let receipt = told["items"].as_array().unwrap().iter().find(|one| one["bill_id"] == json!(bill)).unwrap();
    assert_eq!((&receipt["kind"], &receipt["title"]), (&json!("receipt"), &json!("Ordering a passport")));
    assert!(receipt["bytes"].is_null(), "it is not made yet: {receipt}");
    assert_eq!(make_due(&town.app).await.unwrap(), 3);
    assert_eq!(make_due(&town.app).await.unwrap(), 0);

    let office = Office::of(&town, "office").await;
    office.step(1, 2, json!({"kind": "take"})).await.json();
    let given = office.give("Izzina.pdf", "%PDF-1.7\n").await.json();
    assert_eq!((&given["kind"], &given["bytes"]), (&json!("result"), &json!(9)));
    assert_eq!(office.give("Izzina.pdf", "%PDF-1.7\n").await.json(), given, "given twice, it is one");
    let notices = citizen.get("/api/v1/notices").await.json();
    let of_it = notices["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "document_given");
    assert_eq!(of_it.count(), 1, "{notices}");
    let decided = json!({"kind": "decide", "ruling": "granted", "text": "Pase ir gatava."});
    office.step(2, 3, decided.clone()).await.json();
    office.step(2, 3, decided).await.json();
    let told = list(&mut citizen, &format!("use={ID}")).await;
    let kinds: Vec<&str> = told["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(told["total"], 5, "{kinds:?}");
    for (kind, count) in [("decision", 1), ("result", 1), ("receipt", 2), ("upload", 1)] {
        assert_eq!(kinds.iter().filter(|one| **one == kind).count(), count, "{kind}: {kinds:?}");
    }
    // Whoever wants it before it is made makes it.
    for one in told["items"].as_array().unwrap() {
        let answer = citizen.get(&format!("/api/v1/documents/{}", one["id"].as_str().unwrap())).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.body.starts_with("%PDF-1.7"));
        assert!(answer.header("content-disposition").starts_with("attachment;"));
        assert_eq!((answer.header("cache-control"), answer.header("x-content-type-options")), ("no-store", "nosniff"));
    }
    assert_eq!(make_due(&town.app).await.unwrap(), 0);
    let numbers: Vec<_> = rows(&town).await.into_iter().filter_map(|row| row.number).collect();
    assert_eq!(numbers.len(), 4, "what one has sent oneself has no number");
    let acts = citizen.get("/api/v1/acts").await.json();
    assert_eq!(acts["acts"].as_array().unwrap().iter().filter(|act| act["kind"] == "document_given").count(), 1);
}

#[tokio::test]
async fn what_is_anothers_is_not_there() {
    let town = Town::open().await;
    let mut owner = signed_in(&town, "adult").await;
    send(&mut owner, ID).await;
    let id = list(&mut owner, "kind=receipt").await["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/documents/{id}");
    let mut other = signed_in(&town, "pensioner").await;
    assert_eq!(list(&mut other, "").await["total"], 0);
    other.get(&path).await.problem(404, "not-found");
    other.get(&format!("{path}/shares")).await.problem(404, "not-found");
    other.ask("POST", &format!("{path}/shares"), json!({"hours": 1})).await.problem(404, "not-found");
    other.ask("POST", "/api/v1/documents/archive", json!({"ids": [id]})).await.problem(404, "not-found");
    owner.get("/api/v1/documents/x").await.problem(404, "not-found");
    for (query, field) in [("kind=spell", "kind"), ("year=10000", "year"), ("limit=51", "limit"), ("x=1", "x")] {
        let problem = owner.get(&format!("/api/v1/documents?{query}")).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"][0]["field"], field);
    }
    // A machine of another institution gives nothing, and nobody gives to a case that is not worked on.
    let office = Office::of(&town, "office").await;
    office.give("Izzina.pdf", "%PDF-1.7\n").await.problem(404, "not-found");
    Office::of(&town, "riga").await.give("Izzina.pdf", "%PDF-1.7\n").await.problem(404, "not-found");
}

#[tokio::test]
async fn what_an_institution_gives_is_looked_at() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    let bill = send(&mut citizen, ID).await;
    pay(&town, &mut citizen, &bill, 1).await;
    let office = Office::of(&town, "office").await;
    office.give("Izzina.pdf", "%PDF-1.7\n").await.problem(409, "conflict");
    office.step(1, 2, json!({"kind": "take"})).await.json();
    let refused = [
        ("Izzina.docx", "%PDF-1.7\n", "name", "file_type"),
        ("..%2FIzzina.pdf", "%PDF-1.7\n", "name", "character"),
        ("", "%PDF-1.7\n", "name", "character"),
        ("Izzina.pdf", "PK", "content", "file_type"),
        ("Izzina.asice", "%PDF-1.7\n", "content", "file_type"),
    ];
    for (name, body, field, rule) in refused {
        let problem = office.give(name, body).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"], json!([{"field": field, "rule": rule}]), "{name}");
    }
    office.give("Izzina.pdf", &"x".repeat(10 * 1024 * 1024 + 1)).await.problem(413, "too-large");
    assert_eq!(list(&mut citizen, "kind=result").await["total"], 0);
}

#[tokio::test]
async fn several_documents_come_in_one_file_within_bounds() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    send(&mut citizen, ID).await;
    let told = list(&mut citizen, "").await;
    let ids: Vec<String> =
        told["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    let path = "/api/v1/documents/archive";
    let answer = citizen.ask("POST", path, json!({ "ids": ids })).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/zip"));
    let session = session(&town, &citizen).await;
    let twice = [ids.clone(), ids.clone()].concat();
    let wanted = serde_json::from_value(json!({ "ids": twice })).unwrap();
    let bytes = archive::archive(&town.app, &session, wanted).await.unwrap();
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    assert_eq!(zip.len(), 2, "each once");
    assert!(zip.file_names().any(|name| name.unwrap() == "Pase ā.pdf"));
    let refuse = async |browser: &mut Browser<'_>, ids: Vec<String>, rule: &str| {
        let problem = browser.ask("POST", path, json!({ "ids": ids })).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"], json!([{"field": "ids", "rule": rule}]));
    };
    refuse(&mut citizen, vec![], "required").await;
    refuse(&mut citizen, (0..51).map(|number| format!("{number:032x}")).collect(), "too_many").await;
    let row = document::by_id(&town.app.db, &ids[0]).await.unwrap().unwrap();
    let large = Model {
        id: "f".repeat(32),
        source: "x".into(),
        number: None,
        bytes: 60 * 1024 * 1024,
        digest: Some("x".into()),
        ..row
    };
    let sealed = reseal(&town, &large.sealed, &ids[0], &large.id);
    document::add(&town.app.db, Model { sealed, ..large }).await.unwrap();
    refuse(&mut citizen, vec!["f".repeat(32)], "too_much").await;
}

/// What was sealed of one document, for another.
fn reseal(town: &Town, sealed: &str, from: &str, to: &str) -> String {
    let identity = &town.app.identity;
    let plain = identity.keys.open(sealed, &format!("document:{from}")).unwrap();
    identity.keys.seal(&identity.ambient, &plain, &format!("document:{to}"))
}

#[tokio::test]
async fn five_hundred_documents_cost_what_a_few_do() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    send(&mut citizen, ID).await;
    let first = rows(&town).await.into_iter().find(|row| row.kind == "receipt").unwrap();
    for number in 0..500_i64 {
        let id = format!("{number:032x}");
        let sealed = reseal(&town, &first.sealed, &first.id, &id);
        let at = first.at - number * 86_400_000;
        let row = Model { source: format!("x:{id}"), id, number: Some(number + 1), at, sealed, ..first.clone() };
        document::add(&town.app.db, row).await.unwrap();
    }
    let before = town.queries();
    let told = list(&mut citizen, "").await;
    assert!(town.queries() - before <= 4, "{}", town.queries() - before);
    assert_eq!((&told["total"], told["items"].as_array().unwrap().len()), (&json!(502), 50));
    assert_eq!(told["years"], json!([2026, 2025]));
    assert_eq!(list(&mut citizen, "offset=500").await["items"].as_array().unwrap().len(), 2);
    assert_eq!(list(&mut citizen, "kind=upload").await["total"], 1);
    assert_eq!(list(&mut citizen, "q=pase%20%C4%81").await["total"], 1, "by the name of the file");
    let found = list(&mut citizen, &format!("q=passport%20{}", durvis_contract::e_service::Reference::new(500))).await;
    assert_eq!((&found["total"], &found["items"][0]["made_at"]), (&json!(1), &json!("2025-07-12T08:00:00Z")));
    let of_year = list(&mut citizen, "year=2025").await["total"].as_u64().unwrap();
    assert_eq!(of_year + list(&mut citizen, "year=2026").await["total"].as_u64().unwrap(), 502);
}

#[tokio::test]
async fn a_document_goes_with_its_use_and_a_receipt_of_money_stays_five_years() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    let bill = send(&mut citizen, ID).await;
    pay(&town, &mut citizen, &bill, 1).await;
    make_due(&town.app).await.unwrap();
    let share = list(&mut citizen, "").await["items"][0]["id"].as_str().unwrap().to_owned();
    citizen.ask("POST", &format!("/api/v1/documents/{share}/shares"), json!({"hours": 720})).await.json();
    // What nobody has decided is kept.
    citizen.ask("PUT", &format!("/api/v1/uses/{ID}/withdrawal/{}", "a".repeat(32)), Value::Null).await.json();
    drop(citizen);
    town.pass(3 * YEAR_SECONDS);
    assert!(retention::sweep(&town.app).await.unwrap() > 0);
    assert!(service_use::by_id(&town.app.db, ID).await.unwrap().unwrap().forgotten_at.is_some());
    let left = rows(&town).await;
    assert_eq!(left.iter().map(|row| row.source.clone()).collect::<Vec<_>>(), [format!("paid:{bill}")]);
    let mut citizen = signed_in(&town, "adult").await;
    let path = format!("/api/v1/documents/{}", left[0].id);
    assert!(citizen.get(&path).await.body.starts_with("%PDF-1.7"));
    drop(citizen);
    assert_eq!(documents::sweep(&town.app).await.unwrap(), 0);
    town.pass(2 * YEAR_SECONDS + 86_400);
    assert_eq!(documents::sweep(&town.app).await.unwrap(), 1);
    assert!(rows(&town).await.is_empty());
}

#[tokio::test]
async fn a_document_whose_server_died_over_it_is_made_by_another() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    send(&mut citizen, ID).await;
    let now = town.app.identity.ambient.millis();
    for row in rows(&town).await {
        assert!(document::take(&town.app.db, &row, now + 30_000).await.unwrap());
        assert!(!document::take(&town.app.db, &row, now + 30_000).await.unwrap(), "nobody else takes it meanwhile");
    }
    assert_eq!(make_due(&town.app).await.unwrap(), 0);
    town.pass(31);
    assert_eq!(make_due(&town.app).await.unwrap(), 2);
    assert!(rows(&town).await.iter().all(|row| row.digest.is_some()));
}

#[tokio::test]
async fn keys_change_and_documents_still_open() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    send(&mut citizen, ID).await;
    make_due(&town.app).await.unwrap();
    assert_eq!(town.app.identity.reseal(&town.app.db).await.unwrap().documents, 0, "by the newest key already");
    let (row, secret) = (rows(&town).await.remove(0), Keys::generate(&Ambient::default()).replace("k1:", "k2:"));
    let newest =
        Keys::parse(&[line(&secret, "k2:"), line(&town.keys(), "k1:"), line(&town.keys(), "lookup:")].join("\n"));
    let identity = Identity::new(town.app.identity.ambient.clone(), newest.unwrap(), Limits::default());
    assert_eq!(identity.reseal(&town.app.db).await.unwrap().documents, 2);
    let anew = document::by_id(&town.app.db, &row.id).await.unwrap().unwrap();
    let place = format!("document:{}", row.id);
    assert_eq!(
        identity.keys.open(&anew.sealed, &place).unwrap(),
        town.app.identity.keys.open(&row.sealed, &place).unwrap()
    );
}

fn line(text: &str, id: &str) -> String {
    text.lines().find(|line| line.starts_with(id)).unwrap().to_owned()
}

#[tokio::test]
async fn a_container_is_looked_into_by_whose_it_is() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    let bill = send(&mut citizen, ID).await;
    pay(&town, &mut citizen, &bill, 1).await;
    let office = Office::of(&town, "office").await;
    office.step(1, 2, json!({"kind": "take"})).await.json();
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [("mimetype", "application/vnd.etsi.asic-e+zip"), ("Atbilde.txt", "Jā")] {
        made.start_file(name, stored).unwrap();
        std::io::Write::write_all(&mut made, text.as_bytes()).unwrap();
    }
    let unsigned = made.finish().unwrap().into_inner();
    let path = format!("/api/v1/desk/cases/{ID}/documents?officer=Ieva");
    let give = async |number: u32, name: &str, bytes: &[u8]| {
        let path = format!("{path}&document={number:032x}&name={name}");
        let given = town.machine("POST", &path, &format!("Bearer {}", office.1), bytes).await.json();
        format!("/api/v1/documents/{}/inspection", given["id"].as_str().unwrap())
    };
    let looked = give(1, "Atbilde.asice", &unsigned).await;
    let told = citizen.get(&looked).await.json();
    assert_eq!((&told["verdict"], &told["form"]["layer"]), (&json!("unsigned"), &json!("form")), "{told}");
    assert_eq!(told["files"], json!([{"name": "Atbilde.txt", "size": 3, "covered": false}]));
    let mut other = signed_in(&town, "pensioner").await;
    other.get(&looked).await.problem(404, "not-found");
    let paper = give(2, "Atbilde.pdf", b"%PDF-1.7\n").await;
    assert_eq!(citizen.get(&paper).await.problem(400, "broken-rules")["broken"][0]["rule"], "file_type");
    // A real one, where it is at hand.
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/edocuments/latvian_signed_container.edoc");
    if let Ok(bytes) = std::fs::read(sample) {
        let told = citizen.get(&give(3, "Ligums.edoc", &bytes).await).await.json();
        assert_eq!((&told["verdict"], &told["files"][0]["covered"]), (&json!("whole"), &json!(true)), "{told}");
        assert!(told["signatures"][0]["subject"].as_str().unwrap().contains("CN="), "{told}");
    }
}
