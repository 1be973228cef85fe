//! From the browser's own JSON to the types of the contract.
//!
//! The browser parses JSON anyway; serde's parsers for these types would be a seventh of the app's download
//! (docs/benchmarks.md). Each type is listed with its fields: one that the contract gains and this list lacks does not
//! compile. Names are those of the contract, which renames nothing but enum values.

use durvis_contract::identity::{Act, Acts, ByMail, Company, Contact, OpenSession, Session, Way, WayKind};
use durvis_contract::plan::{Answer, Condition, Offset, OffsetUnit, Plan, PlanLaw, PlanService, PlanStep, Question};
use durvis_contract::{
    Audience, Broken, Channels, Elsewhere, Fallback, Fee, Files, Here, Home, HomeEvent, HomeService, Hours,
    Institution, Law, Link, Manifest, Offer, Place, Service, ServiceDetail, Step, Term, TermUnit,
};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What can be read from a JSON value; `None` when it is something else.
pub trait Decode: Sized {
    fn decode(value: &JsValue) -> Option<Self>;
}

impl Decode for String {
    fn decode(value: &JsValue) -> Option<Self> {
        value.as_string()
    }
}

/// As it is.
impl Decode for JsValue {
    fn decode(value: &JsValue) -> Option<Self> {
        Some(value.clone())
    }
}

/// Absent is `false`.
impl Decode for bool {
    fn decode(value: &JsValue) -> Option<Self> {
        Some(value.as_bool().unwrap_or(false))
    }
}

impl Decode for f64 {
    fn decode(value: &JsValue) -> Option<Self> {
        value.as_f64()
    }
}

/// As far as a browser's numbers are exact.
impl Decode for i64 {
    fn decode(value: &JsValue) -> Option<Self> {
        let number = value.as_f64()?;
        (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
    }
}

impl Decode for u32 {
    fn decode(value: &JsValue) -> Option<Self> {
        let number = value.as_f64()?;
        (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
    }
}

impl Decode for u16 {
    fn decode(value: &JsValue) -> Option<Self> {
        u32::decode(value)?.try_into().ok()
    }
}

impl Decode for i16 {
    fn decode(value: &JsValue) -> Option<Self> {
        i64::decode(value)?.try_into().ok()
    }
}

impl Decode for [f64; 2] {
    fn decode(value: &JsValue) -> Option<Self> {
        Vec::decode(value)?.try_into().ok()
    }
}

/// Absent and `null` are `None`; anything else has to be a `T`.
impl<T: Decode> Decode for Option<T> {
    fn decode(value: &JsValue) -> Option<Self> {
        if value.is_undefined() || value.is_null() { Some(None) } else { T::decode(value).map(Some) }
    }
}

/// Absent is empty.
impl<T: Decode> Decode for Vec<T> {
    fn decode(value: &JsValue) -> Option<Self> {
        if value.is_undefined() {
            return Some(Vec::new());
        }
        let array = value.dyn_ref::<Array>()?;
        let mut items = Vec::with_capacity(array.length() as usize);
        for at in 0..array.length() {
            items.push(T::decode(&array.get(at))?);
        }
        Some(items)
    }
}

/// One field of an object.
pub fn field<T: Decode>(object: &JsValue, name: &str) -> Option<T> {
    T::decode(&Reflect::get(object, &JsValue::from_str(name)).ok()?)
}

macro_rules! decode {
    ($($name:ident { $($field:ident),+ })+) => {
        $(impl Decode for $name {
            fn decode(value: &JsValue) -> Option<Self> {
                Some(Self { $($field: field(value, stringify!($field))?),+ })
            }
        })+
    };
}

decode! {
    Link { slug, name }
    Fallback { field, lang }
    Fee { cents, note }
    Term { days, unit }
    Step { name, text }
    Law { name, article }
    Here { sign_in }
    Elsewhere { portal, url, sign_in }
    Channels { here, elsewhere, places, post }
    Offer { territory, here, elsewhere, fees, term, places }
    Service {
        slug, name, summary, description, audience, institution, eligibility, papers, steps, fees, term, fill_minutes,
        deadline, laws, channels, life_events, related, checked, partial, fallbacks, offers
    }
    Hours { mon, tue, wed, thu, fri, sat, sun }
    Place { slug, name, institution, territory, address, phone, email, hours, position, fallbacks }
    ServiceDetail { service, places }
    Institution { slug, name, short, territory, phone, email, website, fallbacks }
    Files { lang, index, details }
    Manifest { release, imported_at, files, plans }
    Answer { id, text }
    Question { id, text, why, answers, when }
    Offset { count, unit }
    PlanLaw { name, article, url }
    PlanService { slug, institution, here, elsewhere, offices, here_in }
    PlanStep { id, name, text, service, with, from, by, law, when }
    Plan { slug, name, icon, event, questions, steps }
    HomeEvent { slug, name, icon }
    HomeService { slug, name, institution, municipalities, here }
    Home { services, e_services, life_events, popular }
    Broken { field, rule }
    Company { number, name }
    Session { journal, given_name, surname, company, officer, unused_seconds, whole_seconds }
    OpenSession { handle, own, way, address, agent, created_at, seen_at }
    Way { slug, name, kind, answers }
    ByMail { tasks, progress, bills, documents, favourites, reminders }
    Contact { email, unverified_email, phone, lang, by_mail }
    Act { number, at, kind, address, agent, way, company, subject }
    Acts { acts, below }
}

impl Decode for Condition {
    fn decode(value: &JsValue) -> Option<Self> {
        if let Some(is) = field::<Option<JsValue>>(value, "is")? {
            return Some(Self::Is { question: field(&is, "question")?, answer: field(&is, "answer")? });
        }
        if let Some(one_of) = field::<Option<JsValue>>(value, "one_of")? {
            return Some(Self::OneOf { question: field(&one_of, "question")?, answers: field(&one_of, "answers")? });
        }
        let (all, any) = (field::<Option<Vec<Self>>>(value, "all")?, field::<Option<Vec<Self>>>(value, "any")?);
        all.map(Self::All).or(any.map(Self::Any))
    }
}

impl Decode for OffsetUnit {
    fn decode(value: &JsValue) -> Option<Self> {
        match value.as_string()?.as_str() {
            "days" => Some(Self::Days),
            "working_days" => Some(Self::WorkingDays),
            "months" => Some(Self::Months),
            _ => None,
        }
    }
}

impl Decode for WayKind {
    fn decode(value: &JsValue) -> Option<Self> {
        match value.as_string()?.as_str() {
            "eid" => Some(Self::Eid),
            "bank" => Some(Self::Bank),
            "card" => Some(Self::Card),
            _ => None,
        }
    }
}

impl Decode for Audience {
    fn decode(value: &JsValue) -> Option<Self> {
        match value.as_string()?.as_str() {
            "person" => Some(Self::Person),
            "business" => Some(Self::Business),
            _ => None,
        }
    }
}

impl Decode for TermUnit {
    fn decode(value: &JsValue) -> Option<Self> {
        match value.as_string()?.as_str() {
            "working_days" => Some(Self::WorkingDays),
            "calendar_days" => Some(Self::CalendarDays),
            "months" => Some(Self::Months),
            _ => None,
        }
    }
}
