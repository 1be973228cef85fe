//! Builds the server and the site.

mod release;
mod shell;
mod shorten;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::link;
use crate::run::{run, say};
use crate::setup::{Tools, tools};

const SANDBOX: &str = "target/release/durvis-sandbox";

/// What was built.
pub(crate) struct Built {
    /// The server's binary.
    pub(crate) durvis: PathBuf,
    /// The world outside of it, for development and tests.
    pub(crate) sandbox: PathBuf,
}

/// Sets up, then builds both.
pub(crate) fn all() -> Result<Built> {
    let tools = tools()?;
    site(&tools)?;
    let durvis = server()?;
    Ok(Built { durvis, sandbox: SANDBOX.into() })
}

/// The server, and the sandbox beside it.
pub(crate) fn server() -> Result<PathBuf> {
    say("building the server (the first time about 5 minutes on two cores)");
    cargo_build(&[])
}

/// The same with every test on the host. Tests want more features of some crates: built in one go, each crate is compiled once.
pub(crate) fn server_and_tests() -> Result<Built> {
    say("building the server and the tests (the first time about 8 minutes on two cores)");
    let durvis = cargo_build(&["--tests"])?;
    Ok(Built { durvis, sandbox: SANDBOX.into() })
}

fn cargo_build(more: &[&str]) -> Result<PathBuf> {
    // Not `--package`: that would be other features again.
    let binaries = ["--bin", "durvis", "--bin", "durvis-sandbox"];
    run(Command::new("cargo").args(["build", "--release", "--workspace"]).args(binaries).args(more))?;
    Ok("target/release/durvis".into())
}

/// The browser app and everything beside it, into `dist/`.
pub(crate) fn site(tools: &Tools) -> Result<()> {
    say("building the browser app (the first time about 3 minutes on two cores)");
    let (variable, linker) = link::linker()?;
    run(tools.command("trunk")?.arg("build").env_remove("NO_COLOR").env(variable, linker))?;
    say("making the site: script, style, texts, documents, compressed forms");
    let pieces = shorten::shorten()?;
    let bundle =
        ["target/site/durvis-app.js", "--bundle", "--minify", "--format=esm", "--outfile=target/durvis-app.js"];
    run(Command::new("node_modules/.bin/esbuild").args(bundle).arg("--log-level=warning"))?;
    run(tools.command("node")?.args(["style/bundle.mjs", "target/style.css"]))?;
    release::assemble(&pieces)
}
