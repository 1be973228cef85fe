//! A file in memory with its compressed forms, and the answer that a request gets.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::catalogue::publish::short_hash;

/// Named by its content: a browser need never ask again.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Asked again every time, answered 304 while it is the same.
const ASK_AGAIN: &str = "no-cache";

/// A file, ready to be answered.
#[derive(Clone)]
pub struct Asset {
    content_type: &'static str,
    cache_control: &'static str,
    tag: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Asset {
    /// One that never changes under its name.
    #[must_use]
    pub fn immutable(content_type: &'static str, plain: Vec<u8>, brotli: Vec<u8>, gzip: Vec<u8>) -> Self {
        Self::new(content_type, IMMUTABLE, plain, Some(brotli), Some(gzip))
    }

    /// A page, compressed now, and lightly: it is made for one request.
    #[must_use]
    pub fn document(html: String) -> Self {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(4));
        let gzip = encoder.write_all(html.as_bytes()).and_then(|()| encoder.finish()).ok();
        let params = brotli::enc::BrotliEncoderParams { quality: 7, ..Default::default() };
        let mut out = Vec::new();
        let brotli = brotli::BrotliCompress(&mut html.as_bytes(), &mut out, &params).is_ok().then_some(out);
        Self::new("text/html; charset=utf-8", ASK_AGAIN, html.into_bytes(), brotli, gzip)
    }

    /// Another one of the same type, made for one request.
    #[must_use]
    pub(super) fn rewritten(&self, rewrite: impl Fn(&str) -> String) -> Self {
        let plain = rewrite(&String::from_utf8_lossy(&self.plain)).into_bytes();
        Self::new(self.content_type, self.cache_control, plain, None, None)
    }

    fn new(
        content_type: &'static str,
        cache_control: &'static str,
        plain: Vec<u8>,
        brotli: Option<Vec<u8>>,
        gzip: Option<Vec<u8>>,
    ) -> Self {
        let tag = HeaderValue::from_str(&format!("\"{}\"", short_hash(&plain))).expect("hexadecimal digits");
        let [brotli, gzip] = [brotli, gzip].map(|bytes| bytes.map(Bytes::from));
        Self { content_type, cache_control, tag, plain: plain.into(), brotli, gzip }
    }

    /// The best form that the client takes; 304 when it has it.
    #[must_use]
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let mut response = if request.get(header::IF_NONE_MATCH) == Some(&self.tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let accepted = request.get(header::ACCEPT_ENCODING).map_or(&b""[..], HeaderValue::as_bytes);
            let (body, encoding) = match (&self.brotli, &self.gzip) {
                (Some(bytes), _) if takes(accepted, b"br") => (bytes, Some("br")),
                (_, Some(bytes)) if takes(accepted, b"gzip") => (bytes, Some("gzip")),
                _ => (&self.plain, None),
            };
            let mut response = Response::new(Body::from(body.clone()));
            if let Some(encoding) = encoding {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache_control));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::ETAG, self.tag.clone());
        response
    }
}

/// Whether an `Accept-Encoding` names a coding, and not with `q=0`.
fn takes(accepted: &[u8], coding: &[u8]) -> bool {
    accepted.split(|byte| *byte == b',').any(|item| {
        let mut parts = item.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        named && !parts.any(|part| part.starts_with(b"q=0") && !part.iter().any(|byte| (b'1'..=b'9').contains(byte)))
    })
}

/// Reads a folder's files with the `.br` and `.gz` beside them; `shell/` is left out, its documents are filled in.
pub(super) fn collect(root: &Path, folder: &Path, files: &mut HashMap<String, Asset>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if path.is_dir() {
            if path != root.join("shell") {
                collect(root, &path, files)?;
            }
        } else if let Some(content_type) = content_type(extension) {
            let url = format!("/{}", path.strip_prefix(root).expect("below its root").to_string_lossy());
            let beside = |extra: &str| fs::read(format!("{}.{extra}", path.display())).ok();
            let cache = if url.starts_with("/assets/") { IMMUTABLE } else { ASK_AGAIN };
            files.insert(url, Asset::new(content_type, cache, fs::read(&path)?, beside("br"), beside("gz")));
        }
    }
    Ok(())
}

fn content_type(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_is_taken_when_named_and_not_refused() {
        for accepted in ["br", "gzip, br", "gzip;q=1, BR;q=0.5"] {
            assert!(takes(accepted.as_bytes(), b"br"), "{accepted}");
        }
        for refused in ["", "gzip", "br;q=0", "br; q=0.0", "brx"] {
            assert!(!takes(refused.as_bytes(), b"br"), "{refused}");
        }
    }

    #[test]
    fn a_client_that_has_the_file_gets_no_body() {
        let asset = Asset::document("<p>".into());
        let mut request = HeaderMap::new();
        request.insert(header::IF_NONE_MATCH, asset.tag.clone());
        assert_eq!(asset.answer(&request).status(), StatusCode::NOT_MODIFIED);
    }
}
