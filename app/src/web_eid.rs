//! Speaks to the Web eID extension, which speaks to the card: by messages in the window, as web-eid.js does
//! (<https://github.com/web-eid/web-eid.js>). Every wait has its bound. What the card says, only the server believes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{set_timeout_with_handle, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageEvent;

use crate::offline::database::object;

/// The version of web-eid.js whose messages these are. Extension and program are of the same major version, or newer.
const VERSION: &str = "2.0.2";
const MAJOR: u32 = 2;
/// How long the extension may take to say that it has heard; the program to start; the citizen to type the PIN.
const HEARD_WITHIN: Duration = Duration::from_secs(2);
const STARTED_WITHIN: Duration = Duration::from_secs(7);
const SIGNED_WITHIN: Duration = Duration::from_secs(120);
/// What a token is made of; the rest of the message is the extension's own.
const TOKEN: [&str; 9] = [
    "unverifiedCertificate",
    "algorithm",
    "signature",
    "format",
    "appVersion",
    "unverifiedIntermediateCertificates",
    "unverifiedSigningCertificates",
    "unverifiedSigningCertificate",
    "supportedSignatureAlgorithms",
];

/// Why there is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardError {
    /// There is no extension in this browser, or it sleeps.
    NoExtension,
    /// The extension has no program to speak to.
    NoProgram,
    /// One of the two is too old.
    Outdated,
    /// The citizen has said no.
    Cancelled,
    /// Nobody has typed the PIN.
    TooSlow,
    /// Another page asks the card.
    Busy,
    /// Anything else: no card, a blocked PIN, a broken reader.
    Failed,
}

/// Whether extension and program are there, and new enough.
pub async fn status() -> Result<(), CardError> {
    let told = ask("web-eid:status", &[], STARTED_WITHIN).await?;
    let new = |part: &str| text(&told, part).as_deref().and_then(major).is_some_and(|major| major >= MAJOR);
    if new("extension") && new("nativeApp") { Ok(()) } else { Err(CardError::Outdated) }
}

/// The token that the card makes of a nonce, in the citizen's language.
pub async fn authenticate(nonce: &str, lang: &str) -> Result<JsValue, CardError> {
    let fields = [("challengeNonce", nonce), ("lang", lang)];
    let told = ask("web-eid:authenticate", &fields, SIGNED_WITHIN).await?;
    let parts = TOKEN.map(|name| (name, Reflect::get(&told, &name.into()).unwrap_or_default()));
    let there = parts.iter().filter(|(_, value)| !value.is_undefined()).map(|(name, value)| (*name, value));
    Ok(object(&there.collect::<Vec<_>>()))
}

/// What a message of the extension is to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Heard,
    Success,
    Failure,
}

/// Sends a message and waits: first to be heard, then to be answered.
async fn ask(action: &'static str, fields: &[(&str, &str)], within: Duration) -> Result<JsValue, CardError> {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, _| settle = Some(resolve));
    let settle = Rc::new(RefCell::new(settle));
    let heard = Rc::new(Cell::new(false));
    let listener = listen(action, settle.clone(), heard.clone());
    let on_message = listener.as_ref().unchecked_ref::<Function>();
    let window = window();
    let failed = |_| CardError::Failed;
    window.add_event_listener_with_callback("message", on_message).map_err(failed)?;
    let unheard = {
        let (settle, heard) = (settle.clone(), heard.clone());
        move || {
            if !heard.get() {
                answer(&settle, &JsValue::UNDEFINED)
            }
        }
    };
    let timers = [
        set_timeout_with_handle(unheard, HEARD_WITHIN),
        set_timeout_with_handle(move || answer(&settle, &JsValue::UNDEFINED), within),
    ];
    let sent = window.location().origin().and_then(|origin| {
        let values: Vec<_> = fields.iter().map(|(name, value)| (*name, JsValue::from(*value))).collect();
        let (action, version) = (JsValue::from(action), JsValue::from(VERSION));
        let known = [("action", &action), ("libraryVersion", &version)];
        let all: Vec<_> = known.into_iter().chain(values.iter().map(|(name, value)| (*name, value))).collect();
        window.post_message(&object(&all), &origin)
    });
    let told = match sent {
        Ok(()) => JsFuture::from(promise).await.unwrap_or_default(),
        Err(_) => JsValue::UNDEFINED,
    };
    timers.into_iter().flatten().for_each(|timer| timer.clear());
    let _ = window.remove_event_listener_with_callback("message", on_message);
    if told.is_undefined() {
        return Err(if heard.get() { CardError::TooSlow } else { CardError::NoExtension });
    }
    match text(&told, "action").as_deref().and_then(|said| part(action, said)) {
        Some(Part::Success) => Ok(told),
        _ => Err(failure(&code(&told))),
    }
}

type Settle = Rc<RefCell<Option<Function>>>;

/// Hears what the extension says in this window to this question, and to no other.
fn listen(action: &'static str, settle: Settle, heard: Rc<Cell<bool>>) -> Closure<dyn Fn(MessageEvent)> {
    Closure::new(move |event: MessageEvent| {
        let here = event.source().is_some_and(|source| js_sys::Object::is(&source, &window()));
        let told = event.data();
        match text(&told, "action").as_deref().and_then(|said| part(action, said)).filter(|_| here) {
            Some(Part::Heard) => heard.set(true),
            Some(Part::Success | Part::Failure) => answer(&settle, &told),
            None => {}
        }
    })
}

/// Only the first answer counts.
fn answer(settle: &Settle, told: &JsValue) {
    if let Some(resolve) = settle.borrow_mut().take() {
        let _ = resolve.call1(&JsValue::NULL, told);
    }
}

/// A field of a message, when it is a text.
fn text(told: &JsValue, field: &str) -> Option<String> {
    Reflect::get(told, &field.into()).ok()?.as_string()
}

/// The code of a failure.
fn code(told: &JsValue) -> String {
    let error = Reflect::get(told, &"error".into()).unwrap_or_default();
    text(&error, "code").unwrap_or_default()
}

fn part(asked: &str, said: &str) -> Option<Part> {
    match said.strip_prefix(asked)? {
        "-ack" => Some(Part::Heard),
        "-success" => Some(Part::Success),
        "-failure" => Some(Part::Failure),
        _ => None,
    }
}

fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// The codes of web-eid.js.
fn failure(code: &str) -> CardError {
    match code {
        "ERR_WEBEID_EXTENSION_UNAVAILABLE" => CardError::NoExtension,
        "ERR_WEBEID_NATIVE_UNAVAILABLE" => CardError::NoProgram,
        "ERR_WEBEID_VERSION_MISMATCH" | "ERR_WEBEID_VERSION_INVALID" => CardError::Outdated,
        "ERR_WEBEID_USER_CANCELLED" => CardError::Cancelled,
        "ERR_WEBEID_USER_TIMEOUT" | "ERR_WEBEID_ACTION_TIMEOUT" => CardError::TooSlow,
        "ERR_WEBEID_ACTION_PENDING" => CardError::Busy,
        _ => CardError::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_to_the_question_that_was_asked() {
        let asked = "web-eid:authenticate";
        assert_eq!(part(asked, "web-eid:authenticate-ack"), Some(Part::Heard));
        assert_eq!(part(asked, "web-eid:authenticate-success"), Some(Part::Success));
        assert_eq!(part(asked, "web-eid:authenticate-failure"), Some(Part::Failure));
        for other in [asked, "web-eid:status-success", "web-eid:authenticate-success-", "web-eid:warning", "-ack", ""] {
            assert_eq!(part(asked, other), None, "{other}");
        }
    }

    #[test]
    fn a_version_has_a_major_number() {
        assert_eq!((major("2.3.0"), major("2.5.0+0"), major("10.0")), (Some(2), Some(2), Some(10)));
        assert_eq!((major(""), major("next"), major("-1.0")), (None, None, None));
    }

    #[test]
    fn every_failure_is_one_that_has_words() {
        assert_eq!(failure("ERR_WEBEID_USER_CANCELLED"), CardError::Cancelled);
        assert_eq!(failure("ERR_WEBEID_NATIVE_UNAVAILABLE"), CardError::NoProgram);
        assert_eq!(failure("ERR_WEBEID_NATIVE_FATAL"), CardError::Failed);
        assert_eq!(failure("<script>"), CardError::Failed);
    }
}
