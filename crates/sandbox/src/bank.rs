//! A bank that takes payments as NextGenPSD2 says: a client begins one, the citizen confirms it on the bank's own page, and the
//! client asks what became of it.

mod consent;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::misbehave::Kind;
use crate::page::is_local;
use crate::world::{World, lock, secret};

/// The kinds of payment there are.
const PRODUCTS: [&str; 2] = ["sepa-credit-transfers", "instant-sepa-credit-transfers"];
/// Most payments that are remembered.
const MAX_PAYMENTS: usize = 10_000;
/// Longest text in a payment, in characters.
const MAX_TEXT: usize = 140;

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    instructed_amount: Amount,
    creditor_account: Account,
    creditor_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    debtor_account: Option<Account>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end_to_end_identification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remittance_information_unstructured: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Amount {
    currency: String,
    /// With a point: `12.30`.
    amount: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Account {
    iban: String,
}

/// What has become of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Nobody has decided yet.
    Received,
    Settled,
    Rejected,
    Cancelled,
}

impl Status {
    fn code(self) -> &'static str {
        match self {
            Self::Received => "RCVD",
            Self::Settled => "ACSC",
            Self::Rejected => "RJCT",
            Self::Cancelled => "CANC",
        }
    }
}

/// A payment.
#[derive(Clone, Debug)]
struct Payment {
    product: String,
    order: Order,
    /// The body as it came: the same request again is the same body.
    body: Bytes,
    /// Where the browser goes when it is done, and when it is not.
    redirect: String,
    nok_redirect: String,
    status: Status,
}

/// The payments by their ids, and those ids by the requests'.
#[derive(Debug, Default)]
pub struct Bank(Mutex<Books>);

#[derive(Debug, Default)]
struct Books {
    payments: BTreeMap<String, Payment>,
    by_request: BTreeMap<String, String>,
}

/// What the bank answers.
pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/bank/v1/payments/{product}", post(begin))
        .route("/bank/v1/payments/{product}/{id}", get(payment).delete(cancel))
        .route("/bank/v1/payments/{product}/{id}/status", get(status))
        .route("/bank/pay/{id}", get(consent::shown).post(consent::decided))
}

/// An error as the standard writes it.
fn refused(status: StatusCode, code: &str, text: &str) -> Response {
    (status, Json(json!({ "tppMessages": [{ "category": "ERROR", "code": code, "text": text }] }))).into_response()
}

/// A new payment; the same one, when the same request comes again.
async fn begin(
    State(world): State<Arc<World>>,
    Path(product): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let format = |text: &str| refused(StatusCode::BAD_REQUEST, "FORMAT_ERROR", text);
    let one = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !PRODUCTS.contains(&product.as_str()) {
        return refused(StatusCode::NOT_FOUND, "PRODUCT_UNKNOWN", "there is no such payment product");
    }
    let request = one("x-request-id");
    if !is_uuid(request) {
        return format("X-Request-ID is no UUID");
    }
    let redirect = one("tpp-redirect-uri").to_owned();
    let nok_redirect =
        if one("tpp-nok-redirect-uri").is_empty() { redirect.clone() } else { one("tpp-nok-redirect-uri").into() };
    if !is_local(&redirect) || !is_local(&nok_redirect) {
        return format("TPP-Redirect-URI is not on this machine");
    }
    let order: Order = match serde_json::from_slice(&body) {
        Ok(order) => order,
        Err(error) => return format(&error.to_string()),
    };
    if let Err(mistake) = order.check() {
        return format(mistake);
    }
    let mut books = lock(&world.bank.0);
    if let Some(id) = books.by_request.get(request) {
        return match books.payments.get(id) {
            Some(known) if known.product == product && known.body == body => begun(&world.origin, id, known),
            _ => format("X-Request-ID was used for another payment"),
        };
    }
    if books.payments.len() >= MAX_PAYMENTS {
        return refused(StatusCode::TOO_MANY_REQUESTS, "ACCESS_EXCEEDED", "there are too many payments");
    }
    let payment = Payment { product, order, body, redirect, nok_redirect, status: Status::Received };
    let id = secret();
    let answer = begun(&world.origin, &id, &payment);
    books.by_request.insert(request.to_owned(), id.clone());
    books.payments.insert(id, payment);
    answer
}

fn begun(origin: &str, id: &str, payment: &Payment) -> Response {
    let own = format!("/bank/v1/payments/{}/{id}", payment.product);
    let answer = json!({
        "transactionStatus": Status::Received.code(),
        "paymentId": id,
        "_links": {
            "scaRedirect": { "href": format!("{origin}/bank/pay/{id}") },
            "self": { "href": own },
            "status": { "href": format!("{own}/status") },
        },
    });
    let headers = [(header::LOCATION, own), (header::HeaderName::from_static("aspsp-sca-approach"), "REDIRECT".into())];
    (StatusCode::CREATED, headers, Json(answer)).into_response()
}

async fn payment(State(world): State<Arc<World>>, Path((product, id)): Path<(String, String)>) -> Response {
    let Some(payment) = world.bank.find(&product, &id) else { return unknown() };
    let mut told = serde_json::to_value(&payment.order).unwrap_or_default();
    told["transactionStatus"] =
        Value::from(told_status(&world, &payment, &format!("/bank/v1/payments/{product}/{id}")));
    Json(told).into_response()
}

/// Forgets a payment that nobody has decided on.
async fn cancel(State(world): State<Arc<World>>, Path((product, id)): Path<(String, String)>) -> Response {
    let mut books = lock(&world.bank.0);
    let Some(payment) = books.payments.get_mut(&id).filter(|payment| payment.product == product) else {
        return unknown();
    };
    if payment.status != Status::Received {
        return refused(StatusCode::BAD_REQUEST, "CANCELLATION_INVALID", "it is decided");
    }
    payment.status = Status::Cancelled;
    StatusCode::NO_CONTENT.into_response()
}

async fn status(State(world): State<Arc<World>>, Path((product, id)): Path<(String, String)>) -> Response {
    let Some(payment) = world.bank.find(&product, &id) else { return unknown() };
    let path = format!("/bank/v1/payments/{product}/{id}/status");
    Json(json!({ "transactionStatus": told_status(&world, &payment, &path) })).into_response()
}

/// A confirmed payment stays pending as often as somebody has asked for that.
fn told_status(world: &World, payment: &Payment, path: &str) -> &'static str {
    if payment.status == Status::Settled && world.misbehaviour.take("bank", path) == Some(Kind::Pending) {
        return "PDNG";
    }
    payment.status.code()
}

fn unknown() -> Response {
    refused(StatusCode::NOT_FOUND, "RESOURCE_UNKNOWN", "there is no such payment")
}

impl Bank {
    fn find(&self, product: &str, id: &str) -> Option<Payment> {
        lock(&self.0).payments.get(id).filter(|payment| payment.product == product).cloned()
    }
}

impl Order {
    fn check(&self) -> Result<(), &'static str> {
        let Amount { currency, amount } = &self.instructed_amount;
        let (whole, cents) = amount.split_once('.').unwrap_or((amount, "00"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let some = amount.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        if currency != "EUR" {
            return Err("the currency is not EUR");
        }
        if !(digits(whole) && whole.len() <= 9 && digits(cents) && cents.len() <= 2 && some) {
            return Err("the amount is not such as 12.30");
        }
        if !std::iter::once(&self.creditor_account).chain(&self.debtor_account).all(|account| is_iban(&account.iban)) {
            return Err("an account is no IBAN");
        }
        let texts = [Some(&self.creditor_name), self.remittance_information_unstructured.as_ref()];
        let long = texts.into_iter().flatten().any(|text| text.chars().count() > MAX_TEXT);
        if long || self.creditor_name.trim().is_empty() { Err("a text is missing or too long") } else { Ok(()) }
    }
}

/// Letters, digits and the check number (ISO 13616).
fn is_iban(iban: &str) -> bool {
    if !(15..=34).contains(&iban.len()) || !iban.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    {
        return false;
    }
    let turned = iban[4..].bytes().chain(iban[..4].bytes());
    let rest = turned.fold(0_u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter - b'A') + 10) % 97,
    });
    rest == 1
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    parts == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_its_check_number() {
        for right in ["LV80BANK0000435195001", "GB29NWBK60161331926819"] {
            assert!(is_iban(right), "{right}");
        }
        for wrong in ["", "LV81BANK0000435195001", "lv80bank0000435195001", "LV80"] {
            assert!(!is_iban(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_request_has_a_uuid() {
        assert!(is_uuid("99391c7e-ad88-49ec-a2ad-99ddcb1f7721"));
        assert!(!is_uuid("99391c7e-ad88-49ec-a2ad") && !is_uuid(""));
    }
}
