//! An address in Latvia: the municipality out of the catalogue, street and house as they are said, the postal code.

use durvis_contract::e_service::{Address, Value};
use leptos::prelude::*;

use super::walk_field::Asked;
use crate::catalogue::use_catalogue;
use crate::i18n::{Key, key, t};
use crate::ui::erased::on;

/// A part of it: how it is read, and how it is written.
type Part = (fn(&Address) -> &String, fn(&mut Address) -> &mut String);

const TERRITORY: Part = (|address| &address.territory, |address| &mut address.territory);
const STREET: Part = (|address| &address.street, |address| &mut address.street);
const POSTAL_CODE: Part = (|address| &address.postal_code, |address| &mut address.postal_code);

pub fn address(asked: &Asked) -> AnyView {
    view! {
        <fieldset class="ds-fieldset du-stack" data-gap="s" aria-describedby=asked.described()>
            <legend class="ds-label">{asked.label()}</legend>
            {asked.hint_view()}
            {asked.mistake_view()}
            {territory(asked)}
            {part(asked, STREET, "street", key::WALK_STREET, "address-line1", None)}
            {part(asked, POSTAL_CODE, "postal-code", key::WALK_POSTAL_CODE, "postal-code", Some("10"))}
        </fieldset>
    }
    .into_any()
}

fn of(value: Option<Value>) -> Address {
    match value {
        Some(Value::Address(address)) => address,
        _ => Address::default(),
    }
}

fn set(asked: &Asked, write: fn(&mut Address) -> &mut String, text: String) {
    let mut now = of(untrack(|| asked.walking.value(&asked.at)));
    *write(&mut now) = text;
    let value = Value::Address(now);
    asked.set((!value.is_blank()).then_some(value));
}

fn territory(asked: &Asked) -> AnyView {
    let (asked, id) = (asked.clone(), asked.id.clone());
    use_catalogue().view(move |index| {
        let (value, asked) = (asked.value(), asked.clone());
        let mut all: Vec<_> = index.territories().skip(1).map(|one| (one.slug, one.name)).collect();
        all.sort_by_cached_key(|(_, name)| name.to_lowercase());
        let chosen = Memo::new(move |_| (TERRITORY.0)(&of(value.get())).clone());
        let option = |(slug, name): (String, String)| {
            let own = slug.clone();
            let selected = Signal::derive(move || chosen.with(|chosen| *chosen == own));
            view! { <option value=slug prop:selected=selected>{name}</option> }.into_any()
        };
        let none = Signal::derive(move || chosen.with(String::is_empty));
        let invalid = asked.invalid();
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id.clone()>{t(key::WALK_TERRITORY)}</label>
                <select class="ds-input" id=id.clone() aria-invalid=invalid
                    on:change=on(move |event| set(&asked, TERRITORY.1, event_target_value(&event)))>
                    <option value="" prop:selected=none>{t(key::RESULT_CHOOSE)}</option>
                    {crate::ui::erased::list(all, option)}
                </select>
            </div>
        }
        .into_any()
    })
}

fn part(
    asked: &Asked,
    (read, write): Part,
    name: &str,
    label: Key,
    complete: &'static str,
    size: Option<&'static str>,
) -> AnyView {
    let (id, value, asked) = (format!("{}-{name}", asked.id), asked.value(), asked.clone());
    let shown = Signal::derive(move || read(&of(value.get())).clone());
    let invalid = asked.invalid();
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{t(label)}</label>
            <input class="ds-input" type="text" id=id autocomplete=complete size=size prop:value=shown aria-invalid=invalid
                on:input=on(move |event| set(&asked, write, event_target_value(&event)))/>
        </div>
    }
    .into_any()
}
