//! A bill in a list.

use durvis_contract::bill::Bill;
use leptos::prelude::*;

use super::bill_tag::bill_tag;
use crate::i18n::{date, date_time, key, money, tf};
use crate::paths;

/// `own` stands before it.
pub fn bill_line(bill: &Bill, own: AnyView) -> AnyView {
    let about = match &bill.paid_at {
        Some(paid) => tf(key::BILLS_PAID_AT, &[("time", &date_time(paid))]),
        None => tf(key::BILLS_DUE, &[("date", &date(&bill.due.clone().into()))]),
    };
    let name = bill.purpose.clone().unwrap_or_else(|| bill.title.clone());
    // Of one that is to be paid: what comes next.
    let cents = if bill.state.is_payable() { bill.to_pay_cents } else { bill.amount_cents };
    let of = (cents != bill.amount_cents).then(|| tf(key::BILL_OF, &[("sum", &money(bill.amount_cents))]));
    view! {
        <li>
            {own}
            <div class="du-grow">
                <a class="ds-link du-title" href=paths::bill(&bill.id)>{name}</a>
                <p class="du-small du-soft">{bill.institution.clone()}" · "<span class="du-num">{bill.number.to_string()}</span>" · "{about}</p>
            </div>
            {bill_tag(bill.state)}
            <span><strong class="du-num">{money(cents)}</strong>{of.map(|of| view! { " "<span class="du-small du-soft du-num">{of}</span> })}</span>
        </li>
    }
    .into_any()
}
