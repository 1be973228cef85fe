//! The pages: a route is a file. A page never imports a page.

mod about;
mod catalogue;
mod favourites;
mod guide;
mod help;
mod home;
mod institution;
mod institutions;
mod life_event;
mod life_events;
mod missing;
mod service;

pub use about::AboutPage;
pub use catalogue::CataloguePage;
pub use favourites::FavouritesPage;
pub use guide::GuidePage;
pub use help::HelpPage;
pub use home::HomePage;
pub use institution::InstitutionPage;
pub use institutions::InstitutionsPage;
pub use life_event::LifeEventPage;
pub use life_events::LifeEventsPage;
pub use missing::MissingPage;
pub use service::ServicePage;
