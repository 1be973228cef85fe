//! `durvis catalogue search`: a query a line in, a JSON line out, by the engine that runs in the browser.

use std::io::{BufRead, Write};

use durvis_search::{Index, Query};
use serde::Serialize;

/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 4_096;

#[derive(Serialize)]
struct Line<'a> {
    query: &'a str,
    hits: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<String>,
}

#[derive(Serialize)]
struct Named {
    slug: String,
    name: String,
    score: f32,
}

/// Answers every line of `input`, an empty one too.
///
/// # Errors
/// When a line is not UTF-8 or nobody reads the output any more.
pub fn search_lines(index: &Index, limit: usize, input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
    for line in input.lines() {
        let line = line?;
        let text = line.get(..line.floor_char_boundary(MAX_LINE)).unwrap_or_default();
        let found = index.search(&Query { text: text.into(), limit, ..Query::default() });
        let hits = found.hits.iter().map(|hit| {
            let doc = index.doc(hit.doc);
            Named { slug: doc.slug, name: doc.name, score: hit.score }
        });
        let line =
            Line { query: &line, hits: hits.collect(), corrected: found.corrected, suggestion: found.suggestion };
        serde_json::to_writer(&mut output, &line)?;
        output.write_all(b"\n")?;
    }
    output.flush()
}
