//! For whom one acts, if not for oneself: at the top of every page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::problem::problem;
use crate::i18n::{key, t};
use crate::page::announce;
use crate::session::{Who, use_session};
use crate::ui::erased::{dynamic, on};
use crate::ui::icon::icon;

pub fn company_strip() -> AnyView {
    let session = use_session();
    let company = Memo::new(move |_| match session.who() {
        Who::Known(session) | Who::Ended(session) => session.company,
        _ => None,
    });
    let end = move || {
        spawn_local(async move {
            if let Err(error) = session.act_for(None).await {
                announce(&problem(&error));
            }
        });
    };
    dynamic(move || {
        let strip = |company: durvis_contract::identity::Company| {
            view! {
                <section class="du-banner" data-state="company" aria-label=t(key::SESSION_ACTING)>
                    <div class="du-wrap">
                        {icon("building")}
                        <p class="du-grow">{t(key::SESSION_ACTING)}" "<strong>{company.name}</strong>" "<span class="du-num">{company.number}</span></p>
                        <button class="ds-button" data-variant="secondary" data-size="sm" type="button" on:click=on(move |_| end())>
                            {t(key::SESSION_ACTING_END)}
                        </button>
                    </div>
                </section>
            }
        };
        company.get().map(strip).into_any()
    })
}
