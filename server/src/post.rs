//! Letters by e-mail. What they say stands in server/letters/, a file for each kind and language: the subject in the first
//! line, then the text.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::error::ApiError;
use crate::identity::contact::CodeLetter;

const SENT_WITHIN: Duration = Duration::from_secs(10);
const CODE: [(&str, &str); 3] = [
    ("lv", include_str!("../letters/code.lv.txt")),
    ("ru", include_str!("../letters/code.ru.txt")),
    ("en", include_str!("../letters/code.en.txt")),
];

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

    /// Sends a code.
    ///
    /// # Errors
    /// [`ApiError::Silent`] when the mail server does not take it.
    pub async fn send_code(&self, letter: &CodeLetter) -> Result<(), ApiError> {
        let silent = |cause: String| ApiError::Silent("mail", cause);
        let (transport, from) = self.0.as_ref().ok_or_else(|| silent("no smtp_url is set".into()))?;
        let text = CODE.iter().find(|(lang, _)| *lang == letter.lang).unwrap_or(&CODE[0]).1;
        let text = text.replace("{code}", &letter.code);
        let (subject, body) = text.split_once('\n').unwrap_or((&text, ""));
        let message = Message::builder()
            .from(from.clone())
            .to(letter.to.parse().map_err(|_| ApiError::broken("email", "not_an_email"))?)
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
