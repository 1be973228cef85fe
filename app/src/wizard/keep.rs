//! Keeping answers: on this device at once, in the account soon after, and what happens when another device was quicker.

use std::time::Duration;

use durvis_contract::uses::{Use, UseState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::open::new_id;
use super::walking::{Kept, Walking, raw};
use crate::api::{self, ApiError};
use crate::i18n::time_of_day;
use crate::offline::journal::Entry;

/// How long after the last change the server gets a draft.
const SAVE_AFTER: Duration = Duration::from_secs(2);
/// How long until what could not be saved is tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(20);

impl Walking {
    /// Keeps what there is now: in the journal without delay, one write after another.
    pub fn keep(self) {
        let (is_writing, _) = self.writing.get_value();
        if is_writing {
            return self.writing.set_value((true, true));
        }
        self.writing.set_value((true, false));
        self.changes.update_value(|changes| *changes = changes.wrapping_add(1));
        spawn_local(async move {
            self.write().await;
            let (_, again) = self.writing.try_get_value().unwrap_or_default();
            let _ = self.writing.try_set_value((false, false));
            if again {
                self.keep();
            } else {
                self.save_after(SAVE_AFTER);
            }
        });
    }

    async fn write(self) {
        let (Some(journal), Some(mut entry)) = (self.journal.try_get_value(), self.entry.try_get_untracked()) else {
            return;
        };
        let Some(answers) = self.answers.try_with_untracked(raw) else { return };
        entry.answers = answers;
        let is_kept = journal.put(&entry).await;
        let _ = self.kept.try_update(|kept| match (is_kept, &kept) {
            (_, Kept::Conflict(_) | Kept::Ended) => {}
            (true, _) if entry.synced => {}
            (true, Kept::Here { .. }) => {}
            (true, _) => *kept = Kept::Here { offline: false },
            (false, _) => *kept = Kept::Nowhere,
        });
    }

    fn save_after(self, wait: Duration) {
        let Some(change) = self.changes.try_get_value() else { return };
        set_timeout(
            move || {
                // The page may be gone, or a later change has its own turn.
                if self.changes.try_get_value() == Some(change) {
                    spawn_local(self.save());
                }
            },
            wait,
        );
    }

    /// Saves the draft in the account, when there is one and something is new.
    pub async fn save(self) {
        let Some(entry) = self.entry.try_get_untracked() else { return };
        let in_conflict = self.kept.with_untracked(|kept| matches!(kept, Kept::Conflict(_) | Kept::Ended));
        if entry.synced || entry.receipt.is_some() || entry.waiting || in_conflict || !self.has_account() {
            return;
        }
        let (changed_at, draft) = (entry.changed_at, self.draft());
        let answer = self.session.heard(api::uses::put_use(&entry.id, &draft).await);
        if self.entry.is_disposed() {
            return;
        }
        match answer {
            Ok(saved) => self.saved(&saved, changed_at),
            Err(ApiError::Conflict) => self.meet(&entry).await,
            Err(ApiError::Offline) => {
                self.kept.set(Kept::Here { offline: true });
                self.save_after(AGAIN_AFTER);
            }
            // The session has ended, or the server refuses: the device keeps it.
            Err(_) => self.kept.set(Kept::Here { offline: false }),
        }
    }

    fn saved(self, saved: &Use, changed_at: f64) {
        let is_newest = self.entry.with_untracked(|entry| entry.changed_at) <= changed_at;
        self.entry.update(|entry| {
            entry.revision = saved.revision;
            entry.synced = is_newest;
        });
        if is_newest {
            self.kept.set(Kept::InAccount(time_of_day()));
            spawn_local(self.write());
        } else {
            self.keep();
        }
    }

    /// Another device saved in between, or this very one without hearing of it.
    async fn meet(self, entry: &Entry) {
        let Ok(theirs) = api::uses::get_use(&entry.id).await else { return };
        if self.entry.is_disposed() {
            return;
        }
        if theirs.about.state == UseState::Ended {
            return self.kept.set(Kept::Ended);
        }
        if theirs.about.state != UseState::Draft {
            return self.received(theirs.about);
        }
        if theirs.answers == self.answers.with_untracked(raw) {
            return self.saved(&theirs.about, entry.changed_at);
        }
        self.kept.set(Kept::Conflict(Box::new(theirs)));
    }

    /// Settles a conflict: with the answers of this device, or with those of the other.
    pub fn settle(self, with_ours: bool) {
        let Kept::Conflict(theirs) = self.kept.get_untracked() else { return };
        self.kept.set(Kept::Here { offline: false });
        self.entry.update(|entry| {
            entry.revision = theirs.about.revision;
            entry.synced = !with_ours;
            if !with_ours {
                entry.terms_accepted = theirs.terms_accepted;
            }
        });
        if !with_ours {
            let definition = self.definition.get_value();
            let (answers, _) = durvis_contract::e_service::Answers::read_what_fits(&definition, &theirs.answers);
            self.answers.set(answers);
            self.kept.set(Kept::InAccount(time_of_day()));
        }
        self.keep();
    }

    /// Begins anew with the answers of one that was ended elsewhere; gives the id of the new one.
    pub async fn begin_again(self) -> String {
        self.entry.update(|entry| entry.answers = self.answers.with_untracked(raw));
        let before = self.entry.get_untracked();
        let entry = Entry { id: new_id(), revision: 0, synced: false, waiting: false, ..before.clone() };
        let id = entry.id.clone();
        if let Some(journal) = self.journal.try_get_value()
            && journal.put(&entry).await
        {
            journal.delete(&before.id).await;
        }
        id
    }

    /// It is sent: from now on there is a receipt.
    pub fn received(self, receipt: Use) {
        self.entry.update(|entry| {
            entry.revision = receipt.revision;
            entry.receipt = Some(receipt);
            entry.waiting = false;
            entry.synced = true;
        });
        spawn_local(self.write());
    }

    /// Sends. Without a line it waits, and goes when there is one: under the same id, so never twice.
    pub async fn send(self) -> Result<(), ApiError> {
        self.entry.update(|entry| entry.waiting = true);
        self.write().await;
        let (id, draft) = (self.id(), self.draft());
        let answer = match self.files_are_there().await {
            Ok(()) => self.session.heard(api::uses::send_use(&id, &draft).await),
            Err(error) => Err(error),
        };
        if self.entry.is_disposed() {
            return Ok(());
        }
        match answer {
            Ok(receipt) => {
                self.received(receipt);
                Ok(())
            }
            Err(ApiError::Offline) => {
                self.kept.set(Kept::Here { offline: true });
                Err(ApiError::Offline)
            }
            Err(error) => {
                self.entry.update(|entry| entry.waiting = false);
                self.write().await;
                if error == ApiError::Conflict {
                    let entry = self.entry.get_untracked();
                    self.meet(&entry).await;
                }
                Err(error)
            }
        }
    }

    /// Does not send it after all.
    pub fn stop_waiting(self) {
        self.entry.update(|entry| entry.waiting = false);
        self.keep();
    }

    /// Asks registers what they know, once; what the citizen has answered already stays.
    pub async fn prefill(self) {
        let slug = self.definition.with_value(|definition| definition.id.clone());
        if !self.has_account() {
            return;
        }
        let Ok(known) = self.session.heard(api::uses::get_prefill(&slug).await) else { return };
        if self.entry.is_disposed() {
            return;
        }
        self.people.set(known.people);
        self.silent.set(known.silent);
        if self.entry.with_untracked(|entry| entry.prefilled.is_some() || entry.receipt.is_some()) {
            return;
        }
        let definition = self.definition.get_value();
        let filled = known.values.iter().map(|one| (one.field.clone(), one.value.clone())).collect();
        let (filled, _) = durvis_contract::e_service::Answers::read_what_fits(
            &definition,
            &durvis_contract::e_service::Raw::Map(filled),
        );
        self.entry.update(|entry| entry.prefilled = Some(known.values));
        self.answers.update(|answers| {
            for (field, value) in filled.iter() {
                if answers.get(field).is_none() {
                    answers.set(field, Some(value.clone()));
                }
            }
        });
        self.keep();
    }

    /// Ends it: on the server, and on this device.
    pub async fn end(self) -> Result<(), ApiError> {
        let entry = self.entry.get_untracked();
        if entry.revision > 0 && entry.receipt.is_none() {
            match self.session.heard(api::uses::delete_use(&entry.id).await) {
                Ok(()) | Err(ApiError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        if let Some(journal) = self.journal.try_get_value() {
            journal.delete(&entry.id).await;
        }
        Ok(())
    }
}
