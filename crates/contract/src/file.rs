//! Files that go along with a use. The device makes the id and sends parts of one size, so that a line which drops costs one
//! part, and whatever is repeated is the same file again.

use serde::{Deserialize, Serialize};

/// Bytes of a part; only the last one may have less.
pub const PART_BYTES: u64 = 256 * 1024;
/// Longest name, in bytes.
pub const MAX_NAME_BYTES: usize = 200;
/// Most bytes of one file, whatever a definition says.
pub const MAX_BYTES: u64 = 25 * 1024 * 1024;

/// A kind of file that can go along: its media type, the extensions that its name may have, what people call it.
pub type Format = (&'static str, &'static [&'static str], &'static str);

/// All of them (the list of the state portal's e-submission).
pub const FORMATS: [Format; 12] = [
    ("application/pdf", &["pdf"], "PDF"),
    ("application/msword", &["doc"], "DOC"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"], "DOCX"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"], "XLSX"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"], "PPTX"),
    ("application/vnd.oasis.opendocument.text", &["odt"], "ODT"),
    ("application/vnd.oasis.opendocument.spreadsheet", &["ods"], "ODS"),
    ("application/vnd.oasis.opendocument.presentation", &["odp"], "ODP"),
    ("application/vnd.etsi.asic-e+zip", &["asice", "edoc"], "EDOC, ASICE"),
    ("image/jpeg", &["jpg", "jpeg"], "JPG"),
    ("image/png", &["png"], "PNG"),
    ("image/tiff", &["tif", "tiff"], "TIF"),
];

/// The media type that a name's extension stands for.
#[must_use]
pub fn media_type(name: &str) -> Option<&'static str> {
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    FORMATS.iter().find(|(_, extensions, _)| extensions.contains(&extension.as_str())).map(|one| one.0)
}

/// What people call a media type; itself where it is none of ours.
#[must_use]
pub fn format_name(media_type: &str) -> &str {
    FORMATS.iter().find(|one| one.0 == media_type).map_or(media_type, |one| one.2)
}

/// Extensions of those media types with dots, as a file chooser wants them.
#[must_use]
pub fn extensions(media_types: &[String]) -> Vec<String> {
    let known = FORMATS.iter().filter(|one| media_types.iter().any(|media_type| media_type == one.0));
    known.flat_map(|one| one.1).map(|extension| format!(".{extension}")).collect()
}

/// A file that is to go up; repeated, it says how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    /// Id of the use that it goes along with.
    pub use_id: String,
    /// Slug of its e-service, and the version whose questions are answered.
    pub e_service: String,
    pub version: u32,
    /// Id of the field, of a group's column too; empty for what goes along with a message about a use that was sent.
    pub field: String,
    /// At most [`MAX_NAME_BYTES`], without folders.
    pub name: String,
    pub bytes: u64,
}

/// A file on the server, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoredFile {
    /// 32 hexadecimal digits.
    pub id: String,
    pub name: String,
    pub bytes: u64,
    pub media_type: String,
    /// Parts that are there; the next one has this number.
    pub parts: u32,
    /// All of it is there, and was found to be what its name says.
    pub whole: bool,
}

/// How many parts a file has.
#[must_use]
pub fn parts(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(PART_BYTES)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_media_type() {
        assert_eq!(media_type("Līgums.PDF"), Some("application/pdf"));
        assert_eq!(media_type("a.b.jpeg"), Some("image/jpeg"));
        assert_eq!((media_type("pdf"), media_type("a.exe"), media_type("a.")), (None, None, None));
        let types = ["application/vnd.etsi.asic-e+zip".to_owned()];
        assert_eq!(extensions(&types), [".asice", ".edoc"]);
    }

    #[test]
    fn a_file_has_as_many_parts_as_it_needs() {
        assert_eq!((parts(1), parts(PART_BYTES), parts(PART_BYTES + 1), parts(10_000_000)), (1, 1, 2, 39));
    }
}
