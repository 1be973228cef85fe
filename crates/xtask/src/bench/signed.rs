//! What a session costs: a handler of the portal, and the same without a session, alternating in one run, on each database.

use anyhow::Result;

use super::load::requests_a_second;
use crate::run::say;
use crate::signed::Signed;

const ROUNDS: usize = 3;

/// The handler on one database, in requests a second.
pub(crate) struct Cost {
    pub(crate) database: &'static str,
    pub(crate) with: f64,
    pub(crate) without: f64,
}

/// On SQLite and on PostgreSQL.
pub(crate) fn measure() -> Result<Vec<Cost>> {
    say("signed in, against the same without a session");
    let one = |(argument, database)| {
        let portal = Signed::start(argument, None)?;
        let (address, cookie) = (&portal.told.address, format!("cookie: {}\r\n", portal.told.cookie));
        let (mut with, mut without) = (0.0_f64, 0.0_f64);
        for _ in 0..ROUNDS {
            without = without.max(requests_a_second(address, "/open", "")?);
            with = with.max(requests_a_second(address, "/api/v1/contact", &cookie)?);
        }
        say(&format!("{database}: {with:.0} requests a second, without {without:.0}, ratio {:.2}", with / without));
        Ok(Cost { database, with, without })
    };
    [("sqlite", "SQLite"), ("postgres", "PostgreSQL")].into_iter().map(one).collect()
}
