//! Links the browser app in pieces. rustc calls us as the linker of its WASM target: we let the real one link all of it,
//! then move what a function marked `#[wasm_split(NAME)]` alone needs into a file of its own, fetched when it is first called.
//!
//! What the build takes from here: the main piece where rustc expects its output, the others and the JS that loads them in
//! [`PIECES`].

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::run::{output, run};

/// The folder of the pieces, below the target folder.
pub(crate) const PIECES: &str = "target/pieces";
/// The JS that loads them, in that folder.
pub(crate) const LOADER: &str = "load.js";
/// What it calls the JS of the main piece.
pub(crate) const MAIN_JS: &str = "./durvis-app.js";

/// What the linker calls the table of functions, and what we do: wasm-bindgen takes the export of that name away, and the
/// pieces need it. As long as the other.
pub(crate) const TABLE: (&str, &str) = ("__indirect_function_table", "__wasm_split_shared_table");

/// The environment that makes cargo link by us.
pub(crate) fn linker() -> Result<(&'static str, PathBuf)> {
    Ok(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", env::current_exe()?))
}

/// Whether it is rustc that calls.
pub(crate) fn is_called(arguments: &[String]) -> bool {
    arguments.first().is_some_and(|first| first == "-flavor")
}

/// Links by rustc's arguments.
pub(crate) fn link(arguments: &[String]) -> Result<()> {
    run(Command::new(lld()?).args(arguments).arg("--emit-relocs"))?;
    let at = arguments.iter().position(|argument| argument == "-o").context("no -o among the linker's arguments")?;
    let linked = Path::new(arguments.get(at + 1).context("no file after -o")?);
    let whole = fs::read(linked)?;
    let pieces = crate::run::root().join(PIECES);
    if pieces.exists() {
        fs::remove_dir_all(&pieces)?;
    }
    fs::create_dir_all(&pieces)?;
    let mut options = Options::new(&whole);
    options.output_dir = &pieces;
    options.main_out_path = linked;
    options.link_name = LOADER;
    options.main_module = MAIN_JS;
    transform(options).map_err(|error| anyhow!("splitting {}: {error:#}", linked.display()))?;
    let main = with_table(fs::read(linked)?)?;
    Ok(fs::write(linked, main)?)
}

/// The main piece, exporting its table by our name.
fn with_table(mut main: Vec<u8>) -> Result<Vec<u8>> {
    // An export: the length of the name, the name, and 1 for a table.
    let named = |name: &str| [&[name.len() as u8], name.as_bytes(), &[1]].concat();
    let (theirs, ours) = (named(TABLE.0), named(TABLE.1));
    let mut found = main.windows(theirs.len()).enumerate().filter(|(_, bytes)| *bytes == theirs);
    let (Some((at, _)), None) = (found.next(), found.next()) else { bail!("the main piece exports no table") };
    main[at..at + ours.len()].copy_from_slice(&ours);
    Ok(main)
}

/// The linker that comes with rustc.
fn lld() -> Result<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let host = output(Command::new("rustc").args(["--print", "host-tuple"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib").join(host.trim()).join("bin/rust-lld"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_exported_by_our_name() {
        let export = |name: &str| [b"\x07\x19".as_slice(), name.as_bytes(), b"\x01\x00"].concat();
        assert_eq!(with_table(export(TABLE.0)).unwrap(), export(TABLE.1));
        assert!(with_table(export("memory")).is_err());
    }
}
