//! Bills in parts: how much is to be paid next, and when.

use durvis_contract::bill::BillPart;

use crate::db::bill::Model;

/// In which it may be paid, the soonest first.
pub(crate) fn of(row: &Model) -> Vec<BillPart> {
    row.parts.as_deref().and_then(|parts| serde_json::from_str(parts).ok()).unwrap_or_default()
}

/// What is left of it.
pub(super) fn left(row: &Model) -> i64 {
    (row.amount_cents - row.paid_cents).max(0)
}

/// What is to be paid next, and when: what is left of the part whose turn it is.
pub(super) fn next(row: &Model) -> (i64, String) {
    let parts = of(row);
    let in_parts: i64 = parts.iter().map(|part| i64::from(part.amount_cents)).sum();
    // What was paid before it was split is of none of them.
    let mut paid = row.paid_cents - (row.amount_cents - in_parts);
    for part in parts {
        let amount = i64::from(part.amount_cents);
        if paid < amount {
            return ((amount - paid).min(left(row)), part.due);
        }
        paid -= amount;
    }
    (left(row), row.due.clone())
}

/// That much more of it is paid, by a payment or another way.
pub(super) fn paid(row: &Model, cents: i64, payment_id: Option<&str>, now: i64) -> Model {
    let mut row = Model { paid_cents: row.paid_cents + cents, payment_id: None, reminded_at: None, ..row.clone() };
    if left(&row) == 0 {
        row.state = super::PAID.into();
        row.paid_at = Some(now);
        row.payment_id = payment_id.map(str::to_owned);
    } else {
        row.due = next(&row).1;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(paid_cents: i64, parts: &[(u32, &str)]) -> Model {
        let parts: Vec<BillPart> = parts
            .iter()
            .map(|(amount_cents, due)| BillPart { amount_cents: *amount_cents, due: (*due).into() })
            .collect();
        Model {
            id: String::new(),
            number: 1,
            person_id: String::new(),
            company: String::new(),
            use_id: String::new(),
            e_service: String::new(),
            version: 1,
            institution: String::new(),
            amount_cents: 100,
            paid_cents,
            refunded_cents: 0,
            state: "open".into(),
            disputed: false,
            payment_id: None,
            due: "2026-12-01".into(),
            parts: (!parts.is_empty()).then(|| serde_json::to_string(&parts).unwrap()),
            reminded_at: None,
            made_at: 0,
            paid_at: None,
            case_id: None,
            sealed: None,
        }
    }

    #[test]
    fn the_part_whose_turn_it_is_is_next() {
        assert_eq!(next(&row(0, &[])), (100, "2026-12-01".into()));
        assert_eq!(next(&row(30, &[])), (70, "2026-12-01".into()));
        // Split after 10 were paid.
        let parts = [(50, "2027-01-01"), (40, "2027-02-01")];
        let expected = [(10, 50, "2027-01-01"), (25, 35, "2027-01-01"), (60, 40, "2027-02-01"), (99, 1, "2027-02-01")];
        for (paid, cents, due) in expected {
            assert_eq!(next(&row(paid, &parts)), (cents, due.to_owned()), "{paid}");
        }
    }

    #[test]
    fn what_is_paid_goes_on_to_the_next_part_and_ends_with_the_last() {
        let parts = [(50, "2027-01-01"), (40, "2027-02-01")];
        let first = paid(&row(10, &parts), 50, Some("p"), 7);
        assert_eq!((first.state.as_str(), first.due.as_str(), first.payment_id), ("open", "2027-02-01", None));
        let last = paid(&row(60, &parts), 40, Some("p"), 7);
        assert_eq!((last.state.as_str(), last.paid_at, last.payment_id.as_deref()), ("paid", Some(7), Some("p")));
    }
}
