//! The rules of e-services behind a door that any host of WebAssembly can open: texts in, a text out. The test of this crate
//! compares what the WebAssembly build and the native build say of the same answers.

use durvis_contract::e_service::{Answers, Day, Definition, Raw, evaluate};

/// Judges answers to one definition.
pub struct Judge(Definition);

impl Judge {
    /// Of a definition as JSON; `None` for what is none.
    #[must_use]
    pub fn new(definition: &str) -> Option<Self> {
        serde_json::from_str(definition).ok().map(Self)
    }

    /// Everything that the rules say of those answers (JSON) on that day: the refusal, or the whole walk, what would be sent,
    /// and what "check your answers" lists.
    #[must_use]
    pub fn judge(&self, answers: &str, today: &str) -> String {
        let Ok(raw) = serde_json::from_str::<Raw>(answers) else { return "no JSON".into() };
        let Some(today) = Day::parse(today) else { return "no day".into() };
        let (fits, unfit) = Answers::read_what_fits(&self.0, &raw);
        let told = |answers: &Answers| {
            let walk = evaluate(&self.0, answers, today);
            let sent = serde_json::to_string(&walk.to_send(&self.0, answers)).unwrap_or_default();
            let lines = walk.lines(&self.0, answers).len();
            format!("{walk:?}\n{:?}\n{sent}\n{lines}", walk.position())
        };
        match Answers::read(&self.0, &raw) {
            Ok(answers) => told(&answers),
            Err(refusal) => format!("{refusal:?}\n{unfit:?}\n{}", told(&fits)),
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod exports;
