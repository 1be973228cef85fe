//! What a text may hold that people write and others read.

/// Control characters but line ends and tabs, and what turns the direction of writing (a text that reads otherwise than it is
/// written).
#[must_use]
pub fn is_forbidden(found: char) -> bool {
    let control = found.is_control() && !matches!(found, '\n' | '\r' | '\t');
    control
        || matches!(found, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The same for the name of a file: no line ends, no folders.
#[must_use]
pub fn is_forbidden_in_name(found: char) -> bool {
    found.is_control() || matches!(found, '/' | '\\') || is_forbidden(found)
}
