//! The catalogue index: built by the server at import, queried in the browser and by `durvis catalogue search`.
//!
//! One [`Index`] holds one language of the whole catalogue: what a result list shows, the tables behind the facets, and
//! an inverted index of folded words. It travels as one immutable file ([`Index::encode`], [`Index::decode`]).
//! [`Index::search`] answers a [`Query`] with ranked [`Hits`] and a live count for every facet value. No dependencies,
//! no I/O, no clock: the same bytes and the same query give the same hits everywhere.

mod build;
mod codec;
mod distance;
mod facet;
mod index;
pub mod language;
mod query;
mod rank;
pub mod text;
mod weights;

pub use build::{Builder, Source};
pub use codec::IndexError;
pub use facet::{Counts, Facet, Filter, kind};
pub use index::{Doc, Index, Institution, LifeEvent, Place, TermUnit, Territory, Variant};
pub use query::{Hit, Hits, Query, Sort, sort_keys};
