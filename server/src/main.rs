//! `durvis`: the command line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};
use durvis_server::catalogue::{self, Live, cpsv::Invalid, import, read::Sources};
use durvis_server::config::Config;
use durvis_server::site::Site;
use durvis_server::{App, api, db, identity, serve, telemetry};
use sea_orm::DatabaseConnection;
use sea_orm_migration::MigratorTrait;

type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// Durvis: one door to the state.
/// How often ended sessions are cleared away.
const SWEEP_EVERY: std::time::Duration = std::time::Duration::from_secs(300);

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
    /// The log of what was done.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Who signs in.
    Identity {
        #[command(subcommand)]
        command: IdentityCommand,
    },
}

#[derive(Subcommand)]
enum IdentityCommand {
    CheckToken(identity::check_token::CheckToken),
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Read the whole log: is every row as it was written?
    Verify {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum CatalogueCommand {
    /// Put a content directory, an exported file or a CPSV-AP file (JSON-LD) in force: all of it or nothing.
    Import {
        path: PathBuf,
        /// What to do with entries of a CPSV-AP file that are wrong.
        #[arg(long, value_enum, default_value_t)]
        invalid: InvalidEntries,
        /// The portal.yaml that a CPSV-AP file of others comes to; that in force when left out.
        #[arg(long, value_name = "FILE")]
        portal: Option<PathBuf>,
    },
    /// Write the catalogue in force.
    Export {
        /// Where to; standard output when left out.
        file: Option<PathBuf>,
        /// `own`: as it was imported, to the byte; `cpsv-ap`: CPSV-AP 3.2.0 as JSON-LD.
        #[arg(long, value_enum, default_value_t)]
        format: ExportFormat,
    },
    /// Name every mistake of a catalogue by file, line and column.
    Check {
        #[arg(default_value = "server/content")]
        path: PathBuf,
        /// The portal.yaml that a CPSV-AP file of others would come to.
        #[arg(long, value_name = "FILE")]
        portal: Option<PathBuf>,
    },
    /// Make a CPSV-AP file of a catalogue in another form.
    Convert {
        #[arg(value_enum)]
        from: ConvertFrom,
        /// The files of that form: services, and the code lists they use.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Where to; standard output when left out.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
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

#[derive(Clone, Copy, Default, ValueEnum)]
enum InvalidEntries {
    /// Import nothing.
    #[default]
    Refuse,
    /// Leave them out, and say which.
    Skip,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum ExportFormat {
    #[default]
    Own,
    CpsvAp,
}

#[derive(Clone, Copy, ValueEnum)]
enum ConvertFrom {
    /// General descriptions of the Finnish Service Catalogue (Palvelutietovaranto).
    Ptv,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::Identity { command: IdentityCommand::CheckToken(check) } = cli.command {
        return check.run().await;
    }
    match run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("durvis: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<(), AnyError> {
    match &cli.command {
        Command::Catalogue { command: CatalogueCommand::Check { path, portal } } => return check(path, portal.clone()),
        Command::Catalogue { command: CatalogueCommand::Analyse { lang } } => {
            let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
            return Ok(catalogue::search_lines::analyse(lang, input, output)?);
        }
        Command::Catalogue { command: CatalogueCommand::Convert { from: ConvertFrom::Ptv, files, out } } => {
            return convert(files, out.as_deref());
        }
        _ => {}
    }
    let config = Config::load(cli.config.as_deref())?;
    telemetry::start(&config);
    let db = open(&config).await?;
    match cli.command {
        Command::Serve => serve_portal(&config, db).await,
        Command::Migrate => Ok(()),
        Command::Audit { command: AuditCommand::Verify { json } } => verify_audit(&db, json).await,
        Command::Catalogue { command } => catalogue_command(command, &db, &config.public_url).await,
        Command::Identity { .. } => unreachable!("needs no database"),
    }
}

/// Tells of the log; fails where it was changed.
async fn verify_audit(db: &DatabaseConnection, json: bool) -> Result<(), AnyError> {
    match identity::audit::verify(db).await? {
        Ok(rows) if json => println!("{}", serde_json::json!({"whole": true, "rows": rows})),
        Ok(rows) => println!("{rows} rows, each as it was written"),
        Err(fault) if json => {
            println!("{}", serde_json::json!({"whole": false, "row": fault.number, "what": fault.what}));
            return Err(format!("the log was changed: {fault}").into());
        }
        Err(fault) => return Err(format!("the log was changed: {fault}").into()),
    }
    Ok(())
}

/// Clears away sessions that have ended, as long as the server runs.
async fn sweep(app: App) {
    loop {
        match app.identity.sweep(&app.db).await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(ended, "sessions that had ended were cleared away"),
            Err(error) => tracing::warn!(?error, "sessions cannot be cleared away"),
        }
        tokio::time::sleep(SWEEP_EVERY).await;
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
    let app = App::new(config, db, live, site)?;
    let sweeping = tokio::spawn(sweep(app.clone()));
    let router = api::router(app);
    let limits = serve::Limits { grace: config.shutdown, ..serve::Limits::default() };
    let served = serve::serve(listener, router, serve::stop_signal(), limits).await;
    following.abort();
    sweeping.abort();
    tracing::info!("Durvis is closed");
    Ok(served?)
}

async fn catalogue_command(
    command: CatalogueCommand,
    db: &DatabaseConnection,
    public_url: &str,
) -> Result<(), AnyError> {
    match command {
        CatalogueCommand::Import { path, invalid, portal } => import_catalogue(db, &path, invalid, portal).await?,
        CatalogueCommand::Export { file, format } => {
            let sources = catalogue::export::export(db).await?;
            let text = match format {
                ExportFormat::Own => sources.to_export(),
                ExportFormat::CpsvAp => cpsv_export(&sources, public_url)?,
            };
            written(file.as_deref(), &text)?;
        }
        CatalogueCommand::Check { .. } | CatalogueCommand::Convert { .. } | CatalogueCommand::Analyse { .. } => {
            unreachable!("need no database")
        }
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

async fn import_catalogue(
    db: &DatabaseConnection,
    path: &Path,
    invalid: InvalidEntries,
    portal: Option<PathBuf>,
) -> Result<(), AnyError> {
    let invalid = match invalid {
        InvalidEntries::Refuse => Invalid::Refuse,
        InvalidEntries::Skip => Invalid::Skip,
    };
    let refused = |error| match error {
        import::ImportError::Mistakes(findings) => named(&findings),
        error => format!("{}: {error}; nothing was changed", path.display()).into(),
    };
    let in_force = import::in_force(db).await?;
    let read = import::load(path, &import::Options { invalid, portal }, in_force).map_err(refused)?;
    let done = import::put_in_force(db, &read.sources).await.map_err(refused)?;
    for finding in &read.left_out {
        eprintln!("{finding}");
    }
    match done {
        import::Imported::New => println!("imported {}", path.display()),
        import::Imported::Unchanged => println!("{} is in force already", path.display()),
    }
    if read.skipped > 0 {
        println!("{} entries with mistakes were left out", read.skipped);
    }
    Ok(())
}

fn cpsv_export(sources: &Sources, public_url: &str) -> Result<String, AnyError> {
    if sources.0.is_empty() {
        return Err("the portal is empty".into());
    }
    let catalogue = import::checked(sources)?;
    Ok(catalogue::cpsv::export::export(sources, &catalogue, public_url))
}

fn convert(files: &[PathBuf], out: Option<&Path>) -> Result<(), AnyError> {
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((path.display().to_string(), text))
    };
    let texts = files.iter().map(read).collect::<Result<Vec<_>, AnyError>>()?;
    let converted = catalogue::convert::ptv::convert(&texts)?;
    written(out, &converted.document)?;
    eprintln!("{} services", converted.services);
    Ok(())
}

fn written(file: Option<&Path>, text: &str) -> Result<(), AnyError> {
    match file {
        Some(file) => std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()).into()),
        None => Ok(std::io::stdout().write_all(text.as_bytes())?),
    }
}

fn check(path: &Path, portal: Option<PathBuf>) -> Result<(), AnyError> {
    let options = import::Options { portal, ..import::Options::default() };
    let checked = import::load(path, &options, None).and_then(|read| {
        import::checked(&read.sources)?;
        Ok(read.sources.0.len())
    });
    match checked {
        Ok(files) => {
            println!("{files} files, no mistakes");
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
