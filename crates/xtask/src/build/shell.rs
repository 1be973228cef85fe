//! The documents of each language: app/shell/*.html with the texts of the interface filled in. What only the catalogue
//! knows stays to be filled in by the server (server/src/site/shell.rs).

use std::fs;

use anyhow::{Context, Result, bail};
use durvis_texts::{Entry, LANGUAGES, Texts};

/// Path below the site's root, and content.
pub(super) fn documents(all: &[Texts], texts_url: impl Fn(&str) -> String) -> Result<Vec<(String, String)>> {
    let read =
        |name: &str| fs::read_to_string(format!("app/shell/{name}")).with_context(|| format!("app/shell/{name}"));
    let document = read("document.html")?;
    let sprite = sprite(&fs::read_to_string("public/icons.svg")?);
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

/// The sprite as part of a document: out of sight, without its file's head.
fn sprite(file: &str) -> String {
    let symbols = file.find("<symbol").map_or("", |start| file[start..].trim_end().trim_end_matches("</svg>"));
    format!("<svg width=\"0\" height=\"0\" aria-hidden=\"true\">{}</svg>", symbols.replace('\n', ""))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
