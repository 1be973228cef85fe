//! One plan while it is open: its rules, what the citizen said to them, and where that leads.

use durvis_contract::plan::{Answers, Day, Phase, Plan};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::offline::plans::{Event, OwnPlan, Plans};

/// All of it; a handle.
#[derive(Clone, Copy)]
pub struct PlanState {
    pub rules: StoredValue<Plan>,
    pub own: RwSignal<OwnPlan>,
    /// What is asked again although it was answered. In no URL: which question is asked tells what was answered before.
    pub changing: RwSignal<Option<Asked>>,
    /// Whether this browser keeps it beyond the page.
    pub kept: RwSignal<bool>,
    plans: StoredValue<Plans, LocalStorage>,
}

/// Something that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The day of the event.
    Event,
    /// A question, by id.
    Question(String),
}

/// What a plan with these answers shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    Asking(Asked),
    Steps,
}

/// What is read of the plan once its answers are known.
#[derive(Clone, Debug, PartialEq)]
pub struct LaidOut {
    pub answers: Answers,
    pub event: Option<Day>,
}

impl PlanState {
    pub fn new(rules: Plan, own: OwnPlan, plans: Plans) -> Self {
        Self {
            rules: StoredValue::new(rules),
            own: RwSignal::new(own),
            changing: RwSignal::new(None),
            kept: RwSignal::new(plans.is_kept()),
            plans: StoredValue::new_local(plans),
        }
    }

    /// Where one is: computed, never stored.
    pub fn shown(self) -> Shown {
        let changing = self.changing.get();
        self.own.with(|own| self.rules.with_value(|rules| shown(rules, own, changing)))
    }

    /// Everything that is asked of somebody with these answers, in order.
    pub fn asked(self) -> Vec<Asked> {
        self.own.with(|own| self.rules.with_value(|rules| asked(rules, &own.answers)))
    }

    /// Changes the plan and keeps it.
    pub fn change(self, change: impl FnOnce(&mut OwnPlan)) {
        self.own.update(|own| {
            if own.started_at == 0.0 {
                own.started_at = js_sys::Date::now();
            }
            change(own);
        });
        let (own, plans) = (self.own.get_untracked(), self.plans.get_value());
        let slug = self.rules.with_value(|rules| rules.slug.clone());
        spawn_local(async move {
            let kept = plans.keep(&slug, &own).await;
            let _ = self.kept.try_set(kept);
        });
    }

    /// Forgets all of it.
    pub fn forget(self) {
        let plans = self.plans.get_value();
        let slug = self.rules.with_value(|rules| rules.slug.clone());
        spawn_local(async move {
            if plans.forget(&slug).await {
                let _ = self.changing.try_set(None);
                let _ = self.own.try_set(OwnPlan::default());
            } else {
                let _ = self.kept.try_set(false);
            }
        });
    }

    /// What the order and the dates of the steps depend on.
    pub fn laid_out(self) -> LaidOut {
        self.own.with(|own| LaidOut { answers: own.answers.clone(), event: own.event.day() })
    }
}

/// Today, where the reader is.
pub fn today() -> Day {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or_default();
    // The browser's clock shows a day that exists.
    Day::new(year, now.get_month() + 1, now.get_date()).unwrap_or_else(|| Day::new(2000, 1, 1).expect("a day"))
}

/// The phases in the order of a plan.
pub const PHASES: [Phase; 5] = [Phase::Before, Phase::FirstMonth, Phase::FirstYear, Phase::Later, Phase::AnyTime];

fn asked(rules: &Plan, answers: &Answers) -> Vec<Asked> {
    let questions = rules.asked(answers).into_iter().map(|question| Asked::Question(question.id.clone()));
    std::iter::once(Asked::Event).chain(questions).collect()
}

fn shown(rules: &Plan, own: &OwnPlan, changing: Option<Asked>) -> Shown {
    if let Some(changing) = changing.filter(|one| asked(rules, &own.answers).contains(one)) {
        return Shown::Asking(changing);
    }
    if own.event == Event::NotAsked {
        return Shown::Asking(Asked::Event);
    }
    match rules.next(&own.answers) {
        Some(question) => Shown::Asking(Asked::Question(question.id.clone())),
        None => Shown::Steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use durvis_contract::plan::{Answer, Condition, Question};

    fn question(id: &str, when: Option<Condition>) -> Question {
        let answers = ["yes", "no"].map(|id| Answer { id: id.into(), text: id.into() }).to_vec();
        Question { id: id.into(), text: id.into(), why: None, answers, when }
    }

    fn rules() -> Plan {
        let yes = Some(Condition::Is { question: "a".into(), answer: "yes".into() });
        let text = String::new;
        let questions = vec![question("a", None), question("b", yes)];
        Plan { slug: text(), name: text(), icon: text(), event: text(), questions, steps: vec![] }
    }

    fn asking(id: &str) -> Shown {
        Shown::Asking(Asked::Question(id.into()))
    }

    #[test]
    fn where_one_is_follows_from_what_was_answered() {
        let (rules, mut own) = (rules(), OwnPlan::default());
        assert_eq!(shown(&rules, &own, None), Shown::Asking(Asked::Event));
        own.event = Event::NotKnown;
        assert_eq!(shown(&rules, &own, None), asking("a"));
        own.answers.set("a", "yes");
        assert_eq!(shown(&rules, &own, None), asking("b"));
        own.answers.set("a", "no");
        assert_eq!(shown(&rules, &own, None), Shown::Steps);
    }

    #[test]
    fn only_what_is_asked_of_these_answers_can_be_changed() {
        let (rules, mut own) = (rules(), OwnPlan { event: Event::NotKnown, ..OwnPlan::default() });
        own.answers.set("a", "no");
        assert_eq!(shown(&rules, &own, Some(Asked::Question("b".into()))), Shown::Steps);
        assert_eq!(shown(&rules, &own, Some(Asked::Question("a".into()))), asking("a"));
        assert_eq!(asked(&rules, &own.answers), [Asked::Event, Asked::Question("a".into())]);
    }
}
