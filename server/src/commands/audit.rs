//! `durvis audit`: the log of what was done.

use clap::Subcommand;
use durvis_server::identity::audit::{self, Head};
use durvis_server::identity::keys::Keys;
use serde_json::json;

use super::{AnyError, Opened};

#[derive(Subcommand)]
pub enum Command {
    /// Read the whole log: is every row as it was written? Prints the newest one.
    Verify {
        /// The newest row of an earlier time, as it was printed then: fails where the log ends before it, or it differs.
        #[arg(long, value_name = "NUMBER:DIGEST", value_parser = head)]
        noted: Option<Head>,
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub async fn run(self, opened: &Opened) -> Result<(), AnyError> {
        let Self::Verify { noted, json } = self;
        verify(opened, noted.as_ref(), json).await
    }
}

/// Tells of the log; fails where it was changed.
async fn verify(Opened { config, db }: &Opened, noted: Option<&Head>, json: bool) -> Result<(), AnyError> {
    let keys = Keys::load(&config.keys)?;
    match audit::verify(db, &keys, noted).await? {
        Ok(head) if json => println!("{}", json!({"whole": true, "rows": head.number, "head": written(&head)})),
        Ok(head) => println!("{} rows, each as it was written; the newest is {}", head.number, written(&head)),
        Err(fault) => {
            if json {
                println!("{}", json!({"whole": false, "row": fault.number, "what": fault.what}));
            }
            return Err(format!("the log was changed: {fault}").into());
        }
    }
    Ok(())
}

fn written(head: &Head) -> String {
    format!("{}:{}", head.number, head.digest)
}

fn head(text: &str) -> Result<Head, &'static str> {
    let parts = text.split_once(':').and_then(|(number, digest)| Some((number.parse().ok()?, digest.to_owned())));
    let (number, digest) = parts.ok_or("not a number, a colon and a digest, as `durvis audit verify` prints them")?;
    Ok(Head { number, digest })
}
