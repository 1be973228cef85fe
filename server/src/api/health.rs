//! For the machines that watch the server: alive, and ready for citizens.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::App;
use crate::error::ApiError;

/// `GET /health/live`: the process answers.
pub(super) async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

/// `GET /health/ready`: the database answers and a catalogue is in force.
pub(super) async fn ready(State(app): State<App>) -> Result<Json<Value>, ApiError> {
    crate::db::release::current_id(&app.db).await?;
    let released = app.live.current();
    let Some(manifest) = &released.manifest else { return Err(ApiError::NotReady) };
    Ok(Json(json!({ "status": "ready", "catalogue": manifest.release, "services": released.counts.services })))
}
