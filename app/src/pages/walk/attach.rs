//! Files that go along with a message about what was sent: each goes up at once; the message waits for them.

use durvis_contract::case::{MAX_FILE_BYTES, MAX_FILES};
use durvis_contract::file::{FORMATS, NewFile, extensions};
use durvis_contract::uses::Use;
use js_sys::Uint8Array;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::api;
use crate::components::file_row::{chosen, file_row, refused};
use crate::i18n::{key, t, tf};
use crate::session::{SessionState, use_session};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::open::new_id;
use crate::wizard::upload::{self, FileState, Gone, Takes, tidy_name};

/// A file that was chosen.
#[derive(Clone)]
struct Attached {
    id: String,
    name: String,
    bytes: u64,
    state: RwSignal<FileState>,
}

/// The files of a message that is being written.
#[derive(Clone, Copy)]
pub struct Attachments {
    session: SessionState,
    files: RwSignal<Vec<Attached>>,
    refused: RwSignal<Vec<String>>,
    /// Id of the use, its e-service and version.
    about: StoredValue<(String, String, u32)>,
}

impl Attachments {
    pub fn new(about: &Use) -> Self {
        let about = (about.id.clone(), about.e_service.clone(), about.version);
        Self {
            session: use_session(),
            files: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            about: StoredValue::new(about),
        }
    }

    pub fn ids(self) -> Vec<String> {
        self.files.with_untracked(|files| files.iter().map(|one| one.id.clone()).collect())
    }

    /// Some are still on their way.
    pub fn is_waiting(self) -> bool {
        self.files.with(|files| files.iter().any(|one| one.state.get() != FileState::There))
    }

    async fn take(self, takes: Takes, some: Vec<File>) {
        self.refused.set(Vec::new());
        for file in some {
            let (name, bytes) = (tidy_name(&file.name()), file.size() as u64);
            if let Err(why) = takes.media_type(&name, bytes, self.files.with_untracked(Vec::len)) {
                self.refuse(format!("{name}: {why}"));
                continue;
            }
            let Ok(content) = JsFuture::from(file.array_buffer()).await else {
                self.refuse(tf(key::WALK_FILE_UNREAD, &[("name", &name)]));
                continue;
            };
            if self.files.is_disposed() {
                return;
            }
            let one = Attached { id: new_id(), name, bytes, state: RwSignal::new(FileState::Here) };
            self.files.update(|files| files.push(one.clone()));
            spawn_local(self.up(one, Uint8Array::new(&content)));
        }
    }

    async fn up(self, one: Attached, content: Uint8Array) {
        let Some((use_id, e_service, version)) = self.about.try_get_value() else { return };
        let new =
            NewFile { use_id, e_service, version, field: String::new(), name: one.name.clone(), bytes: one.bytes };
        let is_wanted =
            || self.files.try_with_untracked(|files| files.iter().any(|other| other.id == one.id)).unwrap_or_default();
        let told = |state| {
            let _ = one.state.try_set(state);
            is_wanted() && self.session.is_known()
        };
        match upload::up(self.session, (&one.id, &new), &content, told).await {
            Gone::There => {}
            Gone::Refused(why) => {
                self.drop(&one.id);
                self.refuse(format!("{}: {why}", one.name));
            }
            Gone::Left => drop(one.state.try_set(FileState::Lost)),
        }
    }

    fn refuse(self, why: String) {
        let _ = self.refused.try_update(|refused| refused.push(why));
    }

    fn drop(self, id: &str) {
        let _ = self.files.try_update(|files| files.retain(|one| one.id != id));
    }

    fn remove(self, id: &str) {
        self.drop(id);
        let id = id.to_owned();
        // What stays there by mistake, the server clears away.
        spawn_local(async move { drop(api::uses::delete_file(&id).await) });
    }
}

pub fn attach(own: Attachments) -> AnyView {
    let types: Vec<String> = FORMATS.iter().map(|one| one.0.to_owned()).collect();
    let accept = extensions(&types).join(",");
    let takes = Takes { max_bytes: MAX_FILE_BYTES, count: MAX_FILES as u16, types };
    let rules = takes.rules();
    let choose = move |event: ev::Event| spawn_local(own.take(takes.clone(), chosen(&event)));
    let row = move |one: Attached| {
        let (id, state) = (one.id, one.state);
        let state = Memo::new(move |_| Some(state.get()));
        file_row("answer-files", (&one.name, one.bytes), state, t(key::WALK_FILE_HERE), move || own.remove(&id))
    };
    let shown = move || {
        let files = own.files.get();
        if files.is_empty() {
            return ().into_any();
        }
        view! { <ul class="du-files">{list(files, row)}</ul> }.into_any()
    };
    view! {
        <div class="ds-field">
            <div class="du-choose">
                // A browser's own button speaks the browser's language.
                <input class="ds-sr-only" type="file" id="answer-files" multiple=true accept=accept aria-describedby="answer-rules" on:change=on(choose)/>
                <label class="ds-button" data-variant="secondary" for="answer-files">{icon("upload")}{t(key::WALK_FILE_CHOOSE_SOME)}</label>
            </div>
            <p class="du-small" data-field="description" id="answer-rules">{rules}</p>
            <div role="alert">{dynamic(move || own.refused.with(|why| refused(why)))}</div>
            {dynamic(shown)}
        </div>
    }
    .into_any()
}
