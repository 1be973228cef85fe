//! Banks, after the Berlin Group's NextGenPSD2, redirect approach: a payment is initiated, the citizen decides on the bank's own
//! page, and the status says what became of it. A callback says nothing that is believed: the bank is asked.

use std::collections::BTreeMap;

use openidconnect::http::{Method, Request, header};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::outbound::Outbound;

/// Longest text that a credit transfer carries.
const MAX_REMITTANCE: usize = 140;

/// `[payment]` of the settings: who is paid, and the banks to pay with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The treasury, which receives the state's fees; the reference says for whom.
    pub creditor_name: String,
    pub creditor_iban: String,
    pub banks: Vec<BankSettings>,
}

/// One of `[[payment.banks]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankSettings {
    pub slug: String,
    /// By language.
    pub name: BTreeMap<String, String>,
    /// Where its `/v1/payments` is.
    pub url: String,
    /// `sepa-credit-transfers` or `instant-sepa-credit-transfers`.
    pub product: String,
}

/// What became of a payment, as the bank says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nobody has decided yet.
    Received,
    /// It is on its way.
    Pending,
    /// The money has moved.
    Settled,
    /// It will never move.
    Rejected,
}

/// Why a bank did not do it.
#[derive(Debug)]
pub enum BankError {
    /// It does not answer, or not so that one could know.
    Silent(String),
    /// It says no, for good.
    Refused(String),
}

/// The banks that one can pay with.
#[derive(Clone, Debug)]
pub struct Banks {
    pub settings: Settings,
    public_url: String,
    outbound: Outbound,
}

/// A payment as the bank has taken it.
#[derive(Debug)]
pub struct Initiated {
    pub bank_payment_id: String,
    pub redirect: String,
}

impl Banks {
    #[must_use]
    pub fn new(settings: Settings, public_url: &str, outbound: Outbound) -> Self {
        Self { settings, public_url: public_url.to_owned(), outbound }
    }

    #[must_use]
    pub fn find(&self, slug: &str) -> Option<&BankSettings> {
        self.settings.banks.iter().find(|bank| bank.slug == slug)
    }

    /// Initiates a payment. The same id again is, to the bank, the same request.
    ///
    /// # Errors
    /// [`BankError::Silent`] where it may have been taken.
    pub async fn initiate(
        &self,
        bank: &BankSettings,
        id: &str,
        amount_cents: i64,
        text: &str,
    ) -> Result<Initiated, BankError> {
        let back = format!("{}/pay/{id}/back", self.public_url);
        let text: String = text.chars().take(MAX_REMITTANCE).collect();
        let body = json!({
            "instructedAmount": {"currency": "EUR", "amount": format!("{}.{:02}", amount_cents / 100, amount_cents % 100)},
            "creditorAccount": {"iban": self.settings.creditor_iban},
            "creditorName": self.settings.creditor_name,
            "endToEndIdentification": id,
            "remittanceInformationUnstructured": text,
        });
        let request = Request::post(format!("{}/v1/payments/{}", bank.url, bank.product))
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-request-id", uuid(id))
            .header("tpp-redirect-uri", &back)
            .header("tpp-nok-redirect-uri", &back)
            .body(body.to_string().into_bytes());
        let (status, answer) = self.ask(request).await?;
        match status {
            201 => {
                let text = |value: &Value| value.as_str().map(str::to_owned);
                let (id, redirect) = (text(&answer["paymentId"]), text(&answer["_links"]["scaRedirect"]["href"]));
                let initiated =
                    id.zip(redirect).map(|(bank_payment_id, redirect)| Initiated { bank_payment_id, redirect });
                initiated.ok_or_else(|| BankError::Silent("taken, without id or redirect".into()))
            }
            400..=499 if status != 408 && status != 429 => Err(BankError::Refused(answer.to_string())),
            other => Err(BankError::Silent(format!("status {other}"))),
        }
    }

    /// Asks what became of it.
    ///
    /// # Errors
    /// [`BankError::Silent`] for every answer that does not say it.
    pub async fn status(&self, bank: &BankSettings, bank_payment_id: &str) -> Result<Said, BankError> {
        let url = format!("{}/v1/payments/{}/{bank_payment_id}/status", bank.url, bank.product);
        let (status, answer) = self.ask(Request::get(url).body(Vec::new())).await?;
        match (status, answer["transactionStatus"].as_str()) {
            (200, Some("ACSC" | "ACCC")) => Ok(Said::Settled),
            (200, Some("RJCT" | "CANC")) => Ok(Said::Rejected),
            (200, Some("RCVD")) => Ok(Said::Received),
            (200, Some("PDNG" | "ACTC" | "ACCP" | "ACSP" | "ACWC" | "PATC")) => Ok(Said::Pending),
            (status, said) => Err(BankError::Silent(format!("status {status}, {said:?}"))),
        }
    }

    /// Asks the bank to forget a payment that nobody has confirmed. What came of that, [`Banks::status`] says.
    ///
    /// # Errors
    /// [`BankError::Silent`] when it does not answer.
    pub async fn cancel(&self, bank: &BankSettings, bank_payment_id: &str) -> Result<(), BankError> {
        let url = format!("{}/v1/payments/{}/{bank_payment_id}", bank.url, bank.product);
        self.ask(Request::builder().method(Method::DELETE).uri(url).body(Vec::new())).await.map(drop)
    }

    async fn ask(
        &self,
        request: Result<Request<Vec<u8>>, openidconnect::http::Error>,
    ) -> Result<(u16, Value), BankError> {
        let silent = |cause: String| BankError::Silent(cause);
        let request = request.map_err(|error| silent(error.to_string()))?;
        let answer = self.outbound.send(request).await.map_err(|error| silent(error.to_string()))?;
        Ok((answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap_or_default()))
    }
}

/// 32 hexadecimal digits as a UUID.
fn uuid(id: &str) -> String {
    let part = |from, to| id.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}
