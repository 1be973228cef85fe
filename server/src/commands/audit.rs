//! `durvis audit`: the log of what was done.

use clap::Subcommand;
use durvis_server::identity::audit;
use sea_orm::DatabaseConnection;
use serde_json::json;

use super::AnyError;

#[derive(Subcommand)]
pub enum Command {
    /// Read the whole log: is every row as it was written?
    Verify {
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub async fn run(self, db: &DatabaseConnection) -> Result<(), AnyError> {
        let Self::Verify { json } = self;
        verify(db, json).await
    }
}

/// Tells of the log; fails where it was changed.
async fn verify(db: &DatabaseConnection, json: bool) -> Result<(), AnyError> {
    match audit::verify(db).await? {
        Ok(rows) if json => println!("{}", json!({"whole": true, "rows": rows})),
        Ok(rows) => println!("{rows} rows, each as it was written"),
        Err(fault) => {
            if json {
                println!("{}", json!({"whole": false, "row": fault.number, "what": fault.what}));
            }
            return Err(format!("the log was changed: {fault}").into());
        }
    }
    Ok(())
}
