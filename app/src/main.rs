//! Durvis in the browser. Takes over from the static page that the server sent (app/shell/), without moving a pixel and
//! without losing what was typed into it.

mod account;
mod api;
mod app;
mod catalogue;
mod components;
mod crash;
mod desk;
mod finding;
mod i18n;
mod load;
mod news;
mod offline;
mod own;
mod page;
mod pages;
mod paths;
mod piece;
mod planning;
mod position;
mod reader;
mod record;
mod session;
mod start;
mod ui;
mod web_eid;
mod wizard;
mod workspace;

/// Smaller than the one of the standard library, and as quick for what a page allocates.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    crash::report_panics();
    // Leptos has no executor before it mounts.
    wasm_bindgen_futures::spawn_local(start::start());
}
