//! Pieces of interface that know nothing of public services.

pub mod agent;
pub mod breadcrumbs;
pub mod erased;
pub mod form;
pub mod icon;
pub mod loading;
pub mod marked;
pub mod markup;
pub mod pagination;
pub mod save;
pub mod slots;
pub mod wait;
