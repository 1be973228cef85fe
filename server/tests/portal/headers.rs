//! What every answer carries, whatever is asked and however it ends.

use axum::body::Body;
use axum::http::Request;

use crate::support::Portal;

/// A method and a path, and the status of the answer: of everything that answers, and of every way in which it refuses.
const PAGES: [(&str, &str, u16); 12] = [
    ("GET", "/", 307),
    ("GET", "/lv", 200),
    ("HEAD", "/lv", 200),
    ("GET", "/lv/services/passport", 200),
    ("GET", "/lv/account", 200),
    ("GET", "/lv/nothing", 404),
    ("POST", "/lv", 405),
    ("GET", "/assets/app.0123456789abcdef.js", 200),
    ("GET", "/assets/nothing.js", 404),
    ("GET", "/catalogue/nothing", 404),
    ("GET", "/robots.txt", 200),
    ("GET", "/manifest.lv.webmanifest", 200),
];
const DATA: [(&str, &str, u16); 14] = [
    ("GET", "/api/v1/catalogue", 200),
    ("GET", "/api/v1/services?lang=lv", 200),
    ("GET", "/api/v1/services?nonsense=1", 400),
    ("GET", "/api/v1/services/nothing", 404),
    ("GET", "/api/v1/nothing", 404),
    ("GET", "/api", 404),
    ("PUT", "/api/v1/services", 405),
    ("GET", "/api/v1/session", 401),
    ("DELETE", "/api/v1/session", 401),
    ("POST", "/api/v1/reports", 400),
    ("GET", "/api/openapi.json", 200),
    ("GET", "/health/live", 200),
    ("GET", "/sign-in/nobody", 404),
    ("GET", "/sign-in/nobody/back", 404),
];

#[tokio::test]
async fn every_answer_carries_what_protects() {
    let portal = Portal::open().await;
    let kinds = PAGES.iter().map(|row| (row, "same-origin")).chain(DATA.iter().map(|row| (row, "no-referrer")));
    for ((method, path, status), referrer) in kinds {
        let request = Request::builder().method(*method).uri(*path).body(Body::empty()).unwrap();
        let answer = portal.ask(request).await;
        assert_eq!(answer.status.as_u16(), *status, "{method} {path}: {}", answer.body);
        let policy = answer.header("content-security-policy");
        let directive =
            |name: &str| policy.split("; ").find_map(|part| part.trim().strip_prefix(name)).unwrap_or_default();
        assert_eq!(directive("default-src "), "'none'", "{method} {path}");
        assert_eq!(directive("frame-ancestors "), "'none'", "{method} {path}");
        assert_eq!(directive("base-uri "), "'none'", "{method} {path}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{method} {path}: {policy}");
        assert!(!policy.contains('*') && !policy.contains("http"), "nothing from elsewhere: {method} {path}: {policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", referrer),
            ("strict-transport-security", "max-age=63072000"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            let values: Vec<_> = answer.headers.get_all(name).iter().collect();
            assert_eq!(values, [value], "{method} {path}: {name}");
        }
        let permissions = answer.header("permissions-policy");
        assert!(["camera=()", "microphone=()", "payment=()", "usb=()"].iter().all(|one| permissions.contains(one)));
    }
}

#[tokio::test]
async fn no_other_site_changes_anything() {
    let portal = Portal::open().await;
    let report = r#"{"message": "m", "path": "/lv"}"#;
    for (method, path) in [
        ("POST", "/api/v1/reports"),
        ("POST", "/api/v1/searches/missed"),
        ("DELETE", "/api/v1/session"),
        ("PUT", "/api/v1/contact"),
    ] {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let request = Request::builder().method(method).uri(path).header(name, value);
            let answer = portal.ask(request.body(Body::from(report)).unwrap()).await;
            answer.problem(403, "forbidden");
        }
    }
    let own =
        Request::post("/api/v1/reports").header("sec-fetch-site", "same-origin").body(Body::from(report)).unwrap();
    assert_eq!(portal.ask(own).await.status, 204);
}

#[tokio::test]
async fn who_asks_too_often_is_told_how_long_to_wait() {
    let portal = Portal::open().await;
    let mut answers = 0;
    let refused = loop {
        let answer = portal.get("/health/live").await;
        if answer.status != 200 {
            break answer;
        }
        answers += 1;
        assert!(answers <= 1_200, "an address asks 1,200 times at once");
    };
    assert_eq!(answers, 1_200);
    refused.problem(429, "too-many");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(portal.get("/lv").await.status, 200, "pages are not counted");
    portal.clock.pass(1);
    assert_eq!(portal.get("/health/live").await.status, 200);
}
