//! What an officer does with a bill of a case: choose, say what it needs, do it.

use durvis_contract::bill::{BillChange, BillPart, BillState, BillStep};
use durvis_contract::case::CaseBill;
use durvis_contract::day::Day;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bills::change;
use super::steps::Steps;
use crate::api::{self, ApiError};
use crate::components::problem::problem;
use crate::i18n::{Key, key, t};
use crate::page::announce;
use crate::ui::erased::{dynamic, list, on};
use crate::ui::form::cents_of;
use crate::wizard::open::new_id;

/// What may be done.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Remind,
    Split,
    Receive,
    Uphold,
    Refund,
    Cancel,
}

impl Way {
    fn word(self) -> Key {
        match self {
            Self::Remind => key::DESK_BILL_REMIND,
            Self::Split => key::DESK_BILL_SPLIT,
            Self::Receive => key::DESK_BILL_RECEIVE,
            Self::Uphold => key::DESK_BILL_UPHOLD,
            Self::Refund => key::DESK_BILL_REFUND,
            Self::Cancel => key::DESK_BILL_CANCEL,
        }
    }

    fn has_amount(self) -> bool {
        matches!(self, Self::Receive | Self::Refund)
    }

    fn has_text(self) -> bool {
        !matches!(self, Self::Remind | Self::Split)
    }
}

/// What may be done with a bill as it is.
fn ways(bill: &CaseBill) -> Vec<Way> {
    match bill.state {
        BillState::Open | BillState::Reminded | BillState::PartPaid | BillState::InInstalments => {
            vec![Way::Remind, Way::Split, Way::Receive, Way::Cancel]
        }
        BillState::Disputed => vec![Way::Uphold, Way::Receive, Way::Cancel],
        BillState::Paying | BillState::Unknown => Vec::new(),
        BillState::Paid | BillState::Refunded | BillState::Cancelled => {
            if bill.paid_cents > bill.refunded_cents {
                vec![Way::Refund]
            } else {
                Vec::new()
            }
        }
    }
}

/// What is typed for it.
#[derive(Clone, Copy)]
struct Typed {
    amount: RwSignal<String>,
    text: RwSignal<String>,
    count: RwSignal<String>,
    first: RwSignal<String>,
}

impl Typed {
    /// The step, or what is missing.
    fn step(self, way: Way, left: u32) -> Result<BillStep, Key> {
        let text = self.text.get_untracked();
        if way.has_text() && text.trim().is_empty() {
            return Err(key::DESK_WRONG_EMPTY);
        }
        let cents = cents_of(&self.amount.get_untracked()).and_then(|cents| u32::try_from(cents).ok());
        let cents = cents.filter(|cents| *cents > 0).ok_or(key::DESK_WRONG_AMOUNT);
        Ok(match way {
            Way::Remind => BillStep::Remind {},
            Way::Split => BillStep::Split { parts: self.parts(left)? },
            Way::Receive => BillStep::Receive { amount_cents: cents?, text },
            Way::Uphold => BillStep::Uphold { text },
            Way::Refund => BillStep::Refund { amount_cents: cents?, text },
            Way::Cancel => BillStep::Cancel { text },
        })
    }

    /// Equal parts, month by month; the first takes what does not divide.
    fn parts(self, left: u32) -> Result<Vec<BillPart>, Key> {
        let count = self.count.get_untracked().parse().ok().filter(|count| (2..=24).contains(count));
        let count: u32 = count.filter(|count| *count <= left).ok_or(key::DESK_WRONG_COUNT)?;
        let first = Day::parse(&self.first.get_untracked()).ok_or(key::DESK_WRONG_DUE)?;
        let due = |number: u32| {
            let (year, month, day) = first.parts();
            let months = month - 1 + number;
            let (year, month) = (year + i32::try_from(months / 12).unwrap_or_default(), months % 12 + 1);
            // A month that has no such day ends sooner.
            (1..=day).rev().find_map(|day| Day::parse(&format!("{year:04}-{month:02}-{day:02}")))
        };
        let part = |number: u32| {
            let amount_cents = left / count + if number == 0 { left % count } else { 0 };
            due(number).map(|due| BillPart { amount_cents, due: due.to_string() })
        };
        (0..count).map(part).collect::<Option<_>>().ok_or(key::DESK_WRONG_DUE)
    }
}

pub fn bill_steps(own: Steps, bill: &CaseBill) -> AnyView {
    let ways = ways(bill);
    let Some(first) = ways.first().copied() else { return ().into_any() };
    let text = || RwSignal::new(String::new());
    let typed = Typed { amount: text(), text: text(), count: RwSignal::new("3".into()), first: text() };
    let (way, wrong) = (RwSignal::new(first), RwSignal::new(None::<String>));
    let (id, left) = (bill.id.clone(), bill.amount_cents - bill.paid_cents);
    let attempt = StoredValue::new(None::<BillChange>);
    let send = move |_: leptos::ev::MouseEvent| {
        let Some((case, _)) = own.seen().filter(|_| !own.busy.get_untracked()) else { return };
        let step = match typed.step(way.get_untracked(), left) {
            Ok(step) => step,
            Err(word) => return wrong.set(Some(t(word).to_owned())),
        };
        own.busy.set(true);
        wrong.set(None);
        // The same step is the same, pressed twice.
        let before = attempt.get_value().filter(|last| last.step == step);
        let new = before.unwrap_or_else(|| BillChange { id: new_id(), officer: String::new(), step });
        attempt.set_value(Some(new.clone()));
        let (bill, slug) = (id.clone(), own.seat.with_value(|seat| seat.institution.clone()));
        spawn_local(async move {
            match own.session.heard(api::desk::create_bill_step(&case, &slug, &bill, &new).await) {
                Ok(now) => {
                    announce(t(key::DESK_DONE));
                    change(own, |case| {
                        if let Some(one) = case.bills.iter_mut().find(|one| one.id == now.id) {
                            *one = now;
                        }
                        case.about.disputed = case.bills.iter().any(|one| one.state == BillState::Disputed);
                    });
                }
                Err(error) => drop(wrong.try_set(Some(said(&error)))),
            }
            let _ = own.busy.try_set(false);
        });
    };
    let name = bill.number.to_string();
    let option = |one: Way| {
        let code = one as u8;
        view! { <option value=code.to_string() selected=one == first>{t(one.word())}</option> }.into_any()
    };
    let options = list(ways.clone(), option);
    let choose = move |event: leptos::ev::Event| {
        let code = event_target_value(&event);
        if let Some(found) = ways.iter().find(|one| (**one as u8).to_string() == code) {
            wrong.set(None);
            way.set(*found);
        }
    };
    let fields = {
        let id = bill.id.clone();
        move || fields(&id, way.get(), typed)
    };
    let select_id = format!("bill-way-{}", bill.id);
    view! {
        <details class="ds-details">
            <summary>{t(key::DESK_BILL_DO)}<span class="ds-sr-only">" "{name}</span></summary>
            <div class="du-stack" data-gap="s">
                <div class="ds-field">
                    <label class="ds-label" for=select_id.clone()>{t(key::DESK_BILL_WAY)}</label>
                    <select class="ds-input" id=select_id on:change=on(choose)>{options}</select>
                </div>
                {dynamic(fields)}
                <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
                <div class="du-row"><button class="ds-button" data-variant="secondary" type="button" disabled=own.busy on:click=on(send)>{t(key::DESK_BILL_DO_NOW)}</button></div>
            </div>
        </details>
    }
    .into_any()
}

/// What a way needs to be told.
fn fields(bill: &str, way: Way, typed: Typed) -> AnyView {
    let field = |what: &str, label: Key, kind: &'static str, mode: &'static str, value: RwSignal<String>| {
        let id = format!("{what}-{bill}");
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id.clone()>{t(label)}</label>
                <input class="ds-input" type=kind id=id inputmode=mode autocomplete="off" prop:value=value on:input=on(move |event| value.set(event_target_value(&event)))/>
            </div>
        }
        .into_any()
    };
    let words = way.has_text().then(|| {
        let (id, value) = (format!("text-{bill}"), typed.text);
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id.clone()>{t(key::DESK_BILL_TEXT)}</label>
                <textarea class="ds-input" id=id rows="3" maxlength="4000" prop:value=value on:input=on(move |event| value.set(event_target_value(&event)))></textarea>
            </div>
        }
    });
    let split = (way == Way::Split).then(|| {
        view! {
            {field("count", key::DESK_BILL_COUNT, "text", "numeric", typed.count)}
            {field("first", key::DESK_BILL_FIRST, "date", "none", typed.first)}
        }
    });
    view! {
        {way.has_amount().then(|| field("amount", key::DESK_BILL_AMOUNT, "text", "decimal", typed.amount))}
        {split}
        {words}
    }
    .into_any()
}

fn said(error: &ApiError) -> String {
    match error {
        ApiError::Conflict => t(key::DESK_BILL_CONFLICT).to_owned(),
        ApiError::Broken(broken) => {
            let field = broken.first().map(|one| one.field.as_str());
            t(match field {
                Some("parts") => key::DESK_WRONG_PARTS,
                Some("amount_cents") => key::DESK_WRONG_CENTS,
                _ => key::DESK_WRONG_TEXT,
            })
            .to_owned()
        }
        other => problem(other),
    }
}
