//! `/{lang}/sign-in?to=PATH&failed=CODE`: the citizen chooses how to prove who they are, and says whose device this is.

mod card;

use durvis_contract::identity::{Way, WayKind};
use durvis_contract::page;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use crate::api;
use crate::i18n::{Key, content, key, t, tf};
use crate::load::{Load, load, waiting};
use crate::offline::device;
use crate::page::{focus_on, use_page};
use crate::paths::{self, Personal, Route, Workspace};
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::ui::markup::Markup;

pub fn sign_in_page() -> AnyView {
    let (query, session) = (use_location().query, use_session());
    let to = Memo::new(move |_| query.with(|query| query.get("to")).and_then(|to| way_back(&to)));
    let failed = query.with_untracked(|query| query.get("failed")).and_then(|code| failure(&code));
    let name = Memo::new(move |_| match session.who() {
        Who::Known(session) => Some(format!("{} {}", session.given_name, session.surname)),
        _ => None,
    });
    use_page(t(key::SIGN_IN_TITLE));
    dynamic(move || match name.get() {
        Some(name) => already(&name, to),
        None => choice(failed, to),
    })
}

/// For one who is signed in: in another window, or by a link that was kept.
fn already(name: &str, to: Memo<Option<String>>) -> AnyView {
    let on_to = move || to.get().filter(|to| !matches!(route_of(to), Route::Personal(Personal::SignIn)));
    let href = Signal::derive(move || on_to().unwrap_or_else(paths::home));
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow">
            <h1 class="ds-heading" data-size="xl">{t(key::SIGN_IN_ALREADY)}</h1>
            <p class="ds-paragraph" data-size="lg">{tf(key::SIGN_IN_ALREADY_TEXT, &[("name", name)])}</p>
            <p><a class="ds-button" href=href>{t(key::SIGN_IN_CONTINUE)}{icon("right")}</a></p>
        </div>
    }
    .into_any()
}

fn choice(failed: Option<Key>, to: Memo<Option<String>>) -> AnyView {
    let ways = RwSignal::new(Load::Asleep);
    let ask = move || load(ways, api::identity::list_ways());
    ask();
    if failed.is_some() {
        // After the frame in which a page that is not the first moves the focus to its heading.
        request_animation_frame(|| request_animation_frame(|| focus_on("failed")));
    }
    let failure = failed.map(|text| {
        view! {
            <div class="ds-alert" data-color="danger" role="alert" id="failed" tabindex="-1">
                <h2 class="ds-heading" data-size="xs">{t(key::SIGN_IN_FAILED)}</h2>
                <p class="ds-paragraph">{t(text)}</p>
            </div>
        }
    });
    view! {
        <div class="du-wrap du-section du-split">
            <div class="du-stack" data-gap="l">
                <header class="du-stack" data-gap="s">
                    <h1 class="ds-heading" data-size="xl">{t(key::SIGN_IN_TITLE)}</h1>
                    {destination(to)}
                </header>
                {failure}
                {dynamic(move || match ways.get() {
                    Load::Loaded(ways) => ways_list(&ways, to),
                    state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
                })}
                {device_choice()}
            </div>
            {help()}
        </div>
    }
    .into_any()
}

/// Where one goes on afterwards, by its name.
fn destination(to: Memo<Option<String>>) -> AnyView {
    let name = RwSignal::new(None::<String>);
    Effect::new(move || {
        let Some(to) = to.get() else { return name.set(None) };
        match route_of(&to) {
            Route::Service { slug, .. } => spawn_local(async move {
                // Without its name nothing is said of it; one comes back there all the same.
                if let Ok(detail) = api::services::get_service(&slug).await {
                    let _ = name.try_set(Some(detail.service.name));
                }
            }),
            route => name.set(title(&route).map(|title| t(title).to_owned())),
        }
    });
    dynamic(move || {
        let line = |name: String| {
            view! {
                <p class="du-text">{t(key::SIGN_IN_TO)}" "<strong>{name}</strong>". "{t(key::SIGN_IN_TO_AFTER)}</p>
            }
        };
        name.get().map(line).into_any()
    })
}

/// What a page is called, if it has a name without the catalogue.
fn title(route: &Route) -> Option<Key> {
    match route {
        Route::Catalogue => Some(key::NAV_SERVICES),
        Route::LifeEvents | Route::LifeEvent(_) | Route::Plan(_) => Some(key::NAV_LIFE_EVENTS),
        Route::Institutions | Route::Institution(_) => Some(key::NAV_INSTITUTIONS),
        Route::Favourites => Some(key::NAV_FAVOURITES),
        Route::Guide => Some(key::NAV_GUIDE),
        Route::Help => Some(key::NAV_HELP),
        Route::About => Some(key::NAV_ABOUT),
        Route::Personal(Personal::Contact) => Some(key::ACCOUNT_CONTACT),
        Route::Personal(Personal::History) => Some(key::ACCOUNT_HISTORY),
        Route::Personal(Personal::Sessions) => Some(key::ACCOUNT_SESSIONS),
        Route::Personal(Personal::Data) => Some(key::MY_DATA_TITLE),
        Route::Wizard(_) | Route::Workspace(Workspace::Uses) => Some(key::USES_TITLE),
        Route::Workspace(Workspace::Overview) => Some(key::WORKSPACE_OVERVIEW),
        Route::Workspace(Workspace::Bills | Workspace::Bill(_)) => Some(key::BILLS_TITLE),
        Route::Workspace(Workspace::Record) => Some(key::RECORD_TITLE),
        Route::Workspace(Workspace::Documents) => Some(key::DOCUMENTS_TITLE),
        Route::Workspace(Workspace::Letters(_)) => Some(key::LETTERS_TITLE),
        Route::Workspace(Workspace::Genuine(_)) => Some(key::GENUINE_TITLE),
        Route::Workspace(Workspace::Own) => Some(key::OWN_TITLE),
        Route::Desk(_) => Some(key::DESK_TITLE),
        Route::Workspace(Workspace::Reminders) => Some(key::REMINDERS_TITLE),
        Route::Workspace(Workspace::Notices) => Some(key::NOTICES_TITLE),
        Route::Home | Route::Service { .. } | Route::Personal(_) | Route::Missing(_) => None,
    }
}

fn ways_list(ways: &[Way], to: Memo<Option<String>>) -> AnyView {
    if ways.is_empty() {
        return view! { <div class="ds-alert" data-color="info"><p class="ds-paragraph">{t(key::SIGN_IN_NONE)}</p></div> }.into_any();
    }
    let of = |kind| ways.iter().filter(move |way: &&Way| way.kind == kind).cloned();
    let (card, on_to) = (move |way: Way| card(way, to), move || to.get_untracked().unwrap_or_else(paths::home));
    let itself = list(of(WayKind::Card), move |way: Way| card::card_way(way.name, on_to));
    let (eids, banks) = (list(of(WayKind::Eid), card), list(of(WayKind::Bank), card));
    let cards: Vec<_> = itself.into_iter().chain(eids).collect();
    let banks = (!banks.is_empty()).then(|| {
        view! {
            <section class="du-stack" data-gap="s" aria-labelledby="banks">
                <h2 class="ds-heading" data-size="md" id="banks">{t(key::SIGN_IN_BANK)}</h2>
                <ul class="du-grid">{banks}</ul>
            </section>
        }
    });
    let cards = (!cards.is_empty()).then(|| view! { <ul class="du-stack" data-gap="s">{cards}</ul> });
    view! { {cards}{banks} }.into_any()
}

fn card(way: Way, to: Memo<Option<String>>) -> AnyView {
    let symbol = if way.kind == WayKind::Eid { icon("card").into_any() } else { icon("bank").into_any() };
    if !way.answers {
        return view! {
            <li><div class="du-choice" aria-disabled="true">
                {symbol}<span class="du-title">{way.name}</span><span class="du-soft">{t(key::SIGN_IN_SILENT)}</span>{icon("offline")}
            </div></li>
        }
        .into_any();
    }
    let about = (way.kind == WayKind::Eid).then(|| view! { <span class="du-soft">{t(key::SIGN_IN_EID_TEXT)}</span> });
    let href = Signal::derive(move || paths::leave_for(&way.slug, &to.get().unwrap_or_else(paths::home)));
    view! {
        <li><a class="du-choice ds-focus" rel="external" href=href>
            {symbol}<span class="du-title">{way.name}</span>{about}{icon("right")}
        </a></li>
    }
    .into_any()
}

fn device_choice() -> AnyView {
    let option = |own: bool, id: &'static str, name: Key, text: Key| {
        let hint = format!("{id}-hint");
        let choose = move |_: leptos::ev::Event| device::set_own(own);
        view! {
            <div class="ds-field">
                <input class="ds-input" type="radio" name="device" id=id checked={device::is_own() == own} aria-describedby=hint.clone()
                    on:change=on(choose)/>
                <label class="ds-label" for=id>{t(name)}</label>
                <p data-field="description" id=hint>{t(text)}</p>
            </div>
        }
        .into_any()
    };
    view! {
        <fieldset class="ds-fieldset">
            <legend class="ds-label">{t(key::SIGN_IN_DEVICE)}</legend>
            {option(false, "device-shared", key::SIGN_IN_DEVICE_SHARED, key::SIGN_IN_DEVICE_SHARED_TEXT)}
            {option(true, "device-own", key::SIGN_IN_DEVICE_OWN, key::SIGN_IN_DEVICE_OWN_TEXT)}
        </fieldset>
    }
    .into_any()
}

fn help() -> AnyView {
    let details = |open: &'static str, (question, answer): (Key, Key)| {
        Markup::new("<details class=\"ds-details\"")
            .raw(open)
            .raw("><summary>")
            .say(question)
            .raw("</summary><div><p>")
            .say(answer)
            .raw("</p></div></details>")
    };
    let origin = window().location().origin().unwrap_or_default();
    let inside = Markup::new("<h2 class=\"ds-heading\" data-size=\"sm\" id=\"about\">")
        .say(key::SIGN_IN_HELP)
        .raw("</h2><div>")
        .with(&details(" open", (key::SIGN_IN_EID, key::SIGN_IN_HELP_EID)))
        .with(&details("", (key::SIGN_IN_BANK, key::SIGN_IN_HELP_BANK)))
        .with(&details("", (key::SIGN_IN_HELP_CANNOT, key::SIGN_IN_HELP_CANNOT_TEXT)))
        .raw("</div><h3 class=\"ds-heading\" data-size=\"xs\">")
        .say(key::SIGN_IN_SAFETY)
        .raw("</h3><ul class=\"ds-list\"><li>")
        .say(key::SIGN_IN_SAFETY_ADDRESS)
        .raw(" <strong>")
        .text(&origin)
        .raw("</strong>.</li><li>")
        .say(key::SIGN_IN_SAFETY_SECRETS)
        .raw("</li><li>")
        .say(key::SIGN_IN_SAFETY_LEAVE)
        .raw("</li></ul><p>")
        .link(&paths::page(page::HELP), t(key::NAV_HELP))
        .raw("</p>");
    view! { <aside class="du-help du-stack" data-gap="s" aria-labelledby="about" inner_html=inside.into_string()></aside> }.into_any()
}

/// What went wrong, by the server's code; an unknown code is none of ours.
fn failure(code: &str) -> Option<Key> {
    match code {
        "expired" => Some(key::SIGN_IN_FAILED_EXPIRED),
        "refused" => Some(key::SIGN_IN_FAILED_REFUSED),
        "silent" => Some(key::SIGN_IN_FAILED_SILENT),
        "mistrusted" => Some(key::SIGN_IN_FAILED_MISTRUSTED),
        "often" => Some(key::SIGN_IN_FAILED_OFTEN),
        _ => None,
    }
}

/// A path of this portal to come back to. What the server would not take is none either.
fn way_back(to: &str) -> Option<String> {
    let known = !matches!(route_of(to), Route::Missing(_));
    (to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && known).then(|| to.to_owned())
}

/// The page of an address, in whichever language: one may change it before signing in.
fn route_of(to: &str) -> Route {
    let path = to.split(['?', '#']).next().unwrap_or_default();
    let lang = path.get(1..3).filter(|lang| lang.bytes().all(|byte| byte.is_ascii_lowercase()));
    match (lang, path.get(3..)) {
        (Some(_), Some(rest)) if rest.is_empty() || rest.starts_with('/') => {
            Route::of(&format!("/{}{rest}", content()))
        }
        _ => Route::of(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_pages_of_the_portal_only() {
        for right in ["/lv", "/ru/services/passport?from=home#start", "/en/account/history?below=3"] {
            assert_eq!(way_back(right).as_deref(), Some(right));
        }
        for wrong in ["", "//evil.example/lv", "https://evil.example", "/lv\\..", "/lv/nowhere", "/api/v1/session"] {
            assert_eq!(way_back(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_code_of_the_server_has_its_words() {
        for code in ["expired", "refused", "silent", "mistrusted", "often"] {
            assert!(failure(code).is_some(), "{code}");
        }
        assert!(failure("<script>").is_none());
    }
}
