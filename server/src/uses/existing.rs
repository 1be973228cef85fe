//! What only the server can know of answers: whether a territory, an institution, a child is there and the citizen's.

use durvis_contract::Broken;
use durvis_contract::e_service::{Answers, Definition, Field, Kind, ME, Value};

use super::prefill;
use crate::App;
use crate::error::ApiError;
use crate::identity::session::Session;

/// The answers that name what is not there, in order.
///
/// # Errors
/// [`ApiError::Silent`] when the population register has to be asked about a child and does not answer.
pub(super) async fn unknown(
    app: &App,
    session: Option<&Session>,
    definition: &Definition,
    answers: &Answers,
) -> Result<Vec<Broken>, ApiError> {
    let mut broken = Vec::new();
    let mut children = None;
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
            _ => true,
        };
        if !known {
            broken.push(Broken { field: path, rule: "unknown".into() });
        }
    }
    Ok(broken)
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
