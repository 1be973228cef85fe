//! What is wrong: with the data, told to the institution; with a page, told to the portal's operator. Each says truthfully
//! whether it was sent.

use durvis_contract::identity::{is_email, phone};
use durvis_contract::uses::{Deficiencies, ErrorReport, Sent};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::problem::problem;
use crate::i18n::{date_time, key, lang, t, tf};
use crate::page::use_page;
use crate::paths;
use crate::start::location_path;
use crate::ui::erased::{dynamic, on};
use crate::ui::form::{Field, Mistakes, error_summary, mistake, of, text_field};
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;

/// A report being written.
#[derive(Clone, Copy)]
struct Report {
    text: RwSignal<String>,
    reach: RwSignal<String>,
    wrong: RwSignal<Mistakes>,
    busy: RwSignal<bool>,
    sent: RwSignal<Option<Sent>>,
}

impl Report {
    fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            reach: RwSignal::new(String::new()),
            wrong: RwSignal::new(Mistakes::new()),
            busy: RwSignal::new(false),
            sent: RwSignal::new(None),
        }
    }

    /// What is missing, said before anything is sent.
    fn is_right(self, reaches: bool, sentence: &'static str) -> bool {
        let mut wrong = Mistakes::new();
        let length = self.text.with_untracked(|text| text.trim().chars().count());
        if length == 0 {
            wrong.push(("text".into(), t(key::REPORT_TEXT_MISSING).to_owned()));
        } else if length > Deficiencies::MAX_CHARS {
            wrong.push(("text".into(), tf(key::FAULT_TOO_LONG, &[("max", &Deficiencies::MAX_CHARS.to_string())])));
        }
        if !reaches {
            wrong.push(("reach".into(), sentence.to_owned()));
        }
        let is_right = wrong.is_empty();
        self.wrong.set(wrong);
        is_right
    }

    fn send(self, request: impl Future<Output = Result<Sent, ApiError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match request.await {
                Ok(sent) => self.sent.set(Some(sent)),
                Err(ApiError::Silent) => self.wrong.set(vec![(String::new(), t(key::REPORT_NOT_SENT).to_owned())]),
                Err(error) => {
                    self.wrong.set(vec![(String::new(), format!("{} {}", t(key::REPORT_NOT_SENT), problem(&error)))]);
                }
            }
            self.busy.set(false);
        });
    }

    fn form(self, reach: Field, hint: String, submit: impl Fn() + Copy + Send + 'static) -> AnyView {
        let wrong = Memo::new(move |_| self.wrong.with(|wrong| of(wrong, "text")));
        let on_submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            submit();
        };
        let invalid = Signal::derive(move || wrong.get().map(|_| "true"));
        view! {
            <p class="du-soft">{t(key::REPORT_REQUIRED)}</p>
            {error_summary(self.wrong)}
            <form class="du-stack" novalidate="" on:submit=on(on_submit)>
                <div class="ds-field">
                    <label class="ds-label" for="text">{t(key::REPORT_TEXT)}</label>
                    <p data-field="description" id="text-hint">{t(key::REPORT_TEXT_HINT)}</p>
                    <textarea class="ds-input" id="text" rows="6" required="" aria-describedby="text-hint text-wrong" aria-invalid=invalid
                        prop:value=self.text on:input=on(move |event| self.text.set(event_target_value(&event)))></textarea>
                    {mistake(wrong, "text-wrong".into())}
                </div>
                {text_field(reach, hint, self.reach, self.wrong)}
                <div class="du-row"><button class="ds-button" type="submit" disabled=self.busy>{t(key::REPORT_SEND)}</button></div>
            </form>
        }
        .into_any()
    }

    /// The form, or that it was sent.
    fn view(self, form: impl Fn() -> AnyView + Send + 'static) -> AnyView {
        dynamic(move || match self.sent.get() {
            Some(sent) => {
                let said = tf(
                    key::REPORT_SENT_TEXT,
                    &[("number", &sent.number.to_string()), ("time", &date_time(&sent.sent_at))],
                );
                view! {
                    <div class="ds-alert" data-color="success" role="status">
                        <h2 class="ds-heading" data-size="2xs">{t(key::REPORT_SENT)}</h2>
                        <p class="ds-paragraph">{said}</p>
                    </div>
                }
                .into_any()
            }
            None => form(),
        })
    }
}

/// To the institution that keeps the registry.
pub fn deficiencies(walking: Walking) -> AnyView {
    use_page(t(key::DEFICIENCIES_TITLE));
    let report = Report::new();
    let id = StoredValue::new(walking.id());
    let submit = move || {
        let reach = report.reach.get_untracked().trim().to_owned();
        if report.is_right(is_email(&reach) || phone(&reach).is_some(), t(key::REPORT_REACH_MISSING)) {
            let told = Deficiencies { text: report.text.get_untracked(), reach };
            report.send(
                async move { walking.session.heard(api::uses::report_deficiencies(&id.get_value(), &told).await) },
            );
        }
    };
    let field =
        Field { id: "reach", label: t(key::REPORT_REACH), kind: "text", autocomplete: "email", inputmode: None };
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow">
            <p><a class="ds-link" href=paths::service_use(&walking.id())>{icon("left")}<span>{t(key::DEFICIENCIES_BACK)}</span></a></p>
            <h1 class="ds-heading" data-size="xl">{t(key::DEFICIENCIES_TITLE)}</h1>
            <p>{t(key::DEFICIENCIES_TEXT)}</p>
            {report.view(move || report.form(field, t(key::REPORT_REACH_HINT).to_owned(), submit))}
        </div>
    }
    .into_any()
}

/// The link at the foot of a page that opens the form for its errors.
pub fn report_link() -> AnyView {
    let (report, is_open) = (Report::new(), RwSignal::new(false));
    let submit = move || {
        let email = report.reach.get_untracked().trim().to_owned();
        if report.is_right(is_email(&email), t(key::WRONG_EMAIL)) {
            let (text, lang) = (report.text.get_untracked(), lang().code().to_owned());
            let told = ErrorReport { text, email, page: location_path(), lang };
            report.send(async move { api::uses::report_error(&told).await });
        }
    };
    let field = Field {
        id: "reach",
        label: t(key::REPORT_EMAIL),
        kind: "email",
        autocomplete: "email",
        inputmode: Some("email"),
    };
    let form = move || report.form(field, t(key::REPORT_EMAIL_HINT).to_owned(), submit);
    view! {
        <div class="du-stack" data-gap="s">
            <p class="du-foot-link">
                {icon("alert")}
                <button class="ds-link" type="button" aria-expanded=move || is_open.get().to_string()
                    on:click=on(move |_| is_open.update(|is_open| *is_open = !*is_open))>{t(key::REPORT_OPEN)}</button>
            </p>
            {dynamic(move || if is_open.get() { report.view(form) } else { ().into_any() })}
        </div>
    }
    .into_any()
}
