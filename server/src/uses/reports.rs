//! What a citizen reports: data that a registry holds wrongly, to the institution; a broken page, to the portal's operator. Each
//! goes by e-mail, and is said to be sent only when the mail server took it; an error is a case at the operator's desk, too.

use durvis_contract::Institution;
use durvis_contract::e_service::{Recipient, Reference};
use durvis_contract::identity::{is_email, phone};
use durvis_contract::page;
use durvis_contract::uses::{Deficiencies, Draft, ErrorReport, Sent};
use serde_json::json;

use super::save::detail;
use super::send::send_for_reply;
use super::told::iso;
use super::{ANSWERED, Opened, Reply, own};
use crate::App;
use crate::db::description;
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::post;

/// The languages that letters are written in; institutions and the operator read the first.
const LANGUAGES: [&str; 3] = ["lv", "ru", "en"];
/// Longest path of a page, in bytes.
const MAX_PAGE: usize = 300;

/// Tells the institution that keeps a registry what is wrong in its answer.
///
/// # Errors
/// Names the field that breaks a rule; [`ApiError::Silent`] when it could not be sent.
pub async fn deficiencies(app: &App, session: &Session, id: &str, told: Deficiencies) -> Result<Sent, ApiError> {
    let text = bounded("text", &told.text)?;
    let reach = told.reach.trim();
    if !is_email(reach) && phone(reach).is_none() {
        return Err(ApiError::broken("reach", "not_an_email_or_phone"));
    }
    let Opened { row, .. } = own(app, session, id).await?;
    let version = Some(row.version.cast_unsigned());
    let definition = app.e_services.current().get(&row.e_service, version).cloned().ok_or(ApiError::NotFound)?;
    if row.state != ANSWERED {
        return Err(ApiError::NotFound);
    }
    let fixed = match &definition.institution {
        Recipient::Fixed(slug) => Some(slug.as_str()),
        Recipient::Municipality | Recipient::Any => None,
    };
    let slug = definition.deficiencies_to.as_deref().or(fixed).ok_or(ApiError::NotFound)?;
    app.limits.report.take(&session.person_id, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let address = address_of(app, slug).await?;
    let (number, person) = (number(app), &session.held.person);
    let name = format!("{} {}", person.given_name, person.surname);
    let used = Reference::new(row.number.cast_unsigned()).to_string();
    let values = [
        ("number", number.to_string()),
        ("title", definition.title.in_language(LANGUAGES[0]).0.to_owned()),
        ("use", used),
        ("name", name),
        ("code", person.code.clone()),
        ("reach", reach.to_owned()),
        ("text", text.to_owned()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post.send(&address, &post::DEFICIENCIES, LANGUAGES[0], &values).await?;
    app.identity.note(&app.db, Some(&session.person_id), "deficiencies", detail(app, session, &row)).await?;
    Ok(Sent { number, sent_at: iso(app.identity.ambient.millis()) })
}

/// Tells the operator of a broken page, and the citizen that it was told.
///
/// # Errors
/// As [`deficiencies`].
pub async fn error(app: &App, client: &str, told: ErrorReport) -> Result<Sent, ApiError> {
    let text = bounded("text", &told.text)?;
    let email = told.email.trim();
    if !is_email(email) {
        return Err(ApiError::broken("email", "not_an_email"));
    }
    if told.page.len() > MAX_PAGE || !told.page.starts_with('/') || told.page.contains(['?', '#', '\r', '\n']) {
        return Err(ApiError::broken("page", "not_a_path"));
    }
    if !LANGUAGES.contains(&told.lang.as_str()) {
        return Err(ApiError::broken("lang", "unknown"));
    }
    let operator = app.operator_mail.as_deref();
    let operator = operator.ok_or_else(|| ApiError::Silent("mail", "no operator_mail is set".into()))?;
    app.limits.report.take(client, app.identity.ambient.millis()).map_err(ApiError::Wait)?;
    let number = case(app, text, &told, email).await?;
    let said = number.to_string();
    let values =
        [("number", said.as_str()), ("email", email), ("page", &told.page), ("lang", &told.lang), ("text", text)];
    app.post.send(operator, &post::ERROR_REPORT, LANGUAGES[0], &values).await?;
    // The report is there; that its writer does not hear of it is no reason to say otherwise.
    if let Err(error) = app.post.send(email, &post::ERROR_RECEIVED, &told.lang, &values).await {
        tracing::warn!(?error, "who reported an error could not be told");
    }
    Ok(Sent { number, sent_at: iso(app.identity.ambient.millis()) })
}

/// The report as a case at the operator's desk, whose steps are told by e-mail; where the portal has no support of its own, only
/// a number.
async fn case(app: &App, text: &str, told: &ErrorReport, email: &str) -> Result<Reference, ApiError> {
    let answers = json!({"category": "error", "page": told.page, "text": text});
    let versions = app.e_services.current();
    let Some(definition) = versions.get(page::SUPPORT, None) else { return Ok(number(app)) };
    let draft = Draft {
        e_service: page::SUPPORT.into(),
        version: definition.version,
        revision: 0,
        terms_accepted: true,
        answers: serde_json::from_value(answers)?,
    };
    let reply = Reply { email: email.into(), lang: told.lang.clone() };
    match send_for_reply(app, draft, reply).await {
        Ok(row) => Ok(Reference::new(row.number.cast_unsigned())),
        Err(ApiError::Broken(broken)) => {
            tracing::warn!(?broken, "the portal's support does not take error reports");
            Ok(number(app))
        }
        Err(error) => Err(error),
    }
}

fn bounded<'a>(field: &str, text: &'a str) -> Result<&'a str, ApiError> {
    match text.trim() {
        "" => Err(ApiError::broken(field, "required")),
        text if text.chars().count() > Deficiencies::MAX_CHARS => Err(ApiError::broken(field, "too_long")),
        text if text.chars().any(|one| one.is_control() && !matches!(one, '\n' | '\r' | '\t')) => {
            Err(ApiError::broken(field, "character"))
        }
        text => Ok(text),
    }
}

async fn address_of(app: &App, slug: &str) -> Result<String, ApiError> {
    let languages = app.live.current().counts.languages.clone();
    let lang = languages.first().ok_or(ApiError::NotReady)?;
    let body = description::find(&app.db, "institution", lang, slug).await?;
    let institution: Option<Institution> = body.map(|body| serde_json::from_str(&body)).transpose()?;
    let address = institution.and_then(|institution| institution.email);
    address.ok_or_else(|| ApiError::Silent("mail", format!("{slug} has no address")))
}

fn number(app: &App) -> Reference {
    Reference::new(u64::from_be_bytes(app.identity.ambient.bytes()))
}
