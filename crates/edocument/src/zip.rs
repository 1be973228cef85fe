//! The archive's directory, read strictly: nothing is hidden between entries, behind them or in a header that another reader would
//! take. Nothing is unpacked here. A reader of our own, because those of crates keep one of two entries of a name and tell nobody.

use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};

use crate::Reason::{self, ArchiveDamaged, HeadersDiffer, HiddenBytes};
use crate::bound::Bound;

const END: usize = 22;
const CENTRAL: usize = 46;
const LOCAL: usize = 30;
const DESCRIPTOR: [u64; 2] = [12, 16];
/// Flags of an entry: encrypted in one of two ways, or sizes behind the data.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const DESCRIBED: u16 = 1 << 3;

/// An entry, as both of its headers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    pub name: String,
    pub stored: bool,
    pub extra: bool,
    pub crc: u32,
    pub packed: u64,
    pub size: u64,
    /// Where the data begins.
    pub data: u64,
    header: u64,
    flags: u16,
}

impl Packed {
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// The entries, in the order in which they stand in the file.
///
/// # Errors
/// Why the archive is not opened.
pub fn directory(source: &mut (impl Read + Seek), size: u64) -> Result<Vec<Packed>, Reason> {
    match size {
        0 => return Err(Reason::Empty),
        1..=Bound::CONTAINER => {}
        _ => return Err(Reason::TooLarge),
    }
    let (start, length, count) = end(source, size)?;
    let bytes = at(source, start, length)?;
    let mut rest = &bytes[..];
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let (entry, after) = central(rest)?;
        entries.push(entry);
        rest = after;
    }
    if !rest.is_empty() {
        return Err(HiddenBytes);
    }
    judge(&entries)?;
    entries.sort_by_key(|entry| entry.header);
    let mut expected = 0;
    for entry in &mut entries {
        if entry.header != expected {
            return Err(HiddenBytes);
        }
        entry.data = local(source, entry)?;
        expected = after(source, entry, start)?;
    }
    if expected == start { Ok(entries) } else { Err(HiddenBytes) }
}

/// Where the directory stands, its bytes, its entries. It ends where the end begins, and the file where the end ends.
fn end(source: &mut (impl Read + Seek), size: u64) -> Result<(u64, u64, usize), Reason> {
    let tail = size.min((END + usize::from(u16::MAX)) as u64);
    let bytes = at(source, size - tail, tail)?;
    let last = bytes.len().checked_sub(END).ok_or(Reason::NotAnArchive)?;
    let fits = |place: &usize| {
        let end = &bytes[*place..];
        end.starts_with(b"PK\x05\x06") && usize::from(short(end, 20)) == end.len() - END
    };
    let place = (0..=last).rev().find(fits).ok_or(Reason::NotAnArchive)?;
    let end = &bytes[place..];
    let (entries, length, start) = (short(end, 10), u64::from(long(end, 12)), u64::from(long(end, 16)));
    if usize::from(entries) > Bound::ENTRIES || length > Bound::DIRECTORY {
        return Err(Reason::TooManyEntries);
    }
    let one_disk = short(end, 4) == 0 && short(end, 6) == 0 && short(end, 8) == entries;
    if !one_disk || start + length != size - tail + place as u64 {
        return Err(ArchiveDamaged);
    }
    Ok((start, length, entries.into()))
}

fn central(bytes: &[u8]) -> Result<(Packed, &[u8]), Reason> {
    let header = bytes.get(..CENTRAL).filter(|header| header.starts_with(b"PK\x01\x02")).ok_or(ArchiveDamaged)?;
    let (name, extra, comment) = (short(header, 28), short(header, 30), short(header, 32));
    let name_end = CENTRAL + usize::from(name);
    let next = name_end + usize::from(extra) + usize::from(comment);
    let (name, rest) = bytes.get(CENTRAL..name_end).zip(bytes.get(next..)).ok_or(ArchiveDamaged)?;
    let flags = short(header, 8);
    if flags & ENCRYPTED != 0 {
        return Err(Reason::EntryEncrypted);
    }
    let stored = match short(header, 10) {
        0 => true,
        8 => false,
        _ => return Err(Reason::EntryMethod),
    };
    let entry = Packed {
        name: String::from_utf8(name.to_vec()).map_err(|_| Reason::EntryName)?,
        stored,
        extra: extra != 0,
        crc: long(header, 16),
        packed: long(header, 20).into(),
        size: long(header, 24).into(),
        data: 0,
        header: long(header, 42).into(),
        flags,
    };
    if short(header, 34) != 0 || (stored && entry.packed != entry.size) {
        return Err(ArchiveDamaged);
    }
    Ok((entry, rest))
}

/// Names and sizes, as they are declared.
fn judge(entries: &[Packed]) -> Result<(), Reason> {
    let mut names = BTreeSet::new();
    let mut unpacked = 0_u64;
    for entry in entries {
        if !is_plain(&entry.name) || (entry.is_folder() && entry.size != 0) {
            return Err(Reason::EntryName);
        }
        if !names.insert(entry.name.as_str()) {
            return Err(Reason::EntryTwice);
        }
        if entry.size > Bound::ENTRY {
            return Err(Reason::EntryTooLarge);
        }
        if entry.size > Bound::SMALL && entry.size / Bound::GROWTH > entry.packed {
            return Err(Reason::TooDense);
        }
        unpacked += entry.size;
    }
    if unpacked > Bound::UNPACKED { Err(Reason::TooLargeUnpacked) } else { Ok(()) }
}

/// Leads nowhere but below, and looks like what it is.
fn is_plain(name: &str) -> bool {
    let deceives = |letter: char| {
        letter.is_control()
            || matches!(letter, '\\' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let path = name.strip_suffix('/').unwrap_or(name);
    let mut parts = path.split('/');
    name.len() <= Bound::NAME && !name.contains(deceives) && parts.all(|part| !matches!(part, "" | "." | ".."))
}

/// Where the data begins; the header before it says the same as the directory.
fn local(source: &mut (impl Read + Seek), entry: &Packed) -> Result<u64, Reason> {
    let header = at(source, entry.header, LOCAL as u64)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(ArchiveDamaged);
    }
    let name = at(source, entry.header + LOCAL as u64, short(&header, 26).into())?;
    let told = (long(&header, 14), u64::from(long(&header, 18)), u64::from(long(&header, 22)));
    let known = (entry.crc, entry.packed, entry.size);
    let sizes = told == known || (entry.flags & DESCRIBED != 0 && told == (0, 0, 0));
    let method = short(&header, 8) == if entry.stored { 0 } else { 8 };
    if name != entry.name.as_bytes() || short(&header, 6) != entry.flags || !method || !sizes {
        return Err(HeadersDiffer);
    }
    let extra = u64::from(short(&header, 28));
    Ok(entry.header + LOCAL as u64 + name.len() as u64 + extra)
}

/// Where the entry ends: behind its data, or behind what describes them.
fn after(source: &mut (impl Read + Seek), entry: &Packed, limit: u64) -> Result<u64, Reason> {
    let end = entry.data + entry.packed;
    if end > limit {
        return Err(ArchiveDamaged);
    }
    if entry.flags & DESCRIBED == 0 {
        return Ok(end);
    }
    for length in DESCRIPTOR {
        if end + length > limit {
            continue;
        }
        let bytes = at(source, end, length)?;
        let numbers = if length == DESCRIPTOR[1] { bytes.strip_prefix(b"PK\x07\x08") } else { Some(&bytes[..]) };
        let same = |numbers: &[u8]| {
            (long(numbers, 0), u64::from(long(numbers, 4)), u64::from(long(numbers, 8)))
                == (entry.crc, entry.packed, entry.size)
        };
        if numbers.is_some_and(same) {
            return Ok(end + length);
        }
    }
    Err(HeadersDiffer)
}

fn at(source: &mut (impl Read + Seek), place: u64, length: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    source.seek(SeekFrom::Start(place)).map_err(|_| ArchiveDamaged)?;
    let read = source.take(length).read_to_end(&mut bytes).map_err(|_| ArchiveDamaged)?;
    if read as u64 == length { Ok(bytes) } else { Err(ArchiveDamaged) }
}

fn short(bytes: &[u8], place: usize) -> u16 {
    bytes.get(place..place + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn long(bytes: &[u8], place: usize) -> u32 {
    bytes.get(place..place + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}
