//! Files to add: each goes up at once and has its own state.

use durvis_contract::e_service::{At, FileReference, Kind};
use durvis_contract::file;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::file_row::{chosen, file_row, refused};
use super::walk_field::Asked;
use crate::i18n::{key, t};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::upload::Takes;

pub fn file(asked: &Asked) -> AnyView {
    let Kind::File { max_bytes, count, types } = &asked.field.kind else { return ().into_any() };
    let takes = Takes { max_bytes: *max_bytes, count: *count, types: types.clone() };
    let rules = takes.rules();
    let (walking, at, id) = (asked.walking, asked.at.clone(), asked.id.clone());
    let files = {
        let at = at.clone();
        Memo::new(move |_| walking.files_at(&at))
    };
    let not_taken: Memo<Vec<String>> = {
        let at = at.clone();
        Memo::new(move |_| {
            let own = |all: &Vec<(At, String)>| all.iter().filter(|one| one.0 == at).map(|one| one.1.clone()).collect();
            walking.refused.with(own)
        })
    };
    let choose = {
        let at = at.clone();
        move |event: ev::Event| {
            spawn_local(walking.choose_files(at.clone(), takes.clone(), chosen(&event)));
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
            <div role="alert">{dynamic(move || not_taken.with(|why| refused(why)))}</div>
            {dynamic(shown)}
        </div>
    }
    .into_any()
}

fn row(asked: &Asked, one: FileReference) -> AnyView {
    let (walking, at, id) = (asked.walking, asked.at.clone(), one.id.clone());
    let state = Memo::new(move |_| walking.files.with(|files| files.get(&one.id).copied()));
    let here = t(if walking.is_rehearsal() { key::WALK_FILE_REHEARSAL } else { key::WALK_FILE_HERE });
    file_row(&asked.id, (&one.name, one.bytes), state, here, move || walking.remove_file(&at, &id))
}
