//! How a person wants to be reached. An e-mail address is used only after a code that was sent there came back.

use durvis_contract::identity::{ByMail, Contact, ContactChange, is_email, phone};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde::{Deserialize, Serialize};

use super::Identity;
use super::audit::Detail;
use super::session::Session;
use crate::db;
use crate::error::ApiError;

/// How long a code holds, and how often a wrong one may be given.
const CODE_MS: i64 = 15 * 60 * 1_000;
const CODE_TRIES: u8 = 5;
const LANGUAGES: [&str; 3] = ["lv", "ru", "en"];

/// What the database keeps of it, sealed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    contact: Contact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
}

/// A code on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Code {
    digits: String,
    until: i64,
    tries: u8,
}

/// A letter with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeLetter {
    pub to: String,
    pub lang: String,
    pub code: String,
}

impl Identity {
    /// How to reach a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contact(&self, db: &impl ConnectionTrait, person_id: &str) -> Result<Contact, ApiError> {
        Ok(self.kept(db, person_id).await?.0.contact)
    }

    /// Changes phone, language and what comes by e-mail.
    ///
    /// # Errors
    /// Names the field that breaks a rule; [`ApiError::Conflict`] when it was changed in between.
    pub async fn change_contact(
        &self,
        db: &DatabaseConnection,
        session: &Session,
        change: ContactChange,
    ) -> Result<Contact, ApiError> {
        let (mut kept, read_at) = self.kept(db, &session.person_id).await?;
        let given = change.phone.as_deref().map(str::trim).filter(|text| !text.is_empty());
        kept.contact.phone = match given {
            None => None,
            Some(text) => Some(phone(text).ok_or_else(|| ApiError::broken("phone", "not_a_phone"))?),
        };
        if !LANGUAGES.contains(&change.lang.as_str()) {
            return Err(ApiError::broken("lang", "unknown"));
        }
        kept.contact.lang = change.lang;
        kept.contact.by_mail = change.by_mail;
        self.keep(db, session, kept, read_at, "contact").await
    }

    /// Takes an address that waits for its code, and gives the letter to send there; in that language, where none was chosen.
    ///
    /// # Errors
    /// As [`Identity::change_contact`].
    pub async fn ask_email(
        &self,
        db: &DatabaseConnection,
        session: &Session,
        email: &str,
        lang: Option<&str>,
    ) -> Result<(Contact, CodeLetter), ApiError> {
        let email = email.trim();
        if !is_email(email) {
            return Err(ApiError::broken("email", "not_an_email"));
        }
        let (mut kept, read_at) = self.kept(db, &session.person_id).await?;
        match lang {
            Some(lang) if !LANGUAGES.contains(&lang) => return Err(ApiError::broken("lang", "unknown")),
            Some(lang) if read_at.is_none() => lang.clone_into(&mut kept.contact.lang),
            _ => {}
        }
        let number = u32::from_be_bytes(self.ambient.bytes()) % 1_000_000;
        let digits = format!("{number:06}");
        kept.contact.unverified_email = Some(email.to_owned());
        kept.code = Some(Code { digits: digits.clone(), until: self.ambient.millis() + CODE_MS, tries: CODE_TRIES });
        let letter = CodeLetter { to: email.to_owned(), lang: kept.contact.lang.clone(), code: digits };
        Ok((self.keep(db, session, kept, read_at, "email_asked").await?, letter))
    }

    /// Takes the code; the address is verified from then on.
    ///
    /// # Errors
    /// `code`: `wrong`, `expired`, or `too_many` tries: then another must be asked for.
    pub async fn verify_email(
        &self,
        db: &DatabaseConnection,
        session: &Session,
        given: &str,
    ) -> Result<Contact, ApiError> {
        let (mut kept, read_at) = self.kept(db, &session.person_id).await?;
        let code = kept.code.take().ok_or_else(|| ApiError::broken("code", "expired"))?;
        if self.ambient.millis() >= code.until {
            return Err(ApiError::broken("code", "expired"));
        }
        if given.trim() != code.digits {
            let rule = if code.tries > 1 { "wrong" } else { "too_many" };
            kept.code = (code.tries > 1).then(|| Code { tries: code.tries - 1, ..code });
            self.put(db, &session.person_id, &kept, read_at).await?;
            return Err(ApiError::broken("code", rule));
        }
        kept.contact.email = kept.contact.unverified_email.take();
        self.keep(db, session, kept, read_at, "email_verified").await
    }

    /// Forgets the address, and the one that waits.
    ///
    /// # Errors
    /// As [`Identity::change_contact`].
    pub async fn forget_email(&self, db: &DatabaseConnection, session: &Session) -> Result<Contact, ApiError> {
        let (mut kept, read_at) = self.kept(db, &session.person_id).await?;
        kept.contact.email = None;
        kept.contact.unverified_email = None;
        kept.code = None;
        self.keep(db, session, kept, read_at, "contact").await
    }

    async fn kept(&self, db: &impl ConnectionTrait, person_id: &str) -> Result<(Kept, Option<i64>), ApiError> {
        match db::contact::of_person(db, person_id).await? {
            Some(row) => Ok((self.open(&row.sealed, &place(person_id))?, Some(row.changed_at))),
            None => {
                let by_mail = ByMail { tasks: true, progress: true, bills: true, reminders: true, ..ByMail::default() };
                let contact = Contact { lang: LANGUAGES[0].into(), by_mail, ..Contact::default() };
                Ok((Kept { contact, code: None }, None))
            }
        }
    }

    /// No notice comes by e-mail any more.
    ///
    /// # Errors
    /// [`ApiError::Conflict`] when the contact was changed in between.
    pub async fn stop_letters(
        &self,
        db: &DatabaseConnection,
        person_id: &str,
        address: String,
    ) -> Result<(), ApiError> {
        let (mut kept, read_at) = self.kept(db, person_id).await?;
        if kept.contact.by_mail == ByMail::default() {
            return Ok(());
        }
        kept.contact.by_mail = ByMail::default();
        self.put(db, person_id, &kept, read_at).await?;
        self.note(db, Some(person_id), "contact", Detail { address, ..Detail::default() }).await
    }

    async fn keep(
        &self,
        db: &DatabaseConnection,
        session: &Session,
        kept: Kept,
        read_at: Option<i64>,
        act: &str,
    ) -> Result<Contact, ApiError> {
        self.put(db, &session.person_id, &kept, read_at).await?;
        self.note(db, Some(&session.person_id), act, self.detail(session)).await?;
        Ok(kept.contact)
    }

    async fn put(
        &self,
        db: &DatabaseConnection,
        person_id: &str,
        kept: &Kept,
        read_at: Option<i64>,
    ) -> Result<(), ApiError> {
        let sealed = self.seal(kept, &place(person_id))?;
        // Always another than before, also within one millisecond.
        let changed_at = self.ambient.millis().max(read_at.map_or(0, |at| at + 1));
        let row = db::contact::Model { person_id: person_id.into(), sealed, changed_at };
        if db::contact::put(db, row, read_at).await? { Ok(()) } else { Err(ApiError::Conflict) }
    }
}

pub(super) fn place(person_id: &str) -> String {
    format!("contact:{person_id}")
}
