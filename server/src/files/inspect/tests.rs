use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Refused, inspect};

const ODT: &str = "application/vnd.oasis.opendocument.text";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ASICE: &str = "application/vnd.etsi.asic-e+zip";
const PDF: &str = "application/pdf";

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(more: &[(&str, &[u8])], types: &[u8]) -> Vec<u8> {
    let entries: Vec<_> = [("[Content_Types].xml", types), ("word/document.xml", b"<w/>")]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    archive(&entries)
}

#[test]
fn what_is_as_its_name_says_is_taken() {
    assert_eq!(inspect(PDF, b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj"), Ok(()));
    assert_eq!(inspect("image/png", b"\x89PNG\r\n\x1A\n...."), Ok(()));
    assert_eq!(inspect("image/jpeg", b"\xFF\xD8\xFF\xE0"), Ok(()));
    assert_eq!(inspect("image/tiff", b"MM\0*"), Ok(()));
    assert_eq!(inspect(DOCX, &docx(&[], b"<Types/>")), Ok(()));
    assert_eq!(inspect(ODT, &archive(&[("mimetype", ODT.as_bytes()), ("content.xml", b"<o/>")])), Ok(()));
    assert_eq!(inspect(ASICE, &archive(&[("mimetype", ASICE.as_bytes()), ("a.pdf", b"%PDF-")])), Ok(()));
}

#[test]
fn what_lies_about_its_type_is_refused() {
    for media_type in [PDF, "image/png", "image/jpeg", "image/tiff", "application/msword", DOCX, ODT, ASICE] {
        for bytes in [&b"MZ\x90\0 a program"[..], b"", b"<html><script>", b"PK\x03\x04", b"PK\x05\x06"] {
            assert_eq!(inspect(media_type, bytes), Err(Refused::Type), "{media_type}");
        }
    }
    assert_eq!(inspect(ODT, &docx(&[], b"<Types/>")), Err(Refused::Type), "another kind of document");
    assert_eq!(inspect(DOCX, &archive(&[("word/document.xml", b"")])), Err(Refused::Type), "no types");
    assert_eq!(inspect(DOCX, &docx(&[("../../etc/cron.d/x", b"")], b"<Types/>")), Err(Refused::Type), "climbs out");
}

#[test]
fn macros_are_refused() {
    assert_eq!(inspect(DOCX, &docx(&[("word/vbaProject.bin", b"")], b"<Types/>")), Err(Refused::Macros));
    let types = b"<Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>";
    assert_eq!(inspect(DOCX, &docx(&[], types)), Err(Refused::Macros));
    let odt = archive(&[("mimetype", ODT.as_bytes()), ("Basic/Standard/Module1.xml", b"")]);
    assert_eq!(inspect(ODT, &odt), Err(Refused::Macros));
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let doc = |more: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), wide("WordDocument"), wide(more)].concat();
    assert_eq!(inspect("application/msword", &doc("")), Ok(()));
    assert_eq!(inspect("application/msword", &doc("_VBA_PROJECT")), Err(Refused::Macros));
}

#[test]
fn a_pdf_that_does_something_is_refused_however_it_hides_it() {
    let pdf = |body: &[u8]| [b"%PDF-1.7\n", body].concat();
    assert_eq!(inspect(PDF, &pdf(b"<</S /JavaScript /JS (x)>>")), Err(Refused::Active));
    assert_eq!(inspect(PDF, &pdf(b"<</S /#4aava#53cript>>")), Err(Refused::Active));
    assert_eq!(inspect(PDF, &pdf(b"<</S/Launch/F(cmd.exe)>>")), Err(Refused::Active));
    assert_eq!(inspect(PDF, &pdf(b"trailer <</Encrypt 9 0 R>>")), Err(Refused::Locked));
    assert_eq!(inspect(PDF, &pdf(b"(JavaScript) /JavaScriptless /EncryptMetadata false")), Ok(()));
    let packed = |plain: &[u8]| {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
        packer.write_all(plain).unwrap();
        let stream = packer.finish().unwrap();
        pdf(&[b"7 0 obj <</Type /ObjStm /Filter /FlateDecode>> stream\r\n", &stream[..], b"\nendstream"].concat())
    };
    assert_eq!(inspect(PDF, &packed(b"8 0 <</S /JavaScript>>")), Err(Refused::Active));
    assert_eq!(inspect(PDF, &packed(b"8 0 <</S /GoTo>>")), Ok(()));
    assert_eq!(inspect(PDF, &packed(&vec![b' '; 40 * 1024 * 1024])), Err(Refused::Bomb));
}

#[test]
fn an_archive_bomb_is_refused_before_it_bursts() {
    let zeros = vec![0; 30 * 1024 * 1024];
    assert_eq!(inspect(ASICE, &archive(&[("mimetype", ASICE.as_bytes()), ("a.bin", &zeros)])), Err(Refused::Bomb));
    let names: Vec<String> = (0..2_500).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(inspect(ASICE, &archive(&many)), Err(Refused::Bomb));
}

#[test]
fn archives_in_archives_are_looked_into() {
    let asice = |inner: &[u8]| archive(&[("mimetype", ASICE.as_bytes()), ("a.docx", inner)]);
    assert_eq!(inspect(ASICE, &asice(&docx(&[], b"<Types/>"))), Ok(()));
    assert_eq!(inspect(ASICE, &asice(&docx(&[("word/vbaProject.bin", b"")], b"<Types/>"))), Err(Refused::Macros));
    let zeros = vec![0; 30 * 1024 * 1024];
    assert_eq!(inspect(ASICE, &asice(&archive(&[("a.bin", &zeros)]))), Err(Refused::Bomb));
    let deep = (0..5).fold(archive(&[("a.txt", b"x")]), |inner, _| archive(&[("a.zip", &inner)]));
    assert_eq!(inspect(ASICE, &asice(&deep)), Err(Refused::Bomb));
}

#[test]
fn any_cut_or_bent_archive_gets_an_answer() {
    let whole = docx(&[("word/media/a.png", b"picture")], b"<Types/>");
    for at in 0..whole.len() {
        let _ = inspect(DOCX, &whole[..at]);
        let mut bent = whole.clone();
        bent[at] ^= 0xFF;
        let _ = inspect(DOCX, &bent);
    }
}
