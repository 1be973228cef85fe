//! The journal of this device: every answer that is typed, sealed by a key that cannot leave the browser (Web Crypto, AES-GCM),
//! before it goes anywhere else. Each person has a key and entries of their own; a rehearsal, those of nobody. Sign-out wipes it
//! (`device`), unless the citizen said that the device is their own.

use durvis_contract::e_service::{Definition, Raw};
use durvis_contract::uses::{PrefilledValue, Use};
use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use super::database::{Database, object};
use crate::api::decode::field;

/// Whose entries are those of a rehearsal.
pub const NOBODY: &str = "nobody";
/// Of whoever was here last: by it they find their entries while the server cannot be asked.
const LAST: &str = "last";
/// The file that holds the list of all of one's own affairs.
pub const AFFAIRS: &str = "affairs";
/// The file that holds one's record, as it was verified last.
pub const RECORD: &str = "record";
const NONCE_BYTES: usize = 12;

/// A use, as this device knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub id: String,
    pub e_service: String,
    pub version: u32,
    pub terms_accepted: bool,
    pub answers: Raw,
    /// The server's; 0, it has none yet.
    pub revision: u32,
    /// The server has these very answers.
    pub synced: bool,
    /// Send was pressed, and nothing is heard yet.
    pub waiting: bool,
    /// What it was sent as.
    pub receipt: Option<Use>,
    /// What registers filled in; none, they were not asked yet.
    pub prefilled: Option<Vec<PrefilledValue>>,
    /// Milliseconds since 1970.
    pub started_at: f64,
    pub changed_at: f64,
}

/// The entries of one person; where the browser keeps nothing or seals nothing, they live as long as the page.
#[derive(Clone)]
pub struct Journal {
    pub owner: String,
    kept: Option<(Database, CryptoKey)>,
}

impl Journal {
    pub async fn open(owner: &str) -> Self {
        let kept = match Database::open_uses().await {
            Ok(database) => key(&database, owner).await.ok().map(|key| (database, key)),
            Err(_) => None,
        };
        Self { owner: owner.to_owned(), kept }
    }

    /// Writes an entry; says whether it is kept.
    pub async fn put(&self, entry: &Entry) -> bool {
        self.try_put(entry).await.is_ok()
    }

    async fn try_put(&self, entry: &Entry) -> Result<(), JsValue> {
        let (database, key) = self.kept.as_ref().ok_or("nothing is kept")?;
        let plain = serde_json::to_vec(entry).map_err(|_| "no JSON")?;
        let (nonce, sealed) = sealed(key, &Uint8Array::from(&plain[..])).await?;
        let row = object(&[("owner", &self.owner.as_str().into()), ("nonce", &nonce), ("sealed", &sealed)]);
        database.put(&self.place(&entry.id), &row).await
    }

    /// Keeps the bytes of a file until they are on the server; says whether they are kept.
    pub async fn put_file(&self, id: &str, content: &Uint8Array) -> bool {
        let Some((database, key)) = &self.kept else { return false };
        let Ok((nonce, sealed)) = sealed(key, content).await else { return false };
        database.put(&self.file_place(id), &object(&[("nonce", &nonce), ("sealed", &sealed)])).await.is_ok()
    }

    /// The bytes of a file; `None` where there are none, or they do not open.
    pub async fn file(&self, id: &str) -> Option<Uint8Array> {
        let (database, key) = self.kept.as_ref()?;
        unsealed(&database.get(&self.file_place(id)).await.ok()?, key).await
    }

    pub async fn delete_file(&self, id: &str) {
        if let Some((database, _)) = &self.kept {
            let _ = database.delete(&self.file_place(id)).await;
        }
    }

    /// An entry; `None` where there is none, or it does not open.
    pub async fn get(&self, id: &str) -> Option<Entry> {
        let (database, key) = self.kept.as_ref()?;
        opened(&database.get(&self.place(id)).await.ok()?, key).await
    }

    /// All entries, the newest first.
    pub async fn all(&self) -> Vec<Entry> {
        let Some((database, key)) = &self.kept else { return Vec::new() };
        let mut entries = Vec::new();
        for row in database.all().await.unwrap_or_default() {
            if field::<String>(&row, "owner").as_deref() == Some(&self.owner) {
                entries.extend(opened(&row, key).await);
            }
        }
        entries.sort_by(|one, other| other.changed_at.total_cmp(&one.changed_at));
        entries
    }

    pub async fn delete(&self, id: &str) {
        if let Some((database, _)) = &self.kept {
            let _ = database.delete(&self.place(id)).await;
        }
    }

    /// A definition that was read before: what a use needs without a network. Public, so it is not sealed.
    pub async fn definition(&self, slug: &str, version: u32) -> Option<Definition> {
        let (database, _) = self.kept.as_ref()?;
        let text = database.get(&definition_place(slug, version)).await.ok()?.as_string()?;
        serde_json::from_str(&text).ok()
    }

    pub async fn keep_definition(&self, definition: &Definition) {
        if let (Some((database, _)), Ok(text)) = (&self.kept, serde_json::to_string(definition)) {
            let _ = database.put(&definition_place(&definition.id, definition.version), &text.into()).await;
        }
    }

    fn place(&self, id: &str) -> String {
        format!("entry/{}/{id}", self.owner)
    }

    fn file_place(&self, id: &str) -> String {
        format!("file/{}/{id}", self.owner)
    }
}

/// Remembers who is here.
pub async fn set_last(owner: &str) {
    if let Ok(database) = Database::open_uses().await {
        let _ = database.put(LAST, &owner.into()).await;
    }
}

/// Who was here last.
pub async fn last() -> Option<String> {
    Database::open_uses().await.ok()?.get(LAST).await.ok()?.as_string()
}

/// Deletes what is only a copy of the server's, of whoever was here last. Their record stays: by it a later one that was changed
/// is told.
pub async fn wipe_copies() {
    if let Some(owner) = last().await {
        Journal::open(&owner).await.delete_file(AFFAIRS).await;
    }
}

/// Deletes every entry and key of this browser.
pub async fn wipe() {
    if let Ok(database) = Database::open_uses().await {
        let _ = database.clear().await;
    }
}

fn definition_place(slug: &str, version: u32) -> String {
    format!("definition/{slug}/{version}")
}

/// The key of a person on this device: made once, used by name, read by nobody.
async fn key(database: &Database, owner: &str) -> Result<CryptoKey, JsValue> {
    let place = format!("key/{owner}");
    let found = database.get(&place).await?;
    if found.is_object() {
        return Ok(found.unchecked_into());
    }
    let aes = object(&[("name", &"AES-GCM".into()), ("length", &256.into())]);
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let made = subtle()?.generate_key_with_object(aes.unchecked_ref::<Object>(), false, &uses)?;
    let made = JsFuture::from(made).await?;
    // Another tab may have been quicker: its key holds.
    let _ = database.add(&place, &made).await;
    Ok(database.get(&place).await?.unchecked_into())
}

async fn opened(row: &JsValue, key: &CryptoKey) -> Option<Entry> {
    serde_json::from_slice(&unsealed(row, key).await?.to_vec()).ok()
}

/// Nonce and what is sealed.
async fn sealed(key: &CryptoKey, plain: &Uint8Array) -> Result<(Uint8Array, JsValue), JsValue> {
    let mut nonce = [0; NONCE_BYTES];
    window().crypto()?.get_random_values_with_u8_array(&mut nonce)?;
    let sealed = subtle()?.encrypt_with_object_and_buffer_source(&algorithm(&nonce), key, plain)?;
    Ok((Uint8Array::from(&nonce[..]), JsFuture::from(sealed).await?))
}

async fn unsealed(row: &JsValue, key: &CryptoKey) -> Option<Uint8Array> {
    let part = |name: &str| Reflect::get(row, &name.into()).ok().filter(JsValue::is_object);
    let nonce = Uint8Array::new(&part("nonce")?).to_vec();
    let sealed: Object = part("sealed")?.unchecked_into();
    let plain = subtle().ok()?.decrypt_with_object_and_buffer_source(&algorithm(&nonce), key, &sealed).ok()?;
    Some(Uint8Array::new(&JsFuture::from(plain).await.ok()?))
}

fn algorithm(nonce: &[u8]) -> Object {
    object(&[("name", &"AES-GCM".into()), ("iv", &Uint8Array::from(nonce))]).unchecked_into()
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(window().crypto()?.subtle())
}
