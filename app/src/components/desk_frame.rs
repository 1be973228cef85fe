//! What the pages of the desk share: they are for officers; who serves several institutions chooses one of them.

use durvis_contract::case::{Seat, Seats};
use durvis_contract::page;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api;
use crate::i18n::{key, t};
use crate::load::{Load, load, waiting};
use crate::page::use_page;
use crate::paths;
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;

/// A page, once it is known at which desk; who is not signed in goes to sign in, and comes back.
pub fn desk_frame(width: Option<&'static str>, content: Box<dyn Fn(Seat) -> AnyView + Send>) -> AnyView {
    use_page(t(key::DESK_TITLE));
    let (session, location, navigate) = (use_session(), use_location(), StoredValue::new_local(use_navigate()));
    let seats = RwSignal::new(Load::<Seats>::Asleep);
    let ask = move || load(seats, async move { session.heard(api::desk::list_seats().await) });
    ask();
    let (path, query) = (location.pathname, location.search);
    let wanted = location.query;
    Effect::new(move |_| {
        if session.who() == Who::Nobody {
            let (path, query) = (path.get_untracked(), query.get_untracked());
            let query = query.trim_start_matches('?');
            let here = if query.is_empty() { path } else { format!("{path}?{query}") };
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            request_animation_frame(move || navigate.with_value(|navigate| navigate(&paths::sign_in(&here), options)));
        }
    });
    // Only its institution: another page of the queue is no other desk.
    let institution = Memo::new(move |_| wanted.with(|wanted| wanted.get("institution")));
    view! {
        <div class="du-wrap du-section du-stack" data-gap="l" data-width=width>
            {dynamic(move || match seats.get() {
                Load::Loaded(seats) => match at(&seats, institution.get()) {
                    Some(seat) => content(seat),
                    None if seats.items.is_empty() => no_officer(),
                    None => choose(&seats),
                },
                state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
            })}
        </div>
    }
    .into_any()
}

/// The seat that is wanted, or the only one.
fn at(seats: &Seats, institution: Option<String>) -> Option<Seat> {
    match institution {
        Some(slug) => seats.items.iter().find(|seat| seat.institution == slug).cloned(),
        None if seats.items.len() == 1 => seats.items.first().cloned(),
        None => None,
    }
}

fn no_officer() -> AnyView {
    view! {
        <h1 class="ds-heading" data-size="xl">{t(key::DESK_TITLE)}</h1>
        <p class="du-text">{t(key::DESK_NO_OFFICER)}</p>
        <div class="du-row"><a class="ds-button" data-variant="secondary" href=paths::page(page::WORKSPACE)>{t(key::WORKSPACE_TITLE)}</a></div>
    }
    .into_any()
}

fn choose(seats: &Seats) -> AnyView {
    let seat = |seat: &Seat| {
        let href = paths::desk(&seat.institution, None, 1);
        view! { <li>{icon("building")}<a class="ds-link du-title du-grow" href=href>{seat.name.clone()}</a></li> }
            .into_any()
    };
    view! {
        <h1 class="ds-heading" data-size="xl">{t(key::DESK_CHOOSE)}</h1>
        <ul class="du-list">{list(&seats.items, seat)}</ul>
    }
    .into_any()
}
