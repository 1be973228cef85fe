//! `/{lang}/bills/{id}`: a bill, paying it, and the truth about a payment (E7, B9).

use durvis_contract::bill::{Bill, BillState, NewPayment, PayingBank};
use durvis_contract::reminder::ReminderAbout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::bill_tag::bill_tag;
use crate::components::missing::missing;
use crate::components::problem::problem;
use crate::i18n::{content, date, date_time, key, money, t, tf};
use crate::load::{Load, load, waiting};
use crate::page::use_page;
use crate::paths;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::ui::wait;
use crate::wizard::open::new_id;

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
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow" data-gap="l">
            {dynamic(move || match state.get() {
                Load::Loaded(bill) => {
                    // Once: what changes while one looks at it takes no focus away.
                    if !titled.get_value() {
                        titled.set_value(true);
                        use_page(bill.title.clone());
                    }
                    shown(state, bill)
                }
                Load::Failed(ApiError::NotFound) => missing(&paths::bill(&id.get_value())),
                state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
            })}
        </div>
    }
    .into_any()
}

fn shown(state: RwSignal<Load<Bill>>, bill: Bill) -> AnyView {
    let paid = bill.paid_at.as_ref().map(|at| (t(key::BILL_PAID_AT), date_time(at)));
    let bank = bill.payment.as_ref().map(|payment| (t(key::BILL_BANK), payment.bank.clone()));
    let lines = [
        Some((t(key::RECEIPT_INSTITUTION), bill.institution.clone())),
        Some((t(key::BILL_NUMBER), bill.number.to_string())),
        Some((t(key::BILL_DUE), date(&bill.due.clone().into()))),
        bank,
        paid,
    ];
    let line = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    let print = move |_: leptos::ev::MouseEvent| {
        let _ = window().print();
    };
    let next = match bill.state {
        BillState::Open => pay(state, &bill),
        BillState::Paying => paying(state, &bill),
        BillState::Unknown => unknown(state, &bill),
        BillState::Cancelled => ().into_any(),
        BillState::Paid => view! {
            <div class="ds-alert" data-color="success" role="status"><p class="ds-paragraph">{t(key::BILL_PAID_TEXT)}</p></div>
            <div class="du-row">{receipt(&bill)}<button class="ds-button" data-variant="tertiary" type="button" on:click=on(print)>{icon("print")}{t(key::SERVICE_PRINT)}</button></div>
        }
        .into_any(),
    };
    view! {
        <header class="du-stack" data-gap="s">
            <p class="du-soft">{t(key::BILL_KIND)}</p>
            <h1 class="ds-heading" data-size="xl">{bill.title.clone()}</h1>
            <div class="du-row">{bill_tag(bill.state)}<strong class="du-amount du-num">{money(bill.amount_cents)}</strong></div>
        </header>
        <dl class="du-summary" data-open="">{list(lines.into_iter().flatten(), line)}</dl>
        {next}
        <div class="du-row">
            <a class="ds-button" data-variant="secondary" href=paths::service_use(&bill.use_id)>{t(key::BILL_USE)}</a>
            {(bill.state == BillState::Open).then(|| {
                let href = paths::remind(ReminderAbout::Bill, &bill.id);
                view! { <a class="ds-button" data-variant="secondary" href=href>{icon("calendar")}{t(key::REMINDERS_REMIND)}</a> }
            })}
            <a class="ds-button" data-variant="secondary" href=paths::page(durvis_contract::page::BILLS)>{t(key::BILLS_TITLE)}</a>
        </div>
    }
    .into_any()
}

/// The receipt, once it is known where it is.
fn receipt(bill: &Bill) -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::Asleep));
    let (id, query) = (bill.id.clone(), format!("kind=receipt&use={}", bill.use_id));
    load(state, async move { session.heard(api::documents::list_documents(&query).await) });
    dynamic(move || {
        state.with(|state| {
            let Load::Loaded(found) = state else { return ().into_any() };
            let own = found.items.iter().find(|one| one.bill_id.as_ref() == Some(&id));
            own.map(|one| {
                let href = api::documents::document(&one.id);
                view! { <a class="ds-button" rel="external" download="" href=href>{icon("download")}{t(key::DOCUMENTS_HAVE_RECEIPT)}</a> }
            })
            .into_any()
        })
    })
}

/// The banks; one press leads to the bank's own page.
fn pay(state: RwSignal<Load<Bill>>, bill: &Bill) -> AnyView {
    let banks = RwSignal::new(Load::<Vec<PayingBank>>::Asleep);
    let ask = move || load(banks, api::bills::list_banks());
    ask();
    let (id, amount) = (bill.id.clone(), money(bill.amount_cents));
    let (session, wrong, busy) = (use_session(), RwSignal::new(None::<String>), RwSignal::new(false));
    // One id for one bank as long as the page stands: pressed twice, or again after an error, it is the same payment.
    let chosen = RwSignal::new(None::<(String, String)>);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some((bank, payment)), false) = (chosen.get_untracked(), busy.get_untracked()) else { return };
        busy.set(true);
        wrong.set(None);
        let (id, new) = (id.clone(), NewPayment { id: payment, bank, lang: content().into() });
        spawn_local(async move {
            match session.heard(api::bills::begin_payment(&id, &new).await) {
                Ok(bill) => leave(state, bill),
                Err(error) => wrong.set(Some(said(&error))),
            }
            let _ = busy.try_set(false);
        });
    };
    let on_submit = StoredValue::new_local(on_submit);
    let shown = move |banks: Vec<PayingBank>| {
        let Some(first) = banks.first() else {
            return view! { <p>{t(key::BILL_NO_BANK)}</p> }.into_any();
        };
        chosen.set(Some((first.slug.clone(), new_id())));
        let choice = move |(number, bank): (usize, PayingBank)| {
            let id = format!("bank-{number}");
            let choose = move |_: leptos::ev::Event| chosen.set(Some((bank.slug.clone(), new_id())));
            view! {
                <div class="ds-field" data-variant="outline">
                    <input class="ds-input" type="radio" name="bank" id=id.clone() checked=number == 0 on:change=on(choose)/>
                    <label class="ds-label" for=id>{bank.name}</label>
                </div>
            }
            .into_any()
        };
        view! {
            <form class="du-stack" on:submit=on(move |event| on_submit.with_value(|submit| submit(event)))>
                <fieldset class="ds-fieldset">
                    <legend class="ds-label">{t(key::BILL_WHERE)}</legend>
                    <p data-field="description">{t(key::BILL_PAY_TEXT)}</p>
                    {list(banks.into_iter().enumerate(), choice)}
                </fieldset>
                <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <div class="ds-alert" data-color="danger"><p class="ds-paragraph">{wrong}</p></div> }).into_any())}</div>
                <div class="du-row"><button class="ds-button" type="submit" disabled=busy>{icon("lock")}{tf(key::BILL_PAY, &[("sum", &amount)])}</button></div>
                <p class="du-small du-soft">{t(key::BILL_SAFE)}</p>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="du-stack" data-gap="s" aria-labelledby="pay">
            <h2 class="ds-heading" data-size="md" id="pay">{t(key::BILL_PAY_TITLE)}</h2>
            {dynamic(move || match banks.get() {
                Load::Loaded(banks) => shown.clone()(banks),
                state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
            })}
        </section>
    }
    .into_any()
}

/// Begun, and not decided at the bank.
fn paying(state: RwSignal<Load<Bill>>, bill: &Bill) -> AnyView {
    let redirect = bill.payment.as_ref().and_then(|payment| payment.redirect.clone());
    let go_on = redirect.map(|url| view! { <a class="ds-button" href=url>{t(key::BILL_GO_ON)}{icon("arrow")}</a> });
    view! {
        <section class="ds-alert du-stack" data-color="info" data-gap="s" role="status">
            <h2 class="ds-heading" data-size="2xs">{t(key::BILL_PAYING_TITLE)}</h2>
            <p class="ds-paragraph">{t(key::BILL_PAYING_TEXT)}</p>
            <div class="du-row">{go_on}{give_up(state, bill)}</div>
        </section>
    }
    .into_any()
}

/// Nobody knows yet: said so, and not to be paid again.
fn unknown(state: RwSignal<Load<Bill>>, bill: &Bill) -> AnyView {
    let started = bill.payment.as_ref().map(|payment| date_time(&payment.started_at)).unwrap_or_default();
    let silent = bill.payment.as_ref().and_then(|payment| payment.silent_since.clone());
    let since = match silent {
        Some(at) => tf(key::BILL_SILENT, &[("time", &date_time(&at))]),
        None => t(key::BILL_PENDING).to_owned(),
    };
    let (session, id, busy) = (use_session(), bill.id.clone(), RwSignal::new(false));
    let again = move |_: leptos::ev::MouseEvent| {
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            if let Ok(bill) = session.heard(api::bills::get_bill(&id).await) {
                let _ = state.try_set(Load::Loaded(bill));
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <section class="du-stack" role="status">
            <h2 class="ds-heading" data-size="md">{t(key::BILL_UNKNOWN_TITLE)}</h2>
            <div class="ds-alert" data-color="warning">
                <h3 class="ds-heading" data-size="2xs">{since}</h3>
                <p class="ds-paragraph">{t(key::BILL_UNKNOWN_TEXT)}</p>
            </div>
            <ol class="du-timeline" aria-label=t(key::BILL_PATH)>
                <li data-done=""><strong>{t(key::BILL_STARTED)}</strong><p class="du-soft du-num">{started}</p></li>
                <li aria-current="step"><strong>{t(key::BILL_WAITING)}</strong><p class="du-soft">{t(key::BILL_WAITING_TEXT)}</p></li>
                <li data-next=""><strong>{t(key::BILL_THEN)}</strong></li>
            </ol>
            <div class="du-row"><button class="ds-button" type="button" disabled=busy on:click=on(again)>{icon("sync")}{t(key::BILL_ASK)}</button></div>
        </section>
    }
    .into_any()
}

fn give_up(state: RwSignal<Load<Bill>>, bill: &Bill) -> AnyView {
    let (session, id) = (use_session(), bill.id.clone());
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let press = move |_: leptos::ev::MouseEvent| {
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            match session.heard(api::bills::give_payment_up(&id).await) {
                Ok(bill) => drop(state.try_set(Load::Loaded(bill))),
                Err(error) => wrong.set(Some(said(&error))),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <button class="ds-button" data-variant="secondary" type="button" disabled=busy on:click=on(press)>{t(key::BILL_GIVE_UP)}</button>
        <span role="alert">{dynamic(move || wrong.get().into_any())}</span>
    }
    .into_any()
}

/// To the bank, when it wants to be asked; else what is known is shown.
fn leave(state: RwSignal<Load<Bill>>, bill: Bill) {
    let redirect = bill.payment.as_ref().and_then(|payment| payment.redirect.clone());
    match redirect {
        Some(url) => drop(window().location().set_href(&url)),
        None => state.set(Load::Loaded(bill)),
    }
}

fn said(error: &ApiError) -> String {
    match error {
        ApiError::Silent => t(key::BILL_BANK_SILENT).to_owned(),
        ApiError::Conflict => t(key::BILL_CONFLICT).to_owned(),
        ApiError::Broken(_) => t(key::BILL_REFUSED).to_owned(),
        other => problem(other),
    }
}
