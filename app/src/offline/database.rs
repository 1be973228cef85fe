//! IndexedDB, as far as we need it: one store of plain objects by key. Where it is missing or forbidden every call fails,
//! and the caller goes on in memory.

use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

const NAME: &str = "durvis";
const VERSION: u32 = 1;

/// An open database and the name of its only store. A second store is a second database: a store cannot be added while an
/// older tab holds the database open.
#[derive(Clone)]
pub struct Database(IdbDatabase, &'static str);

impl Database {
    /// That of the favourites.
    pub async fn open() -> Result<Self, JsValue> {
        Self::open_store(NAME, "favourites").await
    }

    /// That of the plans.
    pub async fn open_plans() -> Result<Self, JsValue> {
        Self::open_store("durvis-plans", "plans").await
    }

    /// That of the uses of e-services.
    pub async fn open_uses() -> Result<Self, JsValue> {
        Self::open_store("durvis-uses", "uses").await
    }

    async fn open_store(name: &str, store: &'static str) -> Result<Self, JsValue> {
        let factory = web_sys::window().ok_or("no window")?.indexed_db()?.ok_or("no IndexedDB")?;
        let request = factory.open_with_u32(name, VERSION)?;
        let on_upgrade = upgrade(&request, store);
        request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
        let database = done(&request).await?;
        Ok(Self(database.unchecked_into(), store))
    }

    /// Every value.
    pub async fn all(&self) -> Result<Array, JsValue> {
        Ok(done(&self.store(IdbTransactionMode::Readonly)?.get_all()?).await?.unchecked_into())
    }

    /// The value of a key; undefined where there is none.
    pub async fn get(&self, key: &str) -> Result<JsValue, JsValue> {
        done(&self.store(IdbTransactionMode::Readonly)?.get(&key.into())?).await
    }

    pub async fn put(&self, key: &str, value: &JsValue) -> Result<(), JsValue> {
        done(&self.store(IdbTransactionMode::Readwrite)?.put_with_key(value, &key.into())?).await.map(drop)
    }

    /// Puts a value where there is none yet.
    pub async fn add(&self, key: &str, value: &JsValue) -> Result<(), JsValue> {
        done(&self.store(IdbTransactionMode::Readwrite)?.add_with_key(value, &key.into())?).await.map(drop)
    }

    pub async fn delete(&self, key: &str) -> Result<(), JsValue> {
        done(&self.store(IdbTransactionMode::Readwrite)?.delete(&key.into())?).await.map(drop)
    }

    /// Deletes every value.
    pub async fn clear(&self) -> Result<(), JsValue> {
        done(&self.store(IdbTransactionMode::Readwrite)?.clear()?).await.map(drop)
    }

    fn store(&self, mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
        self.0.transaction_with_str_and_mode(self.1, mode)?.object_store(self.1)
    }
}

/// A plain object.
pub fn object(fields: &[(&str, &JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        // A new plain object takes any field.
        let _ = js_sys::Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// Makes the store on the first visit.
fn upgrade(request: &IdbOpenDbRequest, store: &'static str) -> Closure<dyn Fn()> {
    let request = request.clone();
    Closure::new(move || {
        if let Ok(database) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) {
            let _ = database.create_object_store(store);
        }
    })
}

/// The result of a request, once it has one.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}
