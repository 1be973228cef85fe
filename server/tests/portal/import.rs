//! The catalogue from files to the database and back, on SQLite and on PostgreSQL.

use crate::support::postgres::Cluster;
use crate::support::{Portal, SERVICE, content, migrated, real_content, sqlite, written};
use durvis_server::catalogue::import::{ImportError, Imported, import};
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

#[tokio::test]
async fn sqlite_lives_through_a_catalogues_life() {
    let (_folder, db) = sqlite().await;
    lives_through_a_catalogues_life(db).await;
}

#[tokio::test]
async fn postgresql_lives_through_a_catalogues_life() {
    let cluster = Cluster::start();
    lives_through_a_catalogues_life(migrated(&cluster.url()).await).await;
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
    let catalogue = durvis_server::catalogue::import::checked(&sources).unwrap();
    let counts = durvis_server::catalogue::publish::counts(&catalogue);
    assert!(counts.services > 2_200 && counts.national >= 110 && counts.municipal_kinds >= 50, "{counts:?}");
    assert!(counts.e_services.here >= 100 && counts.e_services.elsewhere >= 100, "{counts:?}");
    assert!(
        counts.life_events >= 14 && counts.territories > 600 && counts.languages == ["lv", "ru", "en"],
        "{counts:?}"
    );
    assert_eq!(catalogue.territories.len(), 42);
}
