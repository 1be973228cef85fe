//! It is sent: the number, who has it, and what happens next (E8).

use durvis_contract::page;
use durvis_contract::reminder::ReminderAbout;
use leptos::prelude::*;

use super::course::course;
use super::reports::report_link;
use crate::i18n::{date, date_time, key, money, t, tf};
use crate::page::{announce, use_page};
use crate::paths;
use crate::ui::erased::{list, on};
use crate::ui::icon::icon;
use crate::wizard::walking::Walking;

pub fn receipt(walking: Walking) -> AnyView {
    let Some(receipt) = walking.entry.with_untracked(|entry| entry.receipt.clone()) else { return ().into_any() };
    use_page(t(key::RECEIPT_TITLE));
    let sent = receipt.finished_at.as_deref().unwrap_or(&receipt.changed_at);
    let number = receipt.number.to_string();
    let copy = {
        let number = number.clone();
        move |_: leptos::ev::MouseEvent| {
            let _ = window().navigator().clipboard().write_text(&number);
            announce(t(key::SERVICE_COPIED));
        }
    };
    let print = move |_: leptos::ev::MouseEvent| {
        let _ = window().print();
    };
    let cost = (receipt.price_cents > 0).then(|| (t(key::START_COST), money(receipt.price_cents)));
    let decided = receipt
        .decided_by
        .as_ref()
        .map(|day| (t(key::RECEIPT_DECIDED), tf(key::RECEIPT_BY, &[("date", &date(&day.into()))])));
    let institution = receipt.institution.clone().map(|name| (t(key::RECEIPT_INSTITUTION), name));
    let company = receipt.company.as_ref().map(|company| (t(key::RECEIPT_COMPANY), company.name.clone()));
    let lines = [institution, company, cost, decided].into_iter().flatten();
    let bill = receipt.bill.as_ref().map(|bill| {
        view! { <a class="ds-button" data-variant="secondary" href=paths::bill(bill)>{icon("bill")}{t(key::BILL_KIND)}</a> }
    });
    let line = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    view! {
        <div class="du-wrap du-section du-stack" data-width="narrow" data-gap="l">
            <section class="du-receipt" aria-labelledby="h">
                <div class="du-belt"></div>
                <div class="du-stack" data-gap="s">
                    <p class="du-fact du-soft">{icon("check")}{tf(key::RECEIPT_SENT, &[("time", &date_time(sent))])}</p>
                    <h1 class="ds-heading" data-size="xl" id="h">{t(key::RECEIPT_TITLE)}</h1>
                    <p>{receipt.title.clone()}</p>
                </div>
                <div class="du-row" data-between="">
                    <div><p class="du-soft">{t(key::RECEIPT_NUMBER)}</p><p class="du-ref">{number}</p></div>
                    <button class="ds-button" data-variant="secondary" type="button" on:click=on(copy)>{icon("copy")}{t(key::RECEIPT_COPY)}</button>
                </div>
                <dl class="du-summary" data-open="">{list(lines, line)}</dl>
                <div class="du-row"><button class="ds-button" data-variant="tertiary" type="button" on:click=on(print)>{icon("print")}{t(key::SERVICE_PRINT)}</button></div>
            </section>
            {course(receipt.id.clone())}
            <p>{t(key::RECEIPT_NEXT)}</p>
            <div class="du-row">
                {bill}
                <a class="ds-button" data-variant="secondary" href=paths::remind(ReminderAbout::Use, &receipt.id)>{icon("calendar")}{t(key::REMINDERS_REMIND)}</a>
                <a class="ds-button" data-variant="secondary" href=paths::page(page::USES)>{t(key::USES_TITLE)}</a>
                <a class="ds-button" data-variant="secondary" href=paths::page(page::SERVICES)>{t(key::RECEIPT_ANOTHER)}</a>
            </div>
            {report_link()}
        </div>
    }
    .into_any()
}
