//! What counts how much, and why. The one place to tune; `rank` knows the formula, not the numbers.

/// The texts of a service that are searched. The discriminant is the field's bit in a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Name = 0,
    Synonyms = 1,
    Keywords = 2,
    OtherNames = 3,
    Institution = 4,
    Summary = 5,
    Description = 6,
}

/// | field | weight | why |
/// |---|---|---|
/// | name | 10 | what the citizen has heard at the office |
/// | synonyms | 9 | what the citizen says; an editor chose every one |
/// | keywords | 5 | topical, but shared by many services |
/// | other names | 5 | the name in another language of the portal |
/// | institution | 4 | "vid", "csdd": finds all of an institution, in order of use |
/// | summary | 3 | one sentence, mostly on the topic |
/// | description | 1 | mentions many things in passing |
pub(crate) const FIELDS: [f32; 7] = [10.0, 9.0, 5.0, 5.0, 4.0, 3.0, 1.0];

/// The word as it stands.
pub(crate) const EXACT: f32 = 1.0;
/// Another form of it.
pub(crate) const STEM: f32 = 0.9;
/// Its beginning; scaled by how much of the word was typed.
pub(crate) const PREFIX: f32 = 0.8;
/// Corrected; halved by a second slip.
pub(crate) const CORRECTED: f32 = 0.5;

/// Added for a name that the query covers wholly; in proportion for a part.
pub(crate) const NAME_COVERED: f32 = 12.0;
/// How strongly a missing word counts: the share of words found, to this power.
pub(crate) const MISSING_POWER: i32 = 2;
/// A service used most scores so much more than one never used, as a share.
pub(crate) const POPULARITY: f32 = 0.15;
/// The same for one that the reader's municipality offers, or the state.
pub(crate) const NEAR: f32 = 0.05;
