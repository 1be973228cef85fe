//! What an act in one's history is called.

use crate::i18n::{Key, key};

/// By its code in `durvis_contract::identity::ACT_KINDS`.
pub fn act_name(code: &str) -> Key {
    match code {
        "sign_in" => key::HISTORY_SIGN_IN,
        "sign_out" => key::HISTORY_SIGN_OUT,
        "session_ended" => key::HISTORY_SESSION_ENDED,
        "principal" => key::HISTORY_PRINCIPAL,
        "contact" => key::HISTORY_CONTACT,
        "email_asked" => key::HISTORY_EMAIL_ASKED,
        "email_verified" => key::HISTORY_EMAIL_VERIFIED,
        "use_started" => key::HISTORY_USE_STARTED,
        "use_sent" => key::HISTORY_USE_SENT,
        "use_ended" => key::HISTORY_USE_ENDED,
        "use_forgotten" => key::HISTORY_USE_FORGOTTEN,
        "payment_begun" => key::HISTORY_PAYMENT_BEGUN,
        "payment_failed" => key::HISTORY_PAYMENT_FAILED,
        "bill_paid" => key::HISTORY_BILL_PAID,
        "case_read" => key::HISTORY_CASE_READ,
        "case_taken" => key::HISTORY_CASE_TAKEN,
        "case_asked" => key::HISTORY_CASE_ASKED,
        "case_told" => key::HISTORY_CASE_TOLD,
        "case_answered" => key::HISTORY_CASE_ANSWERED,
        "case_decided" => key::HISTORY_CASE_DECIDED,
        "case_withdrawn" => key::HISTORY_CASE_WITHDRAWN,
        "registry_asked" => key::HISTORY_REGISTRY_ASKED,
        "deficiencies" => key::HISTORY_DEFICIENCIES,
        "data_copied" => key::HISTORY_DATA_COPIED,
        "document_given" => key::HISTORY_DOCUMENT_GIVEN,
        "bill_issued" => key::HISTORY_BILL_ISSUED,
        "bill_changed" => key::HISTORY_BILL_CHANGED,
        "bill_disputed" => key::HISTORY_BILL_DISPUTED,
        "document_shared" => key::HISTORY_DOCUMENT_SHARED,
        "document_fetched" => key::HISTORY_DOCUMENT_FETCHED,
        "share_ended" => key::HISTORY_SHARE_ENDED,
        _ => key::HISTORY_LOOKED,
    }
}
