//! `/{lang}/bills`: bills to be paid, and payments made, looked for in all of them (W5, W6).

use durvis_contract::bill::Bills;
use leptos::prelude::*;

use crate::api;
use crate::components::bill_line::bill_line;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{Key, key, money, t, tf};
use crate::load::{Load, load, waiting};
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::form::cents_of;
use crate::ui::icon::icon;

pub fn bills_page() -> AnyView {
    workspace_frame(Place::Bills, t(key::BILLS_TITLE), None, || view! { {to_pay()}{made()} }.into_any())
}

fn to_pay() -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::Asleep));
    let ask = move || load(state, async move { session.heard(api::bills::list_bills("paid=false").await) });
    ask();
    let shown = |bills: &Bills| {
        if bills.items.is_empty() {
            return view! { <p>{t(key::BILLS_NONE)}</p> }.into_any();
        }
        view! {
            <p role="status">{tf(key::BILLS_SUM, &[("n", &bills.total.to_string()), ("sum", &sum(bills))])}</p>
            <ul class="du-list">{list(&bills.items, bill_line)}</ul>
        }
        .into_any()
    };
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="to-pay">
            <h2 class="ds-heading" data-size="md" id="to-pay">{t(key::BILLS_TO_PAY)}</h2>
            {dynamic(move || state.with(|state| match state {
                Load::Loaded(bills) => shown(bills),
                state => waiting(state, ask),
            }))}
        </section>
    }
    .into_any()
}

/// What was paid, with a search over all of it.
fn made() -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::Asleep));
    let [words, from, until, least] = [(); 4].map(|()| RwSignal::new(String::new()));
    let offset = RwSignal::new(0);
    let wanted = move || {
        let text = |signal: RwSignal<String>| String::from(js_sys::encode_uri_component(&signal.get_untracked()));
        let cents = cents_of(&least.get_untracked()).map(|cents| format!("&min_cents={cents}")).unwrap_or_default();
        format!("paid=true&q={}&from={}&until={}{cents}", text(words), text(from), text(until))
    };
    let ask = move || {
        let query = format!("{}&offset={}", wanted(), offset.get_untracked());
        load(state, async move { session.heard(api::bills::list_bills(&query).await) });
    };
    ask();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        offset.set(0);
        ask();
    };
    let field = |id: &'static str, label: Key, kind: &'static str, value: RwSignal<String>| {
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id>{t(label)}</label>
                <input class="ds-input" type=kind id=id prop:value=value on:input=on(move |event| value.set(event_target_value(&event)))/>
            </div>
        }
        .into_any()
    };
    let turn = move |to: u32| {
        offset.set(to);
        ask();
    };
    let shown = move |bills: &Bills| {
        let status = view! { <p role="status">{tf(key::BILLS_MADE_SUM, &[("n", &bills.total.to_string()), ("sum", &sum(bills))])}</p> };
        let (from, to) = (offset.get_untracked(), offset.get_untracked() + bills.items.len() as u32);
        let older = (to < bills.total).then(|| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| turn(to))>{t(key::USES_OLDER)}</button> }
        });
        let newer = (from > 0).then(|| {
            let to = from.saturating_sub(Bills::MAX_PAGE);
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=on(move |_| turn(to))>{t(key::USES_NEWER)}</button> }
        });
        view! {
            <div class="du-row" data-between="">
                {status}
                <a class="ds-button" data-variant="tertiary" rel="external" download="" href=api::bills::table(&wanted())>
                    {icon("download")}<span>{t(key::HISTORY_EXPORT)}<span class="du-soft">" "{t(key::HISTORY_EXPORT_TEXT)}</span></span>
                </a>
            </div>
            <ul class="du-list">{list(&bills.items, bill_line)}</ul>
            <div class="du-row">{newer}{older}</div>
        }
        .into_any()
    };
    view! {
        <section class="du-stack" aria-labelledby="made">
            <h2 class="ds-heading" data-size="md" id="made">{t(key::BILLS_MADE)}</h2>
            <form class="du-filter" role="search" aria-label=t(key::BILLS_SEARCH) on:submit=on(on_submit)>
                {field("bills-text", key::BILLS_WORDS, "search", words)}
                {field("bills-from", key::HISTORY_FROM, "date", from)}
                {field("bills-until", key::HISTORY_UNTIL, "date", until)}
                {field("bills-least", key::BILLS_LEAST, "text", least)}
                <button class="ds-button" data-variant="secondary" type="submit">{icon("search")}{t(key::HISTORY_SHOW)}</button>
            </form>
            {dynamic(move || state.with(|state| match state {
                Load::Loaded(bills) => shown(bills),
                state => waiting(state, ask),
            }))}
        </section>
    }
    .into_any()
}

fn sum(bills: &Bills) -> String {
    money(u32::try_from(bills.total_cents).unwrap_or(u32::MAX))
}
