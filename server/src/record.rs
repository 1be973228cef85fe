//! The record that a citizen can prove (B8): each thing that is sent, paid, decided or taken back is a link, added in the
//! transaction of that thing. What is hashed and signed, `durvis_contract::record` says.
//!
//! Inwards: `uses`, `bills`, `cases` -> `record` -> `db`.

use durvis_contract::e_service::Reference;
use durvis_contract::record::{Entry, Head, Record, RecordKey, RecordKind};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::App;
use crate::db::record_entry::{self, Model};
use crate::error::ApiError;
use crate::identity::keys::{Keys, verifies};
use crate::identity::session::Session;
use crate::uses::company_number;
use crate::uses::told::iso;

/// Entries that are signed anew at once.
const SIGNED_AT_ONCE: u64 = 500;

/// A thing that becomes a link.
pub(crate) struct New<'a> {
    /// The person, and the company that they acted for.
    pub whose: (&'a str, &'a str),
    pub kind: RecordKind,
    pub number: i64,
    /// What it is about, to the byte as docs/record.md says: the digest is of it.
    pub content: &'a str,
}

/// Adds a link, within a turn of the log: turns follow one another, so no two links have the same number.
///
/// # Errors
/// When the database fails: what cannot be written down must not be done.
pub(crate) async fn add(app: &App, db: &impl ConnectionTrait, new: New<'_>) -> Result<(), ApiError> {
    let last = record_entry::last(db, new.whose).await?;
    let sequence = last.as_ref().map_or(1, |last| last.sequence + 1);
    let (at, salt, chain) =
        (app.identity.ambient.millis(), salt(app, new.whose, sequence), chain(&app.identity.keys, new.whose));
    let mut entry = Entry {
        sequence: sequence.cast_unsigned(),
        kind: new.kind,
        number: Reference::new(new.number.cast_unsigned()),
        at: iso(at),
        digest: sha256(&format!("{salt}\n{}", new.content)),
        salt,
        link: String::new(),
    };
    entry.link = sha256(&entry.text(&chain, &last.map(|last| last.link).unwrap_or_default()));
    // Signed here and not when it is read: who can change the database and has no key cannot have a changed chain signed.
    let (key, signature) = app.identity.keys.sign(&head(sequence, &entry.link, at).text(&chain));
    let (person_id, company) = new.whose;
    let row = Model {
        person_id: person_id.into(),
        company: company.into(),
        sequence,
        kind: new.kind.code().into(),
        number: new.number,
        at,
        digest: entry.digest,
        link: entry.link,
        key,
        signature,
    };
    Ok(record_entry::add(db, row).await?)
}

/// One's own, with the signed head of its last entry.
///
/// # Errors
/// When the database fails, or holds a kind that this release does not know.
pub async fn record(app: &App, session: &Session) -> Result<Record, ApiError> {
    let company = company_number(session);
    let whose = (session.person_id.as_str(), company.as_str());
    let rows = record_entry::all(&app.db, whose, Record::MAX_ENTRIES as u64).await?;
    let total = match rows.len() {
        Record::MAX_ENTRIES => record_entry::count(&app.db, whose).await?,
        few => few as u64,
    };
    let (keys, chain) = (&app.identity.keys, chain(&app.identity.keys, whose));
    let head = match rows.last() {
        Some(last) => Head {
            key: last.key.clone(),
            signature: last.signature.clone(),
            ..head(last.sequence, &last.link, last.at)
        },
        None => {
            let empty = head(0, "", app.identity.ambient.millis());
            let (key, signature) = keys.sign(&empty.text(&chain));
            Head { key, signature, ..empty }
        }
    };
    let entries = rows.into_iter().map(|row| told(app, whose, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Record { chain, entries, head, total: u32::try_from(total).unwrap_or(u32::MAX), keys: public(app) })
}

/// Signs anew, by the newest key, what another has signed, if its signature holds; says how many.
///
/// # Errors
/// When the database fails, or a signature does not hold.
pub(crate) async fn sign_anew(keys: &Keys, db: &impl ConnectionTrait) -> Result<u64, ApiError> {
    let mut signed = 0;
    loop {
        let rows = record_entry::not_by(db, keys.newest(), SIGNED_AT_ONCE).await?;
        if rows.is_empty() {
            return Ok(signed);
        }
        for row in rows {
            let chain = chain(keys, (&row.person_id, &row.company));
            let text = head(row.sequence, &row.link, row.at).text(&chain);
            if !keys.has_signed(&row.key, &text, &row.signature) {
                return Err(ApiError::Internal(format!("entry {} of the record {chain} was changed", row.sequence)));
            }
            let (key, signature) = keys.sign(&text);
            record_entry::sign(db, &row, &key, &signature).await?;
            signed += 1;
        }
    }
}

/// Not signed.
fn head(sequence: i32, link: &str, at: i64) -> Head {
    Head { length: sequence.cast_unsigned(), link: link.into(), at: iso(at), ..Head::default() }
}

/// Whose record it is, told to nobody.
fn chain(keys: &Keys, (person_id, company): (&str, &str)) -> String {
    keys.lookup(&format!("record:{person_id}:{company}"))
}

/// The keys that verify heads, those of earlier times too.
#[must_use]
pub fn public(app: &App) -> Vec<RecordKey> {
    let key = |(kid, [x, y]): (String, [String; 2])| RecordKey { kid, kty: "EC".into(), crv: "P-256".into(), x, y };
    app.identity.keys.public().into_iter().map(key).collect()
}

fn told(app: &App, whose: (&str, &str), row: Model) -> Result<Entry, ApiError> {
    let kind = RecordKind::of_code(&row.kind);
    Ok(Entry {
        sequence: row.sequence.cast_unsigned(),
        kind: kind.ok_or_else(|| ApiError::Internal(format!("{} is no kind of a record", row.kind)))?,
        number: Reference::new(row.number.cast_unsigned()),
        at: iso(row.at),
        salt: salt(app, whose, row.sequence),
        digest: row.digest,
        link: row.link,
    })
}

/// Known to the one whose record it is and to this server's keys: who reads the database alone cannot try out what a digest is of.
fn salt(app: &App, (person_id, company): (&str, &str), sequence: i32) -> String {
    app.identity.keys.lookup(&format!("record-salt:{person_id}:{company}:{sequence}"))[..32].to_owned()
}

/// SHA-256 of a text, in hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the head of a record is signed by the key that it names, out of the record's keys.
#[must_use]
pub fn is_signed(record: &Record) -> bool {
    let key = record.keys.iter().find(|key| key.kid == record.head.key);
    let text = record.head.text(&record.chain);
    key.is_some_and(|key| verifies([&key.x, &key.y], &text, &record.head.signature))
}
