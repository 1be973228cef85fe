//! Files that go along with uses: in parts, resumed, refused, sealed, sent, fetched.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{post, put};
use durvis_server::db::stored_file;
use durvis_server::files::{self, Files, PartKey};
use object_store::aws::AmazonS3Builder;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::sign_in::outside::{Browser, Town};

const USE: &str = "0123456789abcdef0123456789abcdef";
const ID: &str = "00000000000000000000000000000002";
const FILE: &str = "/api/v1/files/00000000000000000000000000000002";
const PART: usize = 256 * 1024;

async fn signed_in<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

/// A PDF of so many bytes, as far as its beginning goes.
fn pdf(bytes: usize) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    pdf.resize(bytes, b'x');
    pdf
}

fn new(name: &str, bytes: usize) -> Value {
    json!({"use_id": USE, "e_service": "passport-order", "version": 1, "field": "papers", "name": name, "bytes": bytes})
}

/// Sends a use with that file, whole.
async fn send(browser: &mut Browser<'_>, bytes: usize) -> crate::support::Answer {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let paper = json!({"id": ID, "name": "Pase.pdf", "bytes": bytes, "media_type": "application/pdf"});
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false, "papers": [paper]});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    browser.ask("POST", &format!("/api/v1/uses/{USE}/send"), draft).await
}

async fn give(browser: &mut Browser<'_>, bytes: &[u8]) {
    browser.ask("PUT", FILE, new("Pase.pdf", bytes.len())).await.json();
    for (number, part) in bytes.chunks(PART).enumerate() {
        let told = browser.give("PUT", &format!("{FILE}/parts/{number}"), part.to_vec()).await.json();
        assert_eq!(told["parts"], number + 1);
    }
}

#[tokio::test]
async fn a_file_comes_in_parts_goes_on_after_a_dropped_line_and_is_sent() {
    let town = Town::open().await;
    let (mut browser, bytes) = (signed_in(&town, "adult").await, pdf(2 * PART + 77));
    let begun = browser.ask("PUT", FILE, new("Pase.pdf", bytes.len())).await.json();
    assert_eq!((&begun["parts"], &begun["whole"]), (&json!(0), &json!(false)));
    let part = |number: usize| bytes.chunks(PART).nth(number).unwrap().to_vec();
    browser.give("PUT", &format!("{FILE}/parts/0"), part(0)).await.json();
    let problem = send(&mut browser, bytes.len()).await.problem(400, "broken-rules");
    assert_eq!(problem["broken"], json!([{"field": "papers", "rule": "file_missing"}]), "it waits for its files");
    // The line dropped: what is known is asked, what is there is not taken twice, what comes too early waits.
    assert_eq!(browser.ask("PUT", FILE, new("Pase.pdf", bytes.len())).await.json()["parts"], 1);
    assert_eq!(browser.give("PUT", &format!("{FILE}/parts/0"), part(0)).await.json()["parts"], 1);
    assert_eq!(browser.give("PUT", &format!("{FILE}/parts/2"), part(2)).await.json()["parts"], 1);
    browser.get(FILE).await.problem(404, "not-found");
    browser.give("PUT", &format!("{FILE}/parts/1"), part(1)).await.json();
    let told = browser.give("PUT", &format!("{FILE}/parts/2"), part(2)).await.json();
    assert_eq!((&told["whole"], &told["media_type"]), (&json!(true), &json!("application/pdf")));
    let listed = browser.get(&format!("/api/v1/uses/{USE}/files")).await.json();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]), (1, &told));
    assert_eq!(send(&mut browser, bytes.len()).await.json()["state"], "sent");
    let answer = browser.get(FILE).await;
    assert_eq!(answer.body.as_bytes(), bytes);
    assert_eq!(answer.header("content-disposition"), "attachment; filename*=UTF-8''Pase%2Epdf");
    assert_eq!((answer.header("cache-control"), answer.header("x-content-type-options")), ("no-store", "nosniff"));
    browser.ask("DELETE", FILE, Value::Null).await.problem(409, "conflict");
}

#[tokio::test]
async fn nobody_else_reads_adds_to_or_sends_it() {
    let town = Town::open().await;
    let mut owner = signed_in(&town, "adult").await;
    give(&mut owner, &pdf(100)).await;
    let mut other = signed_in(&town, "pensioner").await;
    for (method, path) in [("GET", FILE.to_owned()), ("DELETE", FILE.to_owned()), ("PUT", format!("{FILE}/parts/0"))] {
        other.ask(method, &path, Value::Null).await.problem(404, "not-found");
    }
    other.ask("PUT", FILE, new("Pase.pdf", 100)).await.problem(404, "not-found");
    assert_eq!(other.get(&format!("/api/v1/uses/{USE}/files")).await.json(), json!([]));
    let problem = send(&mut other, 100).await.problem(400, "broken-rules");
    assert_eq!(problem["broken"][0]["rule"], "file_missing");
    town.browser().get(FILE).await.problem(401, "sign-in");
}

#[tokio::test]
async fn what_may_not_come_is_refused_before_a_byte_of_it_does() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let mut refuse = async |new: Value, field: &str, rule: &str| {
        let problem = browser.ask("PUT", FILE, new).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"], json!([{"field": field, "rule": rule}]));
    };
    refuse(new("a.exe", 10), "name", "file_type").await;
    refuse(new("a.jpg", 10), "name", "file_type").await;
    refuse(new("pdf", 10), "name", "file_type").await;
    refuse(new("../a.pdf", 10), "name", "character").await;
    refuse(new("fdp.\u{202e}exe.pdf", 10), "name", "character").await;
    refuse(new(&format!("{}.pdf", "a".repeat(200)), 10), "name", "character").await;
    refuse(new("a.pdf", 700_001), "bytes", "file_too_large").await;
    refuse(new("a.pdf", 0), "bytes", "empty").await;
    let with = |key: &str, value: Value| {
        let mut new = new("a.pdf", 10);
        new[key] = value;
        new
    };
    refuse(with("field", json!("name")), "field", "unknown").await;
    refuse(with("version", json!(9)), "version", "unknown").await;
    browser.ask("PUT", FILE, with("use_id", json!("../../etc"))).await.problem(404, "not-found");
    browser.ask("PUT", "/api/v1/files/x", new("a.pdf", 10)).await.problem(404, "not-found");
    browser.give("PUT", &format!("{FILE}/parts/0"), vec![0; 10]).await.problem(404, "not-found");
    browser.ask("PUT", FILE, new("a.pdf", 10)).await.json();
    let part = format!("{FILE}/parts/0");
    browser.give("PUT", &part, vec![0; 11]).await.problem(400, "broken-rules");
    browser.give("PUT", &part, vec![0; PART + 1]).await.problem(413, "too-large");
    browser.give("PUT", &format!("{FILE}/parts/-1"), vec![]).await.problem(404, "not-found");
    browser.ask("PUT", FILE, new("b.pdf", 10)).await.problem(409, "conflict");
}

#[tokio::test]
async fn what_lies_about_its_type_is_refused_with_its_reason_and_gone() {
    let town = Town::open().await;
    let mut browser = signed_in(&town, "adult").await;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("zeros", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(&vec![0; 60 * 1024 * 1024]).unwrap();
    let bomb = writer.finish().unwrap().into_inner();
    let hostile: [(&str, &[u8], &str); 3] = [
        ("a.pdf", b"MZ a program", "file_type"),
        ("a.pdf", b"%PDF-1.7 <</S /JavaScript>>", "file_active"),
        ("a.asice", &bomb, "file_bomb"),
    ];
    for (name, bytes, rule) in hostile {
        browser.ask("PUT", FILE, new(name, bytes.len())).await.json();
        let problem =
            browser.give("PUT", &format!("{FILE}/parts/0"), bytes.to_vec()).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"], json!([{"field": "content", "rule": rule}]), "{name}");
        assert_eq!(stored_file::by_id(&town.app.db, ID).await.unwrap(), None);
        assert_eq!(browser.get(&format!("/api/v1/uses/{USE}/files")).await.json(), json!([]));
    }
}

#[tokio::test]
async fn it_is_sealed_goes_with_its_draft_and_is_swept_when_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::open().await;
    town.keep_files_in(Files::new(&folder.path().to_string_lossy()).unwrap());
    let parts = || walk(folder.path()).len();
    let mut browser = signed_in(&town, "adult").await;
    give(&mut browser, &pdf(PART + 5)).await;
    assert_eq!(parts(), 2);
    for part in walk(folder.path()) {
        let bytes = std::fs::read(part).unwrap();
        assert!(!bytes.windows(8).any(|window| window == b"%PDF-1.7" || window == b"xxxxxxxx"), "sealed");
    }
    let row = stored_file::by_id(&town.app.db, ID).await.unwrap().unwrap();
    assert!(!row.sealed.contains("Pase"));
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": {}});
    browser.ask("PUT", &format!("/api/v1/uses/{USE}"), draft).await.json();
    browser.ask("DELETE", &format!("/api/v1/uses/{USE}"), Value::Null).await;
    assert_eq!((parts(), stored_file::by_id(&town.app.db, ID).await.unwrap()), (0, None));

    give(&mut browser, &pdf(5_000)).await;
    assert_eq!(files::sweep(&town.app).await.unwrap(), 0);
    town.pass(91 * 86_400);
    assert_eq!(files::sweep(&town.app).await.unwrap(), 1);
    assert_eq!(parts(), 0);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

type Bucket = Arc<Mutex<BTreeMap<String, Bytes>>>;

/// As much of S3 as putting, getting and deleting needs.
async fn bucket() -> (String, Bucket) {
    let bucket = Bucket::default();
    let get = |State(bucket): State<Bucket>, Path(key): Path<String>| async move {
        let mut headers = HeaderMap::new();
        headers.insert("last-modified", "Mon, 23 Nov 2026 08:00:00 GMT".parse().unwrap());
        headers.insert("etag", "\"1\"".parse().unwrap());
        let found = bucket.lock().unwrap().get(&key).cloned();
        found.map(|bytes| (headers, bytes)).ok_or(StatusCode::NOT_FOUND)
    };
    let put_one = |State(bucket): State<Bucket>, Path(key): Path<String>, headers: HeaderMap, bytes: Bytes| async move {
        assert!(headers["authorization"].to_str().unwrap().starts_with("AWS4-HMAC-SHA256 Credential=key/"));
        assert_eq!(headers["if-none-match"], "*", "only what is new");
        let mut bucket = bucket.lock().unwrap();
        if bucket.contains_key(&key) {
            return Err(StatusCode::PRECONDITION_FAILED);
        }
        bucket.insert(key, bytes);
        Ok([("etag", "\"1\"")])
    };
    // Several at once, even where it is one.
    let delete = |State(bucket): State<Bucket>, wanted: String| async move {
        let keys = wanted.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next());
        let mut deleted = String::new();
        for key in keys {
            bucket.lock().unwrap().remove(key);
            deleted += &format!("<Deleted><Key>{key}</Key></Deleted>");
        }
        format!("<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{deleted}</DeleteResult>")
    };
    let router = Router::new()
        .route("/files", post(delete))
        .route("/files/{*key}", put(put_one).get(get))
        .with_state(bucket.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (endpoint, bucket)
}

#[tokio::test]
async fn they_are_kept_at_a_service_that_speaks_s3() {
    let (endpoint, bucket) = bucket().await;
    let store = AmazonS3Builder::new()
        .with_endpoint(endpoint)
        .with_allow_http(true)
        .with_bucket_name("files")
        .with_region("eu-north-1")
        .with_access_key_id("key")
        .with_secret_access_key("secret");
    let mut town = Town::open().await;
    let files = Files::of(Arc::new(store.build().unwrap()));
    stays_as_it_was_looked_at(&town, &files).await;
    bucket.lock().unwrap().clear();
    town.keep_files_in(files);
    let (mut browser, bytes) = (signed_in(&town, "adult").await, pdf(PART + 9));
    give(&mut browser, &bytes).await;
    assert_eq!(bucket.lock().unwrap().len(), 2);
    assert_eq!(browser.get(FILE).await.body.as_bytes(), bytes);
    assert_eq!(browser.ask("DELETE", FILE, Value::Null).await.status, 204);
    assert!(bucket.lock().unwrap().is_empty());
}

/// Two requests bring the same part; what was looked at is what is kept.
async fn stays_as_it_was_looked_at(town: &Town, files: &Files) {
    let ambient = &town.app.identity.ambient;
    let key = PartKey::new(ambient);
    files.put(ambient, ID, 0, &key, b"harmless").await.unwrap();
    files.put(ambient, ID, 0, &key, b"something else").await.unwrap();
    assert_eq!(files.get(ID, 0, &key).await.unwrap(), b"harmless");
    files.delete(ID, 1).await.unwrap();
    files.put(ambient, ID, 0, &key, b"anew").await.unwrap();
    assert_eq!(files.get(ID, 0, &key).await.unwrap(), b"anew");
}

#[tokio::test]
async fn a_part_is_written_once() {
    let town = Town::open().await;
    stays_as_it_was_looked_at(&town, &town.app.files).await;
}
