//! Services: found by the engine that runs in the browser, and read one by one.

use axum::Json;
use axum::extract::State;
use durvis_contract::{Problem, ServiceDetail};
use durvis_search::{Facet, Filter, Hit, Index, Query, Sort};
use serde::Serialize;
use utoipa::ToSchema;

use super::catalogue_language;
use crate::App;
use crate::db::description;
use crate::error::{ApiError, Refused};
use crate::extract::{Params, Slug};

const MAX_LIMIT: usize = 100;
const MAX_OFFSET: usize = 100_000;
const MAX_QUERY_BYTES: usize = 1_000;
const KINDS: [&str; 4] = ["here", "elsewhere", "in-person", "post"];
const AUDIENCES: [&str; 2] = ["person", "business"];
const SIGN_INS: [&str; 2] = ["open", "needed"];

/// One page of the services found.
#[derive(Serialize, ToSchema)]
pub(super) struct ServiceList {
    total: usize,
    /// What was searched instead, where a word was mistyped.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<String>,
    /// What was likelier meant, though what was typed was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<String>,
    services: Vec<ServiceHit>,
}

/// A service found.
#[derive(Serialize, ToSchema)]
struct ServiceHit {
    slug: String,
    name: String,
    summary: String,
    /// Comparable within one answer only.
    score: f32,
}

/// Finds services.
#[utoipa::path(get, path = "/api/v1/services", tag = "services",
    params(
        ("lang" = Option<String>, Query, description = "Language of the texts; the portal's first one by default"),
        ("q" = Option<String>, Query, description = "Words to search, at most 1,000 bytes"),
        ("kind" = Option<Vec<String>>, Query, description = "here, elsewhere, in-person, post"),
        ("audience" = Option<Vec<String>>, Query, description = "person, business"),
        ("life_event" = Option<Vec<String>>, Query, description = "Slugs"),
        ("territory" = Option<Vec<String>>, Query, description = "Slugs"),
        ("place" = Option<Vec<String>>, Query, description = "Slugs"),
        ("institution" = Option<Vec<String>>, Query, description = "Slugs"),
        ("sign_in" = Option<Vec<String>>, Query, description = "open, needed; of e-services here"),
        ("sort" = Option<String>, Query, description = "relevance, name, popularity"),
        ("limit" = Option<usize>, Query, description = "At most 100; 20 by default"),
        ("offset" = Option<usize>, Query, description = "How many to pass over")),
    responses((status = 200, body = ServiceList), Refused))]
pub(super) async fn list_services(State(app): State<App>, params: Params) -> Result<Json<ServiceList>, ApiError> {
    params.only(&[
        "lang",
        "q",
        "kind",
        "audience",
        "life_event",
        "territory",
        "place",
        "institution",
        "sign_in",
        "sort",
        "limit",
        "offset",
    ])?;
    let released = app.live.current();
    let lang = catalogue_language(&released, &params)?;
    let index = released.indexes.get(&lang).ok_or(ApiError::NotReady)?;
    let (limit, offset) = (params.number("limit", 20, MAX_LIMIT)?, params.number("offset", 0, MAX_OFFSET)?);
    let hits = index.search(&Query { offset, limit, ..query(index, &params)? });
    let service = |hit: &Hit| {
        let doc = index.doc(hit.doc);
        ServiceHit { slug: doc.slug, name: doc.name, summary: doc.summary, score: hit.score }
    };
    let services = hits.hits.iter().map(service).collect();
    Ok(Json(ServiceList { total: hits.total, corrected: hits.corrected, suggestion: hits.suggestion, services }))
}

fn query(index: &Index, params: &Params) -> Result<Query, ApiError> {
    let text = params.one("q")?.unwrap_or_default();
    if text.len() > MAX_QUERY_BYTES {
        return Err(ApiError::broken("q", "too_long"));
    }
    let sort = match params.one("sort")? {
        None | Some("relevance") => Sort::Relevance,
        Some("name") => Sort::Name,
        Some("popularity") => Sort::Popularity,
        Some(_) => return Err(ApiError::broken("sort", "unknown")),
    };
    let mut filter = Filter::default();
    for (facet, name) in [
        (Facet::Kind, "kind"),
        (Facet::Audience, "audience"),
        (Facet::LifeEvent, "life_event"),
        (Facet::Territory, "territory"),
        (Facet::Place, "place"),
        (Facet::Institution, "institution"),
        (Facet::SignIn, "sign_in"),
    ] {
        for slug in params.all(name) {
            let value = value(index, facet, slug).ok_or_else(|| ApiError::broken(name, "unknown"))?;
            filter.tick(facet, value);
        }
    }
    Ok(Query { text: text.into(), filter, sort, ..Query::default() })
}

fn value(index: &Index, facet: Facet, slug: &str) -> Option<u16> {
    let at = match facet {
        Facet::Kind => KINDS.iter().position(|kind| *kind == slug),
        Facet::Audience => AUDIENCES.iter().position(|audience| *audience == slug),
        Facet::SignIn => SIGN_INS.iter().position(|sign_in| *sign_in == slug),
        facet => return index.value(facet, slug),
    };
    at.and_then(|at| u16::try_from(at).ok())
}

/// Reads one service; with `territory`, as that municipality offers it.
#[utoipa::path(get, path = "/api/v1/services/{slug}", tag = "services",
    params(
        ("slug" = String, Path),
        ("lang" = Option<String>, Query),
        ("territory" = Option<String>, Query, description = "Slug of a municipality")),
    responses((status = 200, body = ServiceDetail), Refused,
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn get_service(
    State(app): State<App>,
    Slug(slug): Slug,
    params: Params,
) -> Result<Json<ServiceDetail>, ApiError> {
    params.only(&["lang", "territory"])?;
    let lang = catalogue_language(&app.live.current(), &params)?;
    let body = description::find(&app.db, "service", &lang, &slug).await?.ok_or(ApiError::NotFound)?;
    let mut detail: ServiceDetail = serde_json::from_str(&body)?;
    if let Some(territory) = params.one("territory")? {
        let service = detail.service.in_territory(territory).ok_or(ApiError::NotFound)?;
        detail = ServiceDetail { places: detail.places_of(&service), service };
        detail.service.offers.clear();
    }
    Ok(Json(detail))
}
