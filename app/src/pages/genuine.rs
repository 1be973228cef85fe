//! `/{lang}/genuine` and `/{lang}/genuine/{number}#{code}`: whether a document is genuine, for anybody who holds it. A file that
//! is chosen stays on the device: only its SHA-256 is asked about.

use durvis_contract::document::{DocumentKind, Genuine, Verdict};
use js_sys::{Object, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use crate::api::ApiError;
use crate::api::documents::{Proof, get_genuine};
use crate::components::problem::problem;
use crate::i18n::{date_time, key, t};
use crate::load::{Load, waiting};
use crate::page::use_page;
use crate::ui::erased::{dynamic, on};
use crate::ui::icon::icon;

/// `7K4M-9XQ2`
const NUMBER_CHARS: usize = 9;

pub fn genuine_page(number: Option<String>) -> AnyView {
    use_page(t(key::GENUINE_TITLE));
    let code = window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned();
    let is_complete = number.is_some() && !code.is_empty();
    let (number, code) = (RwSignal::new(number.unwrap_or_default()), RwSignal::new(code));
    let state = RwSignal::new(Load::<Genuine>::Asleep);
    let ask = move |proof: Proof| {
        state.set(Load::Loading);
        spawn_local(async move {
            let told = get_genuine(number.get_untracked().trim(), proof).await;
            let _ = state.try_set(told.map_or_else(Load::Failed, Load::Loaded));
        });
    };
    let by_code = move || ask(Proof::Code(code.get_untracked().trim().to_owned()));
    // Who came by the square code has typed nothing, and waits for the answer.
    if is_complete {
        by_code();
    }
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        by_code();
    };
    let choose = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file may be chosen again.
        input.set_value("");
        if number.with_untracked(|number| number.trim().is_empty()) {
            number.set(number_of(&file.name()).unwrap_or_default().to_owned());
        }
        if number.with_untracked(String::is_empty) {
            return state.set(Load::Failed(ApiError::Broken(Vec::new())));
        }
        state.set(Load::Loading);
        spawn_local(async move {
            match digest(&file).await {
                Ok(digest) => ask(Proof::Digest(digest)),
                Err(_) => drop(state.try_set(Load::Failed(ApiError::Failed(String::new())))),
            }
        });
    };
    let field = |id: &'static str, label, value: RwSignal<String>| {
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id>{t(label)}</label>
                <input class="ds-input" id=id type="text" required=true autocomplete="off" spellcheck="false" maxlength="20" prop:value=value
                    on:input=on(move |event| value.set(event_target_value(&event)))/>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow" data-gap="l">
            <header class="du-stack" data-gap="s">
                <h1 class="ds-heading" data-size="xl">{t(key::GENUINE_TITLE)}</h1>
                <p class="du-soft">{t(key::GENUINE_LEAD)}</p>
            </header>
            <div role="status">{dynamic(move || match state.get() {
                Load::Asleep => ().into_any(),
                Load::Loaded(told) => verdict(&told),
                Load::Failed(ApiError::Broken(_)) => failed(t(key::GENUINE_MISTYPED).to_owned()),
                Load::Failed(error) => failed(problem(&error)),
                state => waiting(&state, || ()),
            })}</div>
            <form class="du-stack" on:submit=on(on_submit)>
                <h2 class="ds-heading" data-size="sm">{t(key::GENUINE_BY_CODE)}</h2>
                {field("genuine-number", key::GENUINE_NUMBER, number)}
                {field("genuine-code", key::GENUINE_CODE, code)}
                <div class="du-row"><button class="ds-button" type="submit">{icon("check")}{t(key::GENUINE_CHECK)}</button></div>
            </form>
            <section class="du-stack" data-gap="s">
                <h2 class="ds-heading" data-size="sm">{t(key::GENUINE_BY_FILE)}</h2>
                <p class="du-soft">{t(key::GENUINE_FILE_TEXT)}</p>
                <div class="du-choose">
                    <input class="ds-sr-only" type="file" id="genuine-file" accept=".pdf,.asice,.edoc" on:change=on(choose)/>
                    <label class="ds-button" data-variant="secondary" for="genuine-file">{icon("upload")}{t(key::GENUINE_CHOOSE)}</label>
                </div>
            </section>
        </div>
    }
    .into_any()
}

fn failed(text: String) -> AnyView {
    view! { <div class="ds-alert" data-color="danger"><p class="ds-paragraph">{text}</p></div> }.into_any()
}

fn verdict(told: &Genuine) -> AnyView {
    let (colour, title, text) = match told.verdict {
        Verdict::Genuine => ("success", key::GENUINE_YES, key::GENUINE_YES_TEXT),
        Verdict::Issued => ("success", key::GENUINE_ISSUED, key::GENUINE_ISSUED_TEXT),
        Verdict::Changed => ("warning", key::GENUINE_CHANGED, key::GENUINE_CHANGED_TEXT),
        Verdict::Unknown => ("danger", key::GENUINE_UNKNOWN, key::GENUINE_UNKNOWN_TEXT),
    };
    let kind = told.kind.map(|kind| match kind {
        DocumentKind::Decision => key::DOCUMENTS_DECISION,
        DocumentKind::Result => key::DOCUMENTS_RESULT,
        DocumentKind::Receipt => key::DOCUMENTS_RECEIPT,
        DocumentKind::Upload => key::DOCUMENTS_UPLOAD,
    });
    let row = |name, value: String| view! { <div><dt>{t(name)}</dt><dd>{value}</dd></div> };
    let kind = kind.map(|kind| row(key::GENUINE_KIND, t(kind).to_owned()));
    let institution = told.institution.clone().map(|name| row(key::GENUINE_INSTITUTION, name));
    let made = told.made_at.as_ref().map(|at| row(key::GENUINE_MADE, date_time(at)));
    let rows =
        told.kind.is_some().then(|| view! { <dl class="du-summary" data-open="">{kind}{institution}{made}</dl> });
    view! {
        <div class="du-stack">
            <div class="ds-alert" data-color=colour>
                <h2 class="ds-heading" data-size="xs">{t(title)}</h2>
                <p class="ds-paragraph">{t(text)}</p>
            </div>
            {rows}
        </div>
    }
    .into_any()
}

/// The number in the name that the portal gives to its papers.
fn number_of(name: &str) -> Option<&str> {
    let (number, _) = name.strip_prefix("Durvis-")?.split_at_checked(NUMBER_CHARS)?;
    number.is_ascii().then_some(number)
}

/// SHA-256 of a file, in hexadecimal; it is read on the device.
async fn digest(file: &File) -> Result<String, JsValue> {
    let bytes: Object = JsFuture::from(file.array_buffer()).await?.unchecked_into();
    let digest = window().crypto()?.subtle().digest_with_str_and_buffer_source("SHA-256", &bytes)?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await?).to_vec();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::number_of;

    #[test]
    fn a_paper_names_its_number() {
        assert_eq!(number_of("Durvis-7K4M-9XQ2 (1).pdf"), Some("7K4M-9XQ2"));
        assert_eq!([number_of("Durvis-7K4M"), number_of("Pase.pdf"), number_of("Durvis-āāāāāāāāāāā")], [None; 3]);
    }
}
