//! Tokens as a whole, made by cards and authorities of the tests' own.

mod answers;
mod authority;
mod cases;
mod keys;
mod mutations;
mod revocation;
mod scenario;
mod signing;
