//! The round: by day, what has come is told, once, whichever server comes first.

use durvis_contract::notice::NoticeKind;

use super::rules::{self, Candidate, RULES, Rule};
use crate::db::reminder::{self, Model};
use crate::db::{notice, rule_told};
use crate::error::ApiError;
use crate::files::DAY_MS;
use crate::{App, latvia};

/// From when until when, by the clocks in Latvia: nobody is woken.
const HOURS: std::ops::Range<u8> = 8..21;
/// Reminders that are told in one round.
const AT_ONCE: u64 = 500;
/// How long those told stay in the list, and what rules have told is remembered.
const KEPT_DAYS: i64 = 366;

/// Tells what has come; says how many were told.
///
/// # Errors
/// When the database fails; what is left, the next round tells.
pub async fn round(app: &App) -> Result<usize, ApiError> {
    if !HOURS.contains(&latvia::local(app.identity.ambient.now()).hour()) {
        return Ok(0);
    }
    let today = latvia::day(app.identity.ambient.now());
    let mut count = 0;
    for row in reminder::due(&app.db, &today.to_string(), AT_ONCE).await? {
        count += usize::from(remind(app, &row).await?);
    }
    for rule in RULES {
        let mut after = String::new();
        loop {
            let page = rules::page(app, rule, today, &after).await?;
            let Some(last) = page.last else { break };
            count += tell(app, rule, page.found).await?;
            after = last;
        }
    }
    let before = app.identity.ambient.millis() - KEPT_DAYS * DAY_MS;
    reminder::delete_told(&app.db, before).await?;
    rule_told::delete_before(&app.db, before).await?;
    Ok(count)
}

async fn remind(app: &App, row: &Model) -> Result<bool, ApiError> {
    let (turn, now) = (app.identity.turn(&app.db).await?, app.identity.ambient.millis());
    if !reminder::set_told(turn.db(), row, now).await? {
        return Ok(false);
    }
    let new = notice::New {
        person_id: row.person_id.clone(),
        company: row.company.clone(),
        kind: NoticeKind::Reminded.code(),
        e_service: row.e_service.clone(),
        version: row.version,
        number: row.number,
        about: row.id.clone(),
    };
    notice::add(turn.db(), new, now).await?;
    turn.commit().await?;
    Ok(true)
}

/// Tells of those that the rule has not told of since they are as they are.
async fn tell(app: &App, rule: Rule, found: Vec<Candidate>) -> Result<usize, ApiError> {
    let code = rule.code();
    let abouts: Vec<String> = found.iter().map(|one| one.new.about.clone()).collect();
    let before = rule_told::of_rule(&app.db, code, &abouts).await?;
    let mut count = 0;
    for Candidate { new, since } in found {
        if before.iter().any(|told| told.about == new.about && told.at > since) {
            continue;
        }
        let (turn, now) = (app.identity.turn(&app.db).await?, app.identity.ambient.millis());
        if rule_told::take(turn.db(), code, &new.about, since, now).await? {
            notice::add(turn.db(), new, now).await?;
            turn.commit().await?;
            count += 1;
        }
    }
    Ok(count)
}
