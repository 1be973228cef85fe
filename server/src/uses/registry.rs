//! An immediate answer: the registry is asked anew each time, the act is written down, and nothing of the answer is kept.

use durvis_contract::e_service::{Definition, Kind, ME, Outcome, Raw, Shown, ShownKind};
use durvis_contract::uses::{AnswerPart, RegistryAnswer};
use serde_json::{Map, Value};

use super::registers::part;
use super::save::detail;
use super::told::iso;
use super::{ANSWERED, Opened, SENT, own, place};
use crate::App;
use crate::db::service_use::{self, Model};
use crate::error::ApiError;
use crate::identity::session::Session;

/// Most rows of a list that are shown.
const MAX_ROWS: usize = 500;

/// Asks the registry of a use that was sent.
///
/// # Errors
/// [`ApiError::NotFound`] where the use is not one's own or not sent, or no registry answers it; [`ApiError::Silent`] when the
/// registry does not.
pub async fn ask(app: &App, session: &Session, id: &str) -> Result<RegistryAnswer, ApiError> {
    let Opened { row, kept } = own(app, session, id).await?;
    if row.state != SENT && row.state != ANSWERED {
        return Err(ApiError::NotFound);
    }
    let version = Some(row.version.cast_unsigned());
    let definition = app.e_services.current().get(&row.e_service, version).cloned().ok_or(ApiError::NotFound)?;
    let Outcome::Immediate { registry, shows } = &definition.outcome else { return Err(ApiError::NotFound) };
    let told = match person(&definition, &kept.answers) {
        // Judged when it was sent: a child of the one who asks.
        Some(code) if code != ME => app.registers.ask_about(registry, code).await?,
        _ => app.registers.ask(registry, &session.held.person).await?,
    };
    let now = app.identity.ambient.millis();
    let turn = app.identity.turn(&app.db).await?;
    if row.state == SENT {
        let revision = row.revision;
        let answered = Model {
            state: ANSWERED.into(),
            revision: revision + 1,
            sealed: app.identity.seal(&kept, &place(&row.id))?,
            changed_at: now,
            finished_at: Some(now),
            ..row.clone()
        };
        // Of two who ask at once, one writes it down.
        service_use::change(turn.db(), &answered, revision).await?;
    }
    turn.note(Some(&session.person_id), "registry_asked", &detail(app, session, &row)).await?;
    turn.commit().await?;
    let parts = told.as_ref().map(|told| shown(told, shows)).unwrap_or_default();
    Ok(RegistryAnswer { holds: told.is_some(), asked_at: iso(now), parts })
}

/// Whom a use is about, where it asks that.
fn person<'a>(definition: &Definition, answers: &'a Raw) -> Option<&'a str> {
    let field = definition.fields().find(|field| matches!(field.kind, Kind::Person {}))?;
    let Raw::Map(entries) = answers else { return None };
    entries.iter().find_map(|(id, value)| match value {
        Raw::Text(text) if *id == field.id => Some(text.as_str()),
        _ => None,
    })
}

/// Only what the definition shows leaves the server.
fn shown(told: &Value, shows: &[Shown]) -> Vec<AnswerPart> {
    let one = |shown: &Shown| {
        let value = part(told, &shown.at)?;
        let value = match shown.kind {
            ShownKind::Rows => {
                Value::Array(value.as_array()?.iter().take(MAX_ROWS).map(|row| cells(row, shown)).collect())
            }
            ShownKind::Image => {
                let mut image = Map::new();
                for name in ["media_type", "data"] {
                    image.insert(name.into(), value.get(name)?.clone());
                }
                Value::Object(image)
            }
            _ => value.clone(),
        };
        Some(AnswerPart { at: shown.at.clone(), value: serde_json::from_value(value).ok()? })
    };
    shows.iter().filter_map(one).collect()
}

fn cells(row: &Value, shown: &Shown) -> Value {
    let cell = |column: &Shown| Some((column.at.clone(), part(row, &column.at)?.clone()));
    Value::Object(shown.columns.iter().filter_map(cell).collect())
}
