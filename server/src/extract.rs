//! Getting values out of requests, strictly: what cannot be understood is refused with the field and the rule.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use durvis_contract::Broken;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// Largest body, longest wait for it, most parameters.
const MAX_BODY_BYTES: usize = 64 * 1024;
const MAX_BODY_WAIT: Duration = Duration::from_secs(10);
const MAX_PARAMETERS: usize = 64;

/// The query string: names and values in UTF-8, a name possibly more than once.
pub struct Params(BTreeMap<String, Vec<String>>);

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Self::parse(parts.uri.query().unwrap_or_default())
    }
}

impl Params {
    fn parse(query: &str) -> Result<Self, ApiError> {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (count, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
            if count == MAX_PARAMETERS {
                return Err(ApiError::broken("query", "too_many"));
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decode = |text: &str| {
                let text = text.replace('+', " ");
                percent_decode_str(&text).decode_utf8().map(|text| text.into_owned())
            };
            let not_utf8 = |_| ApiError::broken("query", "not_utf8");
            values.entry(decode(name).map_err(not_utf8)?).or_default().push(decode(value).map_err(not_utf8)?);
        }
        Ok(Self(values))
    }

    /// Refuses names that the endpoint does not know: a mistyped parameter must not be taken for "no filter".
    ///
    /// # Errors
    /// Names every unknown one.
    pub fn only(&self, known: &[&str]) -> Result<(), ApiError> {
        let unknown = self.0.keys().filter(|name| !known.contains(&name.as_str()));
        let broken: Vec<Broken> =
            unknown.map(|name| Broken { field: name.clone(), rule: "unknown_parameter".into() }).collect();
        if broken.is_empty() { Ok(()) } else { Err(ApiError::Broken(broken)) }
    }

    /// Every value of a name.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The one value of a name.
    ///
    /// # Errors
    /// When it stands there twice.
    pub fn one(&self, name: &str) -> Result<Option<&str>, ApiError> {
        match self.all(name) {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(ApiError::broken(name, "more_than_one")),
        }
    }

    /// A number within bounds, or its default.
    ///
    /// # Errors
    /// When it is not a number, or out of bounds.
    pub fn number(&self, name: &str, default: usize, most: usize) -> Result<usize, ApiError> {
        let Some(text) = self.one(name)? else { return Ok(default) };
        let number: usize = text.parse().map_err(|_| ApiError::broken(name, "not_a_number"))?;
        if number > most { Err(ApiError::broken(name, "too_large")) } else { Ok(number) }
    }
}

/// The slug in a path.
pub struct Slug(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Slug {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let slug = Path::<String>::from_request_parts(parts, state).await;
        slug.map(|Path(slug)| Self(slug)).map_err(|_| ApiError::NotFound)
    }
}

/// A JSON body, bounded in size and time.
pub struct Body<T, const MAX_BYTES: usize = MAX_BODY_BYTES>(pub T);

impl<T: DeserializeOwned, S: Sync, const MAX_BYTES: usize> FromRequest<S> for Body<T, MAX_BYTES> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = axum::body::to_bytes(request.into_body(), MAX_BYTES);
        let bytes = tokio::time::timeout(MAX_BODY_WAIT, bytes).await.map_err(|_| ApiError::TooSlow)?;
        let bytes = bytes.map_err(|_| ApiError::TooLarge)?;
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            let at = format!("not_json_of_this_form at line {} column {}", error.line(), error.column());
            ApiError::broken("body", &at)
        })?;
        Ok(Self(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded_and_kept_in_order() {
        let params = Params::parse("q=dz%C4%ABve+viet&kind=here&kind=post&").ok().unwrap();
        assert_eq!(params.one("q").ok().unwrap(), Some("dzīve viet"));
        assert_eq!(params.all("kind"), ["here", "post"]);
        assert!(params.one("kind").is_err());
    }

    #[test]
    fn what_is_not_utf_8_or_without_end_is_refused() {
        assert!(Params::parse("q=%FF").is_err());
        assert!(Params::parse(&"a=1&".repeat(MAX_PARAMETERS + 1)).is_err());
        assert!(Params::parse(&"a=1&".repeat(MAX_PARAMETERS)).is_ok());
    }

    #[test]
    fn a_number_keeps_its_bounds() {
        let params = Params::parse("limit=101&offset=-1").ok().unwrap();
        assert!(params.number("limit", 20, 100).is_err());
        assert!(params.number("offset", 0, 100).is_err());
        assert_eq!(params.number("page", 7, 100).ok(), Some(7));
    }
}
