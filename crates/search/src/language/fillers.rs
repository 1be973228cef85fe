//! Words that carry no meaning of their own in a query, by language, folded.
//!
//! What stays in: everything that tells services apart. `bez`, `par`, `no`, `uz`, `без`, `для`, `от`, `without`, `from` do
//! (a trip *without* parents, a fee *for* a child), and so do numbers and short names (`vid`, `eid`).

/// Conjunctions; question words; I, me, mine; I want, need, may; please; to be; this.
pub(super) const LATVIAN: &[&str] = &[
    "un", "vai", "ka", "ja", "ari", "bet", "lai", "kur", "kas", "ko", "kad", "kads", "kada", "kadi", "kadas", "cik",
    "es", "man", "mani", "mans", "mana", "manu", "manam", "manai", "mes", "mums", "musu", "gribu", "velos", "vajag",
    "varu", "var", "ludzu", "ir", "bus", "esmu", "tas", "ta", "to", "sis", "si",
];

/// The same, and the prepositions of place and of speech, which the case of the next word repeats.
pub(super) const RUSSIAN: &[&str] = &[
    "и",
    "или",
    "а",
    "но",
    "же",
    "ли",
    "бы",
    "что",
    "чтобы",
    "как",
    "где",
    "куда",
    "когда",
    "какои",
    "какая",
    "какие",
    "сколько",
    "я",
    "мне",
    "меня",
    "мои",
    "моя",
    "мое",
    "мою",
    "моего",
    "моеи",
    "мы",
    "нам",
    "хочу",
    "нужно",
    "нужен",
    "нужна",
    "надо",
    "можно",
    "могу",
    "пожалуиста",
    "есть",
    "это",
    "в",
    "во",
    "о",
    "об",
    "к",
    "у",
];

/// Articles, conjunctions, question words; I, me, mine; to do, to be, to want; prepositions of place and belonging.
pub(super) const ENGLISH: &[&str] = &[
    "the", "a", "an", "and", "or", "but", "if", "of", "to", "in", "on", "at", "for", "how", "where", "when", "what",
    "which", "i", "me", "my", "we", "our", "do", "does", "is", "are", "am", "be", "can", "want", "need", "would",
    "like", "please", "it", "this", "that",
];
