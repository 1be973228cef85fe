//! The outside world beside a server: the binary of `crates/sandbox`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::run::Running;

/// A sandbox that listens, and ends when this is dropped.
pub(crate) struct Sandbox {
    pub(crate) told: Told,
    _running: Running,
}

/// The line that it prints.
#[derive(Deserialize)]
pub(crate) struct Told {
    pub(crate) http: String,
    /// The settings of a portal that uses it.
    pub(crate) settings: PathBuf,
}

impl Sandbox {
    /// Starts it on free ports. Its standard input is ours to hold: it ends with us, even when we are killed.
    pub(crate) fn start(binary: &Path, folder: &str) -> Result<Self> {
        let mut command = Command::new(binary);
        command.args(["--http", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--portal", folder, "--with-stdin"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = Running(command.spawn().context("cannot start the sandbox")?);
        let mut line = String::new();
        let out = running.0.stdout.take().context("the sandbox has no standard output")?;
        BufReader::new(out).read_line(&mut line)?;
        let told = serde_json::from_str(&line).context("the sandbox ended before it told its addresses")?;
        Ok(Self { told, _running: running })
    }
}
