//! What was answered, and what follows from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Plan, Question};

/// When a question is asked or a step belongs to the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// A question has this answer.
    Is {
        question: String,
        answer: String,
    },
    /// A question has one of these answers.
    OneOf {
        question: String,
        answers: Vec<String>,
    },
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// Answers by question: ids, never texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    pub fn set(&mut self, question: &str, answer: &str) {
        self.0.insert(question.into(), answer.into());
    }

    #[must_use]
    pub fn get(&self, question: &str) -> Option<&str> {
        self.0.get(question).map(String::as_str)
    }

    /// Pairs of question and answer, by question.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(question, answer)| (question.as_str(), answer.as_str()))
    }
}

impl Condition {
    /// A question without an answer meets nothing.
    #[must_use]
    pub fn holds(&self, answers: &Answers) -> bool {
        match self {
            Self::Is { question, answer } => answers.get(question) == Some(answer),
            Self::OneOf { question, answers: wanted } => {
                answers.get(question).is_some_and(|given| wanted.iter().any(|one| one == given))
            }
            Self::All(all) => all.iter().all(|one| one.holds(answers)),
            Self::Any(any) => any.iter().any(|one| one.holds(answers)),
        }
    }
}

impl Plan {
    /// The questions that these answers lead through, in order.
    ///
    /// What was answered on a branch no longer taken does not count, nor does an answer that there is not.
    #[must_use]
    pub fn asked(&self, answers: &Answers) -> Vec<&Question> {
        self.walked(answers).0
    }

    /// The first question without an answer: where one is.
    #[must_use]
    pub fn next(&self, answers: &Answers) -> Option<&Question> {
        let (asked, counting) = self.walked(answers);
        asked.into_iter().find(|question| counting.get(&question.id).is_none())
    }

    /// Only the answers that count.
    #[must_use]
    pub fn counting(&self, answers: &Answers) -> Answers {
        self.walked(answers).1
    }

    fn walked(&self, answers: &Answers) -> (Vec<&Question>, Answers) {
        let mut counting = Answers::default();
        let mut asked = Vec::new();
        for question in &self.questions {
            if question.when.as_ref().is_some_and(|when| !when.holds(&counting)) {
                continue;
            }
            asked.push(question);
            let given = answers.get(&question.id);
            if let Some(given) = given.filter(|given| question.answers.iter().any(|one| one.id == *given)) {
                counting.set(&question.id, given);
            }
        }
        (asked, counting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(question: &str, answer: &str) -> Condition {
        Condition::Is { question: question.into(), answer: answer.into() }
    }

    fn given(pairs: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (question, answer) in pairs {
            answers.set(question, answer);
        }
        answers
    }

    #[test]
    fn a_condition_is_about_what_was_answered() {
        let one_of = Condition::OneOf { question: "a".into(), answers: vec!["x".into(), "y".into()] };
        let cases = [
            (is("a", "x"), true),
            (is("a", "y"), false),
            (is("nobody-asked", "x"), false),
            (one_of.clone(), true),
            (Condition::All(vec![one_of.clone(), is("b", "no")]), false),
            (Condition::All(vec![]), true),
            (Condition::Any(vec![is("b", "no"), one_of]), true),
            (Condition::Any(vec![]), false),
        ];
        for (condition, expected) in cases {
            assert_eq!(condition.holds(&given(&[("a", "x"), ("b", "yes")])), expected, "{condition:?}");
        }
    }

    #[test]
    fn an_answer_of_a_branch_no_longer_taken_does_not_count() {
        let plan = super::super::lay_out::tests::baby();
        let mut answers = given(&[("parents", "unmarried"), ("acknowledged", "no")]);
        assert_eq!(plan.next(&answers), None);
        answers.set("parents", "married");
        assert_eq!(plan.counting(&answers), given(&[("parents", "married")]));
        answers.set("parents", "nothing-of-the-kind");
        assert_eq!(plan.next(&answers).map(|question| question.id.as_str()), Some("parents"));
    }

    #[test]
    fn a_condition_is_json_that_a_browser_reads() {
        let all = Condition::All(vec![is("a", "x"), Condition::Any(vec![])]);
        let json = r#"{"all":[{"is":{"question":"a","answer":"x"}},{"any":[]}]}"#;
        assert_eq!(serde_json::to_string(&all).unwrap(), json);
        assert_eq!(serde_json::from_str::<Condition>(json).unwrap(), all);
    }
}
