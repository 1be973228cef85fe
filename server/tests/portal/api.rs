//! The API through the whole router: what it answers, and how it says no.

use crate::support::{Portal, SERVICE, content, sqlite, written};
use axum::body::Body;
use axum::http::{Method, Request};

#[tokio::test]
async fn a_citizen_finds_and_reads_a_service() {
    let portal = Portal::open().await;
    let found = portal.get("/api/v1/services?lang=lv&q=passe").await.json();
    assert_eq!(found["services"][0]["slug"], "passport");
    let service = portal.get("/api/v1/services/passport?lang=en").await.json();
    assert_eq!(service["service"]["name"], "Passport");
    assert_eq!(service["places"][0]["slug"], "office-1");
    assert_eq!(service["service"]["life_events"][0]["slug"], "going-abroad");
}

#[tokio::test]
async fn a_municipality_answers_for_its_own_variant() {
    let portal = Portal::open().await;
    let riga = portal.get("/api/v1/services/tree-felling?territory=riga").await.json();
    assert_eq!(riga["service"]["institution"]["slug"], "riga");
    assert_eq!(riga["service"]["fees"][0]["cents"], 1500);
    assert!(riga["service"]["channels"]["here"].is_object());
    let ogre = portal.get("/api/v1/services/tree-felling?territory=ogre").await.json();
    assert_eq!(ogre["service"]["fees"][0]["cents"], 500);
    assert!(ogre["service"]["channels"]["here"].is_null());
}

#[tokio::test]
async fn facets_narrow_the_list() {
    let portal = Portal::open().await;
    for (query, total) in [
        ("", 3),
        ("?territory=latvia", 2),
        ("?territory=ogre", 1),
        ("?territory=coast", 1),
        ("?territory=ogre&kind=here", 0),
        ("?territory=ogre&territory=riga&kind=here", 1),
        ("?life_event=going-abroad", 2),
        ("?institution=office&place=office-1&audience=person", 2),
        ("?limit=1&offset=2&sort=name", 3),
    ] {
        assert_eq!(portal.get(&format!("/api/v1/services{query}")).await.json()["total"], total, "{query}");
    }
}

#[tokio::test]
async fn lists_and_entries_are_read_in_each_language() {
    let portal = Portal::open().await;
    assert_eq!(portal.get("/api/v1/life-events?lang=en").await.json()[0]["name"], "Going abroad");
    assert_eq!(portal.get("/api/v1/life-events/going-abroad").await.json()["services"][1]["slug"], "permit");
    assert_eq!(portal.get("/api/v1/institutions").await.json().as_array().unwrap().len(), 3);
    assert_eq!(portal.get("/api/v1/institutions/office?lang=en").await.json()["name"], "Office");
    assert_eq!(portal.get("/api/v1/territories").await.json()[1]["name"], "Ogres novads");
    assert_eq!(portal.get("/api/v1/catalogue/counts").await.json()["services"], 4);
}

#[tokio::test]
async fn what_is_not_understood_is_refused_with_field_and_rule() {
    let portal = Portal::open().await;
    for (path, field, rule) in [
        ("/api/v1/services?lang=de", "lang", "unknown"),
        ("/api/v1/services?limit=101", "limit", "too_large"),
        ("/api/v1/services?limit=x", "limit", "not_a_number"),
        ("/api/v1/services?sort=sideways", "sort", "unknown"),
        ("/api/v1/services?kind=nonsense", "kind", "unknown"),
        ("/api/v1/services?colour=green", "colour", "unknown_parameter"),
        ("/api/v1/services?q=%FF", "query", "not_utf8"),
        ("/api/v1/services?lang=lv&lang=en", "lang", "more_than_one"),
        ("/api/v1/services?offset=-1", "offset", "not_a_number"),
        ("/api/v1/services/passport?lang=de", "lang", "unknown"),
        ("/api/v1/services/passport?place=x", "place", "unknown_parameter"),
        ("/api/v1/life-events?lang=de", "lang", "unknown"),
        ("/api/v1/life-events/going-abroad?lang=", "lang", "unknown"),
        ("/api/v1/institutions?limit=1", "limit", "unknown_parameter"),
        ("/api/v1/institutions/office?lang=%C3%28", "query", "not_utf8"),
        ("/api/v1/territories?lang=lv&lang=lv", "lang", "more_than_one"),
        ("/api/v1/catalogue?lang=lv", "lang", "unknown_parameter"),
        ("/api/v1/catalogue/counts?q=%FF", "query", "not_utf8"),
    ] {
        let problem = portal.get(path).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"][0]["field"], field, "{path}");
        assert_eq!(problem["broken"][0]["rule"], rule, "{path}");
    }
    let long = format!("/api/v1/services?q={}", "a".repeat(1_001));
    assert_eq!(portal.get(&long).await.problem(400, "broken-rules")["broken"][0]["rule"], "too_long");
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_and_never_a_500() {
    let portal = Portal::open().await;
    for path in [
        "/api/v1/services/nope",
        "/api/v1/services/%FF",
        "/api/v1/services/tree-felling?territory=nowhere",
        "/api/v1/life-events/nope",
        "/api/v1/institutions/nope",
        "/api",
        "/api/",
        "/api/v1/unknown",
        "/api/v1/services/",
        "/api/nothing/at/all",
        "/api/v1/../../etc/passwd",
    ] {
        portal.get(path).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_wrong_method_is_a_problem() {
    let portal = Portal::open().await;
    for (method, path) in [
        (Method::DELETE, "/api/v1/services/passport"),
        (Method::POST, "/api/v1/services"),
        (Method::PUT, "/api/v1/catalogue"),
        (Method::PATCH, "/api/v1/territories"),
        (Method::GET, "/api/v1/reports"),
        (Method::POST, "/api/openapi.json"),
        (Method::POST, "/health/live"),
    ] {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        portal.ask(request).await.problem(405, "method-not-allowed");
    }
}

#[tokio::test]
async fn a_crash_report_is_taken_and_a_wrong_or_endless_one_refused() {
    let portal = Portal::open().await;
    let post = |body: String| Request::post("/api/v1/reports").body(Body::from(body)).unwrap();
    let taken = portal.ask(post(r#"{"message": "boom", "path": "/lv"}"#.into())).await;
    assert_eq!(taken.status, 204);
    portal.ask(post("{".into())).await.problem(400, "broken-rules");
    portal.ask(post(r#"{"message": "boom", "path": "/lv", "answers": 1}"#.into())).await.problem(400, "broken-rules");
    portal
        .ask(post(format!(r#"{{"message": "{}", "path": ""}}"#, "x".repeat(3_000))))
        .await
        .problem(400, "broken-rules");
    portal.ask(post("x".repeat(100_000))).await.problem(413, "too-large");
}

#[tokio::test]
async fn who_has_the_catalogue_is_told_so() {
    let portal = Portal::open().await;
    let first = portal.get("/api/v1/life-events").await;
    let again =
        Request::get("/api/v1/life-events").header("if-none-match", first.header("etag")).body(Body::empty()).unwrap();
    let again = portal.ask(again).await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
    let mut dearer = content();
    dearer.insert("services/passport.yaml".into(), SERVICE.replace("cents: 500", "cents: 700"));
    let (folder, db) = sqlite().await;
    let other = Portal::of(db, Some(folder), Some(written(&dearer).path())).await;
    let tag = other.get("/api/v1/life-events").await.header("etag").to_owned();
    assert_ne!(tag, first.header("etag"), "a database that counts from 1 again is not the same catalogue");
}

#[tokio::test]
async fn an_empty_portal_lives_but_is_not_ready() {
    let (folder, db) = sqlite().await;
    let portal = Portal::of(db, Some(folder), None).await;
    assert_eq!(portal.get("/health/live").await.status, 200);
    portal.get("/health/ready").await.problem(503, "not-ready");
    portal.get("/api/v1/catalogue").await.problem(503, "not-ready");
    portal.get("/api/v1/services").await.problem(503, "not-ready");
    assert_eq!(portal.get("/lv").await.status, 200, "the page says so itself");
}

#[tokio::test]
async fn the_api_describes_itself() {
    let portal = Portal::open().await;
    assert_eq!(portal.get("/health/ready").await.json()["status"], "ready");
    let document = portal.get("/api/openapi.json").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    // What is personal: authorisation.rs.
    let catalogue = |item: &&serde_json::Value| {
        item["get"].is_object()
            && !["identity", "uses", "files", "bills", "desk", "notices", "documents", "e-services", "reminders"]
                .contains(&item["get"]["tags"][0].as_str().unwrap_or_default())
    };
    assert_eq!(paths.values().filter(catalogue).count(), 10);
    for (path, item) in paths {
        let path = path.replace("{slug}", "passport").replace("{life_event}", "going-abroad");
        if catalogue(&item) {
            let status = portal.get(&path).await.status.as_u16().to_string();
            assert!(item["get"]["responses"][&status].is_object(), "{path} answers {status}, which is not described");
            portal.get(&format!("{path}?colour=green")).await.problem(400, "broken-rules");
            assert!(item["get"]["responses"]["400"].is_object(), "{path} does not describe its refusal");
            assert!(item["get"]["responses"]["503"].is_object(), "{path} does not describe the empty portal");
        }
    }
}
