//! The overview of one's workspace.

use durvis_contract::overview::Overview;

use super::fetch::{ApiError, get_json};
use super::typed::parsed;
use crate::i18n::content;

pub async fn get_overview() -> Result<Overview, ApiError> {
    parsed(&get_json(&format!("/api/v1/overview?lang={}", content())).await?)
}
