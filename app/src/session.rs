//! Who is signed in: asked of the server, kept in memory only. Whether there is anybody to ask for, a cookie says that tells
//! nothing else; so nobody who only reads is a request to the server. The windows of one browser tell each other.

use durvis_contract::identity::Session;
use js_sys::{Date, Reflect};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::api::{self, ApiError};
use crate::offline::device;
use crate::offline::favourites::Favourites;
use crate::paths::{Personal, Route};
use crate::start::location_path;

/// The cookie beside that of the session, and how to take it away.
const HERE: &str = "__Host-here=";
const NOBODY_HERE: &str = "__Host-here=; Path=/; Secure; SameSite=Lax; Max-Age=0";
/// How long before its end a session is said to end.
const WARNING_MS: f64 = 120_000.0;
/// The channel between windows, and what is said there.
const CHANNEL: &str = "durvis-session";
const IN: &str = "in";
const OUT: &str = "out";
const WIPED: &str = "wiped";

/// Who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// Not told yet.
    Unknown,
    /// The server could not be asked.
    Unreached(ApiError),
    Nobody,
    Known(Session),
    /// Somebody was, until a moment ago: what they see and have typed stays.
    Ended(Session),
}

/// It, in a context.
#[derive(Clone, Copy)]
pub struct SessionState {
    who: RwSignal<Who>,
    /// When the server last said how long it lasts, in milliseconds since 1970.
    told_at: StoredValue<f64>,
    /// The longest that it has lasted without use, in seconds: as long as it does when it has just been used.
    longest: StoredValue<u32>,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    /// Whether the citizen is choosing a company to act for.
    pub choosing: RwSignal<bool>,
}

impl SessionState {
    /// Asks, if there is anybody to ask for, and listens to the other windows.
    pub fn new() -> Self {
        let who = RwSignal::new(if is_hinted() { Who::Unknown } else { Who::Nobody });
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let (told_at, longest) = (StoredValue::new(0.0), StoredValue::new(0));
        let (channel, choosing) = (StoredValue::new_local(channel), RwSignal::new(false));
        let state = Self { who, told_at, longest, channel, choosing };
        if is_hinted() {
            state.ask();
        }
        state.listen();
        state
    }

    pub fn who(self) -> Who {
        self.who.get()
    }

    /// Whether somebody is signed in at this moment.
    pub fn is_known(self) -> bool {
        self.who.with_untracked(|who| matches!(who, Who::Known(_)))
    }

    /// Asks the server anew.
    pub fn ask(self) {
        spawn_local(self.asked());
    }

    /// The same, ending with the answer.
    pub async fn asked(self) {
        match api::identity::get_session().await {
            Ok(session) => self.told(session),
            Err(ApiError::SignIn) => self.ended(),
            // Who was known stays so: a line that is down for a moment signs nobody out.
            Err(error) if !matches!(self.who.get_untracked(), Who::Known(_) | Who::Ended(_)) => {
                self.who.set(Who::Unreached(error));
            }
            Err(_) => {}
        }
    }

    /// Puts the end off.
    pub async fn stay(self) -> Result<(), ApiError> {
        self.heard(api::identity::use_session().await).map(|session| self.told(session))
    }

    /// Acts for a company from now on, or for oneself; the other windows follow.
    pub async fn act_for(self, company: Option<String>) -> Result<(), ApiError> {
        self.heard(api::identity::put_principal(company.as_deref()).await).map(|session| self.told(session))
    }

    /// Signs out here, wipes what stays on the device, and leaves for the provider's own way out.
    pub async fn leave(self, favourites: Favourites) -> Result<(), ApiError> {
        let leave = match api::identity::delete_session().await {
            Ok(leave) => leave,
            Err(ApiError::SignIn) => None,
            Err(error) => return Err(error),
        };
        self.gone(leave, favourites).await;
        Ok(())
    }

    /// Signs out everywhere, here too.
    pub async fn leave_everywhere(self, favourites: Favourites) -> Result<(), ApiError> {
        match api::identity::delete_sessions().await {
            Ok(()) | Err(ApiError::SignIn) => {}
            Err(error) => return Err(error),
        }
        self.gone(None, favourites).await;
        Ok(())
    }

    async fn gone(self, leave: Option<String>, favourites: Favourites) {
        let wiped = device::wipe(favourites).await;
        self.tell(if wiped { WIPED } else { OUT });
        // A new document, so that nothing of it stays in memory.
        let _ = window().location().replace(&leave.unwrap_or_else(|| Personal::SignedOut.url()));
    }

    /// Hears in an answer that the session has ended.
    pub fn heard<T>(self, answer: Result<T, ApiError>) -> Result<T, ApiError> {
        if matches!(answer, Err(ApiError::SignIn)) {
            self.ended();
        }
        answer
    }

    /// Takes what the server says of the session.
    pub fn told(self, session: Session) {
        self.told_at.set_value(Date::now());
        self.longest.update_value(|longest| *longest = (*longest).max(session.unused_seconds));
        match self.who.get_untracked() {
            // Somebody else must not find what the one before them had on the screen.
            Who::Known(before) | Who::Ended(before) if !is_same(&before, &session) => {
                let _ = window().location().reload();
                return;
            }
            Who::Known(before) if before.company == session.company => {}
            _ => self.tell(IN),
        }
        self.who.set(Who::Known(session));
    }

    /// The server knows nobody any more.
    pub fn ended(self) {
        let _ = Reflect::set(&document(), &"cookie".into(), &NOBODY_HERE.into());
        self.who.update(|who| {
            *who = match std::mem::replace(who, Who::Nobody) {
                Who::Known(session) | Who::Ended(session) => Who::Ended(session),
                _ => Who::Nobody,
            }
        });
    }

    /// Milliseconds until the session ends, and whether using it puts that off.
    pub fn left(self) -> Option<(f64, bool)> {
        let Who::Known(session) = self.who.get_untracked() else { return None };
        let passed = Date::now() - self.told_at.get_value();
        let until = f64::from(session.unused_seconds.min(session.whole_seconds)) * 1_000.0;
        Some((until - passed, session.unused_seconds < session.whole_seconds))
    }

    /// How long before the end one has to be warned, in milliseconds: two minutes, or less where sessions are short.
    pub fn warning_ms(self) -> f64 {
        (f64::from(self.longest.get_value()) * 1_000.0 / 3.0).min(WARNING_MS)
    }

    fn tell(self, word: &str) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                let _ = channel.post_message(&word.into());
            }
        });
    }

    fn listen(self) {
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_string().as_deref() {
                Some(OUT) => self.out(false),
                Some(WIPED) => self.out(true),
                _ => self.ask(),
            }
        });
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            }
        });
        on_message.forget();
        // A page that the browser had put aside, that was out of sight or without a line, may have missed all of it.
        let look = move || match self.who.get_untracked() {
            Who::Known(_) if !is_hinted() => self.out(false),
            Who::Known(_) => {}
            _ if is_hinted() => self.ask(),
            _ => {}
        };
        for event in ["pageshow", "focus", "online"] {
            std::mem::forget(window_event_listener(ev::Custom::<web_sys::Event>::new(event), move |_| look()));
        }
    }

    /// Somebody signed out in another window.
    fn out(self, wiped: bool) {
        if matches!(self.who.get_untracked(), Who::Nobody) {
            return;
        }
        let own = matches!(Route::of(&location_path()), Route::Personal(page) if page.is_own());
        if own || wiped {
            let _ = window().location().replace(&Personal::SignedOut.url());
        } else {
            self.who.set(Who::Nobody);
        }
    }
}

/// The session of this app.
pub fn use_session() -> SessionState {
    expect_context()
}

/// Whether the cookie says that there is somebody.
pub fn is_hinted() -> bool {
    let cookies = Reflect::get(&document(), &JsValue::from_str("cookie")).ok().and_then(|text| text.as_string());
    cookies.unwrap_or_default().split(';').any(|cookie| cookie.trim_start().starts_with(HERE))
}

fn is_same(one: &Session, other: &Session) -> bool {
    one.given_name == other.given_name && one.surname == other.surname
}
