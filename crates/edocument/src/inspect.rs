//! A container from its first byte to the verdict.

use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};

use durvis_web_eid::Trust;

use crate::algorithm::Digest;
use crate::bound::{Bound, Left};
use crate::judge::{Files, Judge, refused, unsupported};
use crate::report::{Entry, Kind, Layer, Name, Report, Role, Signature, Status, Verdict};
use crate::zip::{self, Packed};
use crate::{Reason, entries, form, xml};

/// Of these a signature must have been checked, for the container to be whole.
const NEEDED: [Name; 4] = [Name::Files, Name::SignedProperties, Name::Value, Name::Certificate];

/// Opens a container and judges it. What cannot be opened is told in the report, too. Chains are judged where somebody is trusted.
pub fn inspect(mut source: impl Read + Seek, trust: &Trust) -> Report {
    let source = &mut source;
    let size = source.seek(SeekFrom::End(0)).unwrap_or_default();
    let packed = match zip::directory(source, size) {
        Ok(packed) => packed,
        Err(reason) => return unreadable(size, Vec::new(), reason),
    };
    let own: Vec<&Packed> = packed.iter().filter(|entry| !entry.is_folder()).collect();
    if own.iter().any(|entry| entries::is_nested(source, entry)) {
        let listed = own.iter().map(|entry| listed(entry)).collect();
        return unreadable(size, listed, Reason::ArchiveInArchive);
    }
    let (mut form, kind, mut types) = form::judge(source, &packed);
    let (wanted, texts) = wanted(source, &own);
    let mut files = Files::new();
    let mut entries = Vec::new();
    for entry in own {
        let digests = entries::digests(source, entry, &wanted);
        if let Err(reason) = digests {
            form = form.and(&Layer::broken(Name::Form, reason));
        }
        let sha256 = digests.as_ref().ok().and_then(|digests| digests.get(&Digest::Sha256)).map(|bytes| hex(bytes));
        let entry = Entry { media_type: types.remove(&entry.name), sha256, ..listed(entry) };
        if entry.role != Role::Signature {
            files.insert(entry.name.clone(), digests);
        }
        entries.push(entry);
    }
    let signatures = signatures(source, &texts, &files, trust);
    told(Report { verdict: Verdict::Whole, kind, size, form, entries, uncovered: Vec::new(), signatures })
}

fn unreadable(size: u64, entries: Vec<Entry>, reason: Reason) -> Report {
    let form = Layer::broken(Name::Form, reason);
    let (uncovered, signatures) = (Vec::new(), Vec::new());
    Report { verdict: Verdict::Unreadable, kind: None::<Kind>, size, form, entries, uncovered, signatures }
}

fn listed(entry: &Packed) -> Entry {
    Entry {
        name: entry.name.clone(),
        role: form::role(&entry.name),
        media_type: None,
        size: entry.size,
        sha256: None,
        covered_by: Vec::new(),
    }
}

/// The digests that some signature asks for, and the entries with signatures. SHA-256 is told of every file.
fn wanted<'a>(source: &mut (impl Read + Seek), own: &[&'a Packed]) -> (BTreeSet<Digest>, Vec<&'a Packed>) {
    let signed: Vec<_> = own.iter().copied().filter(|entry| form::role(&entry.name) == Role::Signature).collect();
    let mut wanted = BTreeSet::from([Digest::Sha256]);
    for entry in signed.iter().take(Bound::SIGNATURES) {
        let text = entries::whole(source, entry, Bound::XML).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        wanted.extend(Digest::ALL.into_iter().filter(|digest| text.contains(digest.uri())));
    }
    (wanted, signed)
}

fn signatures(source: &mut (impl Read + Seek), signed: &[&Packed], files: &Files, trust: &Trust) -> Vec<Signature> {
    let mut judge = Judge { files, trust, left: Left::default() };
    let mut all = Vec::new();
    for entry in signed {
        let most = Bound::SIGNATURES.saturating_sub(all.len());
        if most == 0 {
            all.push(refused(&entry.name, Reason::TooManySignatures));
            break;
        }
        if form::is_other(&entry.name) {
            all.push(unsupported(&entry.name));
            continue;
        }
        let read = entries::whole(source, entry, Bound::XML);
        let text = read.and_then(|bytes| String::from_utf8(bytes).map_err(|_| Reason::SignatureUnreadable));
        let document = text.as_deref().map_err(|reason| *reason).and_then(xml::parse);
        match document {
            Ok(document) => all.extend(judge.document(&entry.name, &document, most)),
            Err(reason) => all.push(refused(&entry.name, reason)),
        }
    }
    all
}

/// Which signature covers which file, and the verdict.
fn told(mut report: Report) -> Report {
    let is_partly_known = report.signatures.iter().any(|signature| form::is_other(&signature.entry));
    for entry in report.entries.iter_mut().filter(|entry| entry.role == Role::File) {
        let mut is_named = false;
        for (number, signature) in report.signatures.iter().enumerate() {
            let mut own = signature.covers.iter().filter(|covered| covered.name == entry.name);
            if let Some(covered) = own.next() {
                is_named = true;
                if covered.layer.status == Status::Held {
                    entry.covered_by.push(number);
                }
            }
        }
        if !is_named && !report.signatures.is_empty() && !is_partly_known {
            report.uncovered.push(entry.name.clone());
        }
    }
    if !report.uncovered.is_empty() {
        report.form = report.form.and(&Layer::broken(Name::Form, Reason::FileUncovered));
    }
    report.verdict = verdict(&report);
    report
}

fn verdict(report: &Report) -> Verdict {
    let mut layers = report.signatures.iter().flat_map(|signature| &signature.layers);
    if report.form.status == Status::Broken || layers.any(|layer| layer.status == Status::Broken) {
        return Verdict::Broken;
    }
    if report.signatures.is_empty() {
        return Verdict::Unsigned;
    }
    let held = |signature: &Signature, name| signature.layer(name).is_some_and(|layer| layer.status == Status::Held);
    let is_checked = |signature: &Signature| NEEDED.into_iter().all(|name| held(signature, name));
    if report.signatures.iter().all(is_checked) { Verdict::Whole } else { Verdict::Unchecked }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
