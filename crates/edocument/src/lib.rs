//! E-document containers (ASiC-E, ASiC-S and the Latvian eDoc 2.0, with XAdES signatures): opened, and judged layer by layer. What
//! was not checked is said to be so, never to be valid. Hostile containers cost little: see [`Bound`]. No network and no clock.
//! What is checked and what is not is in `docs/documents.md`.

mod algorithm;
mod asn1;
mod bound;
mod canonical;
mod certificate;
mod entries;
mod form;
mod inspect;
mod judge;
mod key;
mod moment;
mod parsed;
mod report;
mod timestamp;
mod xml;
mod zip;

pub use bound::Bound;
pub use durvis_web_eid::{Trust, TrustError};
pub use inspect::inspect;
pub use report::{
    Certificate, Covered, Entry, Kind, Layer, Name, Reason, Report, Role, Signature, Status, Verdict, Weakness,
};
