//! JSON to the contract's types by serde. Only the piece `wizard` calls this, so serde's parsers are in its download and in no
//! other.

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::fetch::ApiError;

pub(super) fn parsed<T: DeserializeOwned>(value: &JsValue) -> Result<T, ApiError> {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| serde_json::from_str(&text).ok()).ok_or_else(|| ApiError::Failed(String::new()))
}

pub(super) fn written(value: &impl Serialize) -> Result<JsValue, ApiError> {
    let text = serde_json::to_string(value).ok();
    text.and_then(|text| JSON::parse(&text).ok()).ok_or_else(|| ApiError::Failed(String::new()))
}
