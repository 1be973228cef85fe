//! Who asks, as a type: a handler that holds a [`SignedIn`] has a session that has not ended.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::App;
use crate::cookie;
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::peer::Peer;

/// A session in use: asking for it keeps it alive.
pub(super) struct SignedIn(pub(super) Session);

/// A session that is only looked at: asking for it does not keep it alive.
pub(super) struct Looking(pub(super) Session);

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Looking(mut session) = Looking::from_request_parts(parts, app).await?;
        app.identity.used(&app.db, &mut session).await?;
        Ok(Self(session))
    }
}

impl FromRequestParts<App> for Looking {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let secret = cookie::read(&parts.headers, cookie::SESSION).ok_or(ApiError::SignIn)?;
        let mut session = app.identity.session(&app.db, secret).await?.ok_or(ApiError::SignIn)?;
        // What is done now comes from where the request comes from, not from where the sign-in came.
        session.address = Client::of(parts).0;
        app.limits.person.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
        Ok(Self(session))
    }
}

/// The network address that a request comes from.
pub(super) struct Client(pub(super) String);

impl Client {
    fn of(parts: &Parts) -> Self {
        let peer = parts.extensions.get::<Peer>();
        Self(peer.map_or_else(|| "unknown".to_owned(), |peer| peer.0.to_string()))
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}
