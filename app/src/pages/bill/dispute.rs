//! Saying that a bill is wrong, and what happened to it.

use durvis_contract::bill::{Bill, BillEvent, NewDispute};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::bill_event::event_word;
use crate::components::problem::problem;
use crate::i18n::{date_time, key, money, t};
use crate::load::Load;
use crate::page::announce;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::open::new_id;

pub fn dispute(state: RwSignal<Load<Bill>>, bill: &Bill) -> AnyView {
    let (session, id) = (use_session(), bill.id.clone());
    let (text, wrong, busy) = (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    // The same text is the same dispute, pressed twice.
    let attempt = StoredValue::new(None::<NewDispute>);
    let send = move |_: leptos::ev::MouseEvent| {
        let words = text.get_untracked();
        if words.trim().is_empty() {
            return wrong.set(Some(t(key::BILL_DISPUTE_EMPTY).to_owned()));
        }
        busy.set(true);
        wrong.set(None);
        let before = attempt.get_value().filter(|last| last.text == words);
        let new = before.unwrap_or_else(|| NewDispute { id: new_id(), text: words });
        attempt.set_value(Some(new.clone()));
        let id = id.clone();
        spawn_local(async move {
            match session.heard(api::bills::create_dispute(&id, &new).await) {
                Ok(bill) => {
                    announce(t(key::BILL_DISPUTED));
                    let _ = state.try_set(Load::Loaded(bill));
                }
                Err(ApiError::Conflict) => drop(wrong.try_set(Some(t(key::BILL_DISPUTE_CONFLICT).to_owned()))),
                Err(error) => drop(wrong.try_set(Some(problem(&error)))),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <details class="ds-details">
            <summary>{t(key::BILL_DISPUTE)}</summary>
            <div class="du-stack" data-gap="s">
                <div class="ds-field">
                    <label class="ds-label" for="dispute-text">{t(key::BILL_DISPUTE_WHY)}</label>
                    <p data-field="description" id="dispute-about">{t(key::BILL_DISPUTE_TEXT)}</p>
                    <textarea class="ds-input" id="dispute-text" rows="4" maxlength="4000" aria-describedby="dispute-about"
                        prop:value=text on:input=on(move |event| text.set(event_target_value(&event)))></textarea>
                </div>
                <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
                <div class="du-row"><button class="ds-button" data-variant="secondary" type="button" disabled=busy on:click=on(send)>{icon("send")}{t(key::BILL_DISPUTE_SEND)}</button></div>
            </div>
        </details>
    }
    .into_any()
}

/// What happened to it besides being paid at a bank.
pub fn events(all: &[BillEvent]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="du-stack" aria-labelledby="bill-events">
            <h2 class="ds-heading" data-size="md" id="bill-events">{t(key::BILL_EVENTS)}</h2>
            <ol class="du-timeline">{list(all, event)}</ol>
        </section>
    }
    .into_any()
}

fn event(one: &BillEvent) -> AnyView {
    let amount = one.amount_cents.map(|cents| view! { ": "<span class="du-num">{money(cents)}</span> });
    view! {
        <li data-done="">
            <strong>{t(event_word(one.kind))}{amount}</strong>
            <p class="du-soft du-small du-num">{date_time(&one.at)}</p>
            {one.text.clone().map(|text| view! { <p class="du-lines">{text}</p> })}
        </li>
    }
    .into_any()
}
