//! How long a letter takes: `keystrokes FILE [TIMES ...]`, in release. `FILE` is an index as the server publishes it
//! (`catalogue/<lang>.index.*`, not compressed).
//!
//! The catalogue is enlarged so many times (1, which is the file itself, 10 and 50 by default): further copies of its docs, in which a quarter of the
//! longer words is new, so that the dictionary grows too. Then the names of 40 docs are typed letter by letter, half of
//! them with a slip in the longest word, and the first ten hits are asked for. Prints milliseconds for each letter.

use std::error::Error;
use std::time::Instant;
use std::{env, fs};

use durvis_search::{Builder, Doc, Index, Query, Source, Tables, text};

const TYPED: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, times @ ..] = &arguments[..] else { return Err("usage: keystrokes FILE [TIMES ...]".into()) };
    let index = Index::open(fs::read(file)?)?;
    let times: Result<Vec<usize>, _> = times.iter().map(|times| times.parse()).collect();
    let times = Some(times?).filter(|times| !times.is_empty()).unwrap_or(vec![1, 10, 50]);
    println!("docs\tbytes\topen ms\tletters\tp50\tp90\tp99\tmax ms\tslowest");
    for times in times {
        measure(&enlarged(&index, times), &typed(&index));
    }
    Ok(())
}

fn measure(index: &Index, typed: &[String]) {
    let bytes = index.bytes().to_vec();
    let start = Instant::now();
    let index = Index::open(bytes).expect("whole");
    let open = start.elapsed();
    let mut took: Vec<(f64, &str)> = Vec::new();
    // The first round warms up.
    for round in 0..2 {
        for text in typed {
            for (at, letter) in text.char_indices() {
                let so_far = &text[..at + letter.len_utf8()];
                let query = Query { text: so_far.into(), limit: 10, ..Query::default() };
                let start = Instant::now();
                let hits = index.search(&query);
                let millis = start.elapsed().as_secs_f64() * 1e3;
                assert!(hits.hits.len() <= hits.total);
                if round > 0 {
                    took.push((millis, so_far));
                }
            }
        }
    }
    took.sort_by(|one, other| one.0.total_cmp(&other.0));
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].0;
    let (max, slowest) = took[took.len() - 1];
    println!(
        "{}\t{}\t{:.1}\t{}\t{:.4}\t{:.4}\t{:.4}\t{max:.4}\t{slowest}",
        index.len(),
        index.bytes().len(),
        open.as_secs_f64() * 1e3,
        took.len(),
        at(0.5),
        at(0.9),
        at(0.99),
    );
}

/// The names of some docs, every other one with a slip in its longest word.
fn typed(index: &Index) -> Vec<String> {
    let step = (index.len() / TYPED).max(1);
    let names = (0..index.len()).step_by(step).take(TYPED).map(|at| index.doc(at as u32).name);
    names.enumerate().map(|(at, name)| if at % 2 == 0 { name } else { with_slip(&name, at) }).collect()
}

/// Two neighbouring letters of the longest word swapped, or one left out.
fn with_slip(name: &str, seed: usize) -> String {
    let Some(range) = text::words(name).max_by_key(|range| range.len()) else { return name.into() };
    let mut letters: Vec<char> = name[range.clone()].chars().collect();
    let at = 1 + seed % (letters.len().max(3) - 2);
    if seed % 4 == 1 && at + 1 < letters.len() {
        letters.swap(at, at + 1);
    } else if at < letters.len() {
        letters.remove(at);
    }
    format!("{}{}{}", &name[..range.start], letters.into_iter().collect::<String>(), &name[range.end..])
}

fn enlarged(index: &Index, times: usize) -> Index {
    if times == 1 {
        return index.clone();
    }
    let tables = Tables {
        lang: index.lang().into(),
        institutions: index.institutions().collect(),
        territories: index.territories().collect(),
        places: index.places().collect(),
        life_events: vec![],
    };
    let docs: Vec<Doc> = (0..index.len() as u32).map(|at| index.doc(at)).collect();
    let mut builder = Builder::new(tables);
    for (at, doc) in docs.iter().enumerate() {
        for copy in 0..times {
            let varied = |text: &str| varied(text, copy);
            // What an index does not keep: descriptions are about as long as three summaries.
            let other = |step: usize| varied(&docs[(at + step * 7) % docs.len()].summary);
            let source = Source {
                keywords: vec![varied(&docs[(at + 1) % docs.len()].name)],
                description: format!("{} {} {}", other(0), other(1), other(2)),
                ..Source::default()
            };
            let (name, summary) = (varied(&doc.name), varied(&doc.summary));
            builder.add(
                Doc { slug: format!("{}-{copy}", doc.slug), name, summary, life_events: vec![], ..doc.clone() },
                &source,
            );
        }
    }
    builder.finish()
}

/// The text with a quarter of its longer words changed, another quarter in each copy.
fn varied(text: &str, copy: usize) -> String {
    let (mut out, mut end) = (String::new(), 0);
    for range in text::words(text) {
        out += &text[end..range.start];
        let word = &text[range.clone()];
        let seed = word.bytes().fold(copy, |seed, byte| seed.wrapping_mul(31).wrapping_add(usize::from(byte)));
        if copy > 0 && word.chars().count() > 5 && seed % 4 == 0 {
            let letters: Vec<char> = word.chars().collect();
            let (half, letter) = (letters.len() / 2, |at: usize| letters[(seed / 7 + at * 3) % letters.len()]);
            out.extend(letters[..half].iter().copied().chain((0..letters.len() - half).map(letter)));
        } else {
            out += word;
        }
        end = range.end;
    }
    out + &text[end..]
}
