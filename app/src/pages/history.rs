//! `/{lang}/account/history?kind=&from=&until=&below=`: what was done in the citizen's name or with their data (W2).

use durvis_contract::identity::{ACT_KINDS, Act, Acts, Way};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api;
use crate::components::act_name::act_name;
use crate::components::browser_name::browser_name;
use crate::components::workspace_frame::{Place, workspace_frame};
use crate::i18n::{Key, date_time, key, t, tf};
use crate::load::{Load, load, waiting};
use crate::paths::{Past, Personal};
use crate::session::use_session;
use crate::ui::erased::{dynamic, effect, list, on};
use crate::ui::form::{Mistakes, error_summary, mistake, of};
use crate::ui::icon::icon;

pub fn history_page() -> AnyView {
    workspace_frame(Place::History, t(key::HISTORY_TITLE), Some(key::HISTORY_LEAD), content)
}

fn content() -> AnyView {
    let (session, query) = (use_session(), use_location().query);
    let past = Memo::new(move |_| query.with(Past::of_query));
    let (state, ways) = (RwSignal::new(Load::Asleep), RwSignal::new(Vec::<Way>::new()));
    let ask = move || {
        let query = past.get_untracked().query();
        load(state, async move { session.heard(api::identity::list_acts(&query).await) });
    };
    effect(move || {
        past.track();
        ask();
    });
    spawn_local(async move {
        // Only for their names: without them the slugs stand there.
        if let Ok(named) = api::identity::list_ways().await {
            let _ = ways.try_set(named);
        }
    });
    view! {
        {filter(past)}
        {dynamic(move || match state.get() {
            Load::Loaded(acts) => found(&acts, &past.get_untracked(), &ways.get()),
            state => view! { <div>{waiting(&state, ask)}</div> }.into_any(),
        })}
    }
    .into_any()
}

fn filter(past: Memo<Past>) -> AnyView {
    let navigate = use_navigate();
    let (kind, from, until) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(Mistakes::new());
    // Back and forward show what the URL says.
    effect(move || {
        let past = past.get();
        kind.set(past.kind.unwrap_or_default());
        from.set(past.from.unwrap_or_default());
        until.set(past.until.unwrap_or_default());
    });
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let given = |signal: RwSignal<String>| Some(signal.get_untracked()).filter(|text| !text.is_empty());
        let wanted = Past { kind: given(kind), from: given(from), until: given(until), below: None };
        // ISO dates stand in the order of time.
        if wanted.from.is_some() && wanted.until.is_some() && wanted.from > wanted.until {
            return wrong.set(vec![("from".into(), t(key::WRONG_DATES).to_owned())]);
        }
        wrong.set(Mistakes::new());
        navigate(&wanted.url(), Default::default());
    };
    let option = |code: &'static str| {
        let selected = Signal::derive(move || kind.get() == code);
        view! { <option value=code prop:selected=selected>{t(act_name(code))}</option> }.into_any()
    };
    view! {
        <form class="du-stack" data-gap="m" role="search" aria-label=t(key::HISTORY_SEARCH) novalidate="" on:submit=on(on_submit)>
            {error_summary(wrong)}
            <div class="du-filter">
                <div class="ds-field">
                    <label class="ds-label" for="kind">{t(key::HISTORY_KIND)}</label>
                    <select class="ds-input" id="kind" on:change=on(move |event| kind.set(event_target_value(&event)))>
                        <option value="">{t(key::HISTORY_KIND_ALL)}</option>{list(ACT_KINDS, option)}
                    </select>
                </div>
                {day("from", key::HISTORY_FROM, from, wrong)}
                {day("until", key::HISTORY_UNTIL, until, wrong)}
                <button class="ds-button" data-variant="secondary" type="submit">{icon("search")}{t(key::HISTORY_SHOW)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn day(id: &'static str, label: Key, value: RwSignal<String>, wrong: RwSignal<Mistakes>) -> AnyView {
    let own = Memo::new(move |_| wrong.with(|wrong| of(wrong, id)));
    let wrong_id = format!("{id}-wrong");
    let described = {
        let wrong_id = wrong_id.clone();
        Signal::derive(move || own.get().map(|_| wrong_id.clone()))
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{t(label)}</label>
            <input class="ds-input" type="date" id=id prop:value=value aria-describedby=described
                aria-invalid=Signal::derive(move || own.get().map(|_| "true")) on:input=on(move |event| value.set(event_target_value(&event)))/>
            {mistake(own, wrong_id)}
        </div>
    }
    .into_any()
}

fn found(acts: &Acts, past: &Past, ways: &[Way]) -> AnyView {
    if acts.acts.is_empty() {
        let text = if past.is_filtered() { key::HISTORY_NONE_WANTED } else { key::HISTORY_NONE };
        return view! {
            <div class="du-stack" data-gap="s">
                <p role="status">{t(text)}</p>
                <p><a class="ds-link" href=Personal::History.url()>{t(key::HISTORY_CLEAR)}</a></p>
            </div>
        }
        .into_any();
    }
    let head = [key::HISTORY_KIND, key::HISTORY_AT, key::HISTORY_PLACE, key::HISTORY_WAY];
    let head = list(head, |name| view! { <th scope="col" role="columnheader">{t(name)}</th> }.into_any());
    let clear = past
        .is_filtered()
        .then(|| view! { <a class="ds-link" href=Personal::History.url()>{t(key::HISTORY_CLEAR)}</a> });
    view! {
        <div class="du-stack">
            <div class="du-row" data-between="">
                <div>{clear}</div>
                <a class="ds-button" data-variant="tertiary" rel="external" download="" href=past.export()>
                    {icon("download")}<span>{t(key::HISTORY_EXPORT)}<span class="du-soft">" "{t(key::HISTORY_EXPORT_TEXT)}</span></span>
                </a>
            </div>
            <table class="du-table" role="table">
                <caption class="ds-sr-only">{t(key::HISTORY_TITLE)}</caption>
                <thead role="rowgroup"><tr role="row">{head}</tr></thead>
                <tbody role="rowgroup">{list(&acts.acts, |act| row(act, ways))}</tbody>
            </table>
            {pages(acts, past)}
        </div>
    }
    .into_any()
}

fn row(act: &Act, ways: &[Way]) -> AnyView {
    let cell = |label: Key, content: AnyView| view! { <td role="cell" data-label=t(label)>{content}</td> };
    let company = act.company.as_ref().map(|one| {
        let text = tf(key::HISTORY_COMPANY, &[("name", &one.name)]);
        view! { <span class="du-soft du-block">{text}</span> }
    });
    let browser =
        act.agent.as_deref().map(|agent| view! { <span class="du-soft du-block">{browser_name(agent)}</span> });
    let place = view! { <span><span class="du-num">{act.address.clone()}</span>{browser}</span> }.into_any();
    let way = act.way.as_deref().map(|slug| way_name(slug, ways)).unwrap_or_default();
    view! {
        <tr role="row">
            <td role="cell"><span><strong>{t(act_name(&act.kind))}</strong>{company}</span></td>
            {cell(key::HISTORY_AT, view! { <span class="du-num">{date_time(&act.at)}</span> }.into_any())}
            {cell(key::HISTORY_PLACE, place)}
            {cell(key::HISTORY_WAY, way.into_any())}
        </tr>
    }
    .into_any()
}

fn pages(acts: &Acts, past: &Past) -> AnyView {
    let link = |to: Past, name: Key, rel: &'static str| {
        view! { <li><a class="ds-button" data-variant="tertiary" rel=rel href=to.url()>{t(name)}</a></li> }.into_any()
    };
    let absent = |name: Key| {
        view! { <li hidden=""><span class="ds-button" data-variant="tertiary">{t(name)}</span></li> }.into_any()
    };
    let newest = match past.below {
        Some(_) => link(Past { below: None, ..past.clone() }, key::HISTORY_NEWEST, "first"),
        None => absent(key::HISTORY_NEWEST),
    };
    let older = match acts.below {
        Some(below) => link(Past { below: Some(below), ..past.clone() }, key::HISTORY_OLDER, "next"),
        None => absent(key::HISTORY_OLDER),
    };
    if past.below.is_none() && acts.below.is_none() {
        return ().into_any();
    }
    view! { <nav class="ds-pagination" aria-label=t(key::RESULT_PAGES)><ul>{newest}{older}</ul></nav> }.into_any()
}

fn way_name(slug: &str, ways: &[Way]) -> String {
    ways.iter().find(|way| way.slug == slug).map_or(slug, |way| way.name.as_str()).to_owned()
}
