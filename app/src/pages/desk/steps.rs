//! What an officer does with a case: take it, ask, tell, give a document, decide.

use durvis_contract::case::{CaseChange, CaseDetail, CaseStep, EventKind, Ruling, Seat};
use durvis_contract::uses::UseState;
use js_sys::Uint8Array;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::bills::{NewOne, bill};
use super::case::ruling_word;
use crate::api::desk::Gift;
use crate::api::{self, ApiError};
use crate::components::problem::problem;
use crate::i18n::{Key, date_time, key, t, tf};
use crate::load::Load;
use crate::page::{announce, focus_on};
use crate::session::{SessionState, use_session};
use crate::ui::erased::{dynamic, dynamic_text, list, on};
use crate::ui::icon::icon;
use crate::wizard::open::new_id;

const RULINGS: [Ruling; 4] = [Ruling::Granted, Ruling::GrantedInPart, Ruling::Refused, Ruling::Closed];

/// What is typed, and what came of it; it outlives the case as it was shown.
#[derive(Clone, Copy)]
pub struct Steps {
    pub seat: StoredValue<Seat>,
    pub(super) session: SessionState,
    pub(super) state: RwSignal<Load<CaseDetail>>,
    asked: RwSignal<String>,
    due: RwSignal<String>,
    told: RwSignal<String>,
    why: RwSignal<String>,
    ruling: RwSignal<Option<Ruling>>,
    valid_until: RwSignal<String>,
    sure: RwSignal<bool>,
    pub(super) busy: RwSignal<bool>,
    /// What is wrong, and with what of it.
    pub(super) wrong: RwSignal<Option<(&'static str, String)>>,
    /// Somebody else was quicker.
    overtaken: RwSignal<bool>,
    /// The last attempt and its id: what is tried again is the same step.
    attempt: StoredValue<Option<(CaseStep, String)>>,
    gift: StoredValue<String>,
    pub(super) bill: NewOne,
}

impl Steps {
    pub fn new(seat: Seat, state: RwSignal<Load<CaseDetail>>) -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            seat: StoredValue::new(seat),
            session: use_session(),
            state,
            asked: text(),
            due: text(),
            told: text(),
            why: text(),
            ruling: RwSignal::new(None),
            valid_until: text(),
            sure: RwSignal::new(false),
            busy: RwSignal::new(false),
            wrong: RwSignal::new(None),
            overtaken: RwSignal::new(false),
            attempt: StoredValue::new(None),
            gift: StoredValue::new(new_id()),
            bill: NewOne::default(),
        }
    }

    pub(super) fn seen(self) -> Option<(String, u32)> {
        self.state.with_untracked(|state| match state {
            Load::Loaded(case) => Some((case.about.id.clone(), case.about.revision)),
            _ => None,
        })
    }

    /// Does it; `part` names the form that is told what is wrong.
    fn take(self, part: &'static str, step: CaseStep, done: impl Fn() + 'static) {
        let Some((case, revision)) = self.seen() else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.wrong.set(None);
        let before = self.attempt.get_value().filter(|(last, _)| *last == step).map(|(_, id)| id);
        let id = before.unwrap_or_else(new_id);
        self.attempt.set_value(Some((step.clone(), id.clone())));
        let (session, slug) = (self.session, self.seat.with_value(|seat| seat.institution.clone()));
        let change = CaseChange { id, revision, officer: String::new(), step };
        spawn_local(async move {
            match session.heard(api::desk::create_step(&case, &slug, &change).await) {
                Ok(now) => {
                    let _ = self.overtaken.try_set(false);
                    self.attempt.set_value(None);
                    done();
                    self.show(now);
                }
                Err(ApiError::Conflict) => self.overtake(&case, &slug).await,
                Err(error) => drop(self.wrong.try_set(Some((part, said(&error))))),
            }
            let _ = self.busy.try_set(false);
        });
    }

    /// The case as it is now; what was typed stays, and is tried on it as something new.
    async fn overtake(self, case: &str, slug: &str) {
        self.attempt.set_value(None);
        match self.session.heard(api::desk::get_case(case, slug).await) {
            Ok(now) => {
                let _ = self.overtaken.try_set(true);
                self.show(now);
            }
            Err(error) => drop(self.wrong.try_set(Some(("", said(&error))))),
        }
    }

    fn show(self, now: CaseDetail) {
        let _ = self.state.try_set(Load::Loaded(now));
        announce(t(key::DESK_DONE));
        request_animation_frame(|| focus_on("case"));
    }

    /// Gives the chosen file along.
    fn give(self, input: NodeRef<Input>) {
        let chosen = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        let Some(file) = chosen else {
            self.wrong.set(Some(("gift", t(key::DESK_NO_FILE).to_owned())));
            return;
        };
        let Some((case, _)) = self.seen() else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.wrong.set(None);
        let slug = self.seat.with_value(|seat| seat.institution.clone());
        let session = self.session;
        spawn_local(async move {
            let (id, name, valid_until) = (self.gift.get_value(), file.name(), self.valid_until.get_untracked());
            let gift = Gift { id: &id, name: &name, valid_until: &valid_until };
            let given = match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => {
                    let bytes = Uint8Array::new(&buffer);
                    session.heard(api::desk::give_document(&case, &slug, &gift, &bytes).await)
                }
                Err(_) => Err(ApiError::NotFound),
            };
            match given {
                Ok(document) => {
                    self.gift.set_value(new_id());
                    let _ = self.valid_until.try_set(String::new());
                    if let Some(input) = input.try_get_untracked().flatten() {
                        input.set_value("");
                    }
                    let _ = self.wrong.try_set(Some(("given", tf(key::DESK_GIVEN, &[("name", &document.name)]))));
                }
                Err(error) => drop(self.wrong.try_set(Some(("gift", said_of_file(&error))))),
            }
            let _ = self.busy.try_set(false);
        });
    }

    pub(super) fn wrong_with(self, part: &'static str) -> AnyView {
        view! {
            <div role="alert">{dynamic(move || self.wrong.get().filter(|(of, _)| *of == part).map(|(_, wrong)| view! { <p class="ds-validation-message">{wrong}</p> }).into_any())}</div>
        }
        .into_any()
    }
}

/// What the officer may do with it now.
pub fn steps(own: Steps, case: &CaseDetail) -> AnyView {
    let officer = own.seat.with_value(|seat| seat.officer.clone());
    let taken = case.events.iter().rfind(|event| event.kind == EventKind::Taken);
    let other = taken.filter(|event| event.officer.as_ref() != Some(&officer)).map(|event| {
        let (name, since) = (event.officer.clone().unwrap_or_default(), date_time(&event.at));
        tf(key::DESK_OTHERS, &[("name", &name), ("time", &since)])
    });
    let overtaken = dynamic(move || {
        own.overtaken.get().then(|| view! { <div class="ds-alert" data-color="warning" role="alert"><p class="ds-paragraph">{t(key::DESK_OVERTAKEN)}</p></div> }).into_any()
    });
    let press = move |step: CaseStep| on(move |_: leptos::ev::MouseEvent| own.take("", step.clone(), || ()));
    let ways = match (case.about.state, other) {
        (UseState::Sent, _) => view! {
            <div class="du-row"><button class="ds-button" type="button" disabled=own.busy on:click=press(CaseStep::Take {})>{t(key::DESK_TAKE)}</button></div>
        }
        .into_any(),
        (_, Some(other)) => view! {
            <div class="ds-alert du-stack" data-color="info" data-gap="s">
                <p class="ds-paragraph">{other}</p>
                <div class="du-row"><button class="ds-button" data-variant="secondary" type="button" disabled=own.busy on:click=press(CaseStep::TakeOver {})>{t(key::DESK_TAKE_OVER)}</button></div>
            </div>
        }
        .into_any(),
        _ => view! { {ask(own)}{tell(own)}{give(own)}{bill(own)}{decide(own)} }.into_any(),
    };
    view! {
        <section class="du-stack" aria-labelledby="steps">
            <h2 class="ds-heading" data-size="md" id="steps">{t(key::DESK_STEPS)}</h2>
            {overtaken}
            {own.wrong_with("")}
            {ways}
        </section>
    }
    .into_any()
}

pub(super) fn part(title: Key, inside: AnyView) -> AnyView {
    view! { <details class="ds-details"><summary>{t(title)}</summary><div class="du-stack" data-gap="s">{inside}</div></details> }.into_any()
}

fn words(id: &'static str, label: Key, value: RwSignal<String>) -> AnyView {
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{t(label)}</label>
            <textarea class="ds-input" id=id rows="4" maxlength="4000" prop:value=value on:input=on(move |event| value.set(event_target_value(&event)))></textarea>
        </div>
    }
    .into_any()
}

pub(super) fn day(id: &'static str, label: Key, value: RwSignal<String>) -> AnyView {
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{t(label)}</label>
            <input class="ds-input" type="date" id=id prop:value=value on:input=on(move |event| value.set(event_target_value(&event)))/>
        </div>
    }
    .into_any()
}

fn ask(own: Steps) -> AnyView {
    let send = move |_: leptos::ev::MouseEvent| {
        let step = CaseStep::Ask { text: own.asked.get_untracked(), due: own.due.get_untracked() };
        own.take("ask", step, move || {
            own.asked.set(String::new());
            own.due.set(String::new());
        });
    };
    part(
        key::DESK_ASK,
        view! {
            {words("ask-text", key::DESK_ASK_TEXT, own.asked)}
            {day("ask-due", key::DESK_ASK_DUE, own.due)}
            {own.wrong_with("ask")}
            <div class="du-row"><button class="ds-button" type="button" disabled=own.busy on:click=on(send)>{icon("send")}{t(key::DESK_ASK_SEND)}</button></div>
        }
        .into_any(),
    )
}

fn tell(own: Steps) -> AnyView {
    let send = move |_: leptos::ev::MouseEvent| {
        let step = CaseStep::Tell { text: own.told.get_untracked() };
        own.take("tell", step, move || own.told.set(String::new()));
    };
    part(
        key::DESK_TELL,
        view! {
            {words("tell-text", key::DESK_TELL_TEXT, own.told)}
            {own.wrong_with("tell")}
            <div class="du-row"><button class="ds-button" type="button" disabled=own.busy on:click=on(send)>{icon("send")}{t(key::DESK_TELL_SEND)}</button></div>
        }
        .into_any(),
    )
}

fn give(own: Steps) -> AnyView {
    let (input, chosen) = (NodeRef::<Input>::new(), RwSignal::new(String::new()));
    let choose = move |_: leptos::ev::Event| {
        let file = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        chosen.set(file.map(|file| file.name()).unwrap_or_default());
    };
    let given = dynamic(move || {
        let given = own.wrong.get().filter(|(of, _)| *of == "given");
        given.map(|(_, said)| view! { <p class="ds-alert" data-color="success">{said}</p> }).into_any()
    });
    part(
        key::DESK_GIVE,
        view! {
            <div class="ds-field">
                <span class="ds-label">{t(key::DESK_FILE)}</span>
                <p data-field="description" id="gift-text">{t(key::DESK_FILE_TEXT)}</p>
                <div class="du-choose">
                    // A browser's own button speaks the browser's language.
                    <input class="ds-sr-only" type="file" id="gift" accept=".pdf,.asice,.edoc" aria-describedby="gift-text" node_ref=input on:change=on(choose)/>
                    <label class="ds-button" data-variant="secondary" for="gift">{icon("upload")}{t(key::WALK_FILE_CHOOSE)}</label>
                    <span class="du-small">{dynamic_text(move || chosen.get())}</span>
                </div>
            </div>
            {day("gift-until", key::DESK_VALID, own.valid_until)}
            {own.wrong_with("gift")}
            <div role="status">{given}</div>
            <div class="du-row"><button class="ds-button" type="button" disabled=own.busy on:click=on(move |_| own.give(input))>{icon("upload")}{t(key::DESK_GIVE_NOW)}</button></div>
        }
        .into_any(),
    )
}

/// Asked once more before it is done: a decision is not taken back.
fn decide(own: Steps) -> AnyView {
    let choice = move |ruling: Ruling| {
        let id = format!("ruling-{}", ruling.code());
        let checked = own.ruling.get_untracked() == Some(ruling);
        view! {
            <div class="ds-field" data-variant="outline">
                <input class="ds-input" type="radio" name="ruling" id=id.clone() checked=checked on:change=on(move |_| own.ruling.set(Some(ruling)))/>
                <label class="ds-label" for=id>{t(ruling_word(ruling))}</label>
            </div>
        }
        .into_any()
    };
    let look = move |_: leptos::ev::MouseEvent| {
        let is_whole = own.ruling.get_untracked().is_some() && !own.why.with_untracked(|why| why.trim().is_empty());
        own.wrong.set((!is_whole).then(|| ("decide", t(key::DESK_DECIDE_ALL).to_owned())));
        own.sure.set(is_whole);
    };
    let send = move |_: leptos::ev::MouseEvent| {
        let Some(ruling) = own.ruling.get_untracked() else { return };
        own.take("decide", CaseStep::Decide { ruling, text: own.why.get_untracked() }, || ());
    };
    let asked_again = dynamic(move || {
        if !own.sure.get() {
            return ().into_any();
        }
        view! {
            <div class="du-task" data-color="warning">
                <p>{t(key::DESK_SURE)}</p>
                <button class="ds-button" data-color="pine" type="button" disabled=own.busy on:click=on(send)>{t(key::DESK_DECIDE_NOW)}</button>
            </div>
        }
        .into_any()
    });
    part(
        key::DESK_DECIDE,
        view! {
            <fieldset class="ds-fieldset"><legend class="ds-label">{t(key::DESK_RULING)}</legend>{list(RULINGS, choice)}</fieldset>
            {words("why", key::DESK_WHY, own.why)}
            {own.wrong_with("decide")}
            <div class="du-row"><button class="ds-button" data-variant="secondary" type="button" on:click=on(look)>{t(key::DESK_DECIDE_LOOK)}</button></div>
            {asked_again}
        }
        .into_any(),
    )
}

fn said(error: &ApiError) -> String {
    let ApiError::Broken(broken) = error else { return problem(error) };
    let word = match broken.first().map(|one| (one.field.as_str(), one.rule.as_str())) {
        Some(("due", _)) => key::DESK_WRONG_DUE,
        Some(("text", "required")) => key::DESK_WRONG_EMPTY,
        _ => key::DESK_WRONG_TEXT,
    };
    t(word).to_owned()
}

fn said_of_file(error: &ApiError) -> String {
    match error {
        ApiError::Broken(broken) if broken.iter().any(|one| one.field == "valid_until") => {
            t(key::DESK_WRONG_DUE).to_owned()
        }
        ApiError::Broken(_) | ApiError::NotFound | ApiError::Conflict => t(key::DESK_WRONG_FILE).to_owned(),
        other => problem(other),
    }
}
