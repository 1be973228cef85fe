//! What was done by a person, or with their data.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use durvis_contract::Problem;
use durvis_contract::identity::{ACT_KINDS, Acts};
use time::Date;
use time::macros::format_description;

use super::csv;
use super::signed_in::SignedIn;
use crate::App;
use crate::db::act::Wanted;
use crate::error::ApiError;
use crate::extract::Params;
use crate::history;

/// Acts on one page, and in one file.
const PAGE: usize = 50;
const MAX_PAGE: usize = 200;
const MAX_EXPORTED: u64 = 10_000;

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
    let mut acts = history::acts(&app, &session, &wanted(&params)?, below, limit as u64 + 1).await?;
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
    let acts = history::acts(&app, &session, &wanted(&params)?, None, MAX_EXPORTED).await?;
    let rows = acts.into_iter().map(|act| {
        let company = act.company.map(|one| format!("{} {}", one.number, one.name));
        let cells = [act.way, Some(act.address), act.agent, act.subject].map(Option::unwrap_or_default);
        let [way, address, agent, subject] = cells;
        [act.number.to_string(), act.at, act.kind, company.unwrap_or_default(), way, address, agent, subject]
    });
    let head = ["number", "at", "kind", "company", "way", "address", "agent", "subject"];
    Ok(csv::table("durvis-history.csv", head, rows))
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
