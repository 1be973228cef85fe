//! The rest of a service: description, steps, laws, and what it is related to.

use durvis_contract::{Law, Link, Service, Step, language_of, page};

use crate::i18n::{date, key, lang_of, t, tf};
use crate::paths;
use crate::ui::markup::Markup;

/// The `lang` attribute of one of a service's texts.
pub fn said_in(service: &Service, field: &str) -> Option<String> {
    lang_of(language_of(&service.fallbacks, field))
}

pub fn service_steps(service: &Service) -> Option<Markup> {
    let step = |(at, step): (usize, &Step)| {
        let lang = |part: &str| said_in(service, &format!("steps.{at}.{part}"));
        let text = step.text.as_ref();
        let text = text.map(|text| Markup::new("<p").lang(lang("text")).raw(">").text(text).raw("</p>"));
        let name = Markup::new("<li><h3 class=\"ds-heading\" data-size=\"xs\"").lang(lang("name"));
        name.raw(">").text(&step.name).raw("</h3>").maybe(text).raw("</li>")
    };
    (!service.steps.is_empty()).then(|| {
        Markup::new("<section class=\"du-stack\" aria-labelledby=\"steps\"><h2 class=\"ds-heading\" data-size=\"lg\" id=\"steps\">")
            .say(key::SERVICE_STEPS)
            .raw("</h2><ol class=\"du-steps\">")
            .each(service.steps.iter().enumerate(), step)
            .raw("</ol></section>")
    })
}

pub fn service_laws(service: &Service) -> Markup {
    let law = |(at, law): (usize, &Law)| {
        let article = law.article.as_ref().map(|article| tf(key::SERVICE_ARTICLE, &[("article", article)]));
        let article = article.map(|article| Markup::new(", ").text(&article));
        Markup::new("<li")
            .lang(said_in(service, &format!("laws.{at}.name")))
            .raw(">")
            .text(&law.name)
            .maybe(article)
            .raw("</li>")
    };
    let owner = service.institution.as_ref().map(|owner| tf(key::SERVICE_RESPONSIBLE, &[("name", &owner.name)]));
    let checked = (!service.checked.is_empty())
        .then(|| tf(key::SERVICE_CHECKED, &[("date", &date(&service.checked.as_str().into()))]) + " ");
    let laws = match service.laws.is_empty() {
        true => Markup::new("<section>"),
        false => Markup::new("<section class=\"du-stack\" data-gap=\"s\" aria-labelledby=\"laws\"><h2 class=\"ds-heading\" data-size=\"lg\" id=\"laws\">")
            .say(key::SERVICE_LAWS)
            .raw("</h2><ul class=\"ds-list\">")
            .each(service.laws.iter().enumerate(), law)
            .raw("</ul>"),
    };
    laws.raw("<p class=\"du-soft\">")
        .text(&checked.unwrap_or_default())
        .text(&owner.unwrap_or_default())
        .raw("</p></section>")
}

/// Related services and the life events it belongs to.
pub fn service_related(service: &Service) -> Markup {
    let related = |(at, one): (usize, &Link)| {
        let lang = said_in(service, &format!("related.{at}.name"));
        Markup::new("<li").lang(lang).raw(">").link(&paths::service(&one.slug, None), &one.name).raw("</li>")
    };
    let event = |(at, event): (usize, &Link)| {
        let lang = said_in(service, &format!("life_events.{at}.name"));
        let link = Markup::new("<span").lang(lang).raw(">").link(&paths::life_event(&event.slug), &event.name);
        link.raw("</span>")
    };
    let services = (!service.related.is_empty()).then(|| {
        Markup::new("<nav class=\"du-stack\" data-gap=\"s\" aria-labelledby=\"related\"><h2 class=\"ds-heading\" data-size=\"sm\" id=\"related\">")
            .say(key::SERVICE_RELATED)
            .raw("</h2><ul class=\"du-list\" data-plain>")
            .each(service.related.iter().enumerate(), related)
            .raw("</ul></nav>")
    });
    let events = (!service.life_events.is_empty()).then(|| {
        let said = Markup::new("<p class=\"du-soft du-row\">").text(t(key::SERVICE_LIFE_EVENT)).raw(" ");
        said.each(service.life_events.iter().enumerate(), event).raw("</p>")
    });
    Markup::default().maybe(services).maybe(events)
}

/// The way down from the home page to a service.
pub fn above_service() -> Vec<(String, String)> {
    vec![(paths::home(), t(key::NAV_HOME).to_owned()), (paths::page(page::SERVICES), t(key::NAV_SERVICES).to_owned())]
}
