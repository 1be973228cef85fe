//! What the state knows already of the one who asks: each answer with its source and time. A register that does not answer is
//! named, and the form goes on without it.

use std::collections::BTreeMap;

use durvis_contract::day::Day;
use durvis_contract::e_service::{Definition, Field, Kind, ME, Prefill, Raw};
use durvis_contract::identity::Contact;
use durvis_contract::uses::{KnownPerson, Prefilled, PrefilledValue};
use serde_json::{Value, json};

use super::registers::part;
use super::told::iso;
use crate::App;
use crate::error::ApiError;
use crate::identity::session::Session;

/// The register of persons, by its code.
const POPULATION: &str = "population";
/// Under which age somebody is a child, in years.
const OF_AGE: i32 = 18;

/// What is known for the fields of an e-service.
///
/// # Errors
/// When the database fails.
pub async fn prefill(app: &App, session: &Session, definition: &Definition) -> Result<Prefilled, ApiError> {
    let wanted: Vec<(&Field, &Prefill)> =
        definition.fields().filter_map(|field| Some((field, field.prefill.as_ref()?))).collect();
    let asks_person = definition.fields().any(|field| matches!(field.kind, Kind::Person {}));
    let registers = wanted.iter().filter_map(|(_, prefill)| register(prefill));
    let mut asked = Asked::default();
    for register in registers.chain(asks_person.then_some(POPULATION)) {
        asked.ask(app, session, register).await;
    }
    let contact = app.identity.contact(&app.db, &session.person_id).await?;
    let asked_at = iso(app.identity.ambient.millis());
    let known = |(field, prefill): (&Field, &Prefill)| {
        let (value, source) = value(session, &contact, &asked, prefill)?;
        Some(PrefilledValue { field: field.id.clone(), value: raw(&value)?, source, asked_at: asked_at.clone() })
    };
    let person = &session.held.person;
    let me = KnownPerson {
        value: ME.into(),
        name: format!("{} {}", person.given_name, person.surname),
        born: person.born.clone(),
    };
    let children = asked.answer(POPULATION).map(|told| of_children(app, told)).unwrap_or_default();
    Ok(Prefilled {
        values: wanted.into_iter().filter_map(known).collect(),
        people: if asks_person { [me].into_iter().chain(children).collect() } else { Vec::new() },
        silent: asked.silent,
    })
}

/// The children of the one who asks who are not of age, as the population register says now.
///
/// # Errors
/// [`ApiError::Silent`] when it does not answer.
pub(super) async fn children(app: &App, session: Option<&Session>) -> Result<Vec<KnownPerson>, ApiError> {
    let Some(session) = session else { return Ok(Vec::new()) };
    let told = app.registers.ask(POPULATION, &session.held.person).await?;
    Ok(told.map(|told| of_children(app, &told)).unwrap_or_default())
}

fn of_children(app: &App, told: &Value) -> Vec<KnownPerson> {
    let today = crate::latvia::day(app.identity.ambient.now());
    let child = |child: &Value| {
        let text = |name: &str| child.get(name).and_then(Value::as_str);
        let born = text("born")?;
        if Day::parse(born)?.age_on(today) >= OF_AGE {
            return None;
        }
        let name = format!("{} {}", text("given_name")?, text("surname")?);
        Some(KnownPerson { value: text("code")?.into(), name, born: Some(born.into()) })
    };
    told.get("children").and_then(Value::as_array).into_iter().flatten().filter_map(child).collect()
}

/// What registers answered; each is asked once.
#[derive(Default)]
struct Asked {
    answers: BTreeMap<String, Option<Value>>,
    silent: Vec<String>,
}

impl Asked {
    async fn ask(&mut self, app: &App, session: &Session, register: &str) {
        if self.answers.contains_key(register) || self.silent.iter().any(|one| one == register) {
            return;
        }
        match app.registers.ask(register, &session.held.person).await {
            Ok(answer) => drop(self.answers.insert(register.into(), answer)),
            Err(error) => {
                tracing::warn!(register, ?error, "a register is silent; the form goes on without it");
                self.silent.push(register.into());
            }
        }
    }

    fn answer(&self, register: &str) -> Option<&Value> {
        self.answers.get(register)?.as_ref()
    }
}

fn register(prefill: &Prefill) -> Option<&str> {
    match prefill {
        Prefill::Person(name) if name == "address" => Some(POPULATION),
        Prefill::Registry { registry, .. } => Some(registry),
        Prefill::Person(_) | Prefill::Company(_) => None,
    }
}

/// An answer and its source.
fn value(session: &Session, contact: &Contact, asked: &Asked, prefill: &Prefill) -> Option<(Value, String)> {
    let (person, company) = (&session.held.person, session.held.company.as_ref());
    let from = |source: &str, text: Option<&str>| text.map(|text| (json!(text), source.to_owned()));
    match prefill {
        Prefill::Person(name) => match name.as_str() {
            "given_name" => from("sign_in", Some(&person.given_name)),
            "surname" => from("sign_in", Some(&person.surname)),
            "personal_code" => from("sign_in", Some(&person.code)),
            "email" => from("contact", contact.email.as_deref()),
            "phone" => from("contact", contact.phone.as_deref()),
            "address" => {
                let residence = asked.answer(POPULATION)?.get("residence")?;
                let text = |name: &str| residence.get(name).and_then(Value::as_str).unwrap_or_default();
                let address = json!({
                    "territory": text("territory"), "street": text("address"), "postal_code": text("postal_code"),
                });
                Some((address, POPULATION.into()))
            }
            _ => None,
        },
        Prefill::Company(name) => match name.as_str() {
            "name" => from("mandates", company.map(|company| company.name.as_str())),
            "registration_number" => from("mandates", company.map(|company| company.number.as_str())),
            _ => None,
        },
        Prefill::Registry { registry, name } => Some((part(asked.answer(registry)?, name)?.clone(), registry.clone())),
    }
}

fn raw(value: &Value) -> Option<Raw> {
    serde_json::from_value(value.clone()).ok()
}
