//! What works without a network: the service worker, the favourites, and the truth about the line.

pub mod database;
pub mod device;
pub mod favourites;
pub mod journal;
pub mod line;
pub mod plans;
pub mod worker;
