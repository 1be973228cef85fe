//! The bank's own page: the citizen sees what is to be paid, and decides.

use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{Payment, Status};
use crate::page::{self, LANGUAGES, coloured, gone, text};
use crate::world::{World, lock};

const COLOURS: [&str; 2] = ["#0b5d5e", "#7fd6d6"];
const TITLE: [&str; 3] = ["Apstipriniet maksājumu", "Подтвердите платёж", "Confirm the payment"];
const AMOUNT: [&str; 3] = ["Summa", "Сумма", "Amount"];
const TO: [&str; 3] = ["Saņēmējs", "Получатель", "To"];
const ACCOUNT: [&str; 3] = ["Konts", "Счёт", "Account"];
const ABOUT: [&str; 3] = ["Maksājuma mērķis", "Назначение платежа", "Details"];
const CONFIRM: [&str; 3] = ["Apstiprināt", "Подтвердить", "Confirm"];
const CANCEL: [&str; 3] = ["Atcelt", "Отменить", "Cancel"];
const REJECT: [&str; 3] = ["Banka noraida", "Банк отклоняет", "Let the bank reject it"];
const BANK: [&str; 3] = ["Izmēģinājumu banka", "Банк для испытаний", "Sandbox bank"];

/// What the page is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    ui_locales: String,
}

/// What the citizen decides.
#[derive(Deserialize)]
pub struct Decided {
    decision: Decision,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Decision {
    Confirm,
    Cancel,
    /// The account is empty, say.
    Reject,
}

/// The page.
pub async fn shown(State(world): State<Arc<World>>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    let payment = lock(&world.bank.0).payments.get(&id).cloned();
    let Some(payment) = payment else { return StatusCode::NOT_FOUND.into_response() };
    if payment.status != Status::Received {
        return gone(payment.back());
    }
    let lang = page::language(&asked.ui_locales);
    let order = &payment.order;
    let amount = format!("{} {}", order.instructed_amount.amount, order.instructed_amount.currency);
    let about = order.remittance_information_unstructured.as_deref().unwrap_or("-");
    let rows: String = [
        (AMOUNT, amount.as_str()),
        (TO, &order.creditor_name),
        (ACCOUNT, &order.creditor_account.iban),
        (ABOUT, about),
    ]
    .into_iter()
    .map(|(name, value)| format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", name[lang], text(value)))
    .collect();
    let button = |class: &str, value: &str, name: [&str; 3]| {
        format!("<button{class} name=\"decision\" value=\"{value}\">{}</button>", name[lang])
    };
    let body = format!(
        "<p class=\"name\">{}</p><h1>{}</h1><table>{rows}</table>\
         <form method=\"post\" class=\"row\" action=\"/bank/pay/{}\">{}{}{}</form>",
        BANK[lang],
        TITLE[lang],
        text(&id),
        button(" class=\"first\"", "confirm", CONFIRM),
        button("", "cancel", CANCEL),
        button("", "reject", REJECT),
    );
    coloured(COLOURS, StatusCode::OK, LANGUAGES[lang], TITLE[lang], &body)
}

/// The first decision counts; each leads back to the client.
pub async fn decided(State(world): State<Arc<World>>, Path(id): Path<String>, Form(given): Form<Decided>) -> Response {
    let mut books = lock(&world.bank.0);
    let Some(payment) = books.payments.get_mut(&id) else { return StatusCode::NOT_FOUND.into_response() };
    if payment.status == Status::Received {
        payment.status = match given.decision {
            Decision::Confirm => Status::Settled,
            Decision::Cancel => Status::Cancelled,
            Decision::Reject => Status::Rejected,
        };
    }
    gone(payment.back())
}

impl Payment {
    fn back(&self) -> &str {
        if self.status == Status::Settled { &self.redirect } else { &self.nok_redirect }
    }
}
