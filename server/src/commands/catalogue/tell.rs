//! What the catalogue in force holds, finds and misses.

use std::io::{stdin, stdout};

use durvis_server::catalogue::{Live, search_lines};
use durvis_server::db;
use sea_orm::DatabaseConnection;

use super::super::AnyError;

pub async fn stats(db: &DatabaseConnection, json: bool) -> Result<(), AnyError> {
    let row = db::release::current(db).await?.ok_or("the portal is empty")?;
    let counts: serde_json::Value = serde_json::from_str(&row.counts)?;
    if json {
        println!("{counts}");
    } else {
        println!("{}", serde_json::to_string_pretty(&counts)?);
    }
    Ok(())
}

pub async fn missed(db: &DatabaseConnection, json: bool) -> Result<(), AnyError> {
    let missed = db::missed_search::all(db).await?;
    if json {
        println!("{}", serde_json::to_string(&missed)?);
    } else {
        missed.iter().for_each(|one| println!("{:>6}  {}  {}", one.searches, one.lang, one.text));
    }
    Ok(())
}

pub fn analyse(lang: &str) -> Result<(), AnyError> {
    Ok(search_lines::analyse(lang, stdin().lock(), stdout().lock())?)
}

pub async fn search(db: &DatabaseConnection, lang: &str, limit: usize) -> Result<(), AnyError> {
    let live = Live::default();
    live.refresh(db).await?;
    let released = live.current();
    let index = released.indexes.get(lang).ok_or_else(|| format!("the catalogue has no language {lang:?}"))?;
    Ok(search_lines::search_lines(index, limit, stdin().lock(), stdout().lock())?)
}
