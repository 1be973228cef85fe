//! Cards, authorities and responders for tests: all that a person's card says can be made wrong, one thing at a time. Linked by
//! tests only.

pub mod answers;
pub mod authority;
pub mod keys;
pub mod token;
