//! Paying bills: the banks, and one press that leads to the bank's own page.

use durvis_contract::payment::{NewPayment, PayingBank};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::problem::problem;
use crate::api::{self, ApiError};
use crate::i18n::{content, key, money, t, tf};
use crate::load::{Load, load, waiting};
use crate::session::use_session;
use crate::ui::erased::{dynamic, dynamic_text, list, on};
use crate::ui::icon::icon;
use crate::wizard::open::new_id;

/// What is to be paid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// Ids of the bills.
    pub bills: Vec<String>,
    /// All that is left of each, not only the part whose turn it is.
    pub rest: bool,
    pub cents: u32,
}

/// `again` is called when the bank has nothing to ask.
pub fn pay_form(order: Signal<Order>, again: impl Fn() + Copy + Send + 'static) -> AnyView {
    let banks = RwSignal::new(Load::<Vec<PayingBank>>::Asleep);
    let ask = move || load(banks, api::payments::list_banks());
    ask();
    let (session, wrong, busy) = (use_session(), RwSignal::new(None::<String>), RwSignal::new(false));
    let chosen = RwSignal::new(None::<String>);
    // The same order is the same payment, pressed twice, or again after an error.
    let attempt = StoredValue::new(None::<NewPayment>);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(bank), false) = (chosen.get_untracked(), busy.get_untracked()) else { return };
        busy.set(true);
        wrong.set(None);
        let Order { bills, rest, .. } = order.get_untracked();
        let before = attempt.get_value();
        let before = before.filter(|last| last.bank == bank && last.bills == bills && last.rest == rest);
        let new = before.unwrap_or_else(|| NewPayment { id: new_id(), bank, lang: content().into(), bills, rest });
        attempt.set_value(Some(new.clone()));
        spawn_local(async move {
            match session.heard(api::payments::begin_payment(&new).await) {
                Ok(payment) => match payment.redirect {
                    Some(url) => drop(window().location().set_href(&url)),
                    None => {
                        attempt.set_value(None);
                        again();
                    }
                },
                Err(error) => {
                    if matches!(error, ApiError::Broken(_)) {
                        attempt.set_value(None);
                    }
                    let _ = wrong.try_set(Some(said(&error)));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let sum = move || {
        let Order { bills, cents, .. } = order.get();
        let (n, sum) = (bills.len().to_string(), money(cents));
        if bills.len() > 1 {
            tf(key::BILL_PAY_SOME, &[("n", &n), ("sum", &sum)])
        } else {
            tf(key::BILL_PAY, &[("sum", &sum)])
        }
    };
    let shown = move |banks: Vec<PayingBank>| {
        let Some(first) = banks.first() else {
            return view! { <p>{t(key::BILL_NO_BANK)}</p> }.into_any();
        };
        chosen.set(Some(first.slug.clone()));
        let choice = move |(number, bank): (usize, PayingBank)| {
            let id = format!("bank-{number}");
            let choose = move |_: leptos::ev::Event| chosen.set(Some(bank.slug.clone()));
            view! {
                <div class="ds-field" data-variant="outline">
                    <input class="ds-input" type="radio" name="bank" id=id.clone() checked=number == 0 on:change=on(choose)/>
                    <label class="ds-label" for=id>{bank.name}</label>
                </div>
            }
            .into_any()
        };
        view! {
            <form class="du-stack" on:submit=on(on_submit)>
                <fieldset class="ds-fieldset">
                    <legend class="ds-label">{t(key::BILL_WHERE)}</legend>
                    <p data-field="description">{t(key::BILL_PAY_TEXT)}</p>
                    {list(banks.into_iter().enumerate(), choice)}
                </fieldset>
                <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <div class="ds-alert" data-color="danger"><p class="ds-paragraph">{wrong}</p></div> }).into_any())}</div>
                <div class="du-row"><button class="ds-button" type="submit" disabled=busy>{icon("lock")}{dynamic_text(sum)}</button></div>
                <p class="du-small du-soft">{t(key::BILL_SAFE)}</p>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="pay">
            <h2 class="ds-heading" data-size="md" id="pay">{t(key::BILL_PAY_TITLE)}</h2>
            {dynamic(move || match banks.get() {
                Load::Loaded(banks) => shown(banks),
                state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
            })}
        </section>
    }
    .into_any()
}

/// Why a payment was not begun, or not given up.
pub fn said(error: &ApiError) -> String {
    match error {
        ApiError::Silent => t(key::BILL_BANK_SILENT).to_owned(),
        ApiError::Conflict => t(key::BILL_CONFLICT).to_owned(),
        ApiError::Broken(_) => t(key::BILL_REFUSED).to_owned(),
        other => problem(other),
    }
}
