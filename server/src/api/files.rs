//! Files that go along with one's own uses.

use axum::Json;
use axum::body::{Body as AxumBody, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::file::{NewFile, PART_BYTES, StoredFile};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::time::Duration;

use super::signed_in::SignedIn;
use crate::App;
use crate::error::ApiError;
use crate::extract::{Body, Slug};
use crate::files::{self, upload};

/// A part may come over a bad line.
const PART_WITHIN: Duration = Duration::from_secs(60);

/// The files of one's own use, those still to come too.
#[utoipa::path(get, path = "/api/v1/uses/{id}/files", tag = "files", params(("id" = String, Path)),
    responses((status = 200, body = Vec<StoredFile>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_files(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<Json<Vec<StoredFile>>, ApiError> {
    let found = files::of_use(&app, &session, crate::uses::checked(&id)?).await?;
    Ok(Json(found.iter().map(files::Opened::told).collect()))
}

/// Begins a file under an id that the device made, or says how far it is.
#[utoipa::path(put, path = "/api/v1/files/{id}", tag = "files", request_body = NewFile, params(("id" = String, Path)),
    responses((status = 200, body = StoredFile),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_file(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    Body(new): Body<NewFile>,
) -> Result<Json<StoredFile>, ApiError> {
    Ok(Json(upload::begin(&app, &session, &id, new).await?))
}

/// Takes the next part: 262,144 bytes, the last one as many as are left. With the last one the file is looked at. A part that
/// is there already, or comes too early, changes nothing.
#[utoipa::path(put, path = "/api/v1/files/{id}/parts/{number}", tag = "files",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(("id" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = StoredFile),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_part(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    path: Result<Path<(String, u32)>, axum::extract::rejection::PathRejection>,
    request: Request,
) -> Result<Json<StoredFile>, ApiError> {
    let Path((id, number)) = path.map_err(|_| ApiError::NotFound)?;
    let bytes = to_bytes(request.into_body(), PART_BYTES as usize);
    let bytes = tokio::time::timeout(PART_WITHIN, bytes).await.map_err(|_| ApiError::TooSlow)?;
    let bytes = bytes.map_err(|_| ApiError::TooLarge)?;
    Ok(Json(upload::part(&app, &session, &id, number, &bytes).await?))
}

/// One's own file, once it is whole.
#[utoipa::path(get, path = "/api/v1/files/{id}", tag = "files", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_file(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<Response, ApiError> {
    Ok(streamed(&app, &files::own_whole(&app, &session, &id).await?))
}

/// A file to be kept by whoever asked, part by part.
pub(super) fn streamed(app: &App, opened: &files::Opened) -> Response {
    let told = opened.told();
    let mut headers = HeaderMap::new();
    let mut add = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    add(header::CONTENT_TYPE, told.media_type.clone());
    add(header::CONTENT_LENGTH, told.bytes.to_string());
    // Never shown inside of a page of ours, whatever it is.
    let name = utf8_percent_encode(&told.name, NON_ALPHANUMERIC);
    add(header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}"));
    let parts = files::content(app, opened);
    let parts = futures_util::StreamExt::map(parts, |part| part.map_err(|error| format!("{error:?}")));
    (headers, AxumBody::from_stream(parts)).into_response()
}

/// Takes a file away that is not sent.
#[utoipa::path(delete, path = "/api/v1/files/{id}", tag = "files", params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_file(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<StatusCode, ApiError> {
    files::delete(&app, &session, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
