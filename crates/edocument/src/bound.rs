//! How much a container may cost. Ordinary ones are far below; whatever is above is refused before it is unpacked.

use crate::Reason;

/// The bounds.
pub struct Bound;

impl Bound {
    /// Bytes of a container.
    pub const CONTAINER: u64 = 100 * 1024 * 1024;
    pub const ENTRIES: usize = 1_000;
    /// Bytes of the archive's directory.
    pub const DIRECTORY: u64 = 512 * 1024;
    /// Bytes of a name.
    pub const NAME: usize = 512;
    /// Bytes of one entry, unpacked.
    pub const ENTRY: u64 = 100 * 1024 * 1024;
    /// Bytes of all entries, unpacked.
    pub const UNPACKED: u64 = 150 * 1024 * 1024;
    /// So many times may an entry grow, unless it stays small.
    pub const GROWTH: u64 = 100;
    /// An entry of this size may grow as it likes.
    pub const SMALL: u64 = 1024 * 1024;
    /// Bytes of an entry with signatures, or of the manifest.
    pub const XML: u64 = 2 * 1024 * 1024;
    /// Elements within elements.
    pub const DEPTH: usize = 64;
    /// Elements, texts, comments.
    pub const NODES: usize = 40_000;
    /// Attributes of one element, and of all.
    pub const ATTRIBUTES: usize = 64;
    pub const ALL_ATTRIBUTES: usize = 40_000;
    /// Declarations of namespaces.
    pub const NAMESPACES: usize = 512;
    /// Entries with signatures, and signatures in all of them.
    pub const SIGNATURES: usize = 32;
    /// What one signature may name.
    pub const REFERENCES: usize = 1_000;
    /// Other certificates of which a chain is made.
    pub const CERTIFICATES: usize = 4;
    pub const TIMESTAMPS: usize = 8;
    /// Units of canonicalisation in all: bytes written, namespaces looked at.
    pub const WORK: usize = 24 * 1024 * 1024;
}

/// What is left of a container's work.
pub struct Left(usize);

impl Default for Left {
    fn default() -> Self {
        Self(Bound::WORK)
    }
}

impl Left {
    pub fn take(&mut self, units: usize) -> Result<(), Reason> {
        self.0 = self.0.checked_sub(units).ok_or(Reason::TooMuchWork)?;
        Ok(())
    }
}
