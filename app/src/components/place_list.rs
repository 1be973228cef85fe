//! Offices: name, address, hours, phone, and whether they are open now.

use durvis_contract::place::Opening;
use durvis_contract::{Hours, Place, language_of};
use leptos::prelude::*;

use crate::i18n::{decimal, key, lang_of, t, tf, tn, weekday};
use crate::position;
use crate::ui::erased::{dynamic, dynamic_text, list, on};
use crate::ui::icon::icon;

/// How many are shown before one asks for all.
const SHOWN: usize = 4;

pub fn place_list(places: Vec<Place>) -> impl IntoView {
    let (all, set_all) = signal(false);
    let (here, set_here) = signal(None::<[f64; 2]>);
    let total = places.len();
    let shown = dynamic(move || {
        let most = if all.get() { total } else { SHOWN };
        list(nearest_first(&places, here.get()).into_iter().take(most), place_item).into_any()
    });
    let more = dynamic(move || match total > SHOWN && !all.get() {
        true => view! {
            <p>
                <button class="ds-button" data-variant="tertiary" type="button" on:click=on(move |_| set_all.set(true))>
                    {tn(key::COUNT_PLACES, total as u32)}
                </button>
            </p>
        }
        .into_any(),
        false => ().into_any(),
    });
    let near = (total > 1).then(|| near_me(set_here));
    view! { {near}<ul class="du-list" data-plain="">{shown}</ul>{more} }
}

/// A button that asks the browser where the reader is, and what came of it.
fn near_me(set_here: WriteSignal<Option<[f64; 2]>>) -> impl IntoView {
    let (said, say) = signal(key::PLACE_NEAR_PRIVATE);
    let ask = move |_| {
        say.set(key::PLACE_NEAR_WAIT);
        position::ask(move |here| {
            say.set(if here.is_some() { key::PLACE_NEAR_PRIVATE } else { key::PLACE_NEAR_DENIED });
            set_here.set(here);
        });
    };
    view! {
        <div class="du-row">
            <button class="ds-button" data-variant="secondary" data-size="sm" type="button" on:click=on(ask)>
                {icon("pin")}{t(key::PLACE_NEAR)}
            </button>
            <p class="du-soft du-grow" role="status">{dynamic_text(move || t(said.get()).to_owned())}</p>
        </div>
    }
}

/// The places with their distance in tenths of a kilometre, when the reader's position is known.
fn nearest_first(places: &[Place], here: Option<[f64; 2]>) -> Vec<(&Place, Option<u32>)> {
    let Some(here) = here else { return places.iter().map(|place| (place, None)).collect() };
    let tenths = |place: &Place| (position::kilometres(here, place.position) * 10.0) as u32;
    let mut order: Vec<(u64, u32)> = (0_u32..).zip(places).map(|(at, place)| (tenths(place).into(), at)).collect();
    durvis_search::sort_keys(&mut order);
    order.into_iter().map(|(tenths, at)| (&places[at as usize], Some(tenths as u32))).collect()
}

fn place_item((place, tenths): (&Place, Option<u32>)) -> AnyView {
    let phone = place.phone.clone().map(|phone| {
        let href = format!("tel:{}", phone.replace(' ', ""));
        view! { <p><a class="ds-link du-num" href=href>{phone}</a></p> }
    });
    let lang = |field: &str| lang_of(language_of(&place.fallbacks, field));
    let far = tenths.map(|tenths| tf(key::PLACE_KM, &[("n", &decimal(tenths))]));
    view! {
        <li>
            <div class="du-grow">
                <strong lang=lang("name")>{place.name.clone()}</strong>
                <p lang=lang("address")>{place.address.clone()}</p>
                <p class="du-soft">{hours_in_words(&place.hours)}</p>
                {phone}
            </div>
            <div class="du-stack" data-gap="xs">{far.map(|far| view! { <span class="ds-tag du-num" data-color="info">{far}</span> })}{opening(&place.hours)}</div>
        </li>
    }
    .into_any()
}

/// Open until, or closed until, by the clock in Latvia.
fn opening(hours: &Hours) -> Option<impl IntoView + use<>> {
    let (day, minute) = clock_in_latvia();
    let (colour, said) = match hours.at(day, minute) {
        Opening::Unknown => return None,
        Opening::Until(minute) => ("success", tf(key::PLACE_OPEN_UNTIL, &[("time", &time(minute))])),
        Opening::From { minute, days: 0 } => ("neutral", tf(key::PLACE_OPENS_TODAY, &[("time", &time(minute))])),
        Opening::From { minute, days: 1 } => ("neutral", tf(key::PLACE_OPENS_TOMORROW, &[("time", &time(minute))])),
        Opening::From { minute, days } => {
            let day = weekday((day + days) % 7, "long");
            ("neutral", tf(key::PLACE_OPENS_ON, &[("day", &day), ("time", &time(minute))]))
        }
    };
    Some(view! { <span class="ds-tag" data-color=colour>{icon("clock")}{said}</span> })
}

fn time(minute: u16) -> String {
    format!("{}.{:02}", minute / 60, minute % 60)
}

/// Weekday (0 is Monday) and minute after midnight, wherever the reader is.
fn clock_in_latvia() -> (u8, u16) {
    let options = js_sys::Object::new();
    for (name, value) in [
        ("timeZone", "Europe/Riga"),
        ("weekday", "short"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    let said = js_sys::Date::new_0().to_locale_string("en-GB", &options).as_string().unwrap_or_default();
    of_clock(&said).unwrap_or_default()
}

/// Reads `Mon 09:05` (or with a comma).
fn of_clock(said: &str) -> Option<(u8, u16)> {
    let (day, time) = said.split_once(' ')?;
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let day = days.iter().position(|name| day.starts_with(name))?;
    let (hour, minute) = time.split_once(':')?;
    Some((u8::try_from(day).ok()?, hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?))
}

/// Days with the same hours together: `pirmdiena 9.00–18.00, otrdiena–ceturtdiena 9.00–17.00`.
fn hours_in_words(hours: &Hours) -> String {
    let runs = runs(hours).into_iter().map(|(from, to, span)| {
        let span = span.replace(':', ".").replace('-', "–");
        let span = span.split('–').map(|time| time.trim_start_matches('0')).collect::<Vec<_>>().join("–");
        let days = if from == to {
            weekday(from, "short")
        } else {
            format!("{}–{}", weekday(from, "short"), weekday(to, "short"))
        };
        format!("{days} {span}")
    });
    let said = runs.collect::<Vec<_>>().join(", ");
    if said.is_empty() { t(key::PLACE_CLOSED).to_owned() } else { said }
}

/// Runs of days with equal hours: first day, last day, hours.
fn runs(hours: &Hours) -> Vec<(u8, u8, String)> {
    let mut runs: Vec<(u8, u8, String)> = Vec::new();
    for (day, span) in (0..7_u8).zip(hours.days()) {
        let Some(span) = span else { continue };
        match runs.last_mut() {
            Some((_, to, same)) if same == span && *to + 1 == day => *to = day,
            _ => runs.push((day, day, span.to_owned())),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_of_latvia_is_read() {
        assert_eq!(of_clock("Mon 09:05"), Some((0, 545)));
        assert_eq!(of_clock("Sun, 23:59"), Some((6, 1439)));
        assert_eq!(of_clock("nonsense"), None);
    }

    #[test]
    fn the_nearest_place_comes_first() {
        let place = |name: &str, position: [f64; 2]| Place {
            slug: name.into(),
            name: name.into(),
            institution: String::new(),
            territory: durvis_contract::Link { slug: String::new(), name: String::new() },
            address: String::new(),
            phone: None,
            email: None,
            hours: Hours::default(),
            position,
            fallbacks: vec![],
        };
        let places = [place("Liepāja", [56.5, 21.0]), place("Rīga", [56.95, 24.1])];
        let names = |here| nearest_first(&places, here).iter().map(|(place, _)| place.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(None), ["Liepāja", "Rīga"]);
        assert_eq!(names(Some([56.95, 24.0])), ["Rīga", "Liepāja"]);
        assert_eq!(nearest_first(&places, Some([56.95, 24.1]))[0].1, Some(0));
    }

    #[test]
    fn days_with_the_same_hours_are_told_together() {
        let day = |span: &str| Some(span.to_owned());
        let hours =
            Hours { mon: day("9-18"), tue: day("9-17"), wed: day("9-17"), fri: day("9-17"), ..Hours::default() };
        assert_eq!(runs(&hours), [(0, 0, "9-18".into()), (1, 2, "9-17".into()), (4, 4, "9-17".into())]);
    }
}
