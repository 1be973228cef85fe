//! What the responder answers, and what becomes of it.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::{ID_KP_CLIENT_AUTH, ID_KP_OCSP_SIGNING};
use der::DateTime;
use der::asn1::{Null, OctetString};
use durvis_web_eid::Revocation;
use x509_cert::ext::pkix::{CrlReason, KeyUsages};
use x509_cert::serial_number::SerialNumber;
use x509_ocsp::{CertStatus, OcspGeneralizedTime, OcspResponseStatus, RevokedInfo};

use crate::answers::{MINUTE, Responder};
use crate::authority::{Profile, further, now};
use crate::keys::Key;
use crate::mutations::Dice;
use crate::scenario::{NONCE, Scenario, at_once};

type Set = fn(&mut Responder, &mut Scenario);

fn asked(scenario: &Scenario, responder: &Responder, nonce_may_miss: bool) -> &'static str {
    let revocation = Revocation::Asked { responders: responder, nonce_may_miss };
    let answer = scenario.answer_to(&scenario.token().to_string(), &revocation);
    answer.map_or_else(|refusal| refusal.code(), |_| "accepted")
}

fn check(cases: &[(&str, &str, Set)]) {
    for (what, expected, set) in cases {
        let mut scenario = Scenario::new();
        let mut responder = Responder::of(&scenario.authority);
        set(&mut responder, &mut scenario);
        assert_eq!(asked(&scenario, &responder, false), *expected, "{what}");
    }
}

/// A responder of its own, with a certificate from somebody.
fn delegate(responder: &mut Responder, issuer: &Profile, set: fn(&mut Profile)) {
    let mut profile = Profile::authority("Test OCSP", Key::P256(8));
    profile.constraints = None;
    profile.usage = Some(KeyUsages::DigitalSignature.into());
    profile.purposes = Some(vec![ID_KP_OCSP_SIGNING]);
    set(&mut profile);
    responder.certificates = vec![profile.issued_by(issuer, "ES512")];
    (responder.key, responder.algorithm, responder.named) = (profile.key, "ES256", profile);
}

#[test]
fn who_is_good_signs_in_and_nobody_else() {
    let revoked = |responder: &mut Responder| {
        let revocation_time = OcspGeneralizedTime::from(DateTime::from_system_time(now()).unwrap());
        responder.state =
            CertStatus::Revoked(RevokedInfo { revocation_time, revocation_reason: Some(CrlReason::KeyCompromise) });
    };
    let (scenario, mut responder) = (Scenario::new(), Responder::of(&Scenario::new().authority));
    assert_eq!(asked(&scenario, &responder, false), "accepted");
    revoked(&mut responder);
    assert_eq!(asked(&scenario, &responder, false), "certificate-revoked");
    check(&[
        ("unknown", "certificate-unknown", |r, _| r.state = CertStatus::Unknown(Null)),
        ("not reached", "ocsp-unreachable", |r, _| r.reached = false),
        ("no address", "ocsp-no-address", |_, s| s.person.ocsp = None),
        ("an address of another kind", "ocsp-no-address", |_, s| s.person.ocsp = Some("https://ocsp.test/")),
        ("too long", "ocsp-malformed", |r, _| r.edit = Box::new(|answer| answer.resize(64 * 1024 + 1, 0))),
        ("no OCSP", "ocsp-malformed", |r, _| r.edit = Box::new(|answer| *answer = b"<html>".to_vec())),
        ("nothing", "ocsp-malformed", |r, _| r.edit = Box::new(Vec::clear)),
        ("later", "ocsp-unsuccessful", |r, _| r.status = OcspResponseStatus::TryLater),
        ("not for you", "ocsp-unsuccessful", |r, _| r.status = OcspResponseStatus::Unauthorized),
    ]);
}

#[test]
fn the_answer_is_about_this_certificate() {
    check(&[
        ("another number", "ocsp-other-certificate", |r, _| {
            r.about = Box::new(|id| id.serial_number = SerialNumber::new(&[8]).unwrap());
        }),
        ("another issuer", "ocsp-other-certificate", |r, _| {
            r.about = Box::new(|id| id.issuer_key_hash = OctetString::new([0; 20]).unwrap());
        }),
        ("two answers", "ocsp-other-certificate", |r, _| r.answers = 2),
        ("none", "ocsp-other-certificate", |r, _| r.answers = 0),
        ("no parameters of the hash", "accepted", |r, _| r.about = Box::new(|id| id.hash_algorithm.parameters = None)),
    ]);
}

#[test]
fn the_issuer_answers_or_whom_it_has_named() {
    check(&[
        ("by key", "accepted", |r, _| r.by_key = true),
        ("signed by another", "ocsp-signature-invalid", |r, _| r.key = Key::P521(7)),
        ("SHA-1", "ocsp-signature-invalid", |r, _| r.algorithm = "SHA1"),
        ("named", "accepted", |r, s| delegate(r, &s.authority, |_| ())),
        ("named, by key", "accepted", |r, s| {
            delegate(r, &s.authority, |_| ());
            r.by_key = true;
        }),
        ("named for something else", "ocsp-responder-unauthorised", |r, s| {
            delegate(r, &s.authority, |profile| profile.purposes = Some(vec![ID_KP_CLIENT_AUTH]));
        }),
        ("named for nothing", "ocsp-responder-unauthorised", |r, s| {
            delegate(r, &s.authority, |profile| profile.purposes = None);
        }),
        ("no longer named", "ocsp-responder-unauthorised", |r, s| {
            delegate(r, &s.authority, |profile| profile.until = -1)
        }),
        ("named by itself", "ocsp-responder-unauthorised", |r, _| {
            delegate(r, &Profile::authority("Test CA", Key::P521(7)), |_| ());
        }),
        ("not shown", "ocsp-responder-unauthorised", |r, s| {
            delegate(r, &s.authority, |_| ());
            r.certificates.clear();
        }),
        ("the card itself", "ocsp-responder-unauthorised", |r, s| {
            r.certificates = vec![s.person.issued_by(&s.authority, "ES512")];
            (r.key, r.algorithm, r.named) = (s.person.key, "ES384", s.person.clone());
        }),
    ]);
}

#[test]
fn the_answer_is_of_now() {
    check(&[
        ("a slow clock", "accepted", |r, _| (r.this, r.next) = (14 * MINUTE, Some(20 * MINUTE))),
        ("from the future", "ocsp-stale", |r, _| (r.this, r.next) = (16 * MINUTE, Some(20 * MINUTE))),
        ("over, by a fast clock", "accepted", |r, _| (r.this, r.next) = (-60 * MINUTE, Some(-14 * MINUTE))),
        ("over", "ocsp-stale", |r, _| (r.this, r.next) = (-60 * MINUTE, Some(-16 * MINUTE))),
        ("over before it began", "ocsp-stale", |r, _| (r.this, r.next) = (0, Some(-MINUTE))),
        ("without an end, of now", "accepted", |r, _| (r.this, r.next) = (-14 * MINUTE, None)),
        ("without an end, of old", "ocsp-stale", |r, _| (r.this, r.next) = (-16 * MINUTE, None)),
    ]);
}

#[test]
fn the_answer_repeats_the_nonce() {
    check(&[
        ("no nonce", "ocsp-nonce", |r, _| r.extensions = Box::new(Vec::clear)),
        ("another nonce", "ocsp-nonce", |r, _| {
            r.extensions = Box::new(|all| all[0].extn_value = OctetString::new([4, 1, 0]).unwrap());
        }),
        ("two nonces", "ocsp-nonce", |r, _| r.extensions = Box::new(|all| all.push(all[0].clone()))),
        ("something critical", "ocsp-malformed", |r, _| {
            r.extensions = Box::new(|all| all.push(further(ObjectIdentifier::new_unwrap("1.2.3.4"), true, &[5, 0])));
        }),
    ]);
    let (scenario, mut responder) = (Scenario::new(), Responder::of(&Scenario::new().authority));
    responder.extensions = Box::new(Vec::clear);
    assert_eq!(asked(&scenario, &responder, true), "accepted", "where that is allowed");
    responder.extensions = Box::new(|all| all[0].extn_value = OctetString::new([4, 1, 0]).unwrap());
    assert_eq!(asked(&scenario, &responder, true), "ocsp-nonce", "but never another");
}

#[test]
fn nobody_is_asked_about_a_card_that_has_not_signed() {
    let (scenario, mut responder) = (Scenario::new(), Responder::of(&Scenario::new().authority));
    responder.edit = Box::new(|_| unreachable!("nobody is asked"));
    let mut token = scenario.token();
    token["signature"] = "A".repeat(128).into();
    let revocation = Revocation::Asked { responders: &responder, nonce_may_miss: false };
    let answer = scenario.answer_to(&token.to_string(), &revocation);
    assert_eq!(answer.unwrap_err().code(), "signature-invalid");
}

#[test]
fn an_answer_with_other_bytes_never_panics_and_never_says_good() {
    use std::sync::{Arc, Mutex};
    let scenario = Scenario::new();
    let (token, validator) = (scenario.token().to_string(), scenario.validator().unwrap());
    let (dice, changed) = (Mutex::new(Dice::new()), Arc::new(Mutex::new(false)));
    let mut responder = Responder::of(&scenario.authority);
    let seen = changed.clone();
    responder.edit = Box::new(move |answer| {
        let before = answer.clone();
        dice.lock().unwrap().mutate(answer);
        *seen.lock().unwrap() = *answer != before;
    });
    for _ in 0..200 {
        let revocation = Revocation::Asked { responders: &responder, nonce_may_miss: false };
        let answer = at_once(validator.validate(&token, NONCE, now(), &revocation));
        assert!(answer.is_err() || !*changed.lock().unwrap());
    }
}
