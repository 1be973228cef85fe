//! The algorithms of signatures: by their names in tokens (JWS, RFC 7518) and by their identifiers in certificates (X.509).
//! What is not listed here is refused, SHA-1 first of all.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384, ECDSA_WITH_SHA_512, ID_MGF_1, ID_RSASSA_PSS, ID_SHA_256, ID_SHA_384,
    ID_SHA_512, SHA_256_WITH_RSA_ENCRYPTION, SHA_384_WITH_RSA_ENCRYPTION, SHA_512_WITH_RSA_ENCRYPTION,
};
use der::Encode;
use der::asn1::Any;
use rsa::pkcs1::{RsaPssParams, TrailerField};
use sha2::{Digest, Sha256, Sha384, Sha512};
use spki::AlgorithmIdentifierOwned;

/// A hash of the SHA-2 family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    /// Bytes of a digest.
    pub const fn size(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    fn of(id: ObjectIdentifier) -> Option<Self> {
        let known = [(ID_SHA_256, Self::Sha256), (ID_SHA_384, Self::Sha384), (ID_SHA_512, Self::Sha512)];
        known.into_iter().find(|(known, _)| *known == id).map(|(_, hash)| hash)
    }
}

/// What is done with the digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Ecdsa,
    Pkcs1,
    Pss { salt: usize },
}

/// A hash and what is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Algorithm {
    pub hash: Hash,
    pub scheme: Scheme,
}

impl Algorithm {
    /// Of a token: `ES256` to `RS512`.
    pub fn of_token(name: &str) -> Option<Self> {
        let (family, bits) = name.split_at_checked(2)?;
        let hash = match bits {
            "256" => Hash::Sha256,
            "384" => Hash::Sha384,
            "512" => Hash::Sha512,
            _ => return None,
        };
        let scheme = match family {
            "ES" => Scheme::Ecdsa,
            "RS" => Scheme::Pkcs1,
            "PS" => Scheme::Pss { salt: hash.size() },
            _ => return None,
        };
        Some(Self { hash, scheme })
    }

    /// Of a certificate or an answer about revocation.
    pub fn of_certificate(id: &AlgorithmIdentifierOwned) -> Option<Self> {
        let (hash, scheme) = match id.oid {
            ECDSA_WITH_SHA_256 => (Hash::Sha256, Scheme::Ecdsa),
            ECDSA_WITH_SHA_384 => (Hash::Sha384, Scheme::Ecdsa),
            ECDSA_WITH_SHA_512 => (Hash::Sha512, Scheme::Ecdsa),
            SHA_256_WITH_RSA_ENCRYPTION => (Hash::Sha256, Scheme::Pkcs1),
            SHA_384_WITH_RSA_ENCRYPTION => (Hash::Sha384, Scheme::Pkcs1),
            SHA_512_WITH_RSA_ENCRYPTION => (Hash::Sha512, Scheme::Pkcs1),
            ID_RSASSA_PSS => return Self::pss(id.parameters.as_ref()?),
            _ => return None,
        };
        Some(Self { hash, scheme })
    }

    /// Only one hash for both the digest and the mask; the absent parameters would mean SHA-1.
    fn pss(parameters: &Any) -> Option<Self> {
        let bytes = parameters.to_der().ok()?;
        let parameters: RsaPssParams<'_> = der::Decode::from_der(&bytes).ok()?;
        let hash = Hash::of(parameters.hash.oid)?;
        let mask = parameters.mask_gen.parameters.and_then(|mask| Hash::of(mask.oid));
        let usual = parameters.mask_gen.oid == ID_MGF_1 && parameters.trailer_field == TrailerField::BC;
        let scheme = Scheme::Pss { salt: parameters.salt_len.into() };
        (usual && mask == Some(hash)).then_some(Self { hash, scheme })
    }
}
