//! `durvis`: the command line. What its commands do is in `commands`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use commands::{AnyError, audit, catalogue, document, e_service, identity, institution, open, payment, record, serve};

mod commands;

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
        command: catalogue::Command,
    },
    /// The e-services, for those who write them.
    EService {
        #[command(subcommand)]
        command: e_service::Command,
    },
    /// The log of what was done.
    Audit {
        #[command(subcommand)]
        command: audit::Command,
    },
    /// The institutions that decide what citizens send.
    Institution {
        #[command(subcommand)]
        command: institution::Command,
    },
    /// E-documents, for whoever wants to know what is in them.
    Document {
        #[command(subcommand)]
        command: document::Command,
    },
    /// Payments of which the bank does not say what became of them.
    Payment {
        #[command(subcommand)]
        command: payment::Command,
    },
    /// The records that citizens can prove.
    Record {
        #[command(subcommand)]
        command: record::Command,
    },
    /// Who signs in.
    Identity {
        #[command(subcommand)]
        command: identity::Command,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("durvis: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode, AnyError> {
    let config = cli.config.as_deref();
    match cli.command {
        Command::Serve => serve::serve(open(config).await?).await?,
        Command::Migrate => open(config).await.map(drop)?,
        Command::Audit { command } => command.run(&open(config).await?).await?,
        Command::Institution { command } => command.run(&open(config).await?).await?,
        Command::Document { command } => return command.run(),
        Command::Payment { command } => command.run(open(config).await?).await?,
        Command::Record { command } => command.run().await?,
        Command::Catalogue { command } => command.run(config).await?,
        Command::EService { command } => command.run(config).await?,
        Command::Identity { command } => return command.run(config).await,
    }
    Ok(ExitCode::SUCCESS)
}
