//! `/{lang}/life-events/{slug}/plan`: a plan of one's own for a life event (B7). A few questions, then the steps in order with
//! their dates. Nothing that is answered, ticked or noted leaves the device.

use durvis_contract::page;
use durvis_contract::plan::Plan;
use leptos::prelude::*;

use crate::api::{self, ApiError};
use crate::components::missing::missing;
use crate::components::plan_questions::asking;
use crate::components::plan_state::{PlanState, Shown};
use crate::components::plan_steps::steps;
use crate::i18n::{key, t};
use crate::load::{Load, load, waiting};
use crate::offline::plans::{OwnPlan, Plans};
use crate::paths;
use crate::ui::breadcrumbs::breadcrumbs;
use crate::ui::erased::dynamic;

/// What stands on this device and the rules it belongs to.
#[derive(Clone)]
struct Opened {
    rules: Plan,
    own: OwnPlan,
}

pub fn plan_page(slug: String) -> AnyView {
    let state = RwSignal::new(Load::<Opened>::Asleep);
    let plans = StoredValue::new_local(None::<Plans>);
    let ask = {
        let slug = slug.clone();
        move || {
            let slug = slug.clone();
            load(state, async move {
                let store = Plans::open().await;
                let rules = api::plans::get_plan(&store, &slug).await?;
                let own = store.own(&slug).await.unwrap_or_default();
                plans.set_value(Some(store));
                Ok(Opened { rules, own })
            });
        }
    };
    ask();
    dynamic(move || match (state.get(), plans.get_value()) {
        (Load::Loaded(opened), Some(store)) => opened_plan(PlanState::new(opened.rules, opened.own, store)),
        (Load::Failed(ApiError::NotFound), _) => missing(&paths::plan(&slug)),
        (state, _) => view! { <div class="du-wrap du-section">{waiting(&state, ask.clone())}</div> }.into_any(),
    })
}

fn opened_plan(plan: PlanState) -> AnyView {
    let (slug, name) = plan.rules.with_value(|rules| (rules.slug.clone(), rules.name.clone()));
    let above = vec![
        (paths::home(), t(key::NAV_HOME).to_owned()),
        (paths::page(page::LIFE_EVENTS), t(key::EVENT_TITLE).to_owned()),
        (paths::life_event(&slug), name),
    ];
    let shown = Memo::new(move |_| plan.shown());
    view! {
        <div class="du-wrap du-section du-stack">
            {breadcrumbs(above, t(key::PLAN_TITLE).to_owned())}
            {dynamic(move || match shown.get() {
                Shown::Asking(asked) => asking(plan, asked),
                Shown::Steps => steps(plan),
            })}
        </div>
    }
    .into_any()
}
