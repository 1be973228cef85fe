//! Who is there: the person whom the certificate names.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc4519::{GIVEN_NAME, SERIAL_NUMBER, SN};
use der::asn1::Any;
use der::{Tag, Tagged};
use x509_cert::name::Name;

use crate::Refusal;

/// A natural person by personal code, as semantics identifiers say it (ETSI EN 319 412-1).
const PERSON: &str = "PNO";

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The whole identifier: `PNOLV-321234-56789`.
    pub personal_code: String,
    /// Who has given the code: `LV`.
    pub country: String,
    /// As the country writes it: `321234-56789`.
    pub code: String,
    /// Empty where the person has one name only.
    pub given_name: String,
    pub surname: String,
}

impl Subject {
    /// # Errors
    /// When the name has no personal code, has two, or names nobody.
    pub fn of(name: &Name) -> Result<Self, Refusal> {
        let incomplete = Refusal::SubjectIncomplete;
        let [personal_code] = <[String; 1]>::try_from(values(name, SERIAL_NUMBER)?).map_err(|_| incomplete.clone())?;
        let (kind, code) = personal_code.split_once('-').ok_or(incomplete.clone())?;
        let country = kind.strip_prefix(PERSON).ok_or(incomplete.clone())?;
        let of_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        let (given_name, surname) = (values(name, GIVEN_NAME)?.join(" "), values(name, SN)?.join(" "));
        if !of_country || code.is_empty() || (given_name.is_empty() && surname.is_empty()) {
            return Err(incomplete);
        }
        Ok(Self { country: country.into(), code: code.into(), personal_code, given_name, surname })
    }
}

fn values(name: &Name, kind: ObjectIdentifier) -> Result<Vec<String>, Refusal> {
    let all = name.0.iter().flat_map(|part| part.0.iter());
    all.filter(|part| part.oid == kind).map(|part| text(&part.value).ok_or(Refusal::SubjectIncomplete)).collect()
}

fn text(value: &Any) -> Option<String> {
    let bytes = value.value();
    let text = match value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => String::from_utf8(bytes.to_vec()).ok()?,
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        Tag::BmpString => {
            let units = bytes.chunks(2).map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)));
            String::from_utf16(&units.collect::<Option<Vec<_>>>()?).ok()?
        }
        _ => return None,
    };
    // A name that is shown and written to a log holds no line breaks.
    (!text.chars().any(char::is_control)).then(|| text.trim().to_owned())
}
