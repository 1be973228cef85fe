//! What is found in a container of signed files, layer by layer. Codes are those of the crate `durvis-edocument`, which names
//! all of them; an app that does not know one shows it as it is.

use serde::{Deserialize, Serialize};

/// All that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inspection {
    /// `whole`, `broken`, `unsigned`, `unchecked` or `unreadable`.
    pub verdict: String,
    /// The container's own form.
    pub form: InspectedLayer,
    /// What is in it besides signatures and what is about the container.
    pub files: Vec<InspectedFile>,
    pub signatures: Vec<InspectedSignature>,
}

/// A file in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectedFile {
    pub name: String,
    /// Bytes, unpacked.
    pub size: u64,
    /// Whether a signature covers it as it is.
    pub covered: bool,
}

/// A signature in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectedSignature {
    /// Who signed, as the certificate says (RFC 4514).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// When, as whoever signed says: ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_at: Option<String>,
    pub layers: Vec<InspectedLayer>,
}

/// One thing that is checked, or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectedLayer {
    pub layer: String,
    /// `held`, `broken` or `not_checked`.
    pub status: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak: Vec<String>,
}
