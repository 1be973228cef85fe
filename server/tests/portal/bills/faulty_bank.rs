//! A bank after NextGenPSD2 whose every answer may be lost before it is done, after it is done, or make no sense. It says when
//! money moves.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use durvis_server::bills::bank::{BankSettings, Banks, Settings};
use durvis_server::outbound::Outbound;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What the citizen, or the bank, decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Received,
    /// Confirmed; the money has not moved yet.
    Pending,
    Settled,
    Rejected,
}

#[derive(Clone, Debug)]
struct Order {
    /// The portal's id of the payment.
    payment: String,
    /// What it pays, as the remittance text names it.
    text: String,
    cents: i64,
    status: Status,
}

#[derive(Debug, Default)]
struct Books {
    orders: Vec<Order>,
    by_request: BTreeMap<String, usize>,
    random: u64,
    is_faulty: bool,
}

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// Nothing was done.
    Before,
    /// It was done, and nobody hears of it.
    After,
    /// It was done, and the answer is no answer.
    Garbled,
}

/// The bank's books.
#[derive(Clone, Debug, Default)]
pub struct FaultyBank(Arc<Mutex<Books>>);

impl FaultyBank {
    /// Opens it on this machine.
    pub async fn open(random: u64) -> (Self, Banks) {
        let bank = Self::default();
        bank.books().random = random;
        let router = Router::new()
            .route("/v1/payments/{product}", post(begin))
            .route("/v1/payments/{product}/{id}", axum::routing::delete(cancel))
            .route("/v1/payments/{product}/{id}/status", get(status))
            .with_state(bank.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let one = BankSettings {
            slug: "faulty".into(),
            name: BTreeMap::from([("lv".into(), "Kļūdu banka".into())]),
            url,
            product: "sepa-credit-transfers".into(),
        };
        let settings = Settings {
            creditor_name: "Valsts kase".into(),
            creditor_iban: "LV80BANK0000435195001".into(),
            banks: vec![one],
        };
        (bank, Banks::new(settings, "http://127.0.0.1:8080", Outbound::new().unwrap()))
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap()
    }

    /// From now on calls fail, or do not.
    pub fn set_faulty(&self, is_faulty: bool) {
        self.books().is_faulty = is_faulty;
    }

    /// A number below `most`.
    pub fn random(&self, most: u64) -> u64 {
        self.books().random(most)
    }

    /// The payments by which money has moved for one of those bills, and how much: `numbers` are the bills' references.
    pub fn settled(&self, numbers: &[String]) -> Vec<(String, i64)> {
        let books = self.books();
        let settled = books.orders.iter().filter(|one| one.names(numbers) && one.status == Status::Settled);
        settled.map(|one| (one.payment.clone(), one.cents)).collect()
    }

    /// Moves an order of one of those bills on that is in a status; one at a time, as citizens do.
    pub fn decide(&self, numbers: &[String], from: Status, to: Status) {
        let mut books = self.books();
        if let Some(one) = books.orders.iter_mut().find(|one| one.names(numbers) && one.status == from) {
            one.status = to;
        }
    }

    /// Closes its books: what comes next begins with none.
    pub fn forget(&self) {
        let mut books = self.books();
        books.orders.clear();
        books.by_request.clear();
    }

    /// All that were confirmed go through.
    pub fn settle(&self, numbers: &[String]) {
        let mut books = self.books();
        for one in books.orders.iter_mut().filter(|one| one.names(numbers) && one.status == Status::Pending) {
            one.status = Status::Settled;
        }
    }
}

impl Order {
    fn names(&self, numbers: &[String]) -> bool {
        self.text.split(' ').any(|word| numbers.iter().any(|number| number == word))
    }
}

impl Books {
    fn random(&mut self, most: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % most
    }

    fn fault(&mut self) -> Fault {
        match self.random(10) {
            _ if !self.is_faulty => Fault::None,
            0 => Fault::Before,
            1 => Fault::After,
            2 => Fault::Garbled,
            _ => Fault::None,
        }
    }
}

impl Fault {
    fn spoil(self, answer: Response) -> Response {
        match self {
            Self::None => answer,
            Self::Before | Self::After => StatusCode::BAD_GATEWAY.into_response(),
            Self::Garbled => (answer.status(), "{\"half\": ").into_response(),
        }
    }
}

async fn begin(State(bank): State<FaultyBank>, headers: HeaderMap, Json(order): Json<Value>) -> Response {
    let mut books = bank.books();
    let fault = books.fault();
    if fault == Fault::Before {
        return fault.spoil(().into_response());
    }
    let request = headers["x-request-id"].to_str().unwrap().to_owned();
    let text = order["remittanceInformationUnstructured"].as_str().unwrap().to_owned();
    let new = books.orders.len();
    let id = *books.by_request.entry(request).or_insert(new);
    if id == new {
        let payment = order["endToEndIdentification"].as_str().unwrap().to_owned();
        let amount = order["instructedAmount"]["amount"].as_str().unwrap();
        let cents = amount.replace('.', "").parse().unwrap();
        books.orders.push(Order { payment, text, cents, status: Status::Received });
    }
    let redirect = format!("http://127.0.0.1/pay/{id}");
    let told = json!({"transactionStatus": "RCVD", "paymentId": id.to_string(), "_links": {"scaRedirect": {"href": redirect}}});
    fault.spoil((StatusCode::CREATED, Json(told)).into_response())
}

async fn status(State(bank): State<FaultyBank>, Path((_, id)): Path<(String, usize)>) -> Response {
    let mut books = bank.books();
    let fault = books.fault();
    let code = match books.orders[id].status {
        Status::Received => "RCVD",
        Status::Pending => "PDNG",
        Status::Settled => "ACSC",
        Status::Rejected => "RJCT",
    };
    fault.spoil(Json(json!({ "transactionStatus": code })).into_response())
}

async fn cancel(State(bank): State<FaultyBank>, Path((_, id)): Path<(String, usize)>) -> Response {
    let mut books = bank.books();
    let fault = books.fault();
    if fault == Fault::Before {
        return fault.spoil(().into_response());
    }
    let order = &mut books.orders[id];
    if order.status != Status::Received {
        return fault.spoil(StatusCode::BAD_REQUEST.into_response());
    }
    order.status = Status::Rejected;
    fault.spoil(StatusCode::NO_CONTENT.into_response())
}
