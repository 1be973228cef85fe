//! The overview of one's workspace: what is to be done first, then what is going on.

use serde::{Deserialize, Serialize};

use crate::bill::Bills;
use crate::document::Document;
use crate::e_service::Reference;
use crate::notice::Notice;
use crate::reminder::Reminder;
use crate::uses::Use;

/// What a task wants: one verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Answer an institution. Ends when it is answered.
    Answer,
    /// Look at a payment of which nobody knows what became of it. Ends when the bank has said so.
    LookAtPayment,
}

/// Something that waits for the citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    pub kind: TaskKind,
    /// Id of the use, or of the bill.
    pub about: String,
    /// What the e-service is called, in the language asked for.
    pub title: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Reference,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// What the institution asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// ISO 8601 day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// It, in one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// Those that are due soonest first.
    pub tasks: Vec<Task>,
    /// The newest uses, and how many there are.
    pub uses: Vec<Use>,
    pub uses_total: u32,
    /// The bills to be paid that are due soonest, and how many and how much in all.
    pub bills: Bills,
    /// The newest notices.
    pub notices: Vec<Notice>,
    /// The newest documents.
    pub documents: Vec<Document>,
    /// The soonest reminders to come.
    pub reminders: Vec<Reminder>,
}

impl Overview {
    /// Most tasks, uses, bills, notices, documents and reminders of it.
    pub const MAX_TASKS: usize = 20;
    pub const MAX_USES: u32 = 6;
    pub const MAX_BILLS: usize = 3;
    pub const MAX_NOTICES: u32 = 4;
    pub const MAX_DOCUMENTS: u64 = 3;
    pub const MAX_REMINDERS: u64 = 3;
}
