//! Every HTTP call of the app as a function named like the server's handler. Each has a bound on its wait.

pub mod bills;
pub mod cases;
pub mod catalogue;
pub mod decode;
pub mod desk;
pub mod documents;
mod fetch;
pub mod identity;
pub mod notices;
pub mod overview;
pub mod own;
pub mod payments;
pub mod plans;
pub mod record;
pub mod reminders;
pub mod reports;
pub mod services;
pub mod texts;
mod typed;
pub mod uses;

pub use fetch::ApiError;
