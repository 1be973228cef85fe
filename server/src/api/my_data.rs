//! Everything that is held about whoever asks.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use durvis_contract::Problem;

use super::catalogue_language;
use super::signed_in::SignedIn;
use crate::App;
use crate::error::ApiError;
use crate::extract::Params;
use crate::my_data;

/// Everything that is held about the person, or about the company that they act for, as a ZIP of JSON and files.
#[utoipa::path(get, path = "/api/v1/my-data.zip", tag = "identity", params(("lang" = Option<String>, Query)),
    responses((status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn export_my_data(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Response, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let pieces = my_data::archive(&app, session, lang).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"durvis-my-data.zip\""),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
