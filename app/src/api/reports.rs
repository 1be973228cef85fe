//! Telling the operator that the app crashed.

use durvis_contract::Report;
use gloo_net::http::Request;

use super::fetch::{ApiError, answered};

pub async fn create_report(report: &Report) -> Result<(), ApiError> {
    let request = Request::post("/api/v1/reports").json(report).map_err(|_| ApiError::Offline)?;
    answered(request.send().await.map_err(|_| ApiError::Offline)?).await.map(drop)
}
