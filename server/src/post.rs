//! Letters by e-mail. What they say stands in server/letters/, a file for each kind and language: the subject in the first
//! line, then the text.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::error::ApiError;

const SENT_WITHIN: Duration = Duration::from_secs(10);

macro_rules! letter {
    ($name:literal) => {
        Letter([
            ("lv", include_str!(concat!("../letters/", $name, ".lv.txt"))),
            ("ru", include_str!(concat!("../letters/", $name, ".ru.txt"))),
            ("en", include_str!(concat!("../letters/", $name, ".en.txt"))),
        ])
    };
}

/// A kind of letter, in each language.
pub struct Letter([(&'static str, &'static str); 3]);

/// The code that verifies an e-mail address: `code`.
pub const CODE: Letter = letter!("code");
/// To an institution, that data it keeps is wrong: `number`, `title`, `use`, `name`, `code`, `reach`, `text`.
pub const DEFICIENCIES: Letter = letter!("deficiencies");
/// To the portal's operator, that a page is broken: `number`, `email`, `page`, `lang`, `text`.
pub const ERROR_REPORT: Letter = letter!("error-report");
/// To the one who reported it: `number`, `page`.
pub const ERROR_RECEIVED: Letter = letter!("error-received");
/// To who wrote without signing in, what became of it: `number`, `text`, `again`.
pub const REPLY_TAKEN: Letter = letter!("reply-taken");
pub const REPLY_TOLD: Letter = letter!("reply-told");
pub const REPLY_ENDED: Letter = letter!("reply-ended");

/// Notices of what an institution did with a submission: `title`, `number`, `link`, `settings`, `stop`, `again`.
pub const CASE_TAKEN: Letter = letter!("case-taken");
pub const CASE_ASKED: Letter = letter!("case-asked");
pub const CASE_TOLD: Letter = letter!("case-told");
pub const CASE_DECIDED: Letter = letter!("case-decided");
pub const DOCUMENT_GIVEN: Letter = letter!("document-given");
/// The same of a bill.
pub const BILL_MADE: Letter = letter!("bill-made");
pub const BILL_PAID: Letter = letter!("bill-paid");
pub const PAYMENT_FAILED: Letter = letter!("payment-failed");
/// The same of a day that has come, or is near.
pub const REMINDED: Letter = letter!("reminded");
pub const ANSWER_DUE: Letter = letter!("answer-due");
pub const BILL_DUE: Letter = letter!("bill-due");
pub const BILL_REMINDED: Letter = letter!("bill-reminded");
pub const BILL_CHANGED: Letter = letter!("bill-changed");
pub const BILL_REFUNDED: Letter = letter!("bill-refunded");
pub const DRAFT_ENDS: Letter = letter!("draft-ends");
pub const ANSWERS_END: Letter = letter!("answers-end");
pub const DOCUMENT_EXPIRES: Letter = letter!("document-expires");
/// What `again` says of a letter that may have come before.
pub const POSSIBLY_REPEATED: Letter = letter!("possibly-repeated");

/// Why a letter did not go.
#[derive(Debug)]
pub enum Undelivered {
    /// It may go another time.
    Later(String),
    /// Nobody heard whether the mail server took it.
    Unknown(String),
    /// The mail server has said no for good.
    Never(String),
}

impl Undelivered {
    fn cause(self) -> String {
        match self {
            Self::Later(cause) | Self::Unknown(cause) | Self::Never(cause) => cause,
        }
    }
}

/// Sends letters; a portal without a mail server says that it cannot.
#[derive(Clone, Default)]
pub struct Post(Option<(AsyncSmtpTransport<Tokio1Executor>, Mailbox)>);

impl Post {
    /// By a server's URL (`smtp://127.0.0.1:2525`, `smtps://user:secret@mail.example`), from an address.
    ///
    /// # Errors
    /// Says which of the two is wrong.
    pub fn new(url: &str, from: &str) -> Result<Self, String> {
        // The URL may hold a password: it is not repeated.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let transport = transport.map_err(|_| "smtp_url is not such as smtp://127.0.0.1:25".to_owned())?;
        let from = from.parse().map_err(|_| format!("mail_from {from:?} is not an address"))?;
        Ok(Self(Some((transport.timeout(Some(SENT_WITHIN)).build(), from))))
    }

    /// Whether there is a mail server.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.is_some()
    }

    /// Sends a letter to an address, in a language, with what stands in its braces.
    ///
    /// # Errors
    /// [`ApiError::Silent`] when the mail server does not take it.
    pub async fn send(&self, to: &str, letter: &Letter, lang: &str, values: &[(&str, &str)]) -> Result<(), ApiError> {
        if to.parse::<Mailbox>().is_err() {
            return Err(ApiError::broken("email", "not_an_email"));
        }
        self.deliver(to, letter, lang, values)
            .await
            .map_err(|undelivered| ApiError::Silent("mail", undelivered.cause()))
    }

    /// The same, for who tries again.
    ///
    /// # Errors
    /// Says whether another try may help.
    pub async fn deliver(
        &self,
        to: &str,
        letter: &Letter,
        lang: &str,
        values: &[(&str, &str)],
    ) -> Result<(), Undelivered> {
        let (transport, from) = self.0.as_ref().ok_or_else(|| Undelivered::Later("no smtp_url is set".into()))?;
        let text = filled(letter.in_language(lang), values);
        let (subject, body) = text.split_once('\n').unwrap_or((&text, ""));
        let mut message = Message::builder();
        if let Some((_, stop)) = values.iter().find(|(name, _)| *name == "stop") {
            message = message.header(ListUnsubscribe(format!("<{stop}>"))).header(ListUnsubscribePost);
        }
        let message = message
            .from(from.clone())
            .to(to.parse().map_err(|_| Undelivered::Never("no address".into()))?)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body.to_owned())
            .map_err(|error| Undelivered::Never(error.to_string()))?;
        match tokio::time::timeout(SENT_WITHIN, transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => Err(Undelivered::Never(error.to_string())),
            Ok(Err(error)) if error.is_transient() || error.is_client() => Err(Undelivered::Later(error.to_string())),
            // Only its text says that nobody answered at all.
            Ok(Err(error)) if error.to_string().starts_with("Connection error") => {
                Err(Undelivered::Later(error.to_string()))
            }
            // The line broke, or the answer was none: the letter may have been taken all the same.
            Ok(Err(error)) => Err(Undelivered::Unknown(error.to_string())),
            Err(_) => Err(Undelivered::Unknown("it takes too long".into())),
        }
    }
}

/// Where a mail program says that no more letters are wanted (RFC 2369, RFC 8058).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.into()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// That it may say so at once, without asking anybody (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".into())
    }
}

impl Letter {
    pub(crate) fn in_language(&self, lang: &str) -> &'static str {
        self.0.iter().find(|(one, _)| *one == lang).unwrap_or(&self.0[0]).1
    }
}

/// A text with values in place of `{names}`; what stands in a value is never looked at again.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(one, _)| *one == name)?;
            Some((value, after))
        });
        match named {
            Some((value, after)) => {
                // The first line is the subject: a value may not begin another line of the head.
                let is_subject = !out.contains('\n');
                out.push_str(&if is_subject { value.replace(['\r', '\n'], " ") } else { (*value).to_owned() });
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_text_and_nothing_else() {
        let text = "About {what}\nSaid: {text} {nothing}";
        let values = [("what", "x\r\nBcc: y"), ("text", "{what}\n{")];
        assert_eq!(filled(text, &values), "About x  Bcc: y\nSaid: {what}\n{ {nothing}");
    }
}
