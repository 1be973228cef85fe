//! Who is signed in, how to reach them, and what was done in their name.

use serde::{Deserialize, Serialize};

/// A company that a person may act for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Company {
    /// The registration number, eleven digits.
    pub number: String,
    pub name: String,
}

/// A session, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Names what a device keeps for them: tells persons and principals apart, and tells nothing of them.
    pub journal: String,
    pub given_name: String,
    pub surname: String,
    /// For whom the person acts now; for themselves if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
    /// Whether they work at the desk of an institution.
    #[serde(default)]
    pub officer: bool,
    /// Seconds until it ends when nothing is done.
    pub unused_seconds: u32,
    /// Seconds until it ends whatever is done.
    pub whole_seconds: u32,
}

/// One of a person's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// By which it is ended.
    pub handle: String,
    /// The one that asks.
    pub own: bool,
    /// The slug of the way of its sign-in.
    pub way: String,
    pub address: String,
    /// What the browser says it is.
    pub agent: String,
    /// ISO 8601, UTC.
    pub created_at: String,
    pub seen_at: String,
}

/// What a citizen needs for a way to sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    #[default]
    Eid,
    Bank,
    /// The card itself, by Web eID: no page to go to, the sign-in page asks the card.
    Card,
}

/// A way to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Way {
    /// In `/sign-in/{slug}?to=PATH&lang=LANG`, where a browser goes, unless the kind is `card`.
    pub slug: String,
    pub name: String,
    pub kind: WayKind,
    /// Whether it answered when it was last asked.
    pub answers: bool,
}

/// What a card is asked to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardChallenge {
    /// 256 random bits in base64, good for one answer by this browser.
    pub nonce: String,
    /// So long it may be answered.
    pub seconds: u32,
}

/// Whom to act for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Principal {
    /// A company's registration number; none for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

/// Where a browser goes after signing out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedOut {
    /// To the provider, whose own session ends there; the portal's page `signed-out` if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leave: Option<String>,
}

/// What may come by e-mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ByMail {
    pub tasks: bool,
    pub progress: bool,
    pub bills: bool,
    pub documents: bool,
    pub favourites: bool,
    /// What one asked to be reminded of, and what ends soon.
    #[serde(default)]
    pub reminders: bool,
}

/// How to reach a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// A verified address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// One whose code has not been given yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unverified_email: Option<String>,
    /// In international form, `+37120000000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Of messages: `lv`, `ru` or `en`.
    pub lang: String,
    pub by_mail: ByMail,
}

/// What a person changes of it; the e-mail address has a way of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    pub lang: String,
    pub by_mail: ByMail,
}

/// An address to verify.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewEmail {
    pub email: String,
    /// The language of the page: that of messages, where none was chosen before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// The code that came by e-mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EmailCode {
    pub code: String,
}

/// A thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    pub number: i64,
    /// ISO 8601, UTC.
    pub at: String,
    /// One of [`ACT_KINDS`].
    pub kind: String,
    /// Where it was done from.
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<String>,
    /// For whom, if not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// Acts, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acts {
    pub acts: Vec<Act>,
    /// What to ask for `below` to get those before them; none at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<i64>,
}

/// The codes of acts.
pub const ACT_KINDS: [&str; 32] = [
    "sign_in",
    "sign_out",
    "session_ended",
    "principal",
    "contact",
    "email_asked",
    "email_verified",
    "looked",
    "use_started",
    "use_sent",
    "use_ended",
    "use_forgotten",
    "payment_begun",
    "payment_failed",
    "bill_paid",
    "case_read",
    "case_taken",
    "case_asked",
    "case_told",
    "case_answered",
    "case_decided",
    "case_withdrawn",
    "registry_asked",
    "deficiencies",
    "data_copied",
    "document_given",
    "bill_issued",
    "bill_changed",
    "bill_disputed",
    "document_shared",
    "document_fetched",
    "share_ended",
];

/// Whether a text can be an e-mail address: one `@`, something on both sides, a dot in the domain, no spaces.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_graphic() && !b"@<>()[],;:\\\"".contains(&byte))
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
    };
    text.len() <= 254 && name.len() <= 64 && plain(name) && plain(domain) && domain.contains('.')
}

/// A phone number in international form, or a Latvian one of eight digits made so; `None` for what is neither.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '(' | ')')).collect();
    let digits = bare.strip_prefix('+').unwrap_or(&bare);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (bare.starts_with('+'), digits.len()) {
        (true, 7..=15) => Some(bare),
        (false, 8) if digits.starts_with(['2', '6']) => Some(format!("+371{digits}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for right in ["anna.berzina@epasts.example", "a+b@x.lv"] {
            assert!(is_email(right), "{right}");
        }
        for wrong in ["", "anna", "@x.lv", "a@lv", "a@@x.lv", "a b@x.lv", "a@x..lv", "a@x.lv\r\nBcc: b@x.lv", "a@.lv"] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_phone_number_is_kept_in_international_form() {
        assert_eq!(phone("2000 0000").as_deref(), Some("+37120000000"));
        assert_eq!(phone("+371 6700-0000").as_deref(), Some("+37167000000"));
        for wrong in ["", "112", "30000000", "+12", "+371 2000x000", "2000000000000000"] {
            assert_eq!(phone(wrong), None, "{wrong}");
        }
    }
}
