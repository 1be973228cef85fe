//! From answers and the day of the event to an ordered plan.

use super::{Answers, Day, Plan, PlanStep};

/// A step that belongs to somebody's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned<'a> {
    pub step: &'a PlanStep,
    pub phase: Phase,
    /// Both are unknown for as long as the day of the event is.
    pub from: Option<Day>,
    pub by: Option<Day>,
}

/// Where in time a step lies, seen from the event. Known also where its day is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Before,
    FirstMonth,
    FirstYear,
    Later,
    /// It has no date.
    AnyTime,
}

impl Phase {
    fn of(step: &PlanStep) -> (Self, i32) {
        let Some(at) = step.by.or(step.from).map(super::Offset::about) else { return (Self::AnyTime, 0) };
        let phase = match at {
            ..=0 => Self::Before,
            1..=31 => Self::FirstMonth,
            32..=366 => Self::FirstYear,
            _ => Self::Later,
        };
        (phase, at)
    }
}

impl Planned<'_> {
    /// Whether its last day has passed.
    #[must_use]
    pub fn is_overdue(&self, today: Day) -> bool {
        self.by.is_some_and(|by| by < today)
    }

    /// Whether it can be done already.
    #[must_use]
    pub fn is_open(&self, today: Day) -> bool {
        self.from.is_none_or(|from| from <= today)
    }
}

impl Plan {
    /// The steps that these answers call for: by phase, by date, and else as the plan has them.
    #[must_use]
    pub fn laid_out(&self, answers: &Answers, event: Option<Day>) -> Vec<Planned<'_>> {
        let counting = self.counting(answers);
        let steps = self.steps.iter().filter(|step| step.when.as_ref().is_none_or(|when| when.holds(&counting)));
        let mut planned: Vec<(Phase, i32, Planned<'_>)> = steps
            .map(|step| {
                let (phase, about) = Phase::of(step);
                let day = |offset: Option<super::Offset>| Some(offset?.from(event?));
                let (from, by) = (day(step.from), day(step.by));
                let at = by.or(from).zip(event).map_or(about, |(day, event)| day.since(event));
                (phase, at, Planned { step, phase, from, by })
            })
            .collect();
        planned.sort_by_key(|(phase, at, _)| (*phase, *at));
        planned.into_iter().map(|(_, _, planned)| planned).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::plan::{Answer, Condition, Offset, OffsetUnit, Question};

    fn step(id: &str, by: Option<(i16, OffsetUnit)>, when: Option<Condition>) -> PlanStep {
        let by = by.map(|(count, unit)| Offset { count, unit });
        let (name, text) = (id.to_uppercase(), String::new());
        PlanStep { id: id.into(), name, text, service: None, with: None, from: None, by, law: None, when }
    }

    fn question(id: &str, answers: [&str; 2], when: Option<Condition>) -> Question {
        let answers = answers.map(|id| Answer { id: id.into(), text: id.into() }).to_vec();
        Question { id: id.into(), text: id.into(), why: None, answers, when }
    }

    pub(in crate::plan) fn baby() -> Plan {
        let unmarried = || Some(Condition::Is { question: "parents".into(), answer: "unmarried".into() });
        let no = Some(Condition::Is { question: "acknowledged".into(), answer: "no".into() });
        Plan {
            slug: "having-a-baby".into(),
            name: "Baby".into(),
            icon: "baby".into(),
            event: "When?".into(),
            questions: vec![
                question("parents", ["married", "unmarried"], None),
                question("acknowledged", ["yes", "no"], unmarried()),
            ],
            steps: vec![
                step("doctor", None, None),
                step("allowance", Some((6, OffsetUnit::Months)), None),
                step("register", Some((1, OffsetUnit::Months)), None),
                step("paternity", Some((14, OffsetUnit::Days)), no),
                step("leave", Some((-70, OffsetUnit::Days)), None),
                step("family-benefit", Some((18, OffsetUnit::Months)), None),
            ],
        }
    }

    fn ids(planned: &[Planned<'_>]) -> Vec<String> {
        planned.iter().map(|one| one.step.id.clone()).collect()
    }

    #[test]
    fn a_plan_stands_in_the_order_of_its_dates_and_what_has_none_comes_last() {
        let (plan, mut answers) = (baby(), Answers::default());
        answers.set("parents", "married");
        let planned = plan.laid_out(&answers, Day::parse("2026-11-18"));
        assert_eq!(ids(&planned), ["leave", "register", "allowance", "family-benefit", "doctor"]);
        assert_eq!(planned[1].by, Day::parse("2026-12-18"));
        assert_eq!(planned[4].by, None);
        let undated = plan.laid_out(&answers, None);
        assert_eq!(ids(&undated), ids(&planned), "the order does not need the day");
        assert!(undated.iter().all(|one| one.by.is_none()));
    }

    #[test]
    fn a_step_is_overdue_from_the_day_after_its_last() {
        let (plan, answers) = (baby(), Answers::default());
        let planned = plan.laid_out(&answers, Day::parse("2026-11-18"));
        let register = planned.iter().find(|one| one.step.id == "register").unwrap();
        assert!(!register.is_overdue(Day::parse("2026-12-18").unwrap()));
        assert!(register.is_overdue(Day::parse("2026-12-19").unwrap()));
    }

    #[test]
    fn whatever_is_answered_a_plan_holds_each_of_its_steps_once_and_in_order() {
        let plan = baby();
        for (parents, acknowledged) in [("married", "yes"), ("unmarried", "yes"), ("unmarried", "no"), ("?", "no")] {
            for shift in 0..730 {
                let mut answers = Answers::default();
                answers.set("parents", parents);
                answers.set("acknowledged", acknowledged);
                let event = Day::parse("2026-01-01").unwrap().plus(shift);
                let planned = plan.laid_out(&answers, Some(event));
                let paternity = parents == "unmarried" && acknowledged == "no";
                assert_eq!(ids(&planned).contains(&"paternity".to_owned()), paternity);
                assert_eq!(planned.len(), if paternity { 6 } else { 5 });
                let dates: Vec<Day> = planned.iter().filter_map(|one| one.by).collect();
                assert!(dates.is_sorted(), "{event}: {dates:?}");
                assert!(planned.is_sorted_by_key(|one| one.phase));
            }
        }
    }
}
