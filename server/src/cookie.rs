//! Our cookies: bound to this host, sent by our own pages and by links to them only, and all but one out of reach of scripts.

use axum::http::{HeaderMap, HeaderValue, header};

/// The session's secret.
pub const SESSION: &str = "__Host-session";
/// Tells the app that there is a session to ask for. Says nothing of whose.
const HERE: &str = "__Host-here";

/// The value of a cookie; none where it is missing, or there twice.
#[must_use]
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(own, _)| *own == name).map(|(_, value)| value);
    values.next().filter(|_| values.next().is_none())
}

/// The header that sets a cookie: for so many seconds, or until the browser is closed.
#[must_use]
pub fn set(name: &str, value: &str, seconds: Option<i64>) -> HeaderValue {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let text = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}");
    HeaderValue::from_str(&text).expect("our cookies are of plain letters")
}

/// The headers of a session that begins: it lasts until the browser is closed, unless it ends before.
#[must_use]
pub fn signed_in(secret: &str) -> [HeaderValue; 2] {
    [set(SESSION, secret, None), HeaderValue::from_static("__Host-here=1; Path=/; Secure; SameSite=Lax")]
}

/// The headers of a session that has ended.
#[must_use]
pub fn signed_out() -> [HeaderValue; 2] {
    [clear(SESSION), clear(HERE)]
}

/// The header that takes a cookie away.
#[must_use]
pub fn clear(name: &str) -> HeaderValue {
    set(name, "", Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_reads_that_there_is_a_session_and_not_which() {
        let [session, here] = signed_in("secret");
        assert!(session.to_str().unwrap().contains("HttpOnly"));
        assert!(here.to_str().unwrap().starts_with(HERE) && !here.to_str().unwrap().contains("HttpOnly"));
        assert!(!here.to_str().unwrap().contains("secret"));
    }

    #[test]
    fn a_cookie_is_read_by_its_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; __Host-session=x=y; b=2"));
        assert_eq!(read(&headers, SESSION), Some("x=y"));
        assert_eq!(read(&headers, "c"), None);
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-session=other"));
        assert_eq!(read(&headers, SESSION), None, "which of them is ours, nobody knows");
    }
}
