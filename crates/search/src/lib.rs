//! The catalogue index: built by the server at import, queried in the browser and by `durvis catalogue search`.
//!
//! One [`Index`] holds one language of the whole catalogue: what a result list shows, the tables behind the facets, and
//! an inverted index of folded words. It is one immutable file ([`Index::bytes`], [`Index::open`]) that is used in place.
//! [`Index::search`] answers a [`Query`] with ranked [`Hits`] and a live count for every facet value. No dependencies,
//! no I/O, no clock: the same bytes and the same query give the same hits everywhere.

mod build;
mod codec;
mod count;
mod dictionary;
mod distance;
mod facet;
mod file;
mod index;
pub mod language;
mod lookup;
mod postings;
mod query;
mod rank;
mod records;
mod scratch;
pub mod text;
mod texts;
mod top;
mod weights;

pub use build::Builder;
pub use codec::IndexError;
pub use facet::{Counts, Facet, Filter, kind};
pub use index::Index;
pub use query::{Hit, Hits, Query, Sort, sort_keys};
pub use records::{Doc, Institution, LifeEvent, Place, Source, Tables, TermUnit, Territory, Variant};
pub use weights::{Field, Weights};
