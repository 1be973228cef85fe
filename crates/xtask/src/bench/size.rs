//! What a first visit costs over the wire, as the server sends it to a browser that takes brotli.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::build::Built;
use crate::run::{run, say};
use crate::up;

const KB: usize = 1_024;
/// The promise: a first view; then, with the first search, the index of one language and the piece that reads it.
pub(super) const FIRST_VISIT: usize = 240 * KB;
pub(super) const INDEX: usize = 300 * KB;
pub(super) const DATABASE: &str = "sqlite://target/bench.sqlite?mode=rwc";

/// Bytes of one language.
#[derive(Debug)]
pub(crate) struct Sizes {
    pub(crate) lang: &'static str,
    /// Each file of the first view.
    pub(crate) files: Vec<(String, usize)>,
    pub(crate) index_path: String,
    pub(crate) index: usize,
    pub(crate) finding: usize,
    pub(crate) details: usize,
}

impl Sizes {
    pub(crate) fn first_visit(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Asks a server of its own, on a throw-away database.
pub(crate) fn measure(built: &Built) -> Result<Vec<Sizes>> {
    import(&built.durvis)?;
    let address = up::free_address()?;
    let _server = up::serve(&built.durvis, &address, DATABASE, &up::QUIET)?;
    ["lv", "ru", "en"].into_iter().map(|lang| of_language(&address, lang)).collect()
}

fn import(durvis: &Path) -> Result<()> {
    let mut import = Command::new(durvis);
    import
        .args(["catalogue", "import", "server/content"])
        .env("DURVIS_DATABASE_URL", DATABASE)
        .env("DURVIS_LOG", "warn");
    run(&mut import)
}

/// The index of each language, as a browser gets it.
pub(crate) fn published_indexes(durvis: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    import(durvis)?;
    // It serves the API without a site, too; only pages would be missing.
    std::fs::create_dir_all("dist/shell")?;
    let address = up::free_address()?;
    let _server = up::serve(durvis, &address, DATABASE, &up::QUIET)?;
    let (manifest, _) = fetch(&address, "/api/v1/catalogue", "identity")?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let files = manifest["files"].as_array().context("the manifest has no files")?;
    let one = |file: &serde_json::Value| {
        let text = |name: &str| file[name].as_str().context("the manifest lacks a file");
        Ok((text("lang")?.to_owned(), fetch(&address, text("index")?, "identity")?.0))
    };
    files.iter().map(one).collect()
}

fn of_language(address: &str, lang: &'static str) -> Result<Sizes> {
    let (html, _) = fetch(address, &format!("/{lang}"), "identity")?;
    let html = String::from_utf8_lossy(&html).into_owned();
    let mut files = vec![(format!("/{lang}"), fetch(address, &format!("/{lang}"), "br")?.1)];
    let mut urls: Vec<&str> = html.split('"').filter(|part| part.starts_with("/assets/")).collect();
    urls.sort_unstable();
    urls.dedup();
    for url in urls {
        files.push((url.to_owned(), fetch(address, url, "br")?.1));
    }
    let (list, _) = fetch(address, &format!("/{lang}/services"), "identity")?;
    let list = String::from_utf8_lossy(&list).into_owned();
    // The piece that finds, and what it shares with others.
    let pieces =
        list.split('"').filter(|part| part.starts_with("/assets/finding.") || part.starts_with("/assets/chunk_"));
    let pieces = pieces.map(|piece| Ok(fetch(address, piece, "br")?.1)).collect::<Result<Vec<usize>>>()?;
    let finding = pieces.iter().sum();
    let (manifest, _) = fetch(address, "/api/v1/catalogue", "identity")?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let mine = manifest["files"].as_array().and_then(|all| all.iter().find(|files| files["lang"] == lang));
    let path = |name: &str| mine.and_then(|files| files[name].as_str()).context("the manifest lacks a file");
    let (index, details) = (fetch(address, path("index")?, "br")?.1, fetch(address, path("details")?, "br")?.1);
    Ok(Sizes { lang, files, index_path: path("index")?.to_owned(), index, finding, details })
}

/// The body, and its length on the wire.
fn fetch(address: &str, path: &str, encoding: &str) -> Result<(Vec<u8>, usize)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\naccept-encoding: {encoding}\r\nconnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").context("no HTTP answer")?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        bail!("{path}: {}", String::from_utf8_lossy(&answer[..end]).lines().next().unwrap_or_default());
    }
    let body = answer.split_off(end + 4);
    let length = body.len();
    Ok((body, length))
}

/// Compares with the promise.
pub(crate) fn check(all: &[Sizes]) -> Result<()> {
    for sizes in all {
        for (file, bytes) in &sizes.files {
            println!("    {bytes:>8}  {file}");
        }
        say(&format!(
            "{}: first visit {} of {FIRST_VISIT} bytes, index {} and its piece of the app {} of {INDEX}, details {}",
            sizes.lang,
            sizes.first_visit(),
            sizes.index,
            sizes.finding,
            sizes.details
        ));
        if sizes.first_visit() > FIRST_VISIT || sizes.index + sizes.finding > INDEX {
            bail!("{} is over its budget", sizes.lang);
        }
    }
    Ok(())
}
