//! What is true of the whole app at this moment: no network, a new release, a browser that keeps nothing.

use leptos::prelude::*;

use crate::i18n::{key, t};
use crate::offline::favourites::use_favourites;
use crate::offline::line::use_offline;
use crate::offline::worker::Update;
use crate::ui::erased::{dynamic, on};
use crate::ui::icon::icon;

pub fn banners() -> impl IntoView {
    let offline = use_offline();
    let update = expect_context::<Update>();
    let favourites = use_favourites();
    let lost = move || !favourites.kept.get() && !favourites.list().is_empty();
    view! {
        <div role="status">
            {dynamic(move || offline.get().then(|| view! {
                <div class="du-banner" data-state="offline">
                    <div class="du-wrap">{icon("offline")}<strong>{t(key::BANNER_OFFLINE)}</strong><span>{t(key::BANNER_OFFLINE_TEXT)}</span></div>
                </div>
            }).into_any())}
            {dynamic(move || update.waits().then(|| view! {
                <div class="du-banner" data-state="release">
                    <div class="du-wrap">
                        {icon("sync")}<strong class="du-grow">{t(key::BANNER_UPDATE)}</strong>
                        <button class="ds-button" data-variant="secondary" data-size="sm" type="button" on:click=on(move |_| update.take())>
                            {t(key::BANNER_UPDATE_NOW)}
                        </button>
                    </div>
                </div>
            }).into_any())}
            {dynamic(move || lost().then(|| view! {
                <div class="du-banner"><div class="du-wrap">{icon("alert")}<span>{t(key::BANNER_STORAGE)}</span></div></div>
            }).into_any())}
        </div>
    }
}
