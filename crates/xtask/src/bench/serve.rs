//! Static files against a bare axum handler of the same size, alternating in one run; then the server's memory.

use std::process::Command;

use anyhow::{Context, Result};

use super::load::requests_a_second;
use super::size::Sizes;
use crate::build::Built;
use crate::run::{Running, run, say};
use crate::up;

const ROUNDS: usize = 3;

/// One file, and its ratio to the bare handler.
pub(crate) struct Served {
    pub(crate) path: String,
    pub(crate) bytes: usize,
    pub(crate) ours: f64,
    pub(crate) bare: f64,
}

/// The style sheet and the index; and VmHWM in kB after the load.
pub(crate) fn measure(built: &Built, sizes: &Sizes) -> Result<(Vec<Served>, u64)> {
    say("serving, against a bare axum handler");
    run(Command::new("cargo").args(["build", "--release", "--workspace", "--example", "bare"]))?;
    let address = up::free_address()?;
    let server = up::serve(&built.durvis, &address, super::size::DATABASE, &up::QUIET)?;
    let style = sizes.files.iter().find(|(path, _)| path.ends_with(".css")).context("a style sheet")?.clone();
    let mut served = Vec::new();
    for (path, bytes) in [style, (sizes.index_path.clone(), sizes.index)] {
        let port = up::free_address()?.rsplit(':').next().unwrap_or_default().to_owned();
        let mut bare = Command::new("target/release/examples/bare");
        let _bare = Running(bare.args([&port, &bytes.to_string()]).spawn()?);
        let bare_address = format!("127.0.0.1:{port}");
        up::wait_for(&bare_address)?;
        let (mut ours, mut bare) = (0.0_f64, 0.0_f64);
        for _ in 0..ROUNDS {
            bare = bare.max(requests_a_second(&bare_address, "/", "")?);
            ours = ours.max(requests_a_second(&address, &path, "")?);
        }
        say(&format!("{path}: {ours:.0} requests a second, bare {bare:.0}, ratio {:.2}", ours / bare));
        served.push(Served { path, bytes, ours, bare });
    }
    let peak = peak_kb(&server)?;
    say(&format!("memory at its highest: {peak} kB"));
    Ok((served, peak))
}

/// VmHWM of a server that runs, in kB.
pub(super) fn peak_kb(server: &Running) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.0.id()))?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    Ok(peak.trim().trim_end_matches(" kB").parse()?)
}
