//! Who is there: the person whom the certificate names.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc4519::{C, GIVEN_NAME, SERIAL_NUMBER, SN};
use x509_cert::name::Name;

use crate::{Refusal, name};

/// Longest code that is taken, in characters.
const MAX_CODE: usize = 64;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The serial number of the name, as it stands there: `PNOLV-321234-56789`; on some countries' cards only the code.
    pub personal_code: String,
    /// What kind of identifier that is (ETSI EN 319 412-1, 5.1.3): `PNO` a personal code, `IDC` an identity card's, `PAS` a
    /// passport's. None where it does not say.
    pub kind: Option<String>,
    /// Who has given the code: `LV`. By the identifier, else by the name.
    pub country: Option<String>,
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
        let (given_name, surname) = (values(name, GIVEN_NAME)?.join(" "), values(name, SN)?.join(" "));
        let told = (1..=MAX_CODE).contains(&personal_code.chars().count());
        if !told || (given_name.is_empty() && surname.is_empty()) {
            return Err(incomplete);
        }
        let (kind, country, code) = match parts(&personal_code) {
            Some((kind, country, code)) => (Some(kind.to_owned()), Some(country.to_owned()), code.to_owned()),
            None if claims_kind(&personal_code) => return Err(incomplete),
            None => (None, values(name, C)?.into_iter().next(), personal_code.clone()),
        };
        Ok(Self { personal_code, kind, country, code, given_name, surname })
    }
}

/// A name that is shown and written to a log holds no line breaks.
fn values(name: &Name, kind: ObjectIdentifier) -> Result<Vec<String>, Refusal> {
    let readable = |text: Option<String>| text.filter(|text| !text.chars().any(char::is_control));
    let all = name::values(name, kind).map(|text| readable(text).map(|text| text.trim().to_owned()));
    all.map(|text| text.ok_or(Refusal::SubjectIncomplete)).collect()
}

/// Kind, country and code: `PNOLV-010203-12345`, or `EI:SE-...` for a kind of the country's own.
fn parts(code: &str) -> Option<(&str, &str, &str)> {
    let (prefix, rest) = code.split_once('-')?;
    let (kind, country) = prefix.split_at_checked(3)?;
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    let kind_fits = letters(kind) || kind.strip_suffix(':').is_some_and(letters);
    (kind_fits && country.len() == 2 && letters(country) && !rest.is_empty()).then_some((kind, country, rest))
}

/// Whether it begins like an identifier that says its kind, and so must be a whole one.
fn claims_kind(code: &str) -> bool {
    ["PNO", "IDC", "PAS", "TIN", "TAX"].iter().any(|kind| code.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_code_is_taken_apart_where_it_has_parts() {
        assert_eq!(parts("PNOLV-321922-33032"), Some(("PNO", "LV", "321922-33032")));
        assert_eq!(parts("PNOEE-38001085718"), Some(("PNO", "EE", "38001085718")));
        assert_eq!(parts("EI:SE-200007292386"), Some(("EI:", "SE", "200007292386")));
        for plain in
            ["38001085718", "99902042J", "pnolv-1", "PNOLV", "PNOLV-", "PNOL-1", "321922-33032", "PNOĀ-1", "Ā:-1"]
        {
            assert_eq!(parts(plain), None, "{plain}");
        }
    }
}
