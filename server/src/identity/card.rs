//! Sign-in by card (Web eID): what an operator sets, challenges, and from a token to a person. The checks themselves are in
//! `crates/web-eid`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use durvis_web_eid::{Challenge, Origin, Refusal, Revocation, Trust, Validator};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::Identity;
use super::person::Person;
use super::responders::Network;
use super::session::digest;
use crate::ambient::Ambient;
use crate::db;
use crate::error::ApiError;
use crate::outbound::Outbound;

/// The slug of the way.
pub const WAY: &str = "web-eid";
/// How long a citizen may take to put the card in and type the PIN.
pub const CHALLENGE_SECONDS: u32 = 300;
/// The place that what the cookie holds is sealed for.
const PLACE: &str = "challenge";

/// What an operator says of cards.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What the way is called, by language.
    pub name: BTreeMap<String, String>,
    /// A folder with the certificates of the trusted authorities: `*.cer`, `*.crt`, `*.der`, `*.pem`.
    pub trusted: PathBuf,
    /// Whether it is asked if a card is revoked. Off is for trying out only.
    #[serde(default = "yes")]
    pub ocsp: bool,
    /// For responders that do not repeat the question's nonce.
    #[serde(default)]
    pub ocsp_nonce_may_miss: bool,
    /// The policies under which cards are taken, such as `1.3.6.1.4.1.32061.2.1`; all, if none is named.
    #[serde(default)]
    pub policies: Vec<String>,
}

const fn yes() -> bool {
    true
}

/// Sign-in by card, as it is set up.
#[derive(Clone, Debug)]
pub struct Card {
    pub settings: Settings,
    validator: Validator,
    responders: Network,
}

impl Card {
    /// Reads the certificates; asks nobody yet.
    ///
    /// # Errors
    /// Says what is wrong with the settings.
    pub fn new(settings: Settings, public_url: &str, outbound: Outbound, ambient: Ambient) -> Result<Self, String> {
        let origin = Origin::parse(public_url);
        let origin =
            origin.map_err(|_| format!("web_eid: cards sign for https://host[:port], not for {public_url}"))?;
        let trust = trust(&settings.trusted).map_err(|error| format!("web_eid: {error}"))?;
        let validator = Validator::new(origin, trust).permitting(&settings.policies);
        let validator = validator.map_err(|policy| format!("web_eid: {policy:?} is not a policy such as 1.2.3"))?;
        Ok(Self { settings, validator, responders: Network { outbound, ambient } })
    }

    /// What it is called in a language, or in the first one that it has.
    #[must_use]
    pub fn name(&self, lang: &str) -> String {
        let names = &self.settings.name;
        names.get(lang).or_else(|| names.values().next()).map_or(WAY, String::as_str).to_owned()
    }

    /// Who has signed the nonce with their card.
    ///
    /// # Errors
    /// Why nobody has, or nobody whom a portal can know.
    pub async fn holder(&self, token: &str, nonce: &str, now: SystemTime) -> Result<Person, Refusal> {
        let revocation = if self.settings.ocsp {
            Revocation::Asked { responders: &self.responders, nonce_may_miss: self.settings.ocsp_nonce_may_miss }
        } else {
            Revocation::Unasked
        };
        let subject = self.validator.validate(token, nonce, now, &revocation).await?;
        let person = Person::of_identifier(&subject.personal_code, &subject.given_name, &subject.surname, None);
        person.ok_or(Refusal::SubjectIncomplete)
    }
}

/// The certificates of a folder. A file that cannot be read is named: trust is not to shrink unseen.
///
/// # Errors
/// Names the file, or the folder where it has no certificates.
pub fn trust(folder: &Path) -> Result<Trust, String> {
    let named = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut trust = Trust::default();
    for entry in std::fs::read_dir(folder).map_err(|error| named(folder, &error))? {
        let path = entry.map_err(|error| named(folder, &error))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        if matches!(ending.as_deref(), Some("cer" | "crt" | "der" | "pem")) {
            let file = std::fs::read(&path).map_err(|error| named(&path, &error))?;
            trust.add(&file).map_err(|error| named(&path, &error))?;
        }
    }
    if trust.is_empty() { Err(named(folder, &"no certificates")) } else { Ok(trust) }
}

/// What the browser keeps of a challenge, sealed: another browser cannot answer it.
#[derive(Serialize, Deserialize)]
struct Asked {
    nonce: String,
    /// Milliseconds since 1970.
    until: i64,
}

impl Identity {
    /// A new challenge, and what the cookie holds of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn challenge(&self, db: &impl ConnectionTrait) -> Result<(Challenge, String), ApiError> {
        let challenge = Challenge::new(self.ambient.bytes());
        let until = self.ambient.millis() + i64::from(CHALLENGE_SECONDS) * 1_000;
        let row = db::challenge::Model { digest: digest(challenge.as_str()), ends_at: until };
        db::challenge::add(db, row).await?;
        let kept = self.seal(&Asked { nonce: challenge.as_str().into(), until }, PLACE)?;
        Ok((challenge, kept))
    }

    /// The nonce that a browser was asked to have signed: once, and in time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn challenged(&self, db: &impl ConnectionTrait, kept: &str) -> Result<Option<String>, ApiError> {
        let Ok(Asked { nonce, until }) = self.open(kept, PLACE) else { return Ok(None) };
        let taken = db::challenge::take(db, &digest(&nonce)).await?;
        Ok((taken && self.ambient.millis() < until).then_some(nonce))
    }
}
