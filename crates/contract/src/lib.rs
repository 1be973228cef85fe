//! What crosses the network between the app and the server, and the rules both obey.
//!
//! Serde types only, in one language each: the server localises, the app shows. Money is in euro cents, times are
//! `HH:MM` in Latvia, dates are ISO 8601 (`2026-11-02`). Nothing here knows HTTP, SQL or a browser. Only an e-service's
//! definition crosses in all its languages: a form goes on offline, whatever language it is read in.

pub mod bill;
pub mod case;
pub mod catalogue;
pub mod day;
pub mod document;
pub mod e_service;
pub mod file;
pub mod identity;
pub mod inspection;
pub mod notice;
pub mod overview;
pub mod own;
pub mod page;
pub mod payment;
pub mod place;
pub mod plan;
pub mod problem;
pub mod record;
pub mod reminder;
pub mod service;
pub mod text;
pub mod uses;

pub use catalogue::{
    Bundle, Counts, EServiceCounts, Files, Home, HomeEvent, HomeService, Institution, LifeEvent, Manifest,
};
pub use place::{Hours, Place};
pub use plan::Plan;
pub use problem::{Broken, Held, MissedSearch, Problem, Report};
pub use service::{
    Audience, Channels, Elsewhere, Fallback, Fee, Here, Law, Link, Offer, Service, ServiceDetail, Step, Term, TermUnit,
    language_of,
};
