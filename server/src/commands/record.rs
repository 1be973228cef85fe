//! `durvis record`: the records that citizens can prove.

use std::path::PathBuf;

use clap::Subcommand;
use durvis_contract::record::{self, Fault, Record};
use durvis_server::record::{is_signed, sha256};
use serde_json::json;

use super::AnyError;

#[derive(Subcommand)]
pub enum Command {
    /// Verify a record that a citizen has downloaded: needs no database and no network. Trusts the keys that the file holds,
    /// unless others are given.
    Verify {
        file: PathBuf,
        /// The portal's keys, as `/api/v1/record/keys` answers them.
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
}

/// Longest file that is read, in bytes: ten thousand entries are less.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

impl Command {
    pub async fn run(self) -> Result<(), AnyError> {
        let Self::Verify { file, keys, json } = self;
        let mut record: Record = read(&file)?;
        if let Some(keys) = keys {
            record.keys = read(&keys)?;
        }
        let verified = record::verify(&record, async |text| sha256(&text)).await;
        let verified = verified.and_then(|()| if is_signed(&record) { Ok(()) } else { Err(Fault::Signature) });
        let (length, at) = (record.head.length, &record.head.at);
        match verified {
            Ok(()) if json => println!("{}", json!({"whole": true, "entries": length, "at": at})),
            Ok(()) => println!("{length} entries, each as it was written; signed {at} by the key {}", record.head.key),
            Err(fault) => {
                let (code, entry) = named(fault);
                if json {
                    println!("{}", json!({"whole": false, "fault": code, "entry": entry}));
                }
                let entry = entry.map(|entry| format!(" at entry {entry}")).unwrap_or_default();
                return Err(format!("the record does not hold: {code}{entry}").into());
            }
        }
        Ok(())
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &PathBuf) -> Result<T, AnyError> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    if std::fs::metadata(file).map_err(|error| named(&error))?.len() > MAX_BYTES {
        return Err(named(&"it is longer than any record").into());
    }
    let text = std::fs::read(file).map_err(|error| named(&error))?;
    Ok(serde_json::from_slice(&text).map_err(|error| named(&error))?)
}

fn named(fault: Fault) -> (&'static str, Option<u32>) {
    match fault {
        Fault::Gap(entry) => ("gap", Some(entry)),
        Fault::Changed(entry) => ("changed", Some(entry)),
        Fault::Head => ("head", None),
        Fault::Older => ("older", None),
        Fault::Signature => ("signature", None),
    }
}
