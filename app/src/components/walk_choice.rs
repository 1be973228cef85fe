//! Answers that are chosen: one or many of the options, yes or no, a country, an institution, oneself or a child, a tick.

use durvis_contract::e_service::{Kind, ME, Value, country};
use leptos::prelude::*;

use super::walk_field::Asked;
use crate::catalogue::use_catalogue;
use crate::i18n::{self, date, key, t};
use crate::ui::erased::{dynamic, list, on};
use crate::wizard::words::said;

/// An option: what is kept, what it is called, and a word more.
type Choice = (String, String, Option<String>);

pub fn choice(asked: &Asked) -> AnyView {
    let options = asked.field.kind.options().unwrap_or_default();
    let options = options.iter().map(|one| (one.id.clone(), said(&one.label), one.hint.as_ref().map(said)));
    radios(asked, options.collect(), |id| Value::Text(id.to_owned()), |value, id| *value == Value::Text(id.to_owned()))
}

pub fn yes_no(asked: &Asked) -> AnyView {
    let options = [("yes", key::WALK_YES), ("no", key::WALK_NO)];
    let options = options.map(|(id, name)| (id.to_owned(), t(name).to_owned(), None));
    radios(asked, options.into(), |id| Value::Bool(id == "yes"), |value, id| *value == Value::Bool(id == "yes"))
}

/// The one who asks, and their children.
pub fn person(asked: &Asked) -> AnyView {
    let (walking, asked) = (asked.walking, asked.clone());
    let people = Memo::new(move |_| {
        let people = walking.people.get();
        let known = people.into_iter().map(|one| {
            let born = one.born.filter(|_| one.value != ME).map(|born| date(&born.into()));
            (one.value, one.name, born)
        });
        let known: Vec<Choice> = known.collect();
        // In a rehearsal there is nobody but oneself.
        if known.is_empty() { vec![(ME.to_owned(), t(key::WALK_ME).to_owned(), None)] } else { known }
    });
    dynamic(move || {
        radios(&asked, people.get(), |id| Value::Text(id.to_owned()), |value, id| *value == Value::Text(id.to_owned()))
    })
}

fn radios(
    asked: &Asked,
    options: Vec<Choice>,
    to_value: fn(&str) -> Value,
    is_chosen: fn(&Value, &str) -> bool,
) -> AnyView {
    let value = asked.value();
    let option = |(at, (id, name, hint)): (usize, Choice)| {
        // The first bears the field's own id: there the error summary leads.
        let own = if at == 0 { asked.id.clone() } else { format!("{}-{id}", asked.id) };
        let hint_id = format!("{own}-about");
        let about = hint.as_ref().map(|_| hint_id.clone());
        let hint = hint.map(|hint| view! { <p data-field="description" id=hint_id>{hint}</p> });
        let checked = {
            let id = id.clone();
            Signal::derive(move || value.with(|value| value.as_ref().is_some_and(|value| is_chosen(value, &id))))
        };
        let (of, kept) = (asked.clone(), id);
        view! {
            <div class="ds-field">
                <input class="ds-input" type="radio" name=asked.id.clone() id=own.clone() prop:checked=checked aria-describedby=about
                    aria-invalid=asked.invalid() on:change=on(move |_: leptos::ev::Event| of.set(Some(to_value(&kept))))/>
                <label class="ds-label" for=own>{name}</label>
                {hint}
            </div>
        }
        .into_any()
    };
    fieldset(asked, list(options.into_iter().enumerate(), option))
}

fn fieldset(asked: &Asked, inside: Vec<AnyView>) -> AnyView {
    view! {
        <fieldset class="ds-fieldset" aria-describedby=asked.described()>
            <legend class="ds-label">{asked.label()}</legend>
            {asked.hint_view()}
            {asked.mistake_view()}
            {inside}
        </fieldset>
    }
    .into_any()
}

pub fn choices(asked: &Asked) -> AnyView {
    let value = asked.value();
    let chosen = move || match value.get() {
        Some(Value::Many(ids)) => ids,
        _ => Vec::new(),
    };
    let order: Vec<String> =
        asked.field.kind.options().unwrap_or_default().iter().map(|option| option.id.clone()).collect();
    let option = |(at, one): (usize, &durvis_contract::e_service::Choice)| {
        let own = if at == 0 { asked.id.clone() } else { format!("{}-{}", asked.id, one.id) };
        let (id, of, order) = (one.id.clone(), asked.clone(), order.clone());
        let checked = {
            let id = id.clone();
            Signal::derive(move || chosen().contains(&id))
        };
        let flip = move |event: leptos::ev::Event| {
            let mut now = untrack(chosen);
            now.retain(|one| *one != id);
            if event_target_checked(&event) {
                now.push(id.clone());
            }
            now.sort_by_key(|one| order.iter().position(|other| other == one));
            of.set((!now.is_empty()).then_some(Value::Many(now)));
        };
        view! {
            <div class="ds-field">
                <input class="ds-input" type="checkbox" id=own.clone() prop:checked=checked aria-invalid=asked.invalid() on:change=on(flip)/>
                <label class="ds-label" for=own>{said(&one.label)}</label>
            </div>
        }
        .into_any()
    };
    let options = asked.field.kind.options().unwrap_or_default();
    fieldset(asked, list(options.iter().enumerate(), option))
}

pub fn statement(asked: &Asked) -> AnyView {
    let (value, of, id) = (asked.value(), asked.clone(), asked.id.clone());
    let checked = Signal::derive(move || value.get() == Some(Value::Bool(true)));
    let flip = move |event: leptos::ev::Event| of.set(event_target_checked(&event).then_some(Value::Bool(true)));
    view! {
        <div class="ds-field">
            <input class="ds-input" type="checkbox" id=id.clone() prop:checked=checked aria-describedby=asked.described()
                aria-invalid=asked.invalid() on:change=on(flip)/>
            <label class="ds-label" for=id>{asked.label()}</label>
            {asked.hint_view()}
            {asked.mistake_view()}
        </div>
    }
    .into_any()
}

/// One of many: options, countries, institutions.
pub fn select(asked: &Asked) -> AnyView {
    let asked = asked.clone();
    match &asked.field.kind {
        Kind::Country {} => {
            let mut all: Vec<_> = country::all().map(|code| (code.to_owned(), i18n::country(code))).collect();
            all.sort_by_cached_key(|(_, name)| name.to_lowercase());
            select_of(&asked, all)
        }
        Kind::Institution { municipality } => {
            let municipality = *municipality;
            use_catalogue().view(move |index| {
                let all = index.institutions().filter(|one| one.municipal || !municipality);
                let mut all: Vec<_> = all.map(|one| (one.slug, one.name)).collect();
                all.sort_by_cached_key(|(_, name)| name.to_lowercase());
                select_of(&asked, all)
            })
        }
        kind => {
            let all = kind.options().unwrap_or_default().iter().map(|one| (one.id.clone(), said(&one.label)));
            select_of(&asked, all.collect())
        }
    }
}

fn select_of(asked: &Asked, options: Vec<(String, String)>) -> AnyView {
    let (value, of, id) = (asked.text(), asked.clone(), asked.id.clone());
    let option = |(slug, name): (String, String)| {
        let own = slug.clone();
        let selected = Signal::derive(move || value.with(|value| *value == own));
        view! { <option value=slug prop:selected=selected>{name}</option> }.into_any()
    };
    let choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        of.set((!chosen.is_empty()).then_some(Value::Text(chosen)));
    };
    let none = Signal::derive(move || value.with(String::is_empty));
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{asked.label()}</label>
            {asked.hint_view()}
            {asked.mistake_view()}
            <select class="ds-input" id=id aria-describedby=asked.described() aria-invalid=asked.invalid() on:change=on(choose)>
                <option value="" prop:selected=none>{t(key::RESULT_CHOOSE)}</option>
                {list(options, option)}
            </select>
        </div>
    }
    .into_any()
}
