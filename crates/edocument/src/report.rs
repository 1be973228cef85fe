//! What is told of a container. All of it is codes: the texts are those of whoever shows it.

use serde::Serialize;

/// All that is known of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    pub verdict: Verdict,
    /// As the entry `mimetype` says.
    pub kind: Option<Kind>,
    /// Bytes of the container.
    pub size: u64,
    /// The container's form, before any signature.
    pub form: Layer,
    pub entries: Vec<Entry>,
    /// Files that no signature covers, where there are signatures.
    pub uncovered: Vec<String>,
    pub signatures: Vec<Signature>,
}

/// All layers taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything that was checked held: form, files, signed properties, value and certificate of every signature among it.
    Whole,
    /// Something that was checked did not hold.
    Broken,
    /// There is no signature.
    Unsigned,
    /// Nothing is broken, but of some signature the files, the value or the certificate could not be checked.
    Unchecked,
    /// It could not be opened, or would not be: then `form` says why.
    Unreadable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Many files, many signatures. The Latvian eDoc 2.0 is one.
    AsicE,
    /// One file.
    AsicS,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub name: String,
    pub role: Role,
    /// As the manifest says.
    pub media_type: Option<String>,
    /// Bytes, unpacked.
    pub size: u64,
    /// Hexadecimal. None where it was not unpacked.
    pub sha256: Option<String>,
    /// The numbers of the signatures that cover it and match, from 0.
    pub covered_by: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Mimetype,
    /// About the container: all of `META-INF` besides signatures.
    Meta,
    Signature,
    /// What is signed.
    File,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// The entry it stands in.
    pub entry: String,
    pub id: Option<String>,
    /// The identifier of its algorithm.
    pub algorithm: Option<String>,
    /// When it was made, as whoever signed says.
    pub claimed_time: Option<String>,
    /// When timestamps were given, as they say; their own signatures are not checked.
    pub timestamps: Vec<String>,
    pub certificate: Option<Certificate>,
    pub covers: Vec<Covered>,
    pub layers: Vec<Layer>,
}

/// A certificate, as it says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    pub subject: String,
    pub issuer: String,
    /// Hexadecimal.
    pub serial: String,
    pub not_before: String,
    pub not_after: String,
}

/// A file that a signature names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    pub name: String,
    /// `sha256`.
    pub digest: Option<&'static str>,
    #[serde(flatten)]
    pub layer: Layer,
}

/// One thing that is checked, or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Layer {
    #[serde(rename = "layer")]
    pub name: Name,
    pub status: Status,
    /// Why it is broken, or was not checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// What is weak in it, though it holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weak: Vec<Weakness>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Held,
    Broken,
    NotChecked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// The archive, its names, `mimetype` and the manifest.
    Form,
    /// One file: its digest is what the signature says.
    File,
    /// All that the signature covers, the signed properties apart.
    Files,
    SignedProperties,
    /// The signature's value, by the certificate's key, over what is signed.
    Value,
    /// It can be read, is for signing, and is the one that the signed properties name.
    Certificate,
    /// The claimed time lies within the certificate's.
    SigningTime,
    /// From the certificate to an authority that is trusted.
    Chain,
    /// The timestamp is of this very signature.
    Timestamp,
    /// Who gave the timestamp.
    TimestampSignature,
    Revocation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weakness {
    /// SHA-1, of which forgeries are known.
    Sha1,
    /// An RSA key of less than 2,047 bits.
    ShortKey,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    // Of the archive.
    Empty,
    NotAnArchive,
    TooLarge,
    TooManyEntries,
    EntryTooLarge,
    TooLargeUnpacked,
    TooDense,
    ArchiveInArchive,
    ArchiveDamaged,
    HiddenBytes,
    HeadersDiffer,
    EntryDamaged,
    EntryEncrypted,
    EntryMethod,
    EntryName,
    EntryTwice,
    // Of the form.
    MimetypeMissing,
    MimetypeNotFirst,
    MimetypeUnknown,
    ManifestUnreadable,
    ManifestDiffers,
    FileUncovered,
    ManyFiles,
    // Of what is signed.
    SignatureUnreadable,
    SignatureXmlRefused,
    SignatureFormat,
    TooManySignatures,
    TooMuchWork,
    NothingCovered,
    FileMissing,
    DigestDiffers,
    DigestUnknown,
    TransformUnknown,
    ReferenceUnresolved,
    PropertiesMissing,
    PropertiesNotSigned,
    IdTwice,
    CanonicalizationUnknown,
    AlgorithmUnknown,
    KeyUnsupported,
    ValueWrong,
    // Of the certificate.
    CertificateMissing,
    CertificateMalformed,
    CertificateNotNamed,
    CertificateNotThisOne,
    CertificateNotForSigning,
    TimeMissing,
    TimeUnreadable,
    TimeOutsideCertificate,
    NoTrustGiven,
    IssuerUntrusted,
    ChainBroken,
    ChainAlgorithm,
    // Of timestamps and revocation.
    TimestampMissing,
    TimestampUnreadable,
    TimestampOfAnother,
    NotSupported,
}

impl Layer {
    pub(crate) const fn held(name: Name) -> Self {
        Self { name, status: Status::Held, reasons: Vec::new(), weak: Vec::new() }
    }

    pub(crate) fn broken(name: Name, reason: Reason) -> Self {
        Self { status: Status::Broken, reasons: vec![reason], ..Self::held(name) }
    }

    pub(crate) fn not_checked(name: Name, reason: Reason) -> Self {
        Self { status: Status::NotChecked, reasons: vec![reason], ..Self::held(name) }
    }

    pub(crate) fn weak(mut self, weakness: Option<Weakness>) -> Self {
        self.weak.extend(weakness.filter(|weakness| !self.weak.contains(weakness)));
        self
    }

    /// Takes in another: the worse status wins, with its reasons.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        let rank = |status| match status {
            Status::Held => 0,
            Status::NotChecked => 1,
            Status::Broken => 2,
        };
        if rank(other.status) > rank(self.status) {
            self.status = other.status;
            self.reasons.clear();
        }
        if other.status == self.status {
            self.reasons.extend_from_slice(&other.reasons);
            self.reasons.sort_unstable();
            self.reasons.dedup();
        }
        other.weak.iter().fold(self, |layer, weakness| layer.weak(Some(*weakness)))
    }
}

impl Signature {
    /// A layer by its name.
    #[must_use]
    pub fn layer(&self, name: Name) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.name == name)
    }
}
