//! The result list, drawn at typing speed: the first cards in the frame of the letter, the rest right after it.

use std::sync::Arc;

use durvis_search::{Doc, Hits, Index};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use web_sys::{Element, Event, HtmlSelectElement};

use super::result::{offers, options, result};
use crate::offline::favourites::use_favourites;
use crate::paths;
use crate::reader::use_reader;
use crate::ui::erased::{effect, on};
use crate::ui::markup::Markup;
use crate::ui::slots::Slots;

/// Results a page: what a phone shows in three screens.
pub const PAGE: usize = 10;

/// Cards that a screen shows below the search box. The others wait for the frame after, while letters are typed.
const FIRST: usize = 3;

/// What is listed.
#[derive(Clone, Copy)]
pub struct Listed {
    pub index: StoredValue<Arc<Index>>,
    /// Follows every letter.
    pub hits: Memo<Arc<Hits>>,
    /// The same, once the frame of the letter is painted.
    pub settled: Signal<Arc<Hits>>,
    /// From 1.
    pub page: Memo<usize>,
}

impl Listed {
    fn doc<T>(self, at: u32, read: impl FnOnce(&Index, &Doc) -> T) -> Option<T> {
        self.index.with_value(|index| ((at as usize) < index.len()).then(|| read(index, &index.doc(at))))
    }

    /// How many pages there are, and the one that is shown.
    pub fn pages(self, hits: &Hits) -> (usize, usize) {
        let pages = hits.total.div_ceil(PAGE);
        (pages, self.page.get().min(pages).max(1))
    }
}

/// The list.
pub fn results(listed: Listed) -> impl IntoView {
    let (favourites, reader, navigate) = (use_favourites(), use_reader(), use_navigate());
    let list = NodeRef::new();
    let slots = Slots::new(list);
    let cards = move |hits: &Hits, most: usize| -> Vec<Markup> {
        let near = reader.territory.get();
        let from = (listed.pages(hits).1 - 1) * PAGE;
        let shown = hits.hits.iter().skip(from).take(most);
        let index = listed.index.get_value();
        let card = |at: u32| {
            let doc = index.doc(at);
            result(&index, at, &doc, hits, near.as_deref(), favourites.has(&doc.slug))
        };
        shown.map(|hit| card(hit.doc)).collect()
    };
    effect(move || {
        list.track();
        slots.begin(&listed.hits.with(|hits| cards(hits, FIRST)));
    });
    effect(move || {
        list.track();
        slots.set(&listed.settled.with(|hits| cards(hits, PAGE)));
    });
    let star = move |event: Event| {
        let Some((_, at)) = target(&event, "button[data-doc]") else { return };
        let near = reader.territory.get_untracked();
        let kept = listed
            .doc(at, |index, doc| (doc.slug.clone(), doc.name.clone(), near.filter(|near| offers(index, doc, near))));
        if let Some((slug, name, near)) = kept {
            favourites.toggle(slug, name, near);
        }
    };
    let fill = move |event: Event| {
        let Some((select, at)) = target(&event, "select[data-doc]") else { return };
        let near = reader.territory.get_untracked();
        let near = |index: &Index, doc: &Doc| near.filter(|near| offers(index, doc, near));
        let all = listed.doc(at, |index, doc| options(index, doc, near(index, doc).as_deref(), true));
        if let Some(all) = all.filter(|_| select.child_element_count() < 3) {
            select.set_inner_html(all.as_str());
        }
    };
    let choose = move |event: Event| {
        let Some((select, at)) = target(&event, "select[data-doc]") else { return };
        let territory = event_target_value_of(&select);
        if let Some(slug) = listed.doc(at, |_, doc| doc.slug.clone()).filter(|_| !territory.is_empty()) {
            reader.territory.set(Some(territory.clone()));
            navigate(&paths::service(&slug, Some(&territory)), Default::default());
        }
    };
    view! {
        <ul class="du-stack" data-gap="s" node_ref=list on:click=on(move |event: web_sys::MouseEvent| star(event.into()))
            on:focusin=on(move |event: web_sys::FocusEvent| fill(event.into())) on:change=on(choose)></ul>
    }
}

/// What was clicked or changed in a card, and the position of its doc.
fn target(event: &Event, selector: &str) -> Option<(Element, u32)> {
    let element = event_target::<Element>(event).closest(selector).ok().flatten()?;
    let at = element.get_attribute("data-doc")?.parse().ok()?;
    Some((element, at))
}

fn event_target_value_of(select: &Element) -> String {
    use wasm_bindgen::JsCast;
    select.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default()
}
