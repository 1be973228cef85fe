//! A file goes up part by part; where the line drops it goes on with the part that is missing.

use durvis_contract::file::{self, NewFile, PART_BYTES};
use durvis_contract::text::is_forbidden_in_name;
use js_sys::Uint8Array;

use super::words::megabytes;
use crate::api::{self, ApiError};
use crate::i18n::{key, t, tf};
use crate::session::SessionState;
use crate::ui::wait;

/// Seconds until an upload is tried again, and the most that this grows to.
const AGAIN_AFTER: u32 = 2;
const AGAIN_MOST: u32 = 60;
/// How often a server that fails is asked again.
const FAILURES: u32 = 6;

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// On this device; it goes up when there is a line, and somebody is signed in.
    Here,
    /// Per cent.
    Going(u32),
    /// On the server, all of it.
    There,
    /// Neither here nor there: it was chosen on another device, and did not get far.
    Lost,
}

/// What became of a file that was to go up.
pub enum Gone {
    There,
    /// Why the server does not take it.
    Refused(String),
    /// Nobody wants it any more, or the server fails.
    Left,
}

/// What a file question takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Takes {
    pub max_bytes: u64,
    pub count: u16,
    pub types: Vec<String>,
}

impl Takes {
    /// The media type of a file of that name and size, where so many are there already.
    ///
    /// # Errors
    /// Says why it is not taken.
    pub fn media_type(&self, name: &str, bytes: u64, there: usize) -> Result<&'static str, String> {
        if there >= usize::from(self.count) {
            return Err(tf(key::FAULT_FILES, &[("max", &self.count.to_string())]));
        }
        if bytes > self.max_bytes {
            return Err(tf(key::FAULT_FILE_LARGE, &[("max", &megabytes(self.max_bytes))]));
        }
        if bytes == 0 {
            return Err(t(key::WALK_FILE_EMPTY).to_owned());
        }
        let media_type = file::media_type(name).filter(|one| self.types.iter().any(|known| known == one));
        media_type.ok_or_else(|| t(key::FAULT_FILE_TYPE).to_owned())
    }

    /// The rules, as they stand at the question.
    pub fn rules(&self) -> String {
        let names = self.types.iter().map(|one| file::format_name(one)).collect::<Vec<_>>().join(", ");
        let (max, count) = (megabytes(self.max_bytes), self.count.to_string());
        tf(key::WALK_FILE_RULES, &[("types", &names), ("max", &max), ("count", &count)])
    }
}

/// Sends a file up, however often the line drops. `told` hears how far it is, and says whether it is still wanted.
pub async fn up(
    session: SessionState,
    (id, new): (&str, &NewFile),
    content: &Uint8Array,
    told: impl Fn(FileState) -> bool,
) -> Gone {
    let (mut after, mut failures) = (AGAIN_AFTER, 0);
    while told(FileState::Here) {
        match try_up(session, (id, new), content, &told).await {
            Ok(()) => {
                told(FileState::There);
                return Gone::There;
            }
            Err(ApiError::Broken(broken)) => {
                let rule = broken.first().map(|one| one.rule.as_str()).unwrap_or_default();
                return Gone::Refused(refusal(rule).to_owned());
            }
            Err(ApiError::Wait(seconds)) => {
                wait::seconds(seconds).await;
                continue;
            }
            Err(ApiError::Offline) => {
                told(FileState::Here);
                wait::seconds_or_line(after).await;
            }
            Err(_) => {
                told(FileState::Here);
                failures += 1;
                if failures == FAILURES {
                    return Gone::Left;
                }
                wait::seconds(after).await;
            }
        }
        after = (after * 2).min(AGAIN_MOST);
    }
    Gone::Left
}

async fn try_up(
    session: SessionState,
    (id, new): (&str, &NewFile),
    content: &Uint8Array,
    told: &impl Fn(FileState) -> bool,
) -> Result<(), ApiError> {
    let mut there = session.heard(api::uses::put_file(id, new).await)?;
    let parts = file::parts(new.bytes);
    // Every part once; a server that never takes the next is one that fails.
    for _ in 0..=parts {
        if there.whole {
            return Ok(());
        }
        if !told(FileState::Going(there.parts * 100 / parts.max(1))) {
            return Err(ApiError::NotFound);
        }
        let from = there.parts * PART_BYTES as u32;
        let part = content.subarray(from, (from + PART_BYTES as u32).min(content.length()));
        there = session.heard(api::uses::put_part(id, there.parts, &part).await)?;
    }
    if there.whole { Ok(()) } else { Err(ApiError::Failed(String::new())) }
}

/// The last part of what a browser calls it, without what the server refuses.
pub fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let tidy: String = last.chars().filter(|found| !is_forbidden_in_name(*found)).collect();
    if tidy.len() <= file::MAX_NAME_BYTES {
        return tidy;
    }
    // The end tells what it is.
    let mut from = tidy.len() - file::MAX_NAME_BYTES;
    while !tidy.is_char_boundary(from) {
        from += 1;
    }
    tidy[from..].to_owned()
}

/// Why the server refused a file.
fn refusal(rule: &str) -> &'static str {
    t(match rule {
        "file_macros" => key::WALK_FILE_MACROS,
        "file_active" => key::WALK_FILE_ACTIVE,
        "file_bomb" => key::WALK_FILE_BOMB,
        "file_locked" => key::WALK_FILE_LOCKED,
        "too_much" => key::WALK_FILE_TOO_MUCH,
        _ => key::WALK_FILE_WRONG,
    })
}
