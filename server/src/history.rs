//! What was done by a person, or with their data, as the one whom it concerns is told.

use durvis_contract::identity::{Act, Company};

use crate::App;
use crate::db::act::{self, Wanted};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::told::iso;

/// Those wanted, the newest first: at most so many, below a number.
///
/// # Errors
/// When the database fails.
pub async fn acts(
    app: &App,
    session: &Session,
    wanted: &Wanted,
    below: Option<i64>,
    most: u64,
) -> Result<Vec<Act>, ApiError> {
    let rows = act::of_person(&app.db, &session.person_id, wanted, below, most).await?;
    rows.into_iter()
        .map(|row| {
            let detail = app.identity.detail_of(&row)?;
            Ok(Act {
                number: row.number,
                at: iso(row.at),
                kind: row.kind,
                address: detail.address,
                agent: detail.agent,
                way: detail.way,
                company: detail.company.map(|one| Company { number: one.number, name: one.name }),
                subject: detail.subject,
            })
        })
        .collect()
}
