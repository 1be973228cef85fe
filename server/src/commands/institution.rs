//! `durvis institution`: the machines of institutions, which take and decide cases.

use clap::Subcommand;
use durvis_server::ambient::Ambient;
use durvis_server::cases::clients;
use durvis_server::db::{api_client, description};
use serde_json::json;
use time::OffsetDateTime;

use super::{AnyError, Opened};

#[derive(Subcommand)]
pub enum Command {
    /// Make a client for an institution. Its secret is printed once and kept nowhere.
    AddClient {
        /// The institution's slug.
        institution: String,
        /// What you call it.
        #[arg(long)]
        name: String,
    },
    /// The clients there are.
    Clients {
        #[arg(long)]
        json: bool,
    },
    /// Take a client back: its token holds no longer.
    RevokeClient { id: String },
}

impl Command {
    pub async fn run(self, Opened { db, .. }: &Opened) -> Result<(), AnyError> {
        let ambient = Ambient::default();
        match self {
            Self::AddClient { institution, name } => {
                if !description::exists(db, "institution", &institution).await? {
                    return Err(format!("the catalogue has no institution {institution:?}").into());
                }
                let made =
                    clients::make(db, &ambient, &institution, &name).await.map_err(|error| format!("{error:?}"))?;
                println!("{}", json!({"client_id": made.id, "client_secret": made.secret, "institution": institution}));
            }
            Self::Clients { json } => {
                for row in api_client::all(db).await? {
                    let made = OffsetDateTime::from_unix_timestamp(row.created_at / 1_000)?.date();
                    let is_live = row.revoked_at.is_none();
                    if json {
                        println!(
                            "{}",
                            json!({"client_id": row.id, "institution": row.institution, "name": row.name, "live": is_live})
                        );
                    } else {
                        let state = if is_live { "" } else { ", taken back" };
                        println!("{}  {}  {} (made {made}{state})", row.id, row.institution, row.name);
                    }
                }
            }
            Self::RevokeClient { id } => {
                if !api_client::revoke(db, &id, ambient.millis()).await? {
                    return Err(format!("there is no live client {id:?}").into());
                }
            }
        }
        Ok(())
    }
}
