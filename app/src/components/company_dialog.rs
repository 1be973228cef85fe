//! The choice of a company to act for, out of those that the enterprise register says.

use durvis_contract::identity::Company;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::problem::problem;
use crate::api::{self, ApiError};
use crate::i18n::{key, t};
use crate::load::{Load, load, waiting};
use crate::session::{SessionState, Who, use_session};
use crate::ui::erased::{dynamic, effect, list, on};
use crate::ui::icon::icon;

/// Opens when [`SessionState::choosing`] says so.
pub fn company_dialog() -> AnyView {
    let (session, dialog) = (use_session(), NodeRef::<Dialog>::new());
    let companies: RwSignal<Load<Vec<Company>>> = RwSignal::new(Load::Asleep);
    let wrong = RwSignal::new(None::<String>);
    let ask = move || load(companies, async move { session.heard(api::identity::list_companies().await) });
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match (session.choosing.get(), dialog.open()) {
            (true, false) => {
                wrong.set(None);
                let _ = dialog.show_modal();
                ask();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let choose = move |company: Option<String>| {
        spawn_local(async move {
            match session.act_for(company).await {
                Ok(()) => session.choosing.set(false),
                Err(ApiError::Silent) => wrong.set(Some(t(key::COMPANY_SILENT).to_owned())),
                Err(error) => wrong.set(Some(problem(&error))),
            }
        });
    };
    view! {
        <dialog class="ds-dialog" node_ref=dialog aria-labelledby="company-title" on:close=on(move |_| session.choosing.set(false))>
            <div class="du-stack" data-gap="m">
                <div class="du-row" data-top="">
                    <h2 class="ds-heading du-grow" data-size="sm" id="company-title">{t(key::COMPANY_OPEN)}</h2>
                    <button class="ds-button" data-variant="tertiary" data-icon="" type="button" aria-label=t(key::COMPANY_CLOSE)
                        on:click=on(move |_| session.choosing.set(false))>{icon("close")}</button>
                </div>
                <p class="du-soft">{t(key::COMPANY_LEAD)}</p>
                <div role="alert">{dynamic(move || wrong.get().map(|wrong| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
                {dynamic(move || match companies.get() {
                    Load::Loaded(companies) => choices(session, companies, choose),
                    Load::Asleep => ().into_any(),
                    Load::Failed(ApiError::Silent) => view! { <p>{t(key::COMPANY_SILENT)}</p> }.into_any(),
                    state => waiting(&state, ask),
                })}
            </div>
        </dialog>
    }
    .into_any()
}

fn choices(
    session: SessionState,
    companies: Vec<Company>,
    choose: impl Fn(Option<String>) + Copy + Send + 'static,
) -> AnyView {
    let Who::Known(present) = session.who() else { return ().into_any() };
    let chosen = present.company.map(|company| company.number);
    let none = companies.is_empty().then(|| view! { <p>{t(key::COMPANY_NONE)}</p> });
    let own = format!("{} {}", present.given_name, present.surname);
    let all = std::iter::once((None, t(key::COMPANY_SELF).to_owned(), own))
        .chain(companies.into_iter().map(|one| (Some(one.number.clone()), one.name, one.number)));
    let choice = |(number, name, about): (Option<String>, String, String)| {
        let pressed = if number == chosen { "true" } else { "false" };
        let symbol = if number.is_some() { icon("building").into_any() } else { icon("user").into_any() };
        let mark = if number == chosen { icon("check").into_any() } else { icon("right").into_any() };
        view! {
            <li><button class="du-choice ds-focus" type="button" aria-pressed=pressed on:click=on(move |_| choose(number.clone()))>
                {symbol}<span class="du-title">{name}</span><span class="du-soft">{about}</span>{mark}
            </button></li>
        }
        .into_any()
    };
    view! { {none}<ul class="du-stack" data-gap="s">{list(all, choice)}</ul> }.into_any()
}
