//! A plan in one language, with what the catalogue knows of its services.

use durvis_contract::plan::{self as contract, OffsetUnit};

use super::{Condition, Offset, Plan, Question, Step};
use crate::catalogue::localise::Localised;
use crate::catalogue::source::{Ref, Service};

impl Localised<'_> {
    /// The plan of a life event.
    #[must_use]
    pub fn plan(&self, slug: &str, plan: &Plan) -> contract::Plan {
        let event = self.catalogue.life_events.get(slug);
        contract::Plan {
            slug: slug.into(),
            name: event.map(|event| self.text(&event.name)).unwrap_or_default(),
            icon: event.map(|event| event.icon.clone()).unwrap_or_default(),
            event: self.text(&plan.event),
            questions: plan.questions.iter().map(|question| self.question(question)).collect(),
            steps: plan.steps.iter().map(|step| self.step(step)).collect(),
        }
    }

    fn question(&self, question: &Question) -> contract::Question {
        let answer =
            |answer: &super::Answer| contract::Answer { id: answer.id.value.clone(), text: self.text(&answer.text) };
        contract::Question {
            id: question.id.value.clone(),
            text: self.text(&question.text),
            why: question.why.as_ref().map(|why| self.text(why)),
            answers: question.answers.iter().map(answer).collect(),
            when: question.when.as_ref().map(|when| condition(&when.value)),
        }
    }

    fn step(&self, step: &Step) -> contract::PlanStep {
        let service = step.service.as_ref().and_then(|slug| self.catalogue.services.get_key_value(&slug.value));
        let name = step.name.as_ref().or(service.map(|(_, service)| &service.name));
        contract::PlanStep {
            id: step.id.value.clone(),
            name: name.map(|name| self.text(name)).unwrap_or_default(),
            text: self.text(&step.text),
            service: service.map(|(slug, service)| self.plan_service(slug, service)),
            with: step.with.as_ref().map(|with| self.text(with)),
            from: step.from.as_ref().map(|offset| counted(offset.value)),
            by: step.by.as_ref().map(|offset| counted(offset.value)),
            law: step.law.as_ref().and_then(|slug| self.law(slug, step)),
            when: step.when.as_ref().map(|when| condition(&when.value)),
        }
    }

    fn plan_service(&self, slug: &str, service: &Service) -> contract::PlanService {
        let described = self.service(slug, service);
        let here_in = described.offers.iter().filter(|offer| offer.here).map(|offer| offer.territory.slug.clone());
        let channels = &service.channels.value;
        contract::PlanService {
            slug: slug.into(),
            institution: described.institution,
            here: channels.here.is_some(),
            elsewhere: channels.elsewhere.is_some(),
            offices: channels.offices.is_some(),
            here_in: here_in.collect(),
        }
    }

    fn law(&self, slug: &Ref, step: &Step) -> Option<contract::PlanLaw> {
        let law = self.catalogue.laws.iter().find(|law| law.slug.value == slug.value)?;
        let article = step.article.as_ref().map(|article| article.value.clone());
        Some(contract::PlanLaw { name: self.text(&law.name), article, url: law.url.value.clone() })
    }
}

fn counted(Offset { days, working_days, months }: Offset) -> contract::Offset {
    let (unit, count) = match (days, working_days) {
        (Some(days), _) => (OffsetUnit::Days, days),
        (None, Some(days)) => (OffsetUnit::WorkingDays, days),
        (None, None) => (OffsetUnit::Months, months.unwrap_or_default()),
    };
    contract::Offset { count, unit }
}

fn condition(source: &Condition) -> contract::Condition {
    let parts = |parts: &[Condition]| parts.iter().map(condition).collect();
    let question = || source.answer.as_ref().map(|question| question.value.clone()).unwrap_or_default();
    match source {
        Condition { all: Some(all), .. } => contract::Condition::All(parts(all)),
        Condition { any: Some(any), .. } => contract::Condition::Any(parts(any)),
        Condition { one_of: Some(some), .. } => contract::Condition::OneOf {
            question: question(),
            answers: some.iter().map(|one| one.value.clone()).collect(),
        },
        Condition { is, .. } => contract::Condition::Is {
            question: question(),
            answer: is.as_ref().map(|one| one.value.clone()).unwrap_or_default(),
        },
    }
}
