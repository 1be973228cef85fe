//! The world outside of the portal, on this machine's loopback: sign-in providers, registers, a mail server and a bank that
//! behave, or misbehave when told to. For development and tests; the server never links it, and nobody in it is real.
//!
//! Inwards: `serve` -> the parts (`oidc`, `registers`, `mailbox`, `bank`) -> `world` -> `personas`.

pub mod bank;
pub mod home;
pub mod mailbox;
pub mod misbehave;
pub mod oidc;
pub mod page;
pub mod personas;
pub mod portal;
pub mod registers;
pub mod serve;
pub mod world;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;

use crate::world::World;

/// Longest body of a request, in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// Everything that answers over HTTP.
pub fn router(world: &Arc<World>) -> Router {
    let parts = Router::new()
        .merge(oidc::router())
        .merge(registers::router())
        .merge(bank::router())
        .layer(axum::middleware::from_fn_with_state(world.clone(), misbehave::spoil));
    Router::new()
        .merge(parts)
        .merge(misbehave::router())
        .merge(mailbox::router())
        .merge(home::router())
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(world.clone())
}
