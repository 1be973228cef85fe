//! HTML put together as a text: for lists that change at every letter, and for what never changes once it is shown. The
//! browser parses it in one call, where a view makes each element, attribute and text by a call of its own; and it is a
//! fraction of the code that a citizen downloads (docs/benchmarks.md has the figures).
//!
//! What is not a constant of the program goes in by [`Markup::text`], escaped: a service's name cannot become an element.

use crate::i18n::{Key, t};

/// A piece of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Starts with a constant.
    pub fn new(html: &'static str) -> Self {
        Self(html.to_owned())
    }

    /// Adds a constant.
    pub fn raw(mut self, html: &'static str) -> Self {
        self.0.push_str(html);
        self
    }

    /// Adds a text: between tags, or as the value of an attribute in double quotes.
    pub fn text(mut self, text: &str) -> Self {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// Adds a text of the interface.
    pub fn say(self, key: Key) -> Self {
        self.text(t(key))
    }

    /// Adds the attribute `lang` to the element that is open, if there is one to add.
    pub fn lang(self, lang: Option<String>) -> Self {
        self.maybe(lang.map(|lang| Markup::new(" lang=\"").text(&lang).raw("\"")))
    }

    /// Adds a link: to a URL of `paths`, with the class of links in running text.
    pub fn link(self, href: &str, text: &str) -> Self {
        self.raw("<a class=\"ds-link\" href=\"").text(href).raw("\">").text(text).raw("</a>")
    }

    /// Adds a piece for each item.
    pub fn each<T>(self, items: impl IntoIterator<Item = T>, piece: impl Fn(T) -> Markup) -> Self {
        items.into_iter().fold(self, |markup, item| markup.with(&piece(item)))
    }

    /// Adds another piece.
    pub fn with(mut self, piece: &Markup) -> Self {
        self.0.push_str(&piece.0);
        self
    }

    /// Adds a piece if there is one.
    pub fn maybe(self, piece: Option<Markup>) -> Self {
        match piece {
            Some(piece) => self.with(&piece),
            None => self,
        }
    }

    /// As the browser takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As the inside of an element of a view.
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn a_text_never_becomes_an_element_or_an_attribute() {
        let hostile = "<img src=x onerror=\"alert(1)\"> & 'co'";
        let markup = Markup::new("<a title=\"").text(hostile).raw("\">").text(hostile).raw("</a>");
        let escaped = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; 'co'";
        assert_eq!(markup.as_str(), format!("<a title=\"{escaped}\">{escaped}</a>"));
    }
}
