//! Rows of the same questions. A page of rows is in the document at a time, so that a thousand cost no more than twenty.

use durvis_contract::e_service::{At, Kind, Row, Value};
use leptos::prelude::*;

use super::walk_field::{Asked, question};
use crate::i18n::{key, t, tf};
use crate::page::{announce, focus_on};
use crate::ui::erased::{dynamic, list, on};
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;
use crate::wizard::words::said;

/// Rows that are shown at once.
const PAGE: usize = 20;

pub fn group(asked: &Asked) -> AnyView {
    let Kind::Group { max, .. } = asked.field.kind else { return ().into_any() };
    let (walking, id) = (asked.walking, asked.id.clone());
    let rows = {
        let id = id.clone();
        Memo::new(move |_| {
            walking.answers.with(|answers| match answers.get(&id) {
                Some(Value::Rows(rows)) => rows.len(),
                _ => 0,
            })
        })
    };
    let first = RwSignal::new(0);
    let add = {
        let (id, columns) = (id.clone(), asked.field.kind.columns().and_then(|columns| columns.first()).cloned());
        move || {
            let at = rows.get_untracked();
            walking.set_rows(&id, |rows| rows.push(Row::new()));
            first.set(at / PAGE * PAGE);
            let to = columns.as_ref().map(|column| At { field: id.clone(), cell: Some((at, column.id.clone())) });
            request_animation_frame(move || to.iter().for_each(|to| focus_on(&to.to_string())));
        }
    };
    let is_full = move || rows.get() >= usize::from(max);
    let shown = {
        let asked = asked.clone();
        move || {
            let from = first.get().min(rows.get().saturating_sub(1) / PAGE * PAGE);
            list(from..rows.get().min(from + PAGE), |at| row(&asked, at))
        }
    };
    view! {
        <fieldset class="ds-fieldset du-stack" id=id.clone() tabindex="-1" aria-describedby=asked.described()>
            <legend class="ds-label">{asked.label()}</legend>
            {asked.hint_view()}
            {asked.mistake_view()}
            <div class="du-stack">{dynamic(move || shown().into_any())}</div>
            {pages(rows, first)}
            <div class="du-row">
                <button class="ds-button" data-variant="secondary" type="button" disabled=is_full on:click=on(move |_| add())>
                    {icon("plus")}{t(key::WALK_ADD)}
                </button>
                <span class="du-soft du-num">{dynamic(move || tf(key::WALK_ROWS, &[("n", &rows.get().to_string()), ("max", &max.to_string())]).into_any())}</span>
            </div>
        </fieldset>
    }
    .into_any()
}

fn row(asked: &Asked, at: usize) -> AnyView {
    let (walking, group) = (asked.walking, asked.id.clone());
    let name = tf(key::WALK_ROW, &[("group", &said(&asked.field.label)), ("n", &(at + 1).to_string())]);
    let columns = asked.field.kind.columns().unwrap_or_default().iter().enumerate();
    let cells = list(columns, |(number, column)| {
        let place = At { field: group.clone(), cell: Some((at, column.id.clone())) };
        let cell = Asked::new(walking, column.clone(), place);
        if column.when.is_none() {
            return question(&cell);
        }
        let live = is_live(walking, &group, at, number);
        dynamic(move || if live.get() { question(&cell) } else { ().into_any() })
    });
    let said_removed = tf(key::WALK_REMOVED, &[("row", &name)]);
    let remove = {
        let group = group.clone();
        move || {
            walking.set_rows(&group, |rows| {
                if at < rows.len() {
                    rows.remove(at);
                }
            });
            announce(&said_removed);
            focus_on(&group);
        }
    };
    let label = name.clone();
    view! {
        <div class="ds-card du-stack" data-gap="s" role="group" aria-label=label>
            <div class="du-row" data-between="">
                <strong>{name.clone()}</strong>
                <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=on(move |_| remove())>
                    {icon("trash")}{t(key::WALK_REMOVE)}<span class="ds-sr-only">": "{name.clone()}</span>
                </button>
            </div>
            {cells}
        </div>
    }
    .into_any()
}

fn is_live(walking: Walking, group: &str, row: usize, column: usize) -> Memo<bool> {
    let group = group.to_owned();
    Memo::new(move |_| {
        walking.walk.with(|walk| walk.field(&group).is_none_or(|field| !field.hidden_cells.contains(&(row, column))))
    })
}

/// Earlier and later rows, where they do not fit a page.
fn pages(rows: Memo<usize>, first: RwSignal<usize>) -> AnyView {
    dynamic(move || {
        let (all, from) = (rows.get(), first.get());
        if all <= PAGE {
            return ().into_any();
        }
        let to = (from + PAGE).min(all);
        let here = tf(
            key::WALK_ROWS_SHOWN,
            &[("from", &(from + 1).to_string()), ("to", &to.to_string()), ("all", &all.to_string())],
        );
        view! {
            <div class="du-row">
                <button class="ds-button" data-variant="tertiary" type="button" disabled={from == 0}
                    on:click=on(move |_| first.set(from.saturating_sub(PAGE)))>{icon("left")}{t(key::WALK_ROWS_BEFORE)}</button>
                <span class="du-num" role="status">{here}</span>
                <button class="ds-button" data-variant="tertiary" type="button" disabled={to == all}
                    on:click=on(move |_| first.set(from + PAGE))>{t(key::WALK_ROWS_AFTER)}{icon("right")}</button>
            </div>
        }
        .into_any()
    })
}
