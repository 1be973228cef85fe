//! Puts a catalogue in force: all of it, in one transaction, or nothing.

use std::path::{Path, PathBuf};

use durvis_contract::{Files, Link, Manifest, ServiceDetail};
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait};
use serde::Serialize;
use thiserror::Error;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::check::check;
use super::cpsv::{self, Invalid, Read};
use super::localise::Localised;
use super::publish::{PublishedFile, bundle, counts, index, short_hash};
use super::read::{Finding, Loaded, Sources};
use super::source::Catalogue;
use crate::db::{description, published_file, release, source_file};

/// Why an import changed nothing.
#[derive(Debug, Error)]
pub enum ImportError {
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    #[error("{} mistakes, the first: {}", .0.len(), .0[0])]
    Mistakes(Vec<Finding>),
    #[error("the database refused it: {0}")]
    Database(#[from] DbErr),
}

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// The same catalogue was in force already.
    Unchanged,
    New,
}

/// How a file of others is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub invalid: Invalid,
    /// The `portal.yaml` of the portal it comes to; that of the catalogue in force when left out.
    pub portal: Option<PathBuf>,
}

/// Imports a directory or an exported file.
///
/// # Errors
/// When it cannot be read, has mistakes, or the database fails; the catalogue in force stays.
pub async fn import(db: &DatabaseConnection, path: &Path) -> Result<Imported, ImportError> {
    let read = load(path, &Options::default(), in_force(db).await?)?;
    put_in_force(db, &read.sources).await
}

/// The text of the `portal.yaml` in force.
///
/// # Errors
/// When the database fails.
pub async fn in_force(db: &DatabaseConnection) -> Result<Option<String>, DbErr> {
    let files = source_file::all(db).await?;
    Ok(files.into_iter().find(|file| file.path == "portal.yaml").map(|file| file.text))
}

/// Reads what stands at a path, in whatever form.
///
/// # Errors
/// When it cannot be read or, unless they are left out, has entries with mistakes.
pub fn load(path: &Path, options: &Options, in_force: Option<String>) -> Result<Read, ImportError> {
    match Loaded::load(path)? {
        Loaded::Own(sources) => Ok(Read { sources, left_out: vec![], skipped: 0 }),
        Loaded::Exchange(text) => {
            let given = options.portal.as_ref().map(std::fs::read_to_string).transpose()?;
            let portal = given.or(in_force);
            let file = path.display().to_string();
            cpsv::read(&file, &text, portal.as_deref(), options.invalid).map_err(ImportError::Mistakes)
        }
    }
}

/// Puts sources in force that were read.
///
/// # Errors
/// When they have mistakes or the database fails; the catalogue in force stays.
pub async fn put_in_force(db: &DatabaseConnection, sources: &Sources) -> Result<Imported, ImportError> {
    let catalogue = checked(sources)?;
    let rows: Vec<source_file::Model> =
        sources.0.iter().map(|(path, text)| source_file::Model { path: path.clone(), text: text.clone() }).collect();
    let release = prepare(&catalogue);
    let current = release::current(db).await?;
    // The same sources may make other files: with a newer durvis.
    if current.as_ref().is_some_and(|current| current.hash == release.row.hash) && source_file::all(db).await? == rows {
        return Ok(Imported::Unchanged);
    }
    let files = release.files.into_iter().map(compressed).collect();
    let db = db.begin().await?;
    let keep = current.map(|current| file_names(&current.manifest)).unwrap_or_default();
    source_file::replace_all(&db, rows).await?;
    description::replace_all(&db, release.descriptions).await?;
    published_file::replace_all(&db, files, keep).await?;
    release::replace(&db, release.row).await?;
    db.commit().await?;
    Ok(Imported::New)
}

/// The catalogue of these sources, when nothing is wrong with it.
///
/// # Errors
/// Every mistake.
pub fn checked(sources: &Sources) -> Result<Catalogue, ImportError> {
    let (catalogue, mut findings) = sources.parse();
    if findings.is_empty() {
        findings = check(&catalogue);
    }
    if findings.is_empty() { Ok(catalogue) } else { Err(ImportError::Mistakes(findings)) }
}

struct Release {
    row: release::Model,
    descriptions: Vec<description::Model>,
    files: Vec<PublishedFile>,
}

fn prepare(catalogue: &Catalogue) -> Release {
    let mut descriptions = Vec::new();
    let mut published = Vec::new();
    for lang in &catalogue.portal.languages {
        let localised = Localised::new(catalogue, lang);
        let bundle = bundle(&localised);
        let index = index(&localised, &bundle).bytes().to_vec();
        let details = json(&bundle).into_bytes();
        published.push(PublishedFile::new(&format!("{lang}.index"), index));
        published.push(PublishedFile::new(&format!("{lang}.details"), details));
        describe(&localised, bundle, &mut descriptions);
    }
    let files = catalogue.portal.languages.iter().zip(published.chunks(2)).map(|(lang, files)| Files {
        lang: lang.clone(),
        index: format!("/catalogue/{}", files[0].name),
        details: format!("/catalogue/{}", files[1].name),
    });
    let names: Vec<&str> = published.iter().map(|file| file.name.as_str()).collect();
    // Plans stand in no file of their own, and a change of them is another release, too.
    let plans = descriptions.iter().filter(|one| one.kind == "plan").map(|one| one.body.as_str());
    let content: Vec<&str> = names.into_iter().chain(plans).collect();
    let manifest = Manifest {
        release: short_hash(content.join(" ").as_bytes()),
        imported_at: now(),
        files: files.collect(),
        plans: catalogue.plans.keys().cloned().collect(),
    };
    let row = release::Model {
        id: 0,
        hash: manifest.release.clone(),
        imported_at: manifest.imported_at.clone(),
        counts: json(&counts(catalogue)),
        manifest: json(&manifest),
    };
    Release { row, descriptions, files: published }
}

fn compressed(file: PublishedFile) -> published_file::Model {
    let (brotli, gzip) = file.compressed();
    published_file::Model { name: file.name, plain: file.plain, brotli, gzip }
}

/// One document for each thing the API answers.
fn describe(localised: &Localised<'_>, bundle: durvis_contract::Bundle, out: &mut Vec<description::Model>) {
    let mut add = |kind: &str, slug: &str, position: usize, body: String| {
        out.push(description::Model {
            kind: kind.into(),
            lang: localised.lang.into(),
            slug: slug.into(),
            position: position as i32,
            body,
        });
    };
    for (at, (slug, event)) in localised.catalogue.ordered_life_events().into_iter().enumerate() {
        add("life_event", slug, at, json(&localised.life_event(slug, event)));
    }
    for (at, (slug, plan)) in localised.catalogue.plans.iter().enumerate() {
        add("plan", slug, at, json(&localised.plan(slug, plan)));
    }
    for (at, institution) in bundle.institutions.iter().enumerate() {
        add("institution", &institution.slug, at, json(institution));
    }
    for (at, territory) in localised.catalogue.territories.iter().enumerate() {
        let link = Link { slug: territory.slug.value.clone(), name: localised.text(&territory.name) };
        add("territory", &link.slug, at, json(&link));
    }
    for (at, service) in bundle.services.into_iter().enumerate() {
        let named = |slug: &String| {
            let offered = service.offers.iter().any(|offer| offer.places.contains(slug));
            offered || service.channels.places.contains(slug)
        };
        let places = bundle.places.iter().filter(|place| named(&place.slug)).cloned().collect();
        let slug = service.slug.clone();
        add("service", &slug, at, json(&ServiceDetail { service, places }));
    }
}

/// The names of the files that a manifest (JSON) points to.
fn file_names(manifest: &str) -> Vec<String> {
    let manifest: Option<Manifest> = serde_json::from_str(manifest).ok();
    let paths = manifest.into_iter().flat_map(|manifest| manifest.files).flat_map(|files| [files.index, files.details]);
    paths.filter_map(|path| path.strip_prefix("/catalogue/").map(str::to_owned)).collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("contract types are always JSON")
}

/// The present moment, RFC 3339 in UTC to the second.
fn now() -> String {
    let now = OffsetDateTime::now_utc().replace_nanosecond(0).expect("0 is a nanosecond");
    now.format(&Rfc3339).expect("the present has a four-digit year")
}
