//! A registry's answer, at once (E9, E10). Asked anew each time the page is opened, shown, and kept nowhere.

use durvis_contract::e_service::{Raw, Shown, ShownKind};
use durvis_contract::page;
use durvis_contract::uses::RegistryAnswer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::reports::report_link;
use crate::api::{self, ApiError};
use crate::components::walk_frame::{Mark, frame};
use crate::i18n::{date, date_time, key, money, t, tf};
use crate::load::{Load, load, waiting};
use crate::page::use_page;
use crate::paths;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;
use crate::wizard::words::said;

pub fn result(walking: Walking) -> AnyView {
    use_page(t(key::RESULT_OF_TITLE));
    let state = RwSignal::new(Load::<RegistryAnswer>::Asleep);
    let id = StoredValue::new(walking.id());
    let ask = move || {
        load(state, async move { walking.session.heard(api::uses::get_result(&id.get_value()).await) });
    };
    ask();
    let answer = move || {
        match state.get() {
        Load::Loaded(answer) if answer.holds => held(walking, &answer),
        Load::Loaded(answer) => none(walking, &answer),
        Load::Failed(ApiError::Silent) => view! {
            <div class="ds-alert du-stack" data-color="warning" data-gap="s" role="alert">
                <h1 class="ds-heading" data-size="sm">{t(key::RESULT_OF_SILENT)}</h1>
                <p class="ds-paragraph">{t(key::RESULT_OF_SILENT_TEXT)}</p>
                <div class="du-row"><button class="ds-button" type="button" on:click=on(move |_| ask())>{icon("sync")}{t(key::LOAD_AGAIN)}</button></div>
            </div>
        }
        .into_any(),
        state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
    }
    };
    let inside = view! {
        <div class="du-split">
            <div class="du-stack" data-gap="l">{dynamic(answer)}</div>
            {onward(walking, ask)}
        </div>
        {report_link()}
    };
    frame(walking, &Mark::Done, true, inside.into_any())
}

fn held(walking: Walking, answer: &RegistryAnswer) -> AnyView {
    let definition = walking.definition.get_value();
    let durvis_contract::e_service::Outcome::Immediate { shows, .. } = &definition.outcome else {
        return ().into_any();
    };
    let part = |shown: &Shown| answer.parts.iter().find(|part| part.at == shown.at).map(|part| &part.value);
    let images = shows.iter().filter(|one| one.kind == ShownKind::Image).filter_map(|one| Some(image(one, part(one)?)));
    let is_line = |one: &&Shown| !matches!(one.kind, ShownKind::Image | ShownKind::Rows);
    let lines = shows.iter().filter(is_line).filter_map(|one| {
        let value = text(one, part(one)?)?;
        Some(view! { <div><dt>{said(&one.label)}</dt><dd>{value}</dd></div> }.into_any())
    });
    let tables = shows.iter().filter(|one| one.kind == ShownKind::Rows).map(|one| table(one, part(one)));
    let asked = tf(key::RESULT_OF_AT, &[("time", &date_time(&answer.asked_at))]);
    let report = paths::use_place(&walking.id(), page::DEFICIENCIES);
    view! {
        <header class="du-stack" data-gap="s">
            <h1 class="ds-heading" data-size="xl">{t(key::RESULT_OF_TITLE)}</h1>
            <p class="du-soft">{asked}</p>
        </header>
        <section class="ds-card du-bio">
            {images.collect::<Vec<_>>()}
            <dl class="du-summary">{lines.collect::<Vec<_>>()}</dl>
        </section>
        {tables.collect::<Vec<_>>()}
        <section class="du-group du-row" aria-labelledby="wrong">
            <div class="du-grow"><h2 class="ds-heading" data-size="xs" id="wrong">{t(key::RESULT_OF_WRONG)}</h2><p>{t(key::RESULT_OF_WRONG_TEXT)}</p></div>
            <a class="ds-button" data-variant="secondary" href=report>{icon("flag")}{t(key::DEFICIENCIES_TITLE)}</a>
        </section>
    }
    .into_any()
}

/// The plain sentence, and that it is no error.
fn none(walking: Walking, answer: &RegistryAnswer) -> AnyView {
    let number = walking.entry.with_untracked(|entry| entry.receipt.as_ref().map(|receipt| receipt.number.to_string()));
    let asked =
        tf(key::RESULT_OF_NONE_AT, &[("time", &date_time(&answer.asked_at)), ("number", &number.unwrap_or_default())]);
    view! {
        <section class="ds-card du-stack">
            <h1 class="ds-heading" data-size="lg">{t(key::RESULT_OF_NONE)}</h1>
            <p class="ds-paragraph" data-size="lg">{t(key::RESULT_OF_NONE_TEXT)}</p>
            <p class="du-soft">{asked}</p>
        </section>
    }
    .into_any()
}

fn entry<'a>(value: &'a Raw, name: &str) -> Option<&'a Raw> {
    let Raw::Map(entries) = value else { return None };
    entries.iter().find(|(one, _)| one == name).map(|(_, value)| value)
}

/// The image lives in this page's memory: no cache and no store has it.
fn image(shown: &Shown, value: &Raw) -> AnyView {
    let (Some(Raw::Text(kind)), Some(Raw::Text(data))) = (entry(value, "media_type"), entry(value, "data")) else {
        return ().into_any();
    };
    let label = said(&shown.label);
    // What may be a document with scripts in it stays out, whoever sent it: an image element runs none.
    let source = kind.starts_with("image/").then(|| format!("data:{kind};base64,{data}"));
    view! { <figure class="du-face"><img src=source alt=label.clone()/><figcaption>{label}</figcaption></figure> }
        .into_any()
}

fn text(shown: &Shown, value: &Raw) -> Option<String> {
    Some(match (shown.kind, value) {
        (ShownKind::Date, Raw::Text(day)) => date(&day.as_str().into()),
        (ShownKind::Money, Raw::Number(cents)) => money(u32::try_from(*cents).ok()?),
        (_, Raw::Text(text)) => shown.words.get(text).map_or_else(|| text.clone(), said),
        (_, Raw::Number(number)) => number.to_string(),
        (_, Raw::Bool(yes)) => t(if *yes { key::WALK_YES } else { key::WALK_NO }).to_owned(),
        _ => return None,
    })
}

fn table(shown: &Shown, value: Option<&Raw>) -> AnyView {
    let rows = match value {
        Some(Raw::List(rows)) => rows.as_slice(),
        _ => &[],
    };
    let head = |column: &Shown| view! { <th scope="col">{said(&column.label)}</th> }.into_any();
    let row = |row: &Raw| {
        let cell = |column: &Shown| {
            let value = entry(row, &column.at).and_then(|value| text(column, value)).unwrap_or_default();
            view! { <td data-label=said(&column.label)>{value}</td> }.into_any()
        };
        view! { <tr>{list(&shown.columns, cell)}</tr> }.into_any()
    };
    let inside = if rows.is_empty() {
        view! { <p>{t(key::RESULT_OF_NO_ROWS)}</p> }.into_any()
    } else {
        view! {
            <table class="du-table"><thead><tr>{list(&shown.columns, head)}</tr></thead><tbody>{list(rows, row)}</tbody></table>
        }
        .into_any()
    };
    view! { <section class="du-stack" data-gap="s"><h2 class="ds-heading" data-size="sm">{said(&shown.label)}</h2>{inside}</section> }
        .into_any()
}

/// What one may do now.
fn onward(walking: Walking, ask: impl Fn() + Copy + Send + 'static) -> AnyView {
    let navigate = use_navigate();
    let service = walking.definition.with_value(|one| paths::service(&one.service, None));
    let end = move |_: leptos::ev::MouseEvent| {
        let navigate = navigate.clone();
        spawn_local(async move {
            // It has ended on the server already, when the answer came; here nothing of it stays.
            let _ = walking.end().await;
            navigate(&paths::page(page::USES), Default::default());
        });
    };
    let number = walking.entry.with_untracked(|entry| entry.receipt.clone()).map(|receipt| {
        view! {
            <dl class="du-summary" data-open="">
                <div><dt>{t(key::RECEIPT_NUMBER)}</dt><dd class="du-num"><strong>{receipt.number.to_string()}</strong></dd></div>
                <div><dt>{t(key::RESULT_OF_STARTED)}</dt><dd class="du-num">{date_time(&receipt.started_at)}</dd></div>
            </dl>
        }
    });
    view! {
        <aside class="du-stack" aria-labelledby="on">
            <div class="ds-card du-stack" data-gap="s">
                <h2 class="ds-heading" data-size="sm" id="on">{t(key::RESULT_OF_ON)}</h2>
                <a class="ds-button" data-fullwidth="" href=paths::page(page::SERVICES)>{t(key::RECEIPT_ANOTHER)}</a>
                <a class="ds-button" data-variant="secondary" data-fullwidth="" href=service>{t(key::RESULT_OF_RELATED)}</a>
                <button class="ds-button" data-variant="secondary" data-fullwidth="" type="button" on:click=on(move |_| ask())>{icon("sync")}{t(key::RESULT_OF_AGAIN)}</button>
                <p class="du-small du-soft">{t(key::RESULT_OF_AGAIN_TEXT)}</p>
                <hr class="du-rule"/>
                <p><button class="ds-link" type="button" on:click=on(end)>{t(key::RESULT_OF_END)}</button></p>
            </div>
            {number}
        </aside>
    }
    .into_any()
}
