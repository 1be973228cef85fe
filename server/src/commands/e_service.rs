//! `durvis e-service`: for those who write them. Needs no settings and no database.

use std::path::PathBuf;

use clap::Subcommand;
use durvis_server::catalogue::Sources;
use durvis_server::e_service::{check, draw};

use super::AnyError;

#[derive(Subcommand)]
pub enum Command {
    /// Name every mistake by file, line and column.
    Check {
        /// The content directory.
        #[arg(default_value = "server/content")]
        path: PathBuf,
    },
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
    pub fn run(self) -> Result<(), AnyError> {
        match self {
            Self::Check { path } => {
                let checked = check(&Sources::load(&path)?);
                checked.findings.iter().for_each(|finding| println!("{finding}"));
                match checked.findings.len() {
                    0 => println!("{} e-services, no mistakes", checked.definitions.len()),
                    many => return Err(format!("{many} mistakes").into()),
                }
            }
            Self::Draw { name, path, lang } => {
                let checked = check(&Sources::load(&path)?);
                let definition = checked.definitions.get(&name);
                let definition =
                    definition.ok_or_else(|| format!("there is no e-service {name:?} that can be read"))?;
                print!("{}", draw::draw(definition, &lang));
            }
        }
        Ok(())
    }
}
