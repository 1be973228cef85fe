//! The form of a container: what it says it is, and whether its manifest says the same.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use crate::bound::Bound;
use crate::report::{Kind, Layer, Name, Role};
use crate::zip::Packed;
use crate::{Reason, entries, xml};

const MANIFEST: &str = "META-INF/manifest.xml";
const NAMESPACE: &str = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";

/// What an entry is for, by its name.
pub fn role(name: &str) -> Role {
    let Some(meta) = name.strip_prefix("META-INF/") else {
        return if name == "mimetype" { Role::Mimetype } else { Role::File };
    };
    let meta = meta.to_ascii_lowercase();
    let is_xades = meta.contains("signatures") && meta.ends_with(".xml");
    if is_xades || is_other(&meta) { Role::Signature } else { Role::Meta }
}

/// Signatures and timestamps of a kind that is not judged here: CAdES, RFC 3161.
pub fn is_other(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".p7s") || name.ends_with(".tst")
}

/// The form, the kind, and the media types of files, by the manifest.
pub fn judge(source: &mut (impl Read + Seek), packed: &[Packed]) -> (Layer, Option<Kind>, BTreeMap<String, String>) {
    let names = |wanted: Role| packed.iter().filter(move |entry| !entry.is_folder() && role(&entry.name) == wanted);
    let mut form = Layer::held(Name::Form);
    let kind = match kind(source, packed) {
        Ok(kind) => Some(kind),
        Err(reason) => {
            form = form.and(&Layer::broken(Name::Form, reason));
            None
        }
    };
    if kind == Some(Kind::AsicS) && names(Role::File).count() != 1 {
        form = form.and(&Layer::broken(Name::Form, Reason::ManyFiles));
    }
    let mut types = BTreeMap::new();
    if let Some(entry) = packed.iter().find(|entry| entry.name == MANIFEST) {
        match manifest(source, entry) {
            Ok(told) => types = told,
            Err(_) => form = form.and(&Layer::broken(Name::Form, Reason::ManifestUnreadable)),
        }
        let files: BTreeSet<&str> = names(Role::File).map(|entry| entry.name.as_str()).collect();
        if !form.reasons.contains(&Reason::ManifestUnreadable) && !types.keys().map(String::as_str).eq(files) {
            form = form.and(&Layer::broken(Name::Form, Reason::ManifestDiffers));
        }
    }
    (form, kind, types)
}

/// By the entry that any program finds at once: the first, as it is.
fn kind(source: &mut (impl Read + Seek), packed: &[Packed]) -> Result<Kind, Reason> {
    let entry = packed.iter().find(|entry| entry.name == "mimetype").ok_or(Reason::MimetypeMissing)?;
    let is_first = packed.first() == Some(entry);
    if !is_first || !entry.stored || entry.extra {
        return Err(Reason::MimetypeNotFirst);
    }
    match entries::whole(source, entry, 256)?.as_slice() {
        b"application/vnd.etsi.asic-e+zip" => Ok(Kind::AsicE),
        b"application/vnd.etsi.asic-s+zip" => Ok(Kind::AsicS),
        _ => Err(Reason::MimetypeUnknown),
    }
}

/// The files that it names, with their types. None of the container itself.
fn manifest(source: &mut (impl Read + Seek), entry: &Packed) -> Result<BTreeMap<String, String>, Reason> {
    let bytes = entries::whole(source, entry, Bound::XML)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Reason::ManifestUnreadable)?;
    let document = xml::parse(text)?;
    let all = document.descendants().filter(|node| node.has_tag_name((NAMESPACE, "file-entry")));
    let named = all.filter_map(|node| {
        let name = node.attribute((NAMESPACE, "full-path"))?;
        Some((name.to_owned(), node.attribute((NAMESPACE, "media-type")).unwrap_or_default().to_owned()))
    });
    Ok(named.filter(|(name, _)| !name.ends_with('/') && role(name) == Role::File).collect())
}
