//! What a search notes about each doc. Kept for the next search: a stamp tells what is old, so that nothing is cleared.

/// How well a word of the dictionary fits a typed one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fit {
    /// Share of a field's weight.
    pub(crate) quality: f32,
    /// How sure it is that the word was meant; a form of a word is that word.
    pub(crate) sure: f32,
    /// As it was typed.
    pub(crate) exact: bool,
}

/// What a search knows of a doc.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slot {
    /// Stamp of the last word that was found in it.
    word: u32,
    /// Of that word: best weight of a field times quality; the surest of all and in the name; whether the name has it as typed.
    best: f32,
    sure: f32,
    sure_in_name: f32,
    exact_in_name: bool,
    /// Of all words before: weights times rarity; rarity of what was found, and of what was found in the name.
    pub(crate) score: f32,
    pub(crate) rarity: f32,
    pub(crate) rarity_in_name: f32,
    /// How many words of the name were said, and how many of them exactly.
    pub(crate) covered: f32,
    pub(crate) exact: u8,
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

    /// Notes that a doc has the present word, and whether in its name.
    #[inline]
    pub(crate) fn note(&mut self, doc: u32, points: f32, fit: Fit, in_name: bool) {
        let Some(slot) = self.slots.get_mut(doc as usize) else { return };
        if slot.word != self.word {
            if slot.word < self.first {
                *slot = Slot::default();
                self.found.push(doc);
            }
            (slot.word, slot.best, slot.sure) = (self.word, 0.0, 0.0);
            (slot.sure_in_name, slot.exact_in_name) = (0.0, false);
            self.of_word.push(doc);
        }
        slot.best = slot.best.max(points);
        slot.sure = slot.sure.max(fit.sure);
        if in_name {
            slot.sure_in_name = slot.sure_in_name.max(fit.sure);
            slot.exact_in_name |= fit.exact;
        }
    }

    /// How many points the present word has at most.
    pub(crate) fn most(&self) -> f32 {
        self.of_word.iter().fold(0.0, |most, doc| most.max(self.slot(*doc).best))
    }

    /// Adds up the present word.
    pub(crate) fn end_word(&mut self, rarity: f32) {
        for doc in &self.of_word {
            let slot = &mut self.slots[*doc as usize];
            slot.score += slot.best * rarity;
            slot.rarity += slot.sure * rarity;
            slot.rarity_in_name += slot.sure_in_name * rarity;
            slot.covered += slot.sure_in_name;
            slot.exact += u8::from(slot.exact_in_name);
        }
    }

    #[inline]
    pub(crate) fn slot(&self, doc: u32) -> Slot {
        self.slots.get(doc as usize).copied().unwrap_or_default()
    }
}
