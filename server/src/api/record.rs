//! The record that one can prove.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::record::{Record, RecordKey};

use super::signed_in::SignedIn;
use crate::App;
use crate::error::ApiError;
use crate::extract::Params;
use crate::record;

/// One's own record with its head, signed now, and the keys that verify it.
#[utoipa::path(get, path = "/api/v1/record", tag = "uses",
    responses((status = 200, body = Record), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_record(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Json<Record>, ApiError> {
    params.only(&[])?;
    Ok(Json(record::record(&app, &session).await?))
}

/// The same as a file, for `durvis record verify` and other verifiers (docs/record.md).
#[utoipa::path(get, path = "/api/v1/record.json", tag = "uses",
    responses((status = 200, body = Record), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn export_record(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Response, ApiError> {
    params.only(&[])?;
    let record = record::record(&app, &session).await?;
    let headers = [(header::CONTENT_DISPOSITION, "attachment; filename=\"durvis-record.json\"")];
    Ok((headers, Json(record)).into_response())
}

/// The keys that verify the heads of records; anybody may have them.
#[utoipa::path(get, path = "/api/v1/record/keys", tag = "uses", responses((status = 200, body = Vec<RecordKey>)))]
pub(super) async fn list_record_keys(State(app): State<App>) -> Json<Vec<RecordKey>> {
    Json(record::public(&app))
}
