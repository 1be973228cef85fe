//! The algorithms, by the names that signatures have for them. What is not listed is not checked, and said so.

use durvis_web_eid::x509::{Algorithm, Hash, Scheme};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::Weakness;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Digest {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    pub const ALL: [Self; 4] = [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512];

    pub fn of_uri(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|digest| digest.uri() == uri)
    }

    pub const fn uri(self) -> &'static str {
        match self {
            Self::Sha1 => "http://www.w3.org/2000/09/xmldsig#sha1",
            Self::Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
            Self::Sha384 => "http://www.w3.org/2001/04/xmldsig-more#sha384",
            Self::Sha512 => "http://www.w3.org/2001/04/xmlenc#sha512",
        }
    }

    /// By the content of an object identifier in DER.
    pub fn of_oid(oid: &[u8]) -> Option<Self> {
        Some(match oid {
            [0x2b, 0x0e, 0x03, 0x02, 0x1a] => Self::Sha1,
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01] => Self::Sha256,
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02] => Self::Sha384,
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03] => Self::Sha512,
            _ => return None,
        })
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    pub const fn weakness(self) -> Option<Weakness> {
        if matches!(self, Self::Sha1) { Some(Weakness::Sha1) } else { None }
    }

    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        let mut running = Running::new(self);
        running.update(bytes);
        running.finish()
    }
}

/// A digest over bytes that come piece by piece.
pub enum Running {
    Sha1(Sha1),
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Running {
    pub fn new(digest: Digest) -> Self {
        match digest {
            Digest::Sha1 => Self::Sha1(Sha1::new()),
            Digest::Sha256 => Self::Sha256(Sha256::new()),
            Digest::Sha384 => Self::Sha384(Sha384::new()),
            Digest::Sha512 => Self::Sha512(Sha512::new()),
        }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(running) => running.update(bytes),
            Self::Sha256(running) => running.update(bytes),
            Self::Sha384(running) => running.update(bytes),
            Self::Sha512(running) => running.update(bytes),
        }
    }

    pub fn finish(self) -> Vec<u8> {
        match self {
            Self::Sha1(running) => running.finalize().to_vec(),
            Self::Sha256(running) => running.finalize().to_vec(),
            Self::Sha384(running) => running.finalize().to_vec(),
            Self::Sha512(running) => running.finalize().to_vec(),
        }
    }
}

/// How a signature's value is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    Strong(Algorithm),
    /// RSA as it was before: over SHA-1.
    RsaSha1,
}

impl Signing {
    pub fn of_uri(uri: &str) -> Option<Self> {
        if uri == "http://www.w3.org/2000/09/xmldsig#rsa-sha1" {
            return Some(Self::RsaSha1);
        }
        let name = uri
            .strip_prefix("http://www.w3.org/2001/04/xmldsig-more#")
            .or_else(|| uri.strip_prefix("http://www.w3.org/2007/05/xmldsig-more#"))?;
        // RSA-PSS is written the other way round: `sha256-rsa-MGF1` (RFC 9231).
        let (hash, pss) = match name.strip_suffix("-rsa-MGF1") {
            Some(hash) => (hash, true),
            None => (name.split_once('-')?.1, false),
        };
        let hash = match hash {
            "sha256" => Hash::Sha256,
            "sha384" => Hash::Sha384,
            "sha512" => Hash::Sha512,
            _ => return None,
        };
        let scheme = match name.split_once('-')?.0 {
            _ if pss => Scheme::Pss { salt: hash.size() },
            "rsa" => Scheme::Pkcs1,
            "ecdsa" => Scheme::Ecdsa,
            _ => return None,
        };
        Some(Self::Strong(Algorithm { hash, scheme }))
    }

    pub const fn weakness(self) -> Option<Weakness> {
        if matches!(self, Self::RsaSha1) { Some(Weakness::Sha1) } else { None }
    }
}
