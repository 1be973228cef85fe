//! The bills of a case: what an institution asks for besides what the e-service costs.

use durvis_contract::bill::{BillEvent, NewBill};
use durvis_contract::case::{CaseBill, CaseDetail};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bill_steps::bill_steps;
use super::steps::{Steps, day, part};
use crate::api::{self, ApiError};
use crate::components::bill_event::event_word;
use crate::components::bill_tag::bill_tag;
use crate::components::problem::problem;
use crate::i18n::{date, date_time, key, money, t, tf};
use crate::load::Load;
use crate::page::announce;
use crate::ui::erased::{list, on};
use crate::ui::form::cents_of;
use crate::ui::icon::icon;
use crate::wizard::open::new_id;

/// What is typed of a new one, and its id until it has arrived.
#[derive(Clone, Copy)]
pub struct NewOne {
    purpose: RwSignal<String>,
    amount: RwSignal<String>,
    due: RwSignal<String>,
    id: StoredValue<String>,
}

impl Default for NewOne {
    fn default() -> Self {
        let text = || RwSignal::new(String::new());
        Self { purpose: text(), amount: text(), due: text(), id: StoredValue::new(new_id()) }
    }
}

/// Those there are.
pub fn bills(own: Steps, case: &CaseDetail) -> AnyView {
    if case.bills.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="bills">
            <h2 class="ds-heading" data-size="md" id="bills">{t(key::DESK_BILLS)}</h2>
            {own.wrong_with("bills")}
            <ul class="du-list">{list(&case.bills, |one| line(own, one))}</ul>
        </section>
    }
    .into_any()
}

fn line(own: Steps, one: &CaseBill) -> AnyView {
    let state = match &one.paid_at {
        Some(at) => tf(key::DESK_BILL_PAID, &[("time", &date_time(at))]),
        None => tf(key::BILLS_DUE, &[("date", &date(&one.due.clone().into()))]),
    };
    let paid = (one.paid_cents > 0 && one.paid_at.is_none())
        .then(|| tf(key::DESK_BILL_PAID_SO_FAR, &[("sum", &money(one.paid_cents))]));
    let paid = paid.map(|paid| view! { " · "<span class="du-num">{paid}</span> });
    let name = if one.purpose.is_empty() { t(key::DESK_BILL_FEE).to_owned() } else { one.purpose.clone() };
    view! {
        <li class="du-bill">
            <div class="du-row">
                <p class="du-title du-grow">{name}</p>
                {bill_tag(one.state)}
                <strong class="du-num">{money(one.amount_cents)}</strong>
            </div>
            <p class="du-small du-soft"><span class="du-num">{one.number.to_string()}</span>" · "{state}{paid}</p>
            {events(&one.events)}
            {bill_steps(own, one)}
        </li>
    }
    .into_any()
}

/// What happened to it, in a few lines.
fn events(all: &[BillEvent]) -> AnyView {
    let line = |one: &BillEvent| {
        let amount = one.amount_cents.map(|cents| format!(": {}", money(cents))).unwrap_or_default();
        let who = one.officer.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
        let text = one.text.clone().map(|text| view! { <span class="du-lines">": "{text}</span> });
        view! { <li class="du-small"><span class="du-soft du-num">{date_time(&one.at)}{who}</span>" "{t(event_word(one.kind))}{amount}{text}</li> }.into_any()
    };
    if all.is_empty() { ().into_any() } else { view! { <ul>{list(all, line)}</ul> }.into_any() }
}

/// The form of a new one.
pub fn bill(own: Steps) -> AnyView {
    let NewOne { purpose, amount, due, id } = own.bill;
    let send = move |_: leptos::ev::MouseEvent| {
        let cents =
            cents_of(&amount.get_untracked()).and_then(|cents| u32::try_from(cents).ok()).filter(|one| *one > 0);
        let Some(amount_cents) = cents else {
            own.wrong.set(Some(("bill", t(key::DESK_WRONG_AMOUNT).to_owned())));
            return;
        };
        let Some((case, _)) = own.seen().filter(|_| !own.busy.get_untracked()) else { return };
        own.busy.set(true);
        own.wrong.set(None);
        let slug = own.seat.with_value(|seat| seat.institution.clone());
        let new = NewBill {
            id: id.get_value(),
            officer: String::new(),
            purpose: purpose.get_untracked(),
            amount_cents,
            due: due.get_untracked(),
        };
        spawn_local(async move {
            match own.session.heard(api::desk::create_bill(&case, &slug, &new).await) {
                Ok(made) => {
                    id.set_value(new_id());
                    for typed in [purpose, amount, due] {
                        let _ = typed.try_set(String::new());
                    }
                    announce(&tf(key::DESK_BILL_MADE, &[("number", &made.number.to_string())]));
                    change(own, |case| case.bills.push(made));
                }
                Err(error) => drop(own.wrong.try_set(Some(("bill", said(&error))))),
            }
            let _ = own.busy.try_set(false);
        });
    };
    let line = |id: &'static str, label, value: RwSignal<String>, mode: &'static str| {
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id>{t(label)}</label>
                <input class="ds-input" type="text" id=id inputmode=mode autocomplete="off" prop:value=value on:input=on(move |event| value.set(event_target_value(&event)))/>
            </div>
        }
        .into_any()
    };
    part(
        key::DESK_BILL,
        view! {
            {line("bill-purpose", key::DESK_BILL_PURPOSE, purpose, "text")}
            {line("bill-amount", key::DESK_BILL_AMOUNT, amount, "decimal")}
            {day("bill-due", key::DESK_BILL_DUE, due)}
            {own.wrong_with("bill")}
            <div class="du-row"><button class="ds-button" type="button" disabled=own.busy on:click=on(send)>{icon("bill")}{t(key::DESK_BILL_SEND)}</button></div>
        }
        .into_any(),
    )
}

pub(super) fn change(own: Steps, how: impl FnOnce(&mut CaseDetail)) {
    let _ = own.state.try_update(|state| {
        if let Load::Loaded(case) = state {
            how(case);
        }
    });
}

fn said(error: &ApiError) -> String {
    let ApiError::Broken(broken) = error else { return problem(error) };
    let word = match broken.first().map(|one| one.field.as_str()) {
        Some("due") => key::DESK_WRONG_DUE,
        Some("purpose") => key::DESK_WRONG_PURPOSE,
        _ => key::DESK_WRONG_AMOUNT,
    };
    t(word).to_owned()
}
