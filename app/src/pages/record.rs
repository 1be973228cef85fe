//! `/{lang}/record`: the record that the citizen can prove (B8), verified on this device.

use durvis_contract::record::{Entry, Fault, RecordKind};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::workspace_frame::{Place, framed, workspace_frame};
use crate::i18n::{Key, date_time, key, t, tf, tn};
use crate::load::{Load, waiting};
use crate::offline::device;
use crate::page::use_page;
use crate::paths;
use crate::record::{Verified, verified};
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;
use crate::wizard::open::{opened, owner};

/// Links that are shown; the file has all of them.
const SHOWN: usize = 200;

pub fn record_page() -> AnyView {
    let session = use_session();
    let is_cut_off = Memo::new(move |_| matches!(session.who(), Who::Unreached(_)) && device::is_own());
    dynamic(move || {
        if is_cut_off.get() {
            use_page(t(key::RECORD_TITLE));
            framed(Place::Record, t(key::RECORD_TITLE), Some(key::RECORD_LEAD), content)
        } else {
            workspace_frame(Place::Record, t(key::RECORD_TITLE), Some(key::RECORD_LEAD), content)
        }
    })
}

fn content() -> AnyView {
    let session = use_session();
    let (whose, state) = (Memo::new(move |_| owner(session)), RwSignal::new(Load::<Verified>::Loading));
    let ask = move |whose: String| {
        state.set(Load::Loading);
        spawn_local(async move {
            let journal = opened(whose).await;
            let loaded = verified(journal, session.heard(api::record::get_record().await)).await;
            let _ = state.try_set(loaded.map_or_else(Load::Failed, Load::Loaded));
        });
    };
    Effect::new(move |_| {
        if let Some(whose) = whose.get() {
            ask(whose);
        }
    });
    dynamic(move || {
        state.with(|state| match state {
            Load::Loaded(verified) => shown(verified),
            state => waiting(state, move || ask(whose.get_untracked().unwrap_or_default())),
        })
    })
}

fn shown(verified: &Verified) -> AnyView {
    let record = &verified.record;
    let length = u32::try_from(record.entries.len()).unwrap_or(u32::MAX);
    let signed = tf(key::RECORD_SIGNED, &[("time", &date_time(&record.head.at))]);
    let (colour, said) = match verified.fault {
        None => ("success", tn(key::RECORD_HOLDS, length)),
        Some(fault) => ("danger", told(fault)),
    };
    let kept = verified.is_kept.then(|| view! { <p>{t(key::RECORD_KEPT)}</p> });
    let broken = verified.fault.and_then(at);
    // The newest first; a broken one and what follows it are shown whatever their place.
    let lines = record.entries.iter().rev().take(SHOWN);
    let lines = list(lines, |entry| line(entry, broken));
    let list = if record.entries.is_empty() {
        view! { <p>{t(key::RECORD_NONE)}</p> }.into_any()
    } else {
        view! { <ol class="du-list" reversed="">{lines}</ol> }.into_any()
    };
    view! {
        <div class="ds-alert du-stack" data-color=colour data-gap="xs" role="status">
            <p><strong>{said}</strong></p>
            <p class="du-small">{signed}</p>
            {kept}
        </div>
        {list}
        <section class="du-stack" data-gap="s" aria-labelledby="prove">
            <h2 class="ds-heading" data-size="md" id="prove">{t(key::RECORD_PROVE)}</h2>
            <p class="du-text">{t(key::RECORD_PROVE_TEXT)}</p>
            <div class="du-row">
                <a class="ds-button" data-variant="secondary" rel="external" download="" href=paths::record_file()>
                    {icon("download")}{t(key::RECORD_EXPORT)}
                </a>
            </div>
        </section>
    }
    .into_any()
}

fn line(entry: &Entry, broken: Option<u32>) -> AnyView {
    let (symbol, word): (_, Key) = match entry.kind {
        RecordKind::Sent => ("send", key::RECORD_SENT),
        RecordKind::Paid => ("bill", key::RECORD_PAID),
        RecordKind::Decided => ("scale", key::RECORD_DECIDED),
        RecordKind::Withdrawn => ("trash", key::RECORD_WITHDRAWN),
    };
    let mark = (broken == Some(entry.sequence))
        .then(|| view! { <span class="ds-tag" data-color="danger">{icon("alert")}{t(key::RECORD_BROKEN)}</span> });
    view! {
        <li>
            {icon(symbol)}
            <div class="du-grow">
                <p class="du-title">{t(word)}" "<span class="du-num">{entry.number.to_string()}</span></p>
                <p class="du-small du-soft du-num">{entry.sequence.to_string()}" · "{date_time(&entry.at)}</p>
                <p class="du-small du-soft du-break">{entry.link.clone()}</p>
            </div>
            {mark}
        </li>
    }
    .into_any()
}

/// Where the first broken link is.
fn at(fault: Fault) -> Option<u32> {
    match fault {
        Fault::Gap(sequence) | Fault::Changed(sequence) => Some(sequence),
        Fault::Head | Fault::Older | Fault::Signature => None,
    }
}

fn told(fault: Fault) -> String {
    match fault {
        Fault::Gap(sequence) => tf(key::RECORD_GAP, &[("n", &sequence.to_string())]),
        Fault::Changed(sequence) => tf(key::RECORD_CHANGED, &[("n", &sequence.to_string())]),
        Fault::Head => t(key::RECORD_HEAD).to_owned(),
        Fault::Older => t(key::RECORD_OLDER).to_owned(),
        Fault::Signature => t(key::RECORD_SIGNATURE).to_owned(),
    }
}
