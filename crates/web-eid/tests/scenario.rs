//! A sign-in from beginning to end, where everything is right until a test makes one thing wrong.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_test_cards::token::token;
use durvis_web_eid::{Origin, Refusal, Responders, Revocation, Subject, Trust, Validator};
use serde_json::Value;

use crate::authority::{Profile, now};
use crate::keys::{Form, Key};

pub const NONCE: &str = "12345678901234567890123456789012345678901234";

pub struct Scenario {
    pub person: Profile,
    pub authority: Profile,
    /// By which the authority signs.
    pub certified: &'static str,
    /// By which the card signs.
    pub algorithm: &'static str,
    pub signed_nonce: String,
    pub form: Form,
    pub origin: &'static str,
    pub nonce: String,
    /// Policies of which one is asked for.
    pub permitted: Vec<String>,
    /// Last of all, the token itself.
    pub edit: Box<dyn Fn(&mut Value)>,
    /// Trusted instead of the authority.
    pub trusted: Option<Vec<Vec<u8>>>,
}

impl Scenario {
    pub fn new() -> Self {
        Self::by(Key::P384(1), "ES384")
    }

    pub fn by(key: Key, algorithm: &'static str) -> Self {
        Self {
            person: Profile::person(key),
            authority: Profile::authority("Test CA", Key::P521(2)),
            certified: "ES512",
            algorithm,
            signed_nonce: NONCE.into(),
            form: Form::Raw,
            origin: "https://durvis.test",
            nonce: NONCE.into(),
            permitted: Vec::new(),
            edit: Box::new(|_| ()),
            trusted: None,
        }
    }

    pub fn token(&self) -> Value {
        let certificate = self.person.issued_by(&self.authority, self.certified);
        let (key, algorithm) = (self.person.key, self.algorithm);
        let mut token = token(&certificate, key, algorithm, self.form, "https://durvis.test", &self.signed_nonce);
        (self.edit)(&mut token);
        token
    }

    pub fn validator(&self) -> Result<Validator, Refusal> {
        let mut trust = Trust::default();
        let own = || vec![self.authority.issued_by(&self.authority, "ES512")];
        for certificate in self.trusted.clone().unwrap_or_else(own) {
            trust.add(&certificate).unwrap();
        }
        Ok(Validator::new(Origin::parse(self.origin)?, trust).permitting(&self.permitted).unwrap())
    }

    /// Changes the bytes of the signature afterwards.
    pub fn resign(&mut self, change: fn(&mut Vec<u8>)) {
        self.edit = Box::new(move |token| {
            let mut raw = STANDARD.decode(token["signature"].as_str().unwrap()).unwrap();
            change(&mut raw);
            token["signature"] = STANDARD.encode(raw).into();
        });
    }

    pub fn answer(&self) -> Result<Subject, Refusal> {
        self.answer_to(&self.token().to_string(), &Revocation::<Nobody>::Unasked)
    }

    pub fn answer_to<R: Responders>(&self, token: &str, revocation: &Revocation<'_, R>) -> Result<Subject, Refusal> {
        at_once(self.validator()?.validate(token, &self.nonce, now(), revocation))
    }
}

/// Whoever is never asked.
pub struct Nobody;

impl Responders for Nobody {
    fn nonce(&self) -> [u8; 32] {
        unreachable!("nobody is asked")
    }

    async fn ask(&self, _: &str, _: Vec<u8>) -> Result<Vec<u8>, String> {
        unreachable!("nobody is asked")
    }
}

/// Nothing here waits for anything.
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("nothing here waits"),
    }
}
