//! What the citizen's own record costs: each list of a full workspace, one after the other; and two hundred open workspaces at
//! once, on SQLite with one server, on PostgreSQL with two.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::load::{Latencies, latencies};
use super::streams::{self, Citizen, Stream};
use crate::build::Built;
use crate::postgres;
use crate::run::{Ending, Running, run, say};
use crate::up;

const CITIZENS: usize = 200;
/// Requests of each list.
const TIMES: usize = 200;
/// The load: so many requests a second, for so long.
const A_SECOND: u32 = 50;
const FOR: Duration = Duration::from_secs(30);
/// How long a notice may take from one server to a browser at another.
const ARRIVES_WITHIN: Duration = Duration::from_secs(10);
/// The lists, and a search over all payments.
const LISTS: [(&str, &str); 7] = [
    ("overview", "/api/v1/overview?lang=lv"),
    ("notices", "/api/v1/notices?lang=lv"),
    ("submissions", "/api/v1/uses?lang=lv"),
    ("bills to pay", "/api/v1/bills?lang=lv&paid=false"),
    ("payments", "/api/v1/bills?lang=lv&paid=true"),
    ("payments by words and amount", "/api/v1/bills?lang=lv&paid=true&q=atbalsts&min_cents=900"),
    ("documents", "/api/v1/documents?lang=lv"),
];
const CONTENT: &str = "server/content";

/// The line that the example prints.
#[derive(Deserialize)]
struct Told {
    address: String,
    database: String,
    keys: String,
    files: String,
    cookies: Vec<String>,
    /// Id and secret of an institution's program, and a case for it.
    client: [String; 2],
    case: String,
}

/// What was measured, as lines of the table: what, promised, measured.
pub(crate) type Lines = Vec<[String; 3]>;

/// On both databases.
pub(crate) fn measure(built: &Built) -> Result<Lines> {
    run(Command::new("cargo").args(["build", "--release", "--workspace", "--example", "filled"]))?;
    let mut lines = Lines::new();
    for (kind, name, servers) in [("sqlite", "SQLite", 1), ("postgres", "PostgreSQL", 2)] {
        say(&format!("a full workspace on {name} (a minute or two)"));
        let (told, _running) = filled(kind)?;
        for (list, path) in LISTS {
            let head = format!("cookie: {}\r\n", told.cookies[0]);
            let told = latencies(&told.address, path, &head, TIMES)?.to_string();
            say(&format!("{list}, {name}: {told}"));
            lines.push([format!("{list} of a full workspace, {name}"), "p95 100 ms".into(), told]);
        }
        lines.extend(open_workspaces(built, &told, (name, servers))?);
    }
    Ok(lines)
}

fn filled(kind: &str) -> Result<(Told, Ending)> {
    let mut command = Command::new("target/release/examples/filled");
    command.args([kind, CONTENT, &CITIZENS.to_string()]).env("XTASK_POSTGRES", postgres::programs()?);
    let mut running = Ending(command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?);
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().context("a standard output")?).read_line(&mut line)?;
    let told = serde_json::from_str(&line).context("the example ended before it told where it is")?;
    Ok((told, running))
}

/// Every citizen with an open stream, and requests from all of them, by the portal itself with its limits.
fn open_workspaces(built: &Built, told: &Told, (name, servers): (&str, usize)) -> Result<Lines> {
    let (keys, files) = (told.keys.as_str(), told.files.as_str());
    // Each citizen comes from an address of their own, as a proxy before the portal would say.
    let settings =
        [("DURVIS_KEYS", keys), ("DURVIS_FILES", files), ("DURVIS_PROXIES", "127.0.0.1"), ("DURVIS_LOG", "warn")];
    let mut running: Vec<(String, Running)> = Vec::new();
    for _ in 0..servers {
        let address = up::free_address()?;
        let server = up::serve(&built.durvis, &address, &told.database, &settings)?;
        running.push((address, server));
    }
    let citizens: Vec<Citizen> = told
        .cookies
        .iter()
        .enumerate()
        .map(|(number, cookie)| Citizen {
            address: running[number % servers].0.clone(),
            head: format!("cookie: {cookie}\r\nx-forwarded-for: 198.51.{}.{}\r\n", number / 250, number % 250 + 1),
        })
        .collect();
    let mut open: Vec<Stream> = citizens.iter().map(Stream::open).collect::<Result<_>>()?;
    let paths: Vec<&str> = LISTS.iter().take(3).map(|(_, path)| *path).collect();
    let load = streams::load(&citizens, &paths, A_SECOND, FOR)?;
    let mut lines = Lines::new();
    let who = format!("{CITIZENS} open workspaces, {A_SECOND} requests a second, {name}, {servers} server(s)");
    say(&format!("{who}: {load}"));
    lines.push([who.clone(), "no errors".into(), load.to_string()]);
    // The first citizen listens at the first server; the institution asks the last.
    let raised = Instant::now();
    streams::take_case(&running[servers - 1].0, &told.client, &told.case)?;
    if !open[0].hears(ARRIVES_WITHIN)? {
        bail!("a notice did not reach an open workspace within {} s", ARRIVES_WITHIN.as_secs());
    }
    let arrived = format!("{} ms", raised.elapsed().as_millis());
    say(&format!("a notice from the institution's request to the browser: {arrived}"));
    lines.push([format!("a notice to an open workspace, {name}, {servers} server(s)"), "at once".into(), arrived]);
    for (_, server) in &running {
        let peak = super::serve::peak_kb(server)? / 1_024;
        say(&format!("memory at its highest: {peak} MB"));
        lines.push([format!("memory at its highest then, {name}"), "150 MB".into(), format!("{peak} MB")]);
    }
    Ok(lines)
}

impl std::fmt::Display for Latencies {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |duration: Duration| duration.as_secs_f64() * 1_000.0;
        let (p50, p95, max) = (ms(self.p50), ms(self.p95), ms(self.max));
        write!(out, "{} requests, p50 {p50:.1}, p95 {p95:.1}, max {max:.1} ms", self.count)
    }
}
