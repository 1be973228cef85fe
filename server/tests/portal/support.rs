//! What the server's tests share: a small content directory, a portal in process, and asking it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::response::Parts;
use axum::http::{HeaderMap, Request, StatusCode};
use durvis_server::ambient::Ambient;
use durvis_server::catalogue::{Live, Sources, import};
use durvis_server::config::Config;
use durvis_server::db::bill;
use durvis_server::e_service::{check, publish};
use durvis_server::site::Site;
use durvis_server::{App, api, db};
use http_body_util::BodyExt;
use sea_orm::DatabaseConnection;
use sea_orm_migration::MigratorTrait;
use serde_json::Value;
use tempfile::TempDir;
use time::macros::datetime;
use tower::ServiceExt;

pub mod postgres;

pub const PUBLIC_URL: &str = "https://durvis.example";
pub const SERVICE: &str = include_str!("service.yaml");

/// A content directory of three files a kind, by path.
pub fn content() -> BTreeMap<String, String> {
    let named = |text: &str| text.to_owned();
    let kind = SERVICE
        .replace("institution: office\n", "")
        .replace("Pase", "Koku ciršana")
        .replace("Passport", "Tree felling")
        + "municipal:\n  offered_by: [riga, ogre]\n  here: [riga]\n  local:\n    riga: {fees: [{cents: 1500}]}\n";
    let other = SERVICE.replace("Pase", "Atļauja <script>alert(1)</script>").replace("Passport", "Permit");
    BTreeMap::from([
        (
            named("portal.yaml"),
            named(
                "languages: [lv, en]\ncountry: {slug: latvia, name: {lv: Visa Latvija, en: All of Latvia}}\n\
                 regions: [{slug: coast, name: {lv: Piekraste, en: The Coast}, territories: [riga]}]\n",
            ),
        ),
        (
            named("territories.yaml"),
            named(
                "- {slug: riga, code: \"0001000\", kind: state_city, name: {lv: Rīga, en: Riga}}\n\
             - {slug: ogre, code: \"0040000\", kind: municipality, name: {lv: Ogres novads, en: Ogre Municipality}, units: [{code: \"0040201\", kind: town, name: {lv: Ogre, en: Ogre}}]}\n",
            ),
        ),
        (
            named("institutions.yaml"),
            named(
                "- {slug: office, name: {lv: Birojs, en: Office}, short: BIR, email: office@durvis.example}\n\
             - {slug: riga, name: {lv: Rīgas pašvaldība, en: Riga City}, territory: riga}\n\
             - {slug: ogre, name: {lv: Ogres pašvaldība, en: Ogre}, territory: ogre}\n",
            ),
        ),
        (
            named("places/office.yaml"),
            named(
                "- {slug: office-1, name: {lv: Nodaļa, en: Division}, territory: riga, address: Iela 1, hours: {mon: \"09:00-17:00\"}, position: [56.9, 24.1]}\n",
            ),
        ),
        (
            named("places/riga.yaml"),
            named(
                "- {slug: riga-centre, name: {lv: Centrs, en: Centre}, territory: riga, address: Iela 2, position: [56.9, 24.1]}\n",
            ),
        ),
        (named("services/passport.yaml"), named(SERVICE)),
        (named("services/permit.yaml"), other),
        (named("services/tree-felling.yaml"), kind),
        (
            named("life-events/going-abroad.yaml"),
            named(
                "name: {lv: Dodos uz ārzemēm, en: Going abroad}\nsummary: {lv: Ko nokārtot., en: What to do.}\nicon: travel\norder: 1\nservices: [passport, permit]\n",
            ),
        ),
    ])
}

/// The same with e-services: one that is sent, one that a registry answers, one without signing in, and the portal's own.
pub fn content_with_e_services() -> BTreeMap<String, String> {
    let e_services = [
        ("passport-order", include_str!("e_services/passport_order.yaml")),
        ("my-face", include_str!("e_services/my_face.yaml")),
        ("hint", include_str!("e_services/hint.yaml")),
        ("portal-support", include_str!("e_services/portal_support.yaml")),
    ];
    let mut files = content();
    files.extend(e_services.map(|(slug, text)| (format!("e-services/{slug}.yaml"), text.to_owned())));
    files
}

/// Writes files into a new directory.
pub fn written(files: &BTreeMap<String, String>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// A migrated SQLite database in a folder of its own.
pub async fn sqlite() -> (TempDir, DatabaseConnection) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/test.sqlite?mode=rwc", folder.path().display());
    (folder, migrated(&url).await)
}

pub async fn migrated(url: &str) -> DatabaseConnection {
    let database = db::connect(url).await.unwrap();
    db::migration::Migrator::up(&database, None).await.unwrap();
    database
}

/// A built site, as small as one can be.
pub fn site() -> TempDir {
    let page = "<html lang=\"XX\"><head><title>{{title}}Durvis</title><link rel=\"canonical\" href=\"{{origin}}/XX{{path}}\"></head>\
                <body><h1>{{heading}}</h1><p>{{summary}}</p></body></html>";
    let home = "<html lang=\"XX\"><p{{counted}}>{{services}}</p><ul>{{life-events}}</ul><script type=\"application/json\">{{seed}}</script></html>";
    let mut files = BTreeMap::from([
        ("assets/app.0123456789abcdef.js".to_owned(), "plain".to_owned()),
        ("assets/app.0123456789abcdef.js.br".to_owned(), "brotli".to_owned()),
        ("assets/app.0123456789abcdef.js.gz".to_owned(), "gzip".to_owned()),
        ("robots.txt".to_owned(), "User-agent: *".to_owned()),
    ]);
    for lang in ["lv", "en"] {
        files.insert(format!("manifest.{lang}.webmanifest"), format!("{{\"start_url\": \"/{lang}/\"}}"));
        files.insert(format!("shell/{lang}.page.html"), page.replace("XX", lang));
        files.insert(format!("shell/{lang}.home.html"), home.replace("XX", lang));
    }
    written(&files)
}

/// A portal in process.
pub struct Portal {
    pub db: DatabaseConnection,
    pub live: Live,
    router: Router,
    pub app: App,
    pub clock: Clock,
    keys: PathBuf,
    _folders: Vec<TempDir>,
}

/// A clock that goes only when it is told to.
#[derive(Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// From the day when this was written on, with the system's randomness.
    fn ambient(&self) -> Ambient {
        let passed = self.0.clone();
        let system = Ambient::default();
        let now = move || datetime!(2026-11-23 08:00 UTC) + time::Duration::seconds(passed.load(Ordering::SeqCst));
        Ambient::of(now, move |bytes| bytes.copy_from_slice(&system.many(bytes.len())))
    }
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// The bytes as text.
    pub body: String,
}

impl Answer {
    pub fn of(parts: Parts, bytes: Vec<u8>) -> Self {
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Self { status: parts.status, headers: parts.headers, bytes, body }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The codes of a problem, after it was checked to be one.
    #[track_caller]
    pub fn problem(&self, status: u16, kind: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["type"], format!("/problems/{kind}"));
        assert_eq!(problem["instance"], self.header("x-request-id"), "the number in the log is the number told");
        problem
    }
}

impl Portal {
    pub async fn of(db: DatabaseConnection, folder: Option<TempDir>, content: Option<&Path>) -> Self {
        if let Some(content) = content {
            import::import(&db, content).await.unwrap();
            publish(&db, check(&Sources::load_all(content).unwrap()), 1).await.unwrap();
        }
        let live = Live::default();
        live.refresh(&db).await.unwrap();
        let built = site();
        let site = Arc::new(Site::load(built.path(), PUBLIC_URL).unwrap());
        let keys = built.path().join("keys");
        let inside = |path: &str| built.path().join(path).to_string_lossy().into_owned();
        let settings = [
            ("DURVIS_KEYS", inside("keys")),
            ("DURVIS_FILES", inside("files")),
            ("DURVIS_PUBLIC_URL", PUBLIC_URL.to_owned()),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value));
        let config = Config::from(settings.into_iter(), "").unwrap();
        let mut app = App::new(&config, db.clone(), live.clone(), site).unwrap();
        app.e_services.refresh(&db).await.unwrap();
        let clock = Clock::default();
        app.identity.ambient = clock.ambient();
        let _folders = folder.into_iter().chain([built]).collect();
        Self { db, live, router: api::router(app.clone()), app, clock, keys, _folders }
    }

    /// On SQLite, with the small content.
    pub async fn open() -> Self {
        let (folder, db) = sqlite().await;
        let content = written(&content_with_e_services());
        Self::of(db, Some(folder), Some(content.path())).await
    }

    /// On another database, with the small content.
    pub async fn open_on(db: DatabaseConnection) -> Self {
        let content = written(&content_with_e_services());
        Self::of(db, None, Some(content.path())).await
    }

    /// The text of its file of keys.
    pub fn keys(&self) -> String {
        std::fs::read_to_string(&self.keys).unwrap()
    }

    pub fn router(&self) -> Router {
        self.router.clone()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer::of(parts, body.to_vec())
    }
}

/// The sample catalogue of the repository.
pub fn real_content() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// A bill is paid, as if by a bank.
pub async fn set_paid(db: &DatabaseConnection, id: &str) {
    let row = bill::by_id(db, id).await.unwrap().unwrap();
    let paid = bill::Model { state: "paid".into(), paid_cents: row.amount_cents, paid_at: Some(1), ..row.clone() };
    assert!(bill::change(db, &row, paid).await.unwrap());
}
