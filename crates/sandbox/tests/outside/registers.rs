//! What the registers know, and of whom they know nothing.

use serde_json::{Value, json};

use crate::client::{Answer, Sandbox};

const TOKEN: (&str, &str) = ("authorization", "Bearer sandbox-register-token");

fn asked(sandbox: &Sandbox, path: &str) -> Answer {
    sandbox.ask("GET", path, &[TOKEN], "")
}

fn told(sandbox: &Sandbox, path: &str) -> Value {
    let answer = asked(sandbox, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

#[test]
fn an_entrepreneur_has_two_companies_and_an_adult_none() {
    let sandbox = Sandbox::start();
    let companies = told(&sandbox, "/enterprises/mandates/320000-00004")["companies"].clone();
    assert_eq!(companies[0], json!({ "number": "40003000000", "name": "SIA \"Zaļais pagalms\"" }));
    assert_eq!(companies.as_array().unwrap().len(), 2);
    assert_eq!(asked(&sandbox, "/enterprises/mandates/320000-00001").status, 404);
    assert_eq!(asked(&sandbox, "/enterprises/mandates/nobody").status, 404);
}

#[test]
fn a_parent_has_a_home_and_two_children() {
    let sandbox = Sandbox::start();
    let parent = told(&sandbox, "/population/persons/320000-00002");
    assert_eq!(
        (parent["residence"]["postal_code"].as_str(), parent["born"].as_str()),
        (Some("LV-5001"), Some("1984-11-02"))
    );
    assert_eq!(parent["children"].as_array().unwrap().len(), 2);
    assert_eq!(told(&sandbox, "/population/persons/150248-10001")["given_name"], "Pēteris");
    assert_eq!(asked(&sandbox, "/population/persons/320000-00007").json()["error"], "no_person");
}

#[test]
fn a_face_is_a_picture_and_some_have_none() {
    use base64::Engine;
    let sandbox = Sandbox::start();
    let known = told(&sandbox, "/bdas/persons/320000-00001");
    let face = base64::engine::general_purpose::STANDARD.decode(known["face"]["data"].as_str().unwrap()).unwrap();
    assert!(face.starts_with(b"<svg") && known["face"]["media_type"] == "image/svg+xml");
    assert_eq!(known["fingerprints"].as_array().unwrap().len(), 2);
    assert_eq!(known["person"]["surname"], "Bērziņa");
    let none = asked(&sandbox, "/bdas/persons/320000-00005");
    assert_eq!((none.status, none.json()), (404, json!({ "error": "no_biometrics" })));
}

#[test]
fn a_register_is_silent_to_strangers_and_when_told_to() {
    let sandbox = Sandbox::start();
    for path in ["/enterprises/mandates/1", "/population/persons/1", "/bdas/persons/1"] {
        assert_eq!(sandbox.get(path).status, 401, "{path}");
        assert_eq!(sandbox.ask("GET", path, &[("authorization", "Bearer x")], "").status, 401, "{path}");
        let part = path.split('/').nth(1).unwrap();
        for kind in ["error", "drop"] {
            sandbox.misbehave(&json!({ "part": part, "kind": kind, "times": 1 }));
        }
        assert_eq!(asked(&sandbox, path).status, 503, "{path}");
        assert!(sandbox.try_ask("GET", path, &[TOKEN], "").is_none(), "{path}");
        assert_eq!(asked(&sandbox, path).status, 404, "{path}");
    }
}
