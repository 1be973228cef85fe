//! `durvis e-service`: for those who write them.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use durvis_contract::e_service::Definition;
use durvis_server::ambient::Ambient;
use durvis_server::catalogue::Sources;
use durvis_server::e_service::published::Published;
use durvis_server::e_service::{check, draw, publish};

use super::{AnyError, Opened, open};

#[derive(Subcommand)]
pub enum Command {
    /// Name every mistake by file, line and column.
    Check {
        /// The content directory.
        #[arg(default_value = "server/content")]
        path: PathBuf,
    },
    /// Put all of them in force, without stopping the server: a running one notices within seconds. One mistake, and nothing
    /// changes.
    Publish {
        /// The content directory.
        #[arg(default_value = "server/content")]
        path: PathBuf,
    },
    /// Print one as JSON, with its examples: for programs.
    Show {
        /// Its slug.
        name: String,
        #[arg(default_value = "server/content")]
        path: PathBuf,
    },
    /// Print the JSON Schema of their files (docs/e-service.schema.json), which editors understand.
    Schema,
    /// Print the journey through one.
    Draw {
        /// Its slug.
        name: String,
        #[arg(default_value = "server/content")]
        path: PathBuf,
        #[arg(long, default_value = "lv")]
        lang: String,
    },
}

impl Command {
    /// Only publishing needs settings and a database.
    pub async fn run(self, config: Option<&Path>) -> Result<(), AnyError> {
        match self {
            Self::Publish { path } => {
                let Opened { db, .. } = open(config).await?;
                let checked = check(&Sources::load_all(&path)?);
                checked.findings.iter().for_each(|finding| println!("{finding}"));
                let done = publish(&db, checked, Ambient::default().millis()).await?;
                let Published { changed, unchanged, withdrawn } = done;
                println!("{changed} e-services new or changed, {unchanged} as before, {withdrawn} withdrawn");
            }
            Self::Schema => print!("{}", durvis_server::e_service::schema()),
            Self::Check { path } => {
                let checked = check(&Sources::load_all(&path)?);
                checked.findings.iter().for_each(|finding| println!("{finding}"));
                match checked.findings.len() {
                    0 => println!("{} e-services, no mistakes", checked.definitions.len()),
                    many => return Err(format!("{many} mistakes").into()),
                }
            }
            Self::Show { name, path } => println!("{}", serde_json::to_string(&read(&name, &path)?)?),
            Self::Draw { name, path, lang } => print!("{}", draw::draw(&read(&name, &path)?, &lang)),
        }
        Ok(())
    }
}

fn read(name: &str, path: &Path) -> Result<Definition, AnyError> {
    let mut checked = check(&Sources::load_all(path)?);
    let found = checked.definitions.remove(name);
    Ok(found.ok_or_else(|| format!("there is no e-service {name:?} that can be read"))?)
}
