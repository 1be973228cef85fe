//! The browser app and the catalogue's files: compressed long before, answered from memory.
//!
//! `/assets/*` and `/catalogue/*` are named by their content and never change. Every other path is a page: the same
//! document for all of them, in the language of the path, filled in by [`shell`].

use std::collections::HashMap;
use std::io;
use std::path::Path;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::App;
use crate::catalogue::live::Released;

mod asset;
mod languages;
mod shell;

pub use asset::Asset;
use shell::{Shell, Shells};

/// The built browser app, in memory.
#[derive(Default)]
pub struct Site {
    /// By path.
    files: HashMap<String, Asset>,
    shells: Shells,
    /// Scheme and host under which citizens reach the portal.
    pub public_url: String,
}

impl Site {
    /// Reads what `cargo xtask build` made.
    ///
    /// # Errors
    /// When the folder or its documents are missing.
    pub fn load(folder: &Path, public_url: &str) -> io::Result<Self> {
        let shells = Shells::load(folder)?;
        let mut files = HashMap::new();
        asset::collect(folder, folder, &mut files)?;
        Ok(Self { files, shells, public_url: public_url.into() })
    }

    /// The web manifest of a language that the interface lacks.
    fn manifest(&self, path: &str, released: &Released) -> Option<Asset> {
        let lang = path.strip_prefix("/manifest.")?.strip_suffix(".webmanifest")?;
        let interface = self.shells.interface(lang, released)?;
        let built = self.files.get(&languages::manifest_path(interface))?;
        Some(built.rewritten(|text| languages::manifest(text, interface, lang)))
    }
}

/// `GET /catalogue/<name>`: a file of the catalogue.
pub async fn catalogue_file(State(app): State<App>, request: Request) -> Response {
    let name = request.uri().path().trim_start_matches("/catalogue/");
    match app.live.current().files.get(name) {
        Some(file) => file.answer(request.headers()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Everything that is no API: a file of the app, or a page.
pub async fn page(State(app): State<App>, request: Request) -> Response {
    if !request.method().is_safe() {
        return crate::error::ApiError::MethodNotAllowed.into_response();
    }
    let path = request.uri().path();
    if let Some(file) = app.site.files.get(path) {
        return file.answer(request.headers());
    }
    let released = app.live.current();
    if let Some(manifest) = app.site.manifest(path, &released) {
        return manifest.answer(request.headers());
    }
    let named = app.site.shells.named(path, &released);
    // A missing file must never look like a page: a script that is HTML breaks the app in a way nobody understands.
    if path.starts_with("/assets/") || path.starts_with("/shell/") && named.is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    if path == "/" {
        let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let lang = app.site.shells.best_language(accepted.unwrap_or_default(), &released);
        return ([(header::VARY, "accept-language")], Redirect::temporary(&format!("/{lang}"))).into_response();
    }
    let shell =
        named.unwrap_or_else(|| app.site.shells.page(&app.site.public_url, path, &released, &app.e_services.current()));
    document(shell, &request)
}

fn document(shell: Shell, request: &Request) -> Response {
    let asset = Asset::document(shell.html);
    let mut response = asset.answer(request.headers());
    if response.status() == StatusCode::OK {
        *response.status_mut() = shell.status;
    }
    response
}
