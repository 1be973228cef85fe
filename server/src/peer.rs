//! Who is at the other end: the connection's address, or, where a proxy of ours connects, the one that it names.

use std::net::IpAddr;

use axum::http::HeaderMap;

const FORWARDED: &str = "x-forwarded-for";

/// The network address that a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The proxies that are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpAddr>);

impl Proxies {
    /// Reads addresses with commas between them; none where one is no address.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let named = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        named.map(|part| part.parse().ok()).collect::<Option<_>>().map(Self)
    }

    /// Whose request it is: read from the right, each proxy adds the one that it saw, and what stands left of the first that
    /// is no proxy of ours anybody may have written. One that cannot be read is the last proxy's own.
    #[must_use]
    pub fn peer(&self, connected: IpAddr, headers: &HeaderMap) -> Peer {
        let mut seen = connected.to_canonical();
        let lines: Vec<_> = headers.get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok()).collect();
        for part in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !self.0.contains(&seen) {
                break;
            }
            let Ok(before) = part.trim().parse::<IpAddr>() else { break };
            seen = before.to_canonical();
        }
        Peer(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxies_are_believed() {
        let proxies = Proxies::read("127.0.0.1, 10.0.0.2").unwrap();
        let told = |connected: &str, lines: &[&'static str]| {
            let headers = lines.iter().map(|line| (FORWARDED.parse().unwrap(), line.parse().unwrap())).collect();
            proxies.peer(connected.parse().unwrap(), &headers).0.to_string()
        };
        assert_eq!(told("127.0.0.1", &["192.0.2.7"]), "192.0.2.7");
        assert_eq!(told("::ffff:127.0.0.1", &["::ffff:192.0.2.7"]), "192.0.2.7");
        assert_eq!(told("127.0.0.1", &["192.0.2.7, 10.0.0.2"]), "192.0.2.7");
        assert_eq!(told("127.0.0.1", &["192.0.2.7", "10.0.0.2"]), "192.0.2.7", "two lines are one list");
        assert_eq!(told("127.0.0.1", &["198.51.100.1, 192.0.2.7"]), "192.0.2.7", "what a client wrote itself");
        assert_eq!(told("192.0.2.9", &["198.51.100.1"]), "192.0.2.9", "a client that plays a proxy");
        assert_eq!(told("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(told("127.0.0.1", &["nobody"]), "127.0.0.1");
        assert_eq!(Proxies::default().peer("127.0.0.1".parse().unwrap(), &HeaderMap::new()).0.to_string(), "127.0.0.1");
        assert_eq!(Proxies::read(""), Some(Proxies::default()));
        assert_eq!(Proxies::read("127.0.0.1, proxy"), None);
    }
}
