//! Sign-in by card: whether a Web eID authentication token (`web-eid:1.x`) proves who is there. No network, no clock and no
//! randomness of its own: whoever calls gives them. The order of the checks and the reason codes are in `docs/web-eid.md`.

mod algorithm;
mod base64;
mod certificate;
mod challenge;
mod holder;
mod key;
mod name;
mod ocsp;
mod origin;
mod path;
mod refusal;
mod signing;
mod subject;
mod token;
mod trust;
mod validator;

pub use challenge::Challenge;
pub use ocsp::{Responders, Revocation};
pub use origin::Origin;
pub use refusal::Refusal;
pub use subject::Subject;
pub use trust::{Trust, TrustError};
pub use validator::Validator;

/// Certificates, their keys and the paths to those who are trusted: for whoever judges other signatures of cards.
pub mod x509 {
    pub use crate::algorithm::{Algorithm, Hash, Scheme};
    pub use crate::certificate::{Age, Certificate};
    pub use crate::key::{Form, PublicKey};
    pub use crate::path::find as path;
}
