//! The catalogue to and from CPSV-AP: our own without loss, others' with what they have, nobody's to harm.

use std::collections::BTreeMap;

use crate::support::{Portal, content, real_content, sqlite, written};
use durvis_server::catalogue::cpsv::{self, Invalid};
use durvis_server::catalogue::import::{self, ImportError, Options, import};
use durvis_server::catalogue::read::{Finding, Sources};
use durvis_server::catalogue::{convert, export, write};
use sea_orm::DatabaseConnection;

const FOREIGN: &str = include_str!("exchange/foreign.jsonld");
const PTV: &str = include_str!("exchange/ptv.json");
const PTV_CODES: &str = include_str!("exchange/ptv_codes.json");
const PORTAL: &str =
    "languages: [fi, sv, en]\nforeign: true\ncountry: {slug: finland, name: {fi: Suomi, sv: Finland, en: Finland}}\n";

fn exported(sources: &Sources) -> String {
    let catalogue = import::checked(sources).unwrap();
    cpsv::export::export(sources, &catalogue, "https://durvis.example")
}

fn read(text: &str) -> Result<cpsv::Read, Vec<Finding>> {
    cpsv::read("x.jsonld", text, Some(PORTAL), Invalid::Refuse)
}

#[test]
fn the_sample_catalogue_comes_back_to_the_byte() {
    let sources = Sources::load(&real_content()).unwrap();
    let document = exported(&sources);
    assert_eq!(document, exported(&sources), "the same catalogue gives the same bytes");
    let back = cpsv::read("x.jsonld", &document, None, Invalid::Refuse).unwrap();
    assert!(back.sources == sources, "something was lost");
}

#[test]
fn everything_that_an_editor_says_is_said_in_terms_and_not_only_in_the_kept_layout() {
    for sources in [Sources::load(&real_content()).unwrap(), Sources(content())] {
        let mut document: serde_json::Value = serde_json::from_str(&exported(&sources)).unwrap();
        let graph = document["@graph"].as_array_mut().unwrap();
        graph.retain(|node| node["@type"] != "durvis:File");
        let back = cpsv::read("x.jsonld", &document.to_string(), None, Invalid::Refuse).unwrap();
        let in_our_form = write::files(&import::checked(&sources).unwrap());
        assert!(back.sources.0 == in_our_form, "something was lost");
    }
}

#[test]
fn what_another_changed_in_the_terms_wins_over_the_kept_layout() {
    let sources = Sources(content());
    let document = exported(&sources).replace("\"en\": \"Passport\"", "\"en\": \"Travel passport\"");
    let back = cpsv::read("x.jsonld", &document, None, Invalid::Refuse).unwrap().sources;
    assert!(back.0["services/passport.yaml"].contains("Travel passport"));
    assert_eq!(back.0["services/permit.yaml"], sources.0["services/permit.yaml"], "the others keep their layout");
}

#[tokio::test]
async fn a_catalogue_goes_from_portal_to_portal() {
    let (_folder, db) = sqlite().await;
    import(&db, written(&content()).path()).await.unwrap();
    let sources = export::export(&db).await.unwrap();
    let file = written(&BTreeMap::from([("all.jsonld".to_owned(), exported(&sources))]));
    let (_other_folder, other) = sqlite().await;
    import(&other, &file.path().join("all.jsonld")).await.unwrap();
    assert_eq!(export::export(&other).await.unwrap(), sources);
}

/// An empty portal in Finnish, Swedish and English.
async fn finnish() -> (tempfile::TempDir, DatabaseConnection) {
    let (folder, db) = sqlite().await;
    let portal = written(&BTreeMap::from([("portal.yaml".to_owned(), PORTAL.to_owned())]));
    import(&db, portal.path()).await.unwrap();
    (folder, db)
}

async fn bring(db: &DatabaseConnection, text: &str, invalid: Invalid) -> Result<usize, ImportError> {
    let file = written(&BTreeMap::from([("x.jsonld".to_owned(), text.to_owned())]));
    let options = Options { invalid, ..Options::default() };
    let read = import::load(&file.path().join("x.jsonld"), &options, import::in_force(db).await?)?;
    import::put_in_force(db, &read.sources).await?;
    Ok(read.skipped)
}

#[tokio::test]
async fn others_services_are_browsed_in_the_languages_they_have() {
    let (folder, db) = finnish().await;
    assert_eq!(bring(&db, FOREIGN, Invalid::Refuse).await.unwrap(), 0);
    let portal = Portal::of(db, Some(folder), None).await;
    let permit = |lang: &str| format!("/api/v1/services/rakennuslupa?lang={lang}");
    let finnish = portal.get(&permit("fi")).await.json();
    assert_eq!(finnish["service"]["description"], "Luvan myöntää kunta. Se maksaa.");
    assert_eq!(finnish["service"]["fees"], serde_json::json!([{"note": "Taksan mukaan"}]));
    assert_eq!(finnish["service"]["term"]["unit"], "months");
    assert_eq!(finnish["service"]["channels"]["elsewhere"]["url"], "https://lupa.example/hae");
    assert!(finnish["service"]["fallbacks"].is_null() && finnish["service"]["partial"] == true);
    let swedish = portal.get(&permit("sv")).await.json();
    assert_eq!(
        (&swedish["service"]["name"], &swedish["service"]["description"]),
        (&"Bygglov".into(), &finnish["service"]["description"])
    );
    let fallbacks = swedish["service"]["fallbacks"].as_array().unwrap();
    assert!(fallbacks.contains(&serde_json::json!({"field": "description", "lang": "fi"})), "{fallbacks:?}");
    assert!(!fallbacks.iter().any(|fallback| fallback["field"] == "name"));
    let passport = portal.get("/api/v1/services/passi-1").await.json();
    assert_eq!(
        (&passport["service"]["name"], &passport["service"]["fallbacks"][0]["lang"]),
        (&"Pass".into(), &"sv".into())
    );
    for (lang, word) in [("fi", "rakennuslupa"), ("sv", "bygglov"), ("en", "building permit")] {
        let found = portal.get(&format!("/api/v1/services?lang={lang}&q={}", word.replace(' ', "%20"))).await.json();
        assert_eq!(found["services"][0]["slug"], "rakennuslupa", "{found}");
    }
    let event = portal.get("/api/v1/life-events/koti?lang=en").await.json();
    assert_eq!((&event["name"], &event["services"][0]["slug"]), (&"Home".into(), &"rakennuslupa".into()));
    let page = portal.get("/fi/services/rakennuslupa").await;
    assert!(
        page.status == 200
            && page.body.contains("<h1 lang=\"fi\">Rakennuslupa</h1>")
            && page.body.contains("<html lang=\"en\""),
        "{}",
        page.body
    );
    assert_eq!(portal.get("/lv").await.status, 404, "the catalogue is not in Latvian");
    let home = portal.get("/shell/sv/home").await.body;
    assert!(home.contains("<a class=\"ds-focus\" href=\"/sv/life-events/koti\" lang=\"sv\">"), "{home}");
    let manifest = portal.get("/manifest.sv.webmanifest").await;
    assert_eq!((manifest.body.as_str(), manifest.status.as_u16()), ("{\"start_url\": \"/sv/\"}", 200));
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    assert_eq!(portal.get("/manifest.de.webmanifest").await.status, 404);
    assert_eq!(portal.get("/").await.header("location"), "/fi");
}

#[tokio::test]
async fn a_wrong_entry_is_named_by_its_place_and_refused_or_left_out() {
    let wrong = FOREIGN.replace("\"P2M\"", "\"soon\"").replace("\"sv\": \"Pass\"", "\"de\": \"Pass\"");
    let (_folder, db) = finnish().await;
    let before = export::export(&db).await.unwrap();
    let Err(ImportError::Mistakes(findings)) = bring(&db, &wrong, Invalid::Refuse).await else { panic!("refused") };
    let places: Vec<(u64, u64)> = findings.iter().map(|finding| (finding.line, finding.column)).collect();
    assert_eq!(places, [(13, 28), (18, 5)], "{findings:?}");
    assert!(findings[0].message.contains("\"soon\"") && findings[1].message.contains("dct:title"), "{findings:?}");
    assert_eq!(export::export(&db).await.unwrap(), before, "nothing has changed");

    let half = FOREIGN.replace("\"P2M\"", "\"soon\"");
    assert_eq!(bring(&db, &half, Invalid::Skip).await.unwrap(), 1);
    let files = export::export(&db).await.unwrap().0;
    assert!(files.contains_key("services/passi-1.yaml") && !files.contains_key("services/rakennuslupa.yaml"));
}

#[test]
fn a_service_whose_institution_is_left_out_is_left_out_too() {
    let wrong = FOREIGN.replace("\"skos:prefLabel\": \"Kunta\"", "\"skos:prefLabel\": {\"de\": \"Gemeinde\"}");
    let findings = cpsv::read("x.jsonld", &wrong, Some(PORTAL), Invalid::Skip).unwrap_err();
    assert!(findings.iter().any(|finding| finding.message.contains("competent authority")), "{findings:?}");
    assert!(findings[0].message.contains("no public service"), "nothing would be left: {findings:?}");
}

#[test]
fn what_is_hostile_or_unreadable_is_refused() {
    let remote = FOREIGN.replace("\"@context\": {", "\"@context\": \"https://evil.example/x.jsonld\", \"x\": {");
    let deep = format!("{{\"@graph\": {}{}}}", "[".repeat(50_000), "]".repeat(50_000));
    let cases = [
        (remote.as_str(), "never fetched"),
        (&deep, "nested deeper"),
        ("", "is not JSON"),
        ("[]", "no public service"),
        ("{\"@graph\": [{\"@id\": 3}]}", "@id"),
        ("{\"@id\": \"a:b\", \"@reverse\": {\"a:c\": {}}}", "@reverse"),
        ("{\"a\": 1, \"a\": 2}", "twice"),
        ("\"text\"", "neither a node nor a graph"),
    ];
    for (text, said) in cases {
        let findings = read(text).unwrap_err();
        assert!(findings[0].message.contains(said), "{text:.60}: {findings:?}");
        assert!(findings[0].line > 0 && findings[0].column > 0);
    }
    let no_portal = cpsv::read("x.jsonld", FOREIGN, None, Invalid::Skip).unwrap_err();
    assert!(no_portal[0].message.contains("portal.yaml"), "{no_portal:?}");
}

#[test]
fn a_portal_of_our_own_rules_refuses_what_lacks_a_language() {
    let strict = PORTAL.replace("foreign: true\n", "");
    let findings = cpsv::read("x.jsonld", FOREIGN, Some(&strict), Invalid::Refuse).unwrap_err();
    assert!(findings.iter().any(|finding| finding.message == "description lacks sv"), "{findings:?}");
}

#[test]
fn finnish_descriptions_become_services() {
    let files = [("a.json".to_owned(), format!("\u{feff}{PTV}")), ("b.json".to_owned(), PTV_CODES.to_owned())];
    let converted = convert::ptv::convert(&files).unwrap();
    assert_eq!(converted.services, 2);
    let read = read(&converted.document).unwrap();
    let service = &read.sources.0["services/0a-1.yaml"];
    for part in ["fi: Kirjasto", "sv: Bibliotek", "Ensin. Sitten.", "cents: 0", "- business", "Hae kortti"] {
        assert!(service.contains(part), "{part} in {service}");
    }
    assert!(!service.contains("blocks") && !service.contains('\u{feff}'), "{service}");
    assert!(read.sources.0["life-events/ke1.yaml"].contains("0a-1"));
    assert!(!read.sources.0["services/0b-2.yaml"].contains("fees"), "what it costs is not known");
    assert!(convert::ptv::convert(&[("c.json".into(), "[{}]".into())]).unwrap_err().contains("c.json"));
}

#[test]
fn the_official_context_is_built_in() {
    let address = "https://semiceu.github.io/uri.semic.eu-generated/CPSV-AP/releases/3.2.0/context/cpsv-ap.jsonld";
    let text = format!(
        "{{\"@context\": \"{address}\", \"@id\": \"http://e/1\", \"@type\": \"PublicService\", \"PublicService.name\": {{\"@value\": \"Tax\", \"@language\": \"en\"}}, \
         \"PublicService.hasCompetentAuthority\": {{\"@id\": \"http://e/2\", \"@type\": \"PublicOrganization\", \"PublicOrganization.preferredLabel\": {{\"@value\": \"Office\", \"@language\": \"en\"}}}}}}"
    );
    let read = read(&text).unwrap();
    assert!(read.sources.0["services/1.yaml"].contains("en: Tax"), "a single node will do");
}
