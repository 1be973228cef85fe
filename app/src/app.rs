//! The app: what all pages share, and every route.

use durvis_contract::Home;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::catalogue::Catalogue;
use crate::components::banners::banners;
use crate::components::footer::footer;
use crate::components::header::header;
use crate::i18n::{key, t};
use crate::offline::favourites::Favourites;
use crate::offline::worker::Update;
use crate::page::{focus_on, remember_places};
use crate::pages::{
    AboutPage, CataloguePage, FavouritesPage, GuidePage, HelpPage, HomePage, InstitutionPage, InstitutionsPage, LifeEventPage,
    LifeEventsPage, MissingPage, ServicePage,
};
use crate::reader::Reader;

/// Everything below the static page's `#app`.
#[component]
pub fn App(seed: Home) -> impl IntoView {
    provide_context(Reader::new());
    provide_context(Catalogue::new());
    provide_context(Favourites::load());
    provide_context(Update::watch());
    provide_context(seed);
    remember_places();
    view! {
        <a class="ds-skip-link" href="#content" on:click=|event| { event.prevent_default(); focus_on("content"); }>{t(key::NAV_SKIP)}</a>
        <Router>
            {header()}
            {banners()}
            <main id="content" tabindex="-1">
                <FlatRoutes fallback=|| view! { <MissingPage/> }>
                    <Route path=path!("/:lang") view=HomePage/>
                    <Route path=path!("/:lang/services") view=CataloguePage/>
                    <Route path=path!("/:lang/services/:slug") view=ServicePage/>
                    <Route path=path!("/:lang/services/:slug/:territory") view=ServicePage/>
                    <Route path=path!("/:lang/life-events") view=LifeEventsPage/>
                    <Route path=path!("/:lang/life-events/:slug") view=LifeEventPage/>
                    <Route path=path!("/:lang/institutions") view=InstitutionsPage/>
                    <Route path=path!("/:lang/institutions/:slug") view=InstitutionPage/>
                    <Route path=path!("/:lang/favourites") view=FavouritesPage/>
                    <Route path=path!("/:lang/guide") view=GuidePage/>
                    <Route path=path!("/:lang/help") view=HelpPage/>
                    <Route path=path!("/:lang/about") view=AboutPage/>
                </FlatRoutes>
            </main>
            {footer()}
        </Router>
    }
}
