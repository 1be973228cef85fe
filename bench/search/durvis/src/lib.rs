//! `durvis-search` as JavaScript sees it, for the benchmark in `bench/search`. The app does not use this.

use durvis_search::{Index, Query};
use wasm_bindgen::prelude::wasm_bindgen;

/// An open index.
#[wasm_bindgen]
pub struct Engine(Index);

/// Opens a file that the example `corpus` of `durvis-search` has made; nothing when it is none.
#[wasm_bindgen]
pub fn open(bytes: Vec<u8>) -> Option<Engine> {
    Index::open(bytes).ok().map(Engine)
}

#[wasm_bindgen]
impl Engine {
    /// The ids of the best docs, best first.
    pub fn search(&self, text: &str, limit: usize) -> Vec<u32> {
        let found = self.0.search(&Query { text: text.into(), limit, ..Query::default() });
        found.hits.iter().map(|hit| self.id(hit.doc)).collect()
    }

    /// The id stands in the slug: docs may be laid down in another order than they were added.
    fn id(&self, doc: u32) -> u32 {
        self.0.doc_slug(doc).parse().unwrap_or(u32::MAX)
    }
}
