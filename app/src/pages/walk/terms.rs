//! To read and tick before the first step (E4).

use durvis_contract::page;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::components::walk_frame::{Mark, frame};
use crate::i18n::{key, t};
use crate::page::use_page;
use crate::paths;
use crate::ui::erased::{list, on};
use crate::ui::form::{error_summary, mistake, of};
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;
use crate::wizard::words::said;

const TICK: &str = "accept";

pub fn terms(walking: Walking) -> AnyView {
    use_page(t(key::WALK_TERMS_TITLE));
    let navigate = use_navigate();
    let text = walking.definition.with_value(|one| one.terms.as_ref().map(said)).unwrap_or_default();
    let accepted = Signal::derive(move || walking.entry.with(|entry| entry.terms_accepted));
    let ticked = RwSignal::new(accepted.get_untracked());
    let wrong = Memo::new(move |_| walking.wrong.with(|wrong| of(wrong, TICK)));
    let id = walking.id();
    let leave = paths::page(page::USES);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !ticked.get_untracked() {
            return walking.wrong.set(vec![(TICK.to_owned(), t(key::FAULT_TERMS).to_owned())]);
        }
        if !accepted.get_untracked() {
            walking.accept(true);
        }
        navigate(&paths::service_use(&id), Default::default());
    };
    let paragraph = |text: String| view! { <p>{text}</p> }.into_any();
    let inside = view! {
        {error_summary(walking.wrong)}
        <h1 class="ds-heading" data-size="xl">{t(key::WALK_TERMS_TITLE)}</h1>
        <div class="du-stack du-text" data-gap="s">{list(text.split("\n\n").map(str::to_owned), paragraph)}</div>
        <form class="du-stack" novalidate="" on:submit=on(on_submit)>
            <div class="ds-field">
                <input class="ds-input" type="checkbox" id=TICK prop:checked=ticked aria-describedby="accept-wrong"
                    on:change=on(move |event| ticked.set(event_target_checked(&event)))/>
                <label class="ds-label" for=TICK>{t(key::WALK_TERMS_ACCEPT)}</label>
                {mistake(wrong, "accept-wrong".into())}
            </div>
            <div class="du-row">
                <button class="ds-button" type="submit">{t(key::WALK_NEXT)}{icon("arrow")}</button>
                <a class="ds-button" data-variant="tertiary" href=leave>{t(key::WALK_LATER)}</a>
            </div>
        </form>
    };
    frame(walking, &Mark::Terms, false, inside.into_any())
}
