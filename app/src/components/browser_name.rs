//! Who did something: a browser, as its owner would call it, or an officer of an institution.

use crate::i18n::{key, t, tf};
use crate::ui::agent::browser;

pub fn browser_name(agent: &str) -> String {
    // Browsers name themselves with versions, `Firefox/128.0`; institutions' officers have names.
    if !agent.is_empty() && !agent.contains('/') {
        return agent.to_owned();
    }
    match browser(agent) {
        Some((browser, system)) => tf(key::HISTORY_BROWSER, &[("browser", browser), ("system", system)]),
        None => t(key::HISTORY_BROWSER_UNKNOWN).to_owned(),
    }
}
