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
}

/// How many fields there are.
pub(crate) const FIELDS: usize = 7;

/// The numbers of the formula. Those of matches are shares of a field's weight, the last four shares of a score.
///
/// | number | default | why |
/// |---|---|---|
/// | fields: name | 10 | what the citizen has heard at the office |
/// | synonyms | 9 | what the citizen says; an editor chose every one |
/// | keywords | 5 | topical, but shared by many services |
/// | other names | 5 | the name in another language of the portal |
/// | institution | 4 | "vid", "csdd": finds all of an institution, in order of use |
/// | summary | 3 | one sentence, mostly on the topic |
/// | description | 1 | mentions many things in passing |
/// | more fields | 0.1 | of the weights of the other fields: a word all over a text is its topic |
/// | exact | 1 | the word as it stands |
/// | form | 0.9 | another form of it: nearly always what is meant |
/// | beginning | 0.8 | of the last word while it is typed; halves as the word gets longer than what was typed |
/// | reading | 0.7 | the other keyboard layout, digraphs: seldom wrong, as nothing else was found |
/// | corrected | 0.4 | less than any beginning; halved by a second slip |
/// | corrected beginning | 0.8 | of that: more guessed than a whole word |
/// | name covered | 12 | a name that the query says wholly is the service; in proportion for a part |
/// | missing power | 1 | the share of words found, to this power: all words are preferred to some; 2 lets one rare word of everyday speech hide the service |
/// | whole name | 0.5 | the query is the name: first, whatever the rest counts |
/// | popularity | 0.15 | a service used most is likelier meant than one never used |
/// | here | 0.03 | an e-service of this portal is what the citizen can do at once |
/// | near | 0.05 | the reader's municipality offers it, or the state |
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// In the order of [`Field`].
    pub fields: [f32; FIELDS],
    pub more_fields: f32,
    pub exact: f32,
    pub form: f32,
    pub beginning: f32,
    pub reading: f32,
    pub corrected: f32,
    pub corrected_beginning: f32,
    pub name_covered: f32,
    pub missing_power: u8,
    pub whole_name: f32,
    pub popularity: f32,
    pub here: f32,
    pub near: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            fields: [10.0, 9.0, 5.0, 5.0, 4.0, 3.0, 1.0],
            more_fields: 0.1,
            exact: 1.0,
            form: 0.9,
            beginning: 0.8,
            reading: 0.7,
            corrected: 0.4,
            corrected_beginning: 0.8,
            name_covered: 12.0,
            missing_power: 1,
            whole_name: 0.5,
            popularity: 0.15,
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
