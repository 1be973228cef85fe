//! iCalendar (RFC 5545): the dates of a plan as all-day events with a reminder, for any calendar program.

use super::Day;

/// Longest line, in octets, without its end (section 3.1).
const MAX_LINE: usize = 75;

/// A calendar of all-day events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub name: String,
    /// The moment of writing: UTC, `20261123T130000Z`.
    pub stamp: String,
    /// When to be reminded, in days before.
    pub remind_days: u16,
    pub entries: Vec<Entry>,
}

/// One day to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same whenever the same plan is written, so that a calendar moves the entry instead of doubling it.
    pub uid: String,
    pub day: Day,
    pub summary: String,
    pub description: String,
    /// Where to do it.
    pub url: Option<String>,
}

impl Calendar {
    /// The stamp of a moment, which is given as ISO 8601 in UTC, `2026-11-23T13:00:00.000Z`.
    #[must_use]
    pub fn stamp(moment: &str) -> String {
        let mut stamp: String = moment.chars().take(19).filter(char::is_ascii_alphanumeric).collect();
        stamp.push('Z');
        stamp
    }

    /// The file's text.
    #[must_use]
    pub fn to_ics(&self) -> String {
        let mut out = String::new();
        let mut line = |text: &str| fold(text, &mut out);
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Durvis//Plan//LV");
        line("CALSCALE:GREGORIAN");
        line("METHOD:PUBLISH");
        line(&format!("X-WR-CALNAME:{}", escaped(&self.name)));
        for entry in &self.entries {
            line("BEGIN:VEVENT");
            line(&format!("UID:{}", escaped(&entry.uid)));
            line(&format!("DTSTAMP:{}", self.stamp));
            line(&format!("DTSTART;VALUE=DATE:{}", basic(entry.day)));
            line(&format!("DTEND;VALUE=DATE:{}", basic(entry.day.plus(1))));
            line(&format!("SUMMARY:{}", escaped(&entry.summary)));
            if !entry.description.is_empty() {
                line(&format!("DESCRIPTION:{}", escaped(&entry.description)));
            }
            if let Some(url) = &entry.url {
                // A URI is not escaped; what cannot stand in one is left out.
                let url: String = url.chars().filter(|letter| !letter.is_control()).collect();
                line(&format!("URL:{url}"));
            }
            line("TRANSP:TRANSPARENT");
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("TRIGGER:-P{}D", self.remind_days));
            line(&format!("DESCRIPTION:{}", escaped(&entry.summary)));
            line("END:VALARM");
            line("END:VEVENT");
        }
        line("END:VCALENDAR");
        out
    }
}

/// `20261123`
fn basic(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A TEXT value (section 3.3.11). Control characters other than a line's end may not stand in one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push_str("\\n"),
            other if other.is_control() && other != '\t' => {}
            other => out.push(other),
        }
    }
    out
}

/// A content line, cut between letters where it is too long; what follows a cut begins with a space.
fn fold(text: &str, out: &mut String) {
    let mut used = 0;
    for letter in text.chars() {
        if used + letter.len_utf8() > MAX_LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(letter);
        used += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(summary: &str, description: &str) -> Calendar {
        let entry = Entry {
            uid: "having-a-baby-register-1@durvis".into(),
            day: Day::parse("2026-12-31").unwrap(),
            summary: summary.into(),
            description: description.into(),
            url: Some("https://durvis.example/lv/services/register-birth".into()),
        };
        Calendar { name: "Plāns".into(), stamp: "20261123T130000Z".into(), remind_days: 3, entries: vec![entry] }
    }

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn a_day_ends_with_the_next_and_the_moment_is_given() {
        let text = calendar("Reģistrēt", "").to_ics();
        for line in [
            "DTSTAMP:20261123T130000Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "TRIGGER:-P3D",
            "UID:having-a-baby-register-1@durvis",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} in {text}");
        }
        assert!(!text.contains("DESCRIPTION:\r\n"));
    }

    #[test]
    fn what_would_break_a_line_is_escaped() {
        let text = unfolded(&calendar("a;b,c\\d", "one\r\ntwo\nthree\u{7}\u{0}").to_ics());
        assert!(text.contains("SUMMARY:a\\;b\\,c\\\\d\r\n"), "{text}");
        assert!(text.contains("DESCRIPTION:one\\ntwo\\nthree\r\n"), "{text}");
    }

    #[test]
    fn no_value_can_begin_a_line_of_its_own() {
        let text = calendar("x\r\nEND:VEVENT", "\nBEGIN:VEVENT").to_ics();
        let ends = text.split("\r\n").filter(|line| *line == "END:VEVENT").count();
        let begins = text.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count();
        assert_eq!((begins, ends), (1, 1));
    }

    /// Any text: of letters of one to four octets and of what has a meaning in the format.
    #[test]
    fn whatever_is_written_no_line_is_longer_than_75_octets_and_all_of_it_comes_back() {
        const LETTERS: [char; 12] = ['a', ' ', 'ā', 'ж', '€', '🍼', ';', ',', '\\', '\n', ':', '"'];
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        for length in 0..400 {
            let text: String = (0..length)
                .map(|_| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    LETTERS[usize::try_from(state % 12).unwrap()]
                })
                .collect();
            let ics = calendar(&text, &text).to_ics();
            assert!(ics.split("\r\n").all(|line| line.len() <= MAX_LINE && !line.contains(['\r', '\n'])), "{text:?}");
            let whole = unfolded(&ics);
            let summary = whole.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
            assert_eq!(read(summary), text);
        }
    }

    /// The inverse of `escaped`.
    fn read(text: &str) -> String {
        let (mut out, mut letters) = (String::new(), text.chars());
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => out.push(match letters.next().unwrap() {
                    'n' => '\n',
                    other => other,
                }),
                other => out.push(other),
            }
        }
        out
    }
}
