//! One's own bills.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use durvis_contract::Problem;
use durvis_contract::bill::{Bill, BillState, Bills, NewDispute};
use durvis_contract::e_service::Day;

use super::signed_in::SignedIn;
use super::{catalogue_language, csv};
use crate::App;
use crate::bills::dispute;
use crate::bills::told::{self, Wanted};
use crate::error::ApiError;
use crate::extract::{Body, Params, Slug};

const MAX_WORDS: usize = 8;
/// Bills in one table.
const MAX_EXPORTED: usize = 10_000;
/// More than any bill.
const MAX_CENTS: usize = 4_294_967_295;

/// One's own bills: those to be paid first, then the newest. Words, a time and an amount are looked for in all of them.
#[utoipa::path(get, path = "/api/v1/bills", tag = "bills",
    params(("lang" = Option<String>, Query), ("limit" = Option<u32>, Query), ("offset" = Option<u32>, Query),
        ("paid" = Option<bool>, Query), ("state" = Option<String>, Query), ("q" = Option<String>, Query), ("from" = Option<String>, Query),
        ("until" = Option<String>, Query), ("min_cents" = Option<u64>, Query), ("max_cents" = Option<u64>, Query)),
    responses((status = 200, body = Bills), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_bills(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Json<Bills>, ApiError> {
    params.only(&["lang", "limit", "offset", "paid", "state", "q", "from", "until", "min_cents", "max_cents"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let most = Bills::MAX_PAGE as usize;
    let page = (params.number("limit", most, most)?, params.number("offset", 0, 1_000_000)?);
    Ok(Json(told::list(&app, &session, &lang, &wanted(&params)?, page).await?))
}

/// All that fit, as a table: CSV in UTF-8 with a mark at its beginning, `;` between the cells.
#[utoipa::path(get, path = "/api/v1/bills.csv", tag = "bills",
    params(("lang" = Option<String>, Query), ("paid" = Option<bool>, Query), ("state" = Option<String>, Query), ("q" = Option<String>, Query),
        ("from" = Option<String>, Query), ("until" = Option<String>, Query), ("min_cents" = Option<u64>, Query),
        ("max_cents" = Option<u64>, Query)),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn export_bills(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    params: Params,
) -> Result<Response, ApiError> {
    params.only(&["lang", "paid", "state", "q", "from", "until", "min_cents", "max_cents"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let bills = told::list(&app, &session, &lang, &wanted(&params)?, (MAX_EXPORTED, 0)).await?;
    let rows = bills.items.into_iter().map(|bill| {
        let euros = format!("{},{:02}", bill.amount_cents / 100, bill.amount_cents % 100);
        let paid = bill.paid_at.unwrap_or_default();
        let (number, state) = (bill.number.to_string(), bill.state.code().to_owned());
        [number, bill.title, bill.institution, euros, state, bill.due, bill.made_at, paid]
    });
    let head = ["number", "title", "institution", "euros", "state", "due", "made_at", "paid_at"];
    Ok(csv::table("durvis-payments.csv", head, rows))
}

fn state_of(code: &str) -> Option<BillState> {
    BillState::ALL.into_iter().find(|state| state.code() == code)
}

fn wanted(params: &Params) -> Result<Wanted, ApiError> {
    let day = |name: &str| match params.one(name)? {
        None | Some("") => Ok(None),
        Some(text) => {
            Day::parse(text).map(|day| Some(day.to_string())).ok_or_else(|| ApiError::broken(name, "not_a_date"))
        }
    };
    let paid = match params.one("paid")? {
        None | Some("") => None,
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) => return Err(ApiError::broken("paid", "not_a_boolean")),
    };
    let state = match params.one("state")? {
        None | Some("") => None,
        Some(code) => Some(state_of(code).ok_or_else(|| ApiError::broken("state", "unknown"))?),
    };
    let words = params.one("q")?.unwrap_or_default().split_whitespace().take(MAX_WORDS).map(str::to_owned).collect();
    Ok(Wanted {
        paid,
        state,
        words,
        from: day("from")?,
        until: day("until")?,
        min_cents: params.number("min_cents", 0, MAX_CENTS)? as u64,
        max_cents: params.number("max_cents", MAX_CENTS, MAX_CENTS)? as u64,
    })
}

/// One of one's own bills. Where a payment is under way, the bank is asked first.
#[utoipa::path(get, path = "/api/v1/bills/{id}", tag = "bills",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Bill), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_bill(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    params: Params,
) -> Result<Json<Bill>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(told::one(&app, &session, &id, &lang).await?))
}

/// Says that one of one's own bills is wrong: it waits for the institution's answer. The same id again is the same.
#[utoipa::path(post, path = "/api/v1/bills/{id}/disputes", tag = "bills", request_body = NewDispute,
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Bill), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_dispute(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    params: Params,
    Body(new): Body<NewDispute>,
) -> Result<Json<Bill>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(dispute::dispute(&app, &session, &id, new, &lang).await?))
}
