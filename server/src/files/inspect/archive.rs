//! Documents that are ZIP archives: OOXML, OpenDocument, ASiC-E. Every entry is unpacked, those of archives in archives too,
//! within one bound for all: what an archive says of its own size is not believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Refused;

/// Entries of all archives.
const MAX_ENTRIES: usize = 2_000;
/// Unpacked, of all archives.
const MAX_BYTES: u64 = 100 * 1024 * 1024;
/// Unpacked by packed, once there is more than [`SMALL_BYTES`] of it.
const MAX_RATIO: u64 = 150;
const SMALL_BYTES: u64 = 8 * 1024 * 1024;
/// A signed container may hold another, that a document, and that one more.
const MAX_DEPTH: usize = 3;
/// How an archive begins.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// What is known after unpacking.
struct Looked {
    /// Bytes and entries that may still come.
    bytes: u64,
    entries: usize,
    /// Of the outermost archive.
    names: Vec<String>,
    mimetype: Vec<u8>,
    types: Vec<u8>,
    has_macros: bool,
}

pub(super) fn inspect(media_type: &str, bytes: &[u8]) -> Result<(), Refused> {
    let most = MAX_BYTES.min((bytes.len() as u64 * MAX_RATIO).max(SMALL_BYTES));
    let mut looked = Looked {
        bytes: most,
        entries: MAX_ENTRIES,
        names: Vec::new(),
        mimetype: Vec::new(),
        types: Vec::new(),
        has_macros: false,
    };
    looked.unpack(bytes, 0)?;
    let has = |name: &str| looked.names.iter().any(|one| one == name);
    let open_xml = media_type.contains("openxml");
    let is = match media_type.rsplit('.').next().unwrap_or_default() {
        "document" if open_xml => has("word/document.xml"),
        "sheet" if open_xml => has("xl/workbook.xml"),
        "presentation" if open_xml => has("ppt/presentation.xml"),
        _ => looked.mimetype.trim_ascii() == media_type.as_bytes(),
    };
    if !is || (open_xml && looked.types.is_empty()) {
        return Err(Refused::Type);
    }
    if looked.has_macros { Err(Refused::Macros) } else { Ok(()) }
}

impl Looked {
    fn unpack(&mut self, archive: &[u8], depth: usize) -> Result<(), Refused> {
        let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(|_| Refused::Type)?;
        self.entries = self.entries.checked_sub(archive.len()).ok_or(Refused::Bomb)?;
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(|error| match error {
                ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refused::Locked,
                _ => Refused::Type,
            })?;
            if entry.enclosed_name().is_none() {
                return Err(Refused::Type);
            }
            let name = entry.name().map_err(|_| Refused::Type)?.into_owned();
            let mut plain = Vec::new();
            entry.take(self.bytes + 1).read_to_end(&mut plain).map_err(|_| Refused::Type)?;
            self.bytes = self.bytes.checked_sub(plain.len() as u64).ok_or(Refused::Bomb)?;
            self.has_macros |= is_program(&name.to_ascii_lowercase(), &plain);
            if plain.starts_with(ARCHIVE) {
                if depth == MAX_DEPTH {
                    return Err(Refused::Bomb);
                }
                self.unpack(&plain, depth + 1)?;
            }
            if depth == 0 {
                match name.as_str() {
                    "mimetype" => self.mimetype = plain,
                    "[Content_Types].xml" => self.types = plain,
                    _ => {}
                }
                self.names.push(name);
            }
        }
        Ok(())
    }
}

/// Whether an entry is a macro, or says that there are some.
fn is_program(name: &str, plain: &[u8]) -> bool {
    let says_so = || String::from_utf8_lossy(plain).to_ascii_lowercase().contains("macroenabled");
    name.ends_with("vbaproject.bin")
        || name.starts_with("basic/")
        || name.starts_with("scripts/")
        || (name == "[content_types].xml" && says_so())
}
