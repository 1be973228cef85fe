//! `/{lang}/account`: how the citizen is reached, and what comes by e-mail (W9).

use durvis_contract::identity::{ByMail, Contact, ContactChange, phone};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::contact_email::contact_email;
use crate::components::problem::mistakes;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{Key, Lang, key, t, tf, time_of_day};
use crate::load::{Load, load, waiting};
use crate::offline::device;
use crate::offline::favourites::use_favourites;
use crate::session::use_session;
use crate::ui::erased::{dynamic, dynamic_text, list, on};
use crate::ui::form::{Field, Mistakes, error_summary, text_field};
use crate::ui::icon::icon;

/// A switch: its id, its words, and its place in what the server keeps.
type Switch = (&'static str, Key, Option<Key>, fn(&mut ByMail) -> &mut bool);

const SWITCHES: [Switch; 6] = [
    ("tasks", key::CONTACT_TASKS, Some(key::CONTACT_TASKS_TEXT), |by_mail| &mut by_mail.tasks),
    ("progress", key::CONTACT_PROGRESS, None, |by_mail| &mut by_mail.progress),
    ("bills", key::CONTACT_BILLS, None, |by_mail| &mut by_mail.bills),
    ("documents", key::CONTACT_DOCUMENTS, Some(key::CONTACT_DOCUMENTS_TEXT), |by_mail| &mut by_mail.documents),
    ("reminders", key::CONTACT_REMINDERS, Some(key::CONTACT_REMINDERS_TEXT), |by_mail| &mut by_mail.reminders),
    ("favourites", key::CONTACT_FAVOURITES, None, |by_mail| &mut by_mail.favourites),
];

pub fn contact_page() -> AnyView {
    workspace_frame(Place::Contact, t(key::CONTACT_TITLE), None, content)
}

fn content() -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::Asleep));
    let ask = move || load(state, async move { session.heard(api::identity::get_contact().await) });
    ask();
    dynamic(move || match state.get() {
        Load::Loaded(contact) => loaded(contact),
        state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
    })
}

fn loaded(contact: Contact) -> AnyView {
    let contact = RwSignal::new(contact);
    view! {
        {contact_email(contact)}
        {preferences(contact)}
        {device_data()}
    }
    .into_any()
}

/// Phone, language and what comes by e-mail: one form, saved as one.
fn preferences(contact: RwSignal<Contact>) -> AnyView {
    let session = use_session();
    let start = contact.get_untracked();
    let number = RwSignal::new(start.phone.unwrap_or_default());
    let (lang, by_mail) = (RwSignal::new(start.lang), RwSignal::new(start.by_mail));
    let wrong = RwSignal::new(Mistakes::new());
    let (saved, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        let given = number.get_untracked().trim().to_owned();
        if !given.is_empty() && phone(&given).is_none() {
            return wrong.set(vec![("phone".into(), t(key::WRONG_PHONE).to_owned())]);
        }
        let change = ContactChange {
            phone: Some(given).filter(|given| !given.is_empty()),
            lang: lang.get_untracked(),
            by_mail: by_mail.get_untracked(),
        };
        busy.set(true);
        saved.set(None);
        spawn_local(async move {
            match session.heard(api::identity::put_contact(&change).await) {
                Ok(now) => {
                    number.set(now.phone.clone().unwrap_or_default());
                    contact.set(now);
                    wrong.set(Mistakes::new());
                    saved.set(Some(tf(key::CONTACT_SAVED, &[("time", &time_of_day())])));
                }
                Err(error) => wrong.set(mistakes(&error)),
            }
            busy.set(false);
        });
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let field =
        Field { id: "phone", label: t(key::CONTACT_PHONE), kind: "tel", autocomplete: "tel", inputmode: Some("tel") };
    let without_mail = Memo::new(move |_| contact.with(|contact| contact.email.is_none()));
    view! {
        <form class="du-stack" data-gap="l" novalidate="" on:submit=on(on_submit)>
            <div class="du-stack">
                {error_summary(wrong)}
                <div class="du-fields">{text_field(field, t(key::CONTACT_PHONE_TEXT).to_owned(), number, wrong)}{languages(lang)}</div>
            </div>
            <section class="du-stack" aria-labelledby="mail">
                <h2 class="ds-heading" data-size="md" id="mail">{t(key::CONTACT_MAIL)}</h2>
                <p class="du-soft">{t(key::CONTACT_MAIL_TEXT)}</p>
                {dynamic(move || without_mail.get().then(|| view! {
                    <div class="ds-alert" data-color="info"><p class="ds-paragraph">{t(key::CONTACT_MAIL_NONE)}</p></div>
                }).into_any())}
                <div class="du-switches">{list(SWITCHES, |one| switch(one, by_mail))}</div>
            </section>
            <div class="du-row">
                <button class="ds-button" type="submit">{t(key::CONTACT_SAVE)}</button>
                <span class="du-saved du-soft" role="status">{dynamic(move || saved.get().map(|saved| view! { {icon("check")}{saved} }).into_any())}</span>
            </div>
        </form>
    }
    .into_any()
}

fn languages(chosen: RwSignal<String>) -> AnyView {
    let option = |lang: Lang| {
        let code = lang.code();
        let selected = chosen.get_untracked() == code;
        view! { <option value=code lang=code selected=selected>{lang.name()}</option> }.into_any()
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for="lang">{t(key::CONTACT_LANG)}</label>
            <select class="ds-input" id="lang" on:change=on(move |event| chosen.set(event_target_value(&event)))>{list(Lang::ALL, option)}</select>
        </div>
    }
    .into_any()
}

fn switch((id, name, text, place): Switch, by_mail: RwSignal<ByMail>) -> AnyView {
    let mut now = by_mail.get_untracked();
    let checked = *place(&mut now);
    let flip = move |event: leptos::ev::Event| by_mail.update(|by_mail| *place(by_mail) = event_target_checked(&event));
    let hint = text.map(|_| format!("{id}-hint"));
    let text = text.map(|text| view! { <p data-field="description" id=hint.clone()>{t(text)}</p> });
    view! {
        <div class="ds-field" data-position="end">
            <label class="ds-label" for=id>{t(name)}</label>
            {text}
            <input class="ds-input" type="checkbox" role="switch" id=id checked=checked aria-describedby=hint on:change=on(flip)/>
        </div>
    }
    .into_any()
}

/// What is on this device, and its end.
fn device_data() -> AnyView {
    let favourites = use_favourites();
    let deleted = RwSignal::new(false);
    let about = format!("{}: {}", t(key::CONTACT_DEVICE_DELETE), t(key::CONTACT_DEVICE_DATA));
    let delete = move || {
        spawn_local(async move {
            device::wipe_all(favourites).await;
            deleted.set(true);
        });
    };
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="device">
            <h2 class="ds-heading" data-size="md" id="device">{t(key::CONTACT_DEVICE)}</h2>
            <dl class="du-summary"><div>
                <dt>{t(key::CONTACT_DEVICE_DATA)}</dt>
                <dd><span role="status">{dynamic_text(move || match (deleted.get(), favourites.list().len() as u32) {
                    (true, _) => t(key::CONTACT_DEVICE_DELETED).to_owned(),
                    (false, many) => crate::i18n::tn(key::COUNT_FAVOURITES, many),
                })}</span></dd>
                <dd><button class="ds-link" type="button" aria-label=about on:click=on(move |_| delete())>{t(key::CONTACT_DEVICE_DELETE)}</button></dd>
            </div></dl>
        </section>
    }
    .into_any()
}
