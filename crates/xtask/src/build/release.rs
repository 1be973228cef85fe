//! The site as it is served: every file named by its final bytes, with its compressed forms beside it.
//!
//! Trunk names the WASM before wasm-opt changes it, and its JS after the WASM; under immutable caching that breaks apps.
//! So the names are made here, last. The files of the two builds before stay in `dist/assets`, for browsers that are
//! still on them. The folder is swapped in whole at the end.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::shell::documents;

/// How many builds' files stay.
const BUILDS_KEPT: usize = 3;

/// The files to be, by path below the site's root.
#[derive(Default)]
struct Site {
    files: BTreeMap<String, Vec<u8>>,
    /// Final names by first ones, both as URLs.
    names: Vec<(String, String)>,
}

/// Makes `dist/` out of what trunk and the style bundler left in `target/`.
pub(super) fn assemble(pieces: &[String]) -> Result<()> {
    let texts = durvis_texts::load(Path::new("app/texts")).map_err(|mistakes| anyhow::anyhow!(mistakes.join("\n")))?;
    let mut site = Site::default();
    for font in ["commissioner-lat.woff2", "commissioner-cyr.woff2"] {
        site.asset(font, fs::read(format!("public/fonts/{font}"))?);
    }
    site.asset("style.css", site.renamed(&read_text("target/style.css")?).into_bytes());
    for (lang, texts) in durvis_texts::LANGUAGES.iter().zip(&texts) {
        site.asset(&format!("texts.{lang}.json"), serde_json::to_vec(&durvis_texts::array(texts))?);
    }
    for name in pieces.iter().map(String::as_str).chain(["durvis-app_bg"]) {
        let wasm = fs::read(format!("target/site/{name}.wasm")).context("wasm-opt left no WASM")?;
        site.asset(&format!("{name}.wasm"), wasm);
    }
    // It names the pieces.
    site.asset("durvis-app.js", site.renamed(&read_text("target/durvis-app.js")?).into_bytes());
    site.asset("start.js", site.renamed(&read_text("app/shell/start.js")?).into_bytes());
    let url = |lang: &str| site.url(&format!("/assets/texts.{lang}.json"));
    for (path, html) in documents(&texts, pieces, url)? {
        let html = site.renamed(&html).into_bytes();
        site.files.insert(path, html);
    }
    site.public(Path::new("public"))?;
    site.worker()?;
    site.write()
}

fn read_text(path: &str) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.to_owned())
}

impl Site {
    /// Adds a file named by its bytes: `assets/name.hash.extension`.
    fn asset(&mut self, name: &str, bytes: Vec<u8>) {
        let (stem, extension) = name.rsplit_once('.').expect("a file with an extension");
        let path = format!("assets/{stem}.{}.{extension}", short_hash(&bytes));
        self.names.push((format!("/assets/{name}"), format!("/{path}")));
        self.files.insert(path, bytes);
    }

    fn url(&self, first: &str) -> String {
        let found = self.names.iter().find(|(name, _)| name == first);
        found.map_or_else(|| first.to_owned(), |(_, last)| last.clone())
    }

    /// A text with every first name replaced.
    fn renamed(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (first, last)| text.replace(first, last))
    }

    /// The files that keep their names: icons, manifests, robots.txt.
    fn public(&mut self, folder: &Path) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.public(&path)?;
                continue;
            }
            let relative = path.strip_prefix("public")?.to_string_lossy().into_owned();
            if !["sw.js", "icons.svg"].contains(&relative.as_str()) && !relative.starts_with("fonts/") {
                self.files.insert(relative, fs::read(&path)?);
            }
        }
        Ok(())
    }

    /// The service worker, told its release and the files of it.
    fn worker(&mut self) -> Result<()> {
        let hashes: String = self.files.values().map(|bytes| short_hash(bytes)).collect();
        let release = short_hash(hashes.as_bytes());
        let mut urls: Vec<String> = self
            .files
            .keys()
            .filter_map(|path| match path.strip_prefix("shell/") {
                Some(document) => {
                    document.strip_suffix(".html").map(|name| format!("/shell/{}", name.replace('.', "/")))
                }
                None => Some(format!("/{path}")),
            })
            .collect();
        urls.retain(|url| url != "/robots.txt");
        let worker = read_text("public/sw.js")?;
        for place in ["\"__RELEASE__\"", "[\"__FILES__\"]"] {
            if !worker.contains(place) {
                bail!("public/sw.js lacks {place}");
            }
        }
        let worker = worker.replace("\"__RELEASE__\"", &json!(release).to_string());
        let worker = worker.replace("[\"__FILES__\"]", &json!(urls).to_string());
        self.files.insert("sw.js".into(), worker.into_bytes());
        Ok(())
    }

    /// Writes all of it beside the present site, then swaps.
    fn write(self) -> Result<()> {
        let (new, old, dist) = (Path::new("target/site.new"), Path::new("target/site.old"), Path::new("dist"));
        for folder in [new, old] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        let mut builds = kept_builds(dist);
        let own: Vec<&String> = self.files.keys().filter(|path| path.starts_with("assets/")).collect();
        builds.insert(0, own.into_iter().cloned().collect());
        builds.dedup();
        builds.truncate(BUILDS_KEPT);
        for (path, bytes) in &self.files {
            put(&new.join(path), bytes)?;
        }
        for path in builds.iter().skip(1).flatten().filter(|path| !self.files.contains_key(*path)) {
            // Compressed when it was new.
            for name in [path.clone(), format!("{path}.br"), format!("{path}.gz")] {
                if dist.join(&name).exists() {
                    fs::copy(dist.join(&name), new.join(&name))?;
                }
            }
        }
        fs::write(new.join("builds.txt"), serde_json::to_vec(&builds)?)?;
        if dist.exists() {
            fs::rename(dist, old)?;
        }
        fs::rename(new, dist)?;
        Ok(())
    }
}

/// The assets of the builds before, the newest first. A folder that is not a site of ours has none.
fn kept_builds(dist: &Path) -> Vec<Vec<String>> {
    let read = fs::read(dist.join("builds.txt")).ok();
    read.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok())
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default()
}

/// Writes a file, and its compressed forms where they are smaller.
fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().expect("a file stands in a folder"))?;
    fs::write(path, bytes)?;
    let packed = ["woff2", "png", "html"];
    if path.extension().is_some_and(|extension| packed.iter().any(|one| extension == *one)) {
        return Ok(());
    }
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &params)?;
    fs::write(format!("{}.br", path.display()), small)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    fs::write(format!("{}.gz", path.display()), gzip.finish()?)?;
    Ok(())
}

fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
