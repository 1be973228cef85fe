//! The truth about a payment that is under way (B9).

use durvis_contract::payment::Payment;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::pay_form::said;
use crate::i18n::{date_time, key, t, tf};
use crate::session::use_session;
use crate::ui::erased::{dynamic, on};
use crate::ui::icon::icon;

/// Begun, and not decided at the bank. `again` asks how it is now.
pub fn paying(payment: Option<&Payment>, again: impl Fn() + Copy + Send + 'static) -> AnyView {
    let redirect = payment.and_then(|payment| payment.redirect.clone());
    let go_on = redirect.map(|url| view! { <a class="ds-button" href=url>{t(key::BILL_GO_ON)}{icon("arrow")}</a> });
    view! {
        <section class="ds-alert du-stack" data-color="info" data-gap="s" role="status">
            <h2 class="ds-heading" data-size="2xs">{t(key::BILL_PAYING_TITLE)}</h2>
            <p class="ds-paragraph">{t(key::BILL_PAYING_TEXT)}</p>
            <div class="du-row">{go_on}{payment.map(|payment| give_up(payment.id.clone(), again))}</div>
        </section>
    }
    .into_any()
}

/// Nobody knows yet: said so, and not to be paid again.
pub fn unknown(payment: Option<&Payment>, again: impl Fn() + Copy + Send + 'static) -> AnyView {
    let started = payment.map(|payment| date_time(&payment.started_at)).unwrap_or_default();
    let silent = payment.and_then(|payment| payment.silent_since.clone());
    let since = match silent {
        Some(at) => tf(key::BILL_SILENT, &[("time", &date_time(&at))]),
        None => t(key::BILL_PENDING).to_owned(),
    };
    view! {
        <section class="du-stack" role="status">
            <h2 class="ds-heading" data-size="md">{t(key::BILL_UNKNOWN_TITLE)}</h2>
            <div class="ds-alert" data-color="warning">
                <h3 class="ds-heading" data-size="2xs">{since}</h3>
                <p class="ds-paragraph">{t(key::BILL_UNKNOWN_TEXT)}</p>
            </div>
            <ol class="du-timeline" aria-label=t(key::BILL_PATH)>
                <li data-done=""><strong>{t(key::BILL_STARTED)}</strong><p class="du-soft du-num">{started}</p></li>
                <li aria-current="step"><strong>{t(key::BILL_WAITING)}</strong><p class="du-soft">{t(key::BILL_WAITING_TEXT)}</p></li>
                <li data-next=""><strong>{t(key::BILL_THEN)}</strong></li>
            </ol>
            <div class="du-row"><button class="ds-button" type="button" on:click=on(move |_| again())>{icon("sync")}{t(key::BILL_ASK)}</button></div>
        </section>
    }
    .into_any()
}

fn give_up(id: String, again: impl Fn() + Copy + Send + 'static) -> AnyView {
    let session = use_session();
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let press = move |_: leptos::ev::MouseEvent| {
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            match session.heard(api::payments::delete_payment(&id).await) {
                Ok(_) => again(),
                Err(error) => drop(wrong.try_set(Some(said(&error)))),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <button class="ds-button" data-variant="secondary" type="button" disabled=busy on:click=on(press)>{t(key::BILL_GIVE_UP)}</button>
        <span role="alert">{dynamic(move || wrong.get().into_any())}</span>
    }
    .into_any()
}
