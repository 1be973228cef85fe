//! A text with some of its words marked.

use super::markup::Markup;

/// The text, with the words of which `marks` says so in `<mark>`.
pub fn marked(text: &str, marks: impl Fn(&str) -> bool) -> Markup {
    pieces(text, marks).into_iter().fold(Markup::default(), |markup, (piece, marked)| match marked {
        true => markup.raw("<mark>").text(&piece).raw("</mark>"),
        false => markup.text(&piece),
    })
}

/// The text cut into runs that are marked or not.
fn pieces(text: &str, marks: impl Fn(&str) -> bool) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut push = |piece: &str, marked: bool| match out.last_mut() {
        Some((last, same)) if *same == marked => last.push_str(piece),
        _ if piece.is_empty() => {}
        _ => out.push((piece.to_owned(), marked)),
    };
    let mut end = 0;
    for range in durvis_search::text::words(text) {
        push(&text[end..range.start], false);
        push(&text[range.clone()], marks(&text[range.clone()]));
        end = range.end;
    }
    push(&text[end..], false);
    out
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn only_whole_words_that_match_are_marked() {
        let cut = pieces("Pase, pases (eID)", |word| word.to_lowercase().starts_with("pas"));
        let expected = [("Pase", true), (", ", false), ("pases", true), (" (eID)", false)];
        assert_eq!(cut, expected.map(|(piece, marked)| (piece.to_owned(), marked)));
    }

    #[test]
    fn a_text_without_a_match_is_one_piece() {
        assert_eq!(pieces("Kā lietot", |_| false), [("Kā lietot".to_owned(), false)]);
        assert!(pieces("", |_| true).is_empty());
    }
}
