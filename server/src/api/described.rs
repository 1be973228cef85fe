//! Reading the catalogue's descriptions in the language that the request names.

use serde::de::DeserializeOwned;

use crate::App;
use crate::catalogue::live::Released;
use crate::db::description;
use crate::error::ApiError;
use crate::extract::Params;

/// Most entries of a list; more than any country has municipalities or institutions with e-services.
const MAX_LIST: u64 = 2_000;

/// What is described.
#[derive(Clone, Copy)]
pub(super) enum Described {
    LifeEvent,
    Plan,
    Institution,
    Territory,
}

impl Described {
    fn kind(self) -> &'static str {
        match self {
            Self::LifeEvent => "life_event",
            Self::Plan => "plan",
            Self::Institution => "institution",
            Self::Territory => "territory",
        }
    }
}

/// The language asked for, or the portal's first one.
///
/// # Errors
/// When the catalogue has no such language.
pub(super) fn catalogue_language(released: &Released, params: &Params) -> Result<String, ApiError> {
    let languages = &released.counts.languages;
    match params.one("lang")? {
        None => languages.first().cloned().ok_or(ApiError::NotReady),
        Some(lang) if languages.iter().any(|one| one == lang) => Ok(lang.to_owned()),
        Some(_) => Err(ApiError::broken("lang", "unknown")),
    }
}

pub(super) async fn described_list<T: DeserializeOwned>(
    app: &App,
    what: Described,
    params: &Params,
) -> Result<Vec<T>, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), params)?;
    let bodies = description::list(&app.db, what.kind(), &lang, MAX_LIST).await?;
    bodies.iter().map(|body| serde_json::from_str(body).map_err(ApiError::from)).collect()
}

pub(super) async fn described_one<T: DeserializeOwned>(
    app: &App,
    what: Described,
    slug: &str,
    params: &Params,
) -> Result<T, ApiError> {
    params.only(&["lang"])?;
    let lang = catalogue_language(&app.live.current(), params)?;
    let body = description::find(&app.db, what.kind(), &lang, slug).await?.ok_or(ApiError::NotFound)?;
    Ok(serde_json::from_str(&body)?)
}
