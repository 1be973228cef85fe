//! The documents of each language: app/shell/*.html with the texts of the interface filled in. What only the catalogue
//! knows stays to be filled in by the server (server/src/site/shell.rs).

use std::fs;
use std::path::Path;

use super::shorten::chunks_of;
use anyhow::{Context, Result, bail};
use durvis_texts::{Entry, LANGUAGES, Texts};

/// The piece that finds: fetched before the app asks for it, when nothing else is, and what it shares with others. The other
/// pieces are for few, and fetched when they are asked for.
const FINDING: &str = "finding";

/// Path below the site's root, and content.
pub(super) fn documents(
    all: &[Texts],
    pieces: &[String],
    texts_url: impl Fn(&str) -> String,
) -> Result<Vec<(String, String)>> {
    let chunks = chunks_of(FINDING)?;
    let early = pieces.iter().filter(|piece| *piece == FINDING || chunks.contains(piece));
    let prefetched: String = early
        .map(|piece| format!("<link rel=\"prefetch\" href=\"/assets/{piece}.wasm\" as=\"fetch\" crossorigin>\n"))
        .collect();
    let read =
        |name: &str| fs::read_to_string(format!("app/shell/{name}")).with_context(|| format!("app/shell/{name}"));
    let document = read("document.html")?;
    let named = sources(Path::new("app/src"))? + &sources(Path::new("app/shell"))?;
    let sprite = sprite(&fs::read_to_string("public/icons.svg")?, &named);
    let mut out = Vec::new();
    for (lang, texts) in LANGUAGES.iter().zip(all) {
        for kind in ["home", "page"] {
            let main = read(&format!("{kind}.html"))?;
            let mut html = document.replace("{{main}}", main.trim_end()).replace("{{sprite}}", &sprite);
            if kind == "home" {
                html = html.replace("{{title}}", "{{t.home.title}} - ");
            }
            for other in LANGUAGES {
                let current = if other == *lang { " aria-current=\"true\"" } else { "" };
                html = html.replace(&format!("{{{{current.{other}}}}}"), current);
            }
            // Most pages but the home page list.
            let early = if kind == "home" { "" } else { &prefetched };
            html = html.replace("{{pieces}}", early);
            let alphabet = if *lang == "ru" { "cyr" } else { "lat" };
            html = html.replace("{{font}}", &format!("/assets/commissioner-{alphabet}.woff2"));
            html = html.replace("{{texts}}", &texts_url(lang)).replace("{{lang}}", lang);
            out.push((format!("shell/{lang}.{kind}.html"), with_texts(&html, texts)?));
        }
    }
    Ok(out)
}

/// Fills in `{{t.key}}`; a `{name}` within a text becomes `{{name}}`, for the server.
fn with_texts(html: &str, texts: &Texts) -> Result<String> {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("{{t.") {
        let (key, after) = after.split_once("}}").context("an open {{t.")?;
        let Some(Entry::Text(text)) = texts.get(key) else { bail!("app/shell names the text {key:?}, which is none") };
        out.push_str(before);
        out.push_str(&escape(text).replace('{', "{{").replace('}', "}}"));
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// The sprite as part of a document: out of sight, without its file's head and without the symbols that nothing names.
fn sprite(file: &str, sources: &str) -> String {
    let symbols = file.split("<symbol").skip(1).filter_map(|rest| rest.split_once("</symbol>"));
    let used = symbols.filter(|(symbol, _)| {
        let name = symbol.split("\"i-").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        name.starts_with("life-")
            || sources.contains(&format!("\"{name}\""))
            || sources.contains(&format!("#i-{name}\""))
    });
    let used: String = used.map(|(symbol, _)| format!("<symbol{symbol}</symbol>")).collect();
    format!("<svg width=\"0\" height=\"0\" aria-hidden=\"true\">{}</svg>", used.replace('\n', ""))
}

/// The text of every source file that may name a symbol.
fn sources(folder: &Path) -> Result<String> {
    let mut all = String::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        all += &if path.is_dir() { sources(&path)? } else { fs::read_to_string(&path)? };
    }
    Ok(all)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
