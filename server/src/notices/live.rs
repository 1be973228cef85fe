//! Telling open pages at once that there is something new. Each server looks into the database for what any of them wrote, so
//! that a notice of one reaches the browsers of all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, timeout_at};

use crate::App;
use crate::db::notice;
use crate::error::ApiError;

/// How often the database is looked into.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Notices that are passed on at once; a page that is slower than that is told once for all of them.
const PASSED_ON: u64 = 256;
/// Open streams of one server, in all: each holds a connection, and most of those are for asking.
const MAX_STREAMS: usize = 1_000;
/// Those of one person: as many windows as anybody looks at.
const MAX_OF_PERSON: usize = 6;
/// How long a stream is open: the page opens another then, and its session is looked at again.
const OPEN_FOR: Duration = Duration::from_secs(600);

/// Who listens.
#[derive(Clone, Debug)]
pub struct Streams {
    told: broadcast::Sender<Arc<str>>,
    closed: watch::Sender<bool>,
    open: Open,
}

/// How many streams are open, by person.
type Open = Arc<Mutex<HashMap<String, usize>>>;

impl Default for Streams {
    fn default() -> Self {
        let (told, closed) = (broadcast::Sender::new(PASSED_ON as usize), watch::Sender::new(false));
        Self { told, closed, open: Arc::default() }
    }
}

/// Counts an open stream as long as it lives.
struct Counted(Open, String);

impl Counted {
    /// None where too many are open.
    fn new(open: &Open, person_id: &str) -> Option<Self> {
        let mut by_person = open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = by_person.values().sum();
        let own = by_person.get(person_id).copied().unwrap_or_default();
        if all >= MAX_STREAMS || own >= MAX_OF_PERSON {
            return None;
        }
        by_person.insert(person_id.to_owned(), own + 1);
        Some(Self(open.clone(), person_id.to_owned()))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut by_person = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = by_person.get_mut(&self.1) {
            *own -= 1;
            if *own == 0 {
                by_person.remove(&self.1);
            }
        }
    }
}

impl Streams {
    /// An item for every time that there is something new for a person.
    ///
    /// # Errors
    /// [`ApiError::Wait`] where too many are open: the page asks now and then instead.
    pub fn of(&self, person_id: &str) -> Result<impl Stream<Item = ()> + Send + use<>, ApiError> {
        let counted = Counted::new(&self.open, person_id).ok_or(ApiError::Wait(60))?;
        let (person, until) = (person_id.to_owned(), Instant::now() + OPEN_FOR);
        let listening = (self.told.subscribe(), self.closed.subscribe(), counted);
        Ok(unfold(listening, move |(mut told, mut closed, counted)| {
            let person = person.clone();
            async move {
                loop {
                    let next = tokio::select! {
                        next = timeout_at(until, told.recv()) => next.ok()?,
                        _ = closed.wait_for(|closed| *closed) => return None,
                    };
                    match next {
                        Ok(whom) if *whom == *person => break,
                        Ok(_) => {}
                        Err(broadcast::error::RecvError::Lagged(_)) => break,
                        Err(broadcast::error::RecvError::Closed) => return None,
                    }
                }
                Some(((), (told, closed, counted)))
            }
        }))
    }

    /// Ends all streams: the server stops.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }
}

/// Passes on what is new, as long as the server runs.
pub async fn follow(app: App) {
    let mut last = None;
    loop {
        match look(&app, last).await {
            Ok(newest) => last = Some(newest),
            Err(error) => tracing::warn!(?error, "notices cannot be passed on"),
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// One look; the newest that was seen.
///
/// # Errors
/// When the database fails.
pub async fn look(app: &App, last: Option<i64>) -> Result<i64, ApiError> {
    let Some(mut last) = last else { return Ok(notice::newest(&app.db).await?) };
    for (id, person_id) in notice::whom_after(&app.db, last, PASSED_ON).await? {
        last = id;
        // Nobody listens: nobody has to be told.
        let _ = app.streams.told.send(person_id.into());
    }
    Ok(last)
}
