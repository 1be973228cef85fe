//! Everything that is held about a person in one ZIP: JSON as the API tells it, and the files as they came. It is written while it
//! is sent: at no time is more of it in memory than some uses and a part of a file.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use durvis_contract::e_service::Reference;
use futures_util::{Stream, StreamExt};
use serde::Serialize;
use serde_json::json;
use tokio::sync::mpsc::{self, Sender};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

use crate::db::act::Wanted;
use crate::db::{service_use, session as session_row};
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::told::{about, iso};
use crate::uses::{company_number, open};
use crate::{App, bills, cases, files, history, notices, reminders};

/// Uses that are read at once, and most of them.
const PAGE: u64 = 20;
const MAX_USES: u64 = 10_000;
/// Most bills, notices and acts.
const MAX_LISTED: usize = 10_000;
/// Pieces that wait for a slow line.
const WAITING: usize = 4;
/// Longest name of a file in the archive, in characters.
const MAX_NAME: usize = 120;

/// The archive, piece by piece; in the language asked for where something has a name. That it was taken stands in the log.
///
/// # Errors
/// [`ApiError::Wait`] where it is asked for too often.
pub async fn archive(
    app: &App,
    session: Session,
    lang: String,
) -> Result<impl Stream<Item = Result<Vec<u8>, String>> + use<>, ApiError> {
    app.limits.copy.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    app.identity.note(&app.db, Some(&session.person_id), "data_copied", app.identity.detail(&session)).await?;
    let (sender, mut pieces) = mpsc::channel(WAITING);
    let app = app.clone();
    tokio::spawn(async move {
        let mut archive = Archive::new(sender);
        if let Err(error) = archive.fill(&app, &session, &lang).await {
            tracing::warn!(?error, "somebody's data could not be copied to its end");
            // What is cut off does not open: nobody takes it for the whole.
            let _ = archive.sender.send(Err("cut off".into())).await;
        }
    });
    Ok(futures_util::stream::poll_fn(move |context| pieces.poll_recv(context)))
}

struct Archive {
    zip: ZipWriter<StreamWriter<Shared>>,
    written: Shared,
    sender: Sender<Result<Vec<u8>, String>>,
}

/// What is written and not yet sent.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Archive {
    fn new(sender: Sender<Result<Vec<u8>, String>>) -> Self {
        let written = Shared::default();
        Self { zip: ZipWriter::new_stream(written.clone()), written, sender }
    }

    async fn fill(&mut self, app: &App, session: &Session, lang: &str) -> Result<(), ApiError> {
        let person = app.identity.person(&app.db, &session.person_id).await?;
        let contact = app.identity.contact(&app.db, &session.person_id).await?;
        let open = session_row::of_person(&app.db, &session.person_id).await?;
        let open = open.iter().map(|one| {
            json!({"way": one.way, "address": one.address, "agent": one.agent, "created_at": iso(one.created_at),
                "seen_at": iso(one.seen_at)})
        });
        let open: Vec<_> = open.collect();
        let company = session.held.company.as_ref();
        let made_at = iso(app.identity.ambient.millis());
        let about =
            json!({"made_at": made_at, "person": person, "company": company, "contact": contact, "sessions": open});
        self.json("person.json", &about).await?;
        self.uses(app, session, lang).await?;
        self.json("bills.json", &bills::told::all(app, session, lang, MAX_LISTED).await?).await?;
        let most = MAX_LISTED as u64;
        self.json("notices.json", &notices::list(app, session, lang, None, most).await?).await?;
        self.json("reminders.json", &reminders::list(app, session, lang, None).await?).await?;
        self.json("history.json", &history::acts(app, session, &Wanted::default(), None, most).await?).await?;
        let zip = std::mem::replace(&mut self.zip, ZipWriter::new_stream(Shared::default()));
        zip.finish().map_err(broken)?;
        self.pass_on().await
    }

    /// Each use in a file of its own, with what came of it; its files beside it.
    async fn uses(&mut self, app: &App, session: &Session, lang: &str) -> Result<(), ApiError> {
        let company = company_number(session);
        let mut offset = 0;
        loop {
            let (rows, _) = service_use::of_person(&app.db, &session.person_id, &company, PAGE, offset).await?;
            let is_last = (rows.len() as u64) < PAGE || offset + PAGE >= MAX_USES;
            for row in rows {
                let (id, number) = (row.id.clone(), Reference::new(row.number.cast_unsigned()));
                let events = cases::events(app, &id).await?;
                let files = files::of_use(app, session, &id).await?;
                let told: Vec<_> = files.iter().map(files::Opened::told).collect();
                let opened = open(app, row)?;
                let one = json!({"use": about(app, &opened, lang), "answers": opened.kept.answers, "events": events,
                    "files": told});
                self.json(&format!("uses/{number}.json"), &one).await?;
                for (at, file) in
                    files.iter().zip(&told).filter(|(_, told)| told.whole).map(|(file, _)| file).enumerate()
                {
                    let name = file_name(&file.told().name);
                    self.begin(&format!("uses/{number}/{}-{name}", at + 1))?;
                    let mut parts = Box::pin(files::content(app, file));
                    while let Some(part) = parts.next().await {
                        self.zip.write_all(&part?)?;
                        self.pass_on().await?;
                    }
                }
            }
            if is_last {
                return Ok(());
            }
            offset += PAGE;
        }
    }

    async fn json(&mut self, name: &str, value: &impl Serialize) -> Result<(), ApiError> {
        let text = serde_json::to_vec_pretty(value)?;
        self.begin(name)?;
        self.zip.write_all(&text)?;
        self.pass_on().await
    }

    fn begin(&mut self, name: &str) -> Result<(), ApiError> {
        // Without times of its own: the same data is the same archive.
        self.zip.start_file(name, SimpleFileOptions::default()).map_err(broken)
    }

    /// Sends what is written, at the pace of whoever takes it.
    async fn pass_on(&mut self) -> Result<(), ApiError> {
        let written = std::mem::take(&mut *self.written.0.lock().unwrap_or_else(PoisonError::into_inner));
        if written.is_empty() {
            return Ok(());
        }
        self.sender.send(Ok(written)).await.map_err(|_| ApiError::Internal("nobody takes it any more".into()))
    }
}

fn broken(error: zip::result::ZipError) -> ApiError {
    ApiError::Internal(format!("the archive cannot be written: {error}"))
}

/// A citizen's name of a file, such that it is only a name.
fn file_name(name: &str) -> String {
    let plain = |letter: char| {
        let is_odd = letter.is_control() || r#"/\:*?"<>|"#.contains(letter);
        if is_odd { '_' } else { letter }
    };
    name.chars().take(MAX_NAME).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_leads_nowhere_else() {
        assert_eq!(file_name("Pase 2026.pdf"), "Pase 2026.pdf");
        assert_eq!(file_name("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(file_name(r"C:\x|y"), "C__x_y");
    }
}
