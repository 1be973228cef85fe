//! What only the server can know of answers: whether a territory, an institution, a child is there and the citizen's.

use durvis_contract::Broken;
use durvis_contract::e_service::{Answers, Definition, Field, FileReference, Kind, ME, Value};
use durvis_contract::file::StoredFile;

use super::prefill;
use crate::App;
use crate::error::ApiError;
use crate::files;
use crate::identity::session::Session;

/// The answers that name what is not there, in order.
///
/// # Errors
/// [`ApiError::Silent`] when the population register has to be asked about a child and does not answer.
pub(super) async fn unknown(
    app: &App,
    session: Option<&Session>,
    id: &str,
    definition: &Definition,
    answers: &Answers,
) -> Result<Vec<Broken>, ApiError> {
    let mut broken = Vec::new();
    let (mut children, mut files) = (None, None);
    for (path, field, value) in each(definition, answers) {
        let known = match (&field.kind, value) {
            (Kind::Address {}, Value::Address(address)) => has_territory(app, &address.territory),
            (Kind::Institution { municipality }, Value::Text(slug)) => has_institution(app, slug, *municipality),
            (Kind::Person {}, Value::Text(code)) if code != ME => {
                if children.is_none() {
                    children = Some(prefill::children(app, session).await?);
                }
                children.iter().flatten().any(|child| child.value == *code)
            }
            (Kind::File { .. }, Value::Files(wanted)) => {
                if files.is_none() {
                    files = Some(stored(app, session, id).await?);
                }
                let there = files.iter().flatten().collect::<Vec<_>>();
                wanted.iter().all(|one| there.iter().any(|file| is_same(one, file)))
            }
            _ => true,
        };
        if !known {
            let rule = if matches!(field.kind, Kind::File { .. }) { "file_missing" } else { "unknown" };
            broken.push(Broken { field: path, rule: rule.into() });
        }
    }
    Ok(broken)
}

async fn stored(app: &App, session: Option<&Session>, id: &str) -> Result<Vec<StoredFile>, ApiError> {
    let Some(session) = session else { return Ok(Vec::new()) };
    Ok(files::of_use(app, session, id).await?.iter().map(files::Opened::told).collect())
}

/// Whether a file that is answered is the one that came, whole.
fn is_same(wanted: &FileReference, stored: &StoredFile) -> bool {
    stored.whole
        && (&wanted.id, &wanted.name, wanted.bytes) == (&stored.id, &stored.name, stored.bytes)
        && wanted.media_type == stored.media_type
}

/// Every file that is answered, those of groups too.
pub(super) fn files_of(definition: &Definition, answers: &Answers) -> Vec<String> {
    let values = each(definition, answers).into_iter().map(|(_, _, value)| value);
    let files = values.filter_map(|value| if let Value::Files(files) = value { Some(files) } else { None });
    files.flatten().map(|file| file.id.clone()).collect()
}

/// Every answer with its question and its path, those of groups row by row.
fn each<'a>(definition: &'a Definition, answers: &'a Answers) -> Vec<(String, &'a Field, &'a Value)> {
    let mut all = Vec::new();
    for field in definition.fields() {
        let Some(value) = answers.get(&field.id) else { continue };
        all.push((field.id.clone(), field, value));
        let (Some(columns), Value::Rows(rows)) = (field.kind.columns(), value) else { continue };
        for (at, row) in rows.iter().enumerate() {
            let cells = columns.iter().filter_map(|column| Some((column, row.get(&column.id)?)));
            all.extend(cells.map(|(column, value)| (format!("{}.{at}.{}", field.id, column.id), column, value)));
        }
    }
    all
}

fn has_territory(app: &App, slug: &str) -> bool {
    let released = app.live.current();
    let index = released.indexes.values().next();
    index.is_some_and(|index| index.territories().any(|one| one.slug == slug))
}

fn has_institution(app: &App, slug: &str, municipality: bool) -> bool {
    let released = app.live.current();
    let index = released.indexes.values().next();
    index.is_some_and(|index| index.institutions().any(|one| one.slug == slug && (one.municipal || !municipality)))
}
