//! Looking at a whole file: whether it is what its name says, and holds nothing that runs. It is no virus scanner: it refuses
//! what can be refused by form.

mod archive;
mod pdf;

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Its bytes are not of the kind that its name says.
    Type,
    /// It carries programs: macros of an office document.
    Macros,
    /// It does something when it is opened: a PDF with scripts, or one that starts programs.
    Active,
    /// Unpacked it is out of all proportion.
    Bomb,
    /// It needs a password, so nobody can look at it.
    Locked,
}

impl Refused {
    /// The rule, for a problem's `broken`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Type => "file_type",
            Self::Macros => "file_macros",
            Self::Active => "file_active",
            Self::Bomb => "file_bomb",
            Self::Locked => "file_locked",
        }
    }
}

/// Looks at all bytes of a file of that media type.
pub(crate) fn inspect(media_type: &str, bytes: &[u8]) -> Result<(), Refused> {
    let begins = |with: &[u8]| bytes.starts_with(with);
    let is = |right: bool| if right { Ok(()) } else { Err(Refused::Type) };
    match media_type {
        "application/pdf" => pdf::inspect(bytes),
        "image/jpeg" => is(begins(b"\xFF\xD8\xFF")),
        "image/png" => is(begins(b"\x89PNG\r\n\x1A\n")),
        "image/tiff" => is(begins(b"II*\0") || begins(b"MM\0*")),
        "application/msword" => old_office(bytes),
        _ => archive::inspect(media_type, bytes),
    }
}

/// The form of Microsoft Office before 2007 (MS-CFB): its directory names what it holds, in UTF-16.
fn old_office(bytes: &[u8]) -> Result<(), Refused> {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if !bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") || !holds("WordDocument") {
        return Err(Refused::Type);
    }
    if holds("_VBA_PROJECT") { Err(Refused::Macros) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
