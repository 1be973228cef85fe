//! Short names between the WASM and its JS. wasm-bindgen names every function that passes between them by what it does and a
//! hash: five kilobytes of a citizen's download. wasm-opt shortens them in the WASM and says how; the JS follows, also the one
//! that loads the other pieces (crates/xtask/src/link.rs).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::link::{LOADER, PIECES, TABLE};
use crate::run::{output, run};

/// Where the JS names the modules of the WASM's imports. wasm-opt makes one of them.
const MODULES: &str = "\"./durvis-app_bg.js\": import0,\n        \"load.js\": import1,";
/// What wasm-opt calls it.
const MODULE: &str = "a";
/// What the linker calls a part that several pieces share; it is fetched with each of them.
const CHUNK: &str = "chunk_";
/// How long a piece may take on a slow line, in milliseconds.
const PIECE_WITHIN: u32 = 60_000;

/// What rustc's WASM uses, and every browser of the last years understands. With all that wasm-opt knows, it would write what
/// none understands yet.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What wasm-opt tells.
#[derive(Deserialize)]
struct Names {
    /// Module, name, short name.
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

/// Reads the files of Trunk and of the linker, and leaves in `target/site/` what the minifier bundles and what is served.
/// Gives the names of the pieces, `NAME` of `target/site/NAME.wasm`; what several of them share is one, too, a [`CHUNK`].
pub(super) fn shorten() -> Result<Vec<String>> {
    let out = Path::new("target/site");
    fs::create_dir_all(out)?;
    let mut opt = Command::new("node_modules/.bin/wasm-opt");
    opt.arg("target/trunk/durvis-app_bg.wasm").args(FEATURES).arg("--strip-target-features");
    opt.args(["--strip-producers", "--minify-imports-and-exports-and-modules"]);
    let told = output(opt.arg("-o").arg(out.join("durvis-app_bg.wasm")))?;
    let names: Names = serde_json::from_str(&told).context("the names that wasm-opt told")?;
    let js = fs::read_to_string("target/trunk/durvis-app.js").context("trunk left no JS")?;
    fs::write(out.join("durvis-app.js"), renamed(&js, &names)?)?;
    let pieces = pieces()?;
    let loader = fs::read_to_string(Path::new(PIECES).join(LOADER)).context("the linker left no loader")?;
    fs::write(out.join(LOADER), loaded(&loader, &pieces, &names)?)?;
    for piece in &pieces {
        let mut opt = Command::new("node_modules/.bin/wasm-opt");
        opt.arg(format!("{PIECES}/{}", file(piece))).args(FEATURES).args(["-Oz", "--strip-debug"]);
        opt.args(["--strip-producers", "--strip-target-features", "-o"]).arg(out.join(format!("{piece}.wasm")));
        run(&mut opt)?;
    }
    Ok(pieces)
}

fn pieces() -> Result<Vec<String>> {
    let mut pieces = Vec::new();
    for entry in fs::read_dir(PIECES).context("the linker left no pieces")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".wasm") else { continue };
        let own = stem.strip_prefix("split_").or(Some(stem).filter(|stem| stem.starts_with(CHUNK)));
        pieces.extend(own.map(str::to_owned));
    }
    pieces.sort_unstable();
    Ok(pieces)
}

/// The chunks that a piece needs, as the linker's loader lists them: above each stand the pieces that share it.
pub(super) fn chunks_of(piece: &str) -> Result<Vec<String>> {
    let loader = fs::read_to_string(Path::new(PIECES).join(LOADER)).context("the linker left no loader")?;
    Ok(shared(&loader, piece))
}

fn shared(loader: &str, piece: &str) -> Vec<String> {
    let mut chunks = Vec::new();
    for part in loader.split("/* ").skip(1) {
        let Some((pieces, rest)) = part.split_once(" */") else { continue };
        let Some(rest) = rest.trim_start().strip_prefix("const __") else { continue };
        let name = rest.split_whitespace().next().unwrap_or_default();
        if name.starts_with(CHUNK) && pieces.split(", ").any(|one| one == piece) {
            chunks.push(name.to_owned());
        }
    }
    chunks
}

/// What the linker calls a piece.
fn file(piece: &str) -> String {
    if piece.starts_with(CHUNK) { format!("{piece}.wasm") } else { format!("split_{piece}.wasm") }
}

/// The loader: it takes from the main piece by the short names, and fetches within a bound what the site will name.
fn loaded(js: &str, pieces: &[String], names: &Names) -> Result<String> {
    let (start, rest) = js.split_once("const { ").context("the loader takes nothing from the main piece")?;
    let (shared, rest) = rest.split_once("} = initSync").context("the loader takes nothing from the main piece")?;
    let short = |long: &str| {
        let ours = if long == TABLE.0 { TABLE.1 } else { long };
        names.exports.iter().find(|(name, _)| name == ours).map(|(_, short)| short.as_str())
    };
    let mut taken = String::new();
    for long in shared.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        taken += &format!("{:?}: {long}, ", short(long).with_context(|| format!("the main piece has no {long}"))?);
    }
    let mut out = format!("{start}const {{ {taken}}} = initSync{rest}");
    for piece in pieces {
        let fetched = format!("fetch(new URL(\"./{}\", import.meta.url))", file(piece));
        if !out.contains(&fetched) {
            bail!("the loader does not fetch the piece {piece}");
        }
        let bounded = format!("fetch(\"/assets/{piece}.wasm\", {{ signal: AbortSignal.timeout({PIECE_WITHIN}) }})");
        out = out.replace(&fetched, &bounded);
    }
    Ok(out)
}

/// The JS with the short names: keys of the object of imports (`name:`), and properties of the instance (`wasm.name`).
fn renamed(js: &str, names: &Names) -> Result<String> {
    let imports: BTreeMap<&str, &str> = names.imports.iter().map(|(_, long, short)| (&long[..], &short[..])).collect();
    let exports: BTreeMap<&str, &str> = names.exports.iter().map(|(long, short)| (&long[..], &short[..])).collect();
    let mut out = String::with_capacity(js.len());
    let mut keys = 0;
    let mut rest = js;
    while let Some(start) = rest.find(is_letter) {
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
    let loads: Vec<_> = names.imports.iter().filter(|(module, ..)| module == LOADER).collect();
    if keys + loads.len() != names.imports.len() || !out.contains(MODULES) {
        bail!("{keys} of {} imports stand in the JS: wasm-bindgen writes it otherwise", names.imports.len());
    }
    let loads: String = loads.iter().map(|(_, long, short)| format!(", {short:?}: import1.{long}")).collect();
    let out = out.replace(MODULES, &format!("{MODULE:?}: {{ ...import0{loads} }},"));
    Ok(out.replace("from \"load.js\"", "from \"./load.js\""))
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_needs_the_chunks_that_it_shares() {
        let loader = "/* desk, finding */\nconst __chunk_7 = makeLoad();\n/* desk, wizard */\nconst __chunk_8 = makeLoad();\n\
            /* finding */\nexport const other = 1;";
        assert_eq!(shared(loader, "finding"), ["chunk_7"]);
        assert_eq!(shared(loader, "desk"), ["chunk_7", "chunk_8"]);
        assert!(shared(loader, "find").is_empty());
    }

    #[test]
    fn both_sides_get_the_same_names() {
        let load = (LOADER.into(), "__wasm_split_load_finding".into(), "C".into());
        let names = Names {
            imports: vec![("m".into(), "__wbg_new_1".into(), "A".into()), load],
            exports: vec![("main".into(), "B".into()), ("memory".into(), "$".into())],
        };
        let js = "import * as import1 from \"load.js\"\nconst import0 = { __wbg_new_1: function(a) { main(a, wasm.memory.buffer); } };\nx = {\n        \"./durvis-app_bg.js\": import0,\n        \"load.js\": import1,\n}; wasm.main();";
        let short = "import * as import1 from \"./load.js\"\nconst import0 = { \"A\": function(a) { main(a, wasm.$.buffer); } };\nx = {\n        \"a\": { ...import0, \"C\": import1.__wasm_split_load_finding },\n}; wasm.B();";
        assert_eq!(renamed(js, &names).unwrap(), short);
        assert!(renamed("nothing of the kind", &names).is_err());
        let js = "const { memory,  } = initSync(0);\nfetch(new URL(\"./split_finding.wasm\", import.meta.url))";
        let bounded = "const { \"$\": memory, } = initSync(0);\nfetch(\"/assets/finding.wasm\", { signal: AbortSignal.timeout(60000) })";
        assert_eq!(loaded(js, &["finding".into()], &names).unwrap(), bounded);
        let (js, bounded) = (js.replace("split_finding", "chunk_3"), bounded.replace("finding", "chunk_3"));
        assert_eq!(loaded(&js, &["chunk_3".into()], &names).unwrap(), bounded);
        assert!(loaded(&js, &["other".into()], &names).is_err());
    }
}
