//! `cargo xtask up`: from nothing to an open portal.

use std::ffi::OsStr;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::build;
use crate::http;
use crate::run::{Running, run, say};
use crate::sandbox::Sandbox;

const FIRST_PORT: u16 = 8080;
const PORTS: u16 = 20;
const DATABASE: &str = "sqlite://data/durvis.sqlite?mode=rwc";
/// Where the settings of the sandbox are written.
const SANDBOX: &str = "data/sandbox";
/// For servers that are measured: only what is wrong.
pub(crate) const QUIET: [(&str, &str); 1] = [("DURVIS_LOG", "warn")];
const READY_WITHIN: Duration = Duration::from_secs(60);
const ASK_EVERY: Duration = Duration::from_millis(100);

/// Serves until it is interrupted.
pub(crate) fn up() -> Result<()> {
    let mut open = start()?;
    say(&format!("the sandbox, with invented people, their mail and a bank, is at {}", open.sandbox.told.http));
    say(&format!("Durvis is open at http://{} (Ctrl-C closes it)", open.address));
    let status = open.server.0.wait()?;
    if status.success() { Ok(()) } else { bail!("the server ended: {status}") }
}

/// Serves, asks, and stops.
pub(crate) fn check() -> Result<()> {
    let open = start()?;
    for (path, wanted) in [
        ("/health/ready", "\"ready\""),
        ("/lv", "<h1"),
        ("/api/v1/services/declare-residence?lang=en", "\"declare-residence\""),
        ("/api/v1/sign-in/ways", "\"eid\""),
    ] {
        let (status, body) = http::get(&open.address, path)?;
        say(&format!("GET {path}: {status}, {} bytes", body.len()));
        if status != 200 || !body.contains(wanted) {
            bail!("GET {path} should be 200 and contain {wanted}");
        }
    }
    say("the portal answers");
    Ok(())
}

/// A portal with the world outside of it; both end when this is dropped.
struct Open {
    server: Running,
    address: String,
    sandbox: Sandbox,
}

/// Builds, imports the catalogue, and waits until the server is ready.
fn start() -> Result<Open> {
    let built = build::all()?;
    let sandbox = Sandbox::start(&built.sandbox, SANDBOX)?;
    say("importing the catalogue (ten seconds)");
    let import = |command: &mut Command| run(command.env("DURVIS_DATABASE_URL", DATABASE).env("DURVIS_LOG", "warn"));
    import(Command::new(&built.durvis).args(["catalogue", "import", "server/content"]))?;
    let address = free_address()?;
    let settings = [("DURVIS_CONFIG", sandbox.told.settings.as_os_str())];
    let server = serve(&built.durvis, &address, DATABASE, &settings)?;
    Ok(Open { server, address, sandbox })
}

/// A server at an address, once it is ready, with more variables.
pub(crate) fn serve(
    durvis: &Path,
    address: &str,
    database: &str,
    more: &[(&str, impl AsRef<OsStr>)],
) -> Result<Running> {
    let mut command = Command::new(durvis);
    command.arg("serve").env("DURVIS_LISTEN", address).env("DURVIS_DATABASE_URL", database);
    command.env("DURVIS_PUBLIC_URL", format!("http://{address}")).env("DURVIS_SITE", "dist");
    command.envs(more.iter().map(|(name, value)| (name, value)));
    let mut server = Running(command.spawn().context("cannot start the server")?);
    let until = Instant::now() + READY_WITHIN;
    while http::get(address, "/health/ready").map(|(status, _)| status).ok() != Some(200) {
        if let Some(status) = server.0.try_wait()? {
            bail!("the server ended before it was ready: {status}");
        }
        if Instant::now() > until {
            bail!("the server was not ready within {} seconds", READY_WITHIN.as_secs());
        }
        thread::park_timeout(ASK_EVERY);
    }
    Ok(server)
}

/// Waits until something listens.
pub(crate) fn wait_for(address: &str) -> Result<()> {
    let until = Instant::now() + READY_WITHIN;
    while std::net::TcpStream::connect(address).is_err() {
        if Instant::now() > until {
            bail!("nothing listens on {address}");
        }
        thread::park_timeout(ASK_EVERY);
    }
    Ok(())
}

/// The first free port from 8080 on.
pub(crate) fn free_address() -> Result<String> {
    let ports = FIRST_PORT..FIRST_PORT + PORTS;
    let free = ports.map(|port| format!("127.0.0.1:{port}")).find(|address| TcpListener::bind(address).is_ok());
    free.context("the ports from 8080 to 8099 are all taken")
}
