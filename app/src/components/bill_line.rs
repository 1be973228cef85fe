//! A bill in a list.

use durvis_contract::bill::Bill;
use leptos::prelude::*;

use super::bill_tag::bill_tag;
use crate::i18n::{date, date_time, key, money, tf};
use crate::paths;

pub fn bill_line(bill: &Bill) -> AnyView {
    let about = match &bill.paid_at {
        Some(paid) => tf(key::BILLS_PAID_AT, &[("time", &date_time(paid))]),
        None => tf(key::BILLS_DUE, &[("date", &date(&bill.due.clone().into()))]),
    };
    view! {
        <li>
            <div class="du-grow">
                <a class="ds-link du-title" href=paths::bill(&bill.id)>{bill.title.clone()}</a>
                <p class="du-small du-soft">{bill.institution.clone()}" · "<span class="du-num">{bill.number.to_string()}</span>" · "{about}</p>
            </div>
            {bill_tag(bill.state)}
            <strong class="du-num">{money(bill.amount_cents)}</strong>
        </li>
    }
    .into_any()
}
