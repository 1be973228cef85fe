//! A portal with somebody signed in and without limits: the example `signed` of the server, for the benchmark and for fuzzing.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::postgres;
use crate::run::{Ending, run};

/// One that runs, and ends when this is dropped.
pub(crate) struct Signed {
    pub(crate) told: Told,
    _running: Ending,
}

/// The line that it prints.
#[derive(Deserialize)]
pub(crate) struct Told {
    pub(crate) address: String,
    /// `__Host-session=...`
    pub(crate) cookie: String,
}

impl Signed {
    /// On `sqlite` or `postgres`, with the catalogue of a content directory or with none.
    pub(crate) fn start(database: &str, content: Option<&str>) -> Result<Self> {
        run(Command::new("cargo").args(["build", "--release", "--workspace", "--example", "signed"]))?;
        let mut command = Command::new("target/release/examples/signed");
        command.arg(database).args(content).env("XTASK_POSTGRES", postgres::programs()?);
        let mut running = Ending(command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?);
        let mut line = String::new();
        BufReader::new(running.0.stdout.take().context("a standard output")?).read_line(&mut line)?;
        let told = serde_json::from_str(&line).context("the portal ended before it told its address")?;
        Ok(Self { told, _running: running })
    }
}
