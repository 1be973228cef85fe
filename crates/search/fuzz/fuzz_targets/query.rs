//! Any text is answered, by each sort, and its total does not depend on the page that is asked for.
#![no_main]

use std::sync::LazyLock;

use durvis_search::{Index, Query, Sort};
use durvis_search_fuzz::made;
use libfuzzer_sys::fuzz_target;

static INDEXES: LazyLock<[Index; 3]> = LazyLock::new(|| [1, 2, 3].map(|seed| made::catalogue(seed).0));

fuzz_target!(|text: &str| {
    for index in INDEXES.iter() {
        for sort in [Sort::Relevance, Sort::Name, Sort::Popularity] {
            let all = index.search(&Query { text: text.into(), sort, ..Query::default() });
            let page = index.search(&Query { text: text.into(), sort, offset: 1, limit: 3, ..Query::default() });
            assert_eq!(all.total, all.hits.len());
            assert_eq!(page.total, all.total);
            assert!(all.hits.iter().skip(1).take(3).eq(&page.hits));
            std::hint::black_box(all.marks(text));
        }
    }
});
