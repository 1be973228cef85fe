//! What the parts share: where they answer, their memory, time and chance. Everything is gone when the process ends.

use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::bank::Bank;
use crate::mailbox::Mailbox;
use crate::misbehave::Misbehaviour;
use crate::oidc::Provider;

/// The whole of the sandbox.
#[derive(Debug)]
pub struct World {
    /// `http://127.0.0.1:N`.
    pub origin: String,
    pub smtp: SocketAddr,
    pub providers: Vec<Provider>,
    pub misbehaviour: Misbehaviour,
    pub mailbox: Mailbox,
    pub bank: Bank,
}

impl World {
    /// A new one, that answers at these addresses.
    #[must_use]
    pub fn new(http: SocketAddr, smtp: SocketAddr) -> Self {
        let origin = format!("http://{http}");
        let providers = Provider::all(&origin);
        Self {
            origin,
            smtp,
            providers,
            misbehaviour: Misbehaviour::default(),
            mailbox: Mailbox::default(),
            bank: Bank::default(),
        }
    }
}

/// Locks, also after another thread has panicked: a test's server must go on answering.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Seconds since 1970.
#[must_use]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Random bytes.
///
/// # Panics
/// When the system gives none.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// A random text for URLs.
#[must_use]
pub fn secret() -> String {
    URL_SAFE_NO_PAD.encode(random::<24>())
}
