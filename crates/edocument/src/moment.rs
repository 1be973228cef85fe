//! Moments: as XML and ASN.1 write them, and as they are told (RFC 3339, UTC).

use std::time::SystemTime;

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// Of XML, with its offset: without one it is no moment.
pub fn of_xml(text: &str) -> Option<SystemTime> {
    let moment = OffsetDateTime::parse(text.trim(), &Rfc3339).ok()?.checked_to_offset(UtcOffset::UTC)?;
    (0..=9_999).contains(&moment.year()).then(|| moment.into())
}

/// Of ASN.1: `20170519071845.4Z`. Parts of a second are dropped.
pub fn of_asn1(text: &[u8]) -> Option<SystemTime> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let seconds = text.split_once('.').map_or(text, |(seconds, _)| seconds);
    let format = format_description!("[year][month][day][hour][minute][second]");
    PrimitiveDateTime::parse(seconds, &format).ok().map(|moment| moment.assume_utc().into())
}

/// Empty for years that have not four digits.
pub fn told(moment: SystemTime) -> String {
    let seconds = match moment.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()),
        Err(before) => i64::try_from(before.duration().as_secs()).map(|seconds| -seconds),
    };
    let moment = seconds.ok().and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    moment.and_then(|moment| moment.format(&Rfc3339).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_the_same_however_it_is_written() {
        let moment = of_xml(" 2017-05-19T10:18:45+03:00 ").unwrap();
        assert_eq!(of_asn1(b"20170519071845.4Z"), Some(moment));
        assert_eq!(told(moment), "2017-05-19T07:18:45Z");
        for none in ["2017-05-19T10:18:45", "9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+23:59", ""] {
            assert_eq!(of_xml(none), None, "{none}");
        }
        assert_eq!(of_asn1(b"201705190718Z"), None);
    }
}
