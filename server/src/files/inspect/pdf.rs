//! PDF: its names are looked through, those in packed object streams too. A name may be written with `#` and two hexadecimal
//! digits for any of its letters. Every script is one of an action whose type is `/JavaScript`; the shorter `/JS` is not looked
//! for: those three bytes stand in many a picture.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::Refused;

/// Where its header must be by.
const HEADER_WITHIN: usize = 1_024;
/// What is unpacked of all object streams.
const MAX_UNPACKED: usize = 32 * 1024 * 1024;
/// How far before `stream` its dictionary is looked for.
const DICTIONARY: usize = 1_024;

pub(super) fn inspect(bytes: &[u8]) -> Result<(), Refused> {
    let start = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if find(start, b"%PDF-").is_none() {
        return Err(Refused::Type);
    }
    look(bytes)?;
    let (mut from, mut left) = (0, MAX_UNPACKED);
    while let Some(at) = find(&bytes[from..], b"stream").map(|at| from + at) {
        from = at + b"stream".len();
        let before = &bytes[at.saturating_sub(DICTIONARY)..at];
        // The dictionary of this very object, not of the one before.
        let own = before.windows(4).rposition(|window| window == b" obj").map_or(before, |at| &before[at..]);
        if find(own, b"ObjStm").is_none() {
            continue;
        }
        let packed = bytes[from..].strip_prefix(b"\r\n").or(bytes[from..].strip_prefix(b"\n"));
        let mut plain = Vec::new();
        // What does not unpack to its end is looked at as far as it does.
        let _ = ZlibDecoder::new(packed.unwrap_or(&bytes[from..])).take(left as u64).read_to_end(&mut plain);
        look(&plain)?;
        left -= plain.len();
        if left == 0 {
            return Err(Refused::Bomb);
        }
    }
    Ok(())
}

/// Refuses names that run something, or that ask for a password.
fn look(bytes: &[u8]) -> Result<(), Refused> {
    for at in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at) {
        match name(&bytes[at + 1..]).as_slice() {
            b"JavaScript" | b"Launch" | b"RichMedia" => return Err(Refused::Active),
            b"Encrypt" => return Err(Refused::Locked),
            _ => {}
        }
    }
    Ok(())
}

/// A name, as far as it could be one of those that are looked for.
fn name(bytes: &[u8]) -> Vec<u8> {
    let (mut name, mut at) = (Vec::new(), 0);
    while name.len() <= 12 {
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match bytes.get(at) {
            Some(b'#') => {
                let (Some(high), Some(low)) = (hex(at + 1), hex(at + 2)) else { break };
                name.push((high * 16 + low) as u8);
                at += 3;
            }
            Some(byte) if byte.is_ascii_alphanumeric() => {
                name.push(*byte);
                at += 1;
            }
            _ => break,
        }
    }
    name
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
