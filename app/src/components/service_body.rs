//! The rest of a service: description, steps, laws, and what it is related to.

use durvis_contract::{Law, Link, Service, Step, page};

use crate::i18n::{date, key, t, tf};
use crate::paths;
use crate::ui::markup::Markup;

pub fn service_steps(steps: &[Step]) -> Option<Markup> {
    let step = |step: &Step| {
        let text = step.text.as_ref().map(|text| Markup::new("<p>").text(text).raw("</p>"));
        let name = Markup::new("<li><h3 class=\"ds-heading\" data-size=\"xs\">").text(&step.name).raw("</h3>");
        name.maybe(text).raw("</li>")
    };
    (!steps.is_empty()).then(|| {
        Markup::new("<section class=\"du-stack\" aria-labelledby=\"steps\"><h2 class=\"ds-heading\" data-size=\"lg\" id=\"steps\">")
            .say(key::SERVICE_STEPS)
            .raw("</h2><ol class=\"du-steps\">")
            .each(steps, step)
            .raw("</ol></section>")
    })
}

pub fn service_laws(service: &Service) -> Markup {
    let law = |law: &Law| {
        let article = law.article.as_ref().map(|article| tf(key::SERVICE_ARTICLE, &[("article", article)]));
        let article = article.map(|article| Markup::new(", ").text(&article));
        Markup::new("<li>").text(&law.name).maybe(article).raw("</li>")
    };
    let owner = service.institution.as_ref().map(|owner| tf(key::SERVICE_RESPONSIBLE, &[("name", &owner.name)]));
    Markup::new("<section class=\"du-stack\" data-gap=\"s\" aria-labelledby=\"laws\"><h2 class=\"ds-heading\" data-size=\"lg\" id=\"laws\">")
        .say(key::SERVICE_LAWS)
        .raw("</h2><ul class=\"ds-list\">")
        .each(&service.laws, law)
        .raw("</ul><p class=\"du-soft\">")
        .text(&tf(key::SERVICE_CHECKED, &[("date", &date(&service.checked.as_str().into()))]))
        .raw(" ")
        .text(&owner.unwrap_or_default())
        .raw("</p></section>")
}

/// Related services and the life events it belongs to.
pub fn service_related(service: &Service) -> Markup {
    let related = |one: &Link| Markup::new("<li>").link(&paths::service(&one.slug, None), &one.name).raw("</li>");
    let event = |event: &Link| Markup::default().link(&paths::life_event(&event.slug), &event.name);
    let services = (!service.related.is_empty()).then(|| {
        Markup::new("<nav class=\"du-stack\" data-gap=\"s\" aria-labelledby=\"related\"><h2 class=\"ds-heading\" data-size=\"sm\" id=\"related\">")
            .say(key::SERVICE_RELATED)
            .raw("</h2><ul class=\"du-list\" data-plain>")
            .each(&service.related, related)
            .raw("</ul></nav>")
    });
    let events = (!service.life_events.is_empty()).then(|| {
        let said = Markup::new("<p class=\"du-soft du-row\">").text(t(key::SERVICE_LIFE_EVENT)).raw(" ");
        said.each(&service.life_events, event).raw("</p>")
    });
    Markup::default().maybe(services).maybe(events)
}

/// The way down from the home page to a service.
pub fn above_service() -> Vec<(String, String)> {
    vec![(paths::home(), t(key::NAV_HOME).to_owned()), (paths::page(page::SERVICES), t(key::NAV_SERVICES).to_owned())]
}
