//! The interface texts at build time. `app/build.rs` makes a constant of every key, so that a missing key does not
//! compile; `cargo xtask build` writes one file a language: a JSON array in the same order, so that a browser downloads
//! neither keys nor other languages.
//!
//! A file is nested JSON: `{"nav": {"help": "Palīdzība"}}` is the key `nav.help`. An object with the key `other` is a
//! plural, by the categories of CLDR (`zero`, `one`, `few`, `many`, `other`); it takes five places in the array, and a
//! category that a language lacks says what `other` says.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// The languages of the interface, the first one being the fall-back.
pub const LANGUAGES: [&str; 3] = ["lv", "ru", "en"];
/// The categories of a plural, in the order of the array.
pub const CATEGORIES: [&str; 5] = ["zero", "one", "few", "many", "other"];

/// One text, or the forms of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Text(String),
    Plural([String; 5]),
}

/// All texts of one language, by key.
pub type Texts = BTreeMap<String, Entry>;

/// Reads all languages of a folder and compares them.
///
/// # Errors
/// Names every file that cannot be read and every key that a language lacks, has too much, or has in another form.
pub fn load(folder: &Path) -> Result<Vec<Texts>, Vec<String>> {
    let mut mistakes = Vec::new();
    let mut all = Vec::new();
    for lang in LANGUAGES {
        let path = folder.join(format!("{lang}.json"));
        let read = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        match read.and_then(|text| serde_json::from_str::<Value>(&text).map_err(|error| error.to_string())) {
            Ok(value) => {
                let mut texts = Texts::new();
                flatten("", &value, &mut texts, &mut mistakes);
                all.push(texts);
            }
            Err(error) => mistakes.push(format!("{}: {error}", path.display())),
        }
    }
    if mistakes.is_empty() {
        mistakes = differences(&all);
    }
    if mistakes.is_empty() { Ok(all) } else { Err(mistakes) }
}

/// The array that a browser downloads.
#[must_use]
pub fn array(texts: &Texts) -> Vec<&str> {
    fn forms(entry: &Entry) -> Vec<&str> {
        match entry {
            Entry::Text(text) => vec![text],
            Entry::Plural(forms) => forms.iter().map(String::as_str).collect(),
        }
    }
    texts.values().flat_map(forms).collect()
}

/// Rust source with a constant for every key.
#[must_use]
pub fn constants(texts: &Texts) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (key, entry) in texts {
        let name = key.replace(['.', '-'], "_").to_uppercase();
        let (kind, places) = match entry {
            Entry::Text(_) => ("Key", 1),
            Entry::Plural(_) => ("Plural", CATEGORIES.len()),
        };
        out += &format!("pub const {name}: {kind} = {kind}({at});\n");
        at += places;
    }
    out
}

fn flatten(prefix: &str, value: &Value, out: &mut Texts, mistakes: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            out.insert(prefix.into(), Entry::Text(text.clone()));
        }
        Value::Object(map) if map.contains_key("other") => {
            if let Some(wrong) = map.keys().find(|key| !CATEGORIES.contains(&key.as_str())) {
                mistakes.push(format!("{prefix} has {wrong:?}, which is no plural category"));
            }
            let form = |category: &str| map.get(category).or(map.get("other")).and_then(Value::as_str);
            out.insert(
                prefix.into(),
                Entry::Plural(CATEGORIES.map(|category| form(category).unwrap_or_default().into())),
            );
        }
        Value::Object(map) => {
            for (key, value) in map {
                let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(&key, value, out, mistakes);
            }
        }
        other => mistakes.push(format!("{prefix} is neither a text nor a plural: {other}")),
    }
}

fn differences(all: &[Texts]) -> Vec<String> {
    let mut mistakes = Vec::new();
    let keys: std::collections::BTreeSet<&String> = all.iter().flat_map(BTreeMap::keys).collect();
    for key in keys {
        let entries: Vec<Option<&Entry>> = all.iter().map(|texts| texts.get(key)).collect();
        for (lang, entry) in LANGUAGES.iter().zip(&entries) {
            if entry.is_none() {
                mistakes.push(format!("{lang}.json lacks {key}"));
            }
        }
        let plural = |entry: &&Entry| matches!(entry, Entry::Plural(_));
        let plurals = entries.iter().flatten().filter(|entry| plural(entry)).count();
        if plurals != 0 && plurals != entries.iter().flatten().count() {
            mistakes.push(format!("{key} is a plural in one language and not in another"));
        }
        let holes: Vec<Vec<&str>> = entries.iter().flatten().map(|entry| placeholders(entry)).collect();
        if holes.windows(2).any(|pair| pair[0] != pair[1]) {
            mistakes.push(format!("{key} has different placeholders: {holes:?}"));
        }
    }
    mistakes
}

/// The `{names}` in a text, sorted; of a plural, those of its last form.
fn placeholders(entry: &Entry) -> Vec<&str> {
    let text = match entry {
        Entry::Text(text) => text,
        Entry::Plural(forms) => &forms[4],
    };
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(json: &str) -> Texts {
        let (mut out, mut mistakes) = (Texts::new(), Vec::new());
        flatten("", &serde_json::from_str(json).unwrap(), &mut out, &mut mistakes);
        assert!(mistakes.is_empty(), "{mistakes:?}");
        out
    }

    #[test]
    fn a_constant_points_to_its_place_in_the_array() {
        let texts = texts(r#"{"b": {"n": {"one": "{n} gads", "other": "{n} gadi"}}, "a": "A", "c": "C"}"#);
        assert_eq!(array(&texts), ["A", "{n} gadi", "{n} gads", "{n} gadi", "{n} gadi", "{n} gadi", "C"]);
        let constants = constants(&texts);
        for line in ["A: Key = Key(0)", "B_N: Plural = Plural(1)", "C: Key = Key(6)"] {
            assert!(constants.contains(line), "{line} in {constants}");
        }
    }

    #[test]
    fn a_missing_key_another_form_and_another_placeholder_are_named() {
        let all =
            [texts(r#"{"a": "{n}", "b": "B"}"#), texts(r#"{"a": {"other": "{n}"}}"#), texts(r#"{"a": "", "b": "B"}"#)];
        let found = differences(&all);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().any(|mistake| mistake == "ru.json lacks b"));
    }
}
