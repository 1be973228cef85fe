//! Making documents: the row in the transaction of what it tells of, the bytes later, by whoever comes first: the server's own
//! rounds, or the citizen who wants it now. Whatever is repeated is the same document.

use durvis_contract::document::DocumentKind;
use durvis_contract::e_service::Reference;
use durvis_contract::file::{PART_BYTES, parts};
use sea_orm::ConnectionTrait;

use super::{Kept, Opened, bytes, digest, open, paper, place, stored};
use crate::App;
use crate::db::document::{self, Model};
use crate::db::{bill, service_use, stored_file};
use crate::error::ApiError;
use crate::files::{self, PartKey};

pub(super) const PDF: &str = "application/pdf";
/// How long whoever makes one has for it, at least.
const LEASE_MS: i64 = 30_000;
/// Documents that are made in one round.
const ROUND: u64 = 50;
/// How often a number is made anew that is taken already.
const NUMBER_TRIES: usize = 4;

/// A document to be added.
pub(super) struct New<'a> {
    pub(super) kind: DocumentKind,
    pub(super) source: String,
    pub(super) person_id: String,
    pub(super) company: String,
    pub(super) use_id: &'a str,
    pub(super) bill_id: Option<&'a str>,
    pub(super) lang: &'a str,
    pub(super) e_service: &'a str,
    pub(super) version: i32,
    pub(super) institution: Option<&'a str>,
    /// Of what is there already; none, it is a paper to be written.
    pub(super) file: Option<There>,
    /// ISO 8601 day.
    pub(super) valid_until: Option<String>,
}

/// Bytes that are there.
pub(crate) struct There {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: i64,
    /// None: to be found out.
    pub(crate) digest: Option<String>,
    pub(crate) key: PartKey,
    pub(crate) stored: Option<String>,
}

/// The receipt of what was sent, and the files that went along.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_sent(
    app: &App,
    db: &impl ConnectionTrait,
    row: &service_use::Model,
    files: &[String],
    lang: &str,
) -> Result<(), ApiError> {
    let Some(new) = of_use(row, DocumentKind::Receipt, format!("sent:{}", row.id), lang) else { return Ok(()) };
    add(app, db, &app.identity.ambient.id(), new).await?;
    if files.is_empty() { Ok(()) } else { uploads(app, db, row, files, lang).await }
}

/// The files that went along with a message about what was sent.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_message(
    app: &App,
    db: &impl ConnectionTrait,
    row: &service_use::Model,
    files: &[String],
) -> Result<(), ApiError> {
    let lang = sent_in(db, row).await?;
    uploads(app, db, row, files, &lang).await
}

async fn uploads(
    app: &App,
    db: &impl ConnectionTrait,
    row: &service_use::Model,
    files: &[String],
    lang: &str,
) -> Result<(), ApiError> {
    for file in stored_file::of_use(db, &row.id).await?.into_iter().filter(|file| files.contains(&file.id)) {
        let there = files::sent(app, file)?;
        let id = there.stored.clone().unwrap_or_default();
        let Some(new) = of_use(row, DocumentKind::Upload, format!("file:{id}"), lang) else { continue };
        add(app, db, &app.identity.ambient.id(), New { file: Some(there), ..new }).await?;
    }
    Ok(())
}

/// The receipt of so many cents of a bill: `by` is the id of the payment, or of the event that says how else they came.
///
/// # Errors
/// When the database fails.
pub async fn of_payment(
    app: &App,
    db: &impl ConnectionTrait,
    (bill, cents): (&bill::Model, i64),
    by: &str,
    lang: &str,
) -> Result<(), ApiError> {
    // One that is paid at once has one receipt, whatever paid it.
    let part = if cents == bill.amount_cents { String::new() } else { format!(":{by}") };
    let new = New {
        kind: DocumentKind::Receipt,
        source: format!("paid:{}{part}", bill.id),
        person_id: bill.person_id.clone(),
        company: bill.company.clone(),
        use_id: bill.of(),
        bill_id: Some(&bill.id),
        lang,
        e_service: &bill.e_service,
        version: bill.version,
        institution: Some(&bill.institution),
        file: None,
        valid_until: None,
    };
    add(app, db, &app.identity.ambient.id(), new).await.map(drop)
}

/// The decision of a case, in the language in which it was sent.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_decision(
    app: &App,
    db: &impl ConnectionTrait,
    row: &service_use::Model,
    event: &str,
) -> Result<(), ApiError> {
    let lang = sent_in(db, row).await?;
    let Some(new) = of_use(row, DocumentKind::Decision, format!("decided:{event}"), &lang) else { return Ok(()) };
    add(app, db, &app.identity.ambient.id(), new).await.map(drop)
}

/// The language in which it was sent.
pub(crate) async fn sent_in(db: &impl ConnectionTrait, row: &service_use::Model) -> Result<String, ApiError> {
    let sent = document::by_source(db, &format!("sent:{}", row.id)).await?;
    Ok(sent.map_or_else(|| "lv".to_owned(), |sent| sent.lang))
}

/// Of whoever sent a use; none where nobody was signed in.
pub(super) fn of_use<'a>(
    row: &'a service_use::Model,
    kind: DocumentKind,
    source: String,
    lang: &'a str,
) -> Option<New<'a>> {
    Some(New {
        kind,
        source,
        person_id: row.person_id.clone()?,
        company: row.company.clone(),
        use_id: &row.id,
        bill_id: None,
        lang,
        e_service: &row.e_service,
        version: row.version,
        institution: row.institution.as_deref(),
        file: None,
        valid_until: None,
    })
}

/// Adds it, unless there is one of the same source: then that.
pub(super) async fn add(app: &App, db: &impl ConnectionTrait, id: &str, new: New<'_>) -> Result<Model, ApiError> {
    if let Some(before) = document::by_source(db, &new.source).await? {
        return Ok(before);
    }
    let ambient = &app.identity.ambient;
    let random = || Reference::new(u64::from_be_bytes(ambient.bytes()));
    let number = if new.kind == DocumentKind::Upload { None } else { Some(free(db, random).await?) };
    let there = new.file.unwrap_or_else(|| There {
        name: format!("Durvis-{}.pdf", number.map(|number| number.to_string()).unwrap_or_default()),
        media_type: PDF.into(),
        bytes: 0,
        digest: None,
        key: PartKey::new(ambient),
        stored: None,
    });
    let kept = Kept { name: there.name, key: there.key, stored: there.stored.unwrap_or_else(|| stored(id)) };
    let row = Model {
        id: id.into(),
        person_id: new.person_id,
        company: new.company,
        kind: new.kind.code().into(),
        source: new.source,
        use_id: Some(new.use_id.into()),
        bill_id: new.bill_id.map(str::to_owned),
        number: number.map(|number| number.number().cast_signed()),
        code: random().number().cast_signed(),
        lang: new.lang.into(),
        e_service: new.e_service.into(),
        version: new.version,
        institution: new.institution.map(str::to_owned),
        media_type: there.media_type,
        sealed: app.identity.seal(&kept, &place(id))?,
        bytes: there.bytes,
        digest: there.digest,
        at: ambient.millis(),
        next: ambient.millis(),
        valid_until: new.valid_until,
    };
    document::add(db, row.clone()).await?;
    Ok(row)
}

async fn free(db: &impl ConnectionTrait, random: impl Fn() -> Reference) -> Result<Reference, ApiError> {
    for _ in 0..NUMBER_TRIES {
        let number = random();
        if document::by_number(db, number.number().cast_signed()).await?.is_none() {
            return Ok(number);
        }
    }
    Err(ApiError::Internal("no number is free".into()))
}

/// Makes the documents that wait for it; says how many. One that cannot be made does not stop the others.
///
/// # Errors
/// When the database fails.
pub async fn make_due(app: &App) -> Result<usize, ApiError> {
    let mut count = 0;
    for row in document::waiting(&app.db, app.identity.ambient.millis(), ROUND).await? {
        match make(app, row).await {
            Ok(made) => count += usize::from(made),
            Err(error) => tracing::warn!(?error, "a document cannot be made"),
        }
    }
    Ok(count)
}

/// One that is made, now if it was not.
///
/// # Errors
/// [`ApiError::Silent`] while another is making it, or has failed a moment ago.
pub(super) async fn made(app: &App, row: Model) -> Result<Model, ApiError> {
    if row.digest.is_some() {
        return Ok(row);
    }
    let id = row.id.clone();
    make(app, row).await?;
    let row = document::by_id(&app.db, &id).await?.ok_or(ApiError::NotFound)?;
    if row.digest.is_some() { Ok(row) } else { Err(ApiError::Silent("papers", format!("{id} is being made"))) }
}

/// Makes one; `false` where somebody else does.
async fn make(app: &App, row: Model) -> Result<bool, ApiError> {
    let now = app.identity.ambient.millis();
    // One that cannot be made is tried rarer and rarer.
    let until = now + ((now - row.at) / 2).clamp(LEASE_MS, files::DAY_MS);
    if row.next > now || !document::take(&app.db, &row, until).await? {
        return Ok(false);
    }
    let opened = open(app, row)?;
    let made = if opened.row.kind == DocumentKind::Upload.code() {
        bytes(app, &opened).await?
    } else {
        written(app, &opened).await?
    };
    let size = i64::try_from(made.len()).unwrap_or(i64::MAX);
    document::set_made(&app.db, &opened.row.id, size, &digest(&made)).await?;
    Ok(true)
}

/// Writes a paper and keeps it. What one that died over it has left is replaced: nobody has seen it.
async fn written(app: &App, Opened { row, kept }: &Opened) -> Result<Vec<u8>, ApiError> {
    let paper = paper::of(app, row).await?;
    let made = tokio::task::spawn_blocking(move || durvis_paper::pdf(&paper)).await;
    let made = made.map_err(|error| ApiError::Internal(format!("{}: {error}", row.id)))?;
    let made = made.map_err(|error| ApiError::Internal(format!("{}: {error}", row.id)))?;
    app.files.delete(&kept.stored, parts(made.len() as u64)).await?;
    keep(app, kept, &made).await?;
    Ok(made)
}

/// Keeps the bytes of a document.
pub(super) async fn keep(app: &App, kept: &Kept, made: &[u8]) -> Result<(), ApiError> {
    for (number, part) in (0..).zip(made.chunks(PART_BYTES as usize)) {
        app.files.put(&app.identity.ambient, &kept.stored, number, &kept.key, part).await?;
    }
    Ok(())
}
