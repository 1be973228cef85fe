//! Personal data at rest: sealed by authenticated encryption (XChaCha20-Poly1305), the key's id beside the value, so that keys
//! can be changed one after another. A person is found again by a keyed digest of the personal code.

use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::{fmt, fs};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use sha2::Sha256;

use crate::ambient::Ambient;

const NONCE: usize = 24;
/// The id of the key that finds persons. It seals nothing, and cannot be changed without sealing all anew.
const LOOKUP: &str = "lookup";

/// The keys of a portal. Printing it shows no key.
#[derive(Clone)]
pub struct Keys {
    /// Seals; the others only open.
    newest: String,
    by_id: BTreeMap<String, XChaCha20Poly1305>,
    /// Each key's own for signatures, made out of it.
    signing: BTreeMap<String, SigningKey>,
    lookup: [u8; 32],
}

/// Why keys cannot be read, or a value not opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    #[error("line {0} is not an id of letters and digits, a colon and 32 bytes in base64")]
    Line(usize),
    #[error("the key {0:?} stands there twice")]
    Twice(String),
    #[error("there must be a key named \"lookup\", and one more")]
    TooFew,
    #[error("the value is sealed by the key {0:?}, which is not among the keys")]
    Unknown(String),
    #[error("the value is not what was sealed, or not at its place")]
    Broken,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("newest", &self.newest).finish_non_exhaustive()
    }
}

impl Keys {
    /// Reads the file of keys: a line `id:base64` for each, the newest first; empty lines and those after `#` count nothing.
    ///
    /// # Errors
    /// Names the line, never what it holds.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let (mut newest, mut lookup, mut by_id) = (None, None, BTreeMap::new());
        let mut signing = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (id, key) = line.split_once(':').ok_or(KeysError::Line(number))?;
            let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let key: Option<[u8; 32]> = STANDARD.decode(key.trim()).ok().and_then(|key| key.try_into().ok());
            let key = key.filter(|_| plain).ok_or(KeysError::Line(number))?;
            if id == LOOKUP && lookup.replace(key).is_some() {
                return Err(KeysError::Twice(id.into()));
            } else if id != LOOKUP {
                newest.get_or_insert(id.to_owned());
                signing.insert(id.to_owned(), signing_key(&key).ok_or(KeysError::Line(number))?);
                if by_id.insert(id.to_owned(), XChaCha20Poly1305::new(&key.into())).is_some() {
                    return Err(KeysError::Twice(id.into()));
                }
            }
        }
        let (Some(newest), Some(lookup)) = (newest, lookup) else { return Err(KeysError::TooFew) };
        Ok(Self { newest, by_id, signing, lookup })
    }

    /// Reads the file of keys; makes one, for nobody else to read, where there is none.
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn load_or_make(file: &Path, ambient: &Ambient) -> Result<Self, String> {
        let named = |error: &dyn fmt::Display| format!("{}: {error}", file.display());
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| named(&error))?;
        }
        let mut options = fs::OpenOptions::new();
        match options.write(true).create_new(true).mode(0o600).open(file) {
            Ok(mut new) => {
                new.write_all(Self::generate(ambient).as_bytes()).map_err(|error| named(&error))?;
                tracing::warn!(file = %file.display(), "new keys made: keep this file, without it personal data is lost");
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(named(&error)),
        }
        Self::load(file)
    }

    /// Reads the file of keys.
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn load(file: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(file).map_err(|error| error.to_string());
        let keys = text.and_then(|text| Self::parse(&text).map_err(|error| error.to_string()));
        keys.map_err(|error| format!("{}: {error}", file.display()))
    }

    /// A file of new keys.
    #[must_use]
    pub fn generate(ambient: &Ambient) -> String {
        let key = || STANDARD.encode(ambient.bytes::<32>());
        format!("# Seals personal data. Whoever loses it loses the data.\nk1:{}\n{LOOKUP}:{}\n", key(), key())
    }

    /// Seals bytes for one place (say `"person:17"`): elsewhere they do not open. Gives `id.base64url`.
    #[must_use]
    pub fn seal(&self, ambient: &Ambient, plain: &[u8], place: &str) -> String {
        let nonce: [u8; NONCE] = ambient.bytes();
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = self.by_id[&self.newest].encrypt(&XNonce::from(nonce), payload).expect("memory suffices");
        format!("{}.{}", self.newest, URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// Opens what [`Keys::seal`] made for the same place.
    ///
    /// # Errors
    /// When a bit differs, the place is another, or the key is gone.
    pub fn open(&self, sealed: &str, place: &str) -> Result<Vec<u8>, KeysError> {
        let (id, text) = sealed.split_once('.').ok_or(KeysError::Broken)?;
        let key = self.by_id.get(id).ok_or_else(|| KeysError::Unknown(id.into()))?;
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| KeysError::Broken)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(KeysError::Broken)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| KeysError::Broken)?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        key.decrypt(&XNonce::from(nonce), payload).map_err(|_| KeysError::Broken)
    }

    /// Whether a value should be sealed anew: its key is not the newest.
    #[must_use]
    pub fn is_old(&self, sealed: &str) -> bool {
        sealed.split_once('.').is_none_or(|(id, _)| id != self.newest)
    }

    /// The digest by which a text is found again, in hexadecimal: the same for the same text, telling nothing of it.
    #[must_use]
    pub fn lookup(&self, text: &str) -> String {
        hmac(&self.lookup, text).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Signs a text by the newest key, for everybody to verify: ECDSA with P-256 and SHA-256. Gives the key's id, and r and s in
    /// base64url.
    #[must_use]
    pub fn sign(&self, text: &str) -> (String, String) {
        let signature: Signature = self.signing[&self.newest].sign(text.as_bytes());
        (self.newest.clone(), URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// The id of the key that seals and signs.
    #[must_use]
    pub fn newest(&self) -> &str {
        &self.newest
    }

    /// Whether one of the keys has signed a text.
    #[must_use]
    pub fn has_signed(&self, id: &str, text: &str, signature: &str) -> bool {
        let public = self.signing.get(id).map(coordinates);
        public.is_some_and(|[x, y]| verifies([&x, &y], text, signature))
    }

    /// What verifies signatures: id and coordinates x and y of each key, in base64url; those of older keys, too.
    #[must_use]
    pub fn public(&self) -> Vec<(String, [String; 2])> {
        self.signing.iter().map(|(id, key)| (id.clone(), coordinates(key))).collect()
    }
}

fn coordinates(key: &SigningKey) -> [String; 2] {
    let point = key.verifying_key().to_sec1_point(false);
    // 4, then 32 bytes each.
    [1..33, 33..65].map(|range| URL_SAFE_NO_PAD.encode(&point.as_bytes()[range]))
}

/// Whether a text is signed by a key, given as the coordinates of its point; all in base64url.
#[must_use]
pub fn verifies([x, y]: [&str; 2], text: &str, signature: &str) -> bool {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let point = bytes(x).zip(bytes(y)).map(|(x, y)| [&[4], &x[..], &y[..]].concat());
    let key = point.and_then(|point| VerifyingKey::from_sec1_bytes(&point).ok());
    let signature = bytes(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
    key.zip(signature).is_some_and(|(key, signature)| key.verify(text.as_bytes(), &signature).is_ok())
}

fn hmac(key: &[u8; 32], text: &str) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("any length does");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

/// A key for signatures out of one that seals; none for one key in 2^32 of those that nobody made by hand.
fn signing_key(key: &[u8; 32]) -> Option<SigningKey> {
    SigningKey::from_slice(&hmac(key, "durvis record signing key 1")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::parse(&Keys::generate(&Ambient::default())).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_at_its_place_only() {
        let (keys, ambient) = (keys(), Ambient::default());
        let sealed = keys.seal(&ambient, b"32 1234", "person:1");
        assert_eq!(keys.open(&sealed, "person:1").unwrap(), b"32 1234");
        assert_eq!(keys.open(&sealed, "person:2"), Err(KeysError::Broken));
        assert_ne!(sealed, keys.seal(&ambient, b"32 1234", "person:1"), "never twice the same");
    }

    #[test]
    fn a_changed_bit_does_not_open() {
        let keys = keys();
        let sealed = keys.seal(&Ambient::default(), b"secret", "x");
        for at in 3..sealed.len() {
            let mut other = sealed.clone().into_bytes();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            assert!(keys.open(std::str::from_utf8(&other).unwrap(), "x").is_err(), "at {at}");
        }
    }

    #[test]
    fn keys_are_changed_one_after_another() {
        let ambient = Ambient::default();
        let old = Keys::generate(&ambient);
        let sealed = Keys::parse(&old).unwrap().seal(&ambient, b"x", "p");
        let both = Keys::parse(&format!("k2:{}\n{old}", STANDARD.encode([7; 32]))).unwrap();
        assert_eq!(both.open(&sealed, "p").unwrap(), b"x");
        assert!(both.is_old(&sealed) && !both.is_old(&both.seal(&ambient, b"x", "p")));
        let only_new = old.lines().filter(|line| line.starts_with("lookup")).collect::<String>();
        let without = Keys::parse(&format!("k2:{}\n{only_new}", STANDARD.encode([7; 32]))).unwrap();
        assert_eq!(without.open(&sealed, "p"), Err(KeysError::Unknown("k1".into())));
    }

    #[test]
    fn a_file_that_is_wrong_names_its_line() {
        let key = STANDARD.encode([1; 32]);
        assert_eq!(Keys::parse("k1:short").unwrap_err(), KeysError::Line(1));
        assert_eq!(Keys::parse(&format!("k1:{key}\nk1:{key}")).unwrap_err(), KeysError::Twice("k1".into()));
        assert_eq!(Keys::parse(&format!("k1:{key}")).unwrap_err(), KeysError::TooFew);
    }
}
