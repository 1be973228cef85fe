//! Letters by e-mail. What they say stands in server/letters/, a file for each kind and language: the subject in the first
//! line, then the text.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
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

    /// Sends a letter to an address, in a language, with what stands in its braces.
    ///
    /// # Errors
    /// [`ApiError::Silent`] when the mail server does not take it.
    pub async fn send(&self, to: &str, letter: &Letter, lang: &str, values: &[(&str, &str)]) -> Result<(), ApiError> {
        let silent = |cause: String| ApiError::Silent("mail", cause);
        let (transport, from) = self.0.as_ref().ok_or_else(|| silent("no smtp_url is set".into()))?;
        let text = filled(letter.in_language(lang), values);
        let (subject, body) = text.split_once('\n').unwrap_or((&text, ""));
        let message = Message::builder()
            .from(from.clone())
            .to(to.parse().map_err(|_| ApiError::broken("email", "not_an_email"))?)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body.to_owned())
            .map_err(|error| ApiError::Internal(error.to_string()))?;
        let sent = tokio::time::timeout(SENT_WITHIN, transport.send(message)).await;
        match sent {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(silent(error.to_string())),
            Err(_) => Err(silent("it takes too long".into())),
        }
    }
}

impl Letter {
    fn in_language(&self, lang: &str) -> &'static str {
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
