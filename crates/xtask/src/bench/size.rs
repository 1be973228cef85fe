//! What a first visit costs over the wire, as the server sends it to a browser that takes brotli.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::build::Built;
use crate::run::{run, say};
use crate::up;

const KB: usize = 1_024;
/// The promise: a first view, and the index of one language.
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
    pub(crate) details: usize,
}

impl Sizes {
    pub(crate) fn first_visit(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Asks a server of its own, on a throw-away database.
pub(crate) fn measure(built: &Built) -> Result<Vec<Sizes>> {
    let mut import = Command::new(&built.durvis);
    import
        .args(["catalogue", "import", "server/content"])
        .env("DURVIS_DATABASE_URL", DATABASE)
        .env("DURVIS_LOG", "warn");
    run(&mut import)?;
    let address = up::free_address()?;
    let _server = up::serve(&built.durvis, &address, DATABASE, Some("warn"))?;
    ["lv", "ru", "en"].into_iter().map(|lang| of_language(&address, lang)).collect()
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
    let (manifest, _) = fetch(address, "/api/v1/catalogue", "identity")?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let mine = manifest["files"].as_array().and_then(|all| all.iter().find(|files| files["lang"] == lang));
    let path = |name: &str| mine.and_then(|files| files[name].as_str()).context("the manifest lacks a file");
    let (index, details) = (fetch(address, path("index")?, "br")?.1, fetch(address, path("details")?, "br")?.1);
    Ok(Sizes { lang, files, index_path: path("index")?.to_owned(), index, details })
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
            "{}: first visit {} of {FIRST_VISIT} bytes, index {} of {INDEX}, details {}",
            sizes.lang,
            sizes.first_visit(),
            sizes.index,
            sizes.details
        ));
        if sizes.first_visit() > FIRST_VISIT || sizes.index > INDEX {
            bail!("{} is over its budget", sizes.lang);
        }
    }
    Ok(())
}
