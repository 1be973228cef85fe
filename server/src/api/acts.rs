//! What was done by a person, or with their data.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::identity::{ACT_KINDS, Act, Acts, Company};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use super::signed_in::SignedIn;
use crate::App;
use crate::db::act::{self, Wanted};
use crate::error::ApiError;
use crate::extract::Params;
use crate::identity::session::Session;

/// Acts on one page, and in one file.
const PAGE: usize = 50;
const MAX_PAGE: usize = 200;
const MAX_EXPORTED: u64 = 10_000;
/// What a table program would take for a formula, or for the end of a cell.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The newest first: of some kinds, from a day to a day (both in UTC), below a number.
#[utoipa::path(get, path = "/api/v1/acts", tag = "identity",
    params(("kind" = Option<Vec<String>>, Query), ("from" = Option<String>, Query), ("until" = Option<String>, Query),
        ("below" = Option<i64>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = Acts), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_acts(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Json<Acts>, ApiError> {
    params.only(&["kind", "from", "until", "below", "limit"])?;
    let limit = params.number("limit", PAGE, MAX_PAGE)?.max(1);
    let below = match params.number("below", 0, i64::MAX as usize)? {
        0 => None,
        number => Some(number as i64),
    };
    let mut acts = read(&app, &session, &wanted(&params)?, below, limit as u64 + 1).await?;
    let more = acts.len() > limit;
    acts.truncate(limit);
    let below = acts.last().filter(|_| more).map(|last| last.number);
    Ok(Json(Acts { acts, below }))
}

/// The same as a table: CSV in UTF-8 with a mark at its beginning, `;` between cells.
#[utoipa::path(get, path = "/api/v1/acts.csv", tag = "identity",
    params(("kind" = Option<Vec<String>>, Query), ("from" = Option<String>, Query), ("until" = Option<String>, Query)),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn export_acts(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Response, ApiError> {
    params.only(&["kind", "from", "until"])?;
    let acts = read(&app, &session, &wanted(&params)?, None, MAX_EXPORTED).await?;
    let mut text = String::from("\u{feff}number;at;kind;company;way;address;agent;subject\r\n");
    for act in acts {
        let company = act.company.map(|one| format!("{} {}", one.number, one.name));
        let cells = [
            Some(act.number.to_string()),
            Some(act.at),
            Some(act.kind),
            company,
            act.way,
            Some(act.address),
            act.agent,
            act.subject,
        ];
        let cells: Vec<String> = cells.into_iter().map(|text| cell(&text.unwrap_or_default())).collect();
        text += &cells.join(";");
        text += "\r\n";
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"durvis-history.csv\""),
    ];
    Ok((headers, text).into_response())
}

async fn read(
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

fn wanted(params: &Params) -> Result<Wanted, ApiError> {
    let kinds = params.all("kind").to_vec();
    if let Some(unknown) = kinds.iter().find(|kind| !ACT_KINDS.contains(&kind.as_str())) {
        return Err(ApiError::broken("kind", &format!("unknown {}", unknown.len())));
    }
    let day = |name: &str| -> Result<Option<Date>, ApiError> {
        let Some(text) = params.one(name)? else { return Ok(None) };
        let date = Date::parse(text, format_description!("[year]-[month]-[day]"));
        date.map(Some).map_err(|_| ApiError::broken(name, "not_a_date"))
    };
    let start = |date: Date| date.midnight().assume_utc().unix_timestamp() * 1_000;
    let until = day("until")?.and_then(Date::next_day);
    Ok(Wanted { kinds, from: day("from")?.map(start), until: until.map(start) })
}

/// A time of the database as ISO 8601.
pub(super) fn iso(millis: i64) -> String {
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    time.ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default()
}

/// A cell that no table program takes for a formula.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("SIA Ozols; Co"), "\"SIA Ozols; Co\"");
    }

    #[test]
    fn a_time_is_told_as_iso() {
        assert_eq!(iso(1_795_000_000_500), "2026-11-18T11:06:40.5Z");
    }
}
