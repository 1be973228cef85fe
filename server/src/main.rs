//! `durvis`: the command line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use durvis_server::catalogue::{self, Live, import, read::Sources};
use durvis_server::config::Config;
use durvis_server::missed::Missed;
use durvis_server::site::Site;
use durvis_server::{App, api, db, serve, telemetry};
use sea_orm::DatabaseConnection;
use sea_orm_migration::MigratorTrait;

type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// Durvis: one door to the state.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// A TOML file with settings; the environment (DURVIS_*) wins over it.
    #[arg(long, global = true, env = "DURVIS_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the database up to date and serve the portal.
    Serve,
    /// Bring the database up to date.
    Migrate,
    /// The catalogue of services.
    Catalogue {
        #[command(subcommand)]
        command: CatalogueCommand,
    },
}

#[derive(Subcommand)]
enum CatalogueCommand {
    /// Put a content directory or an exported file in force: all of it or nothing.
    Import { path: PathBuf },
    /// Write the catalogue in force, as it was imported.
    Export {
        /// Where to; standard output when left out.
        file: Option<PathBuf>,
    },
    /// Name every mistake of a content directory by file, line and column.
    Check {
        #[arg(default_value = "server/content")]
        path: PathBuf,
    },
    /// Count what the catalogue in force holds.
    Stats {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// What was searched and not found, the most often first; only what was searched five times and more.
    Missed {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Tell what the search makes of each word of standard input, a line of JSON for each.
    Analyse {
        #[arg(long, default_value = "lv")]
        lang: String,
    },
    /// Answer queries from standard input, one a line, each with one line of JSON.
    Search {
        #[arg(long, default_value = "lv")]
        lang: String,
        /// Most hits a line.
        #[arg(long, default_value_t = 10)]
        limit: usize,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("durvis: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<(), AnyError> {
    match &cli.command {
        Command::Catalogue { command: CatalogueCommand::Check { path } } => return check(path),
        Command::Catalogue { command: CatalogueCommand::Analyse { lang } } => {
            let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
            return Ok(catalogue::search_lines::analyse(lang, input, output)?);
        }
        _ => {}
    }
    let config = Config::load(cli.config.as_deref())?;
    telemetry::start(&config);
    let db = open(&config).await?;
    match cli.command {
        Command::Serve => serve_portal(&config, db).await,
        Command::Migrate => Ok(()),
        Command::Catalogue { command } => catalogue_command(command, &db).await,
    }
}

/// The database, migrated. An SQLite file and its folder are made.
async fn open(config: &Config) -> Result<DatabaseConnection, AnyError> {
    let file = config.database_url.strip_prefix("sqlite:").map(|rest| rest.trim_start_matches("//"));
    if let Some(folder) = file.and_then(|file| Path::new(file.split('?').next()?).parent()) {
        std::fs::create_dir_all(folder)?;
    }
    let db = db::connect(&config.database_url).await.map_err(|error| format!("the database: {error}"))?;
    db::migration::Migrator::up(&db, None).await?;
    Ok(db)
}

async fn serve_portal(config: &Config, db: DatabaseConnection) -> Result<(), AnyError> {
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
    let router = api::router(App { db, live, missed: Missed::default(), site });
    let limits = serve::Limits { grace: config.shutdown, ..serve::Limits::default() };
    let served = serve::serve(listener, router, serve::stop_signal(), limits).await;
    following.abort();
    tracing::info!("Durvis is closed");
    Ok(served?)
}

async fn catalogue_command(command: CatalogueCommand, db: &DatabaseConnection) -> Result<(), AnyError> {
    match command {
        CatalogueCommand::Import { path } => match import::import(db, &path).await {
            Ok(import::Imported::New) => println!("imported {}", path.display()),
            Ok(import::Imported::Unchanged) => println!("{} is in force already", path.display()),
            Err(import::ImportError::Mistakes(findings)) => return Err(named(&findings)),
            Err(error) => return Err(format!("{}: {error}; nothing was changed", path.display()).into()),
        },
        CatalogueCommand::Export { file } => {
            let text = catalogue::export::export(db).await?.to_export();
            match file {
                Some(file) => std::fs::write(file, text)?,
                None => print!("{text}"),
            }
        }
        CatalogueCommand::Check { .. } | CatalogueCommand::Analyse { .. } => unreachable!("need no database"),
        CatalogueCommand::Stats { json } => {
            let row = db::release::current(db).await?.ok_or("the portal is empty")?;
            let counts: serde_json::Value = serde_json::from_str(&row.counts)?;
            if json {
                println!("{counts}");
            } else {
                println!("{}", serde_json::to_string_pretty(&counts)?);
            }
        }
        CatalogueCommand::Missed { json } => {
            let missed = db::missed_search::all(db).await?;
            if json {
                println!("{}", serde_json::to_string(&missed)?);
            } else {
                missed.iter().for_each(|one| println!("{:>6}  {}  {}", one.searches, one.lang, one.text));
            }
        }
        CatalogueCommand::Search { lang, limit } => {
            let live = Live::default();
            live.refresh(db).await?;
            let released = live.current();
            let index = released.indexes.get(&lang).ok_or_else(|| format!("the catalogue has no language {lang:?}"))?;
            catalogue::search_lines::search_lines(index, limit, std::io::stdin().lock(), std::io::stdout().lock())?;
        }
    }
    Ok(())
}

fn check(path: &Path) -> Result<(), AnyError> {
    let sources = Sources::load(path)?;
    match import::checked(&sources) {
        Ok(_) => {
            println!("{} files, no mistakes", sources.0.len());
            Ok(())
        }
        Err(import::ImportError::Mistakes(findings)) => Err(named(&findings)),
        Err(error) => Err(error.into()),
    }
}

fn named(findings: &[catalogue::Finding]) -> AnyError {
    for finding in findings {
        eprintln!("{finding}");
    }
    format!("{} mistakes; nothing was changed", findings.len()).into()
}
