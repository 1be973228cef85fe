//! A browser, as its owner would call it.

use crate::i18n::{key, t, tf};
use crate::ui::agent::browser;

pub fn browser_name(agent: &str) -> String {
    match browser(agent) {
        Some((browser, system)) => tf(key::HISTORY_BROWSER, &[("browser", browser), ("system", system)]),
        None => t(key::HISTORY_BROWSER_UNKNOWN).to_owned(),
    }
}
