//! A crash of the app, told by the browser: into the log, for the operator. Kept nowhere else.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use durvis_contract::{Problem, Report};

use crate::error::ApiError;
use crate::extract::Body;

/// Most reports a minute, from all browsers together: a broken release must not fill the disk with logs.
const MAX_A_MINUTE: u64 = 60;

/// The minute and how many came in it, in one number.
static WINDOW: AtomicU64 = AtomicU64::new(0);

/// Takes a report.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports", request_body = Report,
    responses((status = 204), (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create_report(Body(report): Body<Report>) -> Result<StatusCode, ApiError> {
    for (field, text) in [("message", &report.message), ("path", &report.path)] {
        if text.len() > Report::MAX_BYTES {
            return Err(ApiError::broken(field, "too_long"));
        }
    }
    let minute = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 60);
    if !admit(&WINDOW, minute) {
        return Err(ApiError::TooMany);
    }
    tracing::error!(message = report.message, page = report.path, "the app crashed in a browser");
    Ok(StatusCode::NO_CONTENT)
}

fn admit(window: &AtomicU64, minute: u64) -> bool {
    let counted = window.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |state| {
        let (at, count) = (state >> 16, state & 0xffff);
        if at != minute & 0xffff_ffff_ffff {
            Some(minute << 16 | 1)
        } else if count < MAX_A_MINUTE {
            Some(state + 1)
        } else {
            None
        }
    });
    counted.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_reports_is_cut_off_until_the_next_minute() {
        let window = AtomicU64::new(0);
        assert_eq!((0..100).filter(|_| admit(&window, 7)).count() as u64, MAX_A_MINUTE);
        assert!(admit(&window, 8));
    }
}
