//! The texts of the interface: the file that the page names.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlLinkElement;

use super::fetch::{ApiError, decoded, get_json};

/// The texts of the page's language, in the order of the keys.
pub async fn get_texts() -> Result<Vec<String>, ApiError> {
    let link = document().get_element_by_id("texts").and_then(|link| link.dyn_into::<HtmlLinkElement>().ok());
    decoded(&get_json(&link.ok_or(ApiError::NotFound)?.href()).await?)
}
