//! What the reader chose on this device: municipality, theme, size of letters. Kept in this browser, sent nowhere.

use leptos::prelude::*;
use web_sys::Storage;

/// The choices, in a context.
#[derive(Clone, Copy)]
pub struct Reader {
    /// Slug of the municipality.
    pub territory: RwSignal<Option<String>>,
    /// `light`, `dark`, or nothing for that of the device.
    pub theme: RwSignal<Option<String>>,
    /// `large` or nothing.
    pub size: RwSignal<Option<String>>,
}

impl Reader {
    pub fn new() -> Self {
        let kept = |name| RwSignal::new(storage().and_then(|storage| storage.get_item(name).ok().flatten()));
        let reader = Self { territory: kept("territory"), theme: kept("theme"), size: kept("size") };
        for (name, signal) in [("territory", reader.territory), ("theme", reader.theme), ("size", reader.size)] {
            Effect::new(move || keep(name, signal.get()));
        }
        reader
    }
}

/// The reader of this app.
pub fn use_reader() -> Reader {
    expect_context()
}

fn keep(name: &str, value: Option<String>) {
    let root = document().document_element();
    let attribute = format!("data-{name}");
    if let (Some(root), true) = (root, name != "territory") {
        let _ = match &value {
            Some(value) => root.set_attribute(&attribute, value),
            None => root.remove_attribute(&attribute),
        };
    }
    // A browser in private mode may refuse; then the choice lasts as long as the page.
    if let Some(storage) = storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, &value),
            None => storage.remove_item(name),
        };
    }
}

/// What this browser keeps for the site; `None` where it refuses.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
