//! Tokens as a whole, made by cards and authorities of the tests' own.

mod cases;
mod mutations;
mod revocation;
mod scenario;
mod signing;

use durvis_test_cards::{answers, authority, keys};
