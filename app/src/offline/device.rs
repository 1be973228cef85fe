//! Whose device this is, as its citizen said at sign-in, and what of them stays on it at sign-out.

use leptos::prelude::*;

use super::favourites::Favourites;
use super::{journal, plans};
use crate::reader::storage;

const NAME: &str = "device";
const OWN: &str = "own";
/// What the reader chose and tells nothing of who it was.
const LOOKS: [&str; 2] = ["theme", "size"];

/// Whether the citizen said that it is their own. Nothing said is somebody else's.
pub fn is_own() -> bool {
    let kept = storage().and_then(|storage| storage.get_item(NAME).ok().flatten());
    kept.as_deref() == Some(OWN)
}

/// Remembers it until the session ends.
pub fn set_own(own: bool) {
    if let Some(storage) = storage() {
        let _ = if own { storage.set_item(NAME, OWN) } else { storage.remove_item(NAME) };
    }
}

/// Wipes what the citizen leaves behind, at the end of a session: all of it on a device that is not theirs, and what is only the server's on one that is. Says whether it was
/// all.
pub async fn wipe(favourites: Favourites) -> bool {
    let own = is_own();
    if own {
        journal::wipe_copies().await;
    } else {
        wipe_all(favourites).await;
    }
    set_own(false);
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = if own { storage.set_item(NAME, OWN) } else { storage.remove_item(NAME) };
    }
    !own
}

/// Wipes all of it, whosever the device is.
pub async fn wipe_all(favourites: Favourites) {
    favourites.wipe().await;
    plans::wipe().await;
    journal::wipe().await;
    let Some(storage) = storage() else { return };
    let looks = LOOKS.map(|name| (name, storage.get_item(name).ok().flatten()));
    let device = is_own();
    let _ = storage.clear();
    set_own(device);
    for (name, value) in looks {
        if let Some(value) = value {
            let _ = storage.set_item(name, &value);
        }
    }
}

/// Whether something was left here when the citizen signed out in this window.
pub fn is_something_left() -> bool {
    let storage = window().session_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(NAME).ok().flatten()).as_deref() == Some(OWN)
}
