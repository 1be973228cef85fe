//! Short names between the WASM and its JS. wasm-bindgen names every function that passes between them by what it does and a
//! hash: five kilobytes of a citizen's download. wasm-opt shortens them in the WASM and says how; the JS follows.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::run::output;

/// What the JS calls the module of its functions, and what wasm-opt makes of it.
const MODULE: (&str, &str) = ("\"./durvis-app_bg.js\"", "\"a\"");

/// What wasm-opt tells.
#[derive(Deserialize)]
struct Names {
    /// Module, name, short name.
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

/// Reads Trunk's files, and writes `target/durvis-app_bg.wasm` and `target/durvis-app.long.js`, for the minifier.
pub(super) fn shorten() -> Result<()> {
    let mut opt = Command::new("node_modules/.bin/wasm-opt");
    opt.args(["target/trunk/durvis-app_bg.wasm", "--all-features", "--strip-target-features"]);
    opt.args(["--strip-producers", "--minify-imports-and-exports-and-modules"]);
    let told = output(opt.args(["-o", "target/durvis-app_bg.wasm"]))?;
    let names: Names = serde_json::from_str(&told).context("the names that wasm-opt told")?;
    let js = fs::read_to_string("target/trunk/durvis-app.js").context("trunk left no JS")?;
    fs::write("target/durvis-app.long.js", renamed(&js, &names)?)?;
    Ok(())
}

/// The JS with the short names: keys of the object of imports (`name:`), and properties of the instance (`wasm.name`).
fn renamed(js: &str, names: &Names) -> Result<String> {
    let imports: BTreeMap<&str, &str> = names.imports.iter().map(|(_, long, short)| (&long[..], &short[..])).collect();
    let exports: BTreeMap<&str, &str> = names.exports.iter().map(|(long, short)| (&long[..], &short[..])).collect();
    let mut out = String::with_capacity(js.len());
    let mut keys = 0;
    let mut rest = js;
    while let Some(start) = rest.find(|letter| is_letter(letter)) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|letter| !is_letter(letter)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        out.push_str(before);
        match (imports.get(word), exports.get(word)) {
            (Some(short), _) if after.starts_with(':') => {
                out.push_str(&format!("{short:?}"));
                keys += 1;
            }
            (_, Some(short)) if out.ends_with("wasm.") => out.push_str(short),
            _ => out.push_str(word),
        }
        rest = after;
    }
    out.push_str(rest);
    if keys != names.imports.len() || !out.contains(MODULE.0) {
        bail!("{keys} of {} imports stand in the JS: wasm-bindgen writes it otherwise", names.imports.len());
    }
    Ok(out.replace(MODULE.0, MODULE.1))
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_get_the_same_names() {
        let names = Names {
            imports: vec![("m".into(), "__wbg_new_1".into(), "A".into())],
            exports: vec![("main".into(), "B".into()), ("memory".into(), "$".into())],
        };
        let js = "const i = { __wbg_new_1: function(a) { main(a, wasm.memory.buffer); } };\nx = { \"./durvis-app_bg.js\": i }; wasm.main();";
        let short = "const i = { \"A\": function(a) { main(a, wasm.$.buffer); } };\nx = { \"a\": i }; wasm.B();";
        assert_eq!(renamed(js, &names).unwrap(), short);
        assert!(renamed("nothing of the kind", &names).is_err());
    }
}
