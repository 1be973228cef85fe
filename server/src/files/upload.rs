//! A file comes: begun once, then part by part, then looked at. Each of these may be repeated.

use durvis_contract::case;
use durvis_contract::e_service::{Kind, SignIn};
use durvis_contract::file::{self, NewFile, PART_BYTES, StoredFile};
use durvis_contract::text::is_forbidden_in_name;

use super::inspect::inspect;
use super::store::PartKey;
use super::{Kept, Opened, own, place};
use crate::App;
use crate::db::service_use;
use crate::db::stored_file::{self, Model};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::{ASKED, SENT, TAKEN, checked, company_number, is_own, save};

/// Most bytes that one person may have waiting to be sent.
const MAX_UNSENT_BYTES: i64 = 300 * 1024 * 1024;

/// Begins a file of that id, or says how far it is.
///
/// # Errors
/// Names the rule that the file breaks; [`ApiError::NotFound`] for the use or the file of somebody else.
pub async fn begin(app: &App, session: &Session, id: &str, new: NewFile) -> Result<StoredFile, ApiError> {
    checked(id)?;
    checked(&new.use_id)?;
    if let Some(row) = stored_file::by_id(&app.db, id).await? {
        let opened = own(app, session, &row.id).await?;
        let is_same = opened.row.use_id == new.use_id
            && opened.kept.name == new.name
            && opened.row.bytes.cast_unsigned() == new.bytes;
        return if is_same { looked_at(app, opened).await } else { Err(ApiError::Conflict) };
    }
    app.limits.files.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let row = service_use::by_id(&app.db, &new.use_id).await?;
    if row.as_ref().is_some_and(|row| !is_own(row, session)) {
        return Err(ApiError::NotFound);
    }
    let media_type = if new.field.is_empty() {
        let is_open = row.is_some_and(|row| matches!(row.state.as_str(), SENT | TAKEN | ASKED));
        if !is_open {
            return Err(ApiError::Conflict);
        }
        fits(&new, case::MAX_FILE_BYTES, |_| true)?
    } else {
        permitted(app, session, &new)?
    };
    let waiting = stored_file::unsent_bytes(&app.db, &session.person_id).await?;
    let bytes = i64::try_from(new.bytes).unwrap_or(i64::MAX);
    if waiting.saturating_add(bytes) > MAX_UNSENT_BYTES {
        return Err(ApiError::broken("bytes", "too_much"));
    }
    let ambient = &app.identity.ambient;
    let kept = Kept { name: new.name, media_type: media_type.into(), key: PartKey::new(ambient) };
    let row = Model {
        id: id.into(),
        person_id: session.person_id.clone(),
        company: company_number(session),
        use_id: new.use_id,
        sealed: app.identity.seal(&kept, &place(id))?,
        bytes,
        parts: 0,
        whole: false,
        changed_at: ambient.millis(),
        sent_at: None,
    };
    stored_file::add(&app.db, row.clone()).await?;
    Ok(Opened { row, kept }.told())
}

/// The media type of a file that its question takes.
fn permitted(app: &App, session: &Session, new: &NewFile) -> Result<&'static str, ApiError> {
    let definition = save::asked(app, &new.e_service, new.version)?;
    save::permitted(&definition, Some(session))?;
    if definition.audience == SignIn::Nobody {
        return Err(ApiError::Forbidden);
    }
    let columns = definition.fields().filter_map(|field| field.kind.columns()).flatten();
    let field = definition.fields().chain(columns).find(|field| field.id == new.field);
    let Some(Kind::File { max_bytes, types, .. }) = field.map(|field| &field.kind) else {
        return Err(ApiError::broken("field", "unknown"));
    };
    fits(new, *max_bytes, |media_type| types.iter().any(|one| one == media_type))
}

/// The media type of a file that has such a name, and so many bytes.
fn fits(new: &NewFile, max_bytes: u64, takes: impl Fn(&str) -> bool) -> Result<&'static str, ApiError> {
    if new.name.trim().is_empty() || new.name.len() > file::MAX_NAME_BYTES || new.name.contains(is_forbidden_in_name) {
        return Err(ApiError::broken("name", "character"));
    }
    if new.bytes == 0 {
        return Err(ApiError::broken("bytes", "empty"));
    }
    if new.bytes > max_bytes {
        return Err(ApiError::broken("bytes", "file_too_large"));
    }
    let media_type = file::media_type(&new.name).filter(|media_type| takes(media_type));
    media_type.ok_or_else(|| ApiError::broken("name", "file_type"))
}

/// Takes a part. One that is there already, or comes too early, changes nothing: the answer says which is next.
///
/// # Errors
/// When a part has not the bytes that it must have, or the whole is not what its name says.
pub async fn part(app: &App, session: &Session, id: &str, number: u32, bytes: &[u8]) -> Result<StoredFile, ApiError> {
    let mut opened = own(app, session, id).await?;
    if opened.row.whole || number != opened.row.parts.cast_unsigned() {
        return looked_at(app, opened).await;
    }
    let from = u64::from(number) * PART_BYTES;
    let wanted = opened.row.bytes.cast_unsigned().saturating_sub(from).min(PART_BYTES);
    if wanted == 0 || bytes.len() as u64 != wanted {
        return Err(ApiError::broken("body", "not_a_part"));
    }
    let ambient = &app.identity.ambient;
    app.files.put(ambient, id, number, &opened.kept.key, bytes).await?;
    let before = opened.row.parts;
    if stored_file::add_part(&app.db, id, before, ambient.millis()).await? {
        opened.row.parts = before + 1;
        return looked_at(app, opened).await;
    }
    let opened = own(app, session, id).await?;
    looked_at(app, opened).await
}

/// What a file is now; one that has all its parts is looked at, and refused if it is not what it says.
async fn looked_at(app: &App, mut opened: Opened) -> Result<StoredFile, ApiError> {
    let row = &opened.row;
    if row.whole || row.parts.cast_unsigned() < file::parts(row.bytes.cast_unsigned()) {
        return Ok(opened.told());
    }
    let permit = app.files.looking.acquire().await.map_err(|error| ApiError::Internal(error.to_string()))?;
    let mut bytes = Vec::with_capacity(usize::try_from(row.bytes).unwrap_or_default());
    for number in 0..row.parts.cast_unsigned() {
        bytes.extend(app.files.get(&row.id, number, &opened.kept.key).await?);
    }
    let media_type = opened.kept.media_type.clone();
    let found = tokio::task::spawn_blocking(move || inspect(&media_type, &bytes)).await;
    drop(permit);
    match found.map_err(|error| ApiError::Internal(format!("{}: {error}", row.id)))? {
        Ok(()) => {
            stored_file::set_whole(&app.db, &row.id).await?;
            opened.row.whole = true;
            Ok(opened.told())
        }
        Err(refused) => {
            super::remove(app, row).await?;
            Err(ApiError::broken("content", refused.code()))
        }
    }
}
