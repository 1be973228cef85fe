//! `durvis institution`: the machines and officers of institutions, which take and decide cases.

use clap::Subcommand;
use durvis_server::ambient::Ambient;
use durvis_server::cases::{clients, officers, webhooks};
use durvis_server::db::{api_client, description, officer, webhook, webhook_event};
use durvis_server::identity::Identity;
use durvis_server::identity::keys::Keys;
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
    /// Let a person who signs in work at an institution's desk.
    AddOfficer {
        /// The institution's slug.
        institution: String,
        /// The Latvian personal code, or an identifier such as PNOEE-...; kept as a keyed digest only.
        code: String,
        /// What the institution calls them; the citizen's log tells it.
        #[arg(long)]
        name: String,
    },
    /// The officers there are.
    Officers {
        #[arg(long)]
        json: bool,
    },
    /// Take an officer back: the next request is refused.
    RevokeOfficer { id: String },
    /// Tell an address what happens to the institution's cases. Its secret is printed once.
    AddWebhook {
        /// The institution's slug.
        institution: String,
        /// Of HTTPS, in the public network.
        url: String,
        /// For development: it may be on this machine, and without TLS.
        #[arg(long)]
        loopback: bool,
    },
    /// The webhooks there are, and how much of each waits or was given up.
    Webhooks {
        #[arg(long)]
        json: bool,
    },
    /// Tell an address nothing more.
    RemoveWebhook { id: String },
}

impl Command {
    pub async fn run(self, Opened { db, config }: &Opened) -> Result<(), AnyError> {
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
            Self::AddOfficer { institution, code, name } => {
                let identity = Identity::new(ambient, Keys::load(&config.keys)?, config.sessions);
                let id = officers::add(db, &identity, &institution, (&code, &name)).await;
                let id = id.map_err(|error| format!("{error:?}"))?;
                println!("{}", json!({"officer_id": id, "institution": institution, "name": name.trim()}));
            }
            Self::Officers { json } => {
                for row in officer::all(db).await? {
                    let added = OffsetDateTime::from_unix_timestamp(row.added_at / 1_000)?.date();
                    let is_live = row.revoked_at.is_none();
                    if json {
                        println!(
                            "{}",
                            json!({"officer_id": row.id, "institution": row.institution, "name": row.name, "live": is_live})
                        );
                    } else {
                        let state = if is_live { "" } else { ", taken back" };
                        println!("{}  {}  {} (added {added}{state})", row.id, row.institution, row.name);
                    }
                }
            }
            Self::RevokeOfficer { id } => {
                if !officer::revoke(db, &id, ambient.millis()).await? {
                    return Err(format!("there is no live officer {id:?}").into());
                }
            }
            Self::AddWebhook { institution, url, loopback } => {
                if !description::exists(db, "institution", &institution).await? {
                    return Err(format!("the catalogue has no institution {institution:?}").into());
                }
                let identity = Identity::new(ambient, Keys::load(&config.keys)?, config.sessions);
                let made = webhooks::make(db, &identity, &institution, (&url, loopback)).await;
                let made = made.map_err(|error| format!("{error:?}"))?;
                println!("{}", json!({"webhook_id": made.id, "secret": made.secret, "institution": institution}));
            }
            Self::Webhooks { json } => {
                for row in webhook::all(db).await? {
                    let waiting = webhook_event::count(db, &row.id, "waiting").await?;
                    let given_up = webhook_event::count(db, &row.id, "given_up").await?;
                    if json {
                        println!(
                            "{}",
                            json!({"webhook_id": row.id, "institution": row.institution, "url": row.url,
                                "waiting": waiting, "given_up": given_up})
                        );
                    } else {
                        println!(
                            "{}  {}  {} (waiting {waiting}, given up {given_up})",
                            row.id, row.institution, row.url
                        );
                    }
                }
            }
            Self::RemoveWebhook { id } => {
                if !webhook::remove(db, &id, ambient.millis()).await? {
                    return Err(format!("there is no webhook {id:?}").into());
                }
            }
        }
        Ok(())
    }
}
