//! Tokens as a whole, made by cards and authorities of the tests' own.


mod authority;
mod cases;
mod keys;
mod mutations;

mod scenario;
