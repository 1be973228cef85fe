//! From the portal to a provider and back: what the browser keeps meanwhile is sealed in a cookie of that one attempt, so that
//! nobody else can finish it, and two attempts in two tabs do not meet.

use serde::{Deserialize, Serialize};

use super::Identity;
use super::provider::Departure;
use crate::error::ApiError;

/// How long a citizen may take at the provider.
pub const ATTEMPT_SECONDS: i64 = 600;
/// Longest path to come back to, in bytes.
const MAX_WAY_BACK: usize = 1_000;

/// An attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub way: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
    /// Where in the portal to go afterwards, from [`way_back`].
    pub to: String,
    pub lang: String,
    /// Milliseconds since 1970.
    pub until: i64,
}

impl Identity {
    /// An attempt that begins now, and what the cookie holds of it.
    ///
    /// # Errors
    /// Never, unless it cannot be written as JSON.
    pub fn attempt(&self, way: &str, departure: Departure, to: String, lang: &str) -> Result<String, ApiError> {
        let Departure { state, nonce, verifier, .. } = departure;
        let until = self.ambient.millis() + ATTEMPT_SECONDS * 1_000;
        let attempt = Attempt { way: way.into(), state, nonce, verifier, to, lang: lang.into(), until };
        let place = place(&attempt.state);
        self.seal(&attempt, &place)
    }

    /// The attempt that a cookie holds: for this way and this state, and not too old.
    #[must_use]
    pub fn attempted(&self, sealed: &str, way: &str, state: &str) -> Option<Attempt> {
        let attempt: Attempt = self.open(sealed, &place(state)).ok()?;
        let same = attempt.way == way && attempt.state == state;
        (same && self.ambient.millis() < attempt.until).then_some(attempt)
    }
}

/// The cookie of the attempt with a state: another one for each.
#[must_use]
pub fn cookie(state: &str) -> Option<String> {
    let mark = state
        .get(..12)
        .filter(|mark| mark.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)))?;
    Some(format!("__Host-attempt-{mark}"))
}

/// A path of the portal to come back to. Whatever could lead elsewhere is none.
#[must_use]
pub fn way_back(to: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    let path = to.split(['?', '#']).next().unwrap_or_default();
    let lang = path.get(1..3).is_some_and(|lang| lang.bytes().all(|byte| byte.is_ascii_lowercase()));
    let inside = to.starts_with('/') && lang && matches!(path.as_bytes().get(3), None | Some(b'/'));
    // A browser takes %2e for a dot.
    let dots = |part: &str| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    let straight = !path.contains("//") && !path.split('/').any(dots);
    (to.len() <= MAX_WAY_BACK && to.bytes().all(plain) && inside && straight).then(|| to.to_owned())
}

fn place(state: &str) -> String {
    format!("attempt:{state}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_into_the_portal_only() {
        for right in ["/lv", "/ru/", "/lv/services/passport?from=home#start", "/en/workspace"] {
            assert_eq!(way_back(right).as_deref(), Some(right));
        }
        let long = format!("/lv/{}", "a".repeat(1_000));
        for wrong in [
            "",
            "/",
            "lv",
            "//evil.example",
            "/\\evil.example",
            "/lv\\..",
            "https://evil.example",
            "/lv//evil.example",
            "/lvx",
            "/api/v1/session",
            "/lv/../api",
            "/lv/\r\nset-cookie:x",
            "/lv/ x",
            "/sign-in/eid",
            &long,
            "javascript:x",
        ] {
            assert_eq!(way_back(wrong), None, "{wrong:?}");
        }
    }
}
