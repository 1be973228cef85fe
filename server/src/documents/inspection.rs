//! Looking into a container of one's own: what `durvis document inspect` says, for the app.

use std::io::Cursor;

use durvis_contract::inspection::{InspectedFile, InspectedLayer, InspectedSignature, Inspection};
use durvis_edocument::{Layer, Report, Role, Trust, inspect};
use futures_util::TryStreamExt;
use serde::Serialize;

use super::{content, own_made};
use crate::App;
use crate::error::ApiError;
use crate::identity::session::Session;

/// What a container's media type is.
const CONTAINER: &str = "application/vnd.etsi.asic-e+zip";
/// Most bytes of one that is looked into.
const MAX_BYTES: i64 = 16 * 1024 * 1024;

/// What is found in a container.
///
/// # Errors
/// [`ApiError::NotFound`] for what is not one's own; the rule `file_type` for what is no container, `too_large` for one of
/// more than 16 MB.
pub async fn inspection(app: &App, session: &Session, id: &str) -> Result<Inspection, ApiError> {
    let opened = own_made(app, session, id).await?;
    if opened.row.media_type != CONTAINER {
        return Err(ApiError::broken("document", "file_type"));
    }
    if opened.row.bytes > MAX_BYTES {
        return Err(ApiError::broken("document", "too_large"));
    }
    app.limits.files.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    // As few at once as of files that go up: each holds its bytes in memory.
    let permit = app.files.looking.acquire().await.map_err(|error| ApiError::Internal(error.to_string()))?;
    let bytes = content(app, &opened).try_fold(Vec::new(), |mut all, part| async move {
        all.extend_from_slice(&part);
        Ok(all)
    });
    let bytes = bytes.await?;
    let report = tokio::task::spawn_blocking(move || inspect(Cursor::new(bytes), &Trust::default())).await;
    drop(permit);
    told(&report.map_err(|error| ApiError::Internal(error.to_string()))?)
}

fn told(report: &Report) -> Result<Inspection, ApiError> {
    let files = report.entries.iter().filter(|entry| entry.role == Role::File).map(|entry| InspectedFile {
        name: entry.name.clone(),
        size: entry.size,
        covered: !entry.covered_by.is_empty(),
    });
    let signatures = report.signatures.iter().map(|one| {
        let certificate = one.certificate.as_ref();
        Ok(InspectedSignature {
            subject: certificate.map(|certificate| certificate.subject.clone()),
            issuer: certificate.map(|certificate| certificate.issuer.clone()),
            claimed_at: one.claimed_time.clone(),
            layers: one.layers.iter().map(layer).collect::<Result<_, _>>()?,
        })
    });
    Ok(Inspection {
        verdict: code(&report.verdict)?,
        form: layer(&report.form)?,
        files: files.collect(),
        signatures: signatures.collect::<Result<_, ApiError>>()?,
    })
}

/// Both sides write it in the same way.
fn layer(one: &Layer) -> Result<InspectedLayer, ApiError> {
    Ok(serde_json::from_value(serde_json::to_value(one)?)?)
}

fn code(one: &impl Serialize) -> Result<String, ApiError> {
    Ok(serde_json::from_value(serde_json::to_value(one)?)?)
}
