//! Any change of an index with a right checksum is refused or answered: no panic, no work without bound.
//! The input is a list of changes: two bytes say where, the third what stands there then.
#![no_main]

use std::sync::LazyLock;

use durvis_search::{Index, Query};
use durvis_search_fuzz::made;
use libfuzzer_sys::fuzz_target;

static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| made::catalogue(3).0.bytes().to_vec());

fuzz_target!(|changes: &[u8]| {
    let mut bytes = WHOLE.clone();
    for change in changes.chunks_exact(3) {
        let at = 12 + usize::from(u16::from_le_bytes([change[0], change[1]])) % (bytes.len() - 12);
        bytes[at] = change[2];
    }
    made::sign(&mut bytes);
    let Ok(index) = Index::open(bytes) else { return };
    for text in ["", "p", "pase", "dzīvsveta regisrtācija", "gfcgjhn"] {
        let hits = index.search(&Query { text: text.into(), near: Some(1), limit: 10, ..Query::default() });
        hits.hits.iter().for_each(|hit| drop(index.doc(hit.doc)));
        std::hint::black_box(hits.marks(text));
    }
    std::hint::black_box((index.sizes(), index.popular_e_services(6), index.find("s1")));
    std::hint::black_box((index.territories().count(), index.life_events().count(), index.places().count()));
});
