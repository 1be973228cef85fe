//! `durvis serve`: the portal, until it is told to stop.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use durvis_server::ambient::Ambient;
use durvis_server::bills::pay;
use durvis_server::cases::webhooks;
use durvis_server::catalogue::{Live, Sources, import};
use durvis_server::e_service::published::PublishError;
use durvis_server::e_service::{check, publish};
use durvis_server::notices::{self, letters, live};
use durvis_server::reminders::round;
use durvis_server::site::Site;
use durvis_server::uses::retention;
use durvis_server::{App, api, documents, files, serve};

use sea_orm::DatabaseConnection;

use super::{AnyError, Opened};

/// How often letters go, banks are asked, and what is over is cleared away.
const POST_EVERY: Duration = Duration::from_secs(5);
const RECONCILE_EVERY: Duration = Duration::from_secs(20);
const SWEEP_EVERY: Duration = Duration::from_secs(300);

pub async fn serve(Opened { config, db }: Opened) -> Result<(), AnyError> {
    if let Some(content) = &config.content {
        match import::import(&db, content).await {
            Ok(done) => tracing::info!(?done, content = %content.display(), "content read"),
            Err(error) => {
                tracing::error!("CONTENT NOT TAKEN, serving the last good catalogue. {}: {error}", content.display());
                if let import::ImportError::Mistakes(findings) = error {
                    findings.iter().for_each(|finding| tracing::error!("{finding}"));
                }
            }
        }
    }
    if let Some(content) = &config.content {
        publish_e_services(&db, content).await;
    }
    let live = Live::default();
    live.refresh(&db).await?;
    if live.current().manifest.is_none() {
        tracing::warn!("the portal is empty: durvis catalogue import server/content");
    }
    let site = Arc::new(Site::load(&config.site, &config.public_url)?);
    let listener = tokio::net::TcpListener::bind(config.listen).await;
    let listener = listener.map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    tracing::info!(address = %listener.local_addr()?, services = live.current().counts.services, "Durvis is open");
    let following = tokio::spawn(live.clone().follow(db.clone()));
    let app = App::new(&config, db, live, site)?;
    app.e_services.refresh(&app.db).await?;
    let following_e_services = tokio::spawn(app.e_services.clone().follow(app.db.clone()));
    let sweeping = tokio::spawn(sweep(app.clone()));
    let reconciling = tokio::spawn(reconcile(app.clone()));
    let telling = tokio::spawn(live::follow(app.clone()));
    let posting = tokio::spawn(post_letters(app.clone()));
    let writing = tokio::spawn(write_papers(app.clone()));
    let hooking = tokio::spawn(call_webhooks(app.clone()));
    let streams = app.streams.clone();
    let stop = async move {
        serve::stop_signal().await;
        // They have no end of their own.
        streams.close();
    };
    let router = api::router(app);
    let limits = serve::Limits { grace: config.shutdown, proxies: config.proxies, ..serve::Limits::default() };
    let served = serve::serve(listener, router, stop, limits).await;
    following.abort();
    following_e_services.abort();
    sweeping.abort();
    reconciling.abort();
    telling.abort();
    posting.abort();
    writing.abort();
    hooking.abort();
    tracing::info!("Durvis is closed");
    Ok(served?)
}

/// Puts the content's e-services in force; those that are in force stay where one has a mistake.
async fn publish_e_services(db: &DatabaseConnection, content: &Path) {
    let done = match Sources::load_all(content) {
        Ok(sources) => publish(db, check(&sources), Ambient::default().millis()).await,
        Err(error) => return tracing::error!(%error, "E-SERVICES NOT TAKEN, serving those there are"),
    };
    match done {
        Ok(done) => tracing::info!(?done, "e-services read"),
        Err(error) => {
            tracing::error!("E-SERVICES NOT TAKEN, serving those there are: {error}");
            if let PublishError::Mistakes(findings) = error {
                findings.iter().for_each(|finding| tracing::error!("{finding}"));
            }
        }
    }
}

/// Clears away what is over, as long as the server runs: sessions that have ended, answers whose time is over, files
/// that were never sent; and reminds of what has come.
async fn sweep(app: App) {
    loop {
        match app.identity.sweep(&app.db).await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(ended, "sessions that had ended were cleared away"),
            Err(error) => tracing::warn!(?error, "sessions cannot be cleared away"),
        }
        match retention::sweep(&app).await {
            Ok(0) => {}
            Ok(uses) => tracing::info!(uses, "answers whose time is over were deleted"),
            Err(error) => tracing::warn!(?error, "answers whose time is over cannot be deleted"),
        }
        match documents::sweep(&app).await {
            Ok(0) => {}
            Ok(receipts) => tracing::info!(receipts, "receipts whose time is over were deleted"),
            Err(error) => tracing::warn!(?error, "receipts whose time is over cannot be deleted"),
        }
        match round::round(&app).await {
            Ok(0) => {}
            Ok(told) => tracing::info!(told, "reminders whose day has come were told"),
            Err(error) => tracing::warn!(?error, "reminders cannot be told"),
        }
        match notices::sweep(&app).await {
            Ok(0) => {}
            Ok(old) => tracing::info!(old, "notices whose time is over were deleted"),
            Err(error) => tracing::warn!(?error, "notices cannot be cleared away"),
        }
        match files::sweep(&app).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "files that were never sent were cleared away"),
            Err(error) => tracing::warn!(?error, "files cannot be cleared away"),
        }
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}

/// Sends the letters that are due, as long as the server runs.
async fn post_letters(app: App) {
    loop {
        if let Err(error) = letters::send_due(&app).await {
            tracing::warn!(?error, "letters cannot be sent");
        }
        tokio::time::sleep(POST_EVERY).await;
    }
}

/// Makes the papers that are due, as long as the server runs.
async fn write_papers(app: App) {
    loop {
        if let Err(error) = documents::make::make_due(&app).await {
            tracing::warn!(?error, "papers cannot be made");
        }
        tokio::time::sleep(POST_EVERY).await;
    }
}

/// Tells institutions what happened to their cases, as long as the server runs.
async fn call_webhooks(app: App) {
    loop {
        if let Err(error) = webhooks::send_due(&app).await {
            tracing::warn!(?error, "webhooks cannot be told");
        }
        tokio::time::sleep(POST_EVERY).await;
    }
}

/// Asks the banks what became of payments under way, as long as the server runs.
async fn reconcile(app: App) {
    loop {
        if let Err(error) = pay::reconcile_live(&app).await {
            tracing::warn!(?error, "payments cannot be reconciled");
        }
        tokio::time::sleep(RECONCILE_EVERY).await;
    }
}
