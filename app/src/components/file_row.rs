//! A file that was chosen: what it is called, how far it is, and a button that takes it back.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use crate::i18n::{key, t, tf};
use crate::page::{announce, focus_on};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::upload::FileState;
use crate::wizard::words::megabytes;

/// `field` is the id of its file chooser; `here` says what becomes of one that is on this device only.
pub fn file_row(
    field: &str,
    (name, bytes): (&str, u64),
    state: Memo<Option<FileState>>,
    here: &'static str,
    remove: impl Fn() + 'static,
) -> AnyView {
    let (name, field) = (name.to_owned(), field.to_owned());
    let remove = {
        let name = name.clone();
        move |_: ev::MouseEvent| {
            remove();
            announce(&tf(key::WALK_REMOVED, &[("row", &name)]));
            focus_on(&field);
        }
    };
    let label = name.clone();
    let told = move || {
        let (word, picture) = match state.get() {
            Some(FileState::Going(percent)) => {
                let (label, value) = (label.clone(), percent.to_string());
                return view! {
                    <span class="du-num">{t(key::WALK_FILE_GOING)}" "{value.clone()}" %"</span>
                    <progress class="du-progress" max="100" value=value aria-label=label></progress>
                }
                .into_any();
            }
            Some(FileState::There) => (t(key::WALK_FILE_THERE), "check"),
            Some(FileState::Lost) => (t(key::WALK_FILE_LOST), "alert"),
            Some(FileState::Here) | None => (here, "clock"),
        };
        view! { {icon(picture)}<span>{word}</span> }.into_any()
    };
    view! {
        <li>
            <div class="du-row" data-between="">
                <strong>{name.clone()}" "<span class="du-soft du-num">{megabytes(bytes)}</span></strong>
                <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=on(remove)>
                    {icon("trash")}{t(key::WALK_REMOVE)}<span class="ds-sr-only">": "{name}</span>
                </button>
            </div>
            <p class="du-saved du-small du-soft">{dynamic(told)}</p>
        </li>
    }
    .into_any()
}

/// Why files were not taken.
pub fn refused(why: &[String]) -> AnyView {
    if why.is_empty() {
        return ().into_any();
    }
    let line = |line: &String| view! { <p class="ds-paragraph">{line.clone()}</p> }.into_any();
    view! { <div class="ds-alert" data-color="danger">{list(why, line)}</div> }.into_any()
}

/// What somebody chose with a file chooser, which is made ready to choose the same again.
pub fn chosen(event: &ev::Event) -> Vec<File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let chosen = input.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect());
    input.set_value("");
    chosen.unwrap_or_default()
}
