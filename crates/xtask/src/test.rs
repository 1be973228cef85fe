//! `cargo xtask test`: every test there is, and a last line that counts them.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::run::{run, say};
use crate::{bench, browser, build, fuzz, postgres, setup};

/// How many tests passed and failed.
#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
}

pub(crate) fn test() -> Result<()> {
    say("looking for what the tests need");
    let browser = browser::browser()?;
    let postgres = postgres::programs()?;
    say("the code's form (clippy compiles everything once: about 4 minutes the first time)");
    run(Command::new("cargo").args(["fmt", "--all", "--check"]))?;
    // In the profile of what is built after it: macros and build scripts are compiled once.
    let clippy = ["clippy", "--quiet", "--release", "--workspace", "--all-targets", "--", "-D", "warnings"];
    run(Command::new("cargo").args(clippy))?;
    let built = build::server_and_tests()?;
    say("the tests on the host");
    let mut tally = rust_tests(&postgres)?;
    build::site(&setup::tools()?)?;
    say("the sample catalogue");
    run(Command::new(&built.durvis).args(["catalogue", "check", "server/content"]))?;
    bench::check_budget(&built)?;
    for went_well in fuzz::fuzz()? {
        tally.passed += u32::from(went_well);
        tally.failed += u32::from(!went_well);
    }
    say("the portal in a browser (about 7 minutes)");
    let browsed = end_to_end(&browser)?;
    tally.passed += browsed.passed;
    tally.failed += browsed.failed;
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed > 0 {
        bail!("tests failed");
    }
    Ok(())
}

fn rust_tests(postgres: &Path) -> Result<Tally> {
    let mut command = Command::new("cargo");
    command.args(["test", "--release", "--workspace", "--no-fail-fast"]).env("XTASK_POSTGRES", postgres);
    let output = command.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut tally = Tally::default();
    for line in text.lines().filter(|line| line.starts_with("test result:")) {
        tally.passed += count_before(line, "passed");
        tally.failed += count_before(line, "failed");
    }
    if !output.status.success() {
        print!("{text}");
        if tally.failed == 0 {
            bail!("the tests on the host did not come to their end");
        }
    }
    say(&format!("on the host: {} passed, {} failed", tally.passed, tally.failed));
    Ok(tally)
}

fn end_to_end(browser: &Path) -> Result<Tally> {
    let mut command = Command::new("node_modules/.bin/playwright");
    command.args(["test", "--config", "end2end/playwright.config.ts"]);
    command.env("CHROMIUM", browser).env("FORCE_COLOR", "0");
    let output = command.stderr(Stdio::inherit()).output().context("cannot start playwright")?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    let count = |word| text.lines().rev().find_map(|line| Some(count_before(line, word)).filter(|count| *count > 0));
    let tally = Tally { passed: count("passed").unwrap_or(0), failed: count("failed").unwrap_or(0) };
    if !output.status.success() && tally.failed == 0 || tally.passed + tally.failed == 0 {
        bail!("the tests in the browser did not come to their end");
    }
    Ok(tally)
}

/// The number that stands before a word: `3 passed` is 3.
fn count_before(line: &str, word: &str) -> u32 {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::count_before;

    #[test]
    fn counts_are_read_out_of_what_test_runners_print() {
        let line = "test result: ok. 11 passed; 2 failed; 0 ignored; finished in 0.00s";
        assert_eq!((count_before(line, "passed"), count_before(line, "failed")), (11, 2));
        assert_eq!(count_before("  27 passed (1.2m)", "passed"), 27);
        assert_eq!(count_before("no number passed", "passed"), 0);
    }
}
