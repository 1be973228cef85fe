//! Whose journal this is, and finding a use in it: on this device, in the account, or among the rehearsals of nobody.

use durvis_contract::e_service::{Definition, Raw};
use durvis_contract::uses::{UseDetail, UseState};
use js_sys::Date;
use leptos::prelude::*;

use super::WizardState;
use super::walking::Walking;
use crate::api::{self, ApiError};
use crate::offline::journal::{self, Entry, Journal, NOBODY};
use crate::session::{SessionState, Who, is_hinted};

/// Bytes of an id.
const ID_BYTES: usize = 16;

/// Whose journal it is, empty where nobody can be asked; `None` while it is not told who is signed in.
pub fn owner(session: SessionState) -> Option<String> {
    match session.who() {
        Who::Unknown => None,
        Who::Known(session) | Who::Ended(session) => Some(session.journal),
        Who::Nobody => Some(NOBODY.to_owned()),
        // No line: whoever was here last, or nobody.
        Who::Unreached(_) => Some(String::new()),
    }
}

/// The journal of whoever [`owner`] named.
pub async fn opened(owner: String) -> Journal {
    let owner = match owner.as_str() {
        "" if is_hinted() => journal::last().await.unwrap_or_else(|| NOBODY.to_owned()),
        "" => NOBODY.to_owned(),
        _ => {
            if owner != NOBODY {
                journal::set_last(&owner).await;
            }
            owner
        }
    };
    Journal::open(&owner).await
}

/// Begins a use on this device; gives its id.
pub async fn begin(journal: &Journal, definition: &Definition) -> String {
    let entry = new(definition);
    journal.keep_definition(definition).await;
    journal.put(&entry).await;
    entry.id
}

/// 32 hexadecimal digits that nobody else makes.
pub fn new_id() -> String {
    let mut bytes = [0; ID_BYTES];
    // Every browser that runs this app has it.
    let _ = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn new(definition: &Definition) -> Entry {
    let now = Date::now();
    Entry {
        id: new_id(),
        e_service: definition.id.clone(),
        version: definition.version,
        terms_accepted: false,
        answers: Raw::Map(Vec::new()),
        revision: 0,
        synced: false,
        waiting: false,
        receipt: None,
        prefilled: None,
        started_at: now,
        changed_at: now,
    }
}

/// A use by its id, ready to be walked.
pub async fn find(wizard: WizardState, session: SessionState, whose: String, id: &str) -> Result<Walking, ApiError> {
    let journal = opened(whose).await;
    let is_known = session.is_known();
    let mut found = journal.get(id).await;
    if found.is_none() && journal.owner != NOBODY {
        // What was rehearsed without signing in goes on in one's own name.
        let rehearsals = Journal::open(NOBODY).await;
        if let Some(rehearsed) = rehearsals.get(id).await {
            let carried = Entry { synced: false, prefilled: None, ..rehearsed };
            if journal.put(&carried).await {
                carry_files(&carried.answers, &rehearsals, &journal).await;
                rehearsals.delete(id).await;
            }
            found = Some(carried);
        }
    }
    let found = match found {
        // Another device may have gone on with it.
        Some(entry) if is_known && entry.synced && entry.receipt.is_none() => match api::uses::get_use(id).await {
            Ok(theirs) if theirs.about.state == UseState::Ended => {
                journal.delete(id).await;
                return Err(ApiError::NotFound);
            }
            Ok(theirs) if theirs.about.revision > entry.revision => of_account(theirs),
            _ => entry,
        },
        Some(entry) => entry,
        None if is_known => match session.heard(api::uses::get_use(id).await)? {
            theirs if theirs.about.state == UseState::Ended => return Err(ApiError::NotFound),
            theirs => of_account(theirs),
        },
        None => return Err(ApiError::NotFound),
    };
    let definition = match journal.definition(&found.e_service, found.version).await {
        Some(definition) => definition,
        None => {
            let definition = api::uses::get_e_service(&found.e_service, Some(found.version)).await?;
            journal.keep_definition(&definition).await;
            definition
        }
    };
    Ok(wizard.open(|| Walking::new(session, definition, found, journal)))
}

/// Carries over the files that answers name.
async fn carry_files(answers: &Raw, from: &Journal, to: &Journal) {
    let mut left = vec![answers];
    while let Some(one) = left.pop() {
        match one {
            Raw::List(items) => left.extend(items),
            Raw::Map(entries) => {
                left.extend(entries.iter().map(|(_, value)| value));
                let id = entries.iter().find_map(|(key, value)| match value {
                    Raw::Text(id) if key == "id" => Some(id),
                    _ => None,
                });
                let Some(id) = id else { continue };
                let Some(content) = from.file(id).await else { continue };
                if to.put_file(id, &content).await {
                    from.delete_file(id).await;
                }
            }
            _ => {}
        }
    }
}

fn of_account(theirs: UseDetail) -> Entry {
    let UseDetail { about, terms_accepted, answers } = theirs;
    let at = |text: &str| Date::new(&text.into()).get_time();
    Entry {
        id: about.id.clone(),
        e_service: about.e_service.clone(),
        version: about.version,
        terms_accepted,
        answers,
        revision: about.revision,
        synced: true,
        waiting: false,
        prefilled: None,
        started_at: at(&about.started_at),
        changed_at: at(&about.changed_at),
        receipt: (about.state != UseState::Draft).then_some(about),
    }
}
