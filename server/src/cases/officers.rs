//! Officers: people of an institution who sign in as anybody does and work at its desk.

use durvis_contract::case::{Seat, Seats};

use super::desk::{Desk, Who, officer_name};
use crate::App;
use crate::db::description;
use crate::db::officer::{self, Model};
use crate::error::ApiError;
use crate::identity::Identity;
use crate::identity::person::Person;
use crate::identity::session::Session;
use crate::uses::told::institution_name;
use sea_orm::ConnectionTrait;

/// Makes an officer of a person, who is known by a Latvian personal code or by an identifier such as `PNOEE-...`. Gives the id.
///
/// # Errors
/// The rule that code or name breaks, or that the person is one already.
pub async fn add(
    db: &impl ConnectionTrait,
    identity: &Identity,
    institution: &str,
    (code, name): (&str, &str),
) -> Result<String, ApiError> {
    if !description::exists(db, "institution", institution).await? {
        return Err(ApiError::broken("institution", "unknown"));
    }
    let name = officer_name(name)?;
    let identifier = if code.starts_with("PNO") { code.to_owned() } else { format!("PNOLV-{code}") };
    let person = Person::of_identifier(&identifier, &name, &name, None);
    let lookup = identity.lookup(&person.ok_or_else(|| ApiError::broken("code", "unknown"))?);
    if officer::of_person(db, &lookup).await?.iter().any(|seat| seat.institution == institution) {
        return Err(ApiError::broken("code", "taken"));
    }
    let (id, added_at) = (identity.ambient.id(), identity.ambient.millis());
    let row = Model { id: id.clone(), lookup, institution: institution.into(), name, added_at, revoked_at: None };
    officer::add(db, row).await?;
    Ok(id)
}

/// At which desks somebody signed in may work; none for who acts for a company.
///
/// # Errors
/// When the database fails.
pub async fn seats(app: &App, session: &Session, lang: &str) -> Result<Seats, ApiError> {
    let rows = of_session(app, session).await?;
    let seat = |row: Model| Seat {
        name: institution_name(app, &row.institution, lang),
        institution: row.institution,
        officer: row.name,
    };
    Ok(Seats { items: rows.into_iter().map(seat).collect() })
}

/// The desk at which somebody signed in works.
///
/// # Errors
/// [`ApiError::Forbidden`] where they are no officer (there); the rule `required` where they serve several and name none.
pub async fn desk(app: &App, session: &Session, institution: Option<&str>) -> Result<Desk, ApiError> {
    let mut rows = of_session(app, session).await?;
    if let Some(institution) = institution {
        rows.retain(|row| row.institution == institution);
    }
    let row = rows.pop().ok_or(ApiError::Forbidden)?;
    if !rows.is_empty() {
        return Err(ApiError::broken("institution", "required"));
    }
    let who = Who::Officer { name: row.name, person_id: session.person_id.clone() };
    Ok(Desk { institution: row.institution, address: session.address.clone(), who })
}

/// Whether somebody signed in is an officer anywhere.
///
/// # Errors
/// When the database fails.
pub async fn is_officer(app: &App, session: &Session) -> Result<bool, ApiError> {
    Ok(!of_session(app, session).await?.is_empty())
}

async fn of_session(app: &App, session: &Session) -> Result<Vec<Model>, ApiError> {
    if session.held.company.is_some() {
        return Ok(Vec::new());
    }
    Ok(officer::of_person(&app.db, &app.identity.lookup(&session.held.person)).await?)
}
