//! The documents of a use: what was sent, decided and paid, each to be had.

use durvis_contract::document::Documents;
use leptos::prelude::*;

use crate::api;
use crate::components::document_line::{document_line, download};
use crate::i18n::{key, t};
use crate::load::{Load, load};
use crate::session::use_session;
use crate::ui::erased::{dynamic, list};

/// Nothing as long as there is none, and where they do not come: the archive has them.
pub fn documents(id: &str) -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::<Documents>::Asleep));
    let query = format!("use={id}");
    load(state, async move { session.heard(api::documents::list_documents(&query).await) });
    let line = |one: &durvis_contract::document::Document| {
        document_line(one, ().into_any(), download(one, api::documents::document(&one.id)))
    };
    dynamic(move || match state.get() {
        Load::Loaded(found) if !found.items.is_empty() => view! {
            <section class="du-stack" data-gap="s" aria-labelledby="documents">
                <h2 class="ds-heading" data-size="md" id="documents">{t(key::DOCUMENTS_TITLE)}</h2>
                <ul class="du-list">{list(&found.items, line)}</ul>
            </section>
        }
        .into_any(),
        _ => ().into_any(),
    })
}
