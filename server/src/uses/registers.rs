//! The state's registers, asked about one person at a time. Nothing that they answer is kept.

use std::collections::BTreeMap;

use openidconnect::http::{Request, header};
use serde_json::Value;

use crate::config::Register;
use crate::error::ApiError;
use crate::identity::person::Person;
use crate::outbound::Outbound;

/// Whose personal codes the registers know (ISO 3166-1): the code of another state may be the same.
const STATE: &str = "LV";
/// A register that the operator has not named is as one that does not answer.
const UNNAMED: &str = "is not among the registers of the settings";

/// Where each register answers, by its code.
#[derive(Clone, Debug)]
pub struct Registers {
    by_code: BTreeMap<String, (String, String)>,
    outbound: Outbound,
}

impl Registers {
    /// Of an operator's settings: URL and the file of the token, by code.
    ///
    /// # Errors
    /// Says which file cannot be read.
    pub fn new(settings: &BTreeMap<String, Register>, outbound: Outbound) -> Result<Self, String> {
        let read = |(code, register): (&String, &Register)| {
            let token = std::fs::read_to_string(&register.token);
            let token = token.map_err(|error| format!("{}: {error}", register.token.display()))?;
            Ok((code.clone(), (register.url.trim_end_matches('/').to_owned(), token.trim().to_owned())))
        };
        let by_code = settings.iter().map(read).collect::<Result<_, String>>()?;
        Ok(Self { by_code, outbound })
    }

    /// What a register holds of a person by their code; `None` where it holds nothing.
    ///
    /// # Errors
    /// [`ApiError::Silent`] when it does not answer as it should.
    pub async fn ask(&self, register: &str, person: &Person) -> Result<Option<Value>, ApiError> {
        if person.country != STATE {
            return Ok(None);
        }
        self.ask_about(register, &person.code).await
    }

    /// The same by a personal code of this state.
    ///
    /// # Errors
    /// As [`Registers::ask`].
    pub async fn ask_about(&self, register: &str, code: &str) -> Result<Option<Value>, ApiError> {
        let silent = |cause: String| ApiError::Silent("register", format!("{register}: {cause}"));
        let (url, token) = self.by_code.get(register).ok_or_else(|| silent(UNNAMED.into()))?;
        let request = Request::get(format!("{url}/persons/{code}"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Vec::new())
            .map_err(|error| silent(error.to_string()))?;
        let answer = self.outbound.send(request).await.map_err(|error| silent(error.to_string()))?;
        match answer.status().as_u16() {
            200 => serde_json::from_slice(answer.body()).map(Some).map_err(|error| silent(error.to_string())),
            404 => Ok(None),
            other => Err(silent(format!("status {other}"))),
        }
    }
}

/// What stands in an answer under names with dots between, such as `residence.postal_code`.
#[must_use]
pub fn part<'a>(answer: &'a Value, at: &str) -> Option<&'a Value> {
    let found = at.split('.').try_fold(answer, |value, name| value.get(name));
    found.filter(|value| !value.is_null())
}
