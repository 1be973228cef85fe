//! Who is signed in, in the header: the pages of the account, a company to act for, and the way out.

use durvis_contract::page;
use leptos::html::Details;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::company_dialog::company_dialog;
use super::problem::problem;
use super::workspace_frame::Place;
use crate::api::ApiError;
use crate::i18n::{key, t, tf, tn};
use crate::news::News;
use crate::offline::favourites::use_favourites;
use crate::page::announce;
use crate::paths;
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, dynamic_text, on};
use crate::ui::icon::icon;

/// On a wide screen the name with a menu; on every screen the way out.
pub fn user_menu() -> AnyView {
    let menu = NodeRef::<Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(menu) = menu.get_untracked().filter(|menu| menu.open())
        {
            menu.set_open(false);
            if let Ok(Some(summary)) = menu.query_selector("summary") {
                let _ = summary.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        }
    };
    let on_focus_out = move |event: leptos::ev::FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        // Without a target the window lost the focus, or a place that takes none was clicked: there the menu may stay.
        if let (Some(menu), Some(to)) = (menu.get_untracked(), to)
            && !menu.contains(Some(&to))
        {
            menu.set_open(false);
        }
    };
    let name = use_name();
    view! {
        {bell()}
        <details class="du-user du-wide" node_ref=menu on:keydown=on(on_key) on:focusout=on(on_focus_out)>
            <summary class="ds-button" data-variant="tertiary" aria-label=Signal::derive(move || tf(key::SESSION_MENU, &[("name", &name.get())]))>
                {icon("user")}<span class="du-xl du-user-name">{dynamic_text(move || name.get())}</span>{icon("down")}
            </summary>
            <ul on:click=on(move |_| close())>{items(true)}</ul>
        </details>
        {way_out()}
        {company_dialog()}
    }
    .into_any()
}

/// How much is new, and the way to it.
fn bell() -> AnyView {
    let news = expect_context::<News>();
    news.listen();
    let name = move || match news.unread() {
        0 => t(key::NOTICES_TITLE).to_owned(),
        unread => tn(key::NOTICES_UNREAD, unread),
    };
    let count = move || if news.unread() == 0 { String::new() } else { news.unread().min(99).to_string() };
    view! {
        <a class="ds-button du-bell" data-variant="tertiary" data-icon="" href=paths::page(page::NOTICES) aria-label=Signal::derive(name)>
            {icon("bell")}<span aria-hidden="true">{dynamic_text(count)}</span>
        </a>
    }
    .into_any()
}

/// The same links for the menu of narrow screens.
pub fn user_list() -> AnyView {
    let name = use_name();
    view! {
        <hr class="du-rule"/>
        <div class="du-user-list">
            <p class="du-small du-soft">{dynamic_text(move || name.get())}</p>
            <ul on:click=on(close_around)>{items(false)}</ul>
        </div>
    }
    .into_any()
}

/// Closes the menu of narrow screens, in which the list stands.
fn close_around(event: leptos::ev::MouseEvent) {
    let inside = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(menu) = inside.and_then(|inside| inside.closest("details").ok().flatten()) {
        let _ = menu.remove_attribute("open");
    }
}

fn items(favourites: bool) -> Vec<AnyView> {
    let session = use_session();
    let link = |place: Place| {
        view! { <li><a class="ds-button" data-variant="tertiary" href=place.url()>{icon(place.icon())}{place.name()}</a></li> }
            .into_any()
    };
    // In the bar of the header favourites make room for the name; the narrow menu has them already.
    let places = Place::ALL.into_iter().filter(|place| favourites || *place != Place::Favourites);
    let mut items: Vec<AnyView> = places.map(link).collect();
    // An officer's own affairs stand above those of others.
    let is_officer = Memo::new(move |_| matches!(session.who(), Who::Known(session) if session.officer));
    let desk = move || {
        is_officer.get().then(|| {
            view! { <li><a class="ds-button" data-variant="tertiary" href=paths::page(page::DESK)>{icon("building")}{t(key::DESK_TITLE)}</a></li> }
        })
    };
    items.push(dynamic(move || desk().into_any()));
    items.push(
        view! {
            <li><button class="ds-button" data-variant="tertiary" type="button" on:click=on(move |_| session.choosing.set(true))>
                {icon("building")}{t(key::COMPANY_OPEN)}
            </button></li>
        }
        .into_any(),
    );
    items
}

/// The button that signs out.
pub fn way_out() -> AnyView {
    let (session, favourites) = (use_session(), use_favourites());
    let leave = move || {
        spawn_local(async move {
            match session.leave(favourites).await {
                Ok(()) => {}
                Err(ApiError::Offline) => announce_loud(t(key::SESSION_LEAVE_FAILED)),
                Err(error) => announce_loud(&problem(&error)),
            }
        });
    };
    view! {
        <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| leave())>
            {icon("exit")}{t(key::SESSION_LEAVE)}
        </button>
    }
    .into_any()
}

/// To ears by the announcer, to eyes by the browser's own box: nobody may leave in the belief of being signed out.
fn announce_loud(text: &str) {
    announce(text);
    let _ = window().alert_with_message(text);
}

fn use_name() -> Memo<String> {
    let session = use_session();
    Memo::new(move |_| match session.who() {
        Who::Known(session) => format!("{} {}", session.given_name, session.surname),
        _ => String::new(),
    })
}
