//! `cargo xtask tune`: better weights for `crates/search/src/weights.rs`, which says what each one is for.
//!
//! What is made greatest is, summed over the tuning halves and the pages, hit@1 + hit@3 + MRR + half of hit@10, less a
//! little for each weight that is not what it was, in proportion to the logarithm of the change: what gains nothing
//! stays. Weights are round numbers. A try moves one to three of them a few steps; it is kept when it is better.

use anyhow::Result;
use durvis_search::Weights;

use super::{Set, score, tuned};
use crate::run::say;

const TRIES: usize = 4_000;
/// What a weight costs that is e times what it was: less than half of one query in one set.
const STAYS: f64 = 0.0015;
/// How many weights a try moves at most, and how far.
const AT_ONCE: usize = 3;
const FAR: usize = 4;

/// What a weight may be.
const ROUND: [f32; 33] = [
    0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.2, 1.5, 2.0,
    2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0, 40.0,
];

/// Where a weight stands.
type Number = fn(&mut Weights) -> &mut f32;

/// The weights that are tuned, and the most that each may be. Shares of `exact` stay below it, so that the very word goes
/// first; no field may outweigh a whole name. What is not here is the measure of the others, or a promise.
const TUNED: [(&str, f32, Number); 20] = [
    ("synonyms", 15.0, |weights| &mut weights.fields[1]),
    ("keywords", 15.0, |weights| &mut weights.fields[2]),
    ("other names", 15.0, |weights| &mut weights.fields[3]),
    ("institution", 15.0, |weights| &mut weights.fields[4]),
    ("summary", 15.0, |weights| &mut weights.fields[5]),
    ("description", 15.0, |weights| &mut weights.fields[6]),
    ("topic", 15.0, |weights| &mut weights.fields[7]),
    ("more fields", 1.0, |weights| &mut weights.more_fields),
    ("form", 0.95, |weights| &mut weights.form),
    ("beginning", 0.95, |weights| &mut weights.beginning),
    ("known", 0.95, |weights| &mut weights.known),
    ("reading", 0.95, |weights| &mut weights.reading),
    ("corrected", 0.95, |weights| &mut weights.corrected),
    ("corrected beginning", 0.95, |weights| &mut weights.corrected_beginning),
    ("guessed", 0.95, |weights| &mut weights.guessed),
    ("name covered", 40.0, |weights| &mut weights.name_covered),
    ("name fits", 2.0, |weights| &mut weights.name_fits),
    ("missing", 1.0, |weights| &mut weights.missing),
    ("popularity", 0.5, |weights| &mut weights.popularity),
    ("here", 0.1, |weights| &mut weights.here),
];

/// Prints the weights found; a person who finds them reasonable writes them into `weights.rs`.
pub(crate) fn tune() -> Result<()> {
    let sets = tuned()?;
    let mut best = Weights::default();
    let mut reached = value(&sets, &best);
    say(&format!("with the present weights: {reached:.4}"));
    let mut chance = Chance(1);
    for _ in 0..TRIES {
        let tried = moved(&best, &mut chance);
        let now = value(&sets, &tried);
        if now > reached + 1e-9 {
            let names = TUNED.iter().filter(|(.., number)| *number(&mut tried.clone()) != *number(&mut best.clone()));
            let names: Vec<&str> = names.map(|(name, ..)| *name).collect();
            say(&format!("{now:.4} by {}", names.join(", ")));
            (best, reached) = (tried, now);
        }
    }
    println!("{best:#?}");
    Ok(())
}

fn moved(weights: &Weights, chance: &mut Chance) -> Weights {
    let mut tried = weights.clone();
    for _ in 0..=chance.below(AT_ONCE) {
        let (_, most, number) = TUNED[chance.below(TUNED.len())];
        let number = number(&mut tried);
        let at = ROUND.iter().position(|round| *round >= *number * 0.999).unwrap_or(ROUND.len() - 1);
        let to = (at + chance.below(2 * FAR + 1)).saturating_sub(FAR).min(ROUND.len() - 1);
        *number = ROUND[to].min(most);
    }
    tried
}

fn value(sets: &[Set], weights: &Weights) -> f64 {
    let change = |number: Number| {
        let (now, before) = (*number(&mut weights.clone()), *number(&mut Weights::default()));
        f64::from(now / before).ln().abs()
    };
    let changes: f64 = TUNED.iter().map(|(.., number)| change(*number)).sum();
    let of = |set: &Set| {
        let score = score(&set.index, &set.judged.iter().collect::<Vec<_>>(), weights);
        score.hit1 + score.hit3 + score.mrr + score.hit10 / 2.0
    };
    sets.iter().map(of).sum::<f64>() - STAYS * changes
}

/// Numbers without order, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}
