//! The pages: a route is a file. A page never imports a page.

mod about;
mod catalogue;
mod contact;
mod favourites;
mod guide;
mod help;
mod history;
mod home;
mod institution;
mod institutions;
mod life_event;
mod life_events;
mod plan;
mod service;
mod sessions;
mod sign_in;
mod signed_out;

pub use about::about_page as about;
pub use catalogue::catalogue_page as catalogue;
pub use contact::contact_page as contact;
pub use favourites::favourites_page as favourites;
pub use guide::guide_page as guide;
pub use help::help_page as help;
pub use history::history_page as history;
pub use home::home_page as home;
pub use institution::institution_page as institution;
pub use institutions::institutions_page as institutions;
pub use life_event::life_event_page as life_event;
pub use life_events::life_events_page as life_events;
pub use plan::plan_page as plan;
pub use service::service_page as service;
pub use sessions::sessions_page as sessions;
pub use sign_in::sign_in_page as sign_in;
pub use signed_out::signed_out_page as signed_out;
