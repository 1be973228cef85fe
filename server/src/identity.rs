//! Who is there: keys, persons, sessions, the ways to sign in, and the log of what was done.
//!
//! Inwards: `api` -> `identity` -> `db`. What an HTTP request is, only `extract` knows.

pub mod audit;
pub mod card;
pub mod contact;
pub mod keys;
pub mod mandates;
pub mod person;
pub mod provider;
pub mod reseal;
pub mod responders;
pub mod session;
pub mod sign_in;

use std::sync::Arc;

use crate::ambient::Ambient;

/// What everything here works with.
#[derive(Clone)]
pub struct Identity {
    pub ambient: Ambient,
    pub keys: keys::Keys,
    pub limits: session::Limits,
    /// Held while a row is added to the log.
    noting: Arc<tokio::sync::Mutex<()>>,
}

impl Identity {
    #[must_use]
    pub fn new(ambient: Ambient, keys: keys::Keys, limits: session::Limits) -> Self {
        Self { ambient, keys, limits, noting: Arc::default() }
    }
}
