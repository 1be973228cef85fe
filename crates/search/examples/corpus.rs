//! An index of any texts, for the benchmarks in `bench/search`: `corpus IN.tsv OUT.dvx [LANG]`.
//!
//! A line is `id <tab> name <tab> summary <tab> description <tab> keyword;keyword`. The id becomes the doc's slug.

use std::error::Error;
use std::{env, fs};

use durvis_search::{Builder, Doc, Institution, Source, Tables, Territory, Variant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to, rest @ ..] = &arguments[..] else { return Err("usage: corpus IN.tsv OUT.dvx [LANG]".into()) };
    let bytes = built(&fs::read_to_string(from)?, rest.first().map_or("en", |lang| lang));
    fs::write(to, bytes)?;
    Ok(())
}

/// The file of the index of these lines.
fn built(lines: &str, lang: &str) -> Vec<u8> {
    let tables = Tables {
        lang: lang.into(),
        territories: vec![Territory { slug: "all".into(), name: "All".into(), ..Territory::default() }],
        institutions: vec![Institution { slug: "one".into(), name: "One".into(), ..Institution::default() }],
        ..Tables::default()
    };
    let mut builder = Builder::new(tables);
    for line in lines.lines() {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default().to_owned();
        let (slug, name, summary, description) = (next(), next(), next(), next());
        let keywords = next().split(';').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let doc = Doc { slug, name, summary, audience: 1, variants: vec![Variant::default()], ..Doc::default() };
        builder.add(doc, &Source { keywords, description, ..Source::default() });
    }
    builder.finish().bytes().to_vec()
}
