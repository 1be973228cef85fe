//! `cargo xtask bench search`: our search beside others from npm, on the same texts and queries, in turns, in one Chromium.
//! What is asked and how stands in `bench/search`; here is only what it needs. The first run builds every index: half an hour.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::browser::browser;
use crate::run::{run, say};
use crate::setup::{self, Tools};

const MARKERS: (&str, &str) = ("<!-- engines -->", "<!-- /engines -->");
/// Where indexes are kept for the next run, and our module.
const FOLDER: &str = "target/bench-search";
const MODULE: &str = "target/bench-search/durvis";
const CORPUS: &str = "target/release/examples/corpus";
const WASM: &str = "target/wasm32-unknown-unknown/wasm/durvis_bench_search.wasm";
/// Language and sizes of the catalogue: all sizes in one language, and one with diacritics and endings.
const RUNS: [(&str, &str); 2] = [("en", "1,10,50"), ("lv", "1")];

/// Prints the tables and writes them to docs/benchmarks.md.
pub(super) fn measure() -> Result<()> {
    let tools = setup::tools()?;
    packages()?;
    ours(&tools)?;
    let browser = browser()?;
    let mut tables = Vec::new();
    for (lang, times) in RUNS {
        say(&format!("search engines, {lang}, {times} times the catalogue (minutes; the first time half an hour)"));
        let mut node = Command::new("node");
        node.args(["bench/search/run.mjs", "--lang", lang, "--times", times]);
        node.args(["--json", &format!("{FOLDER}/{lang}.json")]);
        node.env("CHROMIUM", &browser)
            .env("DURVIS_CORPUS", CORPUS)
            .env("DURVIS_WASM", MODULE)
            .env("BENCH_FOLDER", FOLDER);
        let output = node.stderr(Stdio::inherit()).output().context("cannot start node")?;
        let table = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        println!("{table}");
        if !output.status.success() {
            bail!("bench/search/run.mjs failed ({})", output.status);
        }
        tables.push(table);
    }
    super::write(MARKERS, &tables.join("\n\n"))
}

/// The other engines: packages of their own, which the portal does not install.
pub(crate) fn packages() -> Result<()> {
    setup::npm_packages(Path::new("bench/search"))
}

/// The program that builds our index, and our search as a module, compiled as the app is.
fn ours(tools: &Tools) -> Result<()> {
    say("building our side (a minute)");
    run(Command::new("cargo").args(["build", "--release", "--package", "durvis-search", "--example", "corpus"]))?;
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--profile", "wasm", "--target", setup::TARGET, "--package", "durvis-bench-search"]);
    run(&mut cargo)?;
    run(tools.command("wasm-bindgen")?.args(["--target", "web", "--no-typescript", "--out-dir", MODULE, WASM]))?;
    let module = format!("{MODULE}/durvis_bench_search_bg.wasm");
    run(tools.command("wasm-opt")?.args(["-Oz", &module, "-o", &module]))
}
