//! Before you start: who may use it, what to have at hand, fee, time, sign-in, deadline.

use durvis_contract::Service;

use super::fees;
use crate::i18n::{Key, key, t, tf, tn};
use crate::ui::icon::icon_markup;
use crate::ui::markup::Markup;

pub fn service_facts(service: &Service) -> Markup {
    let fact = |name: Key, symbol: &str, lines: Vec<String>| {
        Markup::new("<div><dt>")
            .with(&icon_markup(symbol))
            .say(name)
            .raw("</dt><dd>")
            .each(lines, |line| Markup::new("<p>").text(&line).raw("</p>"))
            .raw("</dd></div>")
    };
    let papers = match service.papers.is_empty() {
        true => vec![t(key::SERVICE_PAPERS_NONE).to_owned()],
        false => service.papers.clone(),
    };
    let deadline = service.deadline.clone();
    Markup::new("<section class=\"ds-card du-before du-stack\" aria-labelledby=\"before\"><h2 class=\"ds-heading\" data-size=\"md\" id=\"before\">")
        .say(key::SERVICE_BEFORE)
        .raw("</h2><dl class=\"du-facts\">")
        .with(&fact(key::SERVICE_WHO, "people", vec![service.eligibility.clone()]))
        .with(&fact(key::SERVICE_PAPERS, "doc", papers))
        .with(&fact(key::SERVICE_FEE, "euro", fees::fees(&service.fees)))
        .with(&fact(key::SERVICE_TIME, "clock", times(service)))
        .with(&fact(key::SERVICE_SIGN_IN, "lock", vec![t(sign_in(service)).to_owned()]))
        .maybe(deadline.map(|deadline| fact(key::SERVICE_DEADLINE, "flag", vec![deadline])))
        .raw("</dl></section>")
}

/// How long it takes to complete, and to be decided.
fn times(service: &Service) -> Vec<String> {
    let fill = service.fill_minutes.map(|minutes| tn(key::COUNT_MINUTES, u32::from(minutes)));
    let fill = fill.map(|time| tf(key::SERVICE_FILL, &[("time", &time)]));
    let decision = service.term.map(|term| match fees::term(term) {
        Some(time) => tf(key::SERVICE_DECISION, &[("time", &time)]),
        None => t(key::SERVICE_DECISION_AT_ONCE).to_owned(),
    });
    let times: Vec<String> = [fill, decision].into_iter().flatten().collect();
    if times.is_empty() { vec![t(key::SERVICE_TIME_NONE).to_owned()] } else { times }
}

/// Whether one has to sign in: said before starting (C10).
fn sign_in(service: &Service) -> Key {
    let here = service.channels.here.as_ref().map(|here| here.sign_in);
    let elsewhere = service.channels.elsewhere.as_ref().map(|elsewhere| elsewhere.sign_in);
    match here.or(elsewhere) {
        Some(true) => key::SERVICE_SIGN_IN_NEEDED,
        Some(false) => key::SERVICE_SIGN_IN_NONE,
        None => key::SERVICE_SIGN_IN_COUNTER,
    }
}

#[cfg(test)]
mod tests {
    use durvis_contract::{Channels, Elsewhere, Here};

    use super::*;

    fn with(here: Option<bool>, elsewhere: Option<bool>) -> Service {
        let portal = |sign_in| Elsewhere { portal: String::new(), url: String::new(), sign_in };
        let channels = Channels {
            here: here.map(|sign_in| Here { sign_in }),
            elsewhere: elsewhere.map(portal),
            ..Channels::default()
        };
        serde_json::from_value(serde_json::json!({
            "slug": "x", "name": "", "summary": "", "description": "", "audience": [], "eligibility": "", "papers": [],
            "steps": [], "fees": [], "laws": [], "channels": channels, "life_events": [], "related": [], "checked": ""
        }))
        .unwrap()
    }

    #[test]
    fn the_need_to_sign_in_is_that_of_the_e_service_here_if_there_is_one() {
        assert_eq!(sign_in(&with(Some(false), Some(true))), key::SERVICE_SIGN_IN_NONE);
        assert_eq!(sign_in(&with(None, Some(true))), key::SERVICE_SIGN_IN_NEEDED);
        assert_eq!(sign_in(&with(None, None)), key::SERVICE_SIGN_IN_COUNTER);
    }
}
