//! A container that is signed here: a file, a person's card, an authority; written in the canonical form, so that what is signed
//! does not come out of the code that judges it. Then changed, one thing at a time.

use std::io::{Cursor, Write};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_edocument::{Name, Reason, Report, Status, Trust, Verdict, inspect};
use durvis_test_cards::authority::{Profile, now};
use durvis_test_cards::keys::{Form, Key};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const ECDSA: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
const TEXT: &str = "Vienojamies.\n";

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

/// A moment of the day on which the authority's clock stands, as XML has it.
fn claimed() -> String {
    let at = time::OffsetDateTime::from(now() + Duration::from_secs(60));
    at.format(&time::format_description::well_known::Rfc3339).unwrap()
}

/// Who signs, and who has given the certificate.
struct Signer {
    key: Key,
    certificate: Vec<u8>,
    authority: Vec<u8>,
}

impl Signer {
    fn new() -> Self {
        let authority = Profile::authority("Sandbox CA", Key::P256(2));
        let key = Key::P256(1);
        let certificate = Profile::person(key).issued_by(&authority, "ES256");
        Self { key, certificate, authority: authority.issued_by(&authority, "ES256") }
    }

    fn digest(algorithm: &str) -> String {
        format!("<ds:DigestMethod xmlns:ds=\"{DS}\" Algorithm=\"{algorithm}\"></ds:DigestMethod>")
    }

    fn value(of: &str) -> String {
        format!("<ds:DigestValue xmlns:ds=\"{DS}\">{of}</ds:DigestValue>")
    }

    /// The signed properties, as they are digested.
    fn properties(&self) -> String {
        let (digest, value, at) = (Self::digest(SHA256), Self::value(&sha256(&self.certificate)), claimed());
        format!(
            "<xades:SignedProperties xmlns:xades=\"{XADES}\" Id=\"properties\"><xades:SignedSignatureProperties>\
             <xades:SigningTime>{at}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>{digest}{value}\
             </xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>"
        )
    }

    /// What is signed, as it is signed.
    fn info(&self) -> String {
        let reference = |attributes: &str, transforms: &str, digest: &str| {
            format!(
                "<ds:Reference{attributes}>{transforms}<ds:DigestMethod Algorithm=\"{SHA256}\"></ds:DigestMethod>\
                 <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
            )
        };
        let properties = " Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#properties\"";
        let exclusive =
            format!("<ds:Transforms><ds:Transform Algorithm=\"{EXCLUSIVE}\"></ds:Transform></ds:Transforms>");
        format!(
            "<ds:SignedInfo xmlns:ds=\"{DS}\"><ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"></ds:CanonicalizationMethod>\
             <ds:SignatureMethod Algorithm=\"{ECDSA}\"></ds:SignatureMethod>{}{}</ds:SignedInfo>",
            reference(" URI=\"L%C4%ABgums.txt\"", "", &sha256(TEXT)),
            reference(properties, &exclusive, &sha256(self.properties())),
        )
    }

    /// The document with the signature.
    fn signatures(&self) -> String {
        let info = self.info();
        let value = STANDARD.encode(self.key.sign("ES256", Form::Raw, info.as_bytes()));
        let certificate = STANDARD.encode(&self.certificate);
        let properties = self.properties();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<asic:XAdESSignatures xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" \
             xmlns:ds=\"{DS}\" xmlns:xades=\"{XADES}\">\n<ds:Signature Id=\"first\">{info}<ds:SignatureValue>{value}</ds:SignatureValue>\
             <ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\
             <ds:Object><xades:QualifyingProperties Target=\"#first\">{properties}</xades:QualifyingProperties></ds:Object>\
             </ds:Signature>\n</asic:XAdESSignatures>"
        )
    }
}

fn container(text: &str, signatures: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let first = [("mimetype", "application/vnd.etsi.asic-e+zip"), ("Līgums.txt", text)];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in first.iter().chain(more).chain([&("META-INF/signatures0.xml", signatures)]) {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn judged(text: &str, signatures: &str, more: &[(&str, &str)], trust: &Trust) -> Report {
    inspect(Cursor::new(container(text, signatures, more)), trust)
}

#[test]
fn what_was_signed_holds_layer_by_layer_and_says_who_signed() {
    let signer = Signer::new();
    let mut trust = Trust::default();
    let report = judged(TEXT, &signer.signatures(), &[], &trust);
    assert_eq!(report.verdict, Verdict::Whole, "{report:#?}");
    let signature = &report.signatures[0];
    for layer in [Name::Files, Name::SignedProperties, Name::Value, Name::Certificate] {
        assert_eq!(signature.layer(layer).unwrap().status, Status::Held, "{layer:?}");
    }
    assert!(signature.certificate.as_ref().unwrap().subject.contains("ANDRIS PARAUDZIŅŠ"));
    assert_eq!(signature.layer(Name::Chain).unwrap().status, Status::NotChecked, "nobody is trusted");
    trust.add(&signer.authority).unwrap();
    let report = judged(TEXT, &signer.signatures(), &[], &trust);
    assert_eq!(report.signatures[0].layer(Name::Chain).unwrap().status, Status::Held, "{report:#?}");
}

#[test]
fn each_change_breaks_its_own_layer() {
    let signer = Signer::new();
    let signatures = signer.signatures();
    let other = Signer {
        certificate: Profile::person(Key::P256(9)).issued_by(&Profile::authority("Sandbox CA", Key::P256(2)), "ES256"),
        ..Signer::new()
    };
    let swapped = signatures.replace(&STANDARD.encode(&signer.certificate), &STANDARD.encode(&other.certificate));
    let unnamed = signatures
        .replace("Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#properties\"", "URI=\"#properties\"");
    let cases = [
        ("the file", "Vienojamies!\n", signatures.clone(), Name::Files, Reason::DigestDiffers),
        (
            "the time",
            TEXT,
            signatures.replacen("SigningTime>2", "SigningTime>1", 1),
            Name::SignedProperties,
            Reason::DigestDiffers,
        ),
        (
            "what is signed",
            TEXT,
            signatures.replacen(&sha256(TEXT), &sha256("Cits.\n"), 1),
            Name::Value,
            Reason::ValueWrong,
        ),
        ("the certificate", TEXT, swapped, Name::Value, Reason::ValueWrong),
        ("how it is named", TEXT, unnamed, Name::Value, Reason::ValueWrong),
    ];
    for (what, text, signatures, layer, reason) in cases {
        let report = judged(text, &signatures, &[], &Trust::default());
        assert_eq!(report.verdict, Verdict::Broken, "{what}: {report:#?}");
        let found = report.signatures[0].layer(layer).unwrap();
        assert_eq!((found.status, found.reasons.contains(&reason)), (Status::Broken, true), "{what}: {found:?}");
    }
}

#[test]
fn what_lies_beside_the_signed_file_is_said_not_to_be_signed() {
    let report = judged(TEXT, &Signer::new().signatures(), &[("Pielikums.txt", "Vēl kaut kas.")], &Trust::default());
    assert_eq!(report.uncovered, ["Pielikums.txt"], "{report:#?}");
    assert_ne!(report.verdict, Verdict::Whole);
}
