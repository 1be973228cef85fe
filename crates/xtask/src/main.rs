//! `cargo xtask <command>`: everything that is done with this repository. Needs rustup, Node 20+ and nothing else of
//! ours: what is missing it sets up, saying so.

mod bench;
mod browser;
mod build;
mod e_service;
mod fuzz;
mod http;
mod link;
mod postgres;
mod relevance;
mod run;
mod sandbox;
mod setup;
mod signed;
mod test;
mod up;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask up            set up, build, import the catalogue, serve the portal with the sandbox beside it
cargo xtask up --check    the same, then ask the server for its health, a page and a service, and stop
cargo xtask test          set up and run every test; the last line counts them
cargo xtask build         only the browser app and the server
cargo xtask new-e-service NAME    a commented start in server/content/e-services
cargo xtask fuzz-api      only the API, asked whatever comes to schemathesis' mind
cargo xtask bench         measure size, search, serving and Lighthouse; writes docs/benchmarks.md
cargo xtask bench size    only the sizes, against their budget
cargo xtask bench keystrokes|forms|serve|signed|mine|lighthouse    only that; writes nothing
cargo xtask bench search  our search beside seven others; writes docs/benchmarks.md (the first time half an hour)
cargo xtask relevance [--json]    how well the judged queries find services
cargo xtask relevance misses      what the tuning half does not find among the first three
cargo xtask tune          better weights, by the tuning half of the judged queries; writes nothing";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if link::is_called(&arguments) {
        return ended(link::link(&arguments));
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    ended(command(&arguments))
}

fn ended(result: Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[&str]) -> Result<()> {
    std::env::set_current_dir(run::root())?;
    match arguments {
        ["up"] => up::up(),
        ["up", "--check"] => up::check(),
        ["test"] => test::test(),
        ["build"] => build::all().map(drop),
        ["new-e-service", name] => e_service::new(name),
        ["fuzz-api"] => fuzz_api(),
        ["bench"] => bench::all(),
        ["bench", "size"] => bench::size_only(),
        ["bench", part @ ("keystrokes" | "forms" | "serve" | "signed" | "mine" | "lighthouse")] => bench::part(part),
        ["bench", "search"] => bench::search(),
        ["relevance"] => relevance::measure(false),
        ["relevance", "--json"] => relevance::measure(true),
        ["relevance", "misses"] => relevance::misses(),
        ["tune"] => relevance::tune(),
        [] | ["help" | "--help"] => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("unknown: {}\n{USAGE}", other.join(" ")),
    }
}

fn fuzz_api() -> Result<()> {
    build::all()?;
    if fuzz::fuzz()? == [true; 2] { Ok(()) } else { bail!("the API answered what it must not") }
}
