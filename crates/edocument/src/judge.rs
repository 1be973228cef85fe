//! One signature, layer by layer.

use std::collections::BTreeMap;
use std::time::SystemTime;

use durvis_web_eid::Trust;
use roxmltree::{Document, Node};

use crate::algorithm::Signing;
use crate::bound::{Bound, Left};
use crate::canonical::{Method, canonical};
use crate::certificate::{self, Certificates};
use crate::entries::Digests;
use crate::parsed::{Ids, Parsed, Reference, Target, Transform};
use crate::report::{Covered, Layer, Name, Signature, Status};
use crate::timestamp::{self, Timestamp};
use crate::{Reason, key, moment, xml};

/// The digests of what is in the container, by name, or why there are none.
pub type Files = BTreeMap<String, Result<Digests, Reason>>;

/// What all signatures are judged by.
pub struct Judge<'a> {
    pub files: &'a Files,
    pub trust: &'a Trust,
    pub left: Left,
}

/// A signature of which nothing more can be told.
pub fn refused(entry: &str, reason: Reason) -> Signature {
    let broken = Layer::broken(Name::Value, reason);
    Signature { layers: vec![broken], ..unknown(entry) }
}

/// A signature of a kind that is not judged here.
pub fn unsupported(entry: &str) -> Signature {
    let all = [Name::Files, Name::Value, Name::Certificate, Name::Chain, Name::Timestamp, Name::Revocation];
    let layers = all.map(|name| Layer::not_checked(name, Reason::NotSupported)).to_vec();
    Signature { layers, ..unknown(entry) }
}

fn unknown(entry: &str) -> Signature {
    Signature {
        entry: entry.to_owned(),
        id: None,
        algorithm: None,
        claimed_time: None,
        timestamps: Vec::new(),
        certificate: None,
        covers: Vec::new(),
        layers: Vec::new(),
    }
}

impl Judge<'_> {
    /// The signatures in a document, at most so many.
    pub fn document(&mut self, entry: &str, document: &Document<'_>, most: usize) -> Vec<Signature> {
        let ids = Ids::of(document);
        let nodes: Vec<_> = xml::signed(document.root_element(), "Signature").take(most + 1).collect();
        if nodes.is_empty() {
            return vec![refused(entry, Reason::SignatureFormat)];
        }
        if nodes.len() > most {
            return vec![refused(entry, Reason::TooManySignatures)];
        }
        nodes.into_iter().map(|node| self.signature(entry, node, &ids)).collect()
    }

    fn signature(&mut self, entry: &str, node: Node<'_, '_>, ids: &Ids<'_, '_>) -> Signature {
        let id = node.attribute("Id").map(str::to_owned);
        let parsed = match Parsed::of(node) {
            Ok(parsed) => parsed,
            Err(reason) => return Signature { id, ..refused(entry, reason) },
        };
        let certificates = Certificates::of(node, parsed.properties);
        let claimed_time = parsed.claimed_time();
        let claimed = claimed_time.as_deref().map(moment::of_xml);
        let (covers, files, properties) = self.covered(&parsed, ids);
        let (timestamp, moments) = self.timestamps(&parsed);
        let believed = moments.iter().min().copied().filter(|_| timestamp.status == Status::Held);
        let giver = if timestamp.reasons == [Reason::TimestampMissing] {
            Reason::TimestampMissing
        } else {
            Reason::NotSupported
        };
        let layers = vec![
            files,
            properties,
            self.value(&parsed, &certificates),
            certificates.judged(),
            certificates.covers(claimed),
            certificates.chain(self.trust, believed.or(claimed.flatten())),
            timestamp,
            Layer::not_checked(Name::TimestampSignature, giver),
            Layer::not_checked(Name::Revocation, Reason::NotSupported),
        ];
        Signature {
            id,
            algorithm: parsed.algorithm.map(str::to_owned),
            claimed_time,
            timestamps: moments.into_iter().map(moment::told).collect(),
            certificate: certificates.read().ok().map(certificate::told),
            covers,
            layers,
            ..unknown(entry)
        }
    }

    /// Each thing that is named; all of them together; the signed properties.
    fn covered(&mut self, parsed: &Parsed<'_, '_>, ids: &Ids<'_, '_>) -> (Vec<Covered>, Layer, Layer) {
        let mut covers = Vec::new();
        let unsigned =
            if parsed.properties.is_some() { Reason::PropertiesNotSigned } else { Reason::PropertiesMissing };
        let mut properties = Layer::broken(Name::SignedProperties, unsigned);
        for reference in &parsed.references {
            let (name, layer) = match &reference.target {
                Target::File(name) => (name.clone(), self.file(name, reference)),
                Target::Element(id) => {
                    let found = ids.find(id);
                    let is_properties = found.is_ok_and(|node| Some(node) == parsed.properties);
                    let checked = found.and_then(|node| self.element(node, reference));
                    if is_properties {
                        properties = Layer { name: Name::SignedProperties, ..layer(checked) };
                        continue;
                    }
                    (format!("#{id}"), layer(found.and(checked)))
                }
            };
            covers.push(Covered { name, digest: reference.digest.map(crate::algorithm::Digest::name), layer });
        }
        let names_file = parsed.references.iter().any(|reference| matches!(reference.target, Target::File(_)));
        let begin =
            if names_file { Layer::held(Name::Files) } else { Layer::broken(Name::Files, Reason::NothingCovered) };
        let files = covers.iter().fold(begin, |all, covered| all.and(&covered.layer));
        (covers, files, properties)
    }

    fn file(&self, name: &str, reference: &Reference<'_>) -> Layer {
        let digests = match self.files.get(name) {
            Some(Ok(digests)) => digests,
            Some(Err(reason)) => return Layer::broken(Name::File, *reason),
            None => return Layer::broken(Name::File, Reason::FileMissing),
        };
        if !matches!(reference.transform, Transform::None) {
            return Layer::not_checked(Name::File, Reason::TransformUnknown);
        }
        match reference.digest.and_then(|digest| Some((digest, digests.get(&digest)?))) {
            None => Layer::not_checked(Name::File, Reason::DigestUnknown),
            Some((digest, value)) if *value == reference.value => Layer::held(Name::File).weak(digest.weakness()),
            Some(_) => Layer::broken(Name::File, Reason::DigestDiffers),
        }
    }

    /// An element of the document: as it is written, never with its comments.
    fn element(&mut self, node: Node<'_, '_>, reference: &Reference<'_>) -> Result<Layer, Reason> {
        let method = match &reference.transform {
            Transform::None => Method::default(),
            Transform::Canonical(method) => method.without_comments(),
            Transform::Unknown => return Ok(Layer::not_checked(Name::File, Reason::TransformUnknown)),
        };
        let Some(digest) = reference.digest else {
            return Ok(Layer::not_checked(Name::File, Reason::DigestUnknown));
        };
        let bytes = match canonical(node, &method, &mut self.left) {
            Ok(bytes) => bytes,
            Err(reason) => return Ok(Layer::not_checked(Name::File, reason)),
        };
        let same = digest.of(&bytes) == reference.value;
        if same { Ok(Layer::held(Name::File).weak(digest.weakness())) } else { Err(Reason::DigestDiffers) }
    }

    fn value(&mut self, parsed: &Parsed<'_, '_>, certificates: &Certificates) -> Layer {
        let mut checked = || {
            let method = parsed.method.as_ref().ok_or(Reason::CanonicalizationUnknown)?;
            let signing = parsed.algorithm.and_then(Signing::of_uri).ok_or(Reason::AlgorithmUnknown)?;
            let certificate = certificates.read()?;
            let message = canonical(parsed.info, method, &mut self.left)?;
            Ok(key::judge(certificate, signing, &message, &parsed.value))
        };
        checked().unwrap_or_else(|reason| Layer::not_checked(Name::Value, reason))
    }

    /// Whether the timestamps are of this signature's value, and when they are from.
    fn timestamps(&mut self, parsed: &Parsed<'_, '_>) -> (Layer, Vec<SystemTime>) {
        let all = xml::unsigned(parsed.node).flat_map(|own| xml::qualified(own, "SignatureTimeStamp"));
        let mut layers = Layer::held(Name::Timestamp);
        let mut moments = Vec::new();
        let mut is_any = false;
        for node in all.take(Bound::TIMESTAMPS) {
            let method = xml::signed(node, "CanonicalizationMethod").next();
            let method = method.map_or_else(|| Some(Method::default()), Method::of);
            for token in xml::qualified(node, "EncapsulatedTimeStamp").take(Bound::TIMESTAMPS) {
                is_any = true;
                let read = xml::bytes(token).and_then(|token| timestamp::read(&token));
                layers = layers.and(&self.timestamp(parsed, method.as_ref(), read.as_ref()));
                moments.extend(read.map(|read| read.moment));
            }
        }
        if !is_any {
            layers = Layer::not_checked(Name::Timestamp, Reason::TimestampMissing);
        }
        (layers, moments)
    }

    fn timestamp(&mut self, parsed: &Parsed<'_, '_>, method: Option<&Method>, read: Option<&Timestamp>) -> Layer {
        let Some(read) = read else {
            return Layer::broken(Name::Timestamp, Reason::TimestampUnreadable);
        };
        let mut checked = || {
            let method = method.ok_or(Reason::CanonicalizationUnknown)?;
            let digest = read.digest.ok_or(Reason::DigestUnknown)?;
            Ok((digest, canonical(parsed.value_node, method, &mut self.left)?))
        };
        match checked() {
            Err(reason) => Layer::not_checked(Name::Timestamp, reason),
            Ok((digest, bytes)) if digest.of(&bytes) == read.imprint => {
                Layer::held(Name::Timestamp).weak(digest.weakness())
            }
            Ok(_) => Layer::broken(Name::Timestamp, Reason::TimestampOfAnother),
        }
    }
}

/// What an element is not found by, or does not match, breaks it.
fn layer(checked: Result<Layer, Reason>) -> Layer {
    checked.unwrap_or_else(|reason| Layer::broken(Name::File, reason))
}
