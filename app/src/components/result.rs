//! One service in a result list.

use std::sync::Arc;

use durvis_search::{Doc, Hits, Index, kind};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::fees::{fee_range, result_term};
use super::kind_tags::kind_tags;
use super::star::star;
use super::territory_select::territory_select;
use crate::i18n::{key, t, tn};
use crate::paths;
use crate::reader::use_reader;
use crate::ui::icon::icon;
use crate::ui::marked::marked;

/// The card of a service; its words that matched are marked.
pub fn result(index: &Arc<Index>, doc: &Doc, hits: &Hits) -> impl IntoView + use<> {
    let near = use_reader().territory.get_untracked().filter(|near| offers(index, doc, near));
    let marks = |text: &str| marked(text, |word| hits.marks(word));
    let href = paths::service(&doc.slug, near.as_deref());
    view! {
        <li>
            <article class="ds-card du-result">
                <div class="du-row" data-top="">
                    <h3 class="du-grow"><a class="ds-link du-title" href=href>{marks(&doc.name)}</a></h3>
                    {star(doc.slug.clone(), doc.name.clone(), near.clone())}
                </div>
                <p>{marks(&doc.summary)}</p>
                <div class="du-row">{kind_tags(doc.kinds)}</div>
                {if doc.municipal { municipalities(index, doc, near).into_any() } else { meta(index, doc).into_any() }}
            </article>
        </li>
    }
}

fn meta(index: &Index, doc: &Doc) -> impl IntoView + use<> {
    let owner = doc.variants.first().map(|variant| index.institutions[usize::from(variant.institution)].name.clone());
    let time = doc.term.map(result_term);
    let fact =
        |name, symbol: &str, value: String| view! { <div><dt>{t(name)}</dt><dd>{icon(symbol)}{value}</dd></div> };
    view! {
        <dl class="du-meta">
            {owner.map(|owner| fact(key::RESULT_INSTITUTION, "building", owner))}
            {time.map(|time| fact(key::RESULT_TIME, "clock", time))}
            {fee_range(doc.fee_cents).map(|fee| fact(key::RESULT_FEE, "euro", fee))}
        </dl>
    }
}

/// One result for all municipalities (C11): how many, and the choice of one's own.
fn municipalities(index: &Arc<Index>, doc: &Doc, near: Option<String>) -> impl IntoView + use<> {
    let here = doc.variants.iter().filter(|variant| variant.kinds & kind::HERE != 0).count() as u32;
    let offered: Vec<u16> = doc.variants.iter().map(|variant| variant.territory).collect();
    let known = index.clone();
    let options = move || {
        let territory = |at: &u16| &known.territories[usize::from(*at)];
        offered.iter().map(territory).map(|one| (one.slug.clone(), one.name.clone())).collect()
    };
    let (reader, navigate, slug) = (use_reader(), use_navigate(), doc.slug.clone());
    let choose = move |territory: String| {
        if !territory.is_empty() {
            reader.territory.set(Some(territory.clone()));
            navigate(&paths::service(&slug, Some(&territory)), Default::default());
        }
    };
    view! {
        <div class="du-group du-row">
            <p class="du-grow">
                <strong>{tn(key::COUNT_MUNICIPALITIES, doc.variants.len() as u32)}</strong>
                {(here > 0).then(|| view! { <br/><span class="du-soft">{tn(key::COUNT_HERE, here)}</span> })}
            </p>
            {territory_select(format!("territory-{}", doc.slug), t(key::RESULT_MUNICIPALITY), options, near, true, choose)}
        </div>
    }
}

fn offers(index: &Index, doc: &Doc, territory: &str) -> bool {
    doc.municipal
        && doc.variants.iter().any(|variant| index.territories[usize::from(variant.territory)].slug == territory)
}
