//! A list whose items are markup. Only the items that changed are written anew, and the focus stays where it was.

use leptos::html::Ul;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::markup::Markup;

/// The items of one `<ul>`.
#[derive(Clone, Copy)]
pub struct Slots {
    list: NodeRef<Ul>,
    shown: StoredValue<Vec<Markup>>,
}

impl Slots {
    /// For the list that is given `list`.
    pub fn new(list: NodeRef<Ul>) -> Self {
        Self { list, shown: StoredValue::new(Vec::new()) }
    }

    /// Writes the first items and leaves the others as they are.
    pub fn begin(self, items: &[Markup]) {
        self.write(items, false);
    }

    /// Writes all items; those that stood behind them go.
    pub fn set(self, items: &[Markup]) {
        self.write(items, true);
    }

    fn write(self, items: &[Markup], whole: bool) {
        let Some(list) = self.list.get_untracked() else { return };
        let focused =
            document().active_element().filter(|active| list.contains(Some(active))).map(|active| active.id());
        self.shown.update_value(|shown| {
            for (at, item) in items.iter().enumerate() {
                match (shown.get_mut(at), slot(&list, at)) {
                    (Some(old), Some(_)) if old == item => {}
                    (Some(old), Some(element)) => {
                        element.set_inner_html(item.as_str());
                        *old = item.clone();
                    }
                    _ => {
                        let html = Markup::new("<li>").with(item).raw("</li>");
                        let _ = list.insert_adjacent_html("beforeend", html.as_str());
                        shown.push(item.clone());
                    }
                }
            }
            while whole && shown.len() > items.len() {
                if let Some(last) = slot(&list, shown.len() - 1) {
                    last.remove();
                }
                shown.pop();
            }
        });
        if let Some(id) = focused.filter(|id| !id.is_empty())
            && let Some(element) = document().get_element_by_id(&id)
            && let Ok(element) = element.dyn_into::<HtmlElement>()
            && document().active_element().as_ref() != Some(element.unchecked_ref())
        {
            let _ = element.focus();
        }
    }
}

fn slot(list: &Element, at: usize) -> Option<Element> {
    list.children().item(at as u32)
}
