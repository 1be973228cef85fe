//! What the server takes from the machine, and tests give it instead: the time, and random bytes.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use time::OffsetDateTime;

type Now = dyn Fn() -> OffsetDateTime + Send + Sync;
type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// A clock and a source of randomness.
#[derive(Clone)]
pub struct Ambient {
    now: Arc<Now>,
    fill: Arc<Fill>,
}

impl std::fmt::Debug for Ambient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ambient")
    }
}

impl Default for Ambient {
    /// Those of the system.
    fn default() -> Self {
        let fill = |bytes: &mut [u8]| getrandom::fill(bytes).expect("the system gives random bytes");
        Self::of(OffsetDateTime::now_utc, fill)
    }
}

impl Ambient {
    /// Others, for tests.
    pub fn of(
        now: impl Fn() -> OffsetDateTime + Send + Sync + 'static,
        fill: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), fill: Arc::new(fill) }
    }

    /// The time, in UTC.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        (self.now)()
    }

    /// The same in milliseconds since 1970, as tables keep it.
    #[must_use]
    pub fn millis(&self) -> i64 {
        let nanos = self.now().unix_timestamp_nanos();
        i64::try_from(nanos / 1_000_000).unwrap_or(i64::MAX)
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.fill)(&mut bytes);
        bytes
    }

    /// So many random bytes.
    #[must_use]
    pub fn many(&self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        (self.fill)(&mut bytes);
        bytes
    }

    /// A secret of 256 bits, in letters that stand in URLs and cookies.
    #[must_use]
    pub fn secret(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A name of 128 bits that is no secret: the key of a row.
    #[must_use]
    pub fn id(&self) -> String {
        self.bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
