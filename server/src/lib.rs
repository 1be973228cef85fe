//! The Durvis server: one binary that keeps the catalogue, answers the API and serves the browser app.
//!
//! Inwards: `serve` -> `api` and `site` -> `catalogue` -> `db`. A library, so that tests drive the real router.

pub mod ambient;
pub mod api;
pub mod catalogue;
pub mod config;
pub mod db;
pub mod error;
pub mod extract;
pub mod flood;
pub mod identity;
pub mod missed;
pub mod outbound;
pub mod serve;
pub mod site;
pub mod telemetry;

/// What every request may use.
#[derive(Clone)]
pub struct App {
    pub db: sea_orm::DatabaseConnection,
    pub live: catalogue::Live,
    pub missed: missed::Missed,
    pub site: std::sync::Arc<site::Site>,
}
