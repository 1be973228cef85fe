//! Timestamps (RFC 3161): of what, and when. Who gave them is not checked.

use std::time::SystemTime;

use crate::algorithm::Digest;
use crate::asn1::{INTEGER, OID, SEQUENCE, TIME, Values, WRAPPED};
use crate::moment;

/// id-signedData, id-ct-TSTInfo.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];
const SET: u8 = 0x31;

/// What a timestamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// None for one that is not known.
    pub digest: Option<Digest>,
    pub imprint: Vec<u8>,
    pub moment: SystemTime,
}

/// None when it is no timestamp.
pub fn read(token: &[u8]) -> Option<Timestamp> {
    let mut outer = Values::new(token).enter(SEQUENCE)?;
    outer.take(OID).filter(|kind| kind.content == SIGNED_DATA)?;
    let mut signed = outer.enter(WRAPPED)?.enter(SEQUENCE)?;
    signed.take(INTEGER)?;
    signed.take(SET)?;
    let mut content = signed.enter(SEQUENCE)?;
    content.take(OID).filter(|kind| kind.content == INFO)?;
    let info = content.enter(WRAPPED)?.octets()?;
    let mut info = Values::new(&info).enter(SEQUENCE)?;
    info.take(INTEGER)?;
    info.take(OID)?;
    let mut imprint = info.enter(SEQUENCE)?;
    let digest = Digest::of_oid(imprint.enter(SEQUENCE)?.take(OID)?.content);
    let imprint = imprint.octets()?;
    info.take(INTEGER)?;
    let moment = moment::of_asn1(info.take(TIME)?.content)?;
    Some(Timestamp { digest, imprint, moment })
}
