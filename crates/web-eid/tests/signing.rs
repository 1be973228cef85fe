//! Tokens of format 1.1, which bring a certificate for signing documents.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use const_oid::db::rfc4519;
use const_oid::db::rfc5280::ID_CE_AUTHORITY_KEY_IDENTIFIER;
use serde_json::{Value, json};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::KeyUsages;

use crate::authority::{Profile, further};
use crate::keys::Key;
use crate::scenario::Scenario;

type Set = fn(&mut Profile);

/// The authority's key, by a mark.
fn by_authority(mark: u8) -> Extension {
    further(ID_CE_AUTHORITY_KEY_IDENTIFIER, false, &[0x30, 3, 0x80, 1, mark])
}

fn for_signing() -> Profile {
    let mut profile = Profile::person(Key::P384(4));
    (profile.usage, profile.purposes) = (Some(KeyUsages::NonRepudiation.into()), None);
    profile.further = vec![by_authority(1)];
    profile
}

fn methods() -> Value {
    json!([{"cryptoAlgorithm": "ECC", "hashFunction": "SHA-384", "paddingScheme": "NONE"}])
}

/// A scenario whose token brings this certificate, and is changed afterwards.
fn with(profile: &Profile, edit: impl Fn(&mut Value) + 'static) -> Scenario {
    let mut scenario = Scenario::new();
    scenario.person.further = vec![by_authority(1)];
    let certificate = STANDARD.encode(profile.issued_by(&scenario.authority, "ES512"));
    scenario.edit = Box::new(move |token| {
        token["format"] = "web-eid:1.1".into();
        token["unverifiedSigningCertificates"] =
            json!([{"certificate": certificate, "supportedSignatureAlgorithms": methods()}]);
        edit(token);
    });
    scenario
}

fn code(scenario: &Scenario) -> &'static str {
    scenario.answer().map_or_else(|refusal| refusal.code(), |_| "accepted")
}

#[test]
fn a_token_of_1_1_brings_the_same_persons_certificate() {
    assert_eq!(code(&with(&for_signing(), |_| ())), "accepted");
    let mut other_order = for_signing();
    other_order.name.reverse();
    assert_eq!(code(&with(&other_order, |_| ())), "accepted", "in any order of the name's parts");
    let first_edition = with(&for_signing(), |token| {
        token["unverifiedSigningCertificate"] = token["unverifiedSigningCertificates"][0]["certificate"].take();
        token["supportedSignatureAlgorithms"] = methods();
        drop(token.as_object_mut().unwrap().remove("unverifiedSigningCertificates"));
    });
    assert_eq!(code(&first_edition), "accepted");
}

#[test]
fn a_token_of_1_1_without_one_is_refused_and_so_is_one_of_1_0_with_one() {
    let without = with(&for_signing(), |token| {
        drop(token.as_object_mut().unwrap().remove("unverifiedSigningCertificates"));
    });
    assert_eq!(code(&without), "token-field");
    let of_old = with(&for_signing(), |token| token["format"] = "web-eid:1.0".into());
    assert_eq!(code(&of_old), "token-field-not-allowed");
}

#[test]
fn somebody_elses_certificate_is_refused() {
    let cases: [(&str, Set); 8] = [
        ("another code", |p| p.name[4].1 = "PNOLV-321234-56780".into()),
        ("one part more", |p| p.name.push((rfc4519::OU, "more".into()))),
        ("another authority", |p| p.further = vec![by_authority(2)]),
        ("no authority", |p| p.further.clear()),
        ("over", |p| p.until = -1),
        ("not yet", |p| p.from = 1),
        ("for signing in", |p| p.usage = Some(KeyUsages::DigitalSignature.into())),
        ("for nothing", |p| p.usage = None),
    ];
    for (what, set) in cases {
        let mut profile = for_signing();
        set(&mut profile);
        assert_eq!(code(&with(&profile, |_| ())), "signing-certificate", "{what}");
    }
    let forger = Profile::authority("Test CA", Key::P521(6));
    let forged = STANDARD.encode(for_signing().issued_by(&forger, "ES512"));
    let forged = with(&for_signing(), move |token| {
        token["unverifiedSigningCertificates"][0]["certificate"] = forged.as_str().into();
    });
    assert_eq!(code(&forged), "signing-certificate", "forged");
}

#[test]
fn the_methods_of_signing_are_named_rightly() {
    let method = |kind: &str, hash: &str, padding: &str| json!([{"cryptoAlgorithm": kind, "hashFunction": hash, "paddingScheme": padding}]);
    let wrong = [
        json!(null),
        json!([]),
        json!([null]),
        json!([{"cryptoAlgorithm": "ECC", "hashFunction": "SHA-384"}]),
        method("DSA", "SHA-384", "NONE"),
        method("ECC", "SHA-1", "NONE"),
        method("ECC", "SHA3-512", "OAEP"),
    ];
    for methods in wrong {
        let what = methods.to_string();
        let scenario = with(&for_signing(), move |token| {
            token["unverifiedSigningCertificates"][0]["supportedSignatureAlgorithms"] = methods.clone();
        });
        assert_eq!(code(&scenario), "token-field", "{what}");
    }
    for list in [json!([]), json!([null]), json!([{}]), json!("x")] {
        let what = list.to_string();
        let scenario = with(&for_signing(), move |token| token["unverifiedSigningCertificates"] = list.clone());
        assert_eq!(code(&scenario), "token-field", "{what}");
    }
}
