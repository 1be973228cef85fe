//! A catalogue as a file: that in force, or another's in the form that is exchanged.

use std::io::Write;
use std::path::{Path, PathBuf};

use durvis_server::catalogue::{self, import, read::Sources};

use super::super::{AnyError, Opened};
use super::ExportFormat;

pub async fn export(opened: &Opened, file: Option<&Path>, format: ExportFormat) -> Result<(), AnyError> {
    let sources = catalogue::export::export(&opened.db).await?;
    let text = match format {
        ExportFormat::Own => sources.to_export(),
        ExportFormat::CpsvAp => cpsv_export(&sources, &opened.config.public_url)?,
    };
    written(file, &text)
}

fn cpsv_export(sources: &Sources, public_url: &str) -> Result<String, AnyError> {
    if sources.0.is_empty() {
        return Err("the portal is empty".into());
    }
    let catalogue = import::checked(sources)?;
    Ok(catalogue::cpsv::export::export(sources, &catalogue, public_url))
}

pub fn convert(files: &[PathBuf], out: Option<&Path>) -> Result<(), AnyError> {
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((path.display().to_string(), text))
    };
    let texts = files.iter().map(read).collect::<Result<Vec<_>, AnyError>>()?;
    let converted = catalogue::convert::ptv::convert(&texts)?;
    written(out, &converted.document)?;
    eprintln!("{} services", converted.services);
    Ok(())
}

fn written(file: Option<&Path>, text: &str) -> Result<(), AnyError> {
    match file {
        Some(file) => std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()).into()),
        None => Ok(std::io::stdout().write_all(text.as_bytes())?),
    }
}
