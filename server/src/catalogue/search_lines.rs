//! `durvis catalogue search`: a query a line in, a JSON line out, by the engine that runs in the browser.

use std::io::{BufRead, Write};

use durvis_search::{Index, Query};
use serde::Serialize;

/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 4_096;

#[derive(Serialize)]
struct Line<'a> {
    query: &'a str,
    hits: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<String>,
}

#[derive(Serialize)]
struct Named<'a> {
    slug: &'a str,
    name: &'a str,
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
        let found = index.search(&Query { text: text.into(), ..Query::default() });
        let hits = found.hits.iter().take(limit).map(|hit| {
            let doc = &index.docs[usize::from(hit.doc)];
            Named { slug: &doc.slug, name: &doc.name, score: hit.score }
        });
        let line = Line { query: &line, hits: hits.collect(), corrected: found.corrected };
        serde_json::to_writer(&mut output, &line)?;
        output.write_all(b"\n")?;
    }
    output.flush()
}
