//! Getting no more letters, without signing in: each letter has a link that does just that, for ever, and nothing else.

use crate::App;
use crate::error::ApiError;

/// Digits of the digest that makes a link one of ours.
const DIGITS: usize = 32;

/// Where it is said, on this portal.
#[must_use]
pub fn path(app: &App, person_id: &str) -> String {
    format!("/letters/{person_id}.{}", digest(app, person_id))
}

/// The language of whoever a link is for.
///
/// # Errors
/// [`ApiError::NotFound`] for a link that no letter had.
pub async fn language(app: &App, token: &str) -> Result<String, ApiError> {
    Ok(app.identity.contact(&app.db, person_of(app, token)?).await?.lang)
}

/// From now on no notice comes by e-mail; said again, it stays so.
///
/// # Errors
/// [`ApiError::NotFound`] for a link that no letter had; [`ApiError::Conflict`] when the contact was changed in between.
pub async fn stop(app: &App, token: &str, address: String) -> Result<(), ApiError> {
    app.identity.stop_letters(&app.db, person_of(app, token)?, address).await
}

fn person_of<'a>(app: &App, token: &'a str) -> Result<&'a str, ApiError> {
    let (person_id, given) = token.split_once('.').ok_or(ApiError::NotFound)?;
    if given == digest(app, person_id) { Ok(person_id) } else { Err(ApiError::NotFound) }
}

fn digest(app: &App, person_id: &str) -> String {
    app.identity.keys.lookup(&format!("no letters:{person_id}"))[..DIGITS].to_owned()
}
