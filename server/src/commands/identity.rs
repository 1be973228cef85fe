//! `durvis identity`: keys changed for new ones, and what a Web eID token proves.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use durvis_server::ambient::Ambient;
use durvis_server::identity::keys::Keys;
use durvis_server::identity::responders::Network;
use durvis_server::identity::{Identity, card};
use durvis_server::outbound::Outbound;
use durvis_web_eid::{Origin, Refusal, Revocation, Subject, Trust, Validator};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{AnyError, Opened, open};

/// More than any token; what is longer is too long anyway.
const MOST_BYTES: u64 = 1024 * 1024;
const USAGE: u8 = 2;

#[derive(clap::Subcommand)]
pub enum Command {
    CheckToken(CheckToken),
    /// Seal anew, by the first key of the file, what an older one has sealed.
    Reseal,
}

impl Command {
    /// # Errors
    /// Of the settings and the database, where they are needed.
    pub async fn run(self, config: Option<&Path>) -> Result<ExitCode, AnyError> {
        match self {
            // Needs neither.
            Self::CheckToken(check) => Ok(check.run().await),
            Self::Reseal => reseal(&open(config).await?).await.map(|()| ExitCode::SUCCESS),
        }
    }
}

async fn reseal(Opened { config, db }: &Opened) -> Result<(), AnyError> {
    let identity = Identity::new(Ambient::default(), Keys::load(&config.keys)?, config.sessions);
    let done = identity.reseal(db).await.map_err(|error| format!("{error:?}"))?;
    println!("sealed anew: {} persons, {} contacts, {} rows of the log", done.persons, done.contacts, done.acts);
    Ok(())
}

/// Read a Web eID token from standard input, and tell whom it proves.
#[derive(Debug, clap::Args)]
pub struct CheckToken {
    /// Where the token was made: https://host[:port].
    #[arg(long)]
    origin: String,
    /// The challenge that was given.
    #[arg(long)]
    nonce: String,
    /// The moment to check for.
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    clock: OffsetDateTime,
    /// A folder with the certificates of the trusted authorities: *.cer, *.crt, *.der, *.pem.
    #[arg(long, value_name = "DIR")]
    trust: PathBuf,
    /// Ask nobody whether the certificate is revoked.
    #[arg(long)]
    no_ocsp: bool,
}

impl CheckToken {
    /// Prints the answer as a line of JSON: 0 for a person, 1 for none, 2 when there was nothing to check by.
    pub async fn run(self) -> ExitCode {
        let answer = match self.prepared() {
            Ok((trust, token)) => self.answer(trust, &token).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(Ok(subject)) => {
                println!("{}", accepted(&subject));
                ExitCode::SUCCESS
            }
            Ok(Err(refusal)) => {
                println!("{}", refused(&refusal));
                ExitCode::FAILURE
            }
            Err(error) => {
                eprintln!("durvis: {error}");
                ExitCode::from(USAGE)
            }
        }
    }

    fn prepared(&self) -> Result<(Trust, Vec<u8>), String> {
        let mut token = Vec::new();
        let read = std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut token);
        read.map_err(|error| format!("standard input: {error}"))?;
        Ok((card::trust(&self.trust)?, token))
    }

    async fn answer(&self, trust: Trust, token: &[u8]) -> Result<Result<Subject, Refusal>, String> {
        let origin = match Origin::parse(&self.origin) {
            Ok(origin) => origin,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Ok(token) = std::str::from_utf8(token) else { return Ok(Err(Refusal::TokenMalformed)) };
        let outbound = Outbound::new().map_err(|error| error.to_string())?;
        let network = Network { outbound, ambient: Ambient::default() };
        let revocation = match self.no_ocsp {
            true => Revocation::Unasked,
            false => Revocation::Asked { responders: &network, nonce_may_miss: false },
        };
        let validator = Validator::new(origin, trust);
        Ok(validator.validate(token.trim_end(), &self.nonce, SystemTime::from(self.clock), &revocation).await)
    }
}

fn moment(text: &str) -> Result<OffsetDateTime, time::error::Parse> {
    OffsetDateTime::parse(text, &Rfc3339)
}

fn accepted(subject: &Subject) -> Value {
    json!({
        "answer": "accepted",
        "subject": {
            "personal_code": subject.personal_code,
            "kind": subject.kind,
            "country": subject.country,
            "code": subject.code,
            "given_name": subject.given_name,
            "surname": subject.surname,
        },
    })
}

fn refused(refusal: &Refusal) -> Value {
    json!({"answer": "refused", "reason": refusal.code(), "message": refusal.to_string()})
}
