//! Signing in, from a page of the portal over the provider and back to the same page; and everything that must not sign in.

use std::collections::BTreeMap;

use serde_json::{Value, json};

#[path = "sign_in/outside.rs"]
pub mod outside;

use outside::{Town, once};

const TO: &str = "/lv/services/passport?from=home&n=1#start";

/// The sign-in page that says what went wrong, and still knows where to go.
fn failed(code: &str) -> String {
    let to = percent_encoding::utf8_percent_encode(TO, percent_encoding::NON_ALPHANUMERIC);
    format!("/en/sign-in?failed={code}&to={to}")
}

/// A parameter of an address.
fn parameter(url: &str, name: &str) -> String {
    let (_, query) = url.split_once('?').unwrap();
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(own, _)| *own == name).unwrap().1.to_owned()
}

#[tokio::test]
async fn a_citizen_comes_back_exactly_to_where_they_were() {
    let town = Town::open().await;
    for (way, persona, name) in [
        ("eid", "adult", "Anna"),
        ("kalnu-banka", "historic-code", "Pēteris"),
        ("juras-banka", "pensioner", "Velta"),
        ("eid", "foreign-code", "Tanel"),
    ] {
        let mut browser = town.browser();
        assert_eq!(browser.name().await, None);
        assert_eq!(browser.sign_in(way, persona, TO).await, TO);
        assert_eq!(browser.name().await.as_deref(), Some(name));
        assert_eq!(
            browser.cookies.keys().collect::<Vec<_>>(),
            ["__Host-here", "__Host-session"],
            "nothing else is left"
        );
    }
    let mut browser = town.browser();
    let ways = browser.get("/api/v1/sign-in/ways?lang=lv").await.json();
    assert!(ways.as_array().unwrap().iter().all(|way| way["answers"] == true), "{ways}");
}

#[tokio::test]
async fn nobody_comes_back_to_anywhere_else() {
    let mut town = Town::open().await;
    town.unlimited();
    let mut browser = town.browser();
    let mut elsewhere: Vec<String> = [
        "https://evil.example/",
        "http:evil.example",
        "//evil.example",
        "///evil.example",
        "////evil.example/lv",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/lv\\..\\..\\evil.example",
        "/lv/..//evil.example",
        "/lv/%2e%2e//evil.example",
        "/lv/%2E%2e/api/v1/session",
        "/lv/.%2e/api/v1/session",
        "/lv/./x",
        "/lv//evil.example",
        "/.evil.example",
        "/lv.evil.example",
        "@evil.example",
        ".evil.example",
        ":80@evil.example/",
        "evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/api/v1/acts.csv",
        "/sign-in/kalnu-banka?to=/lv",
        "/LV",
        "/lv/\u{2028}x",
        "/lv/x\r\nset-cookie: __Host-session=x",
        "?to=//evil.example",
        "#//evil.example",
        "",
    ]
    .map(str::to_owned)
    .to_vec();
    elsewhere.push(format!("/lv/{}", "x".repeat(1_000)));
    for to in &elsewhere {
        assert_eq!(browser.sign_in("eid", "adult", to).await, "/en", "{to:?}");
    }
}

#[tokio::test]
async fn a_planted_session_or_attempt_is_of_no_use() {
    let town = Town::open().await;
    let (mut victim, mut attacker) = (town.browser(), town.browser());
    attacker.sign_in("eid", "entrepreneur", TO).await;
    let planted = attacker.cookies["__Host-session"].clone();

    // Fixation: the attacker's session, in the victim's browser before the sign-in, does not become the victim's.
    victim.cookies.insert("__Host-session".into(), planted.clone());
    victim.sign_in("eid", "adult", TO).await;
    assert_ne!(victim.cookies["__Host-session"], planted);
    assert_eq!(victim.name().await.as_deref(), Some("Anna"));
    assert_eq!(attacker.name().await, None, "and it has ended");

    // Cookies that another host of the same domain can set have other names; the browser keeps `__Host-` for us alone.
    for name in ["session", "Host-session", "__Secure-session", "__host-session", "__Host-session "] {
        let mut tossed = town.browser();
        tossed.cookies.insert(name.into(), victim.cookies["__Host-session"].clone());
        assert_eq!(tossed.name().await, None, "{name:?}");
    }
    let mut twice = town.browser();
    twice.cookies.insert("x=1; __Host-session".into(), "guessed".into());
    twice.cookies.insert("__Host-session".into(), victim.cookies["__Host-session"].clone());
    assert_eq!(twice.name().await, None, "which of two is ours, nobody knows");

    // The attempt of another browser: its cookie without its state, its state without its cookie.
    let (mine, theirs) = (victim.leave("eid", TO).await, attacker.leave("eid", TO).await);
    let answer = attacker.be(&theirs, "entrepreneur").await;
    assert_eq!(victim.follow(&answer).await, "/lv/sign-in?failed=expired&to=%2Flv");
    let own = victim.cookies.keys().find(|name| name.starts_with("__Host-attempt-")).unwrap().clone();
    let foreign = attacker.cookies.iter().find(|(name, _)| name.starts_with("__Host-attempt-")).unwrap();
    victim.cookies.insert(own, foreign.1.clone());
    let back = victim.be(&mine, "adult").await;
    assert_eq!(victim.follow(&back).await, "/lv/sign-in?failed=expired&to=%2Flv", "sealed for its own state");
}

#[tokio::test]
async fn what_is_personal_is_kept_nowhere_so_that_back_shows_nothing() {
    let town = Town::open().await;
    let mut browser = town.browser();
    browser.sign_in("eid", "adult", TO).await;
    for path in ["session", "sessions", "contact", "acts", "acts.csv", "session/companies"] {
        let answer = browser.get(&format!("/api/v1/{path}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{path}");
    }
    browser.ask("DELETE", "/api/v1/session", Value::Null).await;
    for path in ["session", "sessions", "contact", "acts", "acts.csv", "session/companies"] {
        let answer = browser.get(&format!("/api/v1/{path}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (401, "no-store"), "{path}");
    }
}

#[tokio::test]
async fn too_many_sign_ins_from_one_address_have_to_wait() {
    let town = Town::open().await;
    let mut browser = town.browser();
    let mut refused = 0;
    for _ in 0..30 {
        let answer = browser.get("/sign-in/eid?to=/lv&lang=en").await;
        assert_eq!(answer.status, 303);
        refused += u32::from(answer.header("location") == "/en/sign-in?failed=often&to=%2Flv");
    }
    assert!((9..=10).contains(&refused), "{refused} of 30 came after the first 20");
}

#[tokio::test]
async fn a_citizen_who_cancels_is_told_so() {
    let town = Town::open().await;
    let mut browser = town.browser();
    let provider = browser.leave("eid", TO).await;
    assert_eq!(parameter(&provider, "ui_locales"), "en");
    let question = provider.split_once('?').unwrap().1;
    let cancelled = town.sandbox.ask("POST", "/eid/authorize", &format!("{question}&persona=-")).await;
    let back = cancelled.header("location").split_once(":8080").unwrap().1.to_owned();
    assert_eq!(browser.follow(&back).await, failed("refused"));
    assert_eq!(browser.name().await, None);
}

#[tokio::test]
async fn an_answer_is_good_once() {
    let town = Town::open().await;
    let mut browser = town.browser();
    let provider = browser.leave("eid", TO).await;
    let back = browser.be(&provider, "adult").await;
    assert_eq!(browser.follow(&back).await, TO);
    assert_eq!(browser.follow(&back).await, "/lv/sign-in?failed=expired&to=%2Flv", "the attempt is spent");
    let again = browser.leave("eid", TO).await;
    let code = parameter(&back, "code");
    let replayed = format!("/sign-in/eid/back?code={code}&state={}", parameter(&again, "state"));
    assert_eq!(browser.follow(&replayed).await, failed("mistrusted"), "and so is the code");
}

#[tokio::test]
async fn an_answer_to_another_question_is_not_taken() {
    let town = Town::open().await;
    let (mut browser, mut other) = (town.browser(), town.browser());
    let (mine, theirs) = (browser.leave("eid", TO).await, other.leave("eid", TO).await);
    let (back, stolen) = (browser.be(&mine, "adult").await, other.be(&theirs, "entrepreneur").await);
    let swapped = format!("/sign-in/eid/back?code={}&state={}", parameter(&stolen, "code"), parameter(&back, "state"));
    let expired = "/lv/sign-in?failed=expired&to=%2Flv";
    assert_eq!(browser.follow(&stolen).await, expired, "a state that this browser has not");
    assert_eq!(browser.follow(&back.replace("/eid/", "/kalnu-banka/")).await, expired, "another way");
    assert_eq!(browser.follow("/sign-in/eid/back?code=x").await, expired, "no state at all");
    assert_eq!(browser.follow(&swapped).await, failed("mistrusted"), "a code that answers another question");
    assert_eq!(browser.name().await, None);
}

#[tokio::test]
async fn a_token_that_must_not_be_believed_signs_nobody_in() {
    let town = Town::open().await;
    let mut browser = town.browser();
    // So that there is a token that is good for another question.
    assert_eq!(town.browser().sign_in("eid", "entrepreneur", TO).await, TO);
    for (kind, at) in [
        ("replay", "token"),
        ("public-key-as-secret", "token"),
        ("wrong-signature", "token"),
        ("expired", "token"),
        ("other-issuer", "token"),
        ("other-issuer", "authorize"),
        ("wrong-audience", "token"),
        ("alg-none", "token"),
        ("wrong-nonce", "token"),
    ] {
        town.sandbox.misbehave(once("eid", kind, at)).await;
        assert_eq!(browser.sign_in("eid", "adult", TO).await, failed("mistrusted"), "{kind} at {at}");
        assert!(browser.cookies.is_empty(), "{kind} at {at}");
    }
    assert_eq!(browser.sign_in("eid", "adult", TO).await, TO, "then all is well again");
}

#[tokio::test]
async fn a_provider_that_is_silent_is_said_to_be() {
    let town = Town::open().await;
    let mut browser = town.browser();
    for (kind, at) in [
        ("drop", "openid-configuration"),
        ("error", "openid-configuration"),
        ("drop", "jwks"),
        ("drop", "token"),
        ("error", "token"),
    ] {
        town.sandbox.misbehave(once("eid", kind, at)).await;
        assert_eq!(browser.sign_in("eid", "adult", TO).await, failed("silent"), "{kind} at {at}");
    }
    town.sandbox.misbehave(json!({ "part": "kalnu-banka", "kind": "drop" })).await;
    let ways = browser.get("/api/v1/sign-in/ways").await.json();
    let answers: Vec<&Value> = ways.as_array().unwrap().iter().map(|way| &way["answers"]).collect();
    assert_eq!(answers, [true, false, true]);
    assert_eq!(browser.sign_in("juras-banka", "adult", TO).await, TO, "the others go on");
}

/// Open files and connections, and threads, of this process.
fn held() -> (usize, usize) {
    let count = |folder: &str| std::fs::read_dir(folder).unwrap().count();
    (count("/proc/self/fd"), count("/proc/self/task"))
}

#[tokio::test]
async fn a_thousand_attempts_at_a_provider_in_trouble_leave_nothing_behind() {
    let mut town = Town::open().await;
    town.unlimited();
    let town = &town;
    let attempt = async |persona: &str| town.browser().sign_in("eid", persona, TO).await;
    assert_eq!(attempt("adult").await, TO);
    let rows = town.rows().await;
    let (files, threads) = held();
    let mut ends = BTreeMap::<String, u32>::new();
    for (kind, times) in [("drop", 400), ("error", 400), ("wrong-signature", 200)] {
        town.sandbox.misbehave(json!({ "part": "eid", "kind": kind, "at": "token" })).await;
        let mut done = 0;
        while done < times {
            // Eight citizens at once.
            let ended = futures_util::future::join_all((0..8).map(|_| attempt("adult"))).await;
            done += ended.len();
            ended.into_iter().for_each(|end| *ends.entry(end).or_default() += 1);
        }
        assert_eq!(town.sandbox.ask("DELETE", "/misbehave", "").await.status, 204);
    }
    assert_eq!(ends, BTreeMap::from([(failed("silent"), 800), (failed("mistrusted"), 200)]));
    assert_eq!(town.rows().await, rows, "nothing is written down of a sign-in that came to nothing");
    let (files_after, threads_after) = held();
    // Other tests run in this process, each with some of its own.
    assert!(
        files_after < files + 200 && threads_after < threads + 200,
        "{files_after}, {threads_after} of {files}, {threads}"
    );
    assert_eq!(attempt("adult").await, TO);
}

#[tokio::test]
async fn a_provider_may_change_its_key() {
    let town = Town::open().await;
    let mut browser = town.browser();
    assert_eq!(browser.sign_in("eid", "adult", TO).await, TO);
    let provider = browser.leave("eid", TO).await;
    let back = browser.be(&provider, "parent").await;
    assert_eq!(town.sandbox.ask("POST", "/eid/rotate-keys", "").await.status, 200);
    assert_eq!(browser.follow(&back).await, TO, "also between the question and the answer");
    assert_eq!(browser.name().await.as_deref(), Some("Jānis"));
}

#[tokio::test]
async fn two_tabs_do_not_meet() {
    let town = Town::open().await;
    let mut browser = town.browser();
    let (first, second) = (browser.leave("eid", "/lv/guide").await, browser.leave("kalnu-banka", TO).await);
    let (second, first) = (browser.be(&second, "parent").await, browser.be(&first, "adult").await);
    assert_eq!(browser.follow(&second).await, TO);
    assert_eq!(browser.name().await.as_deref(), Some("Jānis"));
    assert_eq!(browser.follow(&first).await, "/lv/guide");
    assert_eq!(browser.name().await.as_deref(), Some("Anna"), "the later one is who is signed in");
}

#[tokio::test]
async fn a_citizen_leaves_the_provider_too() {
    let town = Town::open().await;
    let mut browser = town.browser();
    browser.sign_in("eid", "adult", TO).await;
    let told = browser.ask("DELETE", "/api/v1/session?lang=en", Value::Null).await.json();
    let leave = told["leave"].as_str().unwrap().strip_prefix(&town.sandbox.origin).unwrap().to_owned();
    // The test's portal has a public address; the sandbox leads back to this machine only.
    let place = parameter(&leave, "post_logout_redirect_uri");
    let left = town.sandbox.ask("GET", &leave.replace(&place, "http%3A%2F%2Flocalhost%2Fen%2Fsigned-out"), "").await;
    assert_eq!((left.status.as_u16(), left.header("location")), (303, "http://localhost/en/signed-out"));
    assert_eq!(browser.name().await, None);
}

#[tokio::test]
async fn an_entrepreneur_acts_for_what_the_register_says() {
    let town = Town::open().await;
    let mut browser = town.browser();
    browser.sign_in("eid", "entrepreneur", TO).await;
    let companies = browser.get("/api/v1/session/companies").await.json();
    assert_eq!((companies[0]["number"].as_str(), companies.as_array().unwrap().len()), (Some("40003000000"), 2));
    town.sandbox.misbehave(json!({ "part": "enterprises", "kind": "drop", "times": 1 })).await;
    assert_eq!(browser.get("/api/v1/session/companies").await.status, 503);
    browser.sign_in("eid", "adult", TO).await;
    assert_eq!(browser.get("/api/v1/session/companies").await.json(), json!([]));
}

#[tokio::test]
async fn a_code_comes_by_mail() {
    let town = Town::open().await;
    let mut browser = town.browser();
    browser.sign_in("eid", "adult", TO).await;
    let asked = browser.ask("PUT", "/api/v1/contact/email", json!({ "email": "anna@epasts.example" })).await;
    assert!(asked.status.is_success(), "{}", asked.body);
    let letters = town.sandbox.ask("GET", "/mailbox/messages?to=anna@epasts.example", "").await.json();
    let text = letters[0]["text"].as_str().unwrap();
    let code = text.split(|letter: char| !letter.is_ascii_digit()).find(|part| part.len() == 6).unwrap();
    let given = browser.ask("POST", "/api/v1/contact/email/code", json!({ "code": code })).await;
    assert!(given.status.is_success(), "{}", given.body);
    assert_eq!(browser.get("/api/v1/contact").await.json()["email"], "anna@epasts.example");
}
