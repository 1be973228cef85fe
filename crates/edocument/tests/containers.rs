//! Containers: those that others have signed, each damaged in every way; and hostile ones.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use durvis_edocument::{Kind, Name, Reason, Report, Status, Trust, Verdict, inspect};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn judged(bytes: &[u8]) -> Report {
    inspect(Cursor::new(bytes), &Trust::default())
}

/// A container that others have made, where the checkout has them beside it.
fn sample(name: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/edocuments");
    std::fs::read(folder.join(name)).ok()
}

/// Entries by name; the first is stored, as it is.
fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, content)) in entries.iter().enumerate() {
        let method = if at == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ASIC_E: (&str, &[u8]) = ("mimetype", b"application/vnd.etsi.asic-e+zip");

#[test]
fn what_latvians_sign_holds_layer_by_layer() {
    for name in ["latvian_signed_container.asice", "latvian_signed_container.edoc"] {
        let Some(bytes) = sample(name) else { continue };
        let report = judged(&bytes);
        assert_eq!((report.verdict, report.kind), (Verdict::Whole, Some(Kind::AsicE)), "{name}: {report:#?}");
        assert!(!report.signatures.is_empty() && report.uncovered.is_empty());
        for signature in &report.signatures {
            for layer in [Name::Files, Name::SignedProperties, Name::Value, Name::Certificate] {
                assert_eq!(signature.layer(layer).unwrap().status, Status::Held, "{name}: {layer:?}");
            }
            // Nobody is trusted, and no list of revoked ones was asked: neither is said to be well.
            for layer in [Name::Chain, Name::Revocation, Name::TimestampSignature] {
                assert_eq!(signature.layer(layer).unwrap().status, Status::NotChecked, "{name}: {layer:?}");
            }
        }
    }
}

#[test]
fn a_byte_that_is_another_is_never_whole() {
    let Some(bytes) = sample("latvian_signed_container.asice") else { return };
    let whole = judged(&bytes);
    let contents = |report: &Report| -> Vec<_> {
        report.entries.iter().map(|entry| (entry.name.clone(), entry.sha256.clone())).collect()
    };
    // A thousand places all over the file, and every cut at a thousandth.
    let step = (bytes.len() / 1_000).max(1);
    for at in (0..bytes.len()).step_by(step) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        let report = judged(&damaged);
        let is_same = contents(&report) == contents(&whole);
        assert!(report.verdict != Verdict::Whole || is_same, "byte {at} of {}", bytes.len());
        assert_ne!(judged(&bytes[..at]).verdict, Verdict::Whole, "cut at {at}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let Some(bytes) = sample("zip-bomb.asice") else { return };
    let report = judged(&bytes);
    assert_eq!((report.verdict, report.form.status), (Verdict::Unreadable, Status::Broken), "{report:#?}");
    let zeros = vec![0; 64 * 1024 * 1024];
    let own = packed(&[ASIC_E, ("a.txt", &zeros)]);
    assert_eq!(judged(&own).verdict, Verdict::Unreadable);
}

#[test]
fn what_nobody_signed_is_unsigned_and_what_is_no_container_unreadable() {
    let report = judged(&packed(&[ASIC_E, ("a.txt", b"Sveiki")]));
    assert_eq!((report.verdict, report.entries.len()), (Verdict::Unsigned, 2), "{report:#?}");
    for (bytes, reason) in [(&b""[..], Reason::Empty), (b"%PDF-1.7", Reason::NotAnArchive)] {
        let report = judged(bytes);
        assert_eq!((report.verdict, report.form.reasons), (Verdict::Unreadable, vec![reason]));
    }
}

/// A name, and the entries of a container.
type Case<'a> = (&'a str, Vec<(&'a str, &'a [u8])>);

#[test]
fn a_hostile_container_is_broken_and_says_why() {
    let bomb = format!(
        "<!DOCTYPE x [<!ENTITY a \"{}\">]><asic:XAdESSignatures xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\">&a;</asic:XAdESSignatures>",
        "ha".repeat(1_000)
    );
    let deep = format!("{}{}", "<a>".repeat(5_000), "</a>".repeat(5_000));
    let signatures = "META-INF/signatures.xml";
    let cases: [Case; 7] = [
        ("an entity", vec![ASIC_E, ("a.txt", b"a"), (signatures, bomb.as_bytes())]),
        ("deep", vec![ASIC_E, ("a.txt", b"a"), (signatures, deep.as_bytes())]),
        ("no XML", vec![ASIC_E, ("a.txt", b"a"), (signatures, b"\xff\xfe")]),
        ("no signature in it", vec![ASIC_E, ("a.txt", b"a"), (signatures, b"<a/>")]),
        ("another type", vec![("mimetype", b"text/plain"), ("a.txt", b"a")]),
        ("no type", vec![("a.txt", b"a")]),
        ("out of its folder", vec![ASIC_E, ("../a.txt", b"a")]),
    ];
    for (name, entries) in cases {
        let report = judged(&packed(&entries));
        assert!(matches!(report.verdict, Verdict::Broken | Verdict::Unreadable), "{name}: {report:#?}");
    }
}

#[test]
fn a_hundred_thousand_entries_are_too_many() {
    let names: Vec<String> = (0..100_000).map(|number| format!("{number}.txt")).collect();
    let mut entries = vec![ASIC_E];
    entries.extend(names.iter().map(|name| (name.as_str(), &b""[..])));
    let report = judged(&packed(&entries));
    assert_eq!(report.verdict, Verdict::Unreadable);
    assert!(report.form.reasons.contains(&Reason::TooManyEntries) || report.form.reasons.contains(&Reason::TooLarge));
}

#[test]
fn a_report_is_json_of_codes() {
    let report = serde_json::to_value(judged(&packed(&[ASIC_E, ("a.txt", b"Sveiki")]))).unwrap();
    assert_eq!(
        (&report["verdict"], &report["kind"], &report["form"]["status"]),
        (&"unsigned".into(), &"asic_e".into(), &"held".into())
    );
}
