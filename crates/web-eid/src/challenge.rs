//! The challenge that the card signs together with the origin. Who keeps it, and for how long, is the caller's matter.

use std::fmt;

use crate::Refusal;

/// Letters of 32 bytes in base64; what Web eID demands.
const MIN_LETTERS: usize = 44;

/// A challenge nonce. To be used for one token only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge(String);

impl Challenge {
    /// Made of 32 random bytes.
    #[must_use]
    pub fn new(random: [u8; 32]) -> Self {
        Self(crate::base64::encode(&random))
    }

    /// One that was given out before.
    ///
    /// # Errors
    /// When it is shorter than any that is given out.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if text.chars().count() < MIN_LETTERS {
            return Err(Refusal::NonceTooShort);
        }
        Ok(Self(text.to_owned()))
    }

    /// The letters that are signed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_as_long_as_web_eid_demands() {
        let challenge = Challenge::new([7; 32]);
        assert_eq!(challenge.as_str().len(), MIN_LETTERS);
        assert_eq!(Challenge::parse(challenge.as_str()), Ok(challenge.clone()));
        assert_eq!(Challenge::parse(&challenge.as_str()[1..]), Err(Refusal::NonceTooShort));
    }
}
