//! One's own documents, the links to them, and whether one is genuine. `/d/{secret}` is for whoever has a link.

use std::time::Duration;

use axum::Json;
use axum::body::Body as AxumBody;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::document::{Archive, Document, DocumentKind, Documents, Genuine, NewShare, Share};
use durvis_contract::e_service::Reference;
use durvis_contract::inspection::Inspection;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::catalogue_language;
use super::signed_in::{Client, SignedIn};
use crate::App;
use crate::cases::desk::Desk;
use crate::documents::genuine::Proof;
use crate::documents::told::Wanted;
use crate::documents::{self, archive, genuine, give, inspection, share, told};
use crate::error::ApiError;
use crate::extract::{Body, Params, Slug};

const MAX_WORDS: usize = 8;
/// A document that an institution gives may come over a bad line.
const GIVEN_WITHIN: Duration = Duration::from_secs(60);

/// One's own documents, the newest first. Words are looked for in all of them; `use` asks for those of one use.
#[utoipa::path(get, path = "/api/v1/documents", tag = "documents",
    params(("lang" = Option<String>, Query), ("limit" = Option<u32>, Query), ("offset" = Option<u32>, Query),
        ("q" = Option<String>, Query), ("kind" = Option<String>, Query), ("year" = Option<u32>, Query),
        ("use" = Option<String>, Query)),
    responses((status = 200, body = Documents), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_documents(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Json<Documents>, ApiError> {
    params.only(&["lang", "limit", "offset", "q", "kind", "year", "use"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let most = Documents::MAX_PAGE as usize;
    let page = (params.number("limit", most, most)?, params.number("offset", 0, 1_000_000)?);
    let kind = match params.one("kind")? {
        None | Some("") => None,
        Some(code) => Some(DocumentKind::of_code(code).ok_or_else(|| ApiError::broken("kind", "unknown"))?),
    };
    let year = params.number("year", 0, 9_999)?;
    let words = params.one("q")?.unwrap_or_default();
    let wanted = Wanted {
        words: words.split_whitespace().take(MAX_WORDS).map(str::to_owned).collect(),
        kind,
        year: i32::try_from(year).ok().filter(|year| *year > 0),
        use_id: params.one("use")?.map(str::to_owned),
    };
    Ok(Json(told::list(&app, &session, &lang, &wanted, page).await?))
}

/// One's own document, to be kept by whoever asks.
#[utoipa::path(get, path = "/api/v1/documents/{id}", tag = "documents", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_document(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<Response, ApiError> {
    Ok(streamed(&app, &documents::own_made(&app, &session, &id).await?))
}

/// What is in a container of signed files, layer by layer: what holds, what is broken, what was not checked.
#[utoipa::path(get, path = "/api/v1/documents/{id}/inspection", tag = "documents", params(("id" = String, Path)),
    responses((status = 200, body = Inspection), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_inspection(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<Json<Inspection>, ApiError> {
    Ok(Json(inspection::inspection(&app, &session, &id).await?))
}

/// Several of one's own, as a ZIP: at most 50, and at most 50 MB together.
#[utoipa::path(post, path = "/api/v1/documents/archive", tag = "documents", request_body = Archive,
    responses((status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_archive(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Body(wanted): Body<Archive>,
) -> Result<Response, ApiError> {
    app.limits.files.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let bytes = archive::archive(&app, &session, wanted).await?;
    Ok((attachment("application/zip", "Durvis.zip", bytes.len() as u64), bytes).into_response())
}

/// Makes a link to one's own document, which ends by itself. Its address is in this answer and in no other.
#[utoipa::path(post, path = "/api/v1/documents/{id}/shares", tag = "documents", request_body = NewShare,
    params(("id" = String, Path)),
    responses((status = 200, body = Share), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_share(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    Body(new): Body<NewShare>,
) -> Result<Json<Share>, ApiError> {
    Ok(Json(share::share(&app, &session, &id, new).await?))
}

/// The links to one's own document that hold, the newest first.
#[utoipa::path(get, path = "/api/v1/documents/{id}/shares", tag = "documents", params(("id" = String, Path)),
    responses((status = 200, body = [Share]), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_shares(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<Json<Vec<Share>>, ApiError> {
    Ok(Json(share::list(&app, &session, &id).await?))
}

/// Ends a link.
#[utoipa::path(delete, path = "/api/v1/documents/{id}/shares/{share}", tag = "documents",
    params(("id" = String, Path), ("share" = String, Path)),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_share(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let Path((id, share)) = path.map_err(|_| ApiError::NotFound)?;
    share::end(&app, &session, &id, &share).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether a document is genuine, for whoever holds it: by its number, and the SHA-256 of the file or the code on it.
#[utoipa::path(get, path = "/api/v1/genuine/{number}", tag = "documents",
    params(("number" = String, Path), ("digest" = Option<String>, Query), ("code" = Option<String>, Query),
        ("lang" = Option<String>, Query)),
    responses((status = 200, body = Genuine), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_genuine(
    State(app): State<App>,
    Client(client): Client,
    path: Result<Path<String>, PathRejection>,
    params: Params,
) -> Result<Json<Genuine>, ApiError> {
    params.only(&["digest", "code", "lang"])?;
    let reference = |field: &str, text: &str| -> Result<Reference, ApiError> {
        text.parse().map_err(|_| ApiError::broken(field, "not_a_number"))
    };
    let number = reference("number", &path.map(|Path(number)| number).unwrap_or_default())?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let proof = match (params.one("digest")?, params.one("code")?) {
        (Some(digest), None) if digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Proof::Digest(digest.to_ascii_lowercase())
        }
        (None, Some(code)) => Proof::Code(reference("code", code)?),
        _ => return Err(ApiError::broken("digest", "required")),
    };
    app.limits.papers.take(&client, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    Ok(Json(genuine::genuine(&app, number, proof, &lang).await?))
}

/// Gives whoever sent a case a document: a PDF, or a container of what is signed. The same `id` again is the same document.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/documents", tag = "desk",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(("id" = String, Path), ("document" = String, Query), ("name" = String, Query), ("officer" = String, Query),
        ("valid_until" = Option<String>, Query), ("institution" = Option<String>, Query), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Document), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn give_document(
    State(app): State<App>,
    desk: Desk,
    Slug(id): Slug,
    params: Params,
    request: Request,
) -> Result<Json<Document>, ApiError> {
    params.only(&["document", "name", "officer", "valid_until", "institution", "lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let one = |name: &str| params.one(name).map(|value| value.unwrap_or_default().to_owned());
    let gift = give::Gift {
        id: one("document")?,
        name: one("name")?,
        officer: one("officer")?,
        valid_until: one("valid_until")?,
    };
    let bytes = axum::body::to_bytes(request.into_body(), give::MAX_BYTES);
    let bytes = tokio::time::timeout(GIVEN_WITHIN, bytes).await.map_err(|_| ApiError::TooSlow)?;
    let bytes = bytes.map_err(|_| ApiError::TooLarge)?;
    Ok(Json(give::give(&app, &desk, &id, gift, bytes.into(), &lang).await?))
}

/// For whoever has a link. One that has ended is a page that is not there.
pub(super) async fn fetch_shared(
    State(app): State<App>,
    Client(client): Client,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, ApiError> {
    let is_page =
        request.headers().get(header::ACCEPT).is_some_and(|accepted| accepted.as_bytes().starts_with(b"text/html"));
    let (document, share) = match share::by_link(&app, &client, &secret).await {
        Err(ApiError::NotFound) if is_page => return Ok(crate::site::page(State(app), request).await),
        found => found?,
    };
    // Who looks only whether it is there has not fetched it.
    if request.method() != Method::HEAD {
        share::fetched(&app, &client, &document, &share).await?;
    }
    let mut response = streamed(&app, &document);
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}

fn streamed(app: &App, document: &documents::Opened) -> Response {
    let headers = attachment(&document.row.media_type, document.name(), document.row.bytes.cast_unsigned());
    let parts = documents::content(app, document);
    let parts = futures_util::StreamExt::map(parts, |part| part.map_err(|error| format!("{error:?}")));
    (headers, AxumBody::from_stream(parts)).into_response()
}

/// Never shown inside of a page of ours, whatever it is.
fn attachment(media_type: &str, name: &str, bytes: u64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut add = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    add(header::CONTENT_TYPE, media_type.to_owned());
    add(header::CONTENT_LENGTH, bytes.to_string());
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    add(header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}"));
    headers
}
