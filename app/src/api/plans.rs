//! The rules of a life event's plan: from the server, and without a network from this device, where they stay once read.

use durvis_contract::Plan;
use leptos::prelude::window;

use super::decode::Decode;
use super::fetch::{ApiError, decoded, get_json};
use crate::i18n::content;
use crate::offline::plans::Plans;

/// The plan of a life event in the page's language. What is answered to it is never part of a request.
pub async fn get_plan(plans: &Plans, life_event: &str) -> Result<Plan, ApiError> {
    let key = format!("rules/{}/{life_event}", content());
    let kept = || async { Plan::decode(&plans.get(&key).await) };
    if !window().navigator().on_line()
        && let Some(kept) = kept().await
    {
        return Ok(kept);
    }
    match get_json(&format!("/api/v1/plans/{life_event}?lang={}", content())).await {
        Ok(rules) => {
            plans.put(&key, &rules).await;
            decoded(&rules)
        }
        Err(ApiError::Offline) => kept().await.ok_or(ApiError::Offline),
        Err(error) => Err(error),
    }
}
