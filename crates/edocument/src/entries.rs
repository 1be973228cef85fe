//! Entries unpacked, as a stream: never more than one piece of one in memory, but for the XML that is read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read, Seek, SeekFrom};

use flate2::bufread::DeflateDecoder;

use crate::Reason;
use crate::algorithm::{Digest, Running};
use crate::zip::Packed;

const PIECE: usize = 32 * 1024;
/// Enough for the first header of an archive and the name in it.
const HEAD: usize = 30 + 256;
/// How the names of archives end. Documents that are archives inside (`.docx`, `.asice`) are not meant.
const ARCHIVES: [&str; 12] =
    [".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar", ".jar", ".lzma", ".cab"];

/// The digests of a file.
pub type Digests = BTreeMap<Digest, Vec<u8>>;

/// All of an entry that is known to be small.
///
/// # Errors
/// When it is larger than that, or not what was packed.
pub fn whole(source: &mut (impl Read + Seek), entry: &Packed, most: u64) -> Result<Vec<u8>, Reason> {
    if entry.size > most {
        return Err(Reason::EntryTooLarge);
    }
    let mut bytes = Vec::new();
    unpack(source, entry, |piece| bytes.extend_from_slice(piece))?;
    Ok(bytes)
}

/// # Errors
/// When it is not what was packed.
pub fn digests(source: &mut (impl Read + Seek), entry: &Packed, wanted: &BTreeSet<Digest>) -> Result<Digests, Reason> {
    let mut running: Vec<_> = wanted.iter().map(|digest| (*digest, Running::new(*digest))).collect();
    unpack(source, entry, |piece| running.iter_mut().for_each(|(_, running)| running.update(piece)))?;
    Ok(running.into_iter().map(|(digest, running)| (digest, running.finish())).collect())
}

/// Whether it is an archive that begins with an archive: bombs are built so, small at each level. Only its first bytes are unpacked.
pub fn is_nested(source: &mut (impl Read + Seek), entry: &Packed) -> bool {
    let mut head = Vec::new();
    let read = match opened(source, entry) {
        Ok(packed) if entry.stored => packed.take(HEAD as u64).read_to_end(&mut head),
        Ok(packed) => DeflateDecoder::new(packed).take(HEAD as u64).read_to_end(&mut head),
        Err(_) => return false,
    };
    let length = head.get(26..28).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes);
    let name = head.get(30..head.len().min(30 + usize::from(length))).unwrap_or_default();
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    read.is_ok() && head.starts_with(b"PK\x03\x04") && ARCHIVES.iter().any(|end| name.ends_with(end))
}

fn unpack(source: &mut (impl Read + Seek), entry: &Packed, mut each: impl FnMut(&[u8])) -> Result<(), Reason> {
    let packed = opened(source, entry)?;
    if entry.stored {
        return check(packed, entry, &mut each).map(drop);
    }
    let decoder = check(DeflateDecoder::new(packed), entry, &mut each)?;
    // Bytes behind the end of the stream are seen by nobody.
    if decoder.total_in() == entry.packed { Ok(()) } else { Err(Reason::HiddenBytes) }
}

fn check<R: Read>(mut bytes: R, entry: &Packed, each: &mut impl FnMut(&[u8])) -> Result<R, Reason> {
    let mut piece = vec![0; PIECE];
    let (mut size, mut crc) = (0_u64, crc32fast::Hasher::new());
    loop {
        let read = bytes.read(&mut piece).map_err(|_| Reason::EntryDamaged)?;
        let Some(piece) = piece.get(..read).filter(|piece| !piece.is_empty()) else {
            break;
        };
        size += piece.len() as u64;
        if size > entry.size {
            return Err(Reason::EntryDamaged);
        }
        crc.update(piece);
        each(piece);
    }
    if size == entry.size && crc.finalize() == entry.crc { Ok(bytes) } else { Err(Reason::EntryDamaged) }
}

fn opened<'a, R: Read + Seek>(
    source: &'a mut R,
    entry: &Packed,
) -> Result<BufReader<std::io::Take<&'a mut R>>, Reason> {
    source.seek(SeekFrom::Start(entry.data)).map_err(|_| Reason::ArchiveDamaged)?;
    Ok(BufReader::with_capacity(PIECE, source.take(entry.packed)))
}
