//! Webhooks: an institution's program hears of its cases. What happened is written down in the transaction in which it happened,
//! and told until the receiver has it: signed as Standard Webhooks has it, in order for each case, at least once under one id.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_contract::e_service::Reference;
use futures_util::StreamExt;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Url;
use reqwest::redirect::Policy;
use sea_orm::ConnectionTrait;
use serde_json::json;
use sha2::Sha256;

use crate::App;
use crate::db::service_use;
use crate::db::webhook::{self, Model as Webhook};
use crate::db::webhook_event::{self, Model};
use crate::error::ApiError;
use crate::identity::Identity;
use crate::uses::told::iso;

/// How long a receiver may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long a server may be at one.
const TAKEN_MS: i64 = 60_000;
/// How long it waits after the first failure, doubling, and at most.
const AGAIN_MS: i64 = 30_000;
const AGAIN_MOST_MS: i64 = 6 * 3_600_000;
/// How often something is told: some three days.
const TRIES: i32 = 21;
/// Of one round, and at the same time.
const AT_ONCE: u64 = 50;
const TOGETHER: usize = 8;
/// Webhooks of an institution, and the longest address of one.
const MAX_WEBHOOKS: usize = 5;
const MAX_URL: usize = 500;

/// A webhook and its secret, which is told once.
#[derive(Debug)]
pub struct Made {
    pub id: String,
    /// `whsec_` and base64.
    pub secret: String,
}

/// Makes a webhook. `loopback` is for development: only then may it be on this machine, and without TLS.
///
/// # Errors
/// The rule that the address breaks, or `too_many`.
pub async fn make(
    db: &impl ConnectionTrait,
    identity: &Identity,
    institution: &str,
    (url, loopback): (&str, bool),
) -> Result<Made, ApiError> {
    let parsed = Url::parse(url).map_err(|_| ApiError::broken("url", "not_a_url"))?;
    let fits = parsed.scheme() == "https" || (loopback && parsed.scheme() == "http");
    if !fits || parsed.host_str().is_none() || !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(ApiError::broken("url", "not_https"));
    }
    if url.len() > MAX_URL {
        return Err(ApiError::broken("url", "too_long"));
    }
    if webhook::of_institution(db, institution).await?.len() >= MAX_WEBHOOKS {
        return Err(ApiError::broken("url", "too_many"));
    }
    let (id, secret) = (identity.ambient.id(), STANDARD.encode(identity.ambient.bytes::<32>()));
    let row = Webhook {
        id: id.clone(),
        institution: institution.into(),
        url: parsed.into(),
        sealed: identity.seal(&secret, &place(&id))?,
        loopback,
        added_at: identity.ambient.millis(),
        removed_at: None,
    };
    webhook::add(db, row).await?;
    Ok(Made { id, secret: format!("whsec_{secret}") })
}

/// Writes down for each webhook of its institution what happened to a case, in the transaction in which it does.
pub(crate) async fn happened(
    app: &App,
    db: &impl ConnectionTrait,
    row: &service_use::Model,
    kind: &str,
) -> Result<(), ApiError> {
    let Some(institution) = &row.institution else { return Ok(()) };
    let now = app.identity.ambient.millis();
    for hook in webhook::of_institution(db, institution).await? {
        let event = Model {
            id: 0,
            message: format!("msg_{}", app.identity.ambient.id()),
            webhook_id: hook.id,
            use_id: row.id.clone(),
            number: row.number,
            kind: kind.into(),
            at: now,
            state: "waiting".into(),
            next: now,
            tries: 0,
        };
        webhook_event::add(db, event).await?;
    }
    Ok(())
}

/// Tells what is due.
///
/// # Errors
/// When the database fails. What a receiver does not take waits for its next turn.
pub async fn send_due(app: &App) -> Result<(), ApiError> {
    let due = webhook_event::due(&app.db, app.identity.ambient.millis(), AT_ONCE).await?;
    let mut told = futures_util::stream::iter(due).map(|row| tell(app, row)).buffered(TOGETHER);
    while let Some(one) = told.next().await {
        one?;
    }
    Ok(())
}

async fn tell(app: &App, row: Model) -> Result<(), ApiError> {
    let now = app.identity.ambient.millis();
    if webhook_event::is_behind(&app.db, &row).await? || !webhook_event::take(&app.db, &row, now + TAKEN_MS).await? {
        return Ok(());
    }
    let Some(hook) = webhook::live(&app.db, &row.webhook_id).await? else {
        return Ok(webhook_event::set(&app.db, &row, "dropped", now).await?);
    };
    let (state, next) = match deliver(app, &hook, &row).await? {
        Ok(()) => ("delivered", now),
        Err(cause) => {
            let is_last = row.tries + 1 >= TRIES;
            tracing::warn!(webhook = hook.id, message = row.message, cause, is_last, "a webhook was not delivered");
            let wait = AGAIN_MS.saturating_mul(1 << row.tries.clamp(0, 20)).min(AGAIN_MOST_MS);
            if is_last { ("given_up", now) } else { ("waiting", now + wait) }
        }
    };
    Ok(webhook_event::set(&app.db, &row, state, next).await?)
}

/// One try; within, why the receiver has not taken it.
async fn deliver(app: &App, hook: &Webhook, row: &Model) -> Result<Result<(), String>, ApiError> {
    let number = Reference::new(row.number.cast_unsigned()).to_string();
    let kind = format!("case.{}", row.kind);
    let body =
        json!({"type": kind, "timestamp": iso(row.at), "data": {"case": row.use_id, "number": number}}).to_string();
    let seconds = app.identity.ambient.now().unix_timestamp();
    let secret: String = app.identity.open(&hook.sealed, &place(&hook.id))?;
    let signature = signature(&secret, &format!("{}.{seconds}.{body}", row.message))?;
    Ok(tokio::time::timeout(ANSWER_WITHIN, post(hook, &row.message, seconds, signature, body))
        .await
        .unwrap_or_else(|_| Err("no answer in time".into())))
}

async fn post(hook: &Webhook, message: &str, seconds: i64, signature: String, body: String) -> Result<(), String> {
    let url = Url::parse(&hook.url).map_err(|error| error.to_string())?;
    let host = url.host_str().ok_or("no host")?;
    let port = url.port_or_known_default().ok_or("no port")?;
    let found =
        tokio::net::lookup_host((host.trim_matches(['[', ']']), port)).await.map_err(|error| error.to_string())?;
    let found: Vec<SocketAddr> = found.filter(|one| may_be_asked(one.ip(), hook.loopback)).collect();
    if found.is_empty() {
        return Err("the address is none of the public network".into());
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    // To the very addresses that were looked at: a name may mean others a moment later.
    let client = reqwest::Client::builder().redirect(Policy::none()).no_proxy().resolve_to_addrs(host, &found);
    let client = client.timeout(ANSWER_WITHIN).build().map_err(|error| error.to_string())?;
    let request = client.post(url).header("content-type", "application/json").header("webhook-id", message);
    let request = request.header("webhook-timestamp", seconds).header("webhook-signature", signature).body(body);
    let answer = request.send().await.map_err(|error| error.without_url().to_string())?;
    if answer.status().is_success() { Ok(()) } else { Err(format!("answered {}", answer.status().as_u16())) }
}

/// `v1,` and the HMAC-SHA256 in base64.
fn signature(secret: &str, signed: &str) -> Result<String, ApiError> {
    let wrong = |_| ApiError::Internal("a webhook's secret is none".into());
    let key = STANDARD.decode(secret).map_err(wrong)?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).expect("any length does");
    mac.update(signed.as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Whether a request may go there: to the public network, and to this machine where the webhook is for development.
fn may_be_asked(address: IpAddr, loopback: bool) -> bool {
    match address.to_canonical() {
        ip if ip.is_loopback() => loopback,
        IpAddr::V4(ip) => {
            let [first, second, third, _] = ip.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            let is_odd =
                matches!((first, second, third), (192, 0, 0) | (198, 18 | 19, _)) || first == 0 || first >= 240;
            !(ip.is_private()
                || ip.is_link_local()
                || ip.is_documentation()
                || ip.is_multicast()
                || is_shared
                || is_odd)
        }
        // What is given out to networks, without the ways to embed an IPv4 address.
        IpAddr::V6(ip) => {
            let [first, second, ..] = ip.segments();
            (0x2000..0x4000).contains(&first)
                && first != 0x2002
                && !(first == 0x2001 && (second < 0x200 || second == 0xdb8))
        }
    }
}

/// For what place a secret is sealed.
pub(crate) fn place(id: &str) -> String {
    format!("webhook:{id}")
}

#[cfg(test)]
mod tests {
    use super::may_be_asked;

    #[test]
    fn requests_go_to_the_public_network_only() {
        let may = |text: &str, loopback| may_be_asked(text.parse().unwrap(), loopback);
        for public in ["1.1.1.1", "172.15.0.1", "2a00:1450::1"] {
            assert!(may(public, false), "{public}");
        }
        for own in [
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:10.0.0.1",
            "2002:a00:1::",
            "64:ff9b::a00:1",
            "2001:db8::1",
        ] {
            assert!(!may(own, false) && !may(own, true), "{own}");
        }
        for here in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert!(!may(here, false) && may(here, true), "{here}");
        }
    }
}
