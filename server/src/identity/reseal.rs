//! Sealing anew: after a new key was put first into the file of keys, everything that an older one has sealed. Then the old
//! one can be taken out.

use sea_orm::ConnectionTrait;

use super::Identity;
use super::{audit, contact, person};
use crate::db;
use crate::error::ApiError;

/// Rows that are read at once.
const PAGE: u64 = 500;

/// How many values were sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    pub persons: u64,
    pub contacts: u64,
    pub acts: u64,
    pub uses: u64,
    pub files: u64,
    pub events: u64,
    /// Heads of records, signed anew.
    pub heads: u64,
    pub documents: u64,
    pub webhooks: u64,
    pub reminders: u64,
    pub bills: u64,
}

impl Identity {
    /// Seals anew what an older key has sealed. Sessions are left: they end within hours. What is done stays done when it is
    /// interrupted; who uses the portal meanwhile notices nothing.
    ///
    /// # Errors
    /// When the database fails, or a value does not open: then its key is missing.
    pub async fn reseal(&self, db: &impl ConnectionTrait) -> Result<Resealed, ApiError> {
        let mut resealed = Resealed::default();
        let mut after = String::new();
        loop {
            let rows = db::person::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::person::reseal(db, &row.id, self.anew(&row.sealed, &person::place(&row.id))?).await?;
                resealed.persons += 1;
            }
        }
        after.clear();
        loop {
            let rows = db::contact::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.person_id);
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::contact::reseal(db, row, self.anew(&row.sealed, &contact::place(&row.person_id))?).await?;
                resealed.contacts += 1;
            }
        }
        after.clear();
        loop {
            let rows = db::service_use::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::service_use::reseal(db, row, self.anew(&row.sealed, &crate::uses::place(&row.id))?).await?;
                resealed.uses += 1;
            }
        }
        after.clear();
        loop {
            let rows = db::stored_file::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::stored_file::reseal(db, &row.id, self.anew(&row.sealed, &crate::files::place(&row.id))?).await?;
                resealed.files += 1;
            }
        }
        after.clear();
        loop {
            let rows = db::case_event::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::case_event::reseal(db, &row.id, self.anew(&row.sealed, &crate::cases::place(&row.id))?).await?;
                resealed.events += 1;
            }
        }
        after.clear();
        loop {
            let rows = db::document::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::document::reseal(db, &row.id, self.anew(&row.sealed, &crate::documents::place(&row.id))?).await?;
                resealed.documents += 1;
            }
        }
        after.clear();
        loop {
            let rows = db::reminder::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::reminder::reseal(db, row, self.anew(&row.sealed, &crate::reminders::place(&row.id))?).await?;
                resealed.reminders += 1;
            }
        }
        after.clear();
        loop {
            let rows = db::bill::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            for row in &rows {
                let Some(sealed) = row.sealed.as_ref().filter(|sealed| self.keys.is_old(sealed)) else { continue };
                db::bill::reseal(db, &row.id, self.anew(sealed, &crate::bills::issue::place(&row.id))?).await?;
                resealed.bills += 1;
            }
        }
        after.clear();
        loop {
            let rows = db::bill_event::after(db, &after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after.clone_from(&last.id);
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::bill_event::reseal(db, &row.id, self.anew(&row.sealed, &crate::bills::events::place(&row.id))?)
                    .await?;
                resealed.bills += 1;
            }
        }
        for row in db::webhook::all(db).await?.iter().filter(|row| self.keys.is_old(&row.sealed)) {
            let place = crate::cases::webhooks::place(&row.id);
            db::webhook::reseal(db, &row.id, self.anew(&row.sealed, &place)?).await?;
            resealed.webhooks += 1;
        }
        let mut number = 0;
        loop {
            let rows = db::act::after(db, number, PAGE).await?;
            let Some(last) = rows.last() else { break };
            number = last.number;
            for row in rows.iter().filter(|row| self.keys.is_old(&row.sealed)) {
                db::act::reseal(db, row.number, self.anew(&row.sealed, &audit::place(row.number))?).await?;
                resealed.acts += 1;
            }
        }
        resealed.heads = crate::record::sign_anew(&self.keys, db).await?;
        Ok(resealed)
    }

    /// The same bytes by the newest key.
    fn anew(&self, sealed: &str, place: &str) -> Result<String, ApiError> {
        let plain = self.keys.open(sealed, place);
        let plain = plain.map_err(|error| ApiError::Internal(format!("{place}: {error}")))?;
        Ok(self.keys.seal(&self.ambient, &plain, place))
    }
}
