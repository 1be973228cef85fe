//! What happened to a bill, in a word.

use durvis_contract::bill::BillEventKind;

use crate::i18n::{Key, key};

pub fn event_word(kind: BillEventKind) -> Key {
    match kind {
        BillEventKind::Reminded => key::BILL_EVENT_REMINDED,
        BillEventKind::Split => key::BILL_EVENT_SPLIT,
        BillEventKind::Received => key::BILL_EVENT_RECEIVED,
        BillEventKind::Disputed => key::BILL_EVENT_DISPUTED,
        BillEventKind::Upheld => key::BILL_EVENT_UPHELD,
        BillEventKind::Refunded => key::BILL_EVENT_REFUNDED,
        BillEventKind::Cancelled => key::BILL_EVENT_CANCELLED,
    }
}
