//! The catalogue: from files an editor writes to what citizens search and read.
//!
//! `read` takes the YAML in, `check` finds what is wrong with it, `synonyms`
//! knows what people call it, `localise` turns it into one language, `publish` makes the files that browsers fetch,
//! `import` puts all of it into the database at once, `live` is the one being served. `write` makes files of a catalogue
//! again; `cpsv` exchanges it with others, `convert` makes that form of other ones.

pub mod check;
pub mod convert;
pub mod cpsv;
pub mod export;
pub mod import;
pub mod live;
pub mod localise;
pub mod plans;
pub mod publish;
pub mod read;
pub mod search_lines;
pub mod source;
pub mod synonyms;
pub mod write;

pub use check::check;
pub use live::Live;
pub use read::{Finding, Sources};
pub use source::Catalogue;
