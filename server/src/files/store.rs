//! Where the bytes are: parts, each sealed by the key of its file, in a directory or at a service that speaks S3.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::ambient::Ambient;
use crate::error::ApiError;

const NONCE: usize = 24;
/// Whole files that are looked at, and so in memory, at once.
const LOOKED_AT: usize = 2;

/// The key that seals the parts of one file, in base64. Printing it shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartKey(String);

impl fmt::Debug for PartKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartKey(..)")
    }
}

impl PartKey {
    #[must_use]
    pub fn new(ambient: &Ambient) -> Self {
        Self(STANDARD.encode(ambient.bytes::<32>()))
    }

    fn cipher(&self) -> Option<XChaCha20Poly1305> {
        let key: [u8; 32] = STANDARD.decode(&self.0).ok()?.try_into().ok()?;
        Some(XChaCha20Poly1305::new(&key.into()))
    }
}

/// The object store.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// Held while a whole file is in memory.
    pub(crate) looking: Arc<Semaphore>,
}

impl Files {
    /// In a directory, which is made, or `s3://bucket`: then `AWS_ENDPOINT`, `AWS_REGION`, `AWS_ACCESS_KEY_ID` and
    /// `AWS_SECRET_ACCESS_KEY` of the environment say where and as whom.
    ///
    /// # Errors
    /// Says what is wrong with the setting.
    pub fn new(place: &str) -> Result<Self, String> {
        let named = |error: &dyn fmt::Display| format!("files = {place:?}: {error}");
        let store: Arc<dyn ObjectStore> = if place.starts_with("s3://") {
            let store = AmazonS3Builder::from_env().with_url(place).build();
            Arc::new(store.map_err(|error| named(&error))?)
        } else {
            std::fs::create_dir_all(place).map_err(|error| named(&error))?;
            Arc::new(
                LocalFileSystem::new_with_prefix(place).map_err(|error| named(&error))?.with_automatic_cleanup(true),
            )
        };
        Ok(Self::of(store))
    }

    /// In a store that is there.
    #[must_use]
    pub fn of(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, looking: Arc::new(Semaphore::new(LOOKED_AT)) }
    }

    /// Writes a part, once: one that is there stays as it is, so that nothing changes after it was looked at.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put(
        &self,
        ambient: &Ambient,
        id: &str,
        number: u32,
        key: &PartKey,
        plain: &[u8],
    ) -> Result<(), ApiError> {
        let nonce: [u8; NONCE] = ambient.bytes();
        let place = place(id, number);
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = key.cipher().and_then(|key| key.encrypt(&XNonce::from(nonce), payload).ok());
        let sealed = sealed.ok_or_else(|| ApiError::Internal(format!("{id}: its key is none")))?;
        let bytes = [&nonce[..], &sealed].concat();
        let only_new = PutOptions::from(PutMode::Create);
        match self.store.put_opts(&path(id, number), bytes.into(), only_new).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// A part as it was put.
    ///
    /// # Errors
    /// When the store fails, or has something else.
    pub async fn get(&self, id: &str, number: u32, key: &PartKey) -> Result<Vec<u8>, ApiError> {
        let bytes = self.store.get(&path(id, number)).await.map_err(failed)?.bytes().await.map_err(failed)?;
        let place = place(id, number);
        let opened = bytes.split_at_checked(NONCE).and_then(|(nonce, sealed)| {
            let nonce: [u8; NONCE] = nonce.try_into().ok()?;
            let payload = Payload { msg: sealed, aad: place.as_bytes() };
            key.cipher()?.decrypt(&XNonce::from(nonce), payload).ok()
        });
        opened.ok_or_else(|| ApiError::Internal(format!("part {number} of the file {id} does not open")))
    }

    /// Deletes the parts of a file, those that are there.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn delete(&self, id: &str, parts: u32) -> Result<(), ApiError> {
        for number in 0..parts {
            match self.store.delete(&path(id, number)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(())
    }
}

/// For what place a part is sealed.
fn place(id: &str, number: u32) -> String {
    format!("file:{id}:{number}")
}

fn path(id: &str, number: u32) -> Path {
    Path::from(format!("{}/{id}/{number}", &id[..2]))
}

fn failed(error: object_store::Error) -> ApiError {
    ApiError::Internal(format!("the object store: {error}"))
}
