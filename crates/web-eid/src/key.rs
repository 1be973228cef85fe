//! Public keys, and whether a signature is theirs.

use std::ops::RangeInclusive;

use const_oid::db::rfc5912::{ID_EC_PUBLIC_KEY, RSA_ENCRYPTION, SECP_256_R_1, SECP_384_R_1, SECP_521_R_1};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Sha256, Sha384, Sha512};
use spki::SubjectPublicKeyInfoOwned;

use crate::algorithm::{Algorithm, Hash, Scheme};

const RSA_BITS: RangeInclusive<usize> = 2048..=8192;
/// Bytes of a number of P-521.
const P521_BYTES: usize = 66;

/// A key of a kind that cards and authorities have.
#[derive(Clone, Debug)]
pub enum PublicKey {
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
    Rsa(RsaPublicKey),
}

/// How a signature of ECDSA is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `r || s`, as cards do.
    Raw,
    /// As certificates do.
    Der,
}

impl PublicKey {
    /// The key of a certificate, when it is of a known kind and strong enough.
    #[must_use]
    pub fn of(info: &SubjectPublicKeyInfoOwned) -> Option<Self> {
        Self::of_bits(info, RSA_BITS)
    }

    /// The same, where RSA may be weaker or stronger: signatures of earlier years are judged, too.
    #[must_use]
    pub fn of_bits(info: &SubjectPublicKeyInfoOwned, rsa_bits: RangeInclusive<usize>) -> Option<Self> {
        let bytes = info.subject_public_key.as_bytes()?;
        match info.algorithm.oid {
            ID_EC_PUBLIC_KEY => match info.algorithm.parameters.as_ref()?.decode_as().ok()? {
                SECP_256_R_1 => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).ok().map(Self::P256),
                SECP_384_R_1 => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes).ok().map(Self::P384),
                SECP_521_R_1 => p521::ecdsa::VerifyingKey::from_sec1_bytes(bytes).ok().map(Self::P521),
                _ => None,
            },
            RSA_ENCRYPTION => {
                let numbers = rsa::pkcs1::RsaPublicKey::try_from(bytes).ok()?;
                let number = |number: rsa::pkcs1::UintRef<'_>| rsa::BigUint::from_bytes_be(number.as_bytes());
                let (modulus, exponent) = (number(numbers.modulus), number(numbers.public_exponent));
                let key = RsaPublicKey::new_with_max_size(modulus, exponent, *rsa_bits.end()).ok()?;
                rsa_bits.contains(&key.n().bits()).then_some(Self::Rsa(key))
            }
            _ => None,
        }
    }

    /// Whether a token's algorithm is one for this key: each curve has one hash, RSA takes all.
    pub const fn fits(&self, algorithm: Algorithm) -> bool {
        match (self, algorithm.scheme) {
            (Self::P256(_), Scheme::Ecdsa) => matches!(algorithm.hash, Hash::Sha256),
            (Self::P384(_), Scheme::Ecdsa) => matches!(algorithm.hash, Hash::Sha384),
            (Self::P521(_), Scheme::Ecdsa) => matches!(algorithm.hash, Hash::Sha512),
            (Self::Rsa(_), Scheme::Pkcs1 | Scheme::Pss { .. }) => true,
            _ => false,
        }
    }

    /// Whether the signature is this key's, over the message.
    pub fn verifies(&self, algorithm: Algorithm, form: Form, message: &[u8], signature: &[u8]) -> bool {
        let digest = algorithm.hash.digest(message);
        match (self, algorithm.scheme) {
            (Self::P256(key), Scheme::Ecdsa) => {
                let read = match form {
                    Form::Raw => p256::ecdsa::Signature::from_slice(signature),
                    Form::Der => p256::ecdsa::Signature::from_der(signature),
                };
                read.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok())
            }
            (Self::P384(key), Scheme::Ecdsa) => {
                let read = match form {
                    Form::Raw => p384::ecdsa::Signature::from_slice(signature),
                    Form::Der => p384::ecdsa::Signature::from_der(signature),
                };
                read.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok())
            }
            (Self::P521(key), Scheme::Ecdsa) => {
                let read = match form {
                    Form::Raw => p521::ecdsa::Signature::from_slice(signature),
                    Form::Der => p521::ecdsa::Signature::from_der(signature),
                };
                // The crate takes no digest of less than half a number; as a number it is the same with zeros before it.
                let digest = [vec![0; P521_BYTES - digest.len()], digest].concat();
                read.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok())
            }
            (Self::Rsa(key), Scheme::Pkcs1) => {
                let padding = match algorithm.hash {
                    Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                };
                key.verify(padding, &digest, signature).is_ok()
            }
            (Self::Rsa(key), Scheme::Pss { salt }) => {
                let padding = match algorithm.hash {
                    Hash::Sha256 => Pss::new_with_salt::<Sha256>(salt),
                    Hash::Sha384 => Pss::new_with_salt::<Sha384>(salt),
                    Hash::Sha512 => Pss::new_with_salt::<Sha512>(salt),
                };
                key.verify(padding, &digest, signature).is_ok()
            }
            _ => false,
        }
    }
}
