//! The settings of a portal that has this sandbox as the world outside of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::oidc::{CLIENT_ID, CLIENT_SECRET};
use crate::registers::TOKEN;
use crate::world::World;

/// Writes `durvis.toml` and the secrets that it names into a folder, which is made. Gives the file's path, whole.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write(world: &World, folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let folder = folder.canonicalize()?;
    let (secret, token, settings) = (folder.join("secret"), folder.join("token"), folder.join("durvis.toml"));
    fs::write(&secret, CLIENT_SECRET)?;
    fs::write(&token, TOKEN)?;
    fs::write(&settings, text(world, &secret, &token))?;
    Ok(settings)
}

fn text(world: &World, secret: &Path, token: &Path) -> String {
    let mut text = format!("smtp_url = \"smtp://{}\"\noperator_mail = \"operator@durvis.example\"\n", world.smtp);
    for provider in &world.providers {
        let (kind, [lv, ru, en]) = match provider.slug {
            "eid" => ("eid", ["eID karte", "Карта eID", "eID card"]),
            _ => ("bank", provider.names),
        };
        // A String takes whatever is written.
        let _ = write!(
            text,
            "\n[[sign_in]]\nslug = \"{}\"\nkind = \"{kind}\"\nname = {{ lv = \"{lv}\", ru = \"{ru}\", en = \"{en}\" }}\n\
             issuer = \"{}\"\nclient_id = \"{CLIENT_ID}\"\nclient_secret = {secret:?}\n",
            provider.slug, provider.issuer
        );
    }
    let _ = write!(text, "\n[enterprise_register]\nurl = \"{}/enterprises\"\ntoken = {token:?}\n", world.origin);
    for register in ["population", "bdas"] {
        let _ = write!(text, "\n[registers.{register}]\nurl = \"{}/{register}\"\ntoken = {token:?}\n", world.origin);
    }
    text += "\n[payment]\ncreditor_name = \"Valsts kase\"\ncreditor_iban = \"LV80BANK0000435195001\"\n";
    for (slug, name) in [("kalnu-banka", "Kalnu banka"), ("juras-banka", "Jūras banka")] {
        let _ = write!(
            text,
            "\n[[payment.banks]]\nslug = \"{slug}\"\nname = {{ lv = \"{name}\", ru = \"{name}\", en = \"{name}\" }}\n\
             url = \"{}/bank\"\nproduct = \"instant-sepa-credit-transfers\"\n",
            world.origin
        );
    }
    text
}
