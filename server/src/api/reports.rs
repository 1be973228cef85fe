//! A crash of the app, told by the browser: into the log, for the operator. Kept nowhere else.

use axum::http::StatusCode;
use durvis_contract::{Problem, Report};

use crate::error::ApiError;
use crate::extract::Body;
use crate::flood::Flood;

/// From all browsers together: a broken release must not fill the disk with logs.
static FLOOD: Flood = Flood::a_minute(60);

/// Takes a report.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports", request_body = Report,
    responses((status = 204), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_report(Body(report): Body<Report>) -> Result<StatusCode, ApiError> {
    for (field, text) in [("message", &report.message), ("path", &report.path)] {
        if text.len() > Report::MAX_BYTES {
            return Err(ApiError::broken(field, "too_long"));
        }
    }
    if !FLOOD.admits() {
        return Err(ApiError::Wait(60));
    }
    tracing::error!(message = report.message, page = report.path, "the app crashed in a browser");
    Ok(StatusCode::NO_CONTENT)
}
