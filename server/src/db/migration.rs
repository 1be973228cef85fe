//! The schema, one step a file. Steps are never changed once released, only added.

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

mod m001_catalogue;
mod m002_missed_search;
mod m003_identity;
mod m004_challenge;
mod m005_uses;
mod m006_files;
mod m007_bills;
mod m008_forgotten;
mod m009_cases;
mod m010_notices;
mod m011_documents;
mod m012_record;
mod m014_officers;
mod m015_webhooks;
mod m018_reminders;
mod m019_institution_bills;
mod m020_bill_states;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m001_catalogue::Migration),
            Box::new(m002_missed_search::Migration),
            Box::new(m003_identity::Migration),
            Box::new(m004_challenge::Migration),
            Box::new(m005_uses::Migration),
            Box::new(m006_files::Migration),
            Box::new(m007_bills::Migration),
            Box::new(m008_forgotten::Migration),
            Box::new(m009_cases::Migration),
            Box::new(m010_notices::Migration),
            Box::new(m011_documents::Migration),
            Box::new(m012_record::Migration),
            Box::new(m014_officers::Migration),
            Box::new(m015_webhooks::Migration),
            Box::new(m018_reminders::Migration),
            Box::new(m019_institution_bills::Migration),
            Box::new(m020_bill_states::Migration),
        ]
    }
}
