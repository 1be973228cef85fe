//! Forms: a field with its label, hint and mistake, and the summary of all mistakes, which takes the focus.

use leptos::html::Div;
use leptos::prelude::*;

use crate::i18n::{key, t};
use crate::page::focus_on;
use crate::ui::erased::{dynamic, effect, list, on};

/// What is wrong: the id of the field, or nothing, and the sentence.
pub type Mistakes = Vec<(String, String)>;

/// What a field of text is.
#[derive(Clone, Copy, Default)]
pub struct Field {
    /// Its id, and its name among the mistakes.
    pub id: &'static str,
    pub label: &'static str,
    /// `email`, `tel`, `text`.
    pub kind: &'static str,
    pub autocomplete: &'static str,
    pub inputmode: Option<&'static str>,
}

/// A field of text.
pub fn text_field(field: Field, hint: String, value: RwSignal<String>, mistakes: RwSignal<Mistakes>) -> AnyView {
    let Field { id, label, kind, autocomplete, inputmode } = field;
    let (hint_id, wrong_id) = (format!("{id}-hint"), format!("{id}-wrong"));
    let wrong = Memo::new(move |_| mistakes.with(|mistakes| of(mistakes, id)));
    let described = {
        let (hint_id, wrong_id) = (hint_id.clone(), wrong_id.clone());
        Signal::derive(move || if wrong.get().is_some() { format!("{wrong_id} {hint_id}") } else { hint_id.clone() })
    };
    let invalid = Signal::derive(move || wrong.get().map(|_| "true"));
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{label}</label>
            <p data-field="description" id=hint_id>{hint}</p>
            <input class="ds-input" id=id type=kind autocomplete=autocomplete inputmode=inputmode prop:value=value
                aria-describedby=described aria-invalid=invalid on:input=on(move |event| value.set(event_target_value(&event)))/>
            {mistake(wrong, wrong_id)}
        </div>
    }
    .into_any()
}

/// The mistake under a field.
pub fn mistake(wrong: Memo<Option<String>>, id: String) -> AnyView {
    dynamic(move || {
        let id = id.clone();
        wrong.get().map(|wrong| view! { <p class="ds-validation-message" id=id>{wrong}</p> }).into_any()
    })
}

/// The mistake of one field.
pub fn of(mistakes: &Mistakes, id: &str) -> Option<String> {
    mistakes.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.clone())
}

/// All mistakes, with links to their fields; new ones take the focus.
pub fn error_summary(mistakes: RwSignal<Mistakes>) -> AnyView {
    let summary = NodeRef::<Div>::new();
    effect(move || {
        if mistakes.with(|mistakes| !mistakes.is_empty()) {
            request_animation_frame(move || {
                if let Some(summary) = summary.get_untracked() {
                    let _ = summary.focus();
                }
            });
        }
    });
    dynamic(move || {
        let mistakes = mistakes.get();
        if mistakes.is_empty() {
            return ().into_any();
        }
        view! {
            <div class="ds-error-summary" node_ref=summary tabindex="-1" role="alert" data-color="danger">
                <h3 class="ds-heading" data-size="xs">{t(key::WRONG_TITLE)}</h3>
                <ul class="ds-list">{list(mistakes, item)}</ul>
            </div>
        }
        .into_any()
    })
}

fn item((field, wrong): (String, String)) -> AnyView {
    if field.is_empty() {
        return view! { <li>{wrong}</li> }.into_any();
    }
    let href = format!("#{field}");
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus_on(&field);
    };
    view! { <li><a class="ds-link" href=href on:click=on(go)>{wrong}</a></li> }.into_any()
}

/// `12,5` in cents.
pub fn cents_of(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().split_once([',', '.']).unwrap_or((text.trim(), ""));
    let cents = format!("{rest:0<2}");
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(&cents) && cents.len() == 2).then(|| format!("{whole}{cents}").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::cents_of;

    #[test]
    fn an_amount_is_read_as_it_is_written() {
        assert_eq!([cents_of("12"), cents_of("12,5"), cents_of(" 0.07 ")], [Some(1_200), Some(1_250), Some(7)]);
        assert_eq!([cents_of(""), cents_of("x"), cents_of("1,234")], [None; 3]);
    }
}
