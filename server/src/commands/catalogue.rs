//! `durvis catalogue ...`: its arguments, and who does what.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};

use super::{AnyError, open};

mod export;
mod import;
mod tell;

#[derive(Subcommand)]
pub enum Command {
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
pub enum InvalidEntries {
    /// Import nothing.
    #[default]
    Refuse,
    /// Leave them out, and say which.
    Skip,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum ExportFormat {
    #[default]
    Own,
    CpsvAp,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ConvertFrom {
    /// General descriptions of the Finnish Service Catalogue (Palvelutietovaranto).
    Ptv,
}

impl Command {
    /// `config` is the file with the settings.
    pub async fn run(self, config: Option<&Path>) -> Result<(), AnyError> {
        match self {
            Self::Import { path, invalid, portal } => {
                import::import(&open(config).await?.db, &path, invalid, portal).await
            }
            Self::Check { path, portal } => import::check(&path, portal),
            Self::Export { file, format } => export::export(&open(config).await?, file.as_deref(), format).await,
            Self::Convert { from: ConvertFrom::Ptv, files, out } => export::convert(&files, out.as_deref()),
            Self::Stats { json } => tell::stats(&open(config).await?.db, json).await,
            Self::Missed { json } => tell::missed(&open(config).await?.db, json).await,
            Self::Analyse { lang } => tell::analyse(&lang),
            Self::Search { lang, limit } => tell::search(&open(config).await?.db, &lang, limit).await,
        }
    }
}
