//! `durvis document`: e-document containers, ASiC-E and eDoc, opened and judged layer by layer (docs/documents.md).

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use durvis_edocument::{Layer, Report, Signature, Status, Trust, Verdict, inspect};
use durvis_server::identity::card::trust;
use serde::Serialize;

use super::AnyError;

#[derive(Subcommand)]
pub enum Command {
    /// Say what is in a container and what of it holds: its form, each file's digest, each signature's value and certificate.
    /// What was not checked is said, too. Ends with 1 where something is broken, or it cannot be opened.
    Inspect {
        file: PathBuf,
        /// A folder of certificates (PEM or DER) of authorities that are trusted; without it no chain is checked.
        #[arg(long, value_name = "FOLDER")]
        trust: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    /// Needs no settings, no database and no network.
    pub fn run(self) -> Result<ExitCode, AnyError> {
        let Self::Inspect { file, trust: folder, json } = self;
        let trusted = folder.map_or_else(|| Ok(Trust::default()), |folder| trust(&folder))?;
        let opened = File::open(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let report = inspect(BufReader::new(opened), &trusted);
        if json {
            println!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            tell(&report);
        }
        let holds = !matches!(report.verdict, Verdict::Broken | Verdict::Unreadable);
        Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn tell(report: &Report) {
    let kind = report.kind.map_or_else(|| "no kind that is known".to_owned(), |kind| word(&kind));
    println!("{}: {kind}, {} bytes", word(&report.verdict), report.size);
    told(&report.form, 0);
    for entry in &report.entries {
        let covered: Vec<String> = entry.covered_by.iter().map(|number| (number + 1).to_string()).collect();
        let covered = if covered.is_empty() { String::new() } else { format!(", signed by {}", covered.join(", ")) };
        println!("  {} ({}, {} bytes{covered})", printable(&entry.name), word(&entry.role), entry.size);
    }
    for name in &report.uncovered {
        println!("  {} is covered by no signature", printable(name));
    }
    for (number, signature) in (1..).zip(&report.signatures) {
        of(signature, number);
    }
}

fn of(signature: &Signature, number: usize) {
    println!("signature {number}, in {}", printable(&signature.entry));
    if let Some(certificate) = &signature.certificate {
        println!("  by {}", printable(&certificate.subject));
        println!(
            "  certified by {}, from {} to {}",
            printable(&certificate.issuer),
            certificate.not_before,
            certificate.not_after
        );
    }
    if let Some(at) = &signature.claimed_time {
        println!("  claims to be of {}", printable(at));
    }
    for covered in &signature.covers {
        println!("  {}:", printable(&covered.name));
        told(&covered.layer, 4);
    }
    signature.layers.iter().for_each(|layer| told(layer, 2));
}

fn told(layer: &Layer, indent: usize) {
    let status = match layer.status {
        Status::Held => "holds",
        Status::Broken => "BROKEN",
        Status::NotChecked => "not checked",
    };
    let reasons: Vec<String> =
        layer.reasons.iter().map(word).chain(layer.weak.iter().map(|weak| format!("weak: {}", word(weak)))).collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
    println!("{:indent$}{}: {status}{reasons}", "", word(&layer.name));
}

/// A code, in words.
fn word(code: &impl Serialize) -> String {
    let code = serde_json::to_value(code).ok().and_then(|code| code.as_str().map(str::to_owned));
    code.unwrap_or_default().replace('_', " ")
}

/// A text out of the container, which might be for the terminal and not for its reader.
fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}
