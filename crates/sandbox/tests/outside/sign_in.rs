//! Signing in with the protocol's own means, and what must not be believed.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::client::{Answer, Sandbox, form};

const BACK: &str = "http://127.0.0.1:8080/sign-in/eid/back";
const VERIFIER: &str = "a-word-that-only-the-client-knows-0123456789";

fn question(changed: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let usual = [
        ("response_type", "code"),
        ("client_id", "durvis"),
        ("redirect_uri", BACK),
        ("scope", "openid profile"),
        ("state", "st&te"),
        ("nonce", "n-1"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let kept = usual.iter().filter(|(name, _)| !changed.iter().any(|(own, _)| own == name));
    form(&kept.chain(changed).copied().collect::<Vec<_>>())
}

fn code(sandbox: &Sandbox, persona: &str) -> String {
    let answer = sandbox.get(&format!("/eid/authorize?{}", question(&[("login_hint", persona)])));
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(answer.header("location").starts_with(BACK));
    assert_eq!(answer.sent_with("state").as_deref(), Some("st&te"));
    assert_eq!(answer.sent_with("iss"), Some(format!("{}/eid", sandbox.origin)));
    answer.sent_with("code").unwrap()
}

fn exchange(sandbox: &Sandbox, code: &str, verifier: &str, back: &str) -> Answer {
    let basic = format!("Basic {}", STANDARD.encode("durvis:sandbox%2Dsecret"));
    let fields =
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back), ("code_verifier", verifier)];
    sandbox.post("/eid/token", &[("authorization", &basic)], &fields)
}

fn token(sandbox: &Sandbox) -> String {
    let answer = exchange(sandbox, &code(sandbox, "adult"), VERIFIER, BACK);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["id_token"].as_str().unwrap().to_owned()
}

fn part(token: &str, at: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(at).unwrap()).unwrap()).unwrap()
}

/// Whether the key that the token names, as published now, has signed it.
fn is_signed(sandbox: &Sandbox, token: &str) -> bool {
    let keys = sandbox.get("/eid/jwks").json();
    let named = part(token, 0)["kid"].clone();
    let Some(key) = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == named) else { return false };
    let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
    let point = [vec![4], number("x"), number("y")].concat();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap());
    let key = VerifyingKey::from_sec1_bytes(&point).unwrap();
    signature.is_ok_and(|signature| key.verify(signed.as_bytes(), &signature).is_ok())
}

#[test]
fn a_citizen_signs_in() {
    let sandbox = Sandbox::start();
    let discovery = sandbox.get("/eid/.well-known/openid-configuration").json();
    assert_eq!(discovery["issuer"], format!("{}/eid", sandbox.origin));
    let token = token(&sandbox);
    assert!(is_signed(&sandbox, &token));
    let claims = part(&token, 1);
    assert_eq!(claims["iss"], discovery["issuer"]);
    assert_eq!(claims["serial_number"], "PNOLV-320000-00001");
    for (name, value) in [
        ("aud", "durvis"),
        ("nonce", "n-1"),
        ("given_name", "Anna"),
        ("family_name", "Bērziņa"),
        ("birthdate", "1988-05-14"),
    ] {
        assert_eq!(claims[name], value, "{name}");
    }
    assert!(claims["exp"].as_u64() > claims["iat"].as_u64() && claims["iat"].as_u64() >= claims["auth_time"].as_u64());
    assert!(claims["acr"].is_string() && claims["amr"].is_array() && claims["sub"].is_string());
}

#[test]
fn a_citizen_picks_on_a_page_in_their_language() {
    let sandbox = Sandbox::start();
    for (lang, title) in [("lv", "Kas jūs būsiet?"), ("ru", "Кем вы будете?"), ("en-GB fr", "Who will you be?")]
    {
        let page = sandbox.get(&format!("/kalnu-banka/authorize?{}", question(&[("ui_locales", lang)])));
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.body.contains(&format!("<h1>{title}</h1>")) && page.body.contains("value=\"st&amp;te\""));
        assert!(!page.body.contains("<script"));
    }
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", "durvis"),
        ("redirect_uri", BACK),
        ("scope", "openid"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("persona", "pensioner"),
    ];
    assert!(sandbox.post("/juras-banka/authorize", &[], &fields).sent_with("code").is_some());
    fields.last_mut().unwrap().1 = "-";
    let cancelled = sandbox.post("/juras-banka/authorize", &[], &fields);
    assert_eq!(cancelled.sent_with("error").as_deref(), Some("access_denied"));
}

#[test]
fn a_question_that_is_not_the_clients_leads_nowhere() {
    let sandbox = Sandbox::start();
    for changed in [("client_id", "somebody"), ("redirect_uri", "https://evil.example/"), ("redirect_uri", "")] {
        let answer = sandbox.get(&format!("/eid/authorize?{}", question(&[changed, ("login_hint", "adult")])));
        assert_eq!((answer.status, answer.header("location")), (400, ""), "{changed:?}");
    }
    for (changed, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "profile"), "invalid_scope"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge", ""), "invalid_request"),
    ] {
        let answer = sandbox.get(&format!("/eid/authorize?{}", question(&[changed, ("login_hint", "adult")])));
        assert_eq!(answer.sent_with("error").as_deref(), Some(error));
    }
}

#[test]
fn a_code_is_good_once_and_for_its_own_client_only() {
    let sandbox = Sandbox::start();
    let refused = |answer: Answer, error: &str| {
        assert_eq!(answer.json()["error"], error);
        assert!([400, 401].contains(&answer.status));
    };
    let used = code(&sandbox, "adult");
    assert_eq!(exchange(&sandbox, &used, VERIFIER, BACK).status, 200);
    refused(exchange(&sandbox, &used, VERIFIER, BACK), "invalid_grant");
    refused(exchange(&sandbox, &code(&sandbox, "adult"), "another word", BACK), "invalid_grant");
    refused(exchange(&sandbox, &code(&sandbox, "adult"), VERIFIER, "http://127.0.0.1:8080/other"), "invalid_grant");
    let code = code(&sandbox, "adult");
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
        ("client_id", "durvis"),
        ("client_secret", "guessed"),
    ];
    refused(sandbox.post("/eid/token", &[], &fields), "invalid_client");
    fields[5].1 = "sandbox-secret";
    let elsewhere = sandbox.post("/kalnu-banka/token", &[], &fields);
    refused(elsewhere, "invalid_grant");
    assert_eq!(sandbox.post("/eid/token", &[], &fields).status, 200, "by post as well as by basic");
}

#[test]
fn a_key_that_is_rotated_signs_no_more() {
    let sandbox = Sandbox::start();
    let before = token(&sandbox);
    assert_eq!(sandbox.post("/eid/rotate-keys", &[], &[]).status, 200);
    assert!(!is_signed(&sandbox, &before), "the old key is published no more");
    assert!(is_signed(&sandbox, &token(&sandbox)));
    let left =
        [("id_token_hint", before.as_str()), ("post_logout_redirect_uri", "http://localhost:8080/lv"), ("state", "s")];
    let back = sandbox.get(&format!("/eid/end-session?{}", form(&left)));
    assert_eq!((back.status, back.header("location")), (303, "http://localhost:8080/lv?state=s"));
    let forged = [("id_token_hint", "x.y.z"), left[1]];
    assert_eq!(sandbox.get(&format!("/eid/end-session?{}", form(&forged))).status, 400);
    let elsewhere = [left[0], ("post_logout_redirect_uri", "https://evil.example")];
    assert_eq!(sandbox.get(&format!("/eid/end-session?{}", form(&elsewhere))).status, 400);
}

#[test]
fn a_token_is_wrong_in_the_way_that_was_asked_for() {
    let sandbox = Sandbox::start();
    let wrong = |kind: &str| {
        sandbox.misbehave(&json!({ "part": "eid", "kind": kind, "times": 1 }));
        token(&sandbox)
    };
    let forged = wrong("wrong-signature");
    assert_eq!(part(&forged, 0)["kid"], sandbox.get("/eid/jwks").json()["keys"][0]["kid"]);
    assert!(!is_signed(&sandbox, &forged));
    let unsigned = wrong("alg-none");
    assert!(part(&unsigned, 0)["alg"] == "none" && unsigned.ends_with('.'));
    let right = part(&token(&sandbox), 1);
    for (kind, claim) in
        [("expired", "exp"), ("other-issuer", "iss"), ("wrong-audience", "aud"), ("wrong-nonce", "nonce")]
    {
        let token = wrong(kind);
        assert!(is_signed(&sandbox, &token), "{kind}: nothing else is wrong with it");
        assert_ne!(part(&token, 1)[claim], right[claim], "{kind}");
    }
    let expired = part(&wrong("expired"), 1)["exp"].as_u64().unwrap();
    assert!(expired < right["iat"].as_u64().unwrap());
    assert!(is_signed(&sandbox, &token(&sandbox)), "once is once");
    sandbox.misbehave(&json!({ "part": "eid", "kind": "other-issuer", "at": "authorize" }));
    let answer = sandbox.get(&format!("/eid/authorize?{}", question(&[("login_hint", "adult")])));
    assert_eq!(answer.sent_with("iss").as_deref(), Some("https://other.example"));
}

#[test]
fn an_answer_is_late_or_wrong_or_none() {
    let sandbox = Sandbox::start();
    let path = "/eid/.well-known/openid-configuration";
    sandbox.misbehave(&json!({ "part": "eid", "kind": "error", "times": 2, "at": "openid-configuration" }));
    assert_eq!(sandbox.get("/eid/jwks").status, 200, "elsewhere it behaves");
    assert_eq!((sandbox.get(path).status, sandbox.get(path).status, sandbox.get(path).status), (503, 503, 200));
    sandbox.misbehave(&json!({ "part": "eid", "kind": "drop" }));
    assert!(sandbox.try_ask("GET", path, &[], "").is_none() && sandbox.try_ask("GET", path, &[], "").is_none());
    assert_eq!(sandbox.get("/kalnu-banka/jwks").status, 200, "the others behave");
    assert_eq!(sandbox.get("/misbehave").json(), json!([{ "part": "eid", "kind": "drop" }]));
    assert_eq!(sandbox.ask("DELETE", "/misbehave", &[], "").status, 204);
    sandbox.misbehave(&json!({ "part": "eid", "kind": "slow", "times": 1, "ms": 300 }));
    let began = std::time::Instant::now();
    assert_eq!(sandbox.get(path).status, 200);
    assert!(began.elapsed().as_millis() >= 300);
    for wrong in [
        json!({ "part": "moon", "kind": "slow" }),
        json!({ "part": "bdas", "kind": "expired" }),
        json!({ "part": "eid", "kind": "pending" }),
        json!({ "part": "eid", "kind": "slow", "times": 0 }),
    ] {
        let answer = sandbox.ask("POST", "/misbehave", &[("content-type", "application/json")], &wrong.to_string());
        assert_eq!(answer.status, 400, "{wrong}");
    }
}

#[test]
fn it_ends_when_nobody_holds_it() {
    let mut sandbox = Sandbox::start();
    let home = sandbox.get("/");
    assert!(home.status == 200 && home.body.contains("320000-00001") && home.body.contains("wrong-audience"));
    assert!(sandbox.end());
}
