//! A database with citizens in it, for the benchmark: the first has 10,000 notices, 2,000 bills paid, 500 receipts, 200
//! submissions; each is signed in. `cargo run --release --example filled sqlite|postgres CONTENT CITIZENS` serves it without limits;
//! it prints where, and who may ask for what, as a line of JSON, and ends when its standard input does.

use std::error::Error;
use std::io::Write;
use std::sync::Arc;

use durvis_contract::identity::{Contact, ContactChange};
use durvis_contract::uses::Draft;
use durvis_server::ambient::Ambient;
use durvis_server::cases::clients;
use durvis_server::catalogue::{Live, Sources, import};
use durvis_server::config::Config;
use durvis_server::db::{bill, notice, payment, payment_item};
use durvis_server::documents::make::{make_due, of_payment};
use durvis_server::e_service::{check, publish};
use durvis_server::error::ApiError;
use durvis_server::identity::person::Person;
use durvis_server::identity::session::{Session, Visit};
use durvis_server::limit::Limit;
use durvis_server::site::Site;
use durvis_server::uses::send::send;
use durvis_server::{App, Limits, api, db, serve};
use sea_orm::TransactionTrait;
use sea_orm_migration::MigratorTrait;
use serde_json::json;

#[path = "../tests/portal/postgres.rs"]
mod postgres;

type AnyError = Box<dyn Error>;

const NOTICES: i64 = 10_000;
const BILLS: i64 = 2_000;
const RECEIPTS: i64 = 500;
const USES: u32 = 200;
/// Costs nothing, and asks little.
const E_SERVICE: &str = "portal-support";
const INSTITUTION: &str = "vdaa";
const DAY_MS: i64 = 86_400_000;

#[tokio::main]
async fn main() -> Result<(), AnyError> {
    let [_, kind, content, citizens] = &std::env::args().collect::<Vec<_>>()[..] else {
        return Err("filled sqlite|postgres CONTENT CITIZENS".into());
    };
    let folder = tempfile::tempdir()?;
    let inside = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let cluster = (kind == "postgres").then(postgres::Cluster::start);
    let file = || format!("sqlite://{}?mode=rwc", inside("filled.sqlite"));
    let url = cluster.as_ref().map_or_else(file, postgres::Cluster::url);
    let (keys, files) = (inside("keys"), inside("files"));
    let settings = [("DURVIS_KEYS".to_owned(), keys.clone()), ("DURVIS_FILES".to_owned(), files.clone())];
    let app = portal(&url, content, settings).await?;
    let mut cookies = Vec::new();
    for number in 0..citizens.parse()? {
        cookies.push(format!("__Host-session={}", sign_in(&app, number).await?));
    }
    let first = cookies.first().and_then(|cookie| cookie.split_once('=')).ok_or("no citizen")?.1;
    let session = app.identity.session(&app.db, first).await.map_err(told)?.ok_or("no session")?;
    let case = fill(&app, &session).await?;
    let client = clients::make(&app.db, &app.identity.ambient, INSTITUTION, "bench").await.map_err(told)?;
    let client = [client.id, client.secret];
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let told = json!({"address": address, "database": url, "keys": keys, "files": files, "cookies": cookies, "client": client, "case": case});
    println!("{told}");
    std::io::stdout().flush()?;
    let ended = async { drop(tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await) };
    Ok(serve::serve(listener, api::router(app), ended, serve::Limits::default()).await?)
}

/// On a database with the content, its e-services, and no limits.
async fn portal(url: &str, content: &str, settings: [(String, String); 2]) -> Result<App, AnyError> {
    let database = db::connect(url).await?;
    db::migration::Migrator::up(&database, None).await?;
    import::import(&database, content.as_ref()).await.map_err(|error| error.to_string())?;
    let sources = Sources::load_all(content.as_ref())?;
    publish(&database, check(&sources), Ambient::default().millis()).await.map_err(|error| error.to_string())?;
    let live = Live::default();
    live.refresh(&database).await.map_err(|error| error.to_string())?;
    let config = Config::from(settings.into_iter(), "")?;
    let site = Arc::new(Site::load(&config.site, &config.public_url)?);
    let mut app = App::new(&config, database, live, site)?;
    let any = || Limit::new(u32::MAX, u32::MAX);
    app.limits = Arc::new(Limits { address: any(), person: any(), send: any(), begun: any(), ..Limits::default() });
    app.e_services.refresh(&app.db).await?;
    Ok(app)
}

async fn sign_in(app: &App, number: u32) -> Result<String, AnyError> {
    let person = Person {
        country: "LV".into(),
        code: format!("32{number:04}-{number:05}"),
        given_name: "Anna".into(),
        surname: format!("Bērziņa {number}"),
        born: None,
    };
    let visit = Visit { way: "eid".into(), address: "127.0.0.1".into(), agent: "bench".into() };
    let cookie = app.identity.sign_in(&app.db, person, visit, None, None).await.map_err(told)?;
    let session = app.identity.session(&app.db, &cookie).await.map_err(told)?.ok_or("no session")?;
    let change = ContactChange { phone: None, lang: "lv".into(), by_mail: Contact::default().by_mail };
    app.identity.change_contact(&app.db, &session, change).await.map_err(told)?;
    Ok(cookie)
}

/// Fills a citizen's record; the id of a case that nobody has taken.
async fn fill(app: &App, session: &Session) -> Result<String, AnyError> {
    let mut last = String::new();
    for number in 0..USES {
        let answers = json!({"category": "other", "text": format!("Jautājums {number}: kā atrast iesniegumu?")});
        let draft = Draft {
            e_service: E_SERVICE.into(),
            version: 1,
            revision: 0,
            terms_accepted: true,
            answers: serde_json::from_value(answers)?,
        };
        last = app.identity.ambient.id();
        send(app, Some(session), &last, draft, "lv").await.map_err(told)?;
    }
    let (now, turn) = (app.identity.ambient.millis(), app.db.begin().await?);
    for number in 1..=BILLS {
        let row = paid(session, number, now);
        let payment_id = row.payment_id.clone().unwrap_or_default();
        payment::add(&turn, settled(&payment_id, row.made_at)).await?;
        payment_item::add(&turn, &payment_id, &row.id, row.amount_cents).await?;
        if number <= RECEIPTS {
            of_payment(app, &turn, (&row, row.amount_cents), &payment_id, "lv").await.map_err(told)?;
        }
        bill::add(&turn, row).await?;
    }
    for number in 0..NOTICES {
        let new = notice::New {
            person_id: session.person_id.clone(),
            company: String::new(),
            kind: ["case_taken", "case_decided", "bill_paid"][usize::try_from(number % 3)?],
            e_service: E_SERVICE.into(),
            version: 1,
            number: number + 1,
            about: last.clone(),
        };
        notice::add(&turn, new, now - (NOTICES - number) * 60_000).await?;
    }
    turn.commit().await?;
    while make_due(app).await.map_err(told)? > 0 {}
    Ok(last)
}

fn paid(session: &Session, number: i64, now: i64) -> bill::Model {
    let (id, made_at) = (format!("{number:032x}"), now - number * DAY_MS / 8);
    bill::Model {
        use_id: id.clone(),
        number,
        person_id: session.person_id.clone(),
        company: String::new(),
        e_service: E_SERVICE.into(),
        version: 1,
        institution: INSTITUTION.into(),
        amount_cents: 500 + number,
        paid_cents: 500 + number,
        refunded_cents: 0,
        state: "paid".into(),
        disputed: false,
        payment_id: Some(format!("{number:031x}f")),
        due: "2026-12-31".into(),
        parts: None,
        reminded_at: None,
        made_at,
        paid_at: Some(made_at + 1_000),
        case_id: None,
        sealed: None,
        id,
    }
}

fn settled(id: &str, at: i64) -> payment::Model {
    payment::Model {
        id: id.into(),
        bank: "kalnu-banka".into(),
        lang: "lv".into(),
        state: "paid".into(),
        bank_payment_id: Some(id.into()),
        redirect: None,
        started_at: at,
        asked_at: at,
        silent_since: None,
        finished_at: Some(at + 1_000),
    }
}

fn told(error: ApiError) -> AnyError {
    format!("{error:?}").into()
}
