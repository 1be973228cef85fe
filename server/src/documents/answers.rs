//! Answers as a paper shows them: step by step, in the citizen's language, as "check your answers" did.

use durvis_contract::e_service::{Answers, Choice, Day, Definition, Kind, ME, Raw, Texts, Value, evaluate};
use durvis_paper::{Block, Lang, Table};

use super::words::{Words, day, money};
use crate::App;
use crate::uses::told::institution_name;

/// What answers are told with.
pub(super) struct Told<'a> {
    pub(super) app: &'a App,
    pub(super) lang: Lang,
    /// The name of whoever answered.
    pub(super) name: &'a str,
    /// When it was sent, in Latvia.
    pub(super) today: Day,
}

/// A heading and rows for each step, and a table of the files.
pub(super) fn blocks(told: &Told<'_>, definition: &Definition, raw: &Raw) -> Vec<Block> {
    let words = Words::of(told.lang);
    let (answers, _) = Answers::read_what_fits(definition, raw);
    let walk = evaluate(definition, &answers, told.today);
    let lines = walk.lines(definition, &answers);
    let mut blocks = Vec::new();
    let mut files = Vec::new();
    for step in &definition.steps {
        let own = lines.iter().filter(|line| line.step.id == step.id);
        let rows: Vec<(String, String)> = own
            .map(|line| {
                let label = told.said(&line.field.label);
                let name = match line.row {
                    Some((_, at)) => format!("{}. {label}", at + 1),
                    None => label,
                };
                if let Some(Value::Files(sent)) = line.value {
                    files.extend(sent.iter().map(|file| vec![file.name.clone(), size(told.lang, file.bytes)]));
                }
                let value = line.value.map(|value| told.value(&line.field.kind, value));
                (name, value.unwrap_or_else(|| words.empty.to_owned()))
            })
            .collect();
        if !rows.is_empty() {
            blocks.extend([Block::Heading(told.said(&step.title)), Block::Rows(rows)]);
        }
    }
    if !files.is_empty() {
        blocks.push(Block::Heading(words.files.into()));
        let head = vec![words.file_name.into(), words.file_size.into()];
        blocks.push(Block::Table(Table { head, rows: files, is_sum: true }));
    }
    blocks
}

/// Bytes in kilobytes or megabytes.
fn size(lang: Lang, bytes: u64) -> String {
    let point = if lang == Lang::En { '.' } else { ',' };
    match bytes {
        0..1_000_000 => format!("{}\u{A0}kB", bytes.div_ceil(1_000)),
        _ => format!("{}{point}{}\u{A0}MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

impl Told<'_> {
    fn said(&self, texts: &Texts) -> String {
        texts.in_language(self.lang.code()).0.to_owned()
    }

    fn value(&self, kind: &Kind, value: &Value) -> String {
        let words = Words::of(self.lang);
        let option = |options: &[Choice], id: &str| {
            let found = options.iter().find(|option| option.id == id);
            found.map_or_else(|| id.to_owned(), |option| self.said(&option.label))
        };
        match (kind, value) {
            (Kind::YesNo {}, Value::Bool(yes)) => (if *yes { words.yes } else { words.no }).to_owned(),
            (Kind::Statement {}, Value::Bool(_)) => words.ticked.to_owned(),
            (Kind::Money { .. }, Value::Number(cents)) => money(self.lang, *cents),
            (_, Value::Number(number)) => number.to_string(),
            (Kind::Choice { options }, Value::Text(id)) => option(options, id),
            (Kind::Choices { options }, Value::Many(ids)) => {
                ids.iter().map(|id| option(options, id)).collect::<Vec<_>>().join(", ")
            }
            (Kind::Date { .. }, Value::Text(text)) => {
                Day::parse(text).map_or_else(|| text.clone(), |one| day(self.lang, one))
            }
            (Kind::Person {}, Value::Text(code)) if code == ME => self.name.to_owned(),
            (Kind::Institution { .. }, Value::Text(slug)) => institution_name(self.app, slug, self.lang.code()),
            (Kind::Address {}, Value::Address(address)) => {
                let parts = [address.street.clone(), self.territory(&address.territory), address.postal_code.clone()];
                parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ")
            }
            (_, Value::Files(files)) => files.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join(", "),
            (_, Value::Rows(rows)) => rows.len().to_string(),
            (kind, Value::Text(text)) => kind.tidy(text).into_owned(),
            (_, Value::Bool(_) | Value::Many(_) | Value::Address(_)) => String::new(),
        }
    }

    fn territory(&self, slug: &str) -> String {
        let released = self.app.live.current();
        let index = released.indexes.get(self.lang.code()).or_else(|| released.indexes.values().next());
        let found = index.and_then(|index| index.territories().find(|one| one.slug == slug));
        found.map_or_else(|| slug.to_owned(), |one| one.name)
    }
}
