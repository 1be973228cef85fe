//! What counts how much, and why. The one place to tune; `rank` knows the formula, not the numbers.

/// The texts of a service that are searched. The discriminant is the field's bit in a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name = 0,
    Synonyms = 1,
    Keywords = 2,
    OtherNames = 3,
    Institution = 4,
    Summary = 5,
    Description = 6,
    /// Words that come in a description more often than in others of its length.
    Topic = 7,
}

/// How many fields there are.
pub(crate) const FIELDS: usize = 8;

/// The numbers of the formula. Those of matches are shares of a field's weight, the last four shares of a score. All but those
/// marked * were set by `cargo xtask tune`.
///
/// | number | default | why |
/// |---|---|---|
/// | fields: name | 10 | what the citizen has heard at the office; the others are measured by it * |
/// | synonyms | 15 | what the citizen says; an editor chose every one, and a name has `name covered` besides |
/// | keywords | 5 | topical, but shared by many services |
/// | other names | 5 | the name in another language of the portal |
/// | institution | 4 | "vid", "csdd": finds all of an institution, in order of use |
/// | summary | 12 | one sentence, on the topic in other words than the name |
/// | description | 0.4 | mentions many things in passing |
/// | topic | 2.5 | what the description keeps coming back to |
/// | more fields | 0.05 | of the weights of the other fields: decides between equals |
/// | exact | 1 | the word as it stands * |
/// | form | 0.95 | another form of it: what is meant, but the very word goes first |
/// | beginning | 0.95 | of the last word while it is typed; less as the word gets longer than what was typed |
/// | known | 0.7 | of a beginning, where what was typed is a word itself: `ni` before `night` |
/// | reading | 0.7 | the other keyboard layout, digraphs: seldom wrong, as nothing else was found |
/// | corrected | 0.4 | less than any beginning; halved by a second slip |
/// | corrected beginning | 0.8 | of that: more guessed than a whole word |
/// | guessed | 0.2 | a word one slip away from one that was found only in passing: that may itself be misspelled |
/// | name covered | 30 | a name that the query says wholly is the service; in proportion for a part |
/// | name fits | 0.5 | of the score: the name says the query, and nothing else |
/// | missing | 0.25 | of the score goes when nothing was found, in proportion: a rare word of everyday speech must not hide the service |
/// | whole name | 1 | the query is the name: first, whatever the rest counts (a test holds it) * |
/// | popularity | 0.3 | a service used most is likelier meant than one never used |
/// | here | 0.03 | an e-service of this portal is what the citizen can do at once |
/// | near | 0.05 | the reader's municipality offers it, or the state * |
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// In the order of [`Field`].
    pub fields: [f32; FIELDS],
    pub more_fields: f32,
    pub exact: f32,
    pub form: f32,
    pub beginning: f32,
    pub known: f32,
    pub reading: f32,
    pub corrected: f32,
    pub corrected_beginning: f32,
    pub guessed: f32,
    pub name_covered: f32,
    pub name_fits: f32,
    pub missing: f32,
    pub whole_name: f32,
    pub popularity: f32,
    pub here: f32,
    pub near: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            fields: [10.0, 15.0, 5.0, 5.0, 4.0, 12.0, 0.4, 2.5],
            more_fields: 0.05,
            exact: 1.0,
            form: 0.95,
            beginning: 0.95,
            known: 0.7,
            reading: 0.7,
            corrected: 0.4,
            corrected_beginning: 0.8,
            guessed: 0.2,
            name_covered: 30.0,
            name_fits: 0.5,
            missing: 0.25,
            whole_name: 1.0,
            popularity: 0.3,
            here: 0.03,
            near: 0.05,
        }
    }
}

impl Weights {
    /// What each set of fields counts: the best of them, and a little for the others.
    pub(crate) fn by_fields(&self) -> [f32; 1 << FIELDS] {
        let mut all = [0.0; 1 << FIELDS];
        for (bits, weight) in all.iter_mut().enumerate() {
            let (mut best, mut sum) = (0.0_f32, 0.0);
            for (field, weight) in self.fields.iter().enumerate() {
                if bits & 1 << field != 0 {
                    best = best.max(*weight);
                    sum += weight;
                }
            }
            *weight = best + (sum - best) * self.more_fields;
        }
        all
    }
}
