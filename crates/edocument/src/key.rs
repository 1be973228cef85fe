//! The value of a signature, by the key of a certificate. SHA-1 and shorter keys are judged too, and named as weak: signatures of
//! earlier years have them.

use durvis_web_eid::x509::{Certificate, Form, PublicKey};
use rsa::Pkcs1v15Sign;
use rsa::traits::PublicKeyParts;
use sha1::{Digest, Sha1};

use crate::algorithm::Signing;
use crate::report::{Layer, Name};
use crate::{Reason, Weakness};

const RSA_BITS: std::ops::RangeInclusive<usize> = 1024..=8192;
/// Estonian cards had moduli that begin with a zero.
const STRONG_BITS: usize = 2047;

/// How older Latvian cards name SHA-1 in a signature: without the NULL that RFC 8017 writes and lets be absent (appendix B.1).
fn without_null() -> Pkcs1v15Sign {
    let prefix = [0x30, 0x1f, 0x30, 0x07, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x04, 0x14];
    Pkcs1v15Sign { hash_len: Some(20), prefix: prefix.into() }
}

/// Whether the value is this certificate's, over what is signed.
pub fn judge(certificate: &Certificate, signing: Signing, message: &[u8], value: &[u8]) -> Layer {
    let info = &certificate.fields.subject_public_key_info;
    let Some(key) = PublicKey::of_bits(info, RSA_BITS) else {
        return Layer::not_checked(Name::Value, Reason::KeyUnsupported);
    };
    let verified = match (signing, &key) {
        (Signing::Strong(algorithm), key) => key.verifies(algorithm, Form::Raw, message, value),
        (Signing::RsaSha1, PublicKey::Rsa(key)) => {
            let digest = Sha1::digest(message);
            let verifies = |scheme| key.verify(scheme, &digest, value).is_ok();
            verifies(Pkcs1v15Sign::new::<Sha1>()) || verifies(without_null())
        }
        (Signing::RsaSha1, _) => false,
    };
    if !verified {
        return Layer::broken(Name::Value, Reason::ValueWrong);
    }
    let is_short = matches!(&key, PublicKey::Rsa(key) if key.n().bits() < STRONG_BITS);
    Layer::held(Name::Value).weak(signing.weakness()).weak(is_short.then_some(Weakness::ShortKey))
}
