//! Who signs in, and every reason why somebody does not, but for revocation.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc4519;
use const_oid::db::rfc5280::{
    ANY_EXTENDED_KEY_USAGE, ID_CE_NAME_CONSTRAINTS, ID_KP_CODE_SIGNING, ID_KP_EMAIL_PROTECTION,
};
use durvis_web_eid::{Refusal, Revocation, Subject};
use serde_json::{Value, json};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsages};

use crate::authority::{Profile, further};
use crate::keys::{Form, Key};
use crate::scenario::{Nobody, Scenario};

const SOME_EXTENSION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.3.4");
const ALL: [(Key, &[&str]); 4] = [
    (Key::P256(1), &["ES256"]),
    (Key::P384(1), &["ES384"]),
    (Key::P521(1), &["ES512"]),
    (Key::Rsa, &["PS256", "PS384", "PS512", "RS256", "RS384", "RS512"]),
];

type Set = fn(&mut Scenario);

fn code(scenario: &Scenario) -> &'static str {
    scenario.answer().map_or_else(|refusal| refusal.code(), |_| "accepted")
}

fn check(cases: &[(&str, &str, Set)]) {
    for (what, expected, set) in cases {
        let mut scenario = Scenario::new();
        set(&mut scenario);
        assert_eq!(code(&scenario), *expected, "{what}");
    }
}

#[test]
fn a_person_with_a_card_signs_in() {
    let expected = Subject {
        personal_code: "PNOLV-321234-56789".into(),
        kind: Some("PNO".into()),
        country: Some("LV".into()),
        code: "321234-56789".into(),
        given_name: "ANDRIS".into(),
        surname: "PARAUDZIŅŠ".into(),
    };
    assert_eq!(Scenario::new().answer(), Ok(expected));
}

#[test]
fn every_algorithm_of_a_card_is_taken_with_its_own_key_only() {
    for (key, own) in ALL {
        for algorithm in ALL.iter().flat_map(|(_, algorithms)| algorithms.iter().copied()) {
            let mut scenario = Scenario::by(key, own[0]);
            if own.contains(&algorithm) {
                scenario.algorithm = algorithm;
                assert_eq!(code(&scenario), "accepted", "{algorithm}");
            } else {
                scenario.edit = Box::new(move |token| token["algorithm"] = algorithm.into());
                assert_eq!(code(&scenario), "algorithm-mismatch", "{algorithm} by {key:?}");
            }
        }
    }
}

#[test]
fn every_algorithm_of_an_authority_is_taken_but_not_sha_1() {
    let curves = [Key::P256(2), Key::P384(2), Key::P521(2)];
    let ecdsa = curves.into_iter().flat_map(|key| ["ES256", "ES384", "ES512"].map(|algorithm| (key, algorithm)));
    let rsa = ALL[3].1.iter().map(|algorithm| (Key::Rsa, *algorithm));
    for (key, algorithm) in ecdsa.chain(rsa) {
        let mut scenario = Scenario::new();
        scenario.authority.key = key;
        scenario.certified = algorithm;
        scenario.trusted = Some(vec![scenario.authority.issued_by(&scenario.authority, algorithm)]);
        assert_eq!(code(&scenario), "accepted", "{algorithm} by {key:?}");
    }
    let sha_1 = Scenario { certified: "SHA1", ..Scenario::new() };
    assert_eq!(code(&sha_1), "certificate-algorithm-unsupported");
}

#[test]
fn a_token_that_is_none() {
    check(&[
        ("no text", "token-size", |s| s.edit = Box::new(|token| *token = json!({"format": "web-eid:1.0"}))),
        ("too long", "token-size", |s| s.edit = Box::new(|token| token["appVersion"] = "x".repeat(10_000).into())),
        ("a list", "token-malformed", |s| s.edit = Box::new(|token| *token = json!([token.clone()]))),
        ("no certificate", "token-field", |s| s.edit = Box::new(|token| token["unverifiedCertificate"] = Value::Null)),
        ("no signature", "token-field", |s| s.edit = Box::new(|token| token["signature"] = "".into())),
        ("no base64", "token-field", |s| s.edit = Box::new(|token| token["signature"] = "ā".repeat(80).into())),
        ("a number", "token-field", |s| s.edit = Box::new(|token| token["algorithm"] = 384.into())),
        ("no format", "token-field", |s| {
            s.edit = Box::new(|token| drop(token.as_object_mut().unwrap().remove("format")))
        }),
        ("another format", "format-unsupported", |s| s.edit = Box::new(|token| token["format"] = "web-eid:2.0".into())),
        ("like the first", "format-unsupported", |s| s.edit = Box::new(|token| token["format"] = "web-eid:10".into())),
        ("of later", "token-field-not-allowed", |s| {
            s.edit = Box::new(|token| token["unverifiedSigningCertificates"] = json!([]));
        }),
        ("no list", "token-malformed", |s| s.edit = Box::new(|token| *token = token.to_string().into())),
        ("of later, of old", "token-field-not-allowed", |s| {
            s.edit = Box::new(|token| token["unverifiedSigningCertificate"] = "AAAA".into());
        }),
        ("no authorities", "token-field", |s| {
            s.edit = Box::new(|token| {
                token["format"] = "web-eid:1.1".into();
                token["unverifiedIntermediateCertificates"] = json!([]);
            });
        }),
        ("not of the alphabet", "token-field", |s| s.edit = Box::new(|token| token["signature"] = "AA-_".into())),
        ("with a line break", "token-field", |s| s.edit = Box::new(|token| token["signature"] = "AAAA\n".into())),
        ("no DER", "certificate-malformed", |s| {
            s.edit = Box::new(|token| token["unverifiedCertificate"] = "AAAA".repeat(30).into());
        }),
        ("more than DER", "certificate-malformed", |s| {
            s.edit = Box::new(|token| {
                let text = token["unverifiedCertificate"].as_str().unwrap().trim_end_matches('=').to_owned();
                token["unverifiedCertificate"] = format!("{text}AAAA").into();
            });
        }),
        ("twice the same", "certificate-malformed", |s| {
            s.person.further = vec![further(SOME_EXTENSION, false, &[5, 0]); 2];
        }),
    ]);
}

#[test]
fn a_field_that_stands_there_twice_is_refused() {
    let (scenario, token) = (Scenario::new(), Scenario::new().token());
    for field in ["format", "algorithm", "unverifiedCertificate", "signature"] {
        let twice = token.to_string().replacen('{', &format!("{{{field:?}:{},", token[field]), 1);
        let answer = scenario.answer_to(&twice, &Revocation::<Nobody>::Unasked);
        assert_eq!(answer.unwrap_err().code(), "token-malformed", "{field}");
    }
}

#[test]
fn a_token_has_ten_thousand_characters_at_most() {
    let scenario = Scenario::new();
    let padded = |characters: usize| {
        let mut token = scenario.token();
        token["padding"] = "".into();
        let left = characters - token.to_string().chars().count();
        token["padding"] = "ā".repeat(left).into();
        scenario.answer_to(&token.to_string(), &Revocation::<Nobody>::Unasked).map(drop)
    };
    assert_eq!(padded(10_000), Ok(()));
    assert_eq!(padded(10_001), Err(Refusal::TokenSize));
    assert_eq!(padded(50_000), Err(Refusal::TokenSize));
}

#[test]
fn a_certificate_that_is_not_for_signing_in() {
    check(&[
        ("over", "certificate-expired", |s| s.person.until = -1),
        ("not yet", "certificate-not-yet-valid", |s| s.person.from = 1),
        ("for nothing", "purpose-missing", |s| s.person.usage = None),
        ("for signing documents", "purpose-wrong", |s| s.person.usage = Some(KeyUsages::NonRepudiation.into())),
        ("for e-mail", "purpose-wrong", |s| s.person.purposes = Some(vec![ID_KP_EMAIL_PROTECTION, ID_KP_CODE_SIGNING])),
        ("for anything not named", "accepted", |s| s.person.purposes = None),
        ("not saying it is no authority", "accepted", |s| s.person.constraints = None),
        ("an authority's", "certificate-is-ca", |s| {
            s.person.constraints = Some(BasicConstraints { ca: true, path_len_constraint: None });
        }),
        ("Mobile-ID", "policy-disallowed", |s| {
            s.person.policies.push(ObjectIdentifier::new_unwrap("1.3.6.1.4.1.10015.1.3.2"));
        }),
        ("Mobile-ID, of old", "policy-disallowed", |s| {
            s.person.policies.push(ObjectIdentifier::new_unwrap("1.3.6.1.4.1.10015.1.3"));
        }),
        ("not Mobile-ID", "accepted", |s| {
            s.person.policies.push(ObjectIdentifier::new_unwrap("1.3.6.1.4.1.10015.1.30"));
        }),
        ("for any purpose", "purpose-wrong", |s| s.person.purposes = Some(vec![ANY_EXTENDED_KEY_USAGE])),
        ("constraining names", "critical-extension", |s| {
            s.person.further = vec![further(ID_CE_NAME_CONSTRAINTS, false, &[0x30, 0])];
        }),
        ("under a permitted policy", "accepted", |s| s.permitted = vec!["1.3.6.1.4.1.32061.2.1.1".into()]),
        ("under a version of one", "accepted", |s| s.permitted = vec!["1.2.3".into(), "1.3.6.1.4.1.32061.2.1".into()]),
        ("under another", "policy-not-permitted", |s| s.permitted = vec!["1.3.6.1.4.1.32061.2.2".into()]),
        ("under none", "policy-not-permitted", |s| {
            s.person.policies.clear();
            s.permitted = vec!["1.3.6.1.4.1.32061.2.1.1".into()];
        }),
        ("no policy", "accepted", |s| s.person.policies.clear()),
        ("critical", "critical-extension", |s| s.person.further = vec![further(SOME_EXTENSION, true, &[5, 0])]),
        ("not critical", "accepted", |s| s.person.further = vec![further(SOME_EXTENSION, false, &[5, 0])]),
        ("a weak key", "key-unsupported", |s| (s.person.key, s.algorithm) = (Key::Weak, "RS256")),
    ]);
}

#[test]
fn an_issuer_that_may_not() {
    check(&[
        ("unknown", "issuer-untrusted", |s| {
            let other = Profile::authority("Another CA", Key::P521(2));
            s.trusted = Some(vec![other.issued_by(&other, "ES512")]);
        }),
        ("another of the name", "certificate-signature-invalid", |s| {
            let other = Profile::authority("Test CA", Key::P521(3));
            s.trusted = Some(vec![other.issued_by(&other, "ES512")]);
        }),
        ("two of the name", "accepted", |s| {
            let other = Profile::authority("Test CA", Key::P521(3));
            s.trusted = Some([&other, &s.authority].map(|one| one.issued_by(one, "ES512")).to_vec());
        }),
        ("in other letters", "accepted", |s| {
            let shouting = Profile::authority("TEST  ca ", Key::P521(2));
            s.trusted = Some(vec![shouting.issued_by(&shouting, "ES512")]);
        }),
        ("the card itself", "issuer-untrusted", |s| s.trusted = Some(vec![s.person.issued_by(&s.authority, "ES512")])),
        ("constraining names", "critical-extension", |s| {
            s.authority.further = vec![further(ID_CE_NAME_CONSTRAINTS, false, &[0x30, 0])];
        }),
        ("no authority", "issuer-not-ca", |s| s.authority.constraints = None),
        ("not for certificates", "issuer-not-ca", |s| s.authority.usage = Some(KeyUsages::CRLSign.into())),
        ("critical", "critical-extension", |s| s.authority.further = vec![further(SOME_EXTENSION, true, &[5, 0])]),
        ("over", "issuer-expired", |s| s.authority.until = -1),
        ("not yet", "issuer-not-yet-valid", |s| s.authority.from = 1),
        ("weak", "key-unsupported", |s| {
            (s.authority.key, s.certified) = (Key::Weak, "RS256");
            s.trusted = Some(vec![s.authority.issued_by(&s.authority, "RS256")]);
        }),
    ]);
}

#[test]
fn an_authority_between_comes_with_the_token() {
    use base64::Engine;
    let with = |most: Option<u8>| {
        let mut root = Profile::authority("Root", Key::P384(9));
        root.constraints = Some(BasicConstraints { ca: true, path_len_constraint: most });
        let mut scenario = Scenario::new();
        let between = scenario.authority.issued_by(&root, "ES384");
        scenario.trusted = Some(vec![root.issued_by(&root, "ES384")]);
        scenario.edit = Box::new(move |token| {
            token["format"] = "web-eid:1.1".into();
            token["unverifiedIntermediateCertificates"] =
                json!([base64::engine::general_purpose::STANDARD.encode(&between)]);
        });
        scenario
    };
    assert_eq!(code(&with(None)), "accepted");
    assert_eq!(code(&with(Some(1))), "accepted");
    assert_eq!(code(&with(Some(0))), "path-too-long");
    let mut untrusted = with(None);
    untrusted.trusted = Scenario::new().trusted;
    untrusted.authority.name[1].1 = "Self-made".into();
    assert_eq!(code(&untrusted), "accepted", "the authority itself is trusted");
    let other = Profile::authority("Another", Key::P521(4));
    untrusted.trusted = Some(vec![other.issued_by(&other, "ES512")]);
    assert_eq!(code(&untrusted), "issuer-untrusted");
}

#[test]
fn a_signature_over_something_else() {
    check(&[
        ("another nonce", "signature-invalid", |s| s.signed_nonce = "2".repeat(44)),
        ("another origin", "signature-invalid", |s| s.origin = "https://example.test"),
        ("the same origin in other letters", "signature-invalid", |s| s.origin = "https://DURVIS.test"),
        ("no origin", "origin-malformed", |s| s.origin = "https://durvis.test/"),
        ("a short nonce", "nonce-too-short", |s| {
            s.nonce.pop();
            s.signed_nonce.pop();
        }),
        ("as in certificates", "signature-invalid", |s| s.form = Form::Der),
        ("none", "algorithm-unsupported", |s| s.edit = Box::new(|token| token["algorithm"] = "none".into())),
        ("by a shared key", "algorithm-unsupported", |s| {
            s.edit = Box::new(|token| token["algorithm"] = "HS256".into())
        }),
        ("one byte less", "signature-invalid", |s| s.resign(|raw| raw.truncate(95))),
        ("one byte more", "signature-invalid", |s| s.resign(|raw| raw.push(0))),
        ("each number with a zero before", "signature-invalid", |s| {
            s.resign(|raw| {
                raw.insert(48, 0);
                raw.insert(0, 0);
            });
        }),
        ("s and r", "signature-invalid", |s| s.resign(|raw| raw.rotate_left(48))),
        ("numbers above the order", "signature-invalid", |s| s.resign(|raw| raw.fill(255))),
        ("zeros", "signature-invalid", |s| s.edit = Box::new(|token| token["signature"] = "A".repeat(128).into())),
        ("another's", "signature-invalid", |s| {
            let other = Scenario::by(Key::P384(3), "ES384").token()["signature"].clone();
            s.edit = Box::new(move |token| token["signature"] = other.clone());
        }),
    ]);
}

#[test]
fn somebody_without_a_name() {
    check(&[
        ("no code", "subject-incomplete", |s| s.person.name.retain(|(kind, _)| *kind != rfc4519::SERIAL_NUMBER)),
        ("two codes", "subject-incomplete", |s| {
            s.person.name.push((rfc4519::SERIAL_NUMBER, "PNOLV-111111-11111".into()));
        }),
        ("a code of many letters", "subject-incomplete", |s| s.person.name[4].1 = "1".repeat(65)),
        ("a line break", "subject-incomplete", |s| s.person.name[2].1 = "A\nB".into()),
        ("no country", "subject-incomplete", |s| s.person.name[4].1 = "PNO-321234-56789".into()),
        ("nothing after the country", "subject-incomplete", |s| s.person.name[4].1 = "PNOLV-".into()),
        ("no names", "subject-incomplete", |s| s.person.name.drain(2..4).for_each(drop)),
        ("one name", "accepted", |s| drop(s.person.name.remove(3))),
    ]);
}

#[test]
fn a_code_of_another_kind_or_of_none_says_so() {
    let subject = |code: &str, country: &str| {
        let mut scenario = Scenario::new();
        scenario.person.name[4].1 = code.into();
        scenario.person.name[0].1 = country.into();
        let subject = scenario.answer().unwrap();
        assert_eq!(subject.personal_code, code);
        (subject.kind, subject.country.unwrap(), subject.code)
    };
    assert_eq!(subject("01050399864", "BE"), (None, "BE".into(), "01050399864".into()));
    assert_eq!(subject("IDCLV-PA1234567", "LV"), (Some("IDC".into()), "LV".into(), "PA1234567".into()));
    assert_eq!(subject("PNOEE-38001085718", "LV"), (Some("PNO".into()), "EE".into(), "38001085718".into()));
}

#[test]
fn every_code_of_refusal_stands_in_the_document() {
    let (document, source) = (include_str!("../../../docs/web-eid.md"), include_str!("../src/refusal.rs"));
    let codes =
        source.lines().filter_map(|line| line.trim().strip_prefix("Self::")?.split_once(" => \"")?.1.split('"').next());
    let codes: Vec<_> = codes.collect();
    assert!(codes.len() > 30, "{codes:?}");
    for code in codes {
        assert!(document.contains(&format!("`{code}`")), "docs/web-eid.md lacks {code}");
    }
}
