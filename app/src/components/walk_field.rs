//! A question of an e-service: label, hint, mistake, where its answer comes from, the answer itself, and why it is asked.

use durvis_contract::e_service::{At, Field, Kind, Value};
use leptos::prelude::*;

use super::walk_address::address;
use super::walk_choice::{choice, choices, person, select, statement, yes_no};
use super::walk_file::file;
use super::walk_group::group;
use crate::catalogue::use_catalogue;
use crate::i18n::{Key, date_time, key, t, tf};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::form::{mistake, of};
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;
use crate::wizard::words::{Told, grounds, optional, said};

/// What a question's view is made with.
#[derive(Clone)]
pub struct Asked {
    pub walking: Walking,
    pub field: Field,
    pub at: At,
    /// Its place as an id of the page: `iban`, `children.0.code`.
    pub id: String,
    pub wrong: Memo<Option<String>>,
}

impl Asked {
    pub fn new(walking: Walking, field: Field, at: At) -> Self {
        let id = at.to_string();
        let wrong = {
            let id = id.clone();
            Memo::new(move |_| walking.wrong.with(|wrong| of(wrong, &id)))
        };
        Self { walking, field, at, id, wrong }
    }

    /// The answer now.
    pub fn value(&self) -> Memo<Option<Value>> {
        let (walking, at) = (self.walking, self.at.clone());
        Memo::new(move |_| walking.value(&at))
    }

    /// The answer now, as a text.
    pub fn text(&self) -> Memo<String> {
        let (walking, at) = (self.walking, self.at.clone());
        let is_money = matches!(self.field.kind, Kind::Money { .. });
        Memo::new(move |_| match walking.value(&at) {
            Some(Value::Text(text)) => text,
            Some(Value::Number(cents)) if is_money => {
                format!("{}{},{:02}", sign(cents), cents.abs() / 100, cents.abs() % 100)
            }
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        })
    }

    pub fn set(&self, value: Option<Value>) {
        self.walking.set(&self.at, value);
    }

    pub fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    pub fn wrong_id(&self) -> String {
        format!("{}-wrong", self.id)
    }

    /// What the field is described by.
    pub fn described(&self) -> Signal<Option<String>> {
        let (hint, wrong_id, wrong) = (self.hint().map(|_| self.hint_id()), self.wrong_id(), self.wrong);
        Signal::derive(move || match (wrong.get(), &hint) {
            (Some(_), Some(hint)) => Some(format!("{wrong_id} {hint}")),
            (Some(_), None) => Some(wrong_id.clone()),
            (None, hint) => hint.clone(),
        })
    }

    pub fn invalid(&self) -> Signal<Option<&'static str>> {
        let wrong = self.wrong;
        Signal::derive(move || wrong.get().map(|_| "true"))
    }

    fn hint(&self) -> Option<String> {
        let plain = match self.field.kind {
            Kind::PersonalCode {} => Some(key::WALK_HINT_PERSONAL_CODE),
            Kind::Iban {} => Some(key::WALK_HINT_IBAN),
            Kind::RegistrationNumber {} => Some(key::WALK_HINT_REGISTRATION_NUMBER),
            Kind::Date { .. } => Some(key::WALK_HINT_DATE),
            _ => None,
        };
        self.field.hint.as_ref().map(said).or_else(|| plain.map(|key| t(key).to_owned()))
    }

    pub fn hint_view(&self) -> Option<AnyView> {
        let id = self.hint_id();
        self.hint().map(|hint| view! { <p data-field="description" id=id>{hint}</p> }.into_any())
    }

    pub fn mistake_view(&self) -> AnyView {
        mistake(self.wrong, self.wrong_id())
    }

    /// The label's words, and whether the answer may be left out.
    pub fn label(&self) -> AnyView {
        let (walking, at, field) = (self.walking, self.at.clone(), self.field.clone());
        let is_required = Memo::new(move |_| match &at.cell {
            None => walking.walk.with(|walk| walk.field(&at.field).is_none_or(|field| field.required)),
            // Columns say it by their definition alone.
            Some(_) => true,
        });
        let cell_optional = self.at.cell.is_some() && self.field.required == durvis_contract::e_service::Required::No;
        let text = said(&self.field.label);
        view! { {text}{dynamic(move || optional(&field, is_required.get() && !cell_optional).into_any())} }.into_any()
    }
}

fn sign(number: i64) -> &'static str {
    if number < 0 { "-" } else { "" }
}

/// A question, whatever kind it is of.
pub fn question(asked: &Asked) -> AnyView {
    let inside = match &asked.field.kind {
        Kind::YesNo {} => yes_no(asked),
        Kind::Choice { options } if options.len() > 8 => select(asked),
        Kind::Choice { .. } => choice(asked),
        Kind::Choices { .. } => choices(asked),
        Kind::Country {} | Kind::Institution { .. } => select(asked),
        Kind::Person {} => person(asked),
        Kind::Statement {} => statement(asked),
        Kind::Address {} => address(asked),
        Kind::Date { .. } => super::walk_date::day(asked),
        Kind::File { .. } => file(asked),
        Kind::Group { .. } => group(asked),
        Kind::LongText { .. } => long_text(asked),
        _ => text(asked),
    };
    view! { {inside}{source(asked)}{why(asked)} }.into_any()
}

fn text(asked: &Asked) -> AnyView {
    let (kind, mode, complete, size) = match asked.field.kind {
        Kind::Number { .. } => ("text", Some("numeric"), "off", Some("12")),
        Kind::Money { .. } => ("text", Some("decimal"), "off", Some("12")),
        Kind::PersonalCode {} | Kind::RegistrationNumber {} => ("text", Some("numeric"), "off", Some("14")),
        Kind::Phone {} => ("tel", Some("tel"), "tel", Some("18")),
        Kind::Email {} => ("email", Some("email"), "email", None),
        Kind::Iban {} => ("text", None, "off", Some("26")),
        _ => ("text", None, "on", None),
    };
    let is_counted = matches!(asked.field.kind, Kind::Number { .. } | Kind::Money { .. });
    let (id, value, of) = (asked.id.clone(), asked.text(), asked.clone());
    // A number is written as it was typed until the field is left: "1," is on its way to "1,50".
    let typed = RwSignal::new(None::<String>);
    let shown = Signal::derive(move || typed.get().unwrap_or_else(|| value.get()));
    let on_input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        if is_counted {
            typed.set(Some(text.clone()));
        }
        of.set((!text.is_empty()).then(|| of.field.kind.typed(&text)));
    };
    let suffix = matches!(asked.field.kind, Kind::Money { .. }).then(|| view! { <span class="du-soft">"€"</span> });
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{asked.label()}</label>
            {asked.hint_view()}
            {asked.mistake_view()}
            <div class="du-row" data-gap="s">
                <input class="ds-input" id=id.clone() type=kind inputmode=mode autocomplete=complete size=size prop:value=shown
                    aria-describedby=asked.described() aria-invalid=asked.invalid()
                    on:input=on(on_input) on:blur=on(move |_| typed.set(None))/>
                {suffix}
            </div>
        </div>
    }
    .into_any()
}

fn long_text(asked: &Asked) -> AnyView {
    let Kind::LongText { max } = asked.field.kind else { return ().into_any() };
    let (id, value, of) = (asked.id.clone(), asked.text(), asked.clone());
    let left = move || {
        let used = value.with(|text| text.chars().count());
        let left = (max as usize).saturating_sub(used);
        if left < 500 { tf(key::WALK_LEFT, &[("n", &left.to_string())]) } else { String::new() }
    };
    let on_input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        of.set((!text.is_empty()).then_some(Value::Text(text)));
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{asked.label()}</label>
            {asked.hint_view()}
            {asked.mistake_view()}
            <textarea class="ds-input" id=id.clone() rows="6" prop:value=value aria-describedby=asked.described() aria-invalid=asked.invalid()
                on:input=on(on_input)></textarea>
            <p class="du-small du-soft">{dynamic(move || left().into_any())}</p>
        </div>
    }
    .into_any()
}

/// Where a filled-in answer comes from, as long as it is that one.
fn source(asked: &Asked) -> AnyView {
    if asked.at.cell.is_some() || asked.field.prefill.is_none() {
        return ().into_any();
    }
    let (walking, id, at) = (asked.walking, asked.field.id.clone(), asked.at.clone());
    let line = Memo::new(move |_| {
        let known = walking.entry.with(|entry| {
            let values = entry.prefilled.iter().flatten();
            values.into_iter().find(|one| one.field == id).cloned()
        })?;
        let now = walking.value(&at)?;
        let now = serde_json::to_string(&now).ok()?;
        (serde_json::to_string(&known.value).ok()? == now).then(|| {
            let source: Key = match known.source.as_str() {
                "sign_in" => key::WALK_FROM_SIGN_IN,
                "contact" => key::WALK_FROM_CONTACT,
                "mandates" => key::WALK_FROM_ENTERPRISES,
                "population" => key::WALK_FROM_POPULATION,
                _ => key::WALK_FROM_REGISTER,
            };
            tf(source, &[("time", &date_time(&known.asked_at))])
        })
    });
    dynamic(move || {
        line.get()
            .map(|line| view! { <p class="du-saved du-small du-soft">{icon("check")}<span>{line}</span></p> })
            .into_any()
    })
}

/// Why it is asked: the definition's own words, the law, and the answers that brought it up.
fn why(asked: &Asked) -> AnyView {
    let (walking, at) = (asked.walking, asked.at.clone());
    let because = Memo::new(move |_| {
        walking.walk.with(|walk| match &at.cell {
            None => walk.field(&at.field).map(|field| field.because.clone()).unwrap_or_default(),
            Some((_, column)) => {
                walk.field(&at.field).and_then(|field| field.columns_because.get(column).cloned()).unwrap_or_default()
            }
        })
    });
    let why = asked.field.why.clone();
    let catalogue = use_catalogue();
    dynamic(move || {
        let because = because.get();
        if why.is_none() && because.is_empty() {
            return ().into_any();
        }
        let index = catalogue.loaded();
        let lines = walking.people.with(|people| {
            let told = Told { index: index.as_deref(), people };
            walking
                .definition
                .with_value(|definition| walking.answers.with(|answers| grounds(definition, answers, &because, told)))
        });
        let law = why.as_ref().and_then(|why| Some((said(why.law_title.as_ref()?), why.law_url.clone())));
        let law = law.map(|(title, url)| match url {
            Some(url) => view! { <p>{t(key::WALK_LAW)}" "<a class="ds-link" href=url rel="noopener" target="_blank">{title}</a></p> }.into_any(),
            None => view! { <p>{t(key::WALK_LAW)}" "{title}</p> }.into_any(),
        });
        view! {
            <details class="ds-details">
                <summary>{t(key::WALK_WHY)}</summary>
                <div>
                    {why.as_ref().map(|why| view! { <p>{said(&why.text)}</p> })}
                    {list(lines, |line| view! { <p>{line}</p> }.into_any())}
                    {law}
                </div>
            </details>
        }
        .into_any()
    })
}
