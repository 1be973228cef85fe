//! Signing in by card, from the challenge to the session, with a responder that is really asked; and everything that must not
//! sign in.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::Request;
use durvis_server::api;
use durvis_server::identity::card::{Card, Settings};
use durvis_server::outbound::Outbound;
use durvis_test_cards::answers::Responder;
use durvis_test_cards::authority::Profile;
use durvis_test_cards::keys::{Form, Key};
use durvis_test_cards::token::token;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tower::ServiceExt;
use x509_ocsp::{CertStatus, OcspResponseStatus};

use crate::support::{Answer, PUBLIC_URL, Portal};

const CHALLENGE: &str = "/api/v1/sign-in/web-eid/challenge";
const SIGN_IN: &str = "/api/v1/sign-in/web-eid";
/// From the day of the portal's clock to that of the test cards.
const DAYS: i64 = 53;

type Set = fn(&mut Cards);

/// A portal that takes cards, an authority, and a person with a card of it.
struct Cards {
    portal: Portal,
    router: Router,
    authority: Profile,
    person: Profile,
}

impl Cards {
    async fn open() -> Self {
        Self::of(|_| (), |_| ()).await
    }

    async fn of(responder: impl FnOnce(&mut Responder), settings: impl FnOnce(&mut Settings)) -> Self {
        let portal = Portal::open().await;
        portal.clock.pass(DAYS * 24 * 60 * 60);
        let authority = Profile::authority("Test CA", Key::P384(2));
        let mut answering = Responder::of(&authority);
        answering.algorithm = "ES384";
        responder(&mut answering);
        let mut person = Profile::person(Key::P384(1));
        person.ocsp = Some(served(answering).await.leak());
        let (folder, set) = folder(&authority, settings);
        let ambient = portal.app.identity.ambient.clone();
        let mut app = portal.app.clone();
        app.card = Some(Arc::new(Card::new(set, PUBLIC_URL, Outbound::new().unwrap(), ambient).unwrap()));
        drop(folder);
        Self { router: api::router(app), portal, authority, person }
    }

    async fn ask(&self, method: &str, path: &str, cookies: &str, body: &str) -> Answer {
        let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        let request = request.header("cookie", cookies).body(Body::from(body.to_owned())).unwrap();
        answer(&self.router, request).await
    }

    /// A nonce, and the cookie that goes with it.
    async fn challenge(&self) -> (String, String) {
        let asked = self.ask("POST", CHALLENGE, "", "").await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        let told = asked.json();
        assert_eq!(told["seconds"], 300);
        (told["nonce"].as_str().unwrap().to_owned(), cookie(&asked, "__Host-challenge").unwrap())
    }

    fn token(&self, origin: &str, nonce: &str) -> String {
        let certificate = self.person.issued_by(&self.authority, "ES384");
        token(&certificate, self.person.key, "ES384", Form::Raw, origin, nonce).to_string()
    }

    /// Signs in rightly, as far as the card can.
    async fn sign_in(&self) -> Answer {
        let (nonce, kept) = self.challenge().await;
        self.ask("POST", SIGN_IN, &kept, &self.token(PUBLIC_URL, &nonce)).await
    }
}

/// Settings with a folder that has the authority's certificate.
fn folder(authority: &Profile, change: impl FnOnce(&mut Settings)) -> (tempfile::TempDir, Settings) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ca.CER"), authority.issued_by(authority, "ES384")).unwrap();
    std::fs::write(folder.path().join("README"), "no certificate").unwrap();
    let mut settings = Settings {
        name: [("lv", "eID viedkarte"), ("en", "eID card")].map(|(lang, name)| (lang.into(), name.into())).into(),
        trusted: folder.path().into(),
        ocsp: true,
        ocsp_nonce_may_miss: false,
        policies: Vec::new(),
    };
    change(&mut settings);
    (folder, settings)
}

/// The address where a responder answers.
async fn served(responder: Responder) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    if !responder.reached {
        return format!("http://{address}/");
    }
    let responder = Arc::new(responder);
    let respond = move |question: Bytes| async move {
        ([("content-type", "application/ocsp-response")], responder.answer(&question))
    };
    let router = Router::new().route("/", axum::routing::post(respond));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/")
}

async fn answer(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Answer::of(parts, body.to_vec())
}

/// A cookie that an answer sets, as the browser sends it; none where it is taken away.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let mut lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let line = lines.rfind(|line| line.starts_with(&format!("{name}=")))?;
    (!line.contains("Max-Age=0")).then(|| line.split(';').next().unwrap().to_owned())
}

#[track_caller]
fn refused(answer: &Answer, field: &str, rule: &str) {
    assert_eq!(answer.problem(400, "broken-rules")["broken"], json!([{"field": field, "rule": rule}]));
    assert_eq!(cookie(answer, "__Host-session"), None);
}

#[tokio::test]
async fn a_citizen_signs_in_by_card_and_the_log_says_so() {
    let cards = Cards::open().await;
    let first = cards.sign_in().await;
    assert_eq!(first.status, 204, "{}", first.body);
    assert_eq!(cookie(&first, "__Host-challenge"), None, "the challenge is spent");
    let session = cookie(&first, "__Host-session").unwrap();
    let told = cards.ask("GET", "/api/v1/session", &session, "").await.json();
    assert_eq!((&told["given_name"], &told["surname"]), (&json!("ANDRIS"), &json!("PARAUDZIŅŠ")));
    let acts = cards.ask("GET", "/api/v1/acts", &session, "").await.json();
    assert_eq!((&acts["acts"][0]["kind"], &acts["acts"][0]["way"]), (&json!("sign_in"), &json!("web-eid")));

    let (nonce, kept) = cards.challenge().await;
    let both = format!("{kept}; {session}");
    let second = cards.ask("POST", SIGN_IN, &both, &cards.token(PUBLIC_URL, &nonce)).await;
    let rotated = cookie(&second, "__Host-session").unwrap();
    assert_ne!(rotated, session);
    cards.ask("GET", "/api/v1/session", &session, "").await.problem(401, "sign-in");
    assert_eq!(cards.ask("GET", "/api/v1/session", &rotated, "").await.status, 200);
    assert_eq!(cards.ask("GET", "/api/v1/acts", &rotated, "").await.json()["acts"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_same_person_is_known_again_whatever_the_way() {
    let cards = Cards::open().await;
    let session = cookie(&cards.sign_in().await, "__Host-session").unwrap();
    let person = durvis_server::identity::person::Person::of_identifier("PNOLV-321234-56789", "A", "P", None).unwrap();
    cards.portal.app.identity.known(&cards.portal.db, &person).await.unwrap();
    let people = cards.portal.db.query_all_raw(statement(&cards, "select id from person")).await.unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(cards.ask("GET", "/api/v1/session", &session, "").await.status, 200);
}

fn statement(cards: &Cards, sql: &str) -> Statement {
    Statement::from_string(cards.portal.db.get_database_backend(), sql)
}

#[tokio::test]
async fn a_challenge_is_256_bits_that_are_nowhere_in_the_database() {
    let cards = Cards::open().await;
    let ((one, kept), (other, _)) = (cards.challenge().await, cards.challenge().await);
    assert_ne!(one, other);
    assert_eq!(one.len(), 44, "32 bytes in base64");
    assert!(!kept.contains(&one), "sealed");
    let rows = cards.portal.db.query_all_raw(statement(&cards, "select digest from challenge")).await.unwrap();
    let digests: Vec<String> = rows.iter().map(|row| row.try_get("", "digest").unwrap()).collect();
    assert_eq!(digests.len(), 2);
    assert!(digests.iter().all(|digest| digest.len() == 64 && *digest != one));
    cards.portal.clock.pass(300);
    cards.portal.app.identity.sweep(&cards.portal.db).await.unwrap();
    let rows = cards.portal.db.query_all_raw(statement(&cards, "select digest from challenge")).await.unwrap();
    assert!(rows.is_empty(), "what has ended is cleared away");
}

#[tokio::test]
async fn a_challenge_is_good_for_one_answer_whatever_that_is() {
    let cards = Cards::open().await;
    let (nonce, kept) = cards.challenge().await;
    let right = cards.token(PUBLIC_URL, &nonce);
    assert_eq!(cards.ask("POST", SIGN_IN, &kept, &right).await.status, 204);
    refused(&cards.ask("POST", SIGN_IN, &kept, &right).await, "challenge", "expired");

    let (nonce, kept) = cards.challenge().await;
    let wrong = cards.token(PUBLIC_URL, &"A".repeat(44));
    refused(&cards.ask("POST", SIGN_IN, &kept, &wrong).await, "token", "signature-invalid");
    let right = cards.token(PUBLIC_URL, &nonce);
    refused(&cards.ask("POST", SIGN_IN, &kept, &right).await, "challenge", "expired");
}

#[tokio::test]
async fn a_challenge_is_this_browsers_and_this_portals() {
    let cards = Cards::open().await;
    let ((mine, _), (_, theirs)) = (cards.challenge().await, cards.challenge().await);
    let token = cards.token(PUBLIC_URL, &mine);
    refused(&cards.ask("POST", SIGN_IN, &theirs, &token).await, "token", "signature-invalid");
    refused(&cards.ask("POST", SIGN_IN, "", &token).await, "challenge", "expired");
    refused(&cards.ask("POST", SIGN_IN, "__Host-challenge=AAAA", &token).await, "challenge", "expired");
    for origin in ["https://evil.example", "https://durvis.example:8443", "https://durvis.example.evil.example"] {
        let (nonce, kept) = cards.challenge().await;
        let answer = cards.ask("POST", SIGN_IN, &kept, &cards.token(origin, &nonce)).await;
        refused(&answer, "token", "signature-invalid");
    }
}

#[tokio::test]
async fn a_challenge_lasts_five_minutes() {
    let cards = Cards::open().await;
    let (nonce, kept) = cards.challenge().await;
    cards.portal.clock.pass(299);
    assert_eq!(cards.ask("POST", SIGN_IN, &kept, &cards.token(PUBLIC_URL, &nonce)).await.status, 204);
    let (nonce, kept) = cards.challenge().await;
    cards.portal.clock.pass(300);
    let late = cards.ask("POST", SIGN_IN, &kept, &cards.token(PUBLIC_URL, &nonce)).await;
    refused(&late, "challenge", "expired");
}

#[tokio::test]
async fn a_card_that_must_not_sign_in_does_not() {
    let mut cards = Cards::open().await;
    let good = (cards.authority.clone(), cards.person.clone());
    let cases: [(&str, Set); 6] = [
        ("issuer-untrusted", |cards| cards.authority = Profile::authority("Another CA", Key::P384(3))),
        ("certificate-signature-invalid", |cards| cards.authority = Profile::authority("Test CA", Key::P384(3))),
        ("certificate-expired", |cards| cards.person.until = -1),
        ("certificate-not-yet-valid", |cards| cards.person.from = 1),
        ("purpose-missing", |cards| cards.person.usage = None),
        ("subject-incomplete", |cards| cards.person.name[4].1 = "IDCLV-PA1234567".into()),
    ];
    for (reason, change) in cases {
        (cards.authority, cards.person) = good.clone();
        change(&mut cards);
        refused(&cards.sign_in().await, "token", reason);
    }
}

#[tokio::test]
async fn a_revoked_card_does_not_sign_in_and_without_an_answer_no_card_does() {
    let unknown = Cards::of(|responder| responder.state = CertStatus::Unknown(der::asn1::Null), |_| ()).await;
    refused(&unknown.sign_in().await, "token", "certificate-unknown");
    let revoked = Cards::of(
        |responder| {
            let revocation_time = der::DateTime::from_system_time(durvis_test_cards::authority::now()).unwrap().into();
            responder.state = CertStatus::Revoked(x509_ocsp::RevokedInfo { revocation_time, revocation_reason: None });
        },
        |_| (),
    );
    refused(&revoked.await.sign_in().await, "token", "certificate-revoked");
    let silent: [fn(&mut Responder); 2] =
        [|responder| responder.reached = false, |responder| responder.status = OcspResponseStatus::TryLater];
    for silence in silent {
        let answer = Cards::of(silence, |_| ()).await.sign_in().await;
        assert_eq!(answer.problem(503, "silent")["broken"], json!([{"field": "ocsp", "rule": "silent"}]));
        assert_eq!(cookie(&answer, "__Host-session"), None);
    }
    let unasked = Cards::of(|responder| responder.reached = false, |settings| settings.ocsp = false).await;
    assert_eq!(unasked.sign_in().await.status, 204, "as the operator has said");
}

#[tokio::test]
async fn an_operator_says_under_which_policies_cards_are_taken() {
    let with = |policy: &str| {
        let policies = vec![policy.to_owned()];
        Cards::of(|_| (), move |settings| settings.policies = policies)
    };
    assert_eq!(with("1.3.6.1.4.1.32061.2.1").await.sign_in().await.status, 204);
    refused(&with("1.3.6.1.4.1.32061.2.2").await.sign_in().await, "token", "policy-not-permitted");
    let wrong = |change: fn(&mut Settings), url: &str| {
        let (_folder, settings) = folder(&Profile::authority("Test CA", Key::P384(2)), change);
        Card::new(settings, url, Outbound::new().unwrap(), durvis_server::ambient::Ambient::default()).unwrap_err()
    };
    assert!(wrong(|settings| settings.policies = vec!["eID".into()], PUBLIC_URL).contains("eID"));
    assert!(wrong(|settings| settings.trusted = "/nowhere".into(), PUBLIC_URL).contains("/nowhere"));
    assert!(wrong(|_| (), "http://durvis.example").contains("https"));
}

#[tokio::test]
async fn what_is_no_token_or_no_page_of_ours_is_refused() {
    let cards = Cards::open().await;
    let (_, kept) = cards.challenge().await;
    cards.ask("POST", SIGN_IN, &kept, "token").await.problem(400, "broken-rules");
    cards.ask("POST", SIGN_IN, &kept, &format!("\"{}\"", "x".repeat(64 * 1024))).await.problem(413, "too-large");
    refused(&cards.ask("POST", SIGN_IN, &kept, "{}").await, "token", "token-size");
    for path in [CHALLENGE, SIGN_IN] {
        let foreign = Request::post(path).header("sec-fetch-site", "cross-site").body(Body::from("{}")).unwrap();
        answer(&cards.router, foreign).await.problem(403, "forbidden");
    }
    let mut often = cards.ask("POST", CHALLENGE, "", "").await;
    for _ in 0..20 {
        often = cards.ask("POST", CHALLENGE, "", "").await;
    }
    often.problem(429, "too-many");
    assert!(often.header("retry-after").parse::<u32>().unwrap() > 0);
}

#[tokio::test]
async fn cards_are_a_way_only_where_they_are_set_up() {
    let cards = Cards::open().await;
    let way = |answer: Answer| answer.json().as_array().unwrap().first().cloned().unwrap_or(Value::Null);
    let expected = json!({"slug": "web-eid", "name": "eID card", "kind": "card", "answers": true});
    assert_eq!(way(cards.ask("GET", "/api/v1/sign-in/ways?lang=en", "", "").await), expected);
    assert_eq!(way(cards.portal.get("/api/v1/sign-in/ways?lang=en").await), Value::Null);
    for path in [CHALLENGE, SIGN_IN] {
        let request = Request::post(path).body(Body::from("{}")).unwrap();
        cards.portal.ask(request).await.problem(404, "not-found");
    }
    let described = cards.portal.get("/api/openapi.json").await.json();
    assert!(described["paths"][SIGN_IN]["post"]["requestBody"].is_object());
    assert!(described["paths"][CHALLENGE]["post"]["responses"]["200"].is_object());
}
