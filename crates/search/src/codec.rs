//! Bytes of an index file: variable-length numbers and strings, read with every length checked.

/// Why bytes are not an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexError {
    /// It does not start as an index of this format does.
    NotAnIndex,
    /// It ends too early, or holds a number or a string that cannot be.
    Broken,
}

impl std::fmt::Display for IndexError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            IndexError::NotAnIndex => "not a Durvis index of this format",
            IndexError::Broken => "the index is cut off or damaged",
        })
    }
}

impl std::error::Error for IndexError {}

/// Writes LEB128 numbers and length-prefixed strings.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn number(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    pub(crate) fn length(&mut self, value: usize) {
        self.number(u32::try_from(value).expect("an index of less than 4 GB"));
    }

    pub(crate) fn text(&mut self, value: &str) {
        self.length(value.len());
        self.0.extend_from_slice(value.as_bytes());
    }

    pub(crate) fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Writer, &T)) {
        self.length(items.len());
        for item in items {
            each(self, item);
        }
    }

    /// Ascending numbers, as differences.
    pub(crate) fn ascending(&mut self, items: &[u16]) {
        let mut last = 0;
        self.list(items, |out, item| {
            out.number(u32::from(item.wrapping_sub(last)));
            last = *item;
        });
    }
}

/// Reads what [`Writer`] wrote.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn byte(&mut self) -> Result<u8, IndexError> {
        let (first, rest) = self.0.split_first().ok_or(IndexError::Broken)?;
        self.0 = rest;
        Ok(*first)
    }

    pub(crate) fn number(&mut self) -> Result<u32, IndexError> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(IndexError::Broken)
    }

    pub(crate) fn short(&mut self) -> Result<u16, IndexError> {
        u16::try_from(self.number()?).map_err(|_| IndexError::Broken)
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], IndexError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(IndexError::Broken)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn text(&mut self) -> Result<String, IndexError> {
        let length = self.number()? as usize;
        String::from_utf8(self.bytes(length)?.to_vec()).map_err(|_| IndexError::Broken)
    }

    /// A list; its length is checked against the bytes left, so that damage cannot ask for memory without bound.
    pub(crate) fn list<T>(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<T, IndexError>,
    ) -> Result<Vec<T>, IndexError> {
        let length = self.number()? as usize;
        if length > self.0.len() {
            return Err(IndexError::Broken);
        }
        // A plain loop: collecting into a `Result` compiles an adapter for each type, which the browser downloads.
        let mut items = Vec::with_capacity(length);
        for _ in 0..length {
            items.push(each(self)?);
        }
        Ok(items)
    }

    pub(crate) fn ascending(&mut self) -> Result<Vec<u16>, IndexError> {
        let mut last = 0_u16;
        self.list(|input| {
            last = last.wrapping_add(input.short()?);
            Ok(last)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let mut out = Writer::default();
        for number in [0, 127, 128, 300, u32::MAX] {
            out.number(number);
        }
        out.text("durvis");
        out.ascending(&[3, 4, 900]);
        let mut input = Reader(&out.0);
        for number in [0, 127, 128, 300, u32::MAX] {
            assert_eq!(input.number(), Ok(number));
        }
        assert_eq!(input.text().as_deref(), Ok("durvis"));
        assert_eq!(input.ascending(), Ok(vec![3, 4, 900]));
        assert!(input.0.is_empty());
    }

    #[test]
    fn a_length_beyond_the_end_is_refused_before_memory_is_taken() {
        let mut input = Reader(&[0xff, 0xff, 0xff, 0xff, 0x0f]);
        assert_eq!(input.list(Reader::byte), Err(IndexError::Broken));
        assert_eq!(Reader(&[9, b'a']).text(), Err(IndexError::Broken));
        assert_eq!(Reader(&[0x80; 9]).number(), Err(IndexError::Broken));
    }
}
