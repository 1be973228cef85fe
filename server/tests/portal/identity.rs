//! Sessions, persons and the log, on the real database with a clock that the test moves.

use axum::body::Body;
use axum::http::Request;
use durvis_server::ambient::Ambient;
use durvis_server::identity::keys::Keys;
use durvis_server::identity::person::Person;
use durvis_server::identity::reseal::Resealed;
use durvis_server::identity::session::{Company, Visit};
use durvis_server::identity::{Identity, audit};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::{Answer, Portal};

fn anna() -> Person {
    Person::of_identifier("PNOLV-321234-56789", "Anna", "Bērziņa", None).unwrap()
}

fn janis() -> Person {
    Person::of_identifier("PNOLV-010203-12345", "Jānis", "Kalns", None).unwrap()
}

async fn signed_in(portal: &Portal, person: Person, before: Option<&str>) -> String {
    let visit = Visit { way: "eid".into(), address: "192.0.2.7".into(), agent: "Firefox".into() };
    portal.app.identity.sign_in(&portal.db, person, visit, None, before).await.unwrap()
}

async fn asked(portal: &Portal, method: &str, path: &str, secret: &str, body: Option<Value>) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("cookie", format!("__Host-session={secret}"))
        .header("sec-fetch-site", "same-origin");
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    portal.ask(request.body(body).unwrap()).await
}

async fn get(portal: &Portal, path: &str, secret: &str) -> Answer {
    asked(portal, "GET", path, secret, None).await
}

#[tokio::test]
async fn a_citizen_sees_who_they_are_and_how_long_still() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    let mut told = get(&portal, "/api/v1/session", &secret).await.json();
    let journal = told.as_object_mut().unwrap().remove("journal").unwrap();
    assert_eq!(journal.as_str().unwrap().len(), 32);
    assert_eq!(
        told,
        json!({"given_name": "Anna", "surname": "Bērziņa", "officer": false, "unused_seconds": 1800, "whole_seconds": 28_800})
    );
    portal.get("/api/v1/session").await.problem(401, "sign-in");
    get(&portal, "/api/v1/session", "guessed").await.problem(401, "sign-in");
}

#[tokio::test]
async fn a_session_ends_by_disuse_and_by_time() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    portal.clock.pass(29 * 60);
    let told = get(&portal, "/api/v1/session", &secret).await.json();
    assert_eq!(told["unused_seconds"], 60, "looking at it is no use");
    let told = asked(&portal, "POST", "/api/v1/session/use", &secret, None).await.json();
    assert_eq!(told["unused_seconds"], 1_800);
    portal.clock.pass(30 * 60);
    get(&portal, "/api/v1/session", &secret).await.problem(401, "sign-in");
    let secret = signed_in(&portal, anna(), None).await;
    for _ in 0..32 {
        portal.clock.pass(15 * 60);
        asked(&portal, "POST", "/api/v1/session/use", &secret, None).await;
    }
    get(&portal, "/api/v1/session", &secret).await.problem(401, "sign-in");
}

#[tokio::test]
async fn signing_in_gives_a_new_secret_and_ends_the_old_one() {
    let portal = Portal::open().await;
    let planted = signed_in(&portal, janis(), None).await;
    let secret = signed_in(&portal, anna(), Some(&planted)).await;
    assert_ne!(planted, secret);
    get(&portal, "/api/v1/session", &planted).await.problem(401, "sign-in");
    assert_eq!(get(&portal, "/api/v1/session", &secret).await.json()["given_name"], "Anna");
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    let out = asked(&portal, "DELETE", "/api/v1/session?lang=en", &secret, None).await;
    assert_eq!(out.json(), json!({}));
    assert!(out.header("set-cookie").starts_with("__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"));
    let cookies = out.headers.get_all("set-cookie");
    assert!(
        cookies.iter().any(|cookie| cookie.as_bytes().starts_with(b"__Host-here=;")),
        "the app would ask for nobody"
    );
    get(&portal, "/api/v1/session", &secret).await.problem(401, "sign-in");
}

#[tokio::test]
async fn ones_sessions_are_listed_and_ended_one_by_one_or_all() {
    let portal = Portal::open().await;
    let (one, two) = (signed_in(&portal, anna(), None).await, signed_in(&portal, anna(), None).await);
    let other = signed_in(&portal, janis(), None).await;
    let listed = get(&portal, "/api/v1/sessions", &one).await.json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let handle = |own: bool| {
        let found = listed.as_array().unwrap().iter().find(|session| session["own"] == own).unwrap();
        found["handle"].as_str().unwrap().to_owned()
    };
    let theirs = format!("/api/v1/sessions/{}", handle(false));
    asked(&portal, "DELETE", &theirs, &other, None).await.problem(404, "not-found");
    assert_eq!(asked(&portal, "DELETE", &theirs, &one, None).await.status, 204);
    get(&portal, "/api/v1/session", &two).await.problem(401, "sign-in");
    assert_eq!(asked(&portal, "DELETE", "/api/v1/sessions", &one, None).await.status, 204);
    get(&portal, "/api/v1/session", &one).await.problem(401, "sign-in");
    assert_eq!(get(&portal, "/api/v1/session", &other).await.status, 200);
}

#[tokio::test]
async fn another_site_changes_nothing() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = Request::delete("/api/v1/session").header("cookie", format!("__Host-session={secret}"));
        portal.ask(request.header(name, value).body(Body::empty()).unwrap()).await.problem(403, "forbidden");
    }
    assert_eq!(get(&portal, "/api/v1/session", &secret).await.status, 200);
}

#[tokio::test]
async fn contact_information_keeps_its_rules() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    let fresh = get(&portal, "/api/v1/contact", &secret).await;
    assert_eq!(fresh.header("cache-control"), "no-store");
    assert_eq!(fresh.json()["lang"], "lv");
    let mut change = json!({"phone": "2000 0000", "lang": "ru", "by_mail": fresh.json()["by_mail"]});
    let changed = asked(&portal, "PUT", "/api/v1/contact", &secret, Some(change.clone())).await.json();
    assert_eq!((&changed["phone"], &changed["lang"]), (&json!("+37120000000"), &json!("ru")));
    change["phone"] = json!("12");
    let broken = asked(&portal, "PUT", "/api/v1/contact", &secret, Some(change)).await.problem(400, "broken-rules");
    assert_eq!(broken["broken"][0], json!({"field": "phone", "rule": "not_a_phone"}));
    assert_eq!(get(&portal, "/api/v1/contact", &secret).await.json()["phone"], "+37120000000", "nothing is lost");
}

#[tokio::test]
async fn an_address_is_used_only_after_its_code_came_back() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    let identity = portal.app.identity.clone();
    let session = identity.session(&portal.db, &secret).await.unwrap().unwrap();
    let (contact, letter) = identity.ask_email(&portal.db, &session, "anna@epasts.example", Some("ru")).await.unwrap();
    assert_eq!((contact.email, contact.unverified_email.as_deref()), (None, Some("anna@epasts.example")));
    let give = async |code: &str| {
        asked(&portal, "POST", "/api/v1/contact/email/code", &secret, Some(json!({"code": code}))).await
    };
    let wrong = if letter.code == "000000" { "000001" } else { "000000" };
    assert_eq!(give(wrong).await.problem(400, "broken-rules")["broken"][0]["rule"], "wrong");
    assert_eq!(give(&letter.code).await.json()["email"], "anna@epasts.example");
    assert_eq!(give(&letter.code).await.problem(400, "broken-rules")["broken"][0]["rule"], "expired", "once only");
    let (_, letter) = identity.ask_email(&portal.db, &session, "b@epasts.example", Some("en")).await.unwrap();
    for rule in ["wrong", "wrong", "wrong", "wrong", "too_many", "expired"] {
        let wrong = if letter.code == "000000" { "000001" } else { "000000" };
        assert_eq!(give(wrong).await.problem(400, "broken-rules")["broken"][0]["rule"], rule);
    }
    let (_, letter) = identity.ask_email(&portal.db, &session, "b@epasts.example", Some("en")).await.unwrap();
    portal.clock.pass(15 * 60);
    assert_eq!(give(&letter.code).await.problem(400, "broken-rules")["broken"][0]["rule"], "expired");
    assert_eq!(get(&portal, "/api/v1/contact", &secret).await.json()["email"], "anna@epasts.example");
}

#[tokio::test]
async fn what_was_done_is_read_filtered_and_exported() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    signed_in(&portal, janis(), None).await;
    let identity = &portal.app.identity;
    let mut session = identity.session(&portal.db, &secret).await.unwrap().unwrap();
    let company = Company { number: "40003000000".into(), name: "=SIA \"Ozols\"".into() };
    identity.act_for(&portal.db, &mut session, Some(company)).await.unwrap();
    let acts = get(&portal, "/api/v1/acts", &secret).await.json();
    let kinds: Vec<&str> = acts["acts"].as_array().unwrap().iter().map(|act| act["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["principal", "sign_in"], "only one's own");
    assert_eq!(acts["acts"][1]["address"], "192.0.2.7");
    let few = get(&portal, "/api/v1/acts?limit=1", &secret).await.json();
    let rest = get(&portal, &format!("/api/v1/acts?below={}", few["below"]), &secret).await.json();
    assert_eq!(rest["acts"][0]["kind"], "sign_in");
    let none = get(&portal, "/api/v1/acts?kind=sign_in&until=2026-11-22", &secret).await.json();
    assert_eq!(none["acts"], json!([]));
    get(&portal, "/api/v1/acts?kind=nonsense", &secret).await.problem(400, "broken-rules");
    let csv = get(&portal, "/api/v1/acts.csv", &secret).await;
    assert!(csv.body.starts_with("\u{feff}number;at;kind"), "{}", csv.body);
    assert!(csv.body.contains("\"40003000000 =SIA \"\"Ozols\"\"\""), "{}", csv.body);
}

#[tokio::test]
async fn a_changed_log_shows() {
    for (change, fault) in [
        ("UPDATE act SET kind = 'sign_out' WHERE number = 3", Some((3, "was changed"))),
        ("UPDATE act SET at = at + 1 WHERE number = 3", Some((3, "was changed"))),
        ("UPDATE act SET person_id = NULL WHERE number = 3", Some((3, "was changed"))),
        (
            "UPDATE act SET sealed = (SELECT sealed FROM act WHERE number = 2) WHERE number = 3",
            Some((3, "was changed")),
        ),
        ("UPDATE act SET content = 'x' WHERE number = 3", Some((3, "was changed"))),
        ("DELETE FROM act WHERE number = 2", Some((2, "is missing"))),
        ("DELETE FROM act WHERE number = 1", Some((1, "is missing"))),
        (
            "INSERT INTO act SELECT 6, at, person_id, kind, sealed, content, before, digest FROM act WHERE number = 5",
            Some((6, "does not follow the row before it")),
        ),
        (
            "UPDATE act SET number = -2 WHERE number = 2; UPDATE act SET number = 2 WHERE number = 3; \
             UPDATE act SET number = 3 WHERE number = -2",
            Some((2, "does not follow the row before it")),
        ),
        ("DELETE FROM act WHERE number > 3", Some((5, "is cut off"))),
        ("DELETE FROM act", Some((5, "is cut off"))),
        ("UPDATE session SET agent = ''", None),
    ] {
        let portal = Portal::open().await;
        for _ in 0..5 {
            signed_in(&portal, anna(), None).await;
        }
        let keys = &portal.app.identity.keys;
        let head = audit::verify(&portal.db, keys, None).await.unwrap().unwrap();
        assert_eq!(head.number, 5);
        portal.db.execute_unprepared(change).await.unwrap();
        let found = audit::verify(&portal.db, keys, Some(&head)).await.unwrap().err();
        assert_eq!(found.map(|fault| (fault.number, fault.what)), fault, "{change}");
    }
    let portal = Portal::open().await;
    let keys = &portal.app.identity.keys;
    signed_in(&portal, anna(), None).await;
    let head = audit::verify(&portal.db, keys, None).await.unwrap().unwrap();
    portal.db.execute_unprepared("DELETE FROM act").await.unwrap();
    signed_in(&portal, janis(), None).await;
    let found = audit::verify(&portal.db, keys, Some(&head)).await.unwrap().unwrap_err();
    assert_eq!((found.number, found.what), (1, "is not the one that was noted"), "a log that was begun anew");
}

#[tokio::test]
async fn keys_change_and_everything_still_opens() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    let contact = json!({"phone": "20000000", "lang": "ru", "by_mail": {"tasks": true, "progress": true, "bills": true, "documents": true, "favourites": true}});
    asked(&portal, "PUT", "/api/v1/contact", &secret, Some(contact)).await;
    let (first, second) = (portal.app.identity.clone(), Keys::generate(&Ambient::default()).replace("k1:", "k2:"));
    let old = portal.keys();
    let line = |text: &str, id: &str| text.lines().find(|line| line.starts_with(id)).unwrap().to_owned();
    let (k1, k2, lookup) = (line(&old, "k1:"), line(&second, "k2:"), line(&old, "lookup:"));
    let with =
        |lines: &[&str]| Identity::new(first.ambient.clone(), Keys::parse(&lines.join("\n")).unwrap(), first.limits);

    let rotated = with(&[&k2, &k1, &lookup]);
    let done = rotated.reseal(&portal.db).await.unwrap();
    assert_eq!((done.persons, done.contacts, done.acts), (1, 1, 2));
    assert_eq!(rotated.reseal(&portal.db).await.unwrap(), Resealed::default(), "the second time there is nothing left");

    let only_new = with(&[&k2, &lookup]);
    let id = only_new.known(&portal.db, &anna()).await.unwrap();
    let contact = only_new.contact(&portal.db, &id).await.unwrap();
    assert_eq!((contact.phone.as_deref(), contact.lang.as_str()), (Some("+37120000000"), "ru"));
    assert_eq!(
        audit::verify(&portal.db, &only_new.keys, None).await.unwrap().unwrap().number,
        2,
        "the log is the same"
    );
    let found = audit::verify(&portal.db, &first.keys, None).await.unwrap().unwrap_err();
    assert_eq!(found.number, 1, "the old key opens nothing any more");

    // One whose key is gone is said to be so, and what was done before it stays done.
    let (third, lost) = (Keys::generate(&Ambient::default()).replace("k1:", "k3:"), with(&[&k1, &lookup]));
    assert!(with(&[&line(&third, "k3:"), &lookup]).reseal(&portal.db).await.is_err());
    assert!(lost.reseal(&portal.db).await.is_err());
    assert!(only_new.contact(&portal.db, &id).await.is_ok());
}

#[tokio::test]
async fn nothing_personal_stands_open_in_the_database() {
    let portal = Portal::open().await;
    let secret = signed_in(&portal, anna(), None).await;
    asked(&portal, "PUT", "/api/v1/contact", &secret, Some(json!({"phone": "20000000", "lang": "lv", "by_mail": {"tasks": true, "progress": true, "bills": true, "documents": true, "favourites": true}}))).await;
    let mut all = String::new();
    for table in ["person", "session", "contact", "act"] {
        let rows = portal
            .db
            .query_all_raw(sea_orm::Statement::from_string(
                portal.db.get_database_backend(),
                format!("SELECT * FROM {table}"),
            ))
            .await
            .unwrap();
        assert!(!rows.is_empty(), "{table}");
        all += &format!("{rows:?}");
    }
    for open in ["Bērziņa", "Anna", "321234", "56789", "20000000", secret.as_str()] {
        assert!(!all.contains(open), "{open} in {all}");
    }
}
