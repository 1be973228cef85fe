//! A portal with somebody signed in and without limits, for the benchmark and for fuzzing. `/open` is `/api/v1/contact` for a
//! person who is named beforehand: the difference is what a session costs. `cargo run --release --example signed
//! sqlite|postgres [CONTENT]` prints where it is and the cookie, as a line of JSON; it ends when its standard input does.

use std::io::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use axum::{Json, Router};
use durvis_contract::identity::{Contact, ContactChange};
use durvis_server::api::{self, request_id};
use durvis_server::catalogue::{Live, import};
use durvis_server::config::Config;
use durvis_server::error::ApiError;
use durvis_server::identity::person::Person;
use durvis_server::identity::session::Visit;
use durvis_server::limit::Limit;
use durvis_server::site::Site;
use durvis_server::{App, Limits, db, guard, serve};
use sea_orm_migration::MigratorTrait;

#[path = "../tests/portal/postgres.rs"]
mod postgres;

type AnyError = Box<dyn std::error::Error>;

/// What no load of the benchmark reaches.
const ANY: u32 = u32::MAX;

#[tokio::main]
async fn main() -> Result<(), AnyError> {
    let folder = tempfile::tempdir()?;
    let file = || format!("sqlite://{}/signed.sqlite?mode=rwc", folder.path().display());
    let cluster = (std::env::args().nth(1).as_deref() == Some("postgres")).then(postgres::Cluster::start);
    let database = db::connect(&cluster.as_ref().map_or_else(file, postgres::Cluster::url)).await?;
    db::migration::Migrator::up(&database, None).await?;
    let live = Live::default();
    if let Some(content) = std::env::args().nth(2) {
        import::import(&database, content.as_ref()).await.map_err(|error| error.to_string())?;
        live.refresh(&database).await.map_err(|error| error.to_string())?;
    }
    let keys = folder.path().join("keys").to_string_lossy().into_owned();
    let config = Config::from([("DURVIS_KEYS".to_owned(), keys)].into_iter(), "")?;
    let site = Arc::new(Site::load(&config.site, &config.public_url)?);
    let mut app = App::new(&config, database.clone(), live, site)?;
    app.limits = Arc::new(Limits { address: Limit::new(ANY, ANY), person: Limit::new(ANY, ANY), ..Limits::default() });

    let cookie = sign_in(&app).await?;
    let session = app.identity.session(&database, &cookie).await.map_err(told)?.ok_or("no session")?;
    let change =
        ContactChange { phone: Some("+371 2000 0000".into()), lang: "lv".into(), by_mail: Contact::default().by_mail };
    app.identity.change_contact(&database, &session, change).await.map_err(told)?;
    let person = session.person_id;
    let open = get(move |State(app): State<App>| contact(app, person.clone()));
    let layers = (from_fn(request_id::layer), from_fn_with_state(app.clone(), guard::layer));
    let open = Router::new().route("/open", open.layer(layers)).with_state(app.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{{\"address\":\"{}\",\"cookie\":\"__Host-session={cookie}\"}}", listener.local_addr()?);
    std::io::stdout().flush()?;
    let ended = async { drop(tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await) };
    Ok(serve::serve(listener, api::router(app).merge(open), ended, serve::Limits::default()).await?)
}

async fn sign_in(app: &App) -> Result<String, AnyError> {
    let person = Person {
        country: "LV".into(),
        code: "320000-00001".into(),
        given_name: "Anna".into(),
        surname: "Bērziņa".into(),
        born: None,
    };
    let visit = Visit { way: "eid".into(), address: "127.0.0.1".into(), agent: "bench".into() };
    // An ID token is about as long.
    app.identity.sign_in(&app.db, person, visit, Some("x".repeat(700)), None).await.map_err(told)
}

fn told(error: ApiError) -> AnyError {
    format!("{error:?}").into()
}

async fn contact(app: App, person: String) -> Result<Json<Contact>, ApiError> {
    Ok(Json(app.identity.contact(&app.db, &person).await?))
}
