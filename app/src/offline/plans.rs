//! What a citizen's plans know: answers, the day of the event, ticks and notes. Kept in this browser and nowhere else: no
//! function here or above it sends any of it.

use std::collections::BTreeMap;

use durvis_contract::plan::{Answers, Day};
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::database::{Database, object};
use crate::api::decode::{Decode, field};

/// The store of this browser; where it is missing or forbidden nothing outlives the page.
#[derive(Clone)]
pub struct Plans(Option<Database>);

/// One plan, as far as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnPlan {
    pub answers: Answers,
    pub event: Event,
    /// Steps that are done, by id.
    pub ticks: Vec<String>,
    /// By the id of the step.
    pub notes: BTreeMap<String, String>,
    /// Milliseconds since 1970: tells this plan from an earlier one of the same life event.
    pub started_at: f64,
}

/// The day from which dates are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Event {
    #[default]
    NotAsked,
    NotKnown,
    On(Day),
}

impl Event {
    pub fn day(self) -> Option<Day> {
        if let Self::On(day) = self { Some(day) } else { None }
    }
}

impl Plans {
    pub async fn open() -> Self {
        Self(Database::open_plans().await.ok())
    }

    pub fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// Undefined where there is none.
    pub async fn get(&self, key: &str) -> JsValue {
        match &self.0 {
            Some(database) => database.get(key).await.unwrap_or_default(),
            None => JsValue::UNDEFINED,
        }
    }

    /// Says whether it is kept.
    pub async fn put(&self, key: &str, value: &JsValue) -> bool {
        match &self.0 {
            Some(database) => database.put(key, value).await.is_ok(),
            None => false,
        }
    }

    /// The citizen's own plan of a life event.
    pub async fn own(&self, life_event: &str) -> Option<OwnPlan> {
        OwnPlan::decode(&self.get(&own_key(life_event)).await)
    }

    pub async fn keep(&self, life_event: &str, own: &OwnPlan) -> bool {
        self.put(&own_key(life_event), &own.encode()).await
    }

    /// Says whether nothing is left of it.
    pub async fn forget(&self, life_event: &str) -> bool {
        match &self.0 {
            Some(database) => database.delete(&own_key(life_event)).await.is_ok(),
            None => true,
        }
    }
}

/// Deletes every plan of this browser.
pub async fn wipe() {
    if let Ok(database) = Database::open_plans().await {
        let _ = database.clear().await;
    }
}

fn own_key(life_event: &str) -> String {
    format!("own/{life_event}")
}

impl OwnPlan {
    fn encode(&self) -> JsValue {
        let event = match self.event {
            Event::NotAsked => JsValue::NULL,
            Event::NotKnown => JsValue::from_str(""),
            Event::On(day) => day.to_string().into(),
        };
        let ticks: Array = self.ticks.iter().map(|id| JsValue::from_str(id)).collect();
        object(&[
            ("answers", &pairs(self.answers.iter())),
            ("event", &event),
            ("ticks", &ticks),
            ("notes", &pairs(self.notes.iter().map(|(id, note)| (id.as_str(), note.as_str())))),
            ("started_at", &self.started_at.into()),
        ])
    }
}

impl Decode for OwnPlan {
    fn decode(value: &JsValue) -> Option<Self> {
        let mut answers = Answers::default();
        for (question, answer) in texts(&field(value, "answers")?) {
            answers.set(&question, &answer);
        }
        let event = match field::<Option<String>>(value, "event")? {
            None => Event::NotAsked,
            Some(day) => Day::parse(&day).map_or(Event::NotKnown, Event::On),
        };
        let notes = texts(&field(value, "notes")?).collect();
        Some(Self { answers, event, ticks: field(value, "ticks")?, notes, started_at: field(value, "started_at")? })
    }
}

/// A plain object of texts.
fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> JsValue {
    let values: Vec<(&str, JsValue)> = pairs.map(|(name, text)| (name, text.into())).collect();
    let fields: Vec<(&str, &JsValue)> = values.iter().map(|(name, text)| (*name, text)).collect();
    object(&fields)
}

fn texts(value: &JsValue) -> impl Iterator<Item = (String, String)> + use<> {
    let entries = value.dyn_ref::<Object>().map(Object::entries).unwrap_or_default();
    entries.into_iter().filter_map(|entry| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    })
}
