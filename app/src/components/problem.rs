//! Why something was not done, in words.

use durvis_contract::Broken;

use crate::api::ApiError;
use crate::i18n::{Key, key, t, tf, tn};
use crate::ui::form::Mistakes;

/// What went wrong, for a form or a small action.
pub fn problem(error: &ApiError) -> String {
    match error {
        ApiError::Offline => t(key::WRONG_OFFLINE).to_owned(),
        ApiError::SignIn => t(key::WRONG_SIGN_IN).to_owned(),
        ApiError::Conflict => t(key::WRONG_CONFLICT).to_owned(),
        ApiError::Wait(seconds) => tn(key::WRONG_WAIT, *seconds),
        ApiError::Silent => t(key::WRONG_SILENT).to_owned(),
        ApiError::Failed(id) if !id.is_empty() => {
            format!("{} {}", t(key::WRONG_SERVER), tf(key::ERROR_REQUEST, &[("id", id)]))
        }
        ApiError::NotFound | ApiError::Broken(_) | ApiError::Failed(_) => t(key::WRONG_SERVER).to_owned(),
    }
}

/// The same beside the fields that it is about.
pub fn mistakes(error: &ApiError) -> Mistakes {
    match error {
        ApiError::Broken(broken) => broken.iter().map(|one| (one.field.clone(), t(rule(one)).to_owned())).collect(),
        other => vec![(String::new(), problem(other))],
    }
}

fn rule(broken: &Broken) -> Key {
    match (broken.field.as_str(), broken.rule.as_str()) {
        ("email", _) => key::WRONG_EMAIL,
        ("phone", _) => key::WRONG_PHONE,
        ("code", "expired") => key::WRONG_CODE_EXPIRED,
        ("code", "too_many") => key::WRONG_CODE_MANY,
        ("code", _) => key::WRONG_CODE,
        _ => key::WRONG_SERVER,
    }
}
