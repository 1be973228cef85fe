//! Files to add. This portal takes none yet: the field says what will be wanted, so that it can be had ready.

use durvis_contract::e_service::Kind;
use leptos::prelude::*;

use super::walk_field::Asked;
use crate::i18n::{key, t, tf};
use crate::wizard::words::megabytes;

pub fn file(asked: &Asked) -> AnyView {
    let Kind::File { max_bytes, count, types } = &asked.field.kind else { return ().into_any() };
    let types = types.iter().map(|one| name(one)).collect::<Vec<_>>().join(", ");
    let rules =
        tf(key::WALK_FILE_RULES, &[("types", &types), ("max", &megabytes(*max_bytes)), ("count", &count.to_string())]);
    view! {
        <div class="ds-field">
            <p class="ds-label" id=asked.id.clone() tabindex="-1">{asked.label()}</p>
            {asked.hint_view()}
            <p data-field="description">{rules}</p>
            {asked.mistake_view()}
            <div class="ds-alert" data-color="info"><p class="ds-paragraph">{t(key::WALK_FILE_LATER)}</p></div>
        </div>
    }
    .into_any()
}

/// What people call a media type.
fn name(media_type: &str) -> &str {
    match media_type {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPG",
        "image/png" => "PNG",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "DOCX",
        "application/vnd.etsi.asic-e+zip" => "EDOC, ASICE",
        other => other,
    }
}
