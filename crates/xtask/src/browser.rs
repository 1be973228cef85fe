//! A Chromium for the tests: the one there is, or one that the system's package manager brings.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::run::{has, run, say};

const NAMES: [&str; 4] =
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

/// The path of a browser.
pub(crate) fn browser() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = found() {
        return Ok(found);
    }
    if has("apt-get") {
        say("installing chromium with apt-get (two minutes)");
        let installed = run(Command::new("apt-get").args(["update", "-qq"]))
            .and_then(|()| run(Command::new("apt-get").args(["install", "-y", "-qq", "chromium"])));
        if let (Ok(()), Some(found)) = (installed, found()) {
            return Ok(found);
        }
    }
    bail!("no browser: install Chromium, or name one in the variable CHROMIUM")
}

fn found() -> Option<PathBuf> {
    NAMES.iter().map(Path::new).find(|path| path.exists()).map(Path::to_path_buf)
}
