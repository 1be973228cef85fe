//! A PostgreSQL for the tests: they start their own cluster (server/tests/support/postgres.rs); here only its programs
//! are found, or brought by the system's package manager.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run::{has, run, say};

/// The folder with `initdb` and `pg_ctl`.
pub(crate) fn programs() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("XTASK_POSTGRES") {
        return Ok(named.into());
    }
    if let Some(found) = found() {
        return Ok(found);
    }
    if has("apt-get") {
        say("installing postgresql with apt-get (a minute)");
        let installed = run(Command::new("apt-get").args(["update", "-qq"]))
            .and_then(|()| run(Command::new("apt-get").args(["install", "-y", "-qq", "postgresql"])));
        if let (Ok(()), Some(found)) = (installed, found()) {
            return Ok(found);
        }
    }
    bail!("no PostgreSQL: install it, or name the folder of initdb in the variable XTASK_POSTGRES")
}

/// Debian keeps each version's programs apart; elsewhere they stand in PATH.
fn found() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions.map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = debian.chain(std::env::split_paths(&path)).collect();
    folders.retain(|folder| folder.join("initdb").exists() && folder.join("postgres").exists());
    folders.into_iter().next()
}
