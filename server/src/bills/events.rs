//! What happened to bills besides being paid at a bank.

use std::collections::BTreeMap;

use durvis_contract::bill::{BillEvent, BillEventKind, BillPart, MAX_EVENTS};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::db::bill_event::{self, Model};
use crate::error::ApiError;
use crate::uses::checked;
use crate::uses::told::iso;

/// What is sealed of one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) amount_cents: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<BillPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) officer: Option<String>,
}

/// Whether that very event is written down already.
///
/// # Errors
/// [`ApiError::Conflict`] where the id is another one's.
pub(super) async fn is_there(
    app: &App,
    db: &impl ConnectionTrait,
    (bill_id, id): (&str, &str),
    kind: BillEventKind,
    said: &Said,
) -> Result<bool, ApiError> {
    let Some(before) = bill_event::by_id(db, checked(id)?).await? else { return Ok(false) };
    let is_same = before.bill_id == bill_id && before.kind == code(kind);
    let is_same = is_same && app.identity.open::<Said>(&before.sealed, &place(id))? == *said;
    if is_same { Ok(true) } else { Err(ApiError::Conflict) }
}

/// Writes one down.
///
/// # Errors
/// The rule `too_many`.
pub(super) async fn add(
    app: &App,
    db: &impl ConnectionTrait,
    (bill_id, id): (&str, &str),
    kind: BillEventKind,
    said: &Said,
) -> Result<(), ApiError> {
    let before = bill_event::of_bills(db, &[bill_id.to_owned()], MAX_EVENTS as u64).await?;
    if before.len() >= MAX_EVENTS {
        return Err(ApiError::broken("id", "too_many"));
    }
    let row = Model {
        id: id.into(),
        bill_id: bill_id.into(),
        number: i32::try_from(before.len()).unwrap_or(i32::MAX) + 1,
        kind: code(kind).into(),
        at: app.identity.ambient.millis(),
        sealed: app.identity.seal(said, &place(id))?,
    };
    Ok(bill_event::add(db, row).await?)
}

/// Those of several bills, the oldest first.
pub(crate) async fn of_bills(
    app: &App,
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<BTreeMap<String, Vec<BillEvent>>, ApiError> {
    let mut found: BTreeMap<String, Vec<BillEvent>> = BTreeMap::new();
    for row in bill_event::of_bills(db, ids, (ids.len() * MAX_EVENTS) as u64).await? {
        let (bill_id, event) = (row.bill_id.clone(), told(app, row)?);
        found.entry(bill_id).or_default().push(event);
    }
    Ok(found)
}

pub(crate) fn told(app: &App, row: Model) -> Result<BillEvent, ApiError> {
    let Said { text, amount_cents, officer, parts: _ } = app.identity.open(&row.sealed, &place(&row.id))?;
    let kind = serde_json::from_value(row.kind.into())?;
    Ok(BillEvent { id: row.id, kind, at: iso(row.at), text, amount_cents, officer })
}

/// As the database names it.
fn code(kind: BillEventKind) -> &'static str {
    match kind {
        BillEventKind::Reminded => "reminded",
        BillEventKind::Split => "split",
        BillEventKind::Received => "received",
        BillEventKind::Disputed => "disputed",
        BillEventKind::Upheld => "upheld",
        BillEventKind::Refunded => "refunded",
        BillEventKind::Cancelled => "cancelled",
    }
}

/// For what place one is sealed.
pub(crate) fn place(id: &str) -> String {
    format!("bill_event:{id}")
}
