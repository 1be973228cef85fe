//! `cargo xtask fuzz-api`: schemathesis reads the OpenAPI document and asks whatever comes to its mind, as nobody and as somebody
//! who is signed in. No answer may be a failure of ours, and none may be of a kind that the document does not tell.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::run::{cache, run, say};
use crate::signed::Signed;

const SCHEMATHESIS: &str = "4.32.5";
/// What the answers are held to.
const RULES: &str = "../server/tests/schemathesis.toml";
/// For each operation, besides the ones at its bounds.
const EXAMPLES: &str = "30";
/// What would end the session that asks.
const ENDS: [&str; 2] = ["delete_session", "delete_sessions"];

/// As nobody and as somebody; says whether each went well.
pub(crate) fn fuzz() -> Result<[bool; 2]> {
    let program = schemathesis()?;
    let server = Signed::start("sqlite", Some("server/content"))?;
    let ask = |name: &str, more: &[&str]| {
        say(&format!("asking the API, {name} (a minute)"));
        let mut command = Command::new(&program);
        command.args(["--config-file", RULES, "run", "--no-color", "--warnings", "off"]);
        // The same questions each time.
        command.args(["--generation-deterministic", "--max-examples", EXAMPLES]);
        command.arg("--url").arg(format!("http://{}", server.told.address));
        command.args(more).arg(format!("http://{}/api/openapi.json", server.told.address));
        // What it leaves beside it is to be thrown away.
        command
            .stdin(Stdio::null())
            .current_dir("target")
            .status()
            .context("cannot start schemathesis")
            .map(|status| status.success())
    };
    let nobody = ask("as nobody", &[])?;
    let cookie = format!("Cookie: {}", server.told.cookie);
    let mut more = vec!["--header", cookie.as_str(), "--header", "Sec-Fetch-Site: same-origin"];
    ENDS.iter().for_each(|id| more.extend(["--exclude-operation-id", id]));
    let somebody = ask("as somebody", &more)?;
    Ok([nobody, somebody])
}

/// It, in an environment of its own, made once for this machine.
fn schemathesis() -> Result<PathBuf> {
    let folder = cache().join(format!("tools/schemathesis-{SCHEMATHESIS}"));
    let program = folder.join("bin/schemathesis");
    if program.exists() {
        return Ok(program);
    }
    say(&format!("fetching schemathesis {SCHEMATHESIS} from PyPI (a minute)"));
    // One that was interrupted is begun anew.
    let _ = fs::remove_dir_all(&folder);
    let environment = || run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    if environment().is_err() {
        say("installing python3 with apt-get (a minute)");
        let get = |arguments: &[&str]| run(Command::new("apt-get").args(arguments));
        let installed =
            get(&["update", "-qq"]).and_then(|()| get(&["install", "-y", "-qq", "python3", "python3-venv"]));
        installed.and_then(|()| environment()).context("no Python: install it, with its module venv")?;
    }
    let wanted = format!("schemathesis=={SCHEMATHESIS}");
    run(Command::new(folder.join("bin/pip")).args(["install", "--quiet", &wanted]))?;
    Ok(program)
}
