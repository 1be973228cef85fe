//! How far a bill is, in a word.

use durvis_contract::bill::BillState;
use leptos::prelude::*;

use crate::i18n::{key, t};
use crate::ui::icon::icon;

pub fn bill_tag(state: BillState) -> AnyView {
    let (colour, symbol, word) = match state {
        BillState::Open => ("warning", "clock", key::BILL_OPEN),
        BillState::Reminded => ("danger", "alert", key::BILL_REMINDED),
        BillState::PartPaid => ("warning", "clock", key::BILL_PART_PAID),
        BillState::InInstalments => ("warning", "calendar", key::BILL_IN_INSTALMENTS),
        BillState::Disputed => ("info", "help", key::BILL_DISPUTED),
        BillState::Paying => ("warning", "clock", key::BILL_PAYING),
        BillState::Unknown => ("info", "sync", key::BILL_UNKNOWN),
        BillState::Paid => ("success", "check", key::BILL_PAID),
        BillState::Refunded => ("neutral", "bill", key::BILL_REFUNDED),
        BillState::Cancelled => ("neutral", "close", key::BILL_CANCELLED),
    };
    view! { <span class="ds-tag" data-color=colour>{icon(symbol)}{t(word)}</span> }.into_any()
}
