//! Files of a use. One that is chosen is kept on this device first, sealed, and goes up at once, part by part; where the line
//! drops it goes on with the part that is missing.

use durvis_contract::Broken;
use durvis_contract::e_service::{At, FileReference, Value};
use durvis_contract::file::NewFile;
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::open::new_id;
use super::upload::{self, FileState, Gone, Takes, tidy_name};
use super::walking::Walking;
use crate::api::{self, ApiError};
use crate::i18n::{key, tf};
use crate::ui::wait;

/// How long Send waits for files in all, in seconds.
const SEND_WAITS: u32 = 900;

impl Walking {
    /// The files that are answered at a place.
    pub fn files_at(self, at: &At) -> Vec<FileReference> {
        match self.value(at) {
            Some(Value::Files(files)) => files,
            _ => Vec::new(),
        }
    }

    fn files_now(self, at: &At) -> Vec<FileReference> {
        untrack(|| self.files_at(at))
    }

    /// Takes chosen files, as far as the question does; says of the others why not.
    pub async fn choose_files(self, at: At, takes: Takes, chosen: Vec<File>) {
        let mut refused = Vec::new();
        for chosen in chosen {
            let name = tidy_name(&chosen.name());
            let bytes = chosen.size() as u64;
            match takes.media_type(&name, bytes, self.files_now(&at).len()) {
                Err(why) => refused.push(format!("{name}: {why}")),
                Ok(media_type) => {
                    let Ok(content) = JsFuture::from(chosen.array_buffer()).await else {
                        refused.push(tf(key::WALK_FILE_UNREAD, &[("name", &name)]));
                        continue;
                    };
                    let one = FileReference { id: new_id(), name, bytes, media_type: media_type.to_owned() };
                    self.take(&at, one, Uint8Array::new(&content)).await;
                }
            }
        }
        self.refused.update(|all| {
            all.retain(|(place, _)| *place != at);
            all.extend(refused.into_iter().map(|why| (at.clone(), why)));
        });
    }

    async fn take(self, at: &At, one: FileReference, content: Uint8Array) {
        if let Some(journal) = self.journal.try_get_value() {
            journal.put_file(&one.id, &content).await;
        }
        if self.entry.is_disposed() {
            return;
        }
        let mut files = self.files_now(at);
        files.push(one.clone());
        self.files.update(|states| {
            states.insert(one.id.clone(), FileState::Here);
        });
        self.set(at, Some(Value::Files(files)));
        self.go_up(at.clone(), one, content);
    }

    /// Takes a file back, here and there.
    pub fn remove_file(self, at: &At, id: &str) {
        let files: Vec<_> = self.files_now(at).into_iter().filter(|one| one.id != id).collect();
        self.set(at, (!files.is_empty()).then_some(Value::Files(files)));
        self.files.update(|states| {
            states.remove(id);
        });
        let id = id.to_owned();
        spawn_local(async move {
            if let Some(journal) = self.journal.try_get_value() {
                journal.delete_file(&id).await;
            }
            if self.has_account() {
                // What stays there by mistake, the server clears away.
                let _ = api::uses::delete_file(&id).await;
            }
        });
    }

    /// Goes on with the files of a use that was opened: those that are here go up, of the others the server is asked.
    pub async fn go_on_with_files(self) {
        let all = self.all_files();
        let known = self.files.get_untracked();
        let all: Vec<_> = all.into_iter().filter(|(_, one)| known.get(&one.id) != Some(&FileState::There)).collect();
        if all.is_empty() || self.entry.with_untracked(|entry| entry.receipt.is_some()) {
            return;
        }
        let there = if self.has_account() { api::uses::list_files(&self.id()).await.ok() } else { None };
        for (at, one) in all {
            let is_whole = there.iter().flatten().any(|file| file.id == one.id && file.whole);
            let Some(journal) = self.journal.try_get_value() else { return };
            let content = if is_whole { None } else { journal.file(&one.id).await };
            let state = match (&content, is_whole) {
                (_, true) => FileState::There,
                (Some(_), _) => FileState::Here,
                // Without a line nobody knows.
                (None, _) if there.is_none() => FileState::Here,
                (None, _) => FileState::Lost,
            };
            let was_here = self.files.try_update(|states| states.insert(one.id.clone(), state));
            let is_new = matches!(was_here, Some(None | Some(FileState::Here | FileState::Lost)));
            if let (Some(content), true) = (content, is_new) {
                self.go_up(at, one, content);
            }
        }
    }

    /// Every file of the answers, and where it is answered.
    fn all_files(self) -> Vec<(At, FileReference)> {
        self.answers.with_untracked(|answers| {
            let mut all = Vec::new();
            for (field, value) in answers.iter() {
                match value {
                    Value::Files(files) => {
                        let at = At { field: field.to_owned(), cell: None };
                        all.extend(files.iter().map(|one| (at.clone(), one.clone())));
                    }
                    Value::Rows(rows) => {
                        for (number, row) in rows.iter().enumerate() {
                            for (column, value) in row {
                                let at = At { field: field.to_owned(), cell: Some((number, column.clone())) };
                                let files = if let Value::Files(files) = value { &files[..] } else { &[] };
                                all.extend(files.iter().map(|one| (at.clone(), one.clone())));
                            }
                        }
                    }
                    _ => {}
                }
            }
            all
        })
    }

    /// Sends it up, unless that is under way.
    fn go_up(self, at: At, one: FileReference, content: Uint8Array) {
        if self.going_up.try_update_value(|all| all.insert(one.id.clone())) != Some(true) {
            return;
        }
        spawn_local(async move {
            let id = one.id.clone();
            self.up(at, one, content).await;
            let _ = self.going_up.try_update_value(|all| all.remove(&id));
        });
    }

    async fn up(self, at: At, one: FileReference, content: Uint8Array) {
        let entry = self.entry.get_untracked();
        let field = at.cell.as_ref().map_or(&at.field, |(_, column)| column).clone();
        let new = NewFile {
            use_id: entry.id,
            e_service: entry.e_service,
            version: entry.version,
            field,
            name: one.name.clone(),
            bytes: one.bytes,
        };
        // As long as the page lives, the file is wanted, and somebody may send it.
        let told = |state| {
            self.file_is(&one.id, state);
            self.is_wanted(&one.id) && self.has_account()
        };
        match upload::up(self.session, (&one.id, &new), &content, told).await {
            Gone::There => {
                if let Some(journal) = self.journal.try_get_value() {
                    journal.delete_file(&one.id).await;
                }
            }
            Gone::Refused(why) => {
                self.remove_file(&at, &one.id);
                let said = format!("{}: {why}", one.name);
                self.refused.update(|all| all.push((at, said)));
            }
            Gone::Left => {}
        }
    }

    fn is_wanted(self, id: &str) -> bool {
        self.files.try_with_untracked(|states| states.contains_key(id)).unwrap_or_default()
    }

    fn file_is(self, id: &str, state: FileState) {
        let _ = self.files.try_update(|states| {
            if let Some(known) = states.get_mut(id) {
                *known = state;
            }
        });
    }

    /// Ends when every file that goes along is there; Send waits for it.
    ///
    /// # Errors
    /// [`ApiError::Offline`] without a line; the place of one that is lost, as a broken rule.
    pub(super) async fn files_are_there(self) -> Result<(), ApiError> {
        let (definition, walk) = (self.definition.get_value(), self.walk.get_untracked());
        let answers = walk.to_send(&definition, &self.answers.get_untracked());
        let mut wanted = self.all_files();
        wanted.retain(|(at, _)| answers.get(&at.field).is_some());
        self.go_on_with_files().await;
        for _ in 0..SEND_WAITS {
            let Some(states) = self.files.try_get_untracked() else { return Ok(()) };
            let state = |one: &FileReference| states.get(&one.id).copied().unwrap_or(FileState::Lost);
            if let Some((at, _)) = wanted.iter().find(|(_, one)| state(one) == FileState::Lost) {
                let rule = "file_missing".to_owned();
                return Err(ApiError::Broken(vec![Broken { field: at.to_string(), rule }]));
            }
            if wanted.iter().all(|(_, one)| state(one) == FileState::There) {
                return Ok(());
            }
            if !window().navigator().on_line() {
                return Err(ApiError::Offline);
            }
            wait::seconds(1).await;
        }
        Err(ApiError::Offline)
    }
}
