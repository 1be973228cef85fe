//! Files to add: each goes up at once and has its own state.

use durvis_contract::e_service::{At, FileReference, Kind};
use durvis_contract::file;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::walk_field::Asked;
use crate::i18n::{key, t, tf};
use crate::page::{announce, focus_on};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::files::{FileState, Takes};
use crate::wizard::words::megabytes;

pub fn file(asked: &Asked) -> AnyView {
    let Kind::File { max_bytes, count, types } = &asked.field.kind else { return ().into_any() };
    let takes = Takes { max_bytes: *max_bytes, count: *count, types: types.clone() };
    let names = types.iter().map(|one| file::format_name(one)).collect::<Vec<_>>().join(", ");
    let rules =
        tf(key::WALK_FILE_RULES, &[("types", &names), ("max", &megabytes(*max_bytes)), ("count", &count.to_string())]);
    let (walking, at, id) = (asked.walking, asked.at.clone(), asked.id.clone());
    let files = {
        let at = at.clone();
        Memo::new(move |_| walking.files_at(&at))
    };
    let refused: Memo<Vec<String>> = {
        let at = at.clone();
        Memo::new(move |_| {
            let own = |all: &Vec<(At, String)>| all.iter().filter(|one| one.0 == at).map(|one| one.1.clone()).collect();
            walking.refused.with(own)
        })
    };
    let choose = {
        let at = at.clone();
        move |event: ev::Event| {
            let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            let chosen = input.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect());
            // Copied out above: the same file may be chosen again.
            input.set_value("");
            spawn_local(walking.choose_files(at.clone(), takes.clone(), chosen.unwrap_or_default()));
        }
    };
    let shown = {
        let asked = asked.clone();
        move || {
            let files = files.get();
            if files.is_empty() {
                return ().into_any();
            }
            view! { <ul class="du-files">{list(files, |one| row(&asked, one))}</ul> }.into_any()
        }
    };
    let about = format!("{id}-rules");
    let described = {
        let (described, about) = (asked.described(), about.clone());
        Signal::derive(move || described.get().map_or_else(|| about.clone(), |other| format!("{other} {about}")))
    };
    let said: fn(&Vec<String>) -> AnyView = |refused| {
        let lines = list(refused, |line| view! { <p class="ds-paragraph">{line.clone()}</p> }.into_any());
        view! { <div class="ds-alert" data-color="danger">{lines}</div> }.into_any()
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{asked.label()}</label>
            {asked.hint_view()}
            <p data-field="description" id=about>{rules}</p>
            {asked.mistake_view()}
            <div class="du-choose">
                // A browser's own button speaks the browser's language.
                <input class="ds-sr-only" type="file" id=id.clone() multiple={*count > 1} accept=file::extensions(types).join(",")
                    aria-describedby=described aria-invalid=asked.invalid() on:change=on(choose)/>
                <label class="ds-button" data-variant="secondary" for=id.clone()>
                    {icon("upload")}{t(if *count > 1 { key::WALK_FILE_CHOOSE_SOME } else { key::WALK_FILE_CHOOSE })}
                </label>
            </div>
            <div role="alert">{dynamic(move || refused.with(|refused| if refused.is_empty() { ().into_any() } else { said(refused) }))}</div>
            {dynamic(shown)}
        </div>
    }
    .into_any()
}

fn row(asked: &Asked, one: FileReference) -> AnyView {
    let (walking, at, field) = (asked.walking, asked.at.clone(), asked.id.clone());
    let (id, name) = (one.id.clone(), one.name.clone());
    let state = Memo::new(move |_| walking.files.with(|files| files.get(&one.id).copied()));
    let remove = {
        let name = name.clone();
        move |_: ev::MouseEvent| {
            walking.remove_file(&at, &id);
            announce(&tf(key::WALK_REMOVED, &[("row", &name)]));
            focus_on(&field);
        }
    };
    let is_rehearsal = walking.is_rehearsal();
    let label = name.clone();
    let told = move || {
        let word = match state.get() {
            Some(FileState::Going(percent)) => {
                let (label, value) = (label.clone(), percent.to_string());
                return view! {
                    <span class="du-num">{t(key::WALK_FILE_GOING)}" "{value.clone()}" %"</span>
                    <progress class="du-progress" max="100" value=value aria-label=label></progress>
                }
                .into_any();
            }
            Some(FileState::There) => (key::WALK_FILE_THERE, "check"),
            Some(FileState::Lost) => (key::WALK_FILE_LOST, "alert"),
            _ if is_rehearsal => (key::WALK_FILE_REHEARSAL, "clock"),
            _ => (key::WALK_FILE_HERE, "clock"),
        };
        view! { {icon(word.1)}<span>{t(word.0)}</span> }.into_any()
    };
    view! {
        <li>
            <div class="du-row" data-between="">
                <strong>{name.clone()}" "<span class="du-soft du-num">{megabytes(one.bytes)}</span></strong>
                <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=on(remove)>
                    {icon("trash")}{t(key::WALK_REMOVE)}<span class="ds-sr-only">": "{name}</span>
                </button>
            </div>
            <p class="du-saved du-small du-soft">{dynamic(told)}</p>
        </li>
    }
    .into_any()
}
