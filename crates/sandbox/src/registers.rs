//! The state's registers: enterprises, population, biometric data (BDAS). Each answers to whoever holds the token.

use std::sync::Arc;

use axum::extract::{Path, Request};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::page::text;
use crate::personas::{self, Persona};
use crate::world::World;

/// What a client shows.
pub const TOKEN: &str = "sandbox-register-token";

/// What the registers answer.
pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/enterprises/mandates/{code}", get(mandates))
        .route("/population/persons/{code}", get(person))
        .route("/bdas/persons/{code}", get(biometrics))
        .layer(axum::middleware::from_fn(authorized))
}

async fn authorized(request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given.and_then(|given| given.strip_prefix("Bearer ")) == Some(TOKEN) {
        return next.run(request).await;
    }
    let asked = [(header::WWW_AUTHENTICATE, "Bearer")];
    (StatusCode::UNAUTHORIZED, asked, Json(json!({ "error": "invalid_token" }))).into_response()
}

type Answer = Result<Json<Value>, (StatusCode, Json<Value>)>;

fn none<T>(error: &str) -> Result<T, (StatusCode, Json<Value>)> {
    Err((StatusCode::NOT_FOUND, Json(json!({ "error": error }))))
}

/// The companies that a person may act for.
async fn mandates(Path(code): Path<String>) -> Answer {
    let companies = personas::by_code(&code).map_or(&[][..], |persona| persona.companies);
    if companies.is_empty() {
        return none("no_mandates");
    }
    let told: Vec<Value> = companies.iter().map(|(number, name)| json!({ "number": number, "name": name })).collect();
    Ok(Json(json!({ "companies": told })))
}

/// Who somebody is, where they live, and whose parent they are.
async fn person(Path(code): Path<String>) -> Answer {
    let known = personas::by_code(&code).and_then(|persona| Some((persona, persona.residence.as_ref()?)));
    let Some((persona, residence)) = known else { return none("no_person") };
    let children: Vec<Value> = persona.children.iter().filter_map(|code| personas::by_code(code)).map(basic).collect();
    let mut told = basic(persona);
    told["residence"] = json!({
        "address": residence.address,
        "postal_code": residence.postal_code,
        "territory": residence.territory,
        "since": residence.since,
    });
    told["children"] = children.into();
    Ok(Json(told))
}

/// The face and the fingers.
async fn biometrics(Path(code): Path<String>) -> Answer {
    let known = personas::by_code(&code).and_then(|persona| Some((persona, persona.fingerprints?)));
    let Some((persona, fingers)) = known else { return none("no_biometrics") };
    let fingerprint = |finger: &&str| {
        let template = Sha256::digest(format!("{code} {finger}"));
        json!({ "finger": finger, "quality": 60 + u32::from(template[0] % 40), "template": STANDARD.encode(template) })
    };
    Ok(Json(json!({
        "person": basic(persona),
        "face": { "media_type": "image/svg+xml", "taken": "2024-06-03", "data": STANDARD.encode(face(persona)) },
        "fingerprints": fingers.iter().map(fingerprint).collect::<Vec<_>>(),
    })))
}

fn basic(persona: &Persona) -> Value {
    json!({
        "code": persona.code,
        "given_name": persona.given_name,
        "surname": persona.surname,
        "born": persona.born,
    })
}

/// A drawn face: nobody's, and always the same one of a persona.
fn face(persona: &Persona) -> String {
    const SKINS: [&str; 4] = ["#f2d3bd", "#e8bf9f", "#f6dfcf", "#dcae8b"];
    const HAIR: [&str; 4] = ["#3b2a20", "#8a5a2b", "#c9a45c", "#b8b8b8"];
    let made = Sha256::digest(persona.code);
    let (skin, hair) = (SKINS[usize::from(made[0] % 4)], HAIR[usize::from(made[1] % 4)]);
    let (width, brow) = (62 + made[2] % 14, 96 + made[3] % 8);
    let name = text(&format!("{} {}", persona.given_name, persona.surname));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 320\" role=\"img\"><title>{name}</title>\
         <rect width=\"240\" height=\"320\" fill=\"#e9edf2\"/>\
         <path d=\"M20 320c0-70 45-95 100-95s100 25 100 95z\" fill=\"#51617a\"/>\
         <rect x=\"100\" y=\"190\" width=\"40\" height=\"60\" rx=\"16\" fill=\"{skin}\"/>\
         <ellipse cx=\"120\" cy=\"110\" rx=\"{hair_width}\" ry=\"86\" fill=\"{hair}\"/>\
         <ellipse cx=\"120\" cy=\"138\" rx=\"{width}\" ry=\"80\" fill=\"{skin}\"/>\
         <g fill=\"none\" stroke=\"#3a2d28\" stroke-width=\"4\" stroke-linecap=\"round\">\
         <path d=\"M82 {brow}h26M132 {brow}h26M118 132l-6 26h14M98 184q22 12 44 0\"/></g>\
         <g fill=\"#2c2420\"><circle cx=\"96\" cy=\"120\" r=\"6\"/><circle cx=\"146\" cy=\"120\" r=\"6\"/></g></svg>",
        hair_width = width + 6,
    )
}
