//! The record that a citizen can prove (B8): each thing that is sent, paid, decided or taken back is a link, added in the
//! transaction of that thing. What is hashed and signed, `durvis_contract::record` says.
//!
//! Inwards: `uses`, `bills`, `cases` -> `record` -> `db`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use durvis_contract::e_service::Reference;
use durvis_contract::record::{Entry, Head, Record, RecordKey, RecordKind};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::App;
use crate::db::record_entry::{self, Model};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::company_number;
use crate::uses::told::iso;

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
    let (at, salt) = (app.identity.ambient.millis(), salt(app, new.whose, sequence));
    let mut entry = Entry {
        sequence: sequence.cast_unsigned(),
        kind: new.kind,
        number: Reference::new(new.number.cast_unsigned()),
        at: iso(at),
        digest: sha256(&format!("{salt}\n{}", new.content)),
        salt,
        link: String::new(),
    };
    entry.link = sha256(&entry.text(&last.map(|last| last.link).unwrap_or_default()));
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
    };
    Ok(record_entry::add(db, row).await?)
}

/// One's own, whole, with a head signed now.
///
/// # Errors
/// When the database fails, or holds a kind that this release does not know.
pub async fn record(app: &App, session: &Session) -> Result<Record, ApiError> {
    let company = company_number(session);
    let whose = (session.person_id.as_str(), company.as_str());
    let rows = record_entry::all(&app.db, whose, Record::MAX_ENTRIES as u64).await?;
    let entries = rows.into_iter().map(|row| told(app, whose, row)).collect::<Result<Vec<_>, _>>()?;
    let keys = &app.identity.keys;
    let chain = keys.lookup(&format!("record:{person}:{company}", person = whose.0));
    let mut head = Head {
        length: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        link: entries.last().map(|last| last.link.clone()).unwrap_or_default(),
        at: iso(app.identity.ambient.millis()),
        ..Head::default()
    };
    (head.key, head.signature) = keys.sign(&head.text(&chain));
    Ok(Record { chain, entries, head, keys: public(app) })
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
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let point = key.and_then(|key| Some([&[4], &bytes(&key.x)?[..], &bytes(&key.y)?[..]].concat()));
    let key = point.and_then(|point| VerifyingKey::from_sec1_bytes(&point).ok());
    let signature = bytes(&record.head.signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
    let text = record.head.text(&record.chain);
    key.zip(signature).is_some_and(|(key, signature)| key.verify(text.as_bytes(), &signature).is_ok())
}
