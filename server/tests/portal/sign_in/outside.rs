//! The world outside: the sandbox as a process of its own, and a browser that goes between it and the portal.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use durvis_server::ambient::Ambient;
use durvis_server::bills::bank::{self, BankSettings, Banks};
use durvis_server::config::Register;
use durvis_server::files::Files;
use durvis_server::identity::mandates::Mandates;
use durvis_server::identity::provider::{Kind, Provider, Settings};
use durvis_server::limit::Limit;
use durvis_server::outbound::Outbound;
use durvis_server::post::Post;
use durvis_server::uses::registers::Registers;
use durvis_server::{App, Limits, api, db};
use http_body_util::BodyExt;
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Answer, Portal, sqlite};

/// Where the browser believes the portal to be: the providers take no other place than this machine.
const PORTAL: &str = "http://127.0.0.1:8080";
const MAX_REDIRECTS: usize = 5;

/// A running sandbox.
pub struct Sandbox {
    child: Child,
    pub origin: String,
    pub smtp: String,
    pub http: Outbound,
}

impl Sandbox {
    pub fn start() -> Self {
        let path = sandbox_path();
        let mut child = Command::new(&path)
            .args(["--http", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--with-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; cargo build -p durvis-sandbox", path.display()));
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        let one = |name: &str| told[name].as_str().unwrap().to_owned();
        Self { origin: one("http"), smtp: one("smtp"), child, http: Outbound::new().unwrap() }
    }

    pub async fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let kind = if body.starts_with('{') { "application/json" } else { "application/x-www-form-urlencoded" };
        let request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        let request = request.header(header::CONTENT_TYPE, kind).body(body.as_bytes().to_vec()).unwrap();
        let (parts, body) = self.http.send(request).await.unwrap().into_parts();
        Answer::of(parts, body)
    }

    pub async fn misbehave(&self, rule: Value) {
        let answer = self.ask("POST", "/misbehave", &rule.to_string()).await;
        assert_eq!(answer.status, 204, "{}", answer.body);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The sandbox's bank, to be paid at.
fn banks(sandbox: &Sandbox) -> Banks {
    let one = BankSettings {
        slug: "kalnu-banka".into(),
        name: BTreeMap::from([("lv".into(), "Kalnu banka".into())]),
        url: format!("{}/bank", sandbox.origin),
        product: "instant-sepa-credit-transfers".into(),
    };
    let settings = bank::Settings {
        creditor_name: "Valsts kase".into(),
        creditor_iban: "LV80BANK0000435195001".into(),
        banks: vec![one],
    };
    Banks::new(settings, PORTAL, sandbox.http.clone())
}

/// What is built is beside the tests.
fn sandbox_path() -> PathBuf {
    let beside = || std::env::current_exe().unwrap().parent().unwrap().with_file_name("durvis-sandbox");
    std::env::var_os("XTASK_SANDBOX").map_or_else(beside, PathBuf::from)
}

/// A portal whose citizens sign in at the sandbox.
pub struct Town {
    pub sandbox: Sandbox,
    router: Router,
    pub app: App,
    queries: Arc<AtomicU64>,
    portal: Portal,
}

impl Town {
    /// With the tests' small content.
    pub async fn open() -> Self {
        Self::around(Portal::open().await)
    }

    /// With other content.
    pub async fn open_with(content: &Path) -> Self {
        let (folder, db) = sqlite().await;
        Self::around(Portal::of(db, Some(folder), Some(content)).await)
    }

    /// On another database than SQLite.
    pub async fn open_on(db: DatabaseConnection) -> Self {
        Self::around(Portal::open_on(db).await)
    }

    fn around(portal: Portal) -> Self {
        let sandbox = Sandbox::start();
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, "sandbox-secret\n").unwrap();
        // The providers' tokens are of the real time; the portal's own clock stands still.
        let provider = |slug: &str, kind| {
            let settings = Settings {
                slug: slug.into(),
                name: BTreeMap::from([("lv".into(), slug.into())]),
                kind,
                issuer: format!("{}/{slug}", sandbox.origin),
                client_id: "durvis".into(),
                client_secret: secret.clone(),
            };
            Provider::new(settings, PORTAL, sandbox.http.clone(), Ambient::default()).unwrap()
        };
        let mut app = portal.app.clone();
        app.providers = Arc::new(vec![
            provider("eid", Kind::Eid),
            provider("kalnu-banka", Kind::Bank),
            provider("juras-banka", Kind::Bank),
        ]);
        app.mandates = Some(Mandates {
            url: format!("{}/enterprises", sandbox.origin),
            token: "sandbox-register-token".into(),
            outbound: sandbox.http.clone(),
        });
        let token = folder.path().join("token");
        std::fs::write(&token, "sandbox-register-token").unwrap();
        let register = |name: &str| {
            (name.to_owned(), Register { url: format!("{}/{name}", sandbox.origin), token: token.clone() })
        };
        let registers = ["population", "bdas"].map(register).into();
        app.registers = Registers::new(&registers, sandbox.http.clone()).unwrap();
        app.banks = Some(banks(&sandbox));
        app.operator_mail = Some("operator@durvis.example".into());
        app.post = Post::new(&format!("smtp://{}", sandbox.smtp), "Durvis <durvis@portals.example>").unwrap();
        let asked = Arc::new(AtomicU64::new(0));
        let count = asked.clone();
        app.db.set_metric_callback(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
        });
        Self { router: api::router(app.clone()), app, sandbox, queries: asked, portal }
    }

    /// Lets one address do as much as it likes.
    pub fn unlimited(&mut self) {
        let any = || Limit::new(u32::MAX, u32::MAX);
        self.app.limits = Arc::new(Limits {
            address: any(),
            sign_in: any(),
            person: any(),
            send: any(),
            files: any(),
            pay: any(),
            ..Limits::default()
        });
        self.router = api::router(self.app.clone());
    }

    /// The text of its file of keys.
    pub fn keys(&self) -> String {
        self.portal.keys()
    }

    /// Lets so many seconds pass for the portal.
    pub fn pass(&self, seconds: i64) {
        self.portal.clock.pass(seconds);
    }

    /// Keeps files elsewhere.
    pub fn keep_files_in(&mut self, files: Files) {
        self.app.files = files;
        self.router = api::router(self.app.clone());
    }

    /// Has bills paid elsewhere.
    pub fn pay_at(&mut self, banks: Banks) {
        self.app.banks = Some(banks);
        self.router = api::router(self.app.clone());
    }

    /// How many queries there were so far.
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::SeqCst)
    }

    /// How many sessions, and rows of the log, there are.
    pub async fn rows(&self) -> (u64, u64) {
        let (sessions, acts) = (db::session::Entity::find(), db::act::Entity::find());
        (sessions.count(&self.app.db).await.unwrap(), acts.count(&self.app.db).await.unwrap())
    }

    /// Asks as a machine: with a header of authorisation, without cookies.
    pub async fn machine(&self, method: &str, path: &str, authorization: &str, body: impl AsRef<[u8]>) -> Answer {
        let body = body.as_ref();
        let kind = if body.starts_with(b"{") { "application/json" } else { "application/x-www-form-urlencoded" };
        let request = Request::builder().method(method).uri(path).header(header::AUTHORIZATION, authorization);
        let request = request.header(header::CONTENT_TYPE, kind).body(Body::from(body.to_vec())).unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer::of(parts, body.to_vec())
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser { town: self, cookies: BTreeMap::new() }
    }
}

/// A citizen's browser: it keeps the portal's cookies.
pub struct Browser<'a> {
    town: &'a Town,
    pub cookies: BTreeMap<String, String>,
}

impl Browser<'_> {
    /// Asks the portal.
    pub async fn ask(&mut self, method: &str, path: &str, body: Value) -> Answer {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.give(method, path, body).await
    }

    /// The same with any bytes.
    pub async fn give(&mut self, method: &str, path: &str, body: Vec<u8>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.town.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep(&parts.headers);
        let body = body.collect().await.unwrap().to_bytes();
        Answer::of(parts, body.to_vec())
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, Value::Null).await
    }

    /// Another device of the same citizen, as far as cookies tell.
    pub fn again(&self) -> Self {
        Self { town: self.town, cookies: self.cookies.clone() }
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
    }

    /// Leaves for a provider, to come back to `to`: the provider's address, or the sign-in page when there is none.
    pub async fn leave(&mut self, way: &str, to: &str) -> String {
        let to = percent_encoding::utf8_percent_encode(to, percent_encoding::NON_ALPHANUMERIC);
        let answer = self.get(&format!("/sign-in/{way}?to={to}&lang=en")).await;
        assert_eq!(answer.status, 303);
        answer.header("location").to_owned()
    }

    /// Is somebody at the provider: the address in the portal that it sends the browser back to.
    pub async fn be(&mut self, provider: &str, persona: &str) -> String {
        let path =
            provider.strip_prefix(&self.town.sandbox.origin).unwrap_or_else(|| panic!("{provider} is no provider"));
        let answer = self.town.sandbox.ask("GET", &format!("{path}&login_hint={persona}"), "").await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.header("location").strip_prefix(PORTAL).unwrap().to_owned()
    }

    /// Follows the portal's redirects from an address: where they end.
    pub async fn follow(&mut self, path: &str) -> String {
        let mut path = path.to_owned();
        for _ in 0..MAX_REDIRECTS {
            if !path.starts_with("/sign-in/") {
                return path;
            }
            let answer = self.get(&path).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.body);
            path = answer.header("location").to_owned();
        }
        panic!("the redirects do not end: {path}");
    }

    /// Signs in as somebody: where the browser ends.
    pub async fn sign_in(&mut self, way: &str, persona: &str, to: &str) -> String {
        let provider = self.leave(way, to).await;
        if provider.starts_with('/') {
            return provider;
        }
        let back = self.be(&provider, persona).await;
        self.follow(&back).await
    }

    /// The given name of whoever is signed in.
    pub async fn name(&mut self) -> Option<String> {
        let answer = self.get("/api/v1/session").await;
        (answer.status == 200).then(|| answer.json()["given_name"].as_str().unwrap().to_owned())
    }
}

/// A rule that holds once.
pub fn once(part: &str, kind: &str, at: &str) -> Value {
    json!({ "part": part, "kind": kind, "times": 1, "at": at })
}
