//! What an operator sets: by environment (`DURVIS_*`) or in a TOML file, the environment winning. Everything that is
//! missing or wrong is named at once, so that nobody starts a server five times to learn five things.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::bills::bank;
use crate::identity::{card, provider, session};
use crate::peer::Proxies;

/// A setting: its key in the file, its default, what it is. `DURVIS_` and the key in capitals is its variable.
struct Setting {
    key: &'static str,
    default: Option<&'static str>,
}

const SETTINGS: [Setting; 16] = [
    Setting { key: "listen", default: Some("127.0.0.1:8080") },
    Setting { key: "proxies", default: None },
    Setting { key: "public_url", default: Some("http://127.0.0.1:8080") },
    Setting { key: "database_url", default: Some("sqlite://data/durvis.sqlite?mode=rwc") },
    Setting { key: "site", default: Some("dist") },
    Setting { key: "content", default: None },
    Setting { key: "log", default: Some("info,sea_orm_migration=warn") },
    Setting { key: "log_format", default: Some("text") },
    Setting { key: "shutdown_seconds", default: Some("20") },
    Setting { key: "keys", default: Some("data/keys") },
    Setting { key: "files", default: Some("data/files") },
    Setting { key: "smtp_url", default: None },
    Setting { key: "mail_from", default: Some("Durvis <durvis@localhost>") },
    Setting { key: "operator_mail", default: None },
    Setting { key: "session_unused_minutes", default: Some("30") },
    Setting { key: "session_whole_hours", default: Some("8") },
];

/// The settings of a run. See docs/operating.md for what each is for.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    /// Those in front of the server, whose `X-Forwarded-For` is believed.
    pub proxies: Proxies,
    /// Scheme and host under which citizens reach the portal, without a path.
    pub public_url: String,
    pub database_url: String,
    /// The built browser app.
    pub site: PathBuf,
    /// A content directory that `serve` imports when it starts.
    pub content: Option<PathBuf>,
    pub log: String,
    pub log_json: bool,
    /// How long requests under way may take after a signal to stop.
    pub shutdown: Duration,
    /// The file of the keys that seal personal data; made where it is missing.
    pub keys: PathBuf,
    /// Where citizens' files are kept: a directory, or `s3://bucket`.
    pub files: String,
    pub smtp_url: Option<String>,
    pub mail_from: String,
    /// Where citizens' reports of errors go.
    pub operator_mail: Option<String>,
    pub sessions: session::Limits,
    pub outside: Outside,
}

/// Whom the server asks: only in the file, each in a table of its own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Outside {
    /// The ways to sign in, in the order in which they are offered.
    pub sign_in: Vec<provider::Settings>,
    pub enterprise_register: Option<Register>,
    /// The registers that e-services ask, by the code that definitions use: `population`, `bdas`.
    pub registers: BTreeMap<String, Register>,
    /// Who is paid, and the banks to pay with.
    pub payment: Option<bank::Settings>,
    /// Sign-in by card.
    pub web_eid: Option<card::Settings>,
}

/// A register of the state.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    pub url: String,
    /// The file that holds it.
    pub token: PathBuf,
}

/// The tables of [`Outside`].
const TABLES: [&str; 5] = ["sign_in", "enterprise_register", "registers", "payment", "web_eid"];

/// Everything that is wrong with the settings.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(pub Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration has {} mistakes:", self.0.len())?;
        self.0.iter().try_for_each(|mistake| write!(f, "\n  - {mistake}"))
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads the environment and, when given, a file.
    ///
    /// # Errors
    /// Every mistake in either.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let text = file.map(|path| std::fs::read_to_string(path).map_err(|error| (path, error))).transpose();
        let text = text.map_err(|(path, error)| ConfigError(vec![format!("{}: {error}", path.display())]))?;
        // Not `vars`: it panics at any variable that is not UTF-8, ours or not.
        let text_of = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        let variables = std::env::vars_os().map(|(name, value)| (text_of(name), text_of(value)));
        Self::from(variables, text.as_deref().unwrap_or_default())
    }

    /// The same from given variables and a given text.
    ///
    /// # Errors
    /// Every mistake in either.
    pub fn from(variables: impl Iterator<Item = (String, String)>, file: &str) -> Result<Self, ConfigError> {
        let mut mistakes = Vec::new();
        let (mut values, outside) = from_file(file, &mut mistakes);
        for (name, value) in variables {
            let Some(key) = name.strip_prefix("DURVIS_").map(str::to_lowercase) else { continue };
            if key == "config" {
                continue;
            }
            if SETTINGS.iter().any(|setting| setting.key == key) {
                values.insert(key, value);
            } else {
                mistakes.push(format!("{name} is not a setting (there are: {})", variables_list()));
            }
        }
        let get = |key: &str| {
            let default = SETTINGS.iter().find(|setting| setting.key == key).and_then(|setting| setting.default);
            values.get(key).cloned().or(default.map(str::to_owned))
        };
        let text = |key: &str| get(key).unwrap_or_default();
        let mut wrong = |key: &str, why: &str| mistakes.push(format!("{key} = {:?}: {why}", text(key)));
        let listen = text("listen").parse();
        if listen.is_err() {
            wrong("listen", "not an address and port such as 127.0.0.1:8080");
        }
        let proxies = Proxies::read(&text("proxies"));
        if proxies.is_none() {
            wrong("proxies", "not addresses with commas between them, such as 127.0.0.1, 10.0.0.2");
        }
        let public_url = text("public_url");
        let host = public_url.strip_prefix("https://").or(public_url.strip_prefix("http://"));
        if !host.is_some_and(|host| !host.is_empty() && !host.contains('/')) {
            wrong("public_url", "not scheme and host without a path, such as https://durvis.example");
        }
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text("database_url").starts_with(scheme)) {
            wrong("database_url", "neither sqlite: nor postgres:");
        }
        if !["text", "json"].contains(&text("log_format").as_str()) {
            wrong("log_format", "neither text nor json");
        }
        if text("log").parse::<tracing_subscriber::EnvFilter>().is_err() {
            wrong("log", "not a filter such as info or durvis_server=debug");
        }
        let shutdown = text("shutdown_seconds").parse::<u64>().ok().filter(|seconds| (1..=600).contains(seconds));
        if shutdown.is_none() {
            wrong("shutdown_seconds", "not a number from 1 to 600");
        }
        let bounded = |key: &str, most| text(key).parse::<u64>().ok().filter(|number| (1..=most).contains(number));
        let (unused, whole) = (bounded("session_unused_minutes", 240), bounded("session_whole_hours", 24));
        for (key, most, number) in [("session_unused_minutes", 240, unused), ("session_whole_hours", 24, whole)] {
            if number.is_none() {
                mistakes.push(format!("{key} = {:?}: not a number from 1 to {most}", text(key)));
            }
        }
        match (listen, shutdown) {
            (Ok(listen), Some(shutdown)) if mistakes.is_empty() => Ok(Self {
                keys: text("keys").into(),
                files: text("files"),
                smtp_url: get("smtp_url"),
                mail_from: text("mail_from"),
                operator_mail: get("operator_mail"),
                sessions: session::Limits {
                    unused: Duration::from_secs(unused.unwrap_or(30) * 60),
                    whole: Duration::from_secs(whole.unwrap_or(8) * 3_600),
                },
                outside,
                listen,
                proxies: proxies.unwrap_or_default(),
                public_url,
                database_url: text("database_url"),
                site: text("site").into(),
                content: get("content").map(PathBuf::from),
                log: text("log"),
                log_json: text("log_format") == "json",
                shutdown: Duration::from_secs(shutdown),
            }),
            _ => Err(ConfigError(mistakes)),
        }
    }
}

fn from_file(text: &str, mistakes: &mut Vec<String>) -> (BTreeMap<String, String>, Outside) {
    let mut table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            mistakes.push(format!("the file is not TOML: {}", error.to_string().trim_end()));
            return (BTreeMap::new(), Outside::default());
        }
    };
    let tables = TABLES.into_iter().filter_map(|name| Some((name.to_owned(), table.remove(name)?)));
    let outside = Outside::deserialize(toml::Value::Table(tables.collect())).unwrap_or_else(|error| {
        mistakes.push(error.to_string().trim_end().to_owned());
        Outside::default()
    });
    let mut values = BTreeMap::new();
    for (key, value) in table {
        if !SETTINGS.iter().any(|setting| setting.key == key) {
            mistakes.push(format!("the file has the key {key:?}, which is not a setting"));
        }
        match value {
            toml::Value::String(text) => values.insert(key, text),
            toml::Value::Integer(number) => values.insert(key, number.to_string()),
            other => {
                mistakes.push(format!("{key} in the file is neither a text nor a number: {other}"));
                None
            }
        };
    }
    (values, outside)
}

fn variables_list() -> String {
    SETTINGS.map(|setting| format!("DURVIS_{}", setting.key.to_uppercase())).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)], file: &str) -> Result<Config, ConfigError> {
        Config::from(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())), file)
    }

    #[test]
    fn nothing_set_is_a_portal_on_this_machine() {
        let config = with(&[], "").unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert!(config.content.is_none() && !config.log_json);
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = with(&[("DURVIS_LISTEN", "127.0.0.1:9000")], "listen = \"127.0.0.1:1\"\nsite = \"www\"").unwrap();
        assert_eq!((config.listen.port(), config.site), (9000, PathBuf::from("www")));
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let variables = [("DURVIS_LISTEN", "here"), ("DURVIS_PORT", "1"), ("DURVIS_DATABASE_URL", "mysql://x")];
        let ConfigError(mistakes) = with(&variables, "shutdown_seconds = 0\ncolour = \"green\"").unwrap_err();
        for part in ["listen", "DURVIS_PORT", "database_url", "shutdown_seconds", "colour"] {
            assert!(mistakes.iter().any(|mistake| mistake.contains(part)), "{part} in {mistakes:?}");
        }
        assert_eq!(mistakes.len(), 5);
    }

    #[test]
    fn cards_are_set_up_in_a_table_and_asked_about_unless_told_otherwise() {
        let table = "[web_eid]\nname = { lv = \"eID\" }\ntrusted = \"authorities\"\n";
        let cards = with(&[], table).unwrap().outside.web_eid.unwrap();
        assert!(cards.ocsp && !cards.ocsp_nonce_may_miss && cards.policies.is_empty());
        let cards = with(&[], &format!("{table}ocsp = false\npolicies = [\"1.2.3\"]\n")).unwrap();
        assert!(!cards.outside.web_eid.unwrap().ocsp);
        let ConfigError(mistakes) = with(&[], &format!("{table}oscp = false\n")).unwrap_err();
        assert!(mistakes[0].contains("oscp"), "{mistakes:?}");
        assert!(with(&[], "[web_eid]\nname = { lv = \"eID\" }\n").is_err(), "whom to trust is said");
    }

    #[test]
    fn a_file_that_is_not_toml_is_refused() {
        assert!(with(&[], "listen = ").is_err());
    }
}
