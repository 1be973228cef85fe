//! `/{lang}/bills/{id}`: a bill, how far it is, and paying it (E7, B9).

mod dispute;
mod under_way;

use durvis_contract::bill::{Bill, BillPart, BillState};
use durvis_contract::reminder::ReminderAbout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::bill_tag::bill_tag;
use crate::components::missing::missing;
use crate::components::pay_form::{Order, pay_form};
use crate::i18n::{date, date_time, key, money, t, tf};
use crate::load::{Load, load, waiting};
use crate::page::use_page;
use crate::paths;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::ui::wait;

pub use dispute::events;
pub use under_way::{paying, unknown};

/// How often, and how many times, the bank is asked while the page is looked at.
const ASK_EVERY: u32 = 10;
const ASK_TIMES: u32 = 60;

pub fn bill_page(id: String) -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::<Bill>::Asleep));
    let (id, titled) = (StoredValue::new(id), StoredValue::new(false));
    let ask = move || load(state, async move { session.heard(api::bills::get_bill(&id.get_value()).await) });
    ask();
    // Looked at until it is settled: the bank may be slow.
    spawn_local(async move {
        for _ in 0..ASK_TIMES {
            wait::seconds(ASK_EVERY).await;
            let Some(shown) = state.try_get_untracked() else { return };
            let Load::Loaded(shown) = shown else { continue };
            if matches!(shown.state, BillState::Paying | BillState::Unknown)
                && let Ok(bill) = api::bills::get_bill(&shown.id).await
                && bill != shown
            {
                let _ = state.try_set(Load::Loaded(bill));
            }
        }
    });
    // What is shown stays until there is something newer.
    let again = move || {
        spawn_local(async move {
            if let Ok(bill) = session.heard(api::bills::get_bill(&id.get_value()).await) {
                let _ = state.try_set(Load::Loaded(bill));
            }
        });
    };
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow" data-gap="l">
            {dynamic(move || match state.get() {
                Load::Loaded(bill) => {
                    // Once: what changes while one looks at it takes no focus away.
                    if !titled.get_value() {
                        titled.set_value(true);
                        use_page(bill.purpose.clone().unwrap_or_else(|| bill.title.clone()));
                    }
                    shown(state, bill, again)
                }
                Load::Failed(ApiError::NotFound) => missing(&paths::bill(&id.get_value())),
                state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
            })}
        </div>
    }
    .into_any()
}

fn shown(state: RwSignal<Load<Bill>>, bill: Bill, again: impl Fn() + Copy + Send + 'static) -> AnyView {
    let is_payable = bill.state.is_payable();
    let next = match bill.state {
        BillState::Paying => paying(bill.payment.as_ref(), again),
        BillState::Unknown => unknown(bill.payment.as_ref(), again),
        BillState::Cancelled => ().into_any(),
        BillState::Disputed => view! {
            <div class="ds-alert" data-color="info" role="status"><p class="ds-paragraph">{t(key::BILL_DISPUTED_TEXT)}</p></div>
        }
        .into_any(),
        BillState::Paid | BillState::Refunded => over(&bill),
        BillState::Open | BillState::Reminded | BillState::PartPaid | BillState::InInstalments => pay(&bill, again),
    };
    let name = bill.purpose.clone().unwrap_or_else(|| bill.title.clone());
    view! {
        <header class="du-stack" data-gap="s">
            <p class="du-soft">{t(key::BILL_KIND)}</p>
            <h1 class="ds-heading" data-size="xl">{name}</h1>
            <div class="du-row">{bill_tag(bill.state)}<strong class="du-amount du-num">{money(bill.amount_cents)}</strong></div>
        </header>
        {summary(&bill)}
        {next}
        {events(&bill.events)}
        {(is_payable && bill.purpose.is_some()).then(|| dispute::dispute(state, &bill))}
        <div class="du-row">
            <a class="ds-button" data-variant="secondary" href=paths::service_use(&bill.use_id)>{t(key::BILL_USE)}</a>
            {is_payable.then(|| {
                let href = paths::remind(ReminderAbout::Bill, &bill.id);
                view! { <a class="ds-button" data-variant="secondary" href=href>{icon("calendar")}{t(key::REMINDERS_REMIND)}</a> }
            })}
            <a class="ds-button" data-variant="secondary" href=paths::page(durvis_contract::page::BILLS)>{t(key::BILLS_TITLE)}</a>
        </div>
    }
    .into_any()
}

fn summary(bill: &Bill) -> AnyView {
    let paid = bill.paid_at.as_ref().map(|at| (t(key::BILL_PAID_AT), date_time(at)));
    let bank = bill.payment.as_ref().map(|payment| (t(key::BILL_BANK), payment.bank.clone()));
    let is_part = bill.paid_cents > 0 && bill.paid_cents < bill.amount_cents;
    let lines = [
        bill.purpose.as_ref().map(|_| (t(key::BILL_SERVICE), bill.title.clone())),
        Some((t(key::RECEIPT_INSTITUTION), bill.institution.clone())),
        Some((t(key::BILL_NUMBER), bill.number.to_string())),
        is_part.then(|| (t(key::BILL_PAID_SO_FAR), money(bill.paid_cents))),
        is_part.then(|| (t(key::BILL_LEFT), money(bill.amount_cents - bill.paid_cents))),
        (bill.refunded_cents > 0).then(|| (t(key::BILL_SENT_BACK), money(bill.refunded_cents))),
        Some((t(key::BILL_DUE), date(&bill.due.clone().into()))),
        bank,
        paid,
    ];
    let line = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    view! { <dl class="du-summary" data-open="">{list(lines.into_iter().flatten(), line)}</dl> }.into_any()
}

/// It is paid: its receipts, and whether something goes back.
fn over(bill: &Bill) -> AnyView {
    let print = move |_: leptos::ev::MouseEvent| {
        let _ = window().print();
    };
    let (colour, text) = if bill.state == BillState::Refunded {
        ("info", tf(key::BILL_REFUNDED_TEXT, &[("sum", &money(bill.refunded_cents))]))
    } else {
        ("success", t(key::BILL_PAID_TEXT).to_owned())
    };
    view! {
        <div class="ds-alert" data-color=colour role="status"><p class="ds-paragraph">{text}</p></div>
        <div class="du-row">{receipts(bill)}<button class="ds-button" data-variant="tertiary" type="button" on:click=on(print)>{icon("print")}{t(key::SERVICE_PRINT)}</button></div>
    }
    .into_any()
}

/// The receipts, once it is known where they are.
fn receipts(bill: &Bill) -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::Asleep));
    let (id, query) = (bill.id.clone(), format!("kind=receipt&use={}", bill.use_id));
    load(state, async move { session.heard(api::documents::list_documents(&query).await) });
    dynamic(move || {
        state.with(|state| {
            let Load::Loaded(found) = state else { return ().into_any() };
            let own: Vec<_> = found.items.iter().filter(|one| one.bill_id.as_ref() == Some(&id)).collect();
            let only = own.len() == 1;
            let receipt = |one: &durvis_contract::document::Document| {
                let href = api::documents::document(&one.id);
                let which = (!only).then(|| format!(" {}", date_time(&one.made_at)));
                view! { <a class="ds-button" rel="external" download="" href=href>{icon("download")}{t(key::DOCUMENTS_HAVE_RECEIPT)}{which}</a> }.into_any()
            };
            list(own, receipt).into_any()
        })
    })
}

/// Paying what comes next, or all that is left.
fn pay(bill: &Bill, again: impl Fn() + Copy + Send + 'static) -> AnyView {
    let left = bill.amount_cents - bill.paid_cents;
    let rest = RwSignal::new(false);
    let (id, next) = (bill.id.clone(), bill.to_pay_cents);
    let order = Signal::derive(move || {
        let cents = if rest.get() { left } else { next };
        Order { bills: vec![id.clone()], rest: rest.get(), cents }
    });
    let reminded = (bill.state == BillState::Reminded).then(|| {
        view! { <div class="ds-alert" data-color="warning"><p class="ds-paragraph">{t(key::BILL_REMINDED_TEXT)}</p></div> }
    });
    let choice = move |id: &'static str, is_rest: bool, words: String| {
        view! {
            <div class="ds-field" data-variant="outline">
                <input class="ds-input" type="radio" name="how-much" id=id checked=!is_rest on:change=on(move |_| rest.set(is_rest))/>
                <label class="ds-label" for=id>{words}</label>
            </div>
        }
        .into_any()
    };
    let how_much = (next < left).then(|| {
        let part = tf(key::BILL_PART_NEXT, &[("sum", &money(next)), ("date", &date(&bill.due.clone().into()))]);
        let all = tf(key::BILL_PART_ALL, &[("sum", &money(left))]);
        view! {
            {parts(bill)}
            <fieldset class="ds-fieldset">
                <legend class="ds-label">{t(key::BILL_HOW_MUCH)}</legend>
                {choice("part-next", false, part)}
                {choice("part-all", true, all)}
            </fieldset>
        }
    });
    view! {
        {reminded}
        {how_much}
        {pay_form(order, again)}
    }
    .into_any()
}

/// In which it may be paid; those that are, with a tick.
fn parts(bill: &Bill) -> AnyView {
    let together: u32 = bill.parts.iter().map(|part| part.amount_cents).sum();
    let before = bill.amount_cents - together;
    let mut reached = before;
    let rows: Vec<(BillPart, bool)> = bill
        .parts
        .iter()
        .map(|part| {
            reached += part.amount_cents;
            (part.clone(), bill.paid_cents >= reached)
        })
        .collect();
    let next = rows.iter().position(|(_, is_paid)| !is_paid);
    let row = move |(at, (part, is_paid)): (usize, (BillPart, bool))| {
        let current = (next == Some(at)).then_some("step");
        view! {
            <li data-done=is_paid.then_some("") aria-current=current data-next=(!is_paid && next != Some(at)).then_some("")>
                <strong class="du-num">{money(part.amount_cents)}</strong>
                <p class="du-soft du-num">{tf(key::BILLS_DUE, &[("date", &date(&part.due.into()))])}</p>
            </li>
        }
        .into_any()
    };
    view! {
        <section class="du-stack" aria-labelledby="parts">
            <h2 class="ds-heading" data-size="md" id="parts">{t(key::BILL_PARTS)}</h2>
            <ol class="du-timeline">{list(rows.into_iter().enumerate(), row)}</ol>
        </section>
    }
    .into_any()
}
