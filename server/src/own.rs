//! All of one's own affairs in one list, for the search over them: the device builds its index of it. A constant number of queries.

use durvis_contract::case::EventKind;
use durvis_contract::e_service::Reference;
use durvis_contract::own::{Own, OwnKind, OwnThing};

use crate::App;
use crate::bills::issue;
use crate::cases;
use crate::db::act::Wanted;
use crate::db::{act, bill, notice, service_use};
use crate::documents;
use crate::error::ApiError;
use crate::identity::session::Session;
use crate::reminders::named;
use crate::uses::told::{about, institution_name, iso, title};
use crate::uses::{company_number, open};

/// Everything of the person, or of the company that they act for, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn own(app: &App, session: &Session, lang: &str) -> Result<Own, ApiError> {
    let company = company_number(session);
    let whose = (session.person_id.as_str(), company.as_str());
    let mut own = Own { told_at: iso(app.identity.ambient.millis()), ..Own::default() };
    let uses = uses(app, whose, lang, &mut own).await?;
    messages(app, &uses, &mut own).await?;
    own.things.extend(uses);
    bills(app, whose, lang, &mut own).await?;
    documents(app, session, lang, &mut own).await?;
    notices(app, whose, lang, &mut own).await?;
    // What was done is the person's, for whomever they acted.
    acts(app, session, &mut own).await?;
    // ISO 8601 in UTC stands in the order of time.
    own.things.sort_by(|one, other| other.at.cmp(&one.at));
    Ok(own)
}

async fn uses(
    app: &App,
    (person_id, company): (&str, &str),
    lang: &str,
    own: &mut Own,
) -> Result<Vec<OwnThing>, ApiError> {
    let most = Own::MAX_USES.into();
    let (rows, total) = service_use::of_person(&app.db, person_id, company, most, 0).await?;
    own.has_more |= total > most;
    rows.into_iter()
        .map(|row| {
            let code = row.state.clone();
            let one = about(app, &open(app, row)?, lang);
            Ok(OwnThing {
                kind: OwnKind::Use,
                code,
                about: one.id,
                title: one.title,
                number: Some(one.number),
                institution: one.institution,
                text: None,
                at: one.finished_at.unwrap_or(one.changed_at),
                amount_cents: None,
            })
        })
        .collect()
}

/// What was written to and fro about these uses.
async fn messages(app: &App, uses: &[OwnThing], own: &mut Own) -> Result<(), ApiError> {
    let ids: Vec<String> = uses.iter().map(|one| one.about.clone()).collect();
    let events = cases::of_uses(app, &ids, Own::MAX_MESSAGES as u64).await?;
    own.has_more |= events.len() == Own::MAX_MESSAGES;
    let said = events.into_iter().filter(|(_, event)| event.text.is_some());
    own.things.extend(said.filter_map(|(use_id, event)| {
        let of = uses.iter().find(|one| one.about == use_id)?;
        let institution = of.institution.clone().filter(|_| event.kind != EventKind::Answered);
        Some(OwnThing {
            kind: OwnKind::Message,
            code: cases::code(event.kind).into(),
            institution,
            text: event.text,
            at: event.at,
            ..of.clone()
        })
    }));
    Ok(())
}

async fn bills(app: &App, (person_id, company): (&str, &str), lang: &str, own: &mut Own) -> Result<(), ApiError> {
    let rows = bill::of_person(&app.db, (person_id, company), None).await?;
    own.has_more |= rows.len() == Own::MAX_BILLS;
    for row in rows {
        let text = issue::purpose_of(app, &row)?;
        own.things.push(OwnThing {
            kind: OwnKind::Bill,
            title: title(app, &row.e_service, row.version.cast_unsigned(), lang),
            number: Some(Reference::new(row.number.cast_unsigned())),
            institution: Some(institution_name(app, &row.institution, lang)),
            text,
            at: iso(row.paid_at.unwrap_or(row.made_at)),
            amount_cents: u32::try_from(row.amount_cents).ok(),
            code: row.state,
            about: row.id,
        });
    }
    Ok(())
}

async fn documents(app: &App, session: &Session, lang: &str, own: &mut Own) -> Result<(), ApiError> {
    let all = (Own::MAX_DOCUMENTS, 0);
    let found = documents::told::list(app, session, lang, &documents::told::Wanted::default(), all).await?;
    own.has_more |= found.items.len() == Own::MAX_DOCUMENTS;
    own.things.extend(found.items.into_iter().map(|one| OwnThing {
        kind: OwnKind::Document,
        code: one.kind.code().into(),
        about: one.id,
        title: one.title,
        number: one.number,
        institution: one.institution,
        text: Some(one.name),
        at: one.made_at,
        amount_cents: None,
    }));
    Ok(())
}

async fn notices(app: &App, whose: (&str, &str), lang: &str, own: &mut Own) -> Result<(), ApiError> {
    let rows = notice::of_person(&app.db, whose, None, Own::MAX_NOTICES as u64).await?;
    own.has_more |= rows.len() == Own::MAX_NOTICES;
    own.things.extend(rows.into_iter().map(|row| OwnThing {
        kind: OwnKind::Notice,
        title: named(app, &row.e_service, row.version, lang),
        number: (row.number != 0).then(|| Reference::new(row.number.cast_unsigned())),
        institution: None,
        text: None,
        at: iso(row.at),
        amount_cents: None,
        code: row.kind,
        about: row.about,
    }));
    Ok(())
}

async fn acts(app: &App, session: &Session, own: &mut Own) -> Result<(), ApiError> {
    let most = Own::MAX_ACTS as u64;
    let rows = act::of_person(&app.db, &session.person_id, &Wanted::default(), None, most).await?;
    own.has_more |= rows.len() == Own::MAX_ACTS;
    for row in rows {
        let detail = app.identity.detail_of(&row)?;
        own.things.push(OwnThing {
            kind: OwnKind::Act,
            code: row.kind,
            about: String::new(),
            title: detail.subject.unwrap_or_default(),
            number: None,
            institution: None,
            text: detail.agent.or(Some(detail.address)),
            at: iso(row.at),
            amount_cents: None,
        });
    }
    Ok(())
}
