//! Tokens with something changed anywhere: refused or, where the change says nothing, accepted; never a panic.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_web_eid::Revocation;

use crate::authority::now;
use crate::keys::Key;
use crate::scenario::{NONCE, Nobody, Scenario, at_once};

/// A sequence that is the same at each run (xorshift).
pub struct Dice(u64);

impl Dice {
    pub const fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    /// Changes, removes or adds some bytes.
    pub fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let (at, byte) = (self.below(bytes.len()), self.below(256));
            match self.below(4) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, u8::try_from(byte).unwrap()),
                2 => bytes[at] ^= 1 << (byte % 8),
                _ => bytes[at] = u8::try_from(byte).unwrap(),
            }
        }
    }
}

#[test]
fn a_token_with_other_letters_never_panics() {
    let (scenario, mut dice) = (Scenario::new(), Dice::new());
    let (token, validator) = (scenario.token().to_string(), scenario.validator().unwrap());
    for _ in 0..2000 {
        let mut bytes = token.clone().into_bytes();
        dice.mutate(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let _ = at_once(validator.validate(&text, NONCE, now(), &Revocation::<Nobody>::Unasked));
    }
}

#[test]
fn a_certificate_with_other_bytes_is_refused() {
    for scenario in [Scenario::new(), Scenario::by(Key::Rsa, "PS256")] {
        let (mut token, mut dice, validator) = (scenario.token(), Dice::new(), scenario.validator().unwrap());
        let certificate = STANDARD.decode(token["unverifiedCertificate"].as_str().unwrap()).unwrap();
        for _ in 0..300 {
            let mut bytes = certificate.clone();
            dice.mutate(&mut bytes);
            if bytes != certificate {
                token["unverifiedCertificate"] = STANDARD.encode(&bytes).into();
                let token = token.to_string();
                let answer = at_once(validator.validate(&token, NONCE, now(), &Revocation::<Nobody>::Unasked));
                assert!(answer.is_err(), "{}", STANDARD.encode(&bytes));
            }
        }
    }
}
