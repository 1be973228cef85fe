//! The catalogue from files to the database and back, on SQLite and on PostgreSQL.

use crate::support::postgres::Cluster;
use crate::support::{Portal, SERVICE, content, migrated, real_content, sqlite, written};
use durvis_server::catalogue::import::{ImportError, Imported, checked, import};
use durvis_server::catalogue::read::Sources;
use durvis_server::catalogue::{Live, export};
use durvis_server::db;
use sea_orm::DatabaseConnection;
use sea_orm_migration::MigratorTrait;

/// What has to hold on either database.
async fn lives_through_a_catalogues_life(db: DatabaseConnection) {
    db::migration::Migrator::down(&db, None).await.unwrap();
    db::migration::Migrator::up(&db, None).await.unwrap();
    let first = written(&content());
    assert_eq!(import(&db, first.path()).await.unwrap(), Imported::New);
    assert_eq!(import(&db, first.path()).await.unwrap(), Imported::Unchanged);
    assert_eq!(export::export(&db).await.unwrap(), Sources::load(first.path()).unwrap(), "to the byte");

    let mut broken = content();
    broken.insert("services/passport.yaml".into(), SERVICE.replace("checked: 2026-11-02", "checked: 2026-02-30"));
    let error = import(&db, written(&broken).path()).await.unwrap_err();
    assert!(matches!(error, ImportError::Mistakes(_)));
    assert_eq!(export::export(&db).await.unwrap(), Sources::load(first.path()).unwrap(), "nothing has changed");

    let portal = Portal::of(db, None, None).await;
    assert_eq!(portal.get("/api/v1/services/passport").await.json()["service"]["fees"][0]["cents"], 500);
    let old_file = portal.get("/api/v1/catalogue").await.json()["files"][0]["index"].as_str().unwrap().to_owned();
    let mut dearer = content();
    dearer.insert("services/passport.yaml".into(), SERVICE.replace("cents: 500", "cents: 700"));
    assert_eq!(import(&portal.db, written(&dearer).path()).await.unwrap(), Imported::New);
    assert!(portal.live.refresh(&portal.db).await.unwrap(), "a running server takes the new one");
    assert_eq!(portal.get("/api/v1/services/passport").await.json()["service"]["fees"][0]["cents"], 700);
    assert_eq!(portal.get(&old_file).await.status, 200, "a browser that is still on the old one is served");
}

/// Two operators at once: one of their catalogues is in force afterwards, whole, and never a mixture.
async fn takes_one_of_two_imports_at_once(db: DatabaseConnection) {
    let mut dearer = content();
    dearer.insert("services/passport.yaml".into(), SERVICE.replace("cents: 500", "cents: 700"));
    dearer.remove("services/permit.yaml");
    dearer.insert(
        "life-events/going-abroad.yaml".into(),
        dearer["life-events/going-abroad.yaml"].replace(", permit", ""),
    );
    let (one, other) = (written(&content()), written(&dearer));
    let done = tokio::join!(import(&db, one.path()), import(&db, other.path()));
    assert!(done.0.is_ok() || done.1.is_ok(), "{done:?}");
    let portal = Portal::of(db, None, None).await;
    let inside = export::export(&portal.db).await.unwrap();
    let total = portal.get("/api/v1/catalogue/counts").await.json()["services"].clone();
    let cents = portal.get("/api/v1/services/passport").await.json()["service"]["fees"][0]["cents"].clone();
    if inside == Sources::load(one.path()).unwrap() {
        assert_eq!((total, cents), (4.into(), 500.into()));
    } else {
        assert_eq!(inside, Sources::load(other.path()).unwrap());
        assert_eq!((total, cents), (3.into(), 700.into()));
    }
}

/// Everything that a client may ask, in the one and in the other: down to the byte the same.
async fn answers_as(portal: &Portal, other: &Portal) {
    for path in [
        "/api/v1/services?q=passe&lang=lv",
        "/api/v1/services?territory=ogre&sort=name",
        "/api/v1/services/passport?lang=en",
        "/api/v1/services/tree-felling?territory=riga",
        "/api/v1/services/nope",
        "/api/v1/life-events",
        "/api/v1/life-events/going-abroad?lang=en",
        "/api/v1/institutions",
        "/api/v1/institutions/riga",
        "/api/v1/territories?lang=en",
        "/api/v1/catalogue/counts",
        "/health/ready",
        "/lv/services/passport",
    ] {
        let (here, there) = (portal.get(path).await, other.get(path).await);
        assert_eq!(here.status, there.status, "{path}");
        assert_eq!(here.header("etag"), there.header("etag"), "{path}");
        if here.status == 200 {
            assert_eq!(here.body, there.body, "{path}");
        }
    }
    let files = |manifest: serde_json::Value| manifest["files"].clone();
    let manifest = |portal: &Portal| portal.live.current().manifest.clone().unwrap();
    assert_eq!(manifest(portal).release, manifest(other).release);
    assert_eq!(files(portal.get("/api/v1/catalogue").await.json()), files(other.get("/api/v1/catalogue").await.json()));
    for named in manifest(portal).files {
        for path in [named.index, named.details] {
            assert_eq!(portal.get(&path).await.body, other.get(&path).await.body, "{path}");
        }
    }
}

#[tokio::test]
async fn sqlite_lives_through_a_catalogues_life() {
    let (_folder, db) = sqlite().await;
    lives_through_a_catalogues_life(db).await;
    let (_folder, db) = sqlite().await;
    takes_one_of_two_imports_at_once(db).await;
}

#[tokio::test]
async fn postgresql_lives_through_a_catalogues_life() {
    let cluster = Cluster::start();
    let db = migrated(&cluster.url()).await;
    lives_through_a_catalogues_life(db.clone()).await;
    db::migration::Migrator::fresh(&db).await.unwrap();
    takes_one_of_two_imports_at_once(db.clone()).await;
    db::migration::Migrator::fresh(&db).await.unwrap();
    let portal = Portal::of(db.clone(), None, Some(written(&content()).path())).await;
    answers_as(&portal, &Portal::open().await).await;
    assert_eq!(import(&db, &real_content()).await.unwrap(), Imported::New);
    assert_eq!(export::export(&db).await.unwrap(), Sources::load(&real_content()).unwrap(), "to the byte");
}

#[tokio::test]
async fn an_export_is_a_catalogue() {
    let (_folder, db) = sqlite().await;
    let folder = written(&content());
    import(&db, folder.path()).await.unwrap();
    let file = folder.path().join("export.json");
    std::fs::write(&file, export::export(&db).await.unwrap().to_export()).unwrap();
    let (_other_folder, other) = sqlite().await;
    assert_eq!(import(&other, &file).await.unwrap(), Imported::New);
    let (live, copy) = (Live::default(), Live::default());
    live.refresh(&db).await.unwrap();
    copy.refresh(&other).await.unwrap();
    let release = |live: &Live| live.current().manifest.clone().unwrap().release;
    assert_eq!(release(&live), release(&copy));
}

#[test]
fn every_mistake_is_named_by_file_line_and_column() {
    let cases = [
        ("checked: 2026-11-02", "checked: 2026-02-30", 16, "is not a date"),
        ("cents: 500", "cents: 50000000", 9, "more than"),
        ("name: {lv: Pase, en: Passport}", "name: {lv: Pase}", 1, "lacks en"),
        ("en: Passport}", "en: Passport, de: Pass}", 1, "\"de\""),
        ("institution: office", "institution: nobody", 5, "no institution"),
        ("popularity: 50", "popularity: 0", 15, "1 to 100"),
        ("popularity: 50", "popularity: 50\nrelated: [nothing]", 16, "no service"),
        ("popularity: 50", "colour: green", 15, "colour"),
        ("audience: [person]", "audience: [everybody]", 4, "everybody"),
        ("channels: {here: {sign_in: true}, offices: all}", "channels: {}", 12, "no channel"),
        ("summary: {lv: Saņemiet pasi., en", "summary: {lv: [", 2, ""),
    ];
    for (right, wrong, line, said) in cases {
        assert!(SERVICE.contains(right), "{right}");
        let mut files = content();
        files.insert("services/passport.yaml".into(), SERVICE.replace(right, wrong));
        let (catalogue, mut findings) = Sources(files).parse();
        findings.extend(durvis_server::catalogue::check(&catalogue));
        let found =
            findings.iter().find(|finding| finding.file == "services/passport.yaml" && finding.message.contains(said));
        let found = found.unwrap_or_else(|| panic!("{wrong}: {findings:?}"));
        assert_eq!(found.line, line, "{wrong}: {found}");
        assert!(found.column > 0, "{found}");
    }
}

#[test]
fn a_mistake_beside_the_services_is_named_too() {
    let files =
        ["portal.yaml", "territories.yaml", "institutions.yaml", "places/riga.yaml", "life-events/going-abroad.yaml"];
    let [portal, territories, institutions, places, events] = files;
    let cases = [
        (portal, "[lv, en]", "[lv, en, ru]", "portal.yaml:2:31: name lacks ru"),
        (territories, "\"0040000\"", "\"40000\"", "territories.yaml:2:22: code \"40000\" is not seven digits"),
        (
            portal,
            "territories: [riga]",
            "territories: [riga, riga]",
            "portal.yaml:3:83: \"riga\" is in a region already",
        ),
        (portal, "slug: coast", "slug: ogre", "portal.yaml:3:18: slug \"ogre\" is that of a territory already"),
        (portal, "slug: coast", "slug: latvia", "portal.yaml:3:18: slug \"latvia\" is that of a territory already"),
        (
            portal,
            "slug: coast",
            "slug: The Coast",
            "portal.yaml:3:18: slug \"The Coast\" is not lower-case letters, digits and -",
        ),
        (
            portal,
            "territories: [riga]}",
            "territories: []}, {slug: coast, name: {lv: Krasts, en: Shore}, territories: []}",
            "portal.yaml:3:88: slug \"coast\" stands here twice",
        ),
        (portal, "territories: [riga]", "territories: [rome]", "portal.yaml:3:77: there is no territory \"rome\""),
        (territories, "\"0040201\"", "\"0001000\"", "territories.yaml:2:117: code 0001000 stands here twice"),
        (institutions, "territory: ogre", "territory: atlantis", "institutions.yaml:3:"),
        (institutions, "slug: ogre", "slug: riga", "institutions.yaml:3:10: slug \"riga\" stands here twice"),
        (
            institutions,
            "slug: ogre",
            "slug: else",
            "services/tree-felling.yaml:17:15: there is no institution \"ogre\"",
        ),
        (places, "[56.9, 24.1]", "[156.9, 24.1]", "places/riga.yaml:1:"),
        (places, "territory: riga", "territory: rīga", "places/riga.yaml:1:"),
        (
            events,
            "[passport, permit]",
            "[passport, pasport]",
            "life-events/going-abroad.yaml:5:22: there is no service",
        ),
        (
            events,
            "[passport, permit]",
            "[passport, passport]",
            "life-events/going-abroad.yaml:5:22: service \"passport\"",
        ),
    ];
    for (file, right, wrong, said) in cases {
        let mut files = content();
        assert!(files[file].contains(right), "{right}");
        files.insert(file.into(), files[file].replace(right, wrong));
        let Err(ImportError::Mistakes(findings)) = checked(&Sources(files)) else { panic!("{wrong} is not found") };
        assert!(findings.iter().any(|finding| finding.to_string().starts_with(said)), "{said}\n{findings:#?}");
    }
}

#[test]
fn a_file_that_is_missing_or_has_no_place_is_named() {
    let mut files = content();
    files.remove("portal.yaml");
    files.insert("notes/todo.yaml".into(), "[]".into());
    let Err(ImportError::Mistakes(findings)) = checked(&Sources(files)) else { panic!("nothing was found") };
    let said: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["notes/todo.yaml: no place for such a file (see README.md)", "portal.yaml: is missing"]);
}

#[test]
fn a_duplicate_is_found() {
    let mut files = content();
    files.insert("services/passport-2.yaml".into(), SERVICE.into());
    let (catalogue, _) = Sources(files).parse();
    let findings = durvis_server::catalogue::check(&catalogue);
    assert!(findings.iter().any(|finding| finding.message.contains("is also that of")), "{findings:?}");
}

#[test]
fn the_sample_catalogue_holds_what_it_promises() {
    let sources = Sources::load(&real_content()).unwrap();
    let catalogue = checked(&sources).unwrap();
    let counts = durvis_server::catalogue::publish::counts(&catalogue);
    assert!(counts.services > 2_200 && counts.national >= 110 && counts.municipal_kinds >= 50, "{counts:?}");
    assert!(counts.e_services.here >= 100 && counts.e_services.elsewhere >= 100, "{counts:?}");
    assert!(
        counts.life_events >= 14 && counts.territories > 600 && counts.languages == ["lv", "ru", "en"],
        "{counts:?}"
    );
    assert_eq!(catalogue.territories.len(), 42);
}

#[test]
fn everyday_words_lead_to_a_service_and_never_round_in_a_circle() {
    let mistakes = |entries: &str| {
        let mut files = content();
        files.insert("synonyms.yaml".into(), entries.into());
        match checked(&Sources(files)) {
            Ok(_) => vec![],
            Err(ImportError::Mistakes(findings)) => findings.iter().map(ToString::to_string).collect(),
            Err(other) => panic!("{other}"),
        }
    };
    assert!(mistakes("- {lang: lv, say: [ceļojums, brauciens], mean: pase}").is_empty());
    let chain = "- {lang: lv, say: [ceļojums], mean: pase}\n- {lang: lv, say: [atvaļinājums], mean: Ceļojums}";
    assert!(mistakes(chain).is_empty(), "a meaning may be what another entry says");
    for (entries, said) in [
        ("- {lang: lv, say: [ceļojums], mean: kamielis}", "synonyms.yaml:1:37: \"kamielis\" stands in no name"),
        ("- {lang: lv, say: [a, b], mean: c}\n- {lang: lv, say: [c], mean: a}", "goes round in a circle"),
        ("- {lang: de, say: [reise], mean: pase}", "the language \"de\", which portal.yaml does not have"),
        ("- {lang: lv, say: [koku], mean: koku ciršana}", "says nothing new"),
        ("- {lang: lv, say: [pase], mean: pase}", "goes round in a circle"),
        ("- {lang: lv, say: [lads, lads], mean: pase}", "\"lads\" stands here twice"),
        ("- {lang: lv, say: [lads]}", "missing field"),
    ] {
        let found = mistakes(entries);
        assert!(found.iter().any(|finding| finding.contains(said)), "{said}: {found:#?}");
    }
}

#[tokio::test]
async fn everyday_words_find_the_service() {
    let mut files = content();
    files.insert("synonyms.yaml".into(), "- {lang: lv, say: [zilais kaķis], mean: koku ciršana}".into());
    let (folder, db) = sqlite().await;
    let portal = Portal::of(db, Some(folder), Some(written(&files).path())).await;
    let found = portal.get("/api/v1/services?q=zilais+kakis&lang=lv").await.json();
    assert_eq!((&found["total"], &found["services"][0]["slug"]), (&1.into(), &"tree-felling".into()), "{found}");
}
