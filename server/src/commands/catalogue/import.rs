//! A catalogue into the portal, or only looked through.

use std::path::{Path, PathBuf};

use durvis_server::catalogue::{Finding, cpsv::Invalid, import};
use sea_orm::DatabaseConnection;

use super::super::AnyError;
use super::InvalidEntries;

pub async fn import(
    db: &DatabaseConnection,
    path: &Path,
    invalid: InvalidEntries,
    portal: Option<PathBuf>,
) -> Result<(), AnyError> {
    let invalid = match invalid {
        InvalidEntries::Refuse => Invalid::Refuse,
        InvalidEntries::Skip => Invalid::Skip,
    };
    let refused = |error| match error {
        import::ImportError::Mistakes(findings) => named(&findings),
        error => format!("{}: {error}; nothing was changed", path.display()).into(),
    };
    let in_force = import::in_force(db).await?;
    let read = import::load(path, &import::Options { invalid, portal }, in_force).map_err(refused)?;
    let done = import::put_in_force(db, &read.sources).await.map_err(refused)?;
    for finding in &read.left_out {
        eprintln!("{finding}");
    }
    match done {
        import::Imported::New => println!("imported {}", path.display()),
        import::Imported::Unchanged => println!("{} is in force already", path.display()),
    }
    if read.skipped > 0 {
        println!("{} entries with mistakes were left out", read.skipped);
    }
    Ok(())
}

pub fn check(path: &Path, portal: Option<PathBuf>) -> Result<(), AnyError> {
    let options = import::Options { portal, ..import::Options::default() };
    let checked = import::load(path, &options, None).and_then(|read| {
        import::checked(&read.sources)?;
        Ok(read.sources.0.len())
    });
    match checked {
        Ok(files) => {
            println!("{files} files, no mistakes");
            Ok(())
        }
        Err(import::ImportError::Mistakes(findings)) => Err(named(&findings)),
        Err(error) => Err(error.into()),
    }
}

fn named(findings: &[Finding]) -> AnyError {
    for finding in findings {
        eprintln!("{finding}");
    }
    format!("{} mistakes; nothing was changed", findings.len()).into()
}
