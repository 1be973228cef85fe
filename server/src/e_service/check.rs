//! What is wrong with definitions: by file, line and column.

use std::collections::BTreeMap;

use durvis_contract::e_service::{Definition, Recipient, check_definition};
use serde_saphyr::Location;

use super::tree::{Tree, locate};
use crate::catalogue::read::{E_SERVICES, yaml};
use crate::catalogue::{Catalogue, Finding, Sources};

/// The definitions that could be read, by slug, and every mistake in all of them.
#[derive(Debug, Default)]
pub struct Checked {
    pub definitions: BTreeMap<String, Definition>,
    pub findings: Vec<Finding>,
}

/// Reads and checks the e-services of a content directory, against its catalogue.
#[must_use]
pub fn check(sources: &Sources) -> Checked {
    // What is wrong with the catalogue, `catalogue check` says.
    let (catalogue, _) = sources.parse();
    let mut checked = Checked::default();
    for (path, text) in &sources.0 {
        let Some(slug) = path.strip_prefix(E_SERVICES).and_then(|name| name.strip_suffix(".yaml")) else { continue };
        match yaml::<Definition>(path, text) {
            Ok(definition) => {
                checked.findings.extend(mistakes(path, text, slug, &definition, &catalogue));
                checked.definitions.insert(slug.to_owned(), definition);
            }
            Err(finding) => checked.findings.push(finding),
        }
    }
    checked
}

fn mistakes(path: &str, text: &str, slug: &str, definition: &Definition, catalogue: &Catalogue) -> Vec<Finding> {
    let tree = yaml::<Tree>(path, text).ok();
    let place = |at: &str| tree.as_ref().map_or(Location::UNKNOWN, |tree| locate(tree, at));
    let languages: Vec<&str> = catalogue.portal.languages.iter().map(String::as_str).collect();
    let found = check_definition(definition, &languages).into_iter();
    let mut findings: Vec<_> =
        found.map(|one| Finding::at(path, place(&one.path), format!("{}: {}", one.path, one.what))).collect();
    let mut unless = |right: bool, at: &str, what: String| {
        if !right {
            findings.push(Finding::at(path, place(at), what));
        }
    };
    unless(definition.id == slug, "id", format!("is not the file's name, {slug:?}"));
    let service = &definition.service;
    unless(catalogue.services.contains_key(service), "service", format!("there is no service {service:?}"));
    let is_here = catalogue.services.get(service).is_none_or(|found| found.entry.channels.value.here.is_some());
    unless(
        is_here,
        "service",
        format!("the service {service:?} names no way `here` among its channels: nobody would find this"),
    );
    if let Recipient::Fixed(institution) = &definition.institution {
        let known = catalogue.institutions.iter().any(|one| one.slug.value == *institution);
        unless(known, "institution", format!("there is no institution {institution:?}"));
    }
    findings
}
