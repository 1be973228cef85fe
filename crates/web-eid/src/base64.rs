//! Base64 as tokens have it: the standard alphabet, nothing between the letters, the padding there or not.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const PADDED_OR_NOT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What the text stands for; nothing when it is no base64.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    PADDED_OR_NOT.decode(text).ok()
}

/// With padding.
pub fn encode(bytes: &[u8]) -> String {
    PADDED_OR_NOT.encode(bytes)
}
