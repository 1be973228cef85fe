//! Where a browser comes with a question, and leaves with a code: the citizen picks who to be.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{CLIENT_ID, Provider};
use crate::misbehave::Kind;
use crate::page::{self, LANGUAGES, coloured, gone, text, with_query};
use crate::personas::{self, Persona};
use crate::world::{World, lock, now, secret};

/// How long a code may wait for its client.
const CODE_SECONDS: u64 = 60;
/// Most codes that wait.
const MAX_GRANTS: usize = 1_000;
/// What stays of the question in the form.
const KEPT: [&str; 9] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "ui_locales",
];
const TITLE: [&str; 3] = ["Kas jūs būsiet?", "Кем вы будете?", "Who will you be?"];
const LEAD: [&str; 3] = [
    "Šeit piesakās izdomāti cilvēki. Izvēlieties vienu, un portāls jūs pazīs ar šo vārdu.",
    "Здесь входят вымышленные люди. Выберите одного, и портал узнает вас под этим именем.",
    "Invented people sign in here. Choose one, and the portal will know you by that name.",
];
const CANCEL: [&str; 3] = ["Atcelt un atgriezties", "Отменить и вернуться", "Cancel and go back"];

/// The parameters of a request.
pub type Asked = BTreeMap<String, String>;

/// What a code stands for.
#[derive(Debug)]
pub struct Grant {
    pub persona: &'static Persona,
    pub redirect_uri: String,
    pub challenge: String,
    pub nonce: Option<String>,
    pub at: u64,
}

impl Grant {
    /// Whether its code may still be used.
    pub fn is_fresh(&self) -> bool {
        now() < self.at + CODE_SECONDS
    }
}

/// A question that comes as a link.
pub async fn by_link(state: State<Arc<World>>, slug: Path<String>, Query(asked): Query<Asked>) -> Response {
    answer(&state, &slug, &asked)
}

/// A question that comes as a form: with it, the choice.
pub async fn by_form(state: State<Arc<World>>, slug: Path<String>, Form(asked): Form<Asked>) -> Response {
    answer(&state, &slug, &asked)
}

fn answer(world: &World, slug: &str, asked: &Asked) -> Response {
    let provider = match world.provider(slug) {
        Ok(provider) => provider,
        Err(status) => return status.into_response(),
    };
    let one = |name: &str| asked.get(name).map_or("", String::as_str);
    let redirect_uri = one("redirect_uri");
    // Nobody is sent to a place that is not the client's.
    if one("client_id") != CLIENT_ID || !page::is_local(redirect_uri) {
        let body = "<h1>Bad request</h1><p>The client or its redirect_uri is not known here.</p>";
        return coloured(provider.colours, StatusCode::BAD_REQUEST, "en", "Bad request", body);
    }
    let wrong_issuer = world.misbehaviour.take_named(provider.slug, &format!("/{slug}/authorize"));
    let issuer = match wrong_issuer {
        Some(Kind::OtherIssuer) => "https://other.example",
        _ => &provider.issuer,
    };
    let back = |name: &str, value: &str| {
        let mut parameters = vec![(name, value), ("iss", issuer)];
        parameters.extend(asked.get("state").map(|state| ("state", state.as_str())));
        gone(&with_query(redirect_uri, &parameters))
    };
    if one("response_type") != "code" {
        return back("error", "unsupported_response_type");
    }
    if !one("scope").split(' ').any(|scope| scope == "openid") {
        return back("error", "invalid_scope");
    }
    // A SHA-256 in base64url.
    if one("code_challenge_method") != "S256" || one("code_challenge").len() != 43 {
        return back("error", "invalid_request");
    }
    if one("persona") == "-" {
        return back("error", "access_denied");
    }
    let chosen = [one("persona"), one("login_hint")].into_iter().find_map(personas::by_slug);
    match chosen {
        Some(persona) => match provider.grant(persona, asked) {
            Some(code) => back("code", &code),
            None => back("error", "temporarily_unavailable"),
        },
        None => picker(provider, asked),
    }
}

impl Provider {
    /// A new code; none when too many wait.
    fn grant(&self, persona: &'static Persona, asked: &Asked) -> Option<String> {
        let mut grants = lock(&self.grants);
        grants.retain(|_, grant| grant.is_fresh());
        if grants.len() >= MAX_GRANTS {
            return None;
        }
        let one = |name: &str| asked.get(name).cloned().unwrap_or_default();
        let grant = Grant {
            persona,
            redirect_uri: one("redirect_uri"),
            challenge: one("code_challenge"),
            nonce: asked.get("nonce").cloned(),
            at: now(),
        };
        let code = secret();
        grants.insert(code.clone(), grant);
        Some(code)
    }
}

fn picker(provider: &Provider, asked: &Asked) -> Response {
    let lang = page::language(asked.get("ui_locales").map_or("", String::as_str));
    let kept: String = KEPT
        .iter()
        .filter_map(|name| asked.get(*name).map(|value| (name, text(value))))
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"))
        .collect();
    let choices: String = personas::signing_in()
        .map(|persona| {
            let Persona { slug, given_name, surname, country, code, .. } = persona;
            let about = persona.about[lang];
            format!(
                "<li><button class=\"wide\" name=\"persona\" value=\"{slug}\"><strong>{given_name} {surname}</strong>\
                 <span class=\"soft\">{about}, {country} {code}</span></button></li>"
            )
        })
        .collect();
    let (name, title, lead, cancel) = (provider.names[lang], TITLE[lang], LEAD[lang], CANCEL[lang]);
    let body = format!(
        "<p class=\"name\">{name}</p><h1>{title}</h1><p class=\"soft\">{lead}</p>\
         <form method=\"post\" action=\"/{}/authorize\">{kept}<ul class=\"choices\">{choices}</ul>\
         <button name=\"persona\" value=\"-\">{cancel}</button></form>",
        provider.slug
    );
    coloured(provider.colours, StatusCode::OK, LANGUAGES[lang], &format!("{title} - {name}"), &body)
}
