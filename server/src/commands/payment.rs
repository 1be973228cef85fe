//! `durvis payment`: payments of which the bank does not say what became of them, once the operator has asked it by telephone.

use std::sync::Arc;

use clap::Subcommand;
use durvis_server::App;
use durvis_server::bills::{pay, told};
use durvis_server::catalogue::Live;
use durvis_server::site::Site;

use super::{AnyError, Opened};

#[derive(Subcommand)]
pub enum Command {
    /// Those under way, asked about longest ago first: id, bank, since when, how much, which bills.
    List,
    /// The bank says that the money has moved: the bills are paid.
    Paid { id: String },
    /// The bank says that no money will move: the bills may be paid anew.
    Failed { id: String },
}

/// Payments that are listed.
const MOST: u64 = 1_000;

impl Command {
    pub async fn run(self, Opened { config, db }: Opened) -> Result<(), AnyError> {
        let (id, is_paid) = match self {
            Self::List => return list(&db).await,
            Self::Paid { id } => (id, true),
            Self::Failed { id } => (id, false),
        };
        let live = Live::default();
        live.refresh(&db).await?;
        let site = Arc::new(Site::load(&config.site, &config.public_url)?);
        let app = App::new(&config, db, live, site)?;
        app.e_services.refresh(&app.db).await?;
        pay::end(&app, &id, is_paid).await.map_err(|error| format!("{id}: {error:?}"))?;
        println!("{id}: {}", if is_paid { "paid" } else { "failed" });
        Ok(())
    }
}

async fn list(db: &sea_orm::DatabaseConnection) -> Result<(), AnyError> {
    for one in told::under_way(db, MOST).await.map_err(|error| format!("{error:?}"))? {
        let silent = one.silent_since.map(|at| format!(", silent since {at}")).unwrap_or_default();
        let (euros, bills) = (format!("{}.{:02}", one.cents / 100, one.cents % 100), one.bills.join(" "));
        println!("{}  {}  {}{silent}  {euros} EUR  {bills}", one.id, one.bank, one.started_at);
    }
    Ok(())
}
