//! Payments, from the order to the money.

use serde_json::{Value, json};

use crate::client::{Answer, Sandbox};

const PAYMENTS: &str = "/bank/v1/payments/sepa-credit-transfers";
const REQUEST: &str = "99391c7e-ad88-49ec-a2ad-99ddcb1f7721";
const BACK: &str = "http://localhost:8080/lv/paid?n=1";

fn order() -> Value {
    json!({
        "instructedAmount": { "currency": "EUR", "amount": "12.30" },
        "creditorAccount": { "iban": "LV80BANK0000435195001" },
        "creditorName": "Valsts kase",
        "remittanceInformationUnstructured": "Pase <1>",
    })
}

fn begin(sandbox: &Sandbox, request: &str, order: &Value) -> Answer {
    let headers = [
        ("x-request-id", request),
        ("tpp-redirect-uri", BACK),
        ("tpp-nok-redirect-uri", "http://localhost:8080/lv/not"),
    ];
    sandbox.ask("POST", PAYMENTS, &headers, &order.to_string())
}

/// Where the citizen decides, and where the client asks.
fn begun(sandbox: &Sandbox) -> (String, String) {
    let answer = begin(sandbox, REQUEST, &order());
    assert_eq!((answer.status, answer.json()["transactionStatus"].as_str()), (201, Some("RCVD")), "{}", answer.body);
    let links = answer.json()["_links"].clone();
    let page = links["scaRedirect"]["href"].as_str().unwrap().strip_prefix(&sandbox.origin).unwrap().to_owned();
    (page, links["status"]["href"].as_str().unwrap().to_owned())
}

fn status(sandbox: &Sandbox, place: &str) -> String {
    sandbox.get(place).json()["transactionStatus"].as_str().unwrap().to_owned()
}

#[test]
fn a_payment_that_is_confirmed_is_settled() {
    let sandbox = Sandbox::start();
    let (page, place) = begun(&sandbox);
    assert_eq!(status(&sandbox, &place), "RCVD");
    let shown = sandbox.get(&format!("{page}?ui_locales=en"));
    assert!(
        shown.body.contains("12.30 EUR") && shown.body.contains("Pase &lt;1&gt;") && shown.body.contains("Confirm")
    );
    let back = sandbox.post(&page, &[], &[("decision", "confirm")]);
    assert_eq!((back.status, back.header("location")), (303, BACK));
    sandbox.misbehave(&json!({ "part": "bank", "kind": "pending", "times": 2 }));
    let told = [(); 3].map(|()| status(&sandbox, &place));
    assert_eq!(told, ["PDNG", "PDNG", "ACSC"]);
    sandbox.post(&page, &[], &[("decision", "cancel")]);
    assert_eq!(status(&sandbox, &place), "ACSC", "the first decision counts");
    assert_eq!(sandbox.get(&page).header("location"), BACK);
}

#[test]
fn a_payment_may_be_cancelled_or_rejected() {
    for (decision, told) in [("cancel", "CANC"), ("reject", "RJCT")] {
        let sandbox = Sandbox::start();
        let (page, place) = begun(&sandbox);
        let back = sandbox.post(&page, &[], &[("decision", decision)]);
        assert_eq!(back.header("location"), "http://localhost:8080/lv/not");
        assert_eq!(status(&sandbox, &place), told);
    }
}

#[test]
fn the_same_request_again_is_the_same_payment() {
    let sandbox = Sandbox::start();
    let first = begin(&sandbox, REQUEST, &order()).json()["paymentId"].clone();
    assert_eq!(begin(&sandbox, REQUEST, &order()).json()["paymentId"], first);
    let other = "99391c7e-ad88-49ec-a2ad-99ddcb1f7722";
    assert_ne!(begin(&sandbox, other, &order()).json()["paymentId"], first);
    let mut dearer = order();
    dearer["instructedAmount"]["amount"] = "99.00".into();
    assert_eq!(begin(&sandbox, REQUEST, &dearer).status, 400);
}

#[test]
fn an_order_that_makes_no_sense_is_refused() {
    let sandbox = Sandbox::start();
    for (place, wrong) in [
        ("/instructedAmount/amount", "12,30"),
        ("/instructedAmount/amount", "0.00"),
        ("/instructedAmount/currency", "USD"),
        ("/creditorAccount/iban", "LV81BANK0000435195001"),
        ("/creditorName", ""),
    ] {
        let mut order = order();
        *order.pointer_mut(place).unwrap() = wrong.into();
        let answer = begin(&sandbox, REQUEST, &order);
        assert_eq!(
            (answer.status, answer.json()["tppMessages"][0]["code"].as_str()),
            (400, Some("FORMAT_ERROR")),
            "{wrong}"
        );
    }
    assert_eq!(begin(&sandbox, "once", &order()).status, 400);
    assert_eq!(sandbox.get(&format!("{PAYMENTS}/nothing/status")).status, 404);
    sandbox.misbehave(&json!({ "part": "bank", "kind": "error", "times": 1 }));
    assert_eq!(begin(&sandbox, REQUEST, &order()).status, 503);
}
