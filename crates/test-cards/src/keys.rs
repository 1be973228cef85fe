//! Private keys, and signatures by the names of JWS.

use std::sync::OnceLock;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912;
use der::asn1::{Any, BitString};
use der::{Decode, Encode};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::pkcs1::RsaPssParams;
use rsa::pkcs8::EncodePublicKey;
use rsa::rand_core::OsRng;
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::{Digest, Sha256, Sha384, Sha512};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

/// A private key. The number tells keys of a curve apart.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    P256(u8),
    P384(u8),
    P521(u8),
    Rsa,
    Weak,
}

/// How a signature of ECDSA is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Raw,
    Der,
}

fn rsa(key: Key) -> &'static RsaPrivateKey {
    static STRONG: OnceLock<RsaPrivateKey> = OnceLock::new();
    static WEAK: OnceLock<RsaPrivateKey> = OnceLock::new();
    let (cell, bits) = if matches!(key, Key::Weak) { (&WEAK, 1024) } else { (&STRONG, 2048) };
    cell.get_or_init(|| RsaPrivateKey::new(&mut OsRng, bits).unwrap())
}

/// The digest that an algorithm signs.
#[must_use]
pub fn digest(name: &str, message: &[u8]) -> Vec<u8> {
    match &name[2..] {
        "256" => Sha256::digest(message).to_vec(),
        "384" => Sha384::digest(message).to_vec(),
        _ => Sha512::digest(message).to_vec(),
    }
}

impl Key {
    /// The public key, as certificates have it.
    #[must_use]
    pub fn public(self) -> SubjectPublicKeyInfoOwned {
        let (curve, point) = match self {
            Self::P256(seed) => (rfc5912::SECP_256_R_1, p256(seed).verifying_key().to_sec1_bytes()),
            Self::P384(seed) => (rfc5912::SECP_384_R_1, p384(seed).verifying_key().to_sec1_bytes()),
            Self::P521(seed) => (rfc5912::SECP_521_R_1, p521(seed).verifying_key().to_sec1_bytes()),
            Self::Rsa | Self::Weak => {
                let der = rsa(self).to_public_key().to_public_key_der().unwrap();
                return SubjectPublicKeyInfoOwned::from_der(der.as_bytes()).unwrap();
            }
        };
        let algorithm = AlgorithmIdentifierOwned { oid: rfc5912::ID_EC_PUBLIC_KEY, parameters: Some(Any::from(curve)) };
        SubjectPublicKeyInfoOwned { algorithm, subject_public_key: BitString::from_bytes(&point).unwrap() }
    }

    /// Signs by an algorithm as JWS names it.
    #[must_use]
    pub fn sign(self, name: &str, form: Form, message: &[u8]) -> Vec<u8> {
        let hashed = digest(name, message);
        match self {
            Self::P256(seed) => {
                let signature: p256::ecdsa::Signature = p256(seed).sign_prehash(&hashed).unwrap();
                if form == Form::Raw { signature.to_bytes().to_vec() } else { signature.to_der().as_bytes().to_vec() }
            }
            Self::P384(seed) => {
                let signature: p384::ecdsa::Signature = p384(seed).sign_prehash(&hashed).unwrap();
                if form == Form::Raw { signature.to_bytes().to_vec() } else { signature.to_der().as_bytes().to_vec() }
            }
            Self::P521(seed) => {
                let hashed = [vec![0; 66 - hashed.len()], hashed].concat();
                let signature: p521::ecdsa::Signature = p521(seed).sign_prehash(&hashed).unwrap();
                if form == Form::Raw { signature.to_bytes().to_vec() } else { signature.to_der().as_bytes().to_vec() }
            }
            Self::Rsa | Self::Weak if name.starts_with("PS") => {
                let padding = match &name[2..] {
                    "256" => Pss::new_with_salt::<Sha256>(32),
                    "384" => Pss::new_with_salt::<Sha384>(48),
                    _ => Pss::new_with_salt::<Sha512>(64),
                };
                rsa(self).sign_with_rng(&mut OsRng, padding, &hashed).unwrap()
            }
            Self::Rsa | Self::Weak => {
                let padding = match &name[2..] {
                    "256" => Pkcs1v15Sign::new::<Sha256>(),
                    "384" => Pkcs1v15Sign::new::<Sha384>(),
                    _ => Pkcs1v15Sign::new::<Sha512>(),
                };
                rsa(self).sign(padding, &hashed).unwrap()
            }
        }
    }
}

fn p256(seed: u8) -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap()
}

fn p384(seed: u8) -> p384::ecdsa::SigningKey {
    p384::ecdsa::SigningKey::from_slice(&[seed; 48]).unwrap()
}

fn p521(seed: u8) -> p521::ecdsa::SigningKey {
    p521::ecdsa::SigningKey::from_slice(&[&[0; 2][..], &[seed; 64]].concat()).unwrap()
}

/// How X.509 names an algorithm. `SHA1` is one that nobody should take.
#[must_use]
pub fn identifier(name: &str) -> AlgorithmIdentifierOwned {
    let plain = |oid: ObjectIdentifier| AlgorithmIdentifierOwned { oid, parameters: None };
    match name {
        "ES256" => plain(rfc5912::ECDSA_WITH_SHA_256),
        "ES384" => plain(rfc5912::ECDSA_WITH_SHA_384),
        "ES512" => plain(rfc5912::ECDSA_WITH_SHA_512),
        "RS256" => plain(rfc5912::SHA_256_WITH_RSA_ENCRYPTION),
        "RS384" => plain(rfc5912::SHA_384_WITH_RSA_ENCRYPTION),
        "RS512" => plain(rfc5912::SHA_512_WITH_RSA_ENCRYPTION),
        "PS256" => pss(&RsaPssParams::new::<Sha256>(32)),
        "PS384" => pss(&RsaPssParams::new::<Sha384>(48)),
        "PS512" => pss(&RsaPssParams::new::<Sha512>(64)),
        _ => plain(ObjectIdentifier::new_unwrap("1.2.840.10045.4.1")),
    }
}

fn pss(parameters: &RsaPssParams<'_>) -> AlgorithmIdentifierOwned {
    let parameters = Any::from_der(&parameters.to_der().unwrap()).unwrap();
    AlgorithmIdentifierOwned { oid: rfc5912::ID_RSASSA_PSS, parameters: Some(parameters) }
}
