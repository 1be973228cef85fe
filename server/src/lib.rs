//! The Durvis server: one binary that keeps the catalogue, answers the API and serves the browser app.
//!
//! Inwards: `serve` -> `api` and `site` -> `catalogue` -> `db`. A library, so that tests drive the real router.

pub mod ambient;
pub mod api;
pub mod bills;
pub mod cases;
pub mod catalogue;
pub mod config;
pub mod cookie;
pub mod db;
pub mod documents;
pub mod e_service;
pub mod error;
pub mod extract;
pub mod files;
pub mod flood;
pub mod guard;
pub mod history;
pub mod identity;
pub mod latvia;
pub mod limit;
pub mod missed;
pub mod my_data;
pub mod notices;
pub mod outbound;
pub mod overview;
pub mod own;
pub mod peer;
pub mod post;
pub mod record;
pub mod reminders;
pub mod serve;
pub mod site;
pub mod telemetry;
pub mod uses;

use std::sync::Arc;

/// What every request may use.
#[derive(Clone)]
pub struct App {
    pub db: sea_orm::DatabaseConnection,
    pub live: catalogue::Live,
    pub e_services: e_service::EServices,
    pub missed: missed::Missed,
    pub site: Arc<site::Site>,
    pub identity: identity::Identity,
    pub providers: Arc<Vec<identity::provider::Provider>>,
    /// None where nobody signs in by card.
    pub card: Option<Arc<identity::card::Card>>,
    /// None where a portal has no companies.
    pub mandates: Option<identity::mandates::Mandates>,
    pub registers: uses::registers::Registers,
    pub files: files::Files,
    /// None where a portal takes no payments.
    pub banks: Option<bills::bank::Banks>,
    pub post: post::Post,
    /// Open pages that are told what is new.
    pub streams: notices::live::Streams,
    /// Where reports of errors go; none, they cannot be sent.
    pub operator_mail: Option<String>,
    pub limits: Arc<Limits>,
}

impl App {
    /// Of an operator's settings: reads keys and secrets, asks nobody yet.
    ///
    /// # Errors
    /// Says which setting or file is wrong.
    pub fn new(
        config: &config::Config,
        db: sea_orm::DatabaseConnection,
        live: catalogue::Live,
        site: Arc<site::Site>,
    ) -> Result<Self, String> {
        let ambient = ambient::Ambient::default();
        let keys = identity::keys::Keys::load_or_make(&config.keys, &ambient)?;
        let outbound = outbound::Outbound::new().map_err(|error| error.to_string())?;
        let provider = |settings: &identity::provider::Settings| {
            let (settings, outbound) = (settings.clone(), outbound.clone());
            identity::provider::Provider::new(settings, &config.public_url, outbound, ambient.clone())
        };
        let providers = config.outside.sign_in.iter().map(provider).collect::<Result<Vec<_>, _>>()?;
        let card = config.outside.web_eid.as_ref().map(|settings| {
            if providers.iter().any(|provider| provider.settings.slug == identity::card::WAY) {
                return Err(format!("sign_in {}: that is the slug of cards", identity::card::WAY));
            }
            let (settings, outbound) = (settings.clone(), outbound.clone());
            identity::card::Card::new(settings, &config.public_url, outbound, ambient.clone()).map(Arc::new)
        });
        let mandates = config.outside.enterprise_register.as_ref().map(|register| {
            let token = std::fs::read_to_string(&register.token);
            let token = token.map_err(|error| format!("{}: {error}", register.token.display()))?;
            let (url, token) = (register.url.trim_end_matches('/').to_owned(), token.trim().to_owned());
            Ok::<_, String>(identity::mandates::Mandates { url, token, outbound: outbound.clone() })
        });
        let registers = uses::registers::Registers::new(&config.outside.registers, outbound.clone())?;
        let banks = config.outside.payment.clone();
        let banks = banks.map(|banks| bills::bank::Banks::new(banks, &config.public_url, outbound.clone()));
        let files = files::Files::new(&config.files)?;
        let post = config.smtp_url.as_ref().map(|url| post::Post::new(url, &config.mail_from));
        Ok(Self {
            db,
            live,
            e_services: e_service::EServices::default(),
            missed: missed::Missed::default(),
            site,
            identity: identity::Identity::new(ambient, keys, config.sessions),
            providers: Arc::new(providers),
            card: card.transpose()?,
            mandates: mandates.transpose()?,
            registers,
            files,
            banks,
            operator_mail: config.operator_mail.clone(),
            post: post.transpose()?.unwrap_or_default(),
            streams: notices::live::Streams::default(),
            limits: Arc::default(),
        })
    }
}

/// How often one may do a thing.
#[derive(Debug)]
pub struct Limits {
    /// Requests of the API, by address.
    pub address: limit::Limit,
    /// Sign-ins begun, by address.
    pub sign_in: limit::Limit,
    /// Requests of a person, from all their devices.
    pub person: limit::Limit,
    /// E-mail codes asked for and given, by person.
    pub code: limit::Limit,
    /// Uses of e-services begun, by person.
    pub begun: limit::Limit,
    /// Files begun, by person.
    pub files: limit::Limit,
    /// Payments begun, or gone on with, by person.
    pub pay: limit::Limit,
    /// Sent, by person; by address where nobody is signed in.
    pub send: limit::Limit,
    /// Copies of everything, by person.
    pub copy: limit::Limit,
    /// Documents fetched by links, and asked about, by address.
    pub papers: limit::Limit,
    /// Reports of wrong data and broken pages, by person or address.
    pub report: limit::Limit,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            address: limit::Limit::new(1_200, 2_400),
            sign_in: limit::Limit::new(20, 20),
            person: limit::Limit::new(120, 240),
            code: limit::Limit::new(5, 1),
            begun: limit::Limit::new(40, 10),
            files: limit::Limit::new(60, 30),
            pay: limit::Limit::new(20, 10),
            send: limit::Limit::new(40, 20),
            copy: limit::Limit::new(3, 1),
            papers: limit::Limit::new(30, 20),
            report: limit::Limit::new(5, 1),
        }
    }
}
