//! Every way in which a request can fail, and how it is answered: RFC 9457 problem+json, a closed set.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use durvis_contract::{Broken, Held, Problem};
use sea_orm::DbErr;

/// Why a request is refused.
#[derive(Debug)]
pub enum ApiError {
    /// The input broke rules.
    Broken(Vec<Broken>),
    /// We do not know who asks.
    SignIn,
    /// We know, and no.
    Forbidden,
    NotFound,
    MethodNotAllowed,
    TooLarge,
    /// The body took longer than a client may take.
    TooSlow,
    /// Too many requests of a kind, with the seconds to wait.
    Wait(u32),
    /// Somebody else changed the same in between.
    Conflict,
    /// So did an officer, who has the case.
    Held(Held),
    /// A register or provider, by its code, does not answer; the cause is logged.
    Silent(&'static str, String),
    /// There is no catalogue yet.
    NotReady,
    /// Our fault. The cause is logged here, once, and never told.
    Internal(String),
}

impl ApiError {
    /// One broken rule.
    #[must_use]
    pub fn broken(field: &str, rule: &str) -> Self {
        Self::Broken(vec![Broken { field: field.into(), rule: rule.into() }])
    }

    fn face(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Broken(_) => (StatusCode::BAD_REQUEST, "broken-rules", "The request breaks rules"),
            Self::SignIn => (StatusCode::UNAUTHORIZED, "sign-in", "We do not know who asks"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden", "Not for you"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found", "There is no such thing"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Not with this method"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow", "The request took too long"),
            Self::Wait(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many requests of this kind"),
            Self::Conflict | Self::Held(_) => (StatusCode::CONFLICT, "conflict", "It was changed in between"),
            Self::Silent(..) => (StatusCode::SERVICE_UNAVAILABLE, "silent", "One whom we ask does not answer"),
            Self::NotReady => (StatusCode::SERVICE_UNAVAILABLE, "not-ready", "There is no catalogue yet"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong here"),
        }
    }
}

/// What any reading of the catalogue may answer instead: for the API's description.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum Refused {
    /// A parameter is unknown, or not what it should be.
    #[response(status = 400, content_type = "application/problem+json")]
    Broken(#[to_schema] Problem),
    /// There is no catalogue yet.
    #[response(status = 503, content_type = "application/problem+json")]
    NotReady(#[to_schema] Problem),
}

impl From<DbErr> for ApiError {
    fn from(error: DbErr) -> Self {
        Self::Internal(format!("database: {error}"))
    }
}

impl From<std::io::Error> for ApiError {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("a stored document is not what it should be: {error}"))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, kind, title) = self.face();
        if let Self::Internal(cause) = &self {
            // In the request's span, which carries its id.
            tracing::error!(cause, "request failed");
        }
        if let Self::Silent(who, cause) = &self {
            tracing::warn!(who, cause, "no answer from outside");
        }
        let held = if let Self::Held(held) = &self { Some(held.clone()) } else { None };
        let wait = if let Self::Wait(seconds) = self { Some(seconds) } else { None };
        let problem = Problem {
            r#type: format!("/problems/{kind}"),
            status: status.as_u16(),
            title: title.into(),
            instance: crate::api::request_id::current(),
            broken: match self {
                Self::Broken(broken) => broken,
                Self::Silent(who, _) => vec![Broken { field: who.into(), rule: "silent".into() }],
                _ => vec![],
            },
            held,
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
