//! `/{lang}/documents`: the archive of one's own documents (W10): looked for in all of them, had one by one or many at once,
//! shared by links that end.

mod shares;
mod signatures;

use durvis_contract::document::{Archive, Document, DocumentKind, Documents};
use durvis_contract::page;
use durvis_contract::reminder::ReminderAbout;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::document_line::{document_line, download, full_name};
use crate::components::problem::problem;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{Key, key, t, tf, tn};
use crate::load::{Load, load, waiting};
use crate::paths;
use crate::session::use_session;
use crate::ui::erased::{dynamic, effect, list, on};
use crate::ui::icon::icon;
use crate::ui::save::save_file;
use shares::shares;
use signatures::signatures;

/// The media type of a container of signed files.
const CONTAINER: &str = "application/vnd.etsi.asic-e+zip";

pub fn documents_page() -> AnyView {
    workspace_frame(Place::Documents, t(key::DOCUMENTS_TITLE), Some(key::DOCUMENTS_LEAD), content)
}

fn content() -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::<Documents>::Asleep));
    let [words, kind, year] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (offset, chosen) = (RwSignal::new(0), RwSignal::new(Vec::new()));
    let [sharing, signed] = [(); 2].map(|()| RwSignal::new(None::<Document>));
    let ask = move || {
        let words = String::from(js_sys::encode_uri_component(&words.get_untracked()));
        let (kind, year) = (kind.get_untracked(), year.get_untracked());
        let year = if year.is_empty() { year } else { format!("&year={year}") };
        let query = format!("q={words}&kind={kind}{year}&offset={}", offset.get_untracked());
        chosen.set(Vec::new());
        load(state, async move { session.heard(api::documents::list_documents(&query).await) });
    };
    ask();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        offset.set(0);
        ask();
    };
    // They stay while others are asked for.
    let years = RwSignal::new(Vec::<i32>::new());
    Effect::new(move |_| {
        state.with(|state| {
            if let Load::Loaded(found) = state {
                years.set(found.years.clone());
            }
        });
    });
    let turn = move |to: u32| {
        offset.set(to);
        ask();
    };
    view! {
        <form class="du-filter" role="search" aria-label=t(key::DOCUMENTS_SEARCH) on:submit=on(on_submit)>
            <div class="ds-field">
                <label class="ds-label" for="documents-words">{t(key::DOCUMENTS_WORDS)}</label>
                <input class="ds-input" type="search" id="documents-words" prop:value=words on:input=on(move |event| words.set(event_target_value(&event)))/>
            </div>
            {select("documents-kind", key::DOCUMENTS_KIND, kind, kinds)}
            {select("documents-year", key::DOCUMENTS_YEAR, year, move || {
                let all = (String::new(), t(key::DOCUMENTS_YEAR_ALL).to_owned());
                std::iter::once(all).chain(years.get().into_iter().map(|year| (year.to_string(), year.to_string()))).collect()
            })}
            <button class="ds-button" data-variant="secondary" type="submit">{icon("search")}{t(key::HISTORY_SHOW)}</button>
        </form>
        {dynamic(move || match state.get() {
            Load::Loaded(found) => shown(&found, offset.get_untracked(), chosen, (sharing, signed), turn),
            state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
        })}
        <p><a class="ds-link" href=paths::page(page::GENUINE)>{t(key::GENUINE_TITLE)}</a></p>
        {about_one(sharing, "share-title", key::DOCUMENTS_SHARE_TITLE, shares)}
        {about_one(signed, "signed-title", key::SIGNED_TITLE, signatures)}
    }
    .into_any()
}

fn kinds() -> Vec<(String, String)> {
    let word = |kind: DocumentKind| match kind {
        DocumentKind::Decision => key::DOCUMENTS_DECISION,
        DocumentKind::Result => key::DOCUMENTS_RESULT,
        DocumentKind::Receipt => key::DOCUMENTS_RECEIPT,
        DocumentKind::Upload => key::DOCUMENTS_UPLOAD,
    };
    let all = (String::new(), t(key::DOCUMENTS_KIND_ALL).to_owned());
    let each = DocumentKind::ALL.into_iter().map(|kind| (kind.code().to_owned(), t(word(kind)).to_owned()));
    std::iter::once(all).chain(each).collect()
}

fn select(
    id: &'static str,
    label: Key,
    value: RwSignal<String>,
    options: impl Fn() -> Vec<(String, String)> + Send + 'static,
) -> AnyView {
    let option = move |(code, name): (String, String)| {
        let selected = value.get_untracked() == code;
        view! { <option value=code selected=selected>{name}</option> }.into_any()
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{t(label)}</label>
            <select class="ds-input" id=id on:change=on(move |event| value.set(event_target_value(&event)))>
                {dynamic(move || list(options(), option).into_any())}
            </select>
        </div>
    }
    .into_any()
}

fn shown(
    found: &Documents,
    offset: u32,
    chosen: RwSignal<Vec<String>>,
    (sharing, signed): (RwSignal<Option<Document>>, RwSignal<Option<Document>>),
    turn: impl Fn(u32) + Copy + Send + 'static,
) -> AnyView {
    if found.items.is_empty() {
        return view! { <p role="status">{t(key::DOCUMENTS_NONE)}</p> }.into_any();
    }
    let to = offset + u32::try_from(found.items.len()).unwrap_or_default();
    let older = (to < found.total).then(|| {
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| turn(to))>{t(key::USES_OLDER)}</button> }
    });
    let newer = (offset > 0).then(|| {
        let to = offset.saturating_sub(Documents::MAX_PAGE);
        view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| turn(to))>{t(key::USES_NEWER)}</button> }
    });
    view! {
        <div class="du-stack">
            <div class="du-row" data-between="">
                <p role="status">{tn(key::DOCUMENTS_FOUND, found.total)}</p>
                {many(chosen)}
            </div>
            <ul class="du-list">{list(&found.items, |one| line(one, chosen, sharing, signed))}</ul>
            <div class="du-row">{newer}{older}</div>
        </div>
    }
    .into_any()
}

fn line(
    one: &Document,
    chosen: RwSignal<Vec<String>>,
    sharing: RwSignal<Option<Document>>,
    signed: RwSignal<Option<Document>>,
) -> AnyView {
    let (id, own, name) = (one.id.clone(), one.clone(), full_name(one));
    let tick = move |event: leptos::ev::Event| {
        let is_ticked = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|one| *one != id);
            if is_ticked {
                chosen.push(id.clone());
            }
        });
    };
    let choose = tf(key::DOCUMENTS_CHOOSE, &[("name", &name)]);
    let tick = view! { <input class="ds-input" type="checkbox" aria-label=choose on:change=on(tick)/> }.into_any();
    let share = view! {
        <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-haspopup="dialog"
            on:click=on(move |_| sharing.set(Some(own.clone())))>
            {icon("external")}{t(key::DOCUMENTS_SHARE)}<span class="ds-sr-only">": "{name}</span>
        </button>
    };
    let remind = view! {
        <a class="ds-button" data-variant="tertiary" data-size="sm" href=paths::remind(ReminderAbout::Document, &one.id)>
            {icon("calendar")}{t(key::REMINDERS_REMIND)}<span class="ds-sr-only">": "{full_name(one)}</span>
        </a>
    };
    let look = (one.media_type == CONTAINER).then(|| {
        let own = one.clone();
        view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-haspopup="dialog"
                on:click=on(move |_| signed.set(Some(own.clone())))>
                {icon("shield")}{t(key::SIGNED_LOOK)}<span class="ds-sr-only">": "{full_name(one)}</span>
            </button>
        }
    });
    let ways =
        view! { <div class="du-row">{download(one, api::documents::document(&one.id))}{look}{share}{remind}</div> };
    document_line(one, tick, ways.into_any())
}

/// All that are chosen, in one file.
fn many(chosen: RwSignal<Vec<String>>) -> AnyView {
    let (session, busy, wrong) = (use_session(), RwSignal::new(false), RwSignal::new(None::<String>));
    let press = move |_: leptos::ev::MouseEvent| {
        busy.set(true);
        wrong.set(None);
        let ids: Vec<String> = chosen.get_untracked().into_iter().take(Archive::MAX).collect();
        spawn_local(async move {
            match session.heard(api::documents::create_archive(ids).await) {
                Ok(bytes) => save_file("Durvis.zip", "application/zip", &bytes),
                Err(ApiError::Broken(_)) => drop(wrong.try_set(Some(t(key::DOCUMENTS_TOO_MUCH).to_owned()))),
                Err(error) => drop(wrong.try_set(Some(problem(&error)))),
            }
            let _ = busy.try_set(false);
        });
    };
    let count = Memo::new(move |_| u32::try_from(chosen.with(Vec::len)).unwrap_or_default());
    view! {
        <div class="du-row">
            <span role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <span class="ds-validation-message">{wrong}</span> }).into_any())}</span>
            <button class="ds-button" data-variant="secondary" type="button" disabled=move || busy.get() || count.get() == 0 on:click=on(press)>
                {icon("archive")}{move || tn(key::DOCUMENTS_MANY, count.get())}
            </button>
        </div>
    }
    .into_any()
}

/// A dialog about a document; it opens when one is set.
fn about_one(
    one: RwSignal<Option<Document>>,
    id: &'static str,
    title: Key,
    inside: fn(Document) -> AnyView,
) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match (one.with(Option::is_some), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog class="ds-dialog" node_ref=dialog aria-labelledby=id on:close=on(move |_| one.set(None))>
            <div class="du-stack">
                <div class="du-row" data-top="">
                    <h2 class="ds-heading du-grow" data-size="sm" id=id>{t(title)}</h2>
                    <button class="ds-button" data-variant="tertiary" data-icon="" type="button" aria-label=t(key::DOCUMENTS_CLOSE)
                        on:click=on(move |_| one.set(None))>{icon("close")}</button>
                </div>
                {dynamic(move || one.get().map(inside).into_any())}
            </div>
        </dialog>
    }
    .into_any()
}
