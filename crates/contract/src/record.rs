//! The record that a citizen can prove: what was sent, paid, decided and taken back, as a chain of digests with a signed head. What
//! is hashed and what is signed stands here, for the server, the browser and whoever else verifies (docs/record.md).

use serde::{Deserialize, Serialize};

use crate::e_service::Reference;

/// The first line of what an entry's link is the digest of, and of what a head's signature is about.
const ENTRY: &str = "durvis-record-entry-1";
const HEAD: &str = "durvis-record-head-1";

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    Sent,
    /// A bill; its number is the bill's.
    Paid,
    Decided,
    Withdrawn,
}

impl RecordKind {
    pub const ALL: [Self; 4] = [Self::Sent, Self::Paid, Self::Decided, Self::Withdrawn];

    /// As it stands in JSON, in the database and in what is hashed.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Paid => "paid",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A link of the chain. It says nothing of what it is about but a digest, so it outlives that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// 1, 2, 3 ... without a gap.
    pub sequence: u32,
    pub kind: RecordKind,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Reference,
    /// ISO 8601, UTC.
    pub at: String,
    /// 32 hexadecimal digits, without which nobody can try out what the digest is of.
    pub salt: String,
    /// SHA-256, in hexadecimal, of the salt, a line feed, and what it is about.
    pub digest: String,
    /// SHA-256, in hexadecimal, of [`Entry::text`].
    pub link: String,
}

impl Entry {
    /// What its link is the digest of; `before` is the link of the entry before, empty for the first. No part of it can hold a
    /// line feed, so no two entries have the same text.
    #[must_use]
    pub fn text(&self, chain: &str, before: &str) -> String {
        let Self { sequence, kind, number, at, salt, digest, .. } = self;
        format!("{ENTRY}\n{chain}\n{before}\n{sequence}\n{}\n{number}\n{at}\n{salt}\n{digest}\n", kind.code())
    }
}

/// How long the chain is and how it ends, signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Head {
    pub length: u32,
    /// That of the last entry; empty where there is none.
    pub link: String,
    /// When it was signed, with its last entry: ISO 8601, UTC.
    pub at: String,
    /// Id of the key.
    pub key: String,
    /// ECDSA with P-256 and SHA-256 over [`Head::text`]: r and s, 64 bytes, in base64url.
    pub signature: String,
}

impl Head {
    /// What is signed.
    #[must_use]
    pub fn text(&self, chain: &str) -> String {
        let Self { length, link, at, .. } = self;
        format!("{HEAD}\n{chain}\n{length}\n{link}\n{at}\n")
    }
}

/// A public key as JWK (RFC 7517) gives it, for P-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordKey {
    pub kid: String,
    pub kty: String,
    pub crv: String,
    pub x: String,
    pub y: String,
}

/// It, whole or from an entry on, with the keys that verify it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Record {
    /// Whose it is: a digest that tells nobody who.
    pub chain: String,
    pub entries: Vec<Entry>,
    /// That of the last of these entries.
    pub head: Head,
    /// How many there are in all.
    pub total: u32,
    pub keys: Vec<RecordKey>,
}

impl Record {
    /// Most entries that are told and verified.
    pub const MAX_ENTRIES: usize = 10_000;
}

/// Why a record is not what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// One is missing before this sequence number, or stands twice.
    Gap(u32),
    /// The entry of this sequence number was changed, or is of another chain.
    Changed(u32),
    /// The head says another length or link than the entries.
    Head,
    /// The head is shorter than one that was seen before, or another one of the same length.
    Older,
    /// The signature is not by the key that it names.
    Signature,
}

/// Verifies all links and that the head ends them; `sha256` gives the digest of a text in hexadecimal. The signature is the
/// caller's to verify.
///
/// # Errors
/// The first thing that is wrong.
pub async fn verify(record: &Record, sha256: impl AsyncFn(String) -> String) -> Result<(), Fault> {
    let (mut before, mut sequence) = (String::new(), 0);
    for entry in &record.entries {
        sequence += 1;
        if entry.sequence != sequence {
            return Err(Fault::Gap(sequence));
        }
        if sha256(entry.text(&record.chain, &before)).await != entry.link {
            return Err(Fault::Changed(sequence));
        }
        before.clone_from(&entry.link);
    }
    let Head { length, link, .. } = &record.head;
    if (*length, link) == (sequence, &before) { Ok(()) } else { Err(Fault::Head) }
}

/// Whether a record goes on from a head that was seen before.
#[must_use]
pub fn goes_on_from(record: &Record, seen: &Head) -> bool {
    let Some(at) = seen.length.checked_sub(1) else { return true };
    record.entries.get(at as usize).is_some_and(|entry| entry.link == seen.link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(sequence: u32) -> Entry {
        Entry {
            sequence,
            kind: RecordKind::Sent,
            number: Reference::new(u64::from(sequence)),
            at: "2026-11-24T08:00:00Z".into(),
            salt: "00".repeat(16),
            digest: "ab".repeat(32),
            link: String::new(),
        }
    }

    /// Not a digest, but a different text for each.
    async fn named(text: String) -> String {
        text.replace('\n', "/")
    }

    fn now<T>(future: impl Future<Output = T>) -> T {
        let mut future = std::pin::pin!(future);
        match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
            std::task::Poll::Ready(value) => value,
            std::task::Poll::Pending => unreachable!("it waits for nothing"),
        }
    }

    fn record() -> Record {
        let mut record = Record { chain: "c".into(), ..Record::default() };
        let mut before = String::new();
        for sequence in 1..=4 {
            let mut one = entry(sequence);
            one.link = now(named(one.text("c", &before)));
            before.clone_from(&one.link);
            record.entries.push(one);
        }
        record.head = Head { length: 4, link: before, ..Head::default() };
        record
    }

    #[test]
    fn a_text_is_what_other_verifiers_hash() {
        let expected = format!(
            "durvis-record-entry-1\nc\nfe\n2\nsent\n{}\n2026-11-24T08:00:00Z\n{}\n{}\n",
            Reference::new(2),
            "00".repeat(16),
            "ab".repeat(32)
        );
        assert_eq!(entry(2).text("c", "fe"), expected);
        let head = Head { length: 2, link: "fe".into(), at: "2026-11-24T08:00:00Z".into(), ..Head::default() };
        assert_eq!(head.text("c"), "durvis-record-head-1\nc\n2\nfe\n2026-11-24T08:00:00Z\n");
    }

    #[test]
    fn whatever_is_done_to_a_record_is_found_where_it_was_done() {
        type Damage = fn(&mut Record);
        let cases: [(&str, Damage, Result<(), Fault>); 10] = [
            ("nothing", |_| {}, Ok(())),
            ("changed", |record| record.entries[1].at = "2026-11-25T08:00:00Z".into(), Err(Fault::Changed(2))),
            ("another kind", |record| record.entries[2].kind = RecordKind::Decided, Err(Fault::Changed(3))),
            ("another salt", |record| record.entries[2].salt.clear(), Err(Fault::Changed(3))),
            ("another chain", |record| record.chain = "d".into(), Err(Fault::Changed(1))),
            ("taken out", |record| drop(record.entries.remove(1)), Err(Fault::Gap(2))),
            ("exchanged", |record| record.entries.swap(0, 1), Err(Fault::Gap(1))),
            ("put in", |record| record.entries.insert(2, entry(3)), Err(Fault::Changed(3))),
            ("cut off", |record| drop(record.entries.pop()), Err(Fault::Head)),
            ("another head", |record| record.head.link = "x".into(), Err(Fault::Head)),
        ];
        for (name, damage, expected) in cases {
            let mut record = record();
            damage(&mut record);
            assert_eq!(now(verify(&record, named)), expected, "{name}");
        }
    }

    #[test]
    fn a_record_goes_on_from_what_was_seen_of_it() {
        let record = record();
        let seen = |length: u32, link: &str| Head { length, link: link.into(), ..Head::default() };
        assert!(goes_on_from(&record, &seen(0, "")));
        assert!(goes_on_from(&record, &seen(2, &record.entries[1].link)));
        assert!(!goes_on_from(&record, &seen(2, &record.entries[0].link)), "another past");
        assert!(!goes_on_from(&record, &seen(5, &record.entries[3].link)), "it has become shorter");
    }
}
