//! That the session ends soon, in time to stay; and that it has ended, with the way to go on.

use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use super::user_menu::way_out;
use crate::i18n::{key, t, tf};
use crate::paths::{self, Personal};
use crate::session::{SessionState, Who, use_session};
use crate::ui::erased::{dynamic, dynamic_text, effect, on};
use crate::ui::icon::icon;

/// How often the server is asked whether it has really ended, in seconds.
const ASK_EVERY: u32 = 10;
/// At how many seconds the time that is left is said aloud.
const SAID_AT: [u32; 4] = [120, 60, 30, 10];

/// What the warning shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Warning {
    seconds: u32,
    /// Whether staying is possible.
    puts_off: bool,
}

pub fn session_warning() -> AnyView {
    let session = use_session();
    let warning = RwSignal::new(None::<Warning>);
    watch(session, warning);
    view! { {dialog(session, warning)}{ended(session)} }.into_any()
}

/// Looks every second, and asks the server before it warns: another window may have put the end off.
fn watch(session: SessionState, warning: RwSignal<Option<Warning>>) {
    let checked = StoredValue::new(false);
    let tick = move || match session.left() {
        Some((left, puts_off)) if left <= session.warning_ms() => {
            let seconds = (left / 1_000.0).ceil().max(0.0) as u32;
            let overdue = (-left / 1_000.0).max(0.0) as u32;
            let is_due = left <= 0.0 && overdue.is_multiple_of(ASK_EVERY);
            if !checked.get_value() || is_due {
                spawn_local(async move {
                    session.asked().await;
                    checked.set_value(true);
                });
            } else {
                warning.set(Some(Warning { seconds, puts_off }));
            }
        }
        _ => {
            checked.set_value(false);
            if warning.get_untracked().is_some() {
                warning.set(None);
            }
        }
    };
    if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
}

fn dialog(session: SessionState, warning: RwSignal<Option<Warning>>) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    let understood = RwSignal::new(false);
    let is_shown = Memo::new(move |_| warning.get().is_some());
    let puts_off = Memo::new(move |_| warning.get().is_none_or(|warning| warning.puts_off));
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match (is_shown.get() && !understood.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
        if !is_shown.get() {
            understood.set(false);
        }
    });
    let stay = move || {
        if !puts_off.get_untracked() {
            understood.set(true);
            return;
        }
        spawn_local(async move {
            // Where it fails, the warning stays and counts on.
            if session.stay().await.is_ok() {
                warning.set(None);
            }
        });
    };
    let on_cancel = move |event: web_sys::Event| {
        event.prevent_default();
        stay();
    };
    let seconds = Memo::new(move |_| warning.get().map_or(0, |warning| warning.seconds));
    let left = move |seconds: u32| tf(key::SESSION_LEFT, &[("time", &clock(seconds))]);
    let said = Memo::new(move |_| SAID_AT.into_iter().rev().find(|at| is_shown.get() && seconds.get() <= *at));
    view! {
        <dialog class="ds-dialog" role="alertdialog" node_ref=dialog aria-labelledby="warning-title" aria-describedby="warning-text"
            on:cancel=on(on_cancel)>
            <div class="du-stack" data-gap="m">
                <h2 class="ds-heading" data-size="md" id="warning-title">{icon("clock")}{t(key::SESSION_WARNING)}</h2>
                <p id="warning-text">{dynamic_text(move || {
                    t(if puts_off.get() { key::SESSION_WARNING_TEXT } else { key::SESSION_WARNING_WHOLE }).to_owned()
                })}</p>
                <p class="du-num" aria-hidden="true"><strong>{dynamic_text(move || left(seconds.get()))}</strong></p>
                <p class="ds-sr-only" role="status">{dynamic_text(move || said.get().map(|_| left(seconds.get_untracked())).unwrap_or_default())}</p>
                <div class="du-row">
                    <button class="ds-button" type="button" autofocus=true on:click=on(move |_| stay())>
                        {dynamic_text(move || t(if puts_off.get() { key::SESSION_STAY } else { key::SESSION_UNDERSTOOD }).to_owned())}
                    </button>
                    {way_out()}
                </div>
            </div>
        </dialog>
    }
    .into_any()
}

/// What was on the screen stays; signing in happens in another window, and this one goes on.
fn ended(session: SessionState) -> AnyView {
    let is_ended = Memo::new(move |_| matches!(session.who(), Who::Ended(_)));
    let banner = || {
        view! {
            <div class="du-banner" data-state="ended" data-color="warning">
                <div class="du-wrap">
                    {icon("lock")}<p class="du-grow"><strong>{t(key::SESSION_ENDED)}</strong>" "{t(key::SESSION_ENDED_TEXT)}</p>
                    <a class="ds-button" data-size="sm" target="_blank" href=paths::sign_in(&Personal::SignIn.url())>
                        {icon("enter")}{t(key::SESSION_AGAIN)}
                    </a>
                </div>
            </div>
        }
    };
    view! { <div role="alert">{dynamic(move || is_ended.get().then(banner).into_any())}</div> }.into_any()
}

/// Seconds as minutes and seconds.
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn what_is_left_is_read_as_a_clock() {
        assert_eq!((clock(120), clock(61), clock(9)), ("2:00".into(), "1:01".into(), "0:09".into()));
    }
}
