//! What is in a container of signed files: who signed, and layer by layer what holds, what is broken, what was not checked.

use durvis_contract::document::Document;
use durvis_contract::inspection::{InspectedFile, InspectedLayer, InspectedSignature, Inspection};
use leptos::prelude::*;

use crate::api;
use crate::i18n::{Key, date_time, key, t, tf};
use crate::load::{Load, load, waiting};
use crate::session::use_session;
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;

pub fn signatures(one: Document) -> AnyView {
    let (session, state, id) = (use_session(), RwSignal::new(Load::<Inspection>::Asleep), StoredValue::new(one.id));
    let ask = move || load(state, async move { session.heard(api::documents::get_inspection(&id.get_value()).await) });
    ask();
    view! {
        <p class="du-title">{one.name}</p>
        {dynamic(move || state.with(|state| match state {
            Load::Loaded(found) => shown(found),
            state => view! { <div>{waiting(state, ask)}</div> }.into_any(),
        }))}
    }
    .into_any()
}

fn shown(found: &Inspection) -> AnyView {
    let (colour, word) = match found.verdict.as_str() {
        "whole" => ("success", key::SIGNED_WHOLE),
        "broken" => ("danger", key::SIGNED_BROKEN),
        "unsigned" => ("info", key::SIGNED_UNSIGNED),
        "unchecked" => ("warning", key::SIGNED_UNCHECKED),
        _ => ("danger", key::SIGNED_UNREADABLE),
    };
    let file = |file: &InspectedFile| {
        let covered = if file.covered { key::SIGNED_COVERED } else { key::SIGNED_UNCOVERED };
        let symbol = if file.covered { "check" } else { "alert" };
        view! { <li>{icon(symbol)}<span class="du-grow">{file.name.clone()}</span><span class="du-small du-soft">{t(covered)}</span></li> }
            .into_any()
    };
    let files = (!found.files.is_empty()).then(|| view! { <ul class="du-list">{list(&found.files, file)}</ul> });
    view! {
        <div class="ds-alert" data-color=colour role="status"><p class="ds-paragraph">{t(word)}</p></div>
        {files}
        <dl class="du-summary du-small" data-open="">{layer(&found.form)}</dl>
        {list(&found.signatures, signature)}
        <p class="du-small du-soft">{t(key::SIGNED_TEXT)}</p>
    }
    .into_any()
}

fn signature(one: &InspectedSignature) -> AnyView {
    let who = one.subject.as_deref().map_or_else(|| t(key::SIGNED_NOBODY).to_owned(), name);
    let when = one.claimed_at.as_ref().map(|at| tf(key::SIGNED_CLAIMED, &[("time", &date_time(at))]));
    let by = one.issuer.as_deref().map(|issuer| tf(key::SIGNED_ISSUER, &[("name", &name(issuer))]));
    view! {
        <section class="du-stack" data-gap="s">
            <h3 class="ds-heading" data-size="xs">{who}</h3>
            <p class="du-small du-soft">{when}</p>
            <p class="du-small du-soft">{by}</p>
            <dl class="du-summary du-small" data-open="">{list(&one.layers, layer)}</dl>
        </section>
    }
    .into_any()
}

fn layer(one: &InspectedLayer) -> AnyView {
    let (symbol, word) = match one.status.as_str() {
        "held" => ("check", key::SIGNED_HELD),
        "broken" => ("alert", key::SIGNED_LAYER_BROKEN),
        _ => ("clock", key::SIGNED_NOT_CHECKED),
    };
    let weak = (!one.weak.is_empty()).then(|| format!(" ({})", t(key::SIGNED_WEAK)));
    // Why has many names; they are for who looks into it.
    let why = (!one.reasons.is_empty()).then(|| view! { <span class="du-soft">" "{one.reasons.join(", ")}</span> });
    view! { <div><dt>{layer_word(&one.layer)}</dt><dd>{icon(symbol)}" "{t(word)}{weak}{why}</dd></div> }.into_any()
}

fn layer_word(code: &str) -> String {
    let known: Option<Key> = match code {
        "form" => Some(key::SIGNED_FORM),
        "files" | "file" => Some(key::SIGNED_FILES),
        "signed_properties" => Some(key::SIGNED_PROPERTIES),
        "value" => Some(key::SIGNED_VALUE),
        "certificate" => Some(key::SIGNED_CERTIFICATE),
        "signing_time" => Some(key::SIGNED_TIME),
        "chain" => Some(key::SIGNED_CHAIN),
        "timestamp" => Some(key::SIGNED_TIMESTAMP),
        "timestamp_signature" => Some(key::SIGNED_TIMESTAMP_SIGNATURE),
        "revocation" => Some(key::SIGNED_REVOCATION),
        _ => None,
    };
    known.map_or_else(|| code.to_owned(), |known| t(known).to_owned())
}

/// The common name of a distinguished name (RFC 4514), or all of it.
fn name(subject: &str) -> String {
    let common = subject.split(',').find_map(|part| part.trim().strip_prefix("CN="));
    common.unwrap_or(subject).replace('\\', "")
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn somebody_is_called_by_their_common_name() {
        assert_eq!(name("SN=DAKSTIŅA,CN=SINTIJA DAKSTIŅA,C=LV"), "SINTIJA DAKSTIŅA");
        assert_eq!(name("O=Durvis"), "O=Durvis");
    }
}
