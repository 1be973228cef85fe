//! How far a bill is, in a word.

use durvis_contract::bill::BillState;
use leptos::prelude::*;

use crate::i18n::{key, t};
use crate::ui::icon::icon;

pub fn bill_tag(state: BillState) -> AnyView {
    let (colour, symbol, word) = match state {
        BillState::Open => ("warning", "clock", key::BILL_OPEN),
        BillState::Paying => ("warning", "clock", key::BILL_PAYING),
        BillState::Unknown => ("info", "sync", key::BILL_UNKNOWN),
        BillState::Cancelled => ("neutral", "close", key::BILL_CANCELLED),
        BillState::Paid => ("success", "check", key::BILL_PAID),
    };
    view! { <span class="ds-tag" data-color=colour>{icon(symbol)}{t(word)}</span> }.into_any()
}
