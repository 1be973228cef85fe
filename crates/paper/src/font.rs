//! Letters: shaping, measuring and breaking lines. A letter that the font has not is shown as a box and stays itself for who
//! copies or listens.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_normalization::UnicodeNormalization;

use crate::Unmade;
use crate::look::Style;

const REGULAR: &[u8] = include_bytes!("../fonts/commissioner-regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/commissioner-bold.ttf");
const BOX: char = '\u{25A1}';

/// The two weights.
pub(crate) struct Fonts {
    regular: Weight,
    bold: Weight,
}

pub(crate) struct Weight {
    face: Face<'static>,
    pub(crate) font: Font,
}

/// Letters in a row, shaped. Widths are parts of the size.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) width: f32,
}

impl Fonts {
    pub(crate) fn load() -> Result<Self, Unmade> {
        Ok(Self { regular: Weight::load(REGULAR)?, bold: Weight::load(BOLD)? })
    }

    pub(crate) fn of(&self, style: Style) -> &Weight {
        if style.bold { &self.bold } else { &self.regular }
    }

    /// One line.
    pub(crate) fn line(&self, text: &str, style: Style) -> Run {
        self.of(style).shape(&plain(text).replace('\n', " "))
    }

    /// As many lines as it takes. Each but the last of a paragraph ends with its space, so that words stay apart for who copies.
    pub(crate) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<Run> {
        let text = plain(text);
        let most = width / style.size;
        let paragraphs = text.trim_end().split('\n');
        paragraphs.flat_map(|paragraph| self.of(style).broken(paragraph, most)).collect()
    }
}

impl Weight {
    fn load(bytes: &'static [u8]) -> Result<Self, Unmade> {
        let none = || Unmade("the font does not open".into());
        let face = Face::from_slice(bytes, 0).ok_or_else(none)?;
        Ok(Self { face, font: Font::new(bytes.into(), 0).ok_or_else(none)? })
    }

    fn broken(&self, paragraph: &str, most: f32) -> Vec<Run> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        let mut from = 0;
        for (to, _) in unicode_linebreak::linebreaks(paragraph) {
            let word = paragraph.get(from..to).unwrap_or_default();
            from = to;
            if self.fits(&format!("{line}{word}"), most) {
                line.push_str(word);
                continue;
            }
            if !line.is_empty() {
                lines.push(self.shape(&std::mem::take(&mut line)));
            }
            // A word longer than a line is broken where the line ends.
            for letter in word.chars() {
                if !line.is_empty() && !self.fits(&format!("{line}{letter}"), most) {
                    lines.push(self.shape(&std::mem::take(&mut line)));
                }
                line.push(letter);
            }
        }
        lines.push(self.shape(&line));
        lines
    }

    fn fits(&self, text: &str, most: f32) -> bool {
        self.shape(text.trim_end()).width <= most
    }

    fn shape(&self, text: &str) -> Run {
        let known = |letter: char| self.face.glyph_index(letter).is_some();
        // Byte offsets in what is shaped, and where their letters stand in the text.
        let (mut shown, mut starts) = (String::with_capacity(text.len()), Vec::new());
        for (at, letter) in text.char_indices() {
            starts.push((shown.len(), at));
            shown.push(if known(letter) { letter } else { BOX });
        }
        let origin = |cluster: usize| match starts.binary_search_by_key(&cluster, |&(shown, _)| shown) {
            Ok(found) => starts.get(found).map_or(text.len(), |&(_, at)| at),
            Err(_) => text.len(),
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&shown);
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let em = f32::from(u16::try_from(self.face.units_per_em()).unwrap_or(1_000));
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        let (mut glyphs, mut width) = (Vec::with_capacity(infos.len()), 0.0);
        for (number, (info, position)) in infos.iter().zip(positions).enumerate() {
            let cluster = info.cluster;
            let next = infos.iter().skip(number).map(|info| info.cluster).find(|next| *next != cluster);
            let end = next.map_or(text.len(), |next| origin(next as usize));
            let scaled = |units: i32| to_f32(units) / em;
            let advance = scaled(position.x_advance);
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                advance,
                scaled(position.x_offset),
                scaled(position.y_offset),
                0.0,
                origin(cluster as usize)..end,
                None,
            ));
            width += advance;
        }
        Run { text: text.into(), glyphs, width }
    }
}

fn to_f32(units: i32) -> f32 {
    i16::try_from(units).map_or(0.0, f32::from)
}

/// Without what has no place on paper: control characters, marks of direction, letters that mean nothing to others.
pub(crate) fn plain(text: &str) -> String {
    let kept = text.nfc().filter_map(|letter| match letter {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        letter if letter.is_control() => None,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => None,
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}' => None,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Some(BOX),
        letter => Some(letter),
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::BODY;

    #[test]
    fn lines_are_as_long_as_they_may_be_and_lose_nothing() {
        let fonts = Fonts::load().unwrap();
        for text in
            ["Iesniegums par dzīvesvietas deklarēšanu Rīgā", "Заявление о регистрации места жительства", "a b\nc"]
        {
            let lines = fonts.lines(text, BODY, 90.0);
            assert!(lines.iter().all(|line| line.width * BODY.size <= 92.0 + BODY.size), "{lines:?}");
            let joined: String = lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(joined, text.replace('\n', ""));
        }
        assert_eq!(fonts.lines("a b\nc", BODY, 90.0).len(), 2);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let fonts = Fonts::load().unwrap();
        let lines = fonts.lines(&"Garš".repeat(40), BODY, 100.0);
        assert!(lines.len() > 5 && lines.iter().all(|line| line.width * BODY.size <= 100.0));
    }

    #[test]
    fn what_the_font_has_not_is_a_box_that_stays_itself() {
        let fonts = Fonts::load().unwrap();
        let line = fonts.line("Ā 中 e\u{301}\u{7}", BODY);
        assert_eq!(line.text, "Ā 中 é");
        let boxed = &line.glyphs[2];
        assert_eq!(&line.text[boxed.text_range.clone()], "中");
        assert!(boxed.glyph_id.to_u32() != 0);
    }
}
