//! Makes a constant of every interface text (see `crates/texts`).

use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=texts");
    let all = durvis_texts::load(Path::new("texts")).unwrap_or_else(|mistakes| {
        for mistake in &mistakes {
            println!("cargo::error={mistake}");
        }
        std::process::exit(1);
    });
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("keys.rs"), durvis_texts::constants(&all[0]))
        .expect("the output folder is writable");
}
