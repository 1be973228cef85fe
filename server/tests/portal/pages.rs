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
    for path in [
        "/lv",
        "/en",
        "/lv/",
        "/lv/services",
        "/lv/services/tree-felling/riga",
        "/en/institutions/office",
        "/lv/guide",
        "/lv/account/history",
    ] {
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
    let seed = home.split_once("application/json\">").unwrap().1.split_once("</script>").unwrap().0;
    let seed: serde_json::Value = serde_json::from_str(seed).unwrap();
    let names: Vec<&str> =
        seed["popular"].as_array().unwrap().iter().map(|service| service["name"].as_str().unwrap()).collect();
    assert!(
        names.contains(&"Atļauja <script>alert(1)</script>"),
        "what the app reads is what the editor wrote: {names:?}"
    );
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
async fn a_coding_that_is_refused_is_not_sent() {
    let portal = Portal::open().await;
    let request = Request::get(ASSET).header("accept-encoding", "br;q=0, gzip;q=0.5").body(Body::empty()).unwrap();
    assert_eq!(portal.ask(request).await.header("content-encoding"), "gzip");
    let page = portal.ask(Request::get("/lv").header("accept-encoding", "br").body(Body::empty()).unwrap()).await;
    assert_eq!((page.header("content-encoding"), page.header("vary")), ("br", "accept-encoding"));
}

#[tokio::test]
async fn a_page_is_asked_for_again_and_sent_only_when_it_changed() {
    let portal = Portal::open().await;
    let first = portal.get("/lv/services/passport").await;
    assert_eq!(first.header("cache-control"), "no-cache");
    let again = Request::get("/lv/services/passport").header("if-none-match", first.header("etag"));
    let again = portal.ask(again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
    assert!(again.header("content-security-policy").contains("default-src 'none'"));
}

#[tokio::test]
async fn nothing_outside_of_the_site_is_ever_read() {
    let portal = Portal::open().await;
    for path in [
        "/../Cargo.toml",
        "/../../../../etc/passwd",
        "/lv/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/robots.txt",
        "/shell/lv.page.html",
        "/shell/../robots.txt",
        "/catalogue/..%2frobots.txt",
        "//etc/passwd",
        "/robots.txt%00",
    ] {
        let answer = portal.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("User-agent") && !answer.body.contains("{{"), "{path}: {}", answer.body);
    }
    assert_eq!(portal.get("/robots.txt").await.body, "User-agent: *");
}

#[tokio::test]
async fn a_page_is_read_and_never_written_to() {
    let portal = Portal::open().await;
    let answer = portal.ask(Request::post("/lv/services").body(Body::empty()).unwrap()).await;
    answer.problem(405, "method-not-allowed");
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
