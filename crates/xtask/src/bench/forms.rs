//! E-services in the browser: what a definition costs to download and to begin, and how long an answer takes to be painted.
//! Two definitions of its own are the measure: a hundred fields that each wait for an answer, and a group of a thousand rows.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use anyhow::Result;

use super::{script, size};
use crate::build::Built;
use crate::run::run;

/// Where the sample content is, with those two.
const CONTENT: &str = "target/bench-content";
const FIELDS: usize = 100;

/// One line of JSON for each thing that is measured.
pub(super) fn measure(built: &Built) -> Result<String> {
    write_content()?;
    let publish = |content: &str| {
        let mut publish = Command::new(&built.durvis);
        publish.args(["e-service", "publish", content]);
        run(publish.env("DURVIS_DATABASE_URL", size::DATABASE).env("DURVIS_LOG", "warn"))
    };
    publish(CONTENT)?;
    let printed = script(built, "bench/forms.mjs");
    publish("server/content")?;
    printed
}

fn write_content() -> Result<()> {
    if fs::exists(CONTENT)? {
        fs::remove_dir_all(CONTENT)?;
    }
    run(Command::new("cp").args(["-r", "server/content", CONTENT]))?;
    let mut fields = String::from(
        "      - {id: rooms, kind: {type: number, min: 0, max: 1000}, label: {lv: Istabas, ru: Istabas, en: Istabas}}\n",
    );
    for at in 1..=FIELDS {
        writeln!(
            fields,
            "      - {{id: room_{at}, kind: {{type: text}}, label: {{lv: Istaba {at}, ru: Istaba {at}, en: Istaba {at}}}, \
             required: false, when: {{compare: {{number: rooms}}, at_least: {at}}}}}"
        )?;
    }
    fs::write(format!("{CONTENT}/e-services/bench-fields.yaml"), definition("bench-fields", &fields, "rooms: 3"))?;
    // The first one has to be answered: where nothing has, one begins at the check.
    let group = "      - {id: name, kind: {type: text}, label: {lv: Vārds, ru: Vārds, en: Vārds}}
      - id: trips
        kind:
          type: group
          max: 1000
          fields:
            - {id: where, kind: {type: text}, label: {lv: Kur, ru: Kur, en: Kur}}
            - {id: paid, kind: {type: money}, label: {lv: Cik, ru: Cik, en: Cik}, required: false}
            - {id: why, kind: {type: text}, label: {lv: Par ko, ru: Par ko, en: Par ko}, when: {compare: {number: paid}, above: 100}}
        label: {lv: Braucieni, ru: Braucieni, en: Braucieni}\n";
    fs::write(
        format!("{CONTENT}/e-services/bench-rows.yaml"),
        definition("bench-rows", group, "name: A, trips: [{where: A}]"),
    )?;
    Ok(())
}

fn definition(slug: &str, fields: &str, example: &str) -> String {
    format!(
        "id: {slug}\nversion: 1\ntitle: {{lv: Mērs, ru: Mērs, en: Mērs}}\nsummary: {{lv: Mērs., ru: Mērs., en: Mērs.}}\n\
         service: consumer-complaint\naudience: nobody\ninstitution: ptac\nsteps:\n  - id: all\n    \
         title: {{lv: Viss, ru: Viss, en: Viss}}\n    fields:\n{fields}outcome: {{type: submission, days: 10}}\n\
         retention_days: 30\nexamples:\n  - name: one\n    today: 2026-11-23\n    answers: {{{example}}}\n"
    )
}
