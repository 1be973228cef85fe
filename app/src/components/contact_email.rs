//! The e-mail address: given, verified by the code that comes there, changed, forgotten. It alone of the components asks the
//! server: each of its three steps is a request.

use durvis_contract::identity::{Contact, is_email};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::problem::mistakes;
use crate::api::{self, ApiError};
use crate::i18n::{key, t, tf};
use crate::page::{announce, focus_on};
use crate::session::{SessionState, use_session};
use crate::ui::erased::{dynamic, on};
use crate::ui::form::{Field, Mistakes, error_summary, text_field};
use crate::ui::icon::icon;

/// What the three steps share.
#[derive(Clone, Copy)]
struct Email {
    session: SessionState,
    contact: RwSignal<Contact>,
    wrong: RwSignal<Mistakes>,
    /// Whether the field for an address is open.
    editing: RwSignal<bool>,
    busy: RwSignal<bool>,
}

pub fn contact_email(contact: RwSignal<Contact>) -> AnyView {
    let (wrong, editing, busy) = (RwSignal::new(Mistakes::new()), RwSignal::new(false), RwSignal::new(false));
    let email = Email { session: use_session(), contact, wrong, editing, busy };
    let awaited = Memo::new(move |_| contact.with(|contact| contact.unverified_email.clone()));
    view! {
        <section class="du-stack" aria-labelledby="how">
            <h2 class="ds-heading" data-size="md" id="how">{t(key::CONTACT_HOW)}</h2>
            {error_summary(wrong)}
            {dynamic(move || email.summary())}
            {dynamic(move || match (editing.get(), awaited.get()) {
                (true, _) => email.address_form(),
                (false, Some(address)) => email.code_form(address),
                (false, None) => ().into_any(),
            })}
        </section>
    }
    .into_any()
}

impl Email {
    /// Sends, and shows what came of it.
    fn send(self, request: impl Future<Output = Result<Contact, ApiError>> + 'static, done: impl FnOnce() + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match self.session.heard(request.await) {
                Ok(contact) => {
                    self.wrong.set(Mistakes::new());
                    self.contact.set(contact);
                    done();
                }
                Err(error) => self.wrong.set(mistakes(&error)),
            }
            self.busy.set(false);
        });
    }

    fn summary(self) -> AnyView {
        let Contact { email, unverified_email, .. } = self.contact.get();
        let row = |address: &str, verified: bool| {
            let (colour, text) =
                if verified { ("success", key::CONTACT_VERIFIED) } else { ("warning", key::CONTACT_UNVERIFIED) };
            let symbol = if verified { icon("check").into_any() } else { icon("alert").into_any() };
            view! { <div class="du-row"><span>{address.to_owned()}</span><span class="ds-tag" data-color=colour>{symbol}{t(text)}</span></div> }
                .into_any()
        };
        let rows = match (&email, &unverified_email) {
            (None, None) => view! { <span class="du-soft">{t(key::CONTACT_EMAIL_NONE)}</span> }.into_any(),
            (one, other) => {
                (one.as_deref().map(|address| row(address, true)), other.as_deref().map(|address| row(address, false)))
                    .into_any()
            }
        };
        let some = email.is_some() || unverified_email.is_some();
        let change = if some { key::CONTACT_CHANGE } else { key::CONTACT_ADD };
        let open = move || {
            self.editing.set(true);
            request_animation_frame(|| focus_on("email"));
        };
        let about = |word| format!("{}: {}", t(word), t(key::CONTACT_EMAIL));
        let forget = move || self.send(api::identity::delete_email(), move || self.editing.set(false));
        let forget = some.then(|| {
            view! { <button class="ds-link" type="button" aria-label=about(key::CONTACT_FORGET) on:click=on(move |_| forget())>{t(key::CONTACT_FORGET)}</button> }
        });
        view! {
            <dl class="du-summary"><div>
                <dt>{t(key::CONTACT_EMAIL)}</dt>
                <dd class="du-stack" data-gap="xs">{rows}</dd>
                <dd class="du-row" data-gap="l"><button class="ds-link" type="button" aria-label=about(change) on:click=on(move |_| open())>{t(change)}</button>{forget}</dd>
            </div></dl>
        }
        .into_any()
    }

    fn address_form(self) -> AnyView {
        let address = RwSignal::new(self.contact.get_untracked().email.unwrap_or_default());
        let on_submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            self.ask_code(address.get_untracked().trim().to_owned());
        };
        let cancel = move || {
            self.wrong.set(Mistakes::new());
            self.editing.set(false);
        };
        let field = Field {
            id: "email",
            label: t(key::CONTACT_NEW_EMAIL),
            kind: "email",
            autocomplete: "email",
            inputmode: Some("email"),
        };
        view! {
            <form class="du-panel du-stack" data-gap="m" novalidate="" on:submit=on(on_submit)>
                {text_field(field, t(key::CONTACT_NEW_EMAIL_TEXT).to_owned(), address, self.wrong)}
                <div class="du-row">
                    <button class="ds-button" type="submit">{icon("mail")}{t(key::CONTACT_SEND_CODE)}</button>
                    <button class="ds-button" data-variant="tertiary" type="button" on:click=on(move |_| cancel())>{t(key::CONTACT_CANCEL)}</button>
                </div>
            </form>
        }
        .into_any()
    }

    fn ask_code(self, address: String) {
        if !is_email(&address) {
            return self.wrong.set(vec![("email".into(), t(key::WRONG_EMAIL).to_owned())]);
        }
        let sent = tf(key::CONTACT_SENT, &[("email", &address)]);
        let request = async move { api::identity::put_email(&address).await };
        self.send(request, move || {
            self.editing.set(false);
            announce(&sent);
            request_animation_frame(|| focus_on("code"));
        });
    }

    fn code_form(self, address: String) -> AnyView {
        let code = RwSignal::new(String::new());
        let hint = tf(key::CONTACT_CODE_TEXT, &[("email", &address)]);
        let on_submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let digits: String = code.get_untracked().chars().filter(char::is_ascii_digit).collect();
            if digits.len() != 6 {
                return self.wrong.set(vec![("code".into(), t(key::WRONG_CODE).to_owned())]);
            }
            let request = async move { api::identity::verify_email(&digits).await };
            self.send(request, || announce(t(key::CONTACT_VERIFIED)));
        };
        let field = Field {
            id: "code",
            label: t(key::CONTACT_CODE),
            kind: "text",
            autocomplete: "one-time-code",
            inputmode: Some("numeric"),
        };
        view! {
            <form class="du-panel du-stack" data-gap="m" novalidate="" on:submit=on(on_submit)>
                {text_field(field, hint, code, self.wrong)}
                <div class="du-row">
                    <button class="ds-button" type="submit">{t(key::CONTACT_VERIFY)}</button>
                    <button class="ds-button" data-variant="tertiary" type="button" on:click=on(move |_| self.ask_code(address.clone()))>
                        {t(key::CONTACT_AGAIN)}
                    </button>
                </div>
            </form>
        }
        .into_any()
    }
}
