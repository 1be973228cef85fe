//! A person, as a sign-in tells of them: found again by the personal code, everything sealed.

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::Identity;
use crate::db;
use crate::error::ApiError;

/// Who somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The country that gave the code, two capital letters (ETSI EN 319 412-1).
    pub country: String,
    /// As the country writes it: `321234-56789`, or of old `010203-12345`.
    pub code: String,
    pub given_name: String,
    pub surname: String,
    /// ISO 8601, where the sign-in tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
}

impl Person {
    /// Reads a natural person's identifier, `PNOLV-321234-56789`.
    #[must_use]
    pub fn of_identifier(identifier: &str, given_name: &str, surname: &str, born: Option<String>) -> Option<Self> {
        let rest = identifier.strip_prefix("PNO")?;
        let (country, code) = rest.split_once('-')?;
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let told = country.len() == 2
            && country.bytes().all(|byte| byte.is_ascii_uppercase())
            && (1..=32).contains(&code.len())
            && plain(code)
            && ![given_name, surname].iter().any(|name| name.trim().is_empty() || name.len() > 200);
        told.then(|| Self {
            country: country.into(),
            code: code.into(),
            given_name: given_name.trim().into(),
            surname: surname.trim().into(),
            born,
        })
    }

    /// What tells two persons apart.
    fn identifier(&self) -> String {
        format!("PNO{}-{}", self.country, self.code)
    }
}

impl Identity {
    /// The id of a person, who is new here or known; a known one's name may have changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known(&self, db: &impl ConnectionTrait, person: &Person) -> Result<String, ApiError> {
        let lookup = self.lookup(person);
        let seal = |id: &str| self.seal(person, &place(id));
        if db::person::by_lookup(db, &lookup).await?.is_none() {
            let id = self.ambient.id();
            let row =
                db::person::Model { sealed: seal(&id)?, id, lookup: lookup.clone(), created_at: self.ambient.millis() };
            db::person::add(db, row).await?;
        }
        let row = db::person::by_lookup(db, &lookup).await?;
        let row = row.ok_or_else(|| ApiError::Internal("a person vanished".into()))?;
        let before: Option<Person> = self.open(&row.sealed, &place(&row.id)).ok();
        if before.as_ref() != Some(person) || self.keys.is_old(&row.sealed) {
            db::person::reseal(db, &row.id, seal(&row.id)?).await?;
        }
        Ok(row.id)
    }

    /// The digest by which a person is found again.
    #[must_use]
    pub fn lookup(&self, person: &Person) -> String {
        self.keys.lookup(&person.identifier())
    }

    /// Who somebody is.
    ///
    /// # Errors
    /// When the database fails, or nobody has that id.
    pub async fn person(&self, db: &impl ConnectionTrait, id: &str) -> Result<Person, ApiError> {
        let row = db::person::by_id(db, id).await?;
        let row = row.ok_or_else(|| ApiError::Internal(format!("there is no person {id}")))?;
        self.open(&row.sealed, &place(&row.id))
    }

    /// Seals a value as JSON for a place.
    pub(crate) fn seal(&self, value: &impl Serialize, place: &str) -> Result<String, ApiError> {
        Ok(self.keys.seal(&self.ambient, &serde_json::to_vec(value)?, place))
    }

    /// Opens what [`Identity::seal`] made.
    pub(crate) fn open<T: serde::de::DeserializeOwned>(&self, sealed: &str, place: &str) -> Result<T, ApiError> {
        let bytes = self.keys.open(sealed, place);
        let bytes = bytes.map_err(|error| ApiError::Internal(format!("{place}: {error}")))?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

pub(super) fn place(id: &str) -> String {
    format!("person:{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_names_country_and_code() {
        let person = Person::of_identifier("PNOLV-321234-56789", "Anna", " Bērziņa", None).unwrap();
        assert_eq!((person.country.as_str(), person.code.as_str()), ("LV", "321234-56789"));
        assert_eq!(person.surname, "Bērziņa");
        let old = Person::of_identifier("PNOLV-010203-12345", "Jānis", "Kalns", None).unwrap();
        assert_eq!(old.identifier(), "PNOLV-010203-12345");
    }

    #[test]
    fn what_is_no_identifier_of_a_person_is_refused() {
        for wrong in ["", "321234-56789", "PNOLV", "PNOlv-1", "PNOLV-", "PASLV-1", "PNOLV-1'; DROP"] {
            assert!(Person::of_identifier(wrong, "Anna", "Bērziņa", None).is_none(), "{wrong}");
        }
        assert!(Person::of_identifier("PNOLV-1", " ", "Bērziņa", None).is_none());
    }
}
