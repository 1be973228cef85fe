//! What a session costs: a handler of the portal, and the same without a session, alternating in one run, on each database.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::load::requests_a_second;
use crate::postgres;
use crate::run::{Ending, run, say};

const ROUNDS: usize = 3;

/// The handler on one database, in requests a second.
pub(crate) struct Signed {
    pub(crate) database: &'static str,
    pub(crate) with: f64,
    pub(crate) without: f64,
}

/// The line that the example prints.
#[derive(Deserialize)]
struct Told {
    address: String,
    cookie: String,
}

/// On SQLite and on PostgreSQL.
pub(crate) fn measure() -> Result<Vec<Signed>> {
    say("signed in, against the same without a session");
    run(Command::new("cargo").args(["build", "--release", "--package", "durvis-server", "--example", "signed"]))?;
    let programs = postgres::programs()?;
    let one = |(argument, database)| {
        let mut command = Command::new("target/release/examples/signed");
        command.arg(argument).env("XTASK_POSTGRES", &programs).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = Ending(command.spawn()?);
        let mut line = String::new();
        BufReader::new(running.0.stdout.take().context("a standard output")?).read_line(&mut line)?;
        let told: Told = serde_json::from_str(&line).context("the example ended before it told its address")?;
        let cookie = format!("cookie: {}\r\n", told.cookie);
        let (mut with, mut without) = (0.0_f64, 0.0_f64);
        for _ in 0..ROUNDS {
            without = without.max(requests_a_second(&told.address, "/open", "")?);
            with = with.max(requests_a_second(&told.address, "/api/v1/contact", &cookie)?);
        }
        say(&format!("{database}: {with:.0} requests a second, without {without:.0}, ratio {:.2}", with / without));
        Ok(Signed { database, with, without })
    };
    [("sqlite", "SQLite"), ("postgres", "PostgreSQL")].into_iter().map(one).collect()
}
