//! `/{lang}/desk/{id}`: a case, and what an officer does with it.

use durvis_contract::case::{CaseDetail, CaseEvent, EventKind, Ruling, Seat};
use durvis_contract::file::StoredFile;
use durvis_contract::uses::UseState;
use leptos::prelude::*;

use super::bills::bills;
use super::steps::{Steps, steps};
use crate::api::{self, ApiError};
use crate::components::case_answers::case_answers;
use crate::components::case_tag::{case_tag, due};
use crate::components::desk_frame::desk_frame;
use crate::components::missing::missing;
use crate::i18n::{Key, date, date_time, key, t, tf};
use crate::load::{Load, load, waiting};
use crate::paths;
use crate::session::use_session;
use crate::ui::erased::{dynamic, list};
use crate::ui::icon::icon;

pub fn case_page(id: String) -> AnyView {
    desk_frame(Some("narrow"), Box::new(move |seat| case(id.clone(), seat)))
}

fn case(id: String, seat: Seat) -> AnyView {
    let (session, state) = (use_session(), RwSignal::new(Load::<CaseDetail>::Asleep));
    let (id, institution) = (StoredValue::new(id), StoredValue::new(seat.institution.clone()));
    let ask = move || {
        load(state, async move { session.heard(api::desk::get_case(&id.get_value(), &institution.get_value()).await) });
    };
    ask();
    // What is typed outlives every answer of the server.
    let own = Steps::new(seat.clone(), state);
    let back = paths::desk(&seat.institution, None, 1);
    view! {
        <p><a class="ds-link" href=back>{t(key::DESK_BACK)}</a></p>
        {dynamic(move || match state.get() {
            Load::Loaded(case) => shown(&case, own),
            Load::Failed(ApiError::NotFound) => missing(&id.with_value(|id| institution.with_value(|slug| paths::desk_case(id, slug)))),
            state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
        })}
    }
    .into_any()
}

fn shown(case: &CaseDetail, own: Steps) -> AnyView {
    let about = &case.about;
    let held = about.officer.as_ref().map(|name| {
        view! { <span class="du-small">{icon("user")}" "{tf(key::DESK_HELD, &[("name", name)])}</span> }
    });
    let files = (!case.files.is_empty()).then(|| {
        let file = |file: &StoredFile| own.seat.with_value(|seat| file_line(file, &about.id, &seat.institution));
        view! {
            <section class="du-stack" data-gap="s" aria-labelledby="files">
                <h2 class="ds-heading" data-size="md" id="files">{t(key::DESK_FILES)}</h2>
                <ul class="du-list">{list(&case.files, file)}</ul>
            </section>
        }
    });
    let is_open = matches!(about.state, UseState::Sent | UseState::Taken | UseState::Asked);
    view! {
        <header class="du-stack" data-gap="s">
            <h1 class="ds-heading" data-size="xl" id="case" tabindex="-1">{about.title.clone()}</h1>
            <div class="du-row"><span class="du-ref">{about.number.to_string()}</span>{case_tag(about.state)}{due(about)}{held}</div>
        </header>
        {applicant(case)}
        {case_answers(case)}
        {files}
        {course(case, own)}
        {bills(own, case)}
        {is_open.then(|| steps(own, case))}
    }
    .into_any()
}

fn applicant(case: &CaseDetail) -> AnyView {
    let Some(one) = &case.applicant else { return ().into_any() };
    let company = one.company.as_ref().map(|company| format!("{}, {}", company.name, company.number));
    let sent = date_time(&case.about.sent_at);
    let lines = [
        Some((t(key::DESK_APPLICANT), format!("{} {}", one.given_name, one.surname))),
        Some((t(key::DESK_CODE), format!("{} {}", one.country, one.code))),
        company.map(|company| (t(key::RECEIPT_COMPANY), company)),
        Some((t(key::DESK_SENT), sent)),
    ];
    let line = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    view! { <dl class="du-summary" data-open="">{list(lines.into_iter().flatten(), line)}</dl> }.into_any()
}

fn file_line(file: &StoredFile, case: &str, institution: &str) -> AnyView {
    let href = api::desk::case_file(case, &file.id, institution);
    view! {
        <li>{icon("doc")}<a class="ds-link du-title du-grow" rel="external" download="" href=href>{file.name.clone()}</a>
            <span class="du-small du-soft du-num">{format!("{} kB", file.bytes.div_ceil(1_000))}</span></li>
    }
    .into_any()
}

/// What happened, in order; with who did it.
fn course(case: &CaseDetail, own: Steps) -> AnyView {
    if case.events.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="du-stack" aria-labelledby="course">
            <h2 class="ds-heading" data-size="md" id="course">{t(key::DESK_COURSE)}</h2>
            <ol class="du-timeline">{list(&case.events, |one| event(one, case, own))}</ol>
        </section>
    }
    .into_any()
}

fn event(event: &CaseEvent, case: &CaseDetail, own: Steps) -> AnyView {
    let file = |file: &StoredFile| own.seat.with_value(|seat| file_line(file, &case.about.id, &seat.institution));
    let files = (!event.files.is_empty()).then(|| view! { <ul class="du-list">{list(&event.files, file)}</ul> });
    let word = match (event.kind, event.ruling) {
        (EventKind::Taken, _) => key::DESK_STATE_TAKEN,
        (EventKind::Asked, _) => key::DESK_ASKED,
        (EventKind::Told, _) => key::DESK_TOLD,
        (EventKind::Answered, _) => key::DESK_ANSWERED,
        (EventKind::Decided, Some(ruling)) => ruling_word(ruling),
        (EventKind::Decided, None) => key::DESK_STATE_DECIDED,
        (EventKind::Withdrawn, _) => key::USES_WITHDRAWN,
    };
    let until = event.due.as_ref().map(|due| tf(key::COURSE_DUE, &[("date", &date(&due.into()))]));
    let who = event.officer.as_ref().map(|name| format!(", {name}"));
    view! {
        <li data-done="">
            <strong>{t(word)}</strong>
            <p class="du-soft du-small du-num">{date_time(&event.at)}{who}</p>
            {event.text.clone().map(|text| view! { <p class="du-lines">{text}</p> })}
            {files}
            {until.map(|until| view! { <p class="du-soft">{until}</p> })}
        </li>
    }
    .into_any()
}

pub(super) fn ruling_word(ruling: Ruling) -> Key {
    match ruling {
        Ruling::Granted => key::DESK_GRANTED,
        Ruling::GrantedInPart => key::DESK_IN_PART,
        Ruling::Refused => key::DESK_REFUSED,
        Ruling::Closed => key::DESK_CLOSED,
    }
}
