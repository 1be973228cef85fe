//! Several documents in one file.

use std::io::{Cursor, Write};

use durvis_contract::document::Archive;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{bytes, is_own, make, open};
use crate::App;
use crate::db::document;
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::uses::checked;

/// A ZIP of one's own documents.
///
/// # Errors
/// [`ApiError::NotFound`] where one of them is not one's own; the rule where they are too many or too large together.
pub async fn archive(app: &App, session: &Session, wanted: Archive) -> Result<Vec<u8>, ApiError> {
    let Archive { mut ids } = wanted;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() || ids.len() > Archive::MAX {
        return Err(ApiError::broken("ids", if ids.is_empty() { "required" } else { "too_many" }));
    }
    for id in &ids {
        checked(id)?;
    }
    let rows = document::by_ids(&app.db, &ids).await?;
    if rows.len() < ids.len() || rows.iter().any(|row| !is_own(row, session)) {
        return Err(ApiError::NotFound);
    }
    // As many bytes are in memory: not for many at once.
    let permit = app.files.looking.acquire().await.map_err(|error| ApiError::Internal(error.to_string()))?;
    let (mut files, mut size) = (Vec::with_capacity(rows.len()), 0_u64);
    for row in rows {
        let opened = open(app, make::made(app, row).await?)?;
        size = size.saturating_add(opened.row.bytes.cast_unsigned());
        if size > Archive::MAX_BYTES {
            return Err(ApiError::broken("ids", "too_much"));
        }
        files.push((opened.name().to_owned(), bytes(app, &opened).await?));
    }
    let zip = tokio::task::spawn_blocking(move || zipped(&files)).await;
    drop(permit);
    let zip = zip.map_err(|error| ApiError::Internal(error.to_string()))?;
    zip.map_err(|error| ApiError::Internal(format!("the archive: {error}")))
}

/// Stored as they are: documents are compressed already.
fn zipped(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (number, (name, content)) in files.iter().enumerate() {
        let is_taken = files.iter().take(number).any(|(other, _)| other == name);
        let name = if is_taken { format!("{}-{name}", number + 1) } else { name.clone() };
        writer.start_file(name, options)?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::zipped;

    #[test]
    fn files_of_one_name_are_two_files() {
        let files = [("a.pdf", "1"), ("a.pdf", "2"), ("ā.pdf", "3")];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let zip = zip::ZipArchive::new(std::io::Cursor::new(zipped(&files).unwrap())).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["a.pdf", "2-a.pdf", "ā.pdf"]);
    }
}
