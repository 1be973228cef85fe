//! The origin of the portal: `https://host[:port]`, letter by letter as the browser names it, for its hash is signed.

use std::net::Ipv6Addr;

use crate::Refusal;

/// An origin over HTTPS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Takes an origin as it stands, changing nothing.
    ///
    /// # Errors
    /// When there is another scheme, a path (be it `/`), a user or anything else than host and port.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let scheme = text.get(..8).filter(|scheme| scheme.eq_ignore_ascii_case("https://"));
        let rest = scheme.and(text.get(8..)).ok_or(Refusal::Origin)?;
        let (host, port) = match rest.rfind(']') {
            Some(end) => (&rest[..=end], rest[end + 1..].strip_prefix(':').or((end + 1 < rest.len()).then_some(""))),
            None => rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port))),
        };
        if is_host(host) && port.is_none_or(is_port) { Ok(Self(text.to_owned())) } else { Err(Refusal::Origin) }
    }

    /// The letters that are signed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let is_label = |label: &str| {
        let inside = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inside && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_perhaps_a_port() {
        let good = ["https://ria.ee", "https://ria.ee:8443", "HTTPS://RIA.ee", "https://127.0.0.1", "https://[::1]:1"];
        for origin in good {
            assert_eq!(Origin::parse(origin).unwrap().as_str(), origin);
        }
        let bad = [
            "",
            "https://",
            "http://ria.ee",
            "https://ria.ee/",
            "https://ria.ee/path",
            "https://ria.ee?x",
            "https://ria.ee#x",
            "https://me@ria.ee",
            "https://ria.ee:",
            "https://ria.ee:0x1",
            "https://ria.ee:99999",
            "https://ria.ee:+1",
            "ria.ee",
            "//ria.ee",
            "https:ria.ee",
            "https://ria..ee",
            "https://-ria.ee",
            "https://ria_ee",
            "https://rīa.ee",
            " https://ria.ee",
            "https://ria.ee ",
            "https://[::1",
            "https://[::1]x",
            "https://[]",
            "https://ria.ee:1:2",
        ];
        for origin in bad {
            assert_eq!(Origin::parse(origin), Err(Refusal::Origin), "{origin}");
        }
    }
}
