//! The mailbox: every letter that the mail server took, whoever it is for. The newest are kept.

mod letter;
pub mod smtp;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::page::{page, text};
use crate::world::{World, lock};
use letter::Read;

/// Most letters that are kept.
const MAX_LETTERS: usize = 500;

/// A letter as it came.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    pub id: u64,
    pub received: String,
    /// The envelope: who sent it, and to whom.
    pub from: String,
    pub to: Vec<String>,
    /// What a person reads, decoded.
    pub subject: String,
    pub text: String,
    /// The whole of it, headers too.
    pub raw: String,
}

/// The letters, the oldest first, and how many there ever were.
#[derive(Debug, Default)]
pub struct Mailbox(Mutex<(VecDeque<Letter>, u64)>);

impl Mailbox {
    /// Keeps a letter, and tells its number.
    fn take(&self, from: String, to: Vec<String>, raw: &[u8]) -> u64 {
        let Read { subject, text } = letter::read(raw);
        let received = OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default();
        let raw = String::from_utf8_lossy(raw).into_owned();
        let mut kept = lock(&self.0);
        kept.1 += 1;
        let id = kept.1;
        kept.0.push_back(Letter { id, received, from, to, subject, text, raw });
        if kept.0.len() > MAX_LETTERS {
            kept.0.pop_front();
        }
        id
    }

    /// The letters to somebody, or all; the newest first.
    #[must_use]
    pub fn letters(&self, to: Option<&str>) -> Vec<Letter> {
        let is_for = |letter: &&Letter| to.is_none_or(|to| letter.to.iter().any(|own| own.eq_ignore_ascii_case(to)));
        lock(&self.0).0.iter().rev().filter(is_for).cloned().collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    to: Option<String>,
}

/// Where letters are read.
pub fn router() -> Router<Arc<World>> {
    Router::new().route("/mailbox", get(shown)).route("/mailbox/messages", get(messages).delete(empty))
}

async fn messages(State(world): State<Arc<World>>, Query(wanted): Query<Wanted>) -> Json<Vec<Letter>> {
    Json(world.mailbox.letters(wanted.to.as_deref()))
}

async fn empty(State(world): State<Arc<World>>) -> StatusCode {
    lock(&world.mailbox.0).0.clear();
    StatusCode::NO_CONTENT
}

async fn shown(State(world): State<Arc<World>>, Query(wanted): Query<Wanted>) -> Response {
    let letters = world.mailbox.letters(wanted.to.as_deref());
    let shown = |letter: &Letter| {
        let Letter { subject, from, to, received, text: written, .. } = letter;
        let [subject, from, to, written] = [subject, from, &to.join(", "), written].map(|plain| text(plain));
        let subject = if subject.is_empty() { "(no subject)" } else { &subject };
        format!(
            "<article><h2>{subject}</h2><p class=\"soft\">{from} to {to}, {received}</p><pre>{written}</pre></article>"
        )
    };
    let list: String = letters.iter().map(shown).collect();
    let list = if list.is_empty() { "<p>There is no letter.</p>".to_owned() } else { list };
    page(StatusCode::OK, "en", "Mailbox", &format!("<p><a href=\"/\">Sandbox</a></p><h1>Mailbox</h1>{list}"))
}
