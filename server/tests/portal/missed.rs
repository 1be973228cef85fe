//! What is searched and not found: kept from the fifth time on, and of nobody.

use axum::body::Body;
use axum::http::Request;
use durvis_server::db::missed_search;

use crate::support::Portal;

async fn search(portal: &Portal, lang: &str, text: &str) -> crate::support::Answer {
    let body = serde_json::json!({ "lang": lang, "text": text }).to_string();
    portal.ask(Request::post("/api/v1/searches/missed").body(Body::from(body)).unwrap()).await
}

async fn kept(portal: &Portal) -> Vec<(String, i64)> {
    missed_search::all(&portal.db).await.unwrap().into_iter().map(|row| (row.text, row.searches)).collect()
}

#[tokio::test]
async fn a_text_is_kept_from_the_fifth_search_on_and_counted_then() {
    let portal = Portal::open().await;
    for _ in 0..4 {
        assert_eq!(search(&portal, "lv", "Kazas apliecība").await.status, 204);
    }
    assert!(kept(&portal).await.is_empty(), "four are too few");
    for _ in 0..3 {
        search(&portal, "lv", "kazas  apliecība!").await;
    }
    assert_eq!(kept(&portal).await, [("kazas apliecība".to_owned(), 7)]);
}

#[tokio::test]
async fn what_is_found_or_may_be_about_a_person_is_not_kept() {
    let portal = Portal::open().await;
    for text in ["pase", "janis.berzins@example.lv", "qxzw 010190-12345"] {
        for _ in 0..6 {
            assert_eq!(search(&portal, "lv", text).await.status, 204);
        }
    }
    assert!(kept(&portal).await.is_empty());
}

#[tokio::test]
async fn what_is_no_search_is_refused() {
    let portal = Portal::open().await;
    assert_eq!(search(&portal, "de", "kazas").await.problem(400, "broken-rules")["broken"][0]["field"], "lang");
    let long = "k".repeat(300);
    assert_eq!(search(&portal, "lv", &long).await.problem(400, "broken-rules")["broken"][0]["rule"], "too_long");
}
