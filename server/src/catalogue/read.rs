//! From a directory (or an exported file) to a [`Catalogue`], with every file that cannot be read named.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_saphyr::{Location, Spanned};

use super::source::{Catalogue, In};

/// Largest file and most files that are read: an editor's mistake must not fill the memory.
const MAX_FILE_BYTES: u64 = 4_000_000;
const MAX_FILES: usize = 20_000;
const FORMAT: &str = "durvis-catalogue/1";

/// The files of a catalogue, by path relative to its root, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(pub BTreeMap<String, String>);

/// What stands at a path.
pub enum Loaded {
    Own(Sources),
    /// A text that is to be read as CPSV-AP.
    Exchange(String),
}

impl Loaded {
    /// Reads a directory or a file.
    ///
    /// # Errors
    /// When it is not there, too large, or not text.
    pub fn load(path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            let mut sources = Sources::load_all(path)?;
            sources.0.retain(|path, _| !path.starts_with(E_SERVICES));
            return Ok(Self::Own(sources));
        }
        #[derive(Deserialize)]
        struct Peek {
            #[serde(rename = "format")]
            _format: String,
        }
        let text = read_bounded(path, MAX_FILE_BYTES * 16)?;
        match serde_json::from_str::<Peek>(&text) {
            Ok(_) => Sources::of_export(&text).map(Self::Own),
            Err(_) => Ok(Self::Exchange(text)),
        }
    }
}

/// Where the e-services stand, which `e_service` reads.
pub const E_SERVICES: &str = "e-services/";

/// One mistake, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: u64,
    pub column: u64,
    pub message: String,
}

impl Finding {
    pub fn at(file: &str, place: Location, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: place.line(), column: place.column(), message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, message } = self;
        if *line == 0 { write!(f, "{file}: {message}") } else { write!(f, "{file}:{line}:{column}: {message}") }
    }
}

/// A catalogue in one file, as `catalogue export` writes it.
#[derive(Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct Export {
    format: String,
    files: BTreeMap<String, String>,
}

impl Sources {
    /// Reads a directory, or a file that `catalogue export` wrote in our own form.
    ///
    /// # Errors
    /// When it is not there, too large, not text, or a file of another kind.
    pub fn load(path: &Path) -> io::Result<Self> {
        match Loaded::load(path)? {
            Loaded::Own(sources) => Ok(sources),
            Loaded::Exchange(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "not a catalogue export")),
        }
    }

    /// Reads a directory with its e-services, which are no part of the catalogue.
    ///
    /// # Errors
    /// As [`Sources::load`].
    pub fn load_all(path: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        collect(path, path, &mut files)?;
        Ok(Self(files))
    }

    fn of_export(text: &str) -> io::Result<Self> {
        let export: Export = serde_json::from_str(text)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("not a catalogue export: {error}")))?;
        if export.format != FORMAT {
            let message = format!("its format is {:?}, this durvis reads {FORMAT:?}", export.format);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(Self(export.files))
    }

    /// The single-file form that [`Sources::load`] reads.
    #[must_use]
    pub fn to_export(&self) -> String {
        let export = Export { format: FORMAT.into(), files: self.0.clone() };
        serde_json::to_string_pretty(&export).expect("texts are always JSON") + "\n"
    }

    /// Parses every file. The catalogue holds what could be read; the findings name what could not.
    #[must_use]
    pub fn parse(&self) -> (Catalogue, Vec<Finding>) {
        let mut parser = Parser::default();
        for (path, text) in &self.0 {
            parser.file(path, text);
        }
        if !self.0.contains_key("portal.yaml") {
            parser.findings.push(Finding::at("portal.yaml", Location::UNKNOWN, "is missing"));
        }
        (parser.catalogue, parser.findings)
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let relative = path.strip_prefix(root).expect("below its root").to_string_lossy().into_owned();
            files.insert(relative, read_bounded(&path, MAX_FILE_BYTES)?);
        }
        if files.len() > MAX_FILES {
            return Err(io::Error::other(format!("more than {MAX_FILES} files in {}", root.display())));
        }
    }
    Ok(())
}

fn read_bounded(path: &Path, most: u64) -> io::Result<String> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    if fs::metadata(path).map_err(named)?.len() > most {
        return Err(io::Error::other(format!("{}: larger than {most} bytes", path.display())));
    }
    fs::read_to_string(path).map_err(named)
}

#[derive(Default)]
struct Parser {
    catalogue: Catalogue,
    findings: Vec<Finding>,
}

impl Parser {
    fn file(&mut self, path: &str, text: &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let slug = name.trim_end_matches(".yaml").to_owned();
        match (folder, name) {
            ("", "portal.yaml") => {
                if let Some(portal) = self.yaml(path, text) {
                    self.catalogue.portal = portal;
                }
            }
            ("", "territories.yaml") => self.catalogue.territories = self.list(path, text),
            ("", "institutions.yaml") => self.catalogue.institutions = self.list(path, text),
            ("", "synonyms.yaml") => self.catalogue.synonyms = self.list(path, text),
            ("", "laws.yaml") => self.catalogue.laws = self.list(path, text),
            ("places", _) => {
                let places: Vec<In<_>> = self.list(path, text);
                self.catalogue.places.extend(places.into_iter().map(|place| (slug.clone(), place)));
            }
            ("services", _) => {
                if let Some(entry) = self.yaml(path, text) {
                    self.catalogue.services.insert(slug, In { file: path.into(), entry });
                }
            }
            ("life-events", _) => {
                if let Some(entry) = self.yaml(path, text) {
                    self.catalogue.life_events.insert(slug, In { file: path.into(), entry });
                }
            }
            ("plans", _) => {
                if let Some(entry) = self.yaml(path, text) {
                    self.catalogue.plans.insert(slug, In { file: path.into(), entry });
                }
            }
            _ => self.findings.push(Finding::at(path, Location::UNKNOWN, "no place for such a file (see README.md)")),
        }
    }

    fn list<T: DeserializeOwned>(&mut self, path: &str, text: &str) -> Vec<In<T>> {
        let entries: Vec<T> = self.yaml(path, text).unwrap_or_default();
        entries.into_iter().map(|entry| In { file: path.into(), entry }).collect()
    }

    fn yaml<T: DeserializeOwned>(&mut self, path: &str, text: &str) -> Option<T> {
        yaml(path, text).map_err(|finding| self.findings.push(finding)).ok()
    }
}

/// Reads a file.
///
/// # Errors
/// The first place where it is not what it should be.
pub fn yaml<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Finding> {
    serde_saphyr::from_str(text).map_err(|error| {
        let place = error.location().unwrap_or(Location::UNKNOWN);
        let message = error.without_snippet().to_string();
        Finding::at(path, place, message.lines().next().unwrap_or_default())
    })
}

/// Where a value stands.
pub(super) fn place<T>(value: &Spanned<T>) -> Location {
    value.referenced
}
