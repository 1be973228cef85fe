//! `/{lang}/bills`: bills to be paid, and payments made, looked for in all of them (W5, W6).

use std::collections::BTreeSet;

use durvis_contract::bill::{Bill, BillState, Bills};
use durvis_contract::payment::{NewPayment, Payment, PaymentState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::bill::{paying, unknown};
use crate::api::{self, ApiError};
use crate::components::bill_line::bill_line;
use crate::components::pay_form::{Order, pay_form};
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{Key, key, money, t, tf};
use crate::load::{Load, load, waiting};
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::form::cents_of;
use crate::ui::icon::icon;

pub fn bills_page() -> AnyView {
    workspace_frame(Place::Bills, t(key::BILLS_TITLE), None, || view! { {outcome()}{to_pay()}{made()} }.into_any())
}

/// What became of the payment from which the bank has sent one back.
fn outcome() -> AnyView {
    let (session, query) = (use_session(), use_location().query);
    let Some(id) = query.with_untracked(|query| query.get("payment")) else { return ().into_any() };
    let (state, id) = (RwSignal::new(Load::<Payment>::Asleep), StoredValue::new(id));
    let ask = move || load(state, async move { session.heard(api::payments::get_payment(&id.get_value()).await) });
    ask();
    let again = move || {
        spawn_local(async move {
            if let Ok(payment) = session.heard(api::payments::get_payment(&id.get_value()).await) {
                let _ = state.try_set(Load::Loaded(payment));
            }
        });
    };
    let shown = move |payment: &Payment| {
        let told = |colour: &'static str, word: Key| {
            let (n, sum) = (payment.bills.len().to_string(), money(payment.amount_cents));
            let text = tf(word, &[("n", &n), ("sum", &sum)]);
            view! { <div class="ds-alert" data-color=colour role="status"><p class="ds-paragraph">{text}</p></div> }
                .into_any()
        };
        match payment.state {
            PaymentState::Waiting => paying(Some(payment), again),
            PaymentState::Unknown => unknown(Some(payment), again),
            PaymentState::Paid => told("success", key::BILLS_SOME_PAID),
            PaymentState::Failed => told("warning", key::BILLS_SOME_FAILED),
        }
    };
    dynamic(move || {
        state.with(|state| match state {
            Load::Loaded(payment) => shown(payment),
            // A link of somebody else's, or an old one, tells nothing.
            Load::Failed(ApiError::NotFound) => ().into_any(),
            state => waiting(state, ask),
        })
    })
}

fn to_pay() -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::<Bills>::Asleep));
    let chosen = RwSignal::new(BTreeSet::<String>::new());
    let ask = move || load(state, async move { session.heard(api::bills::list_bills("paid=false").await) });
    ask();
    let again = move || {
        chosen.set(BTreeSet::new());
        ask();
    };
    let order = Signal::derive(move || {
        state.with(|state| {
            let Load::Loaded(bills) = state else { return Order::default() };
            let some: Vec<&Bill> = chosen.with(|ids| bills.items.iter().filter(|one| ids.contains(&one.id)).collect());
            let cents = some.iter().map(|one| one.to_pay_cents).sum();
            Order { bills: some.iter().map(|one| one.id.clone()).collect(), rest: false, cents }
        })
    });
    // Whether something is chosen: a bill more does not draw the form anew.
    let is_chosen = Memo::new(move |_| chosen.with(|ids| !ids.is_empty()));
    let is_too_many = Memo::new(move |_| chosen.with(|ids| ids.len() > NewPayment::MAX_BILLS));
    let shown = move |bills: &Bills| {
        if bills.items.is_empty() {
            return view! { <p>{t(key::BILLS_NONE)}</p> }.into_any();
        }
        let is_some = bills.items.iter().filter(|one| one.state.is_payable()).count() > 1;
        let line = |one: &Bill| bill_line(one, if is_some { tick(chosen, one) } else { ().into_any() });
        view! {
            <p role="status">{tf(key::BILLS_SUM, &[("n", &bills.total.to_string()), ("sum", &sum(bills))])}</p>
            {is_some.then(|| view! { <p class="du-soft">{t(key::BILLS_CHOOSE_TEXT)}</p> })}
            <ul class="du-list">{list(&bills.items, line)}</ul>
        }
        .into_any()
    };
    view! {
        <section class="du-stack" aria-labelledby="to-pay">
            <div class="du-stack" data-gap="s">
                <h2 class="ds-heading" data-size="md" id="to-pay">{t(key::BILLS_TO_PAY)}</h2>
                {dynamic(move || state.with(|state| match state {
                    Load::Loaded(bills) => shown(bills),
                    state => waiting(state, ask),
                }))}
            </div>
            {dynamic(move || match (is_chosen.get(), is_too_many.get()) {
                (false, _) => ().into_any(),
                (true, true) => {
                    let most = NewPayment::MAX_BILLS.to_string();
                    view! { <p class="ds-validation-message" role="alert">{tf(key::BILLS_TOO_MANY, &[("n", &most)])}</p> }.into_any()
                }
                (true, false) => pay_form(order, again),
            })}
        </section>
    }
    .into_any()
}

/// A box that chooses a bill to be paid with others; none where it is not to be paid now.
fn tick(chosen: RwSignal<BTreeSet<String>>, bill: &Bill) -> AnyView {
    if !bill.state.is_payable() {
        return ().into_any();
    }
    let id = bill.id.clone();
    let is_on = chosen.with_untracked(|ids| ids.contains(&id));
    let change = move |event: leptos::ev::Event| {
        let is_ticked = event_target_checked(&event);
        chosen.update(|ids| {
            if is_ticked {
                ids.insert(id.clone())
            } else {
                ids.remove(&id)
            };
        });
    };
    let name = format!("{}, {}", bill.purpose.as_ref().unwrap_or(&bill.title), bill.number);
    let label = tf(key::BILLS_CHOOSE, &[("name", &name)]);
    view! { <input class="ds-input" type="checkbox" aria-label=label checked=is_on on:change=on(change)/> }.into_any()
}

/// What was paid, with a search over all of it.
fn made() -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::Asleep));
    let [words, from, until, least, bill_state] = [(); 5].map(|()| RwSignal::new(String::new()));
    let offset = RwSignal::new(0);
    let wanted = move || {
        let text = |signal: RwSignal<String>| String::from(js_sys::encode_uri_component(&signal.get_untracked()));
        let cents = cents_of(&least.get_untracked()).map(|cents| format!("&min_cents={cents}")).unwrap_or_default();
        let state = text(bill_state);
        format!("paid=true&q={}&from={}&until={}&state={state}{cents}", text(words), text(from), text(until))
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
            <ul class="du-list">{list(&bills.items, |one| bill_line(one, ().into_any()))}</ul>
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
                <div class="ds-field">
                    <label class="ds-label" for="bills-state">{t(key::BILLS_STATE)}</label>
                    <select class="ds-input" id="bills-state" on:change=on(move |event| bill_state.set(event_target_value(&event)))>
                        <option value="">{t(key::BILLS_STATE_ALL)}</option>
                        <option value=BillState::Paid.code()>{t(key::BILL_PAID)}</option>
                        <option value=BillState::Refunded.code()>{t(key::BILL_REFUNDED)}</option>
                    </select>
                </div>
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
