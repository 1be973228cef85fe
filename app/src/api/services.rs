//! One service with its places: from the server, and without a network from the bundle that the service worker keeps.

use durvis_contract::{Institution, Place, Service, ServiceDetail, page};
use js_sys::{Array, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

use super::catalogue::get_bundle;
use super::decode::field;
use super::fetch::{ApiError, decoded, get_json};
use crate::i18n::content;
use crate::offline::database::object;

/// A service in the page's language.
pub async fn get_service(slug: &str) -> Result<ServiceDetail, ApiError> {
    decoded(&get_service_json(slug).await?)
}

/// The same as the browser parsed it: what is kept for offline reading.
pub async fn get_service_json(slug: &str) -> Result<JsValue, ApiError> {
    if window().navigator().on_line() {
        let answer = get_json(&format!("/api/v1/services/{slug}?lang={}", content())).await;
        if answer != Err(ApiError::Offline) {
            return answer;
        }
    }
    let bundle = get_bundle().await?;
    let raw = find(&bundle, "services", "slug", slug).next().ok_or(ApiError::NotFound)?;
    let service: Service = decoded(&raw)?;
    let offered = service.offers.iter().flat_map(|offer| &offer.places);
    let places: Array = service
        .channels
        .places
        .iter()
        .chain(offered)
        .filter_map(|slug| find(&bundle, "places", "slug", slug).next())
        .collect();
    Ok(object(&[("service", &raw), ("places", &places)]))
}

/// An institution with its places. Both stand in the bundle only, which is kept for offline reading anyway.
pub async fn get_institution(slug: &str) -> Result<(Institution, Vec<Place>), ApiError> {
    let bundle = get_bundle().await?;
    let institution = find(&bundle, "institutions", "slug", slug).next().ok_or(ApiError::NotFound)?;
    let places = find(&bundle, "places", "institution", slug).map(|place| decoded(&place)).collect::<Result<_, _>>()?;
    Ok((decoded(&institution)?, places))
}

/// The entries of one of the bundle's lists that have a text in a field.
fn find(bundle: &JsValue, list: &str, name: &'static str, text: &str) -> impl Iterator<Item = JsValue> + use<> {
    let list: Array = Reflect::get(bundle, &list.into()).unwrap_or_default().dyn_into().unwrap_or_default();
    let text = text.to_owned();
    list.into_iter().filter(move |entry| field::<String>(entry, name).as_ref() == Some(&text))
}

/// Slug and title of the e-services of a service. (The whole list is short, and the piece that reads it by serde is long.)
pub async fn list_e_services(service: &str) -> Result<Vec<(String, String)>, ApiError> {
    let all = all_e_services().await?;
    let own = all.iter().filter(|one| field::<String>(one, "service").as_deref() == Some(service));
    Ok(own.filter_map(|one| Some((field(one, "slug")?, field(one, "title")?))).collect())
}

/// Whether whoever runs the portal is asked by an e-service.
pub async fn has_support() -> Result<bool, ApiError> {
    let all = all_e_services().await?;
    Ok(all.iter().any(|one| field::<String>(one, "slug").as_deref() == Some(page::SUPPORT)))
}

async fn all_e_services() -> Result<Vec<JsValue>, ApiError> {
    decoded(&get_json(&format!("/api/v1/e-services?lang={}", content())).await?)
}
