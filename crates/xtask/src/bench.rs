//! `cargo xtask bench`: sizes, serving, search in the browser, Lighthouse. Ratios within one run; the figures go to
//! docs/benchmarks.md, between its markers.

pub(crate) mod engines;
mod forms;
mod load;
mod mine;
mod serve;
mod signed;
pub(crate) mod size;
mod streams;

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::browser::browser;
use crate::build::{self, Built};
use crate::run::{output, say};
use crate::up;

const DOCUMENT: &str = "docs/benchmarks.md";
const MARKERS: (&str, &str) = ("<!-- measured -->", "<!-- /measured -->");

/// Everything.
pub(crate) fn all() -> Result<()> {
    let built = build::all()?;
    let sizes = size::measure(&built)?;
    let (served, peak_kb) = serve::measure(&built, &sizes[0])?;
    let signed = signed::measure()?;
    let mine = mine::measure(&built)?;
    let keystrokes = script(&built, "bench/keystrokes.mjs")?;
    let forms = forms::measure(&built)?;
    let lighthouse = script(&built, "bench/lighthouse.mjs")?;
    let mut lines = vec!["| what | promised | measured |".to_owned(), "|---|---|---|".to_owned()];
    for one in &sizes {
        let (visit, kb) = (one.first_visit(), size::FIRST_VISIT);
        lines.push(format!("| first visit, {} | {kb} bytes | {visit} bytes |", one.lang));
        for (file, bytes) in &one.files {
            lines.push(format!("| . `{}` | | {bytes} |", without_hash(file)));
        }
        let (index, finding) = (one.index, one.finding);
        lines.push(format!(
            "| index, {}, and its piece of the app | {} bytes | {index} and {finding} bytes |",
            one.lang,
            size::INDEX
        ));
    }
    for one in &served {
        let (path, ratio) = (without_hash(&one.path), one.ours / one.bare);
        let figures = format!("{:.0} against {:.0} requests a second", one.ours, one.bare);
        lines.push(format!("| `{path}` ({} bytes) to a bare handler | 0.70 | {ratio:.2} ({figures}) |", one.bytes));
    }
    for one in &signed {
        let (database, ratio) = (one.database, one.with / one.without);
        let figures = format!("{:.0} against {:.0} requests a second", one.with, one.without);
        lines.push(format!("| signed in, to the same without a session, {database} | 0.50 | {ratio:.2} ({figures}) |"));
    }
    for [what, promised, measured] in &mine {
        lines.push(format!("| {what} | {promised} | {measured} |"));
    }
    lines.push(format!("| memory at its highest under that load | 80 MB | {} MB |", peak_kb / 1_024));
    for line in keystrokes.lines() {
        lines.push(format!("| keystroke to painted result, 4x slow-down | p95 16 ms | `{line}` |"));
    }
    for line in forms.lines() {
        lines.push(format!("| answer to painted screen, 4x slow-down, no network | p95 16 ms | `{line}` |"));
    }
    for line in lighthouse.lines() {
        lines.push(format!("| Lighthouse 12.8.2, mobile | 95, 100, 100, 100 | `{line}` |"));
    }
    lines.push(format!("| the machine | | {} |", machine()));
    write(MARKERS, &lines.join("\n"))?;
    size::check(&sizes)
}

/// Only the sizes, against their budget.
pub(crate) fn size_only() -> Result<()> {
    let built = build::all()?;
    check_budget(&built)
}

/// One of the other parts; prints its figures and writes nothing.
pub(crate) fn part(name: &str) -> Result<()> {
    if name == "signed" {
        return signed::measure().map(drop);
    }
    let built = build::all()?;
    // Brings the catalogue of today into the database of the bench.
    let sizes = size::measure(&built)?;
    match name {
        "keystrokes" => script(&built, "bench/keystrokes.mjs").map(drop),
        "mine" => mine::measure(&built).map(drop),
        "forms" => forms::measure(&built).map(drop),
        "serve" => serve::measure(&built, &sizes[0]).map(drop),
        _ => script(&built, "bench/lighthouse.mjs").map(drop),
    }
}

/// Our search beside other engines.
pub(crate) fn search() -> Result<()> {
    engines::measure()
}

/// Fails when the first visit or an index is larger than allowed.
pub(crate) fn check_budget(built: &Built) -> Result<()> {
    size::check(&size::measure(built)?)
}

/// What a script prints when it is told the address of a server.
fn script(built: &Built, path: &str) -> Result<String> {
    say(&format!("{path} (a minute or two)"));
    let address = up::free_address()?;
    let _server = up::serve(&built.durvis, &address, size::DATABASE, &up::QUIET)?;
    let printed = output(Command::new("node").args([path, &address]).env("CHROMIUM", browser()?))?;
    print!("{printed}");
    Ok(printed)
}

/// Its cores and memory.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kb = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse().ok());
    format!("{cores} cores, {} MB", kb.unwrap_or(0_u64) / 1_024)
}

/// A file's name as it is before the build names it by its content.
fn without_hash(path: &str) -> String {
    let is_hash = |part: &&str| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    path.split('.').filter(|part| !is_hash(part)).collect::<Vec<_>>().join(".")
}

/// Replaces what stands between the markers; what people wrote around them stays.
fn write(markers: (&str, &str), measured: &str) -> Result<()> {
    let text = fs::read_to_string(DOCUMENT).context(DOCUMENT)?;
    let (before, rest) = text.split_once(markers.0).context("the first marker")?;
    let (_, after) = rest.split_once(markers.1).context("the second marker")?;
    fs::write(DOCUMENT, format!("{before}{}\n{measured}\n{}{after}", markers.0, markers.1))?;
    say(&format!("written to {DOCUMENT}"));
    Ok(())
}
