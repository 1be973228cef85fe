//! The pages of the sandbox: plain HTML with one style, no script, for the keyboard and for readers of screens.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// The languages of the pages that citizens see.
pub const LANGUAGES: [&str; 3] = ["lv", "ru", "en"];

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c2430;--soft:#566072;--paper:#fff;--ground:#eef1f5;--line:#c9d0da;--accent:var(--own)}\
@media(prefers-color-scheme:dark){:root{--ink:#eef1f5;--soft:#aab4c3;--paper:#1d242e;--ground:#12171e;--line:#3c4756;--accent:var(--own-dark)}}\
*{box-sizing:border-box}\
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}\
main{max-width:44rem;margin:2rem auto;padding:1.5rem clamp(1rem,5vw,2.5rem) 2rem;background:var(--paper);border-top:.5rem solid var(--accent);border-radius:.5rem}\
h1{margin:.25rem 0 .5rem;font-size:1.6rem;line-height:1.25}h2{margin:1.75rem 0 .5rem;font-size:1.2rem}\
p{margin:.5rem 0}.soft{color:var(--soft)}.name{font-weight:600;color:var(--accent)}\
a{color:var(--accent)}\
ul.choices{list-style:none;margin:1.25rem 0;padding:0;display:grid;gap:.625rem}\
button{font:inherit;color:inherit;cursor:pointer;min-height:3rem;padding:.625rem 1rem;border:1px solid var(--line);border-radius:.375rem;background:var(--paper)}\
button:hover{border-color:var(--accent)}\
button.wide{width:100%;text-align:start}button.wide strong,button.wide span{display:block}\
button.first{background:var(--accent);border-color:var(--accent);color:var(--paper)}\
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}\
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line)}\
.scroll{overflow-x:auto}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:1rem;background:var(--ground);border-radius:.375rem}\
.row{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}\
article{padding:.25rem 0 1rem;border-bottom:1px solid var(--line)}";

/// The sandbox's own colour, on light and on dark.
const COLOURS: [&str; 2] = ["#1f5fa8", "#8fc0ff"];

/// A page in a language; the body is HTML already.
pub fn page(status: StatusCode, lang: &str, title: &str, body: &str) -> Response {
    coloured(COLOURS, status, lang, title, body)
}

/// The same in the colour of somebody else.
pub fn coloured([light, dark]: [&str; 2], status: StatusCode, lang: &str, title: &str, body: &str) -> Response {
    let title = text(title);
    let html = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>:root{{--own:{light};--own-dark:{dark}}}{STYLE}</style></head><body><main>{body}</main></body></html>"
    );
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}

/// A text as HTML, in elements and in quoted attributes.
#[must_use]
pub fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for letter in plain.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Sends the browser elsewhere.
pub fn gone(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store")]).into_response()
}

/// The first of the wished languages that there is, as its place in [`LANGUAGES`].
#[must_use]
pub fn language(wished: &str) -> usize {
    let wished = wished.split([' ', ',']).filter_map(|tag| tag.split(['-', ';']).next());
    let mut found = wished.filter_map(|tag| LANGUAGES.iter().position(|lang| *lang == tag));
    found.next().unwrap_or(0)
}

/// Adds parameters to a URL that may have some.
#[must_use]
pub fn with_query(url: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = url.to_owned();
    let mut separator = if url.contains('?') { '&' } else { '?' };
    for (name, value) in parameters {
        let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
        out += &format!("{separator}{name}={value}");
        separator = '&';
    }
    out
}

/// Whether a URL leads to this machine by HTTP, and so may be redirected to.
#[must_use]
pub fn is_local(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let port = port.bytes().all(|byte| byte.is_ascii_digit());
    ["http", "https"].contains(&scheme)
        && ["127.0.0.1", "localhost"].contains(&host)
        && port
        && plain
        && !url.contains('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_redirected_to() {
        for right in ["http://127.0.0.1:8080/sign-in/eid/back", "http://localhost/x?y=z", "https://localhost:1"] {
            assert!(is_local(right), "{right}");
        }
        for wrong in [
            "",
            "/lv",
            "http://evil.example/",
            "http://127.0.0.1@evil.example/",
            "http://127.0.0.1:80@evil.example/",
            "http://localhost.evil.example",
            "javascript://127.0.0.1/%0a",
            "http://127.0.0.1\\@evil.example",
            "http://127.0.0.1/\r\nx: y",
            "http://localhost/#part",
        ] {
            assert!(!is_local(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_language_is_the_first_wished_that_there_is() {
        for (wished, lang) in [("de ru lv", "ru"), ("en-GB", "en"), ("en;q=0.5, lv", "en"), ("", "lv"), ("xx", "lv")] {
            assert_eq!(LANGUAGES[language(wished)], lang, "{wished}");
        }
    }

    #[test]
    fn a_query_is_added_to_one_that_is_there() {
        assert_eq!(
            with_query("http://localhost/x?a=1", &[("b", "ā&"), ("c", "")]),
            "http://localhost/x?a=1&b=%C4%81%26&c="
        );
    }
}
