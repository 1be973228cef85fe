//! Paying one's own bills. `/pay/{id}/back` is for browsers that a bank sends back.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use durvis_contract::Problem;
use durvis_contract::payment::{NewPayment, PayingBank, Payment};

use super::catalogue_language;
use super::signed_in::SignedIn;
use crate::App;
use crate::bills::{pay, told};
use crate::error::ApiError;
use crate::extract::{Body, Params, Slug};

/// The banks that one can pay with; none where this portal takes no payments.
#[utoipa::path(get, path = "/api/v1/banks", tag = "bills", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = [PayingBank]), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_banks(State(app): State<App>, params: Params) -> Result<Json<Vec<PayingBank>>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(told::banks(&app, &lang)))
}

/// Begins a payment of bills under an id that the device made; repeated, it is the same payment. The answer says where the
/// citizen decides.
#[utoipa::path(post, path = "/api/v1/payments", tag = "bills", request_body = NewPayment,
    responses((status = 200, body = Payment),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn begin_payment(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Body(new): Body<NewPayment>,
) -> Result<Json<Payment>, ApiError> {
    Ok(Json(pay::begin(&app, &session, new).await?))
}

/// A payment of one's own bills. Where it is under way, the bank is asked first.
#[utoipa::path(get, path = "/api/v1/payments/{id}", tag = "bills",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Payment),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_payment(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    params: Params,
) -> Result<Json<Payment>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(told::payment(&app, &session, &id, &lang).await?))
}

/// Gives a payment up, as long as nobody has confirmed it.
#[utoipa::path(delete, path = "/api/v1/payments/{id}", tag = "bills",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Payment),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_payment(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    params: Params,
) -> Result<Json<Payment>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(pay::give_up(&app, &session, &id, &lang).await?))
}

/// From the bank: what it adds to the address is not read, it is asked.
pub(super) async fn come_back(State(app): State<App>, Path(id): Path<String>) -> Result<Response, ApiError> {
    let to = pay::come_back(&app, &id).await?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}
