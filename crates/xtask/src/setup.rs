//! What a fresh machine lacks: the WASM target, trunk and wasm-bindgen at their pinned versions, the npm packages.
//! Each step is done only once and leaves nothing half done.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::run::{cache, has, output, run, say};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
/// Must equal the version of `wasm-bindgen` in Cargo.lock.
const WASM_BINDGEN: &str = "0.2.130";
const OLDEST_NODE: u32 = 20;

/// The folders of the tools, to put first in PATH.
pub(crate) struct Tools(Vec<PathBuf>);

impl Tools {
    /// A command that finds the tools.
    pub(crate) fn command(&self, program: &str) -> Result<Command> {
        let rest = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(self.0.iter().cloned().chain(std::env::split_paths(&rest)))?;
        let mut command = Command::new(program);
        command.env("PATH", path);
        Ok(command)
    }
}

/// Everything that a build needs.
pub(crate) fn tools() -> Result<Tools> {
    node()?;
    wasm_target()?;
    // `--locked` fails for wasm-bindgen-cli: a dependency that it locks is gone from the registry.
    let bindgen = cargo_tool("wasm-bindgen-cli", "wasm-bindgen", WASM_BINDGEN, false, 6)?;
    let trunk = cargo_tool("trunk", "trunk", TRUNK, true, 9)?;
    npm_packages(Path::new("."))?;
    Ok(Tools(vec![bindgen, trunk, crate::run::root().join("node_modules/.bin")]))
}

fn node() -> Result<()> {
    let version = output(Command::new("node").arg("--version")).context("Node.js is needed, version 20 or newer")?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST_NODE) {
        bail!("Node.js {} is too old: version {OLDEST_NODE} or newer is needed", version.trim());
    }
    Ok(())
}

fn wasm_target() -> Result<()> {
    let installed =
        output(Command::new("rustup").args(["target", "list", "--installed"])).context("rustup is needed")?;
    if installed.lines().any(|line| line == TARGET) {
        return Ok(());
    }
    say(&format!("adding the Rust target {TARGET} (a minute)"));
    run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// A program from crates.io, prebuilt where `cargo binstall` is there, else built once. Gives its folder.
fn cargo_tool(package: &str, program: &str, version: &str, locked: bool, minutes: u32) -> Result<PathBuf> {
    let folder = cache().join(format!("tools/{package}-{version}"));
    let bin = folder.join("bin");
    if bin.join(program).exists() {
        return Ok(bin);
    }
    fs::create_dir_all(&folder)?;
    let wanted = format!("{package}@{version}");
    let root = folder.to_string_lossy().into_owned();
    if has("cargo-binstall") {
        say(&format!("fetching {wanted} into {root}"));
        let mut fetch = Command::new("cargo");
        fetch.args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root", &root, &wanted]);
        if run(&mut fetch).is_ok() {
            return Ok(bin);
        }
    }
    say(&format!("building {wanted} into {root}, once for this machine (about {minutes} minutes on two cores)"));
    let mut install = Command::new("cargo");
    install.args(["install", "--root", &root, &wanted]).env("CARGO_TARGET_DIR", cache().join("build"));
    if locked {
        install.arg("--locked");
    }
    run(&mut install)?;
    Ok(bin)
}

/// The packages of a folder's package-lock.json. A stamp is written last, so that an interrupted install is done again.
pub(crate) fn npm_packages(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))?;
    let hash: String = Sha256::digest(&lock).iter().map(|byte| format!("{byte:02x}")).collect();
    let stamp = folder.join("node_modules/.durvis-lock");
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == hash) {
        return Ok(());
    }
    say("installing npm packages (a minute)");
    let mut install = Command::new("npm");
    install.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(&mut install)?;
    fs::write(stamp, hash)?;
    Ok(())
}
