//! The enterprise register: for which companies a person may act. Asked when it matters, never kept.

use openidconnect::http::{Request, header};
use serde::Deserialize;

use super::person::Person;
use super::session::Company;
use crate::error::ApiError;
use crate::outbound::Outbound;

/// Most companies of a person that are offered.
const MAX_COMPANIES: usize = 200;
/// Whose personal codes the register knows (ISO 3166-1): the code of another state may be the same.
const STATE: &str = "LV";

/// Where the register answers.
#[derive(Clone, Debug)]
pub struct Mandates {
    /// Without a slash at its end.
    pub url: String,
    pub token: String,
    pub outbound: Outbound,
}

#[derive(Deserialize)]
struct Answer {
    companies: Vec<Company>,
}

impl Mandates {
    /// The companies that a person may act for.
    ///
    /// # Errors
    /// [`ApiError::Silent`] when the register does not answer.
    pub async fn companies(&self, person: &Person) -> Result<Vec<Company>, ApiError> {
        if person.country != STATE {
            return Ok(Vec::new());
        }
        let silent = |cause: String| ApiError::Silent("enterprise_register", cause);
        let request = Request::get(format!("{}/mandates/{}", self.url, person.code))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .body(Vec::new())
            .map_err(|error| silent(error.to_string()))?;
        let answer = self.outbound.send(request).await.map_err(|error| silent(error.to_string()))?;
        match answer.status().as_u16() {
            200 => {}
            404 => return Ok(Vec::new()),
            other => return Err(silent(format!("status {other}"))),
        }
        let answer: Answer = serde_json::from_slice(answer.body()).map_err(|error| silent(error.to_string()))?;
        Ok(answer.companies.into_iter().take(MAX_COMPANIES).collect())
    }
}
