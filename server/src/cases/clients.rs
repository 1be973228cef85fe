//! Machines of institutions: OAuth 2.0 client credentials (RFC 6749, section 4.4). A client belongs to one institution; its
//! newest token holds for an hour.

use sea_orm::ConnectionTrait;

use crate::ambient::Ambient;
use crate::db::api_client::{self, Model};
use crate::error::ApiError;
use crate::identity::session::digest;

/// How long a token holds, in seconds.
pub const TOKEN_SECONDS: u32 = 3_600;

/// A client and its secret, which is told once.
#[derive(Debug)]
pub struct Made {
    pub id: String,
    pub secret: String,
}

/// Makes a client of an institution.
///
/// # Errors
/// When the database fails.
pub async fn make(
    db: &impl ConnectionTrait,
    ambient: &Ambient,
    institution: &str,
    name: &str,
) -> Result<Made, ApiError> {
    let (id, secret) = (ambient.id(), ambient.secret());
    let row = Model {
        id: id.clone(),
        institution: institution.into(),
        name: name.into(),
        secret: digest(&secret),
        token: None,
        token_until: 0,
        created_at: ambient.millis(),
        revoked_at: None,
    };
    api_client::add(db, row).await?;
    Ok(Made { id, secret })
}

/// A token for whoever knows the secret; none otherwise.
///
/// # Errors
/// When the database fails.
pub async fn token(
    db: &impl ConnectionTrait,
    ambient: &Ambient,
    id: &str,
    secret: &str,
) -> Result<Option<String>, ApiError> {
    let found = api_client::by_id(db, id).await?;
    // Digests of random secrets: how far two of them agree tells nothing.
    let knows = |row: &Model| row.revoked_at.is_none() && row.secret == digest(secret);
    if !found.as_ref().is_some_and(knows) {
        return Ok(None);
    }
    let token = ambient.secret();
    let until = ambient.millis() + i64::from(TOKEN_SECONDS) * 1_000;
    api_client::set_token(db, id, &digest(&token), until).await?;
    Ok(Some(token))
}

/// Whose token that is.
///
/// # Errors
/// [`ApiError::SignIn`] where it is nobody's, or has ended.
pub async fn of_token(db: &impl ConnectionTrait, ambient: &Ambient, token: &str) -> Result<Model, ApiError> {
    api_client::by_token(db, &digest(token), ambient.millis()).await?.ok_or(ApiError::SignIn)
}
