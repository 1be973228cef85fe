//! What a search notes about each doc. Kept for the next search: a stamp tells what is old, so that nothing is cleared.

/// What a search knows of a doc.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slot {
    /// Stamp of the last word that was found in it.
    word: u32,
    /// Of that word: best weight of a field times quality, and best quality in the name.
    best: f32,
    name: f32,
    /// Of all words before: weights times rarity, rarity, quality in the name.
    pub(crate) score: f32,
    pub(crate) rarity: f32,
    pub(crate) covered: f32,
}

/// Notes for all docs.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    slots: Vec<Slot>,
    /// The stamp of this search's first word, and of the present one.
    first: u32,
    word: u32,
    /// Docs found by any word of this search, and by the present one.
    pub(crate) found: Vec<u32>,
    pub(crate) of_word: Vec<u32>,
}

impl Scratch {
    /// Starts a search of so many docs.
    pub(crate) fn begin(&mut self, docs: usize) {
        if self.slots.len() != docs || self.word > u32::MAX - 1_000 {
            *self = Self { slots: vec![Slot::default(); docs], ..Self::default() };
        }
        self.first = self.word + 1;
        self.found.clear();
    }

    /// Starts a word.
    pub(crate) fn begin_word(&mut self) {
        self.word += 1;
        self.of_word.clear();
    }

    /// Notes that a doc has the present word.
    #[inline]
    pub(crate) fn note(&mut self, doc: u32, points: f32, name: f32) {
        let Some(slot) = self.slots.get_mut(doc as usize) else { return };
        if slot.word != self.word {
            if slot.word < self.first {
                *slot = Slot::default();
                self.found.push(doc);
            }
            (slot.word, slot.best, slot.name) = (self.word, 0.0, 0.0);
            self.of_word.push(doc);
        }
        if points > slot.best {
            slot.best = points;
        }
        if name > slot.name {
            slot.name = name;
        }
    }

    /// Adds up the present word; says how many points it has at most.
    pub(crate) fn end_word(&mut self, rarity: f32) -> f32 {
        let mut most = 0.0_f32;
        for doc in &self.of_word {
            let slot = &mut self.slots[*doc as usize];
            slot.score += slot.best * rarity;
            slot.rarity += rarity;
            slot.covered += slot.name;
            if slot.best > most {
                most = slot.best;
            }
        }
        most
    }

    #[inline]
    pub(crate) fn slot(&self, doc: u32) -> Slot {
        self.slots.get(doc as usize).copied().unwrap_or_default()
    }
}
