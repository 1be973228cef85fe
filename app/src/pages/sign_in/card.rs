//! The way of the card itself: the page asks the Web eID extension, the card signs, the server lets in. Where that cannot be,
//! it is said what to install.

use durvis_contract::Broken;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::i18n::{Key, key, lang, t};
use crate::page::focus_on;
use crate::ui::erased::{dynamic, on};
use crate::ui::icon::icon;
use crate::web_eid::{self, CardError};

/// Where extension and program are got.
const GET_WEB_EID: &str = "https://web-eid.eu/";

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Idle,
    /// Is there an extension?
    Looking,
    /// The card and its PIN.
    Signing,
    /// The server looks at the token.
    Checking,
    /// It came to nothing; and whether something has to be installed.
    Failed(Key, bool),
}

impl Step {
    const fn is_busy(self) -> bool {
        matches!(self, Self::Looking | Self::Signing | Self::Checking)
    }
}

/// The button, what happens meanwhile, and what went wrong. `to` is where one goes on.
pub fn card_way(name: String, to: impl Fn() -> String + Send + 'static) -> AnyView {
    let step = RwSignal::new(Step::Idle);
    let to = StoredValue::new_local(Box::new(to) as Box<dyn Fn() -> String>);
    let begin = move |_: leptos::ev::MouseEvent| {
        if !step.get_untracked().is_busy() {
            spawn_local(sign_in(step, to));
        }
    };
    let busy = Signal::derive(move || step.get().is_busy().then_some("true"));
    view! {
        <li class="du-stack" data-gap="s">
            <button type="button" class="du-choice ds-focus" id="card" aria-disabled=busy on:click=on(begin)>
                {icon("card")}<span class="du-title">{name}</span><span class="du-soft">{t(key::SIGN_IN_CARD_TEXT)}</span>{icon("right")}
            </button>
            <p class="du-soft" role="status">{dynamic(move || said(step.get()).map(t).into_any())}</p>
            {dynamic(move || match step.get() {
                Step::Failed(text, install) => failed(text, install),
                _ => ().into_any(),
            })}
        </li>
    }
    .into_any()
}

/// What is said of a step under way.
const fn said(step: Step) -> Option<Key> {
    match step {
        Step::Looking => Some(key::SIGN_IN_CARD_LOOKING),
        Step::Signing => Some(key::SIGN_IN_CARD_SIGNING),
        Step::Checking => Some(key::SIGN_IN_CARD_CHECKING),
        Step::Idle | Step::Failed(..) => None,
    }
}

fn failed(text: Key, install: bool) -> AnyView {
    let get = install.then(|| {
        view! {
            <p class="ds-paragraph"><a class="ds-link" rel="external noreferrer" href=GET_WEB_EID>{t(key::SIGN_IN_CARD_GET)}</a></p>
            <p class="ds-paragraph">{t(key::SIGN_IN_CARD_THEN)}</p>
        }
    });
    let (color, title) = if install { ("info", key::SIGN_IN_CARD_MISSING) } else { ("danger", key::SIGN_IN_FAILED) };
    view! {
        <div class="ds-alert" data-color=color role="alert" id="card-failed" tabindex="-1">
            <h2 class="ds-heading" data-size="xs">{t(title)}</h2>
            <p class="ds-paragraph">{t(text)}</p>
            {get}
        </div>
    }
    .into_any()
}

/// From the click to the page where one goes on, or to what went wrong.
async fn sign_in(step: RwSignal<Step>, to: StoredValue<Box<dyn Fn() -> String>, LocalStorage>) {
    match signed_in(step).await {
        // A whole document, as when one comes back from a provider: nothing of before stays in memory.
        Some(Ok(())) => {
            if let Some(to) = to.try_with_value(|to| to()) {
                let _ = window().location().set_href(&to);
            }
        }
        Some(Err((text, install))) => {
            // The page may be gone by now.
            let gone = step.try_set(Step::Failed(text, install)).is_some();
            if !gone {
                request_animation_frame(|| focus_on("card-failed"));
            }
        }
        None => {}
    }
}

/// None where the citizen has left the page meanwhile.
async fn signed_in(step: RwSignal<Step>) -> Option<Result<(), (Key, bool)>> {
    let at = |next: Step| step.try_set(next).is_none().then_some(());
    at(Step::Looking)?;
    if let Err(error) = web_eid::status().await {
        return Some(Err(of_card(error)));
    }
    let nonce = match api::identity::create_challenge().await {
        Ok(nonce) => nonce,
        Err(error) => return Some(Err((of_server(&error), false))),
    };
    at(Step::Signing)?;
    let token = match web_eid::authenticate(&nonce, lang().code()).await {
        Ok(token) => token,
        Err(error) => return Some(Err(of_card(error))),
    };
    at(Step::Checking)?;
    let let_in = api::identity::sign_in_by_card(token).await;
    Some(let_in.map_err(|error| (of_server(&error), false)))
}

/// What to say when the card was not asked, and whether something has to be installed.
const fn of_card(error: CardError) -> (Key, bool) {
    match error {
        CardError::NoExtension => (key::SIGN_IN_CARD_NO_EXTENSION, true),
        CardError::NoProgram => (key::SIGN_IN_CARD_NO_PROGRAM, true),
        CardError::Outdated => (key::SIGN_IN_CARD_OUTDATED, true),
        CardError::Cancelled => (key::SIGN_IN_FAILED_REFUSED, false),
        CardError::TooSlow => (key::SIGN_IN_CARD_SLOW, false),
        CardError::Busy => (key::SIGN_IN_CARD_BUSY, false),
        CardError::Failed => (key::SIGN_IN_CARD_FAILED, false),
    }
}

/// What to say when the server does not let in.
fn of_server(error: &ApiError) -> Key {
    match error {
        ApiError::Broken(broken) => broken.first().map_or(key::SIGN_IN_FAILED_MISTRUSTED, of_rule),
        ApiError::Silent => key::SIGN_IN_CARD_UNCHECKED,
        ApiError::Wait(_) => key::SIGN_IN_FAILED_OFTEN,
        ApiError::Offline => key::SIGN_IN_CARD_OFFLINE,
        _ => key::SIGN_IN_CARD_FAILED,
    }
}

/// By the codes of docs/web-eid.md.
fn of_rule(broken: &Broken) -> Key {
    match (broken.field.as_str(), broken.rule.as_str()) {
        ("challenge", _) => key::SIGN_IN_FAILED_EXPIRED,
        (_, "certificate-expired" | "certificate-not-yet-valid") => key::SIGN_IN_CARD_EXPIRED,
        (_, "certificate-revoked" | "certificate-unknown") => key::SIGN_IN_CARD_REVOKED,
        (_, "issuer-untrusted" | "policy-disallowed" | "policy-not-permitted" | "subject-incomplete") => {
            key::SIGN_IN_CARD_FOREIGN
        }
        _ => key::SIGN_IN_FAILED_MISTRUSTED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_says_of_a_card_has_its_words() {
        let of = |field: &str, rule: &str| {
            of_server(&ApiError::Broken(vec![Broken { field: field.into(), rule: rule.into() }]))
        };
        assert!(of("challenge", "expired") == key::SIGN_IN_FAILED_EXPIRED);
        assert!(of("token", "certificate-revoked") == key::SIGN_IN_CARD_REVOKED);
        assert!(of("token", "certificate-expired") == key::SIGN_IN_CARD_EXPIRED);
        assert!(of("token", "issuer-untrusted") == key::SIGN_IN_CARD_FOREIGN);
        assert!(of("token", "signature-invalid") == key::SIGN_IN_FAILED_MISTRUSTED);
        assert!(of_server(&ApiError::Silent) == key::SIGN_IN_CARD_UNCHECKED);
    }

    #[test]
    fn only_what_is_missing_or_old_is_to_be_installed() {
        for error in [CardError::NoExtension, CardError::NoProgram, CardError::Outdated] {
            assert!(of_card(error).1, "{error:?}");
        }
        for error in [CardError::Cancelled, CardError::TooSlow, CardError::Busy, CardError::Failed] {
            assert!(!of_card(error).1, "{error:?}");
        }
    }
}
