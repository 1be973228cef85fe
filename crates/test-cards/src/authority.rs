//! Certificates, made field by field, so that each field can be wrong.

use std::time::{Duration, SystemTime};

use const_oid::db::rfc4519;
use const_oid::db::rfc5280::{ID_AD_OCSP, ID_KP_CLIENT_AUTH, ID_KP_EMAIL_PROTECTION};
use const_oid::{AssociatedOid, ObjectIdentifier};
use der::asn1::{Any, BitString, Ia5String, OctetString, SetOfVec, Utf8StringRef};
use der::flagset::FlagSet;
use der::{DateTime, Encode};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::certpolicy::PolicyInformation;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AccessDescription, AuthorityInfoAccessSyntax, BasicConstraints, CertificatePolicies, ExtendedKeyUsage, KeyUsage,
    KeyUsages,
};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};
use x509_cert::{Certificate, TbsCertificate, Version};

use crate::keys::{Form, Key, identifier};

/// A day.
pub const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The moment of all tests.
#[must_use]
pub fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

/// What a certificate says.
#[derive(Clone)]
pub struct Profile {
    pub key: Key,
    pub name: Vec<(ObjectIdentifier, String)>,
    pub serial: u8,
    /// Days from now.
    pub from: i64,
    pub until: i64,
    pub usage: Option<FlagSet<KeyUsages>>,
    pub purposes: Option<Vec<ObjectIdentifier>>,
    pub constraints: Option<BasicConstraints>,
    pub policies: Vec<ObjectIdentifier>,
    pub ocsp: Option<&'static str>,
    pub further: Vec<Extension>,
}

impl Profile {
    /// A person with a card.
    #[must_use]
    pub fn person(key: Key) -> Self {
        let name = [
            (rfc4519::C, "LV"),
            (rfc4519::COMMON_NAME, "ANDRIS PARAUDZIŅŠ"),
            (rfc4519::SN, "PARAUDZIŅŠ"),
            (rfc4519::GIVEN_NAME, "ANDRIS"),
            (rfc4519::SERIAL_NUMBER, "PNOLV-321234-56789"),
        ];
        Self {
            key,
            name: name.map(|(kind, text)| (kind, text.to_owned())).to_vec(),
            serial: 7,
            from: -10,
            until: 10,
            usage: Some(KeyUsages::DigitalSignature | KeyUsages::KeyAgreement),
            purposes: Some(vec![ID_KP_CLIENT_AUTH, ID_KP_EMAIL_PROTECTION]),
            constraints: Some(BasicConstraints { ca: false, path_len_constraint: None }),
            policies: vec![ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32061.2.1.1")],
            ocsp: Some("http://ocsp.test/"),
            further: Vec::new(),
        }
    }

    /// An authority.
    #[must_use]
    pub fn authority(name: &str, key: Key) -> Self {
        Self {
            name: vec![(rfc4519::C, "LV".into()), (rfc4519::COMMON_NAME, name.into())],
            serial: 1,
            from: -1000,
            until: 1000,
            usage: Some(KeyUsages::KeyCertSign | KeyUsages::CRLSign),
            purposes: None,
            constraints: Some(BasicConstraints { ca: true, path_len_constraint: None }),
            policies: Vec::new(),
            ocsp: None,
            ..Self::person(key)
        }
    }

    /// Its distinguished name.
    #[must_use]
    pub fn name(&self) -> Name {
        let part = |(oid, text): &(ObjectIdentifier, String)| {
            let value = Any::from(Utf8StringRef::new(text).unwrap());
            RelativeDistinguishedName(SetOfVec::try_from(vec![AttributeTypeAndValue { oid: *oid, value }]).unwrap())
        };
        RdnSequence(self.name.iter().map(part).collect())
    }

    /// In DER, signed by the issuer.
    #[must_use]
    pub fn issued_by(&self, issuer: &Self, algorithm: &str) -> Vec<u8> {
        let fields = TbsCertificate {
            version: Version::V3,
            serial_number: SerialNumber::new(&[self.serial]).unwrap(),
            signature: identifier(algorithm),
            issuer: issuer.name(),
            validity: Validity { not_before: time(self.from), not_after: time(self.until) },
            subject: self.name(),
            subject_public_key_info: self.key.public(),
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some(self.extensions()),
        };
        let signature = issuer.key.sign(algorithm, Form::Der, &fields.to_der().unwrap());
        let signature = BitString::from_bytes(&signature).unwrap();
        let signature_algorithm = fields.signature.clone();
        Certificate { tbs_certificate: fields, signature_algorithm, signature }.to_der().unwrap()
    }

    fn extensions(&self) -> Vec<Extension> {
        let mut all = self.further.clone();
        all.extend(self.usage.map(|usage| extension(true, &KeyUsage(usage))));
        all.extend(self.purposes.clone().map(|purposes| extension(true, &ExtendedKeyUsage(purposes))));
        all.extend(self.constraints.as_ref().map(|constraints| extension(true, constraints)));
        let policy = |id: &ObjectIdentifier| PolicyInformation { policy_identifier: *id, policy_qualifiers: None };
        let policies: Vec<_> = self.policies.iter().map(policy).collect();
        all.extend((!policies.is_empty()).then(|| extension(false, &CertificatePolicies(policies))));
        all.extend(self.ocsp.map(|url| {
            let access_location = GeneralName::UniformResourceIdentifier(Ia5String::new(url).unwrap());
            let access = AccessDescription { access_method: ID_AD_OCSP, access_location };
            extension(false, &AuthorityInfoAccessSyntax(vec![access]))
        }));
        all
    }
}

fn extension<T: Encode + AssociatedOid>(critical: bool, value: &T) -> Extension {
    further(T::OID, critical, &value.to_der().unwrap())
}

/// An extension of any kind.
#[must_use]
pub fn further(id: ObjectIdentifier, critical: bool, value: &[u8]) -> Extension {
    Extension { extn_id: id, critical, extn_value: OctetString::new(value).unwrap() }
}

fn time(days: i64) -> Time {
    let moment = if days < 0 { now() - DAY * days.unsigned_abs() as u32 } else { now() + DAY * days as u32 };
    Time::GeneralTime(DateTime::from_system_time(moment).unwrap().into())
}
