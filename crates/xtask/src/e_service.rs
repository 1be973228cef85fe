//! `cargo xtask new-e-service NAME`: a start that is whole, commented, and passes its check.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::run::say;

const START: &str = include_str!("e_service/start.yaml");

/// Writes the start of an e-service for a service of the catalogue.
pub(crate) fn new(name: &str) -> Result<()> {
    let is_slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    ensure!(!name.is_empty() && name.bytes().all(is_slug), "{name:?} is no slug: lower-case letters, digits, hyphens");
    let path = format!("server/content/e-services/{name}.yaml");
    if Path::new(&path).exists() {
        bail!("{path} is there already");
    }
    let service = format!("server/content/services/{name}.yaml");
    let institution = fs::read_to_string(&service).ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("institution: "));
        Some(line?.trim().to_owned())
    });
    let institution = institution.unwrap_or_else(|| "municipality".into());
    let text = START.replace("NAME", name).replace("INSTITUTION", &institution);
    fs::write(&path, text).with_context(|| format!("cannot write {path}"))?;
    say(&format!("{path}: change it, then target/release/durvis e-service check"));
    if !Path::new(&service).exists() {
        say(&format!("there is no {service}: name the service that it belongs to"));
    }
    Ok(())
}
