//! Before you start: who may use it, what to have at hand, fee, time, sign-in, deadline.

use durvis_contract::{Channels, Service, language_of};

use super::fees;
use crate::i18n::{Key, key, lang_of, t, tf, tn};
use crate::ui::icon::icon_markup;
use crate::ui::markup::Markup;

/// A line and its `lang` attribute.
type Line = (String, Option<String>);

/// Nothing where others say nothing of it.
pub fn service_facts(service: &Service) -> Option<Markup> {
    let fact = |name: Key, symbol: &str, lines: Vec<Line>| {
        Markup::new("<div><dt>")
            .with(&icon_markup(symbol))
            .say(name)
            .raw("</dt><dd>")
            .each(lines, |(line, lang)| Markup::new("<p").lang(lang).raw(">").text(&line).raw("</p>"))
            .raw("</dd></div>")
    };
    // What others leave out is not known: neither that there is no fee, nor that no papers are needed.
    let known = |name: Key, symbol: &str, lines: Vec<Line>| (!lines.is_empty()).then(|| fact(name, symbol, lines));
    let said = |field: String, text: &String| (text.clone(), lang_of(language_of(&service.fallbacks, &field)));
    let ours = |text: String| (text, None);
    let papers = match service.papers.is_empty() && !service.partial {
        true => vec![ours(t(key::SERVICE_PAPERS_NONE).to_owned())],
        false => service.papers.iter().enumerate().map(|(at, paper)| said(format!("papers.{at}"), paper)).collect(),
    };
    let who = Some(&service.eligibility).filter(|who| !who.is_empty() || !service.partial);
    let who = who.map(|who| said("eligibility".into(), who));
    let fees = fees::fees(service).into_iter().enumerate();
    let fees = fees.map(|(at, fee)| said(format!("fees.{at}.note"), &fee)).collect();
    let times = times(service).into_iter().map(ours).collect();
    let deadline = service.deadline.as_ref().map(|deadline| said("deadline".into(), deadline));
    let sign_in = sign_in(service).map(|sign_in| ours(t(sign_in).to_owned()));
    let facts = [
        known(key::SERVICE_WHO, "people", who.into_iter().collect()),
        known(key::SERVICE_PAPERS, "doc", papers),
        known(key::SERVICE_FEE, "euro", fees),
        known(key::SERVICE_TIME, "clock", times),
        known(key::SERVICE_SIGN_IN, "lock", sign_in.into_iter().collect()),
        known(key::SERVICE_DEADLINE, "flag", deadline.into_iter().collect()),
    ];
    facts.iter().any(Option::is_some).then(|| {
        Markup::new("<section class=\"ds-card du-before du-stack\" aria-labelledby=\"before\"><h2 class=\"ds-heading\" data-size=\"md\" id=\"before\">")
        .say(key::SERVICE_BEFORE)
        .raw("</h2><dl class=\"du-facts\">")
        .each(facts.into_iter().flatten(), |fact| fact)
        .raw("</dl></section>")
    })
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
    if times.is_empty() && !service.partial { vec![t(key::SERVICE_TIME_NONE).to_owned()] } else { times }
}

/// Whether one has to sign in: said before starting (C10). Others may not say how their service is given at all.
fn sign_in(service: &Service) -> Option<Key> {
    let here = service.channels.here.as_ref().map(|here| here.sign_in);
    let elsewhere = service.channels.elsewhere.as_ref().map(|elsewhere| elsewhere.sign_in);
    match here.or(elsewhere) {
        Some(true) => Some(key::SERVICE_SIGN_IN_NEEDED),
        Some(false) => Some(key::SERVICE_SIGN_IN_NONE),
        None if service.partial && service.channels == Channels::default() => None,
        None => Some(key::SERVICE_SIGN_IN_COUNTER),
    }
}

#[cfg(test)]
mod tests {
    use durvis_contract::{Elsewhere, Here};

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
        assert_eq!(sign_in(&with(Some(false), Some(true))), Some(key::SERVICE_SIGN_IN_NONE));
        assert_eq!(sign_in(&with(None, Some(true))), Some(key::SERVICE_SIGN_IN_NEEDED));
        assert_eq!(sign_in(&with(None, None)), Some(key::SERVICE_SIGN_IN_COUNTER));
    }
}
