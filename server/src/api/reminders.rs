//! One's own reminders.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use durvis_contract::Problem;
use durvis_contract::reminder::{NewReminder, Reminder, ReminderAbout, Reminders};

use super::catalogue_language;
use super::signed_in::{Looking, SignedIn};
use crate::App;
use crate::error::ApiError;
use crate::extract::{Body, Params, Slug};
use crate::reminders;

/// One's own reminders, and the days that others have set; with `kind` and `about`, what that is.
#[utoipa::path(get, path = "/api/v1/reminders", tag = "reminders",
    params(("lang" = Option<String>, Query), ("kind" = Option<ReminderAbout>, Query), ("about" = Option<String>, Query)),
    responses((status = 200, body = Reminders), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list_reminders(
    State(app): State<App>,
    Looking(session): Looking,
    params: Params,
) -> Result<Json<Reminders>, ApiError> {
    params.only(&["lang", "kind", "about"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let wanted = match (params.one("kind")?, params.one("about")?) {
        (None, None) => None,
        (Some(kind), Some(about)) => {
            Some((ReminderAbout::of_code(kind).ok_or_else(|| ApiError::broken("kind", "unknown"))?, about))
        }
        (None, Some(_)) => return Err(ApiError::broken("kind", "required")),
        (Some(_), None) => return Err(ApiError::broken("about", "required")),
    };
    Ok(Json(reminders::list(&app, &session, &lang, wanted).await?))
}

/// Sets a reminder under an id that the device made, 32 hexadecimal digits; under the id of one's own, it has a new day and words.
#[utoipa::path(put, path = "/api/v1/reminders/{id}", tag = "reminders", request_body = NewReminder,
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Reminder), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn put_reminder(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
    params: Params,
    Body(new): Body<NewReminder>,
) -> Result<Json<Reminder>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    Ok(Json(reminders::set(&app, &session, &id, new, &lang).await?))
}

/// Deletes one of one's own.
#[utoipa::path(delete, path = "/api/v1/reminders/{id}", tag = "reminders", params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete_reminder(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Slug(id): Slug,
) -> Result<StatusCode, ApiError> {
    reminders::delete(&app, &session, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
