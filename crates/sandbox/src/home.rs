//! The first page: what there is, who there is, and what can be made to go wrong.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use crate::misbehave::{Kind, PARTS};
use crate::oidc::{CLIENT_ID, CLIENT_SECRET};
use crate::page::{page, text};
use crate::personas::PERSONAS;
use crate::registers::TOKEN;
use crate::world::World;

/// The first page's address.
pub fn router() -> Router<Arc<World>> {
    Router::new().route("/", get(home))
}

async fn home(State(world): State<Arc<World>>) -> Response {
    let World { origin, smtp, .. } = &*world;
    let row = |cells: &[&str]| -> String {
        let (first, rest) = cells.split_first().unwrap_or((&"", &[]));
        let rest: String = rest.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        format!("<tr><th scope=\"row\">{first}</th>{rest}</tr>")
    };
    let providers: String = world
        .providers
        .iter()
        .map(|provider| {
            let place =
                format!("<a href=\"/{0}/.well-known/openid-configuration\">{1}</a>", provider.slug, provider.issuer);
            row(&[provider.names[2], &place])
        })
        .collect();
    let places = [
        ("Enterprise register", format!("{origin}/enterprises/mandates/{{code}}")),
        ("Population register", format!("{origin}/population/persons/{{code}}")),
        ("Biometric data", format!("{origin}/bdas/persons/{{code}}")),
        ("Bank", format!("{origin}/bank/v1/payments/{{product}}")),
        ("Mail server", format!("smtp://{smtp}")),
        ("Mailbox", "<a href=\"/mailbox\">/mailbox</a>, <a href=\"/mailbox/messages\">as JSON</a>".to_owned()),
    ];
    let places: String = places.iter().map(|(name, place)| row(&[name, place])).collect();
    let people: String = PERSONAS
        .iter()
        .map(|persona| {
            let name = format!("{} {}", persona.given_name, persona.surname);
            let code = format!("{} {}", persona.country, persona.code);
            row(&[persona.slug, &text(&name), &code, persona.born, persona.about[2]])
        })
        .collect();
    let kinds: Vec<String> = Kind::ALL.iter().filter_map(|kind| serde_json::to_string(kind).ok()).collect();
    let body = format!(
        "<h1>Durvis sandbox</h1>\
         <p>The world outside of the portal, invented. It forgets everything when it ends.</p>\
         <h2>Sign-in</h2><p>Client <code>{CLIENT_ID}</code>, secret <code>{CLIENT_SECRET}</code>.</p>\
         <div class=\"scroll\"><table>{providers}</table></div>\
         <h2>Registers, bank, mail</h2><p>The registers' token is <code>{TOKEN}</code>.</p>\
         <div class=\"scroll\"><table>{places}</table></div>\
         <h2>People</h2><div class=\"scroll\"><table>{people}</table></div>\
         <h2>Misbehaviour</h2><p>Parts: {}. Kinds: {}. What is <a href=\"/misbehave\">in force</a>.</p>\
         <pre>curl -d '{{\"part\":\"eid\",\"kind\":\"expired\",\"times\":1}}' -H 'content-type: application/json' {origin}/misbehave\n\
         curl -X DELETE {origin}/misbehave\ncurl -X POST {origin}/eid/rotate-keys</pre>",
        PARTS.join(", "),
        text(&kinds.join(", ").replace('"', "")),
    );
    page(StatusCode::OK, "en", "Durvis sandbox", &body)
}
