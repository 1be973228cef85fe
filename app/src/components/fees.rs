//! Fees and terms in words.

use durvis_contract::{Fee, Service, Term, TermUnit};
use durvis_search as search;

use crate::i18n::{Plural, key, money, t, tf, tn};

/// All fees of a service: `5,00 € (Klātienē)`, or free of charge; nothing where it is not known.
pub fn fees(service: &Service) -> Vec<String> {
    if service.fees.is_empty() && !service.partial {
        return vec![t(key::RESULT_FREE).to_owned()];
    }
    service.fees.iter().map(fee).collect()
}

fn fee(fee: &Fee) -> String {
    let sum = fee.cents.map(|cents| if cents == 0 { t(key::RESULT_FREE).to_owned() } else { money(cents) });
    match (&fee.note, sum) {
        (Some(note), Some(sum)) => format!("{note}: {sum}"),
        (note, sum) => sum.or_else(|| note.clone()).unwrap_or_default(),
    }
}

/// The fee of a result: one sum, or the lowest; nothing where it is not known.
pub fn fee_range(range: (u32, u32)) -> Option<String> {
    (range != Fee::NOT_STATED).then(|| known_range(range))
}

fn known_range((least, most): (u32, u32)) -> String {
    match (least, most) {
        (_, 0) => t(key::RESULT_FREE).to_owned(),
        (0, most) => format!("{} / {}", durvis_search::text::lowercase(t(key::RESULT_FREE)), money(most)),
        (least, most) if least == most => money(least),
        (least, _) => tf(key::RESULT_FROM, &[("sum", &money(least))]),
    }
}

/// How long the decision takes at most; `None` for at once.
pub fn term(term: Term) -> Option<String> {
    let unit = match term.unit {
        TermUnit::WorkingDays => key::COUNT_WORKING_DAYS,
        TermUnit::CalendarDays => key::COUNT_DAYS,
        TermUnit::Months => key::COUNT_MONTHS,
    };
    in_words(term.days, unit)
}

/// The same of a result.
pub fn result_term((days, unit): (u16, search::TermUnit)) -> String {
    let unit = match unit {
        search::TermUnit::WorkingDays => key::COUNT_WORKING_DAYS,
        search::TermUnit::CalendarDays => key::COUNT_DAYS,
        search::TermUnit::Months => key::COUNT_MONTHS,
    };
    in_words(days, unit).unwrap_or_else(|| t(key::RESULT_AT_ONCE).to_owned())
}

fn in_words(days: u16, unit: Plural) -> Option<String> {
    (days > 0).then(|| tn(unit, u32::from(days)))
}
