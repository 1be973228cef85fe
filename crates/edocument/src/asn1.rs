//! Just enough BER to find what a timestamp says: timestamps come in it, with lengths that are told only at the end.

/// More levels than any timestamp has on the way to what is read.
const DEPTH: usize = 16;

pub const INTEGER: u8 = 0x02;
pub const OCTETS: u8 = 0x04;
pub const OID: u8 = 0x06;
pub const TIME: u8 = 0x18;
pub const SEQUENCE: u8 = 0x30;
/// `[0]`, with another value in it.
pub const WRAPPED: u8 = 0xa0;
const OCTETS_IN_PARTS: u8 = 0x24;

/// A value: its first byte, and what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    pub tag: u8,
    pub content: &'a [u8],
}

/// Values one after the other.
pub struct Values<'a>(&'a [u8]);

impl<'a> Values<'a> {
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next one, when it is of that kind.
    pub fn take(&mut self, tag: u8) -> Option<Value<'a>> {
        let (value, rest) = read(self.0, DEPTH)?;
        self.0 = rest;
        (value.tag == tag).then_some(value)
    }

    /// The values within the next one.
    pub fn enter(&mut self, tag: u8) -> Option<Self> {
        self.take(tag).map(|value| Self(value.content))
    }

    /// The next one as octets, in one or in parts.
    pub fn octets(&mut self) -> Option<Vec<u8>> {
        let (value, rest) = read(self.0, DEPTH)?;
        self.0 = rest;
        match value.tag {
            OCTETS => Some(value.content.to_vec()),
            OCTETS_IN_PARTS => {
                let mut parts = Self(value.content);
                let mut all = Vec::new();
                while !parts.0.is_empty() {
                    all.extend_from_slice(parts.take(OCTETS)?.content);
                }
                Some(all)
            }
            _ => None,
        }
    }
}

/// A value and what comes after it.
fn read(bytes: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let is_long_tag = tag & 0x1f == 0x1f;
    if is_long_tag || depth == 0 {
        return None;
    }
    if length == 0x80 {
        return to_its_end(tag, rest, depth);
    }
    let (length, rest) = match usize::from(length) {
        short @ 0..0x80 => (short, rest),
        long => {
            let (digits, rest) = rest.split_at_checked(long - 0x80).filter(|(digits, _)| digits.len() <= 4)?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((Value { tag, content }, rest))
}

/// Values up to two zeros.
fn to_its_end(tag: u8, bytes: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let mut rest = bytes;
    loop {
        if let Some(after) = rest.strip_prefix(&[0, 0]) {
            let content = bytes.get(..bytes.len() - rest.len())?;
            return Some((Value { tag, content }, after));
        }
        rest = read(rest, depth - 1)?.1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_whether_or_not_their_length_is_told() {
        for bytes in [&[0x30, 5, 0x24, 3, 4, 1, 9][..], &[0x30, 0x80, 0x24, 0x80, 4, 1, 9, 0, 0, 0, 0]] {
            assert_eq!(Values::new(bytes).enter(SEQUENCE).unwrap().octets(), Some(vec![9]));
        }
    }

    #[test]
    fn what_is_cut_off_or_too_deep_is_no_value() {
        for bytes in [
            &[0x30, 0x80, 4, 1, 9][..],
            &[4, 2, 9],
            &[4, 0x85, 0, 0, 0, 0, 1, 9],
            &[0x1f, 1, 9],
            &[0x30, 0x80].repeat(90),
        ] {
            assert_eq!(read(bytes, DEPTH), None);
        }
    }
}
