//! One service with its places: from the server, and without a network from the bundle that the service worker keeps.

use durvis_contract::{Institution, Place, ServiceDetail};
use leptos::prelude::window;

use super::catalogue::get_bundle;
use super::fetch::{ApiError, get_json};
use crate::i18n::lang;

/// A service in the page's language.
pub async fn get_service(slug: &str) -> Result<ServiceDetail, ApiError> {
    let online = window().navigator().on_line();
    let answer = if online {
        get_json(&format!("/api/v1/services/{slug}?lang={}", lang().code())).await
    } else {
        Err(ApiError::Offline)
    };
    match answer {
        Err(ApiError::Offline) => kept(slug).await,
        answer => answer,
    }
}

async fn kept(slug: &str) -> Result<ServiceDetail, ApiError> {
    let bundle = get_bundle().await?;
    let service = bundle.services.into_iter().find(|service| service.slug == slug).ok_or(ApiError::NotFound)?;
    let named = |place: &Place| {
        let offered = service.offers.iter().any(|offer| offer.places.contains(&place.slug));
        offered || service.channels.places.contains(&place.slug)
    };
    let places = bundle.places.into_iter().filter(named).collect();
    Ok(ServiceDetail { service, places })
}

/// An institution with its places. Both stand in the bundle only, which is kept for offline reading anyway.
pub async fn get_institution(slug: &str) -> Result<(Institution, Vec<Place>), ApiError> {
    let bundle = get_bundle().await?;
    let institution = bundle.institutions.into_iter().find(|one| one.slug == slug).ok_or(ApiError::NotFound)?;
    Ok((institution, bundle.places.into_iter().filter(|place| place.institution == slug).collect()))
}
