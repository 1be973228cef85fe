//! From the static page to the running app: texts first, then the app beside the static page, then the swap.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::api::decode::Decode;
use crate::app::{App, Fetched};
use crate::i18n::{self, Lang};
use crate::paths::Route;
use crate::{api, crash};

/// What the citizen did before the app was ready.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub text: String,
    pub focused: bool,
}

/// Starts the app in the element `#app`.
pub async fn start() {
    let path = location_path();
    // The server chose the document: its language is that of the interface, also where the path's is another.
    let lang = Lang::of(&document_lang()).unwrap_or_default();
    let texts = match api::texts::get_texts().await {
        Ok(texts) => texts,
        // Without texts there is nothing to show but the static page, which stays readable.
        Err(error) => return crash::tell(&format!("the interface texts cannot be loaded: {error:?}")),
    };
    i18n::set(lang, &content(&path), texts);
    let fetched = Fetched::of(&Route::of(&path)).await;
    let Some(shell) = document().get_element_by_id("app") else { return };
    let root: HtmlElement = document().create_element("div").expect("a div can be made").unchecked_into();
    root.set_id("app");
    let seed = seed();
    mount_to(root.clone(), move || view! { <App seed fetched/> }).forget();
    let typed = typed();
    shell.replace_with_with_node_1(&root).expect("the static page has a parent");
    hand_over(&typed);
}

/// What the search box of the static page holds at the last moment.
fn typed() -> Typed {
    let Some(input) = search_box() else { return Typed::default() };
    let focused = document().active_element().is_some_and(|active| active.is_same_node(Some(&input)));
    Typed { text: input.value(), focused }
}

fn hand_over(typed: &Typed) {
    let Some(input) = search_box() else { return };
    if !typed.text.is_empty() {
        input.set_value(&typed.text);
        let event = web_sys::Event::new("input").expect("an event can be made");
        let _ = input.dispatch_event(&event);
    }
    if typed.focused {
        let _ = input.focus();
    }
}

fn search_box() -> Option<HtmlInputElement> {
    document().get_element_by_id("q")?.dyn_into().ok()
}

/// What the server wrote into the page for the first view.
fn seed() -> durvis_contract::Home {
    let element = document().get_element_by_id("seed");
    let text = element.and_then(|element| element.text_content()).unwrap_or_default();
    let seed = js_sys::JSON::parse(&text).ok();
    seed.and_then(|seed| Decode::decode(&seed)).unwrap_or_default()
}

/// The path's language, or the portal's first where the portal does not speak it.
fn content(path: &str) -> String {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let mut offered = i18n::offered();
    let at = offered.iter().position(|one| one == first).unwrap_or(0);
    offered.swap_remove(at)
}

fn document_lang() -> String {
    document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// The path of the address bar.
pub fn location_path() -> String {
    window().location().pathname().unwrap_or_default()
}
