//! What was searched lately: kept on this device only, at most eight, gone with one click.

use leptos::prelude::*;

use crate::i18n::{key, t};
use crate::paths::Search;
use crate::reader::storage;
use crate::ui::erased::{dynamic, list, on};

const NAME: &str = "searches";
const MOST: usize = 8;

/// The newest first.
fn recent() -> Vec<String> {
    let kept = storage().and_then(|storage| storage.get_item(NAME).ok().flatten()).unwrap_or_default();
    kept.lines().map(str::to_owned).collect()
}

/// Puts a search in front of the others.
pub fn remember(text: &str) {
    let text = text.trim();
    if let Some(storage) = storage().filter(|_| !text.is_empty()) {
        let _ = storage.set_item(NAME, &newest_first(text, recent()).join("\n"));
    }
}

fn newest_first(text: &str, before: Vec<String>) -> Vec<String> {
    let same = |other: &String| durvis_search::text::fold(other) == durvis_search::text::fold(text);
    let others = before.into_iter().filter(|other| !same(other)).take(MOST - 1);
    std::iter::once(text.replace('\n', " ")).chain(others).collect()
}

/// Links to them, while the box is empty.
pub fn recent_searches(text: Signal<String>) -> AnyView {
    let (cleared, clear) = signal(false);
    let forget = move || {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(NAME);
        }
        clear.set(true);
    };
    dynamic(move || {
        let recent = if cleared.get() || text.with(|text| !text.is_empty()) { vec![] } else { recent() };
        if recent.is_empty() {
            return ().into_any();
        }
        let link = |text: String| {
            let url = Search::words(&text).url();
            view! { <li><a class="ds-chip" href=url>{text}</a></li> }.into_any()
        };
        view! {
            <div class="du-row">
                <span class="du-soft" id="recent">{t(key::SEARCH_RECENT)}</span>
                <ul class="du-row" aria-labelledby="recent">{list(recent, link)}</ul>
                <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=on(move |_| forget())>
                    {t(key::SEARCH_RECENT_CLEAR)}
                </button>
            </div>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::newest_first;

    #[test]
    fn a_search_made_again_moves_to_the_front_and_the_ninth_is_forgotten() {
        let before: Vec<String> = ["Pase", "eid", "c", "d", "e", "f", "g", "h"].map(String::from).into();
        assert_eq!(newest_first("pase", before.clone())[..2], ["pase".to_owned(), "eid".into()]);
        assert_eq!(newest_first("jauns", before).len(), 8);
    }
}
