//! Pages and files as a browser gets them.

use crate::support::Portal;
use axum::body::Body;
use axum::http::Request;

const ASSET: &str = "/assets/app.0123456789abcdef.js";

#[tokio::test]
async fn a_page_has_its_name_its_status_and_a_strict_policy() {
    let portal = Portal::open().await;
    let page = portal.get("/lv/services/passport").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<title>Pase - Durvis</title>"), "{}", page.body);
    assert!(page.body.contains("https://durvis.example/lv/services/passport"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
    for path in
        ["/lv", "/en", "/lv/", "/lv/services", "/lv/services/tree-felling/riga", "/en/institutions/office", "/lv/guide"]
    {
        assert_eq!(portal.get(path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_page_is_a_page_with_404() {
    let portal = Portal::open().await;
    for path in
        ["/lv/nothing", "/de", "/lv/services/nope", "/lv/services/passport/riga", "/lv/services/tree-felling/x", "/%FF"]
    {
        let page = portal.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
    }
}

#[tokio::test]
async fn a_name_cannot_break_out_of_the_page() {
    let portal = Portal::open().await;
    let page = portal.get("/lv/services/permit").await.body;
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>alert"), "{page}");
    let home = portal.get("/lv").await.body;
    assert!(home.contains("\\u003cscript>alert") && !home.contains("<script>alert"), "{home}");
    assert!(home.contains("<p>4</p>") && home.contains("/lv/life-events/going-abroad"));
}

#[tokio::test]
async fn the_language_is_the_one_that_the_browser_likes() {
    let portal = Portal::open().await;
    for (accepted, place) in [("en-GB,lv;q=0.5", "/en"), ("de, lv", "/lv"), ("xx", "/lv"), ("", "/lv")] {
        let request = Request::get("/").header("accept-language", accepted).body(Body::empty()).unwrap();
        let answer = portal.ask(request).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (307, place), "{accepted}");
    }
}

#[tokio::test]
async fn a_file_comes_in_the_best_form_and_is_kept_for_good() {
    let portal = Portal::open().await;
    for (accepted, body, encoding) in [("gzip, br", "brotli", "br"), ("gzip", "gzip", "gzip"), ("", "plain", "")] {
        let answer =
            portal.ask(Request::get(ASSET).header("accept-encoding", accepted).body(Body::empty()).unwrap()).await;
        assert_eq!((answer.body.as_str(), answer.header("content-encoding")), (body, encoding));
        assert!(answer.header("cache-control").contains("immutable"));
    }
    let tag = portal.get(ASSET).await.header("etag").to_owned();
    let again = portal.ask(Request::get(ASSET).header("if-none-match", tag).body(Body::empty()).unwrap()).await;
    assert_eq!(again.status, 304);
}

#[tokio::test]
async fn a_missing_file_is_never_a_page() {
    let portal = Portal::open().await;
    for path in [
        "/assets/app.ffff.js",
        "/catalogue/lv.index.0",
        "/shell/xx/page",
        "/assets/../robots.txt",
        "/assets/%2e%2e/Cargo.toml",
    ] {
        let answer = portal.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("<html"), "{path}");
    }
}

#[tokio::test]
async fn the_catalogues_files_are_those_that_the_manifest_names() {
    let portal = Portal::open().await;
    let manifest = portal.get("/api/v1/catalogue").await.json();
    let path = manifest["files"][0]["details"].as_str().unwrap().to_owned();
    let file = portal.get(&path).await;
    assert_eq!(file.json()["services"].as_array().unwrap().len(), 3);
    assert!(file.header("cache-control").contains("immutable"));
}
