//! Reads a letter as a mail program would: its subject and its plain text, decoded (RFC 5322, 2045 to 2047). Always UTF-8; what
//! cannot be decoded stays as it is.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Padding or none.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
/// How deep parts may lie in parts.
const MAX_DEPTH: usize = 4;

/// What a person reads of a letter.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub subject: String,
    pub text: String,
}

/// Reads a letter.
pub fn read(raw: &[u8]) -> Read {
    let raw = String::from_utf8_lossy(raw).replace("\r\n", "\n");
    let (headers, _) = split(&raw);
    Read { subject: words(&header(&headers, "subject")), text: body(&raw, 0) }
}

/// Headers, unfolded, and the rest.
fn split(raw: &str) -> (Vec<(String, String)>, &str) {
    let (head, rest) = match raw.strip_prefix('\n') {
        Some(rest) => ("", rest),
        None => raw.split_once("\n\n").unwrap_or((raw, "")),
    };
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.lines() {
        match (line.starts_with([' ', '\t']), headers.last_mut()) {
            (true, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }
    (headers, rest)
}

fn header(headers: &[(String, String)], name: &str) -> String {
    headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// The plain text of a letter or of a part.
fn body(raw: &str, depth: usize) -> String {
    let (headers, rest) = split(raw);
    let kind = header(&headers, "content-type");
    if kind.to_ascii_lowercase().starts_with("multipart/") && depth < MAX_DEPTH {
        let Some(boundary) = parameter(&kind, "boundary") else { return rest.to_owned() };
        let mark = format!("\n--{boundary}");
        let rest = format!("\n{rest}");
        let parts: Vec<&str> =
            rest.split(&mark).skip(1).filter_map(|part| part.split_once('\n')).map(|(_, part)| part).collect();
        let plain = parts.iter().find(|part| {
            let kind = header(&split(part).0, "content-type").to_ascii_lowercase();
            kind.is_empty() || kind.starts_with("text/plain") || kind.starts_with("multipart/")
        });
        return plain.or(parts.first()).map(|part| body(part, depth + 1)).unwrap_or_default();
    }
    match header(&headers, "content-transfer-encoding").to_ascii_lowercase().as_str() {
        "quoted-printable" => String::from_utf8_lossy(&quoted(&rest.replace("=\n", ""))).into_owned(),
        "base64" => {
            let plain: String = rest.split_whitespace().collect();
            BASE64.decode(&plain).map_or(plain, |bytes| String::from_utf8_lossy(&bytes).into_owned())
        }
        _ => rest.to_owned(),
    }
}

fn parameter(value: &str, name: &str) -> Option<String> {
    let pairs = value.split(';').skip(1).filter_map(|pair| pair.split_once('='));
    let mut found = pairs.filter(|(own, _)| own.trim().eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

/// `=C4=81` as bytes.
fn quoted(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let decoded = digits.filter(|_| *byte == b'=').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(decoded.unwrap_or(*byte));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    out
}

/// `=?utf-8?b?...?=` as text.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut after_word = false;
    for piece in value.split(' ') {
        let word = encoded_word(piece);
        // Between two encoded words the space belongs to the code.
        if !(out.is_empty() || after_word && word.is_some()) {
            out.push(' ');
        }
        after_word = word.is_some();
        out.push_str(&word.unwrap_or_else(|| piece.to_owned()));
    }
    out
}

fn encoded_word(piece: &str) -> Option<String> {
    let inner = piece.strip_prefix("=?")?.strip_suffix("?=")?;
    let mut parts = inner.splitn(3, '?');
    let (_, kind, text) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes =
        if kind.eq_ignore_ascii_case("b") { BASE64.decode(text).ok()? } else { quoted(&text.replace('_', " ")) };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_read_as_a_person_would() {
        let cases = [
            ("Subject: Code\r\n\r\n123456\r\n", "Code", "123456\n"),
            (
                "Subject: =?utf-8?b?SsWr?= =?utf-8?q?su_kods?=: 1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nM=C4=81ja=\r\ns = 1",
                "Jūsu kods: 1",
                "Mājas = 1",
            ),
            (
                "Subject: long\r\n line\r\nContent-Transfer-Encoding: base64\r\n\r\nTcSB\r\namE=\r\n",
                "long line",
                "Māja",
            ),
            (
                "Content-Type: multipart/alternative; boundary=\"x\"\r\n\r\nno\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n--x--\r\n",
                "",
                "plain",
            ),
            ("no header at all", "", ""),
        ];
        for (raw, subject, text) in cases {
            assert_eq!(read(raw.as_bytes()), Read { subject: subject.into(), text: text.into() }, "{raw}");
        }
    }
}
