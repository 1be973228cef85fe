//! Logs: one line an event on standard error, for people or as JSON.

use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Starts logging; once in a process.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json { logs.json().flatten_event(true).init() } else { logs.compact().init() }
}
