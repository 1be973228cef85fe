//! Misbehaviour on demand. A part does once, several times or until further notice what no good provider does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::world::{World, lock};

/// What can misbehave: the first parts of the paths.
pub const PARTS: [&str; 7] = ["eid", "kalnu-banka", "juras-banka", "population", "enterprises", "bdas", "bank"];
/// Most rules in force at once.
const MAX_RULES: usize = 100;
/// Longest wait, and the one where none is named.
const MAX_MS: u64 = 600_000;
const DEFAULT_MS: u64 = 10_000;

/// What a part may do wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Answers after `ms` milliseconds.
    Slow,
    /// Answers 503.
    Error,
    /// Closes the connection without an answer.
    Drop,
    /// The token is signed by another key than the one that it names.
    WrongSignature,
    /// The token ended an hour ago.
    Expired,
    /// The token is another provider's. At `authorize`: so says the answer that the browser brings back.
    OtherIssuer,
    /// The token is for another client.
    WrongAudience,
    /// The token is not signed.
    AlgNone,
    /// The token is signed as HS256, with the published key for a secret.
    PublicKeyAsSecret,
    /// The token answers another question.
    WrongNonce,
    /// The token is the one that was given before.
    Replay,
    /// A payment's status stays `PDNG`.
    Pending,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Slow,
        Self::Error,
        Self::Drop,
        Self::WrongSignature,
        Self::Expired,
        Self::OtherIssuer,
        Self::WrongAudience,
        Self::AlgNone,
        Self::PublicKeyAsSecret,
        Self::WrongNonce,
        Self::Replay,
        Self::Pending,
    ];

    /// Whether it is about whole answers, and not about what they say.
    fn of_answers(self) -> bool {
        matches!(self, Self::Slow | Self::Error | Self::Drop)
    }

    /// Whether a part can do it.
    fn fits(self, part: &str) -> bool {
        self.of_answers() || if self == Self::Pending { part == "bank" } else { PARTS[..3].contains(&part) }
    }
}

/// What somebody has asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    part: String,
    kind: Kind,
    /// How often; without a number, until `DELETE /misbehave`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ms: Option<u64>,
    /// Only for paths that end so, such as `token`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

/// The rules in force, the oldest first.
#[derive(Debug, Default)]
pub struct Misbehaviour(Mutex<Vec<Rule>>);

impl Misbehaviour {
    /// What a part does wrong with the token or the payment at a path; that is one time of it.
    pub fn take(&self, part: &str, path: &str) -> Option<Kind> {
        self.find(part, path, |rule| !rule.kind.of_answers()).map(|rule| rule.kind)
    }

    /// The same for the answer that the browser brings back: only where a rule names the place.
    pub fn take_named(&self, part: &str, path: &str) -> Option<Kind> {
        self.find(part, path, |rule| !rule.kind.of_answers() && rule.at.is_some()).map(|rule| rule.kind)
    }

    fn find(&self, part: &str, path: &str, wanted: impl Fn(&Rule) -> bool) -> Option<Rule> {
        let mut rules = lock(&self.0);
        let here = |rule: &Rule| rule.at.as_ref().is_none_or(|at| path.ends_with(at.as_str()));
        let at = rules.iter().position(|rule| rule.part == part && wanted(rule) && here(rule))?;
        let rule = rules[at].clone();
        match &mut rules[at].times {
            Some(left @ 2..) => *left -= 1,
            Some(_) => {
                rules.remove(at);
            }
            None => {}
        }
        Some(rule)
    }
}

/// Marks an answer that is not to be given: the connection is closed instead.
#[derive(Clone, Copy, Debug)]
pub struct Dropped;

/// The rules' own address.
pub fn router() -> Router<Arc<World>> {
    Router::new().route("/misbehave", get(list).post(add).delete(clear))
}

/// Before a part's own answer: late, none, or a wrong one.
pub async fn spoil(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let part = path.split('/').nth(1).unwrap_or_default();
    let control = path.ends_with("/rotate-keys");
    let rule = if control { None } else { world.misbehaviour.find(part, &path, |rule| rule.kind.of_answers()) };
    match rule.map(|rule| (rule.kind, rule.ms)) {
        Some((Kind::Slow, ms)) => {
            tokio::time::sleep(Duration::from_millis(ms.unwrap_or(DEFAULT_MS))).await;
            next.run(request).await
        }
        Some((Kind::Drop, _)) => {
            let mut response = ().into_response();
            response.extensions_mut().insert(Dropped);
            response
        }
        Some(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "error": "temporarily_unavailable" }))).into_response()
        }
        None => next.run(request).await,
    }
}

async fn list(State(world): State<Arc<World>>) -> Json<Vec<Rule>> {
    Json(lock(&world.misbehaviour.0).clone())
}

async fn add(State(world): State<Arc<World>>, Json(rule): Json<Rule>) -> Result<StatusCode, (StatusCode, Json<Value>)> {
    let refused = |said: &str| Err((StatusCode::BAD_REQUEST, Json(json!({ "error": said }))));
    if !PARTS.contains(&rule.part.as_str()) {
        return refused("there is no such part");
    }
    if !rule.kind.fits(&rule.part) {
        return refused("the part cannot do that");
    }
    if rule.times == Some(0) || rule.ms.is_some_and(|ms| ms > MAX_MS) {
        return refused("times or ms is out of bounds");
    }
    let mut rules = lock(&world.misbehaviour.0);
    if rules.len() >= MAX_RULES {
        return refused("there are too many rules");
    }
    rules.push(rule);
    Ok(StatusCode::NO_CONTENT)
}

async fn clear(State(world): State<Arc<World>>) -> StatusCode {
    lock(&world.misbehaviour.0).clear();
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_holds_for_its_part_and_place_and_number_of_times() {
        let all = Misbehaviour::default();
        let rule =
            |kind, times, at: Option<&str>| Rule { part: "eid".into(), kind, times, ms: None, at: at.map(Into::into) };
        lock(&all.0).extend([rule(Kind::Expired, Some(2), None), rule(Kind::OtherIssuer, Some(1), Some("authorize"))]);
        assert_eq!(all.take("bank", "/bank"), None);
        assert_eq!(all.take_named("eid", "/eid/token"), None);
        assert_eq!(all.take("eid", "/eid/token"), Some(Kind::Expired));
        assert_eq!(all.take("eid", "/eid/token"), Some(Kind::Expired));
        assert_eq!(all.take("eid", "/eid/token"), None);
        assert_eq!(all.take_named("eid", "/eid/authorize"), Some(Kind::OtherIssuer));
        assert_eq!(all.take_named("eid", "/eid/authorize"), None);
    }
}
