//! Reminders: what a citizen asked to be reminded of, on a day of their own choice.

use serde::{Deserialize, Serialize};

use crate::e_service::Reference;

/// What a reminder is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReminderAbout {
    /// A use of an e-service: a draft, a submission, a task.
    Use,
    Bill,
    Document,
    /// A service of the catalogue, a favourite say.
    Service,
}

impl ReminderAbout {
    pub const ALL: [Self; 4] = [Self::Use, Self::Bill, Self::Document, Self::Service];

    /// As JSON and the database name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Bill => "bill",
            Self::Document => "document",
            Self::Service => "service",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A reminder to be set, under an id that the device made. Set again under the same id, it has the new day and words, and is
/// still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReminder {
    pub kind: ReminderAbout,
    /// Id of the use, the bill or the document; slug of the service.
    pub about: String,
    /// ISO 8601 day in Latvia: from tomorrow on, within [`NewReminder::MAX_DAYS`].
    pub day: String,
    /// One's own words, at most [`NewReminder::MAX_TEXT`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl NewReminder {
    /// Longest words, in characters.
    pub const MAX_TEXT: usize = 200;
    /// How far ahead: some ten years.
    pub const MAX_DAYS: i32 = 3_653;
}

/// A reminder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reminder {
    /// 32 hexadecimal digits.
    pub id: String,
    pub kind: ReminderAbout,
    pub about: String,
    /// What the e-service or the service is called, in the language asked for.
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub number: Option<Reference>,
    /// ISO 8601 day.
    pub day: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// ISO 8601, UTC; none of one that is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<String>,
}

/// Something that one may be reminded of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Subject {
    pub kind: ReminderAbout,
    pub about: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub number: Option<Reference>,
}

/// What has to be done, or ends, on a day that others have set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// An institution waits for an answer; `about` is the use.
    Answer,
    Bill,
    /// The last day of a document.
    Document,
}

/// A day that the portal reminds of by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deadline {
    pub kind: DeadlineKind,
    pub about: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub number: Option<Reference>,
    /// ISO 8601 day.
    pub day: String,
}

impl Deadline {
    /// How many days before the portal reminds of what is to be done; and of a document that ends, twice.
    pub const DAYS: i32 = 3;
    pub const DOCUMENT_DAYS: [i32; 2] = [60, 14];
}

/// One's own reminders: those to come first, the soonest first; then those told, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reminders {
    pub items: Vec<Reminder>,
    /// What was asked about, so that a reminder can be set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The soonest first.
    pub deadlines: Vec<Deadline>,
}

impl Reminders {
    /// Most reminders of one person that are to come.
    pub const MAX: usize = 100;
    /// Most that are listed: those told are deleted after a year.
    pub const MAX_LISTED: usize = 200;
    /// Most deadlines of each kind.
    pub const MAX_DEADLINES: usize = 50;
}
