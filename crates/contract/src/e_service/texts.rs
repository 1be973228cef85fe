//! A text in the languages it is written in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A text by language: `{lv: ..., en: ...}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<String, String>);

impl Texts {
    /// The text in that language, else in Latvian, else in any; and the language it is in. Empty where there is none.
    #[must_use]
    pub fn in_language(&self, lang: &str) -> (&str, &str) {
        let found = self.0.get_key_value(lang).or_else(|| self.0.get_key_value("lv")).or_else(|| self.0.iter().next());
        found.map_or(("", ""), |(lang, text)| (text, lang))
    }

    /// Languages among those that it lacks or has only blanks in.
    pub fn missing<'a>(&self, languages: &[&'a str]) -> impl Iterator<Item = &'a str> {
        languages.iter().copied().filter(|lang| self.0.get(*lang).is_none_or(|text| text.trim().is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_back_to_latvian() {
        let texts = Texts([("lv", "Jā"), ("en", " ")].map(|(a, b)| (a.to_owned(), b.to_owned())).into());
        assert_eq!(texts.in_language("ru"), ("Jā", "lv"));
        assert_eq!(texts.missing(&["lv", "ru", "en"]).collect::<Vec<_>>(), ["ru", "en"]);
        assert_eq!(Texts::default().in_language("lv"), ("", ""));
    }
}
