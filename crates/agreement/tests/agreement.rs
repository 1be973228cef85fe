//! The same answers, random and hostile ones among them, through the native and the WebAssembly build of the rules: every
//! definition of the sample content.

use std::path::{Path, PathBuf};
use std::process::Command;

use durvis_agreement::Judge;
use durvis_contract::e_service::{Definition, Field, Kind};
use durvis_server::catalogue::Sources;
use durvis_server::e_service::check;
use serde_json::{Map, Value, json};
use wasmi::{Engine, Linker, Memory, Module, Store, TypedFunc};

/// Random answers to each definition.
const TRIES: u32 = 150;
const DAYS: [&str; 4] = ["2026-11-23", "2024-02-29", "2026-12-31", "2031-01-01"];

#[test]
fn webassembly_judges_as_the_server_does() {
    let mut wasm = Wasm::load(&built());
    let content = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../server/content");
    let definitions = check(&Sources::load_all(&content).unwrap()).definitions;
    assert!(definitions.len() >= 20);
    let (mut random, mut refused, mut complete) = (Random(0x9E37_79B9_7F4A_7C15), 0, 0);
    for definition in definitions.values() {
        let text = serde_json::to_string(definition).unwrap();
        let native = Judge::new(&text).unwrap();
        wasm.define(&text);
        let examples = definition.examples.iter().map(|one| serde_json::to_value(&one.answers).unwrap());
        let random_ones = (0..TRIES).map(|_| random.answers(definition));
        for answers in examples.chain(random_ones.collect::<Vec<_>>()) {
            let (answers, today) = (answers.to_string(), random.one(&DAYS));
            let said = native.judge(&answers, today);
            assert_eq!(said, wasm.judge(&answers, today), "{}, {today}: {answers}", definition.id);
            refused += u32::from(!said.starts_with("Walk"));
            complete += u32::from(said.contains("\nCheck\n"));
        }
    }
    // The test would show little if all were refused, or nothing ever got to its end.
    assert!(refused > 100 && complete >= 20, "{refused} refused, {complete} complete");
}

/// The WebAssembly build of this crate, made beside everything else that is built.
fn built() -> Vec<u8> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasm");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--release", "--package", "durvis-agreement", "--lib"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(&target);
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    assert!(cargo.status().unwrap().success());
    std::fs::read(target.join("wasm32-unknown-unknown/release/durvis_agreement.wasm")).unwrap()
}

struct Wasm {
    store: Store<()>,
    memory: Memory,
    room: TypedFunc<u32, u32>,
    define: TypedFunc<(), u32>,
    judge: TypedFunc<(), u32>,
    place: TypedFunc<(), u32>,
}

impl Wasm {
    fn load(bytes: &[u8]) -> Self {
        let engine = Engine::default();
        let module = Module::new(&engine, bytes).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).unwrap();
        Self {
            memory: instance.get_memory(&store, "memory").unwrap(),
            room: instance.get_typed_func(&store, "room").unwrap(),
            define: instance.get_typed_func(&store, "define").unwrap(),
            judge: instance.get_typed_func(&store, "judge").unwrap(),
            place: instance.get_typed_func(&store, "place").unwrap(),
            store,
        }
    }

    fn write(&mut self, text: &str) {
        let place = self.room.call(&mut self.store, text.len() as u32).unwrap();
        self.memory.write(&mut self.store, place as usize, text.as_bytes()).unwrap();
    }

    fn define(&mut self, definition: &str) {
        self.write(definition);
        assert_eq!(self.define.call(&mut self.store, ()).unwrap(), 1);
    }

    fn judge(&mut self, answers: &str, today: &str) -> String {
        self.write(&format!("{today}\n{answers}"));
        let bytes = self.judge.call(&mut self.store, ()).unwrap();
        let place = self.place.call(&mut self.store, ()).unwrap();
        let mut said = vec![0; bytes as usize];
        self.memory.read(&self.store, place as usize, &mut said).unwrap();
        String::from_utf8(said).unwrap()
    }
}

/// A sequence that is the same at each run (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: u64) -> u64 {
        (self.next() >> 11) % most
    }

    fn one<'a, T: ?Sized>(&mut self, among: &[&'a T]) -> &'a T {
        among[self.below(among.len() as u64) as usize]
    }

    fn answers(&mut self, definition: &Definition) -> Value {
        // Some forms are filled in with care, some without.
        let careless = [0, 2, 20][self.below(3) as usize];
        let mut answers = self.row(definition.fields(), careless);
        if self.below(100) < careless {
            answers.insert("no_such_field".into(), json!("x"));
        }
        answers.into()
    }

    fn row<'a>(&mut self, fields: impl Iterator<Item = &'a Field>, careless: u64) -> Map<String, Value> {
        let mut row = Map::new();
        for field in fields {
            if self.below(100) < careless {
                row.insert(field.id.clone(), self.hostile());
            } else if self.below(100) >= 5 {
                row.insert(field.id.clone(), self.answer(field, careless));
            }
        }
        row
    }

    fn hostile(&mut self) -> Value {
        let long = "ā".repeat(self.below(12_000) as usize);
        match self.below(12) {
            0 => json!(null),
            1 => json!(i64::MAX),
            2 => json!(i64::MIN),
            3 => json!(true),
            4 => json!([]),
            5 => json!({}),
            6 => json!(long),
            7 => json!("A\u{202e}B"),
            8 => json!("\u{0}"),
            9 => json!("  \u{a0}é e\u{301} 🦔 "),
            10 => json!(["x", "x"]),
            _ => json!([{"id": "x"}]),
        }
    }

    fn answer(&mut self, field: &Field, careless: u64) -> Value {
        let text = |text: &str| Value::from(text);
        match &field.kind {
            Kind::Text { .. } | Kind::LongText { .. } => {
                text(self.one(&["Anna", "18:30", "AB-1234", " x ", "ķirsis", "123456789"]))
            }
            Kind::Number { .. } => json!(self.below(2_000) as i64 - 3),
            Kind::Money { .. } => json!(self.below(1_000_000) as i64 - 10),
            Kind::Date { .. } => {
                let (year, month, day) = (2023 + self.below(6), 1 + self.below(12), 1 + self.below(29));
                json!(format!("{year}-{month:02}-{day:02}"))
            }
            Kind::Choice { options } => json!(options[self.below(options.len() as u64) as usize].id),
            Kind::Choices { options } => {
                options.iter().filter(|_| self.below(2) == 0).map(|one| one.id.clone()).collect::<Vec<_>>().into()
            }
            Kind::YesNo {} => json!(self.below(2) == 0),
            Kind::Statement {} => json!(self.below(10) > 0),
            Kind::PersonalCode {} => text(self.one(&["320000-00006", "32000000006", "010190-12345", "311300-1"])),
            Kind::RegistrationNumber {} => text(self.one(&["40003000000", "4000300000"])),
            Kind::Phone {} => text(self.one(&["20000000", "+371 20 000 000", "12"])),
            Kind::Email {} => text(self.one(&["anna@epasts.example", "anna@", "ā@b.lv"])),
            Kind::Iban {} => {
                text(self.one(&["LV80BANK0000435195001", "lv80 bank 0000 4351 9500 1", "LV81BANK0000435195001"]))
            }
            Kind::Address {} => {
                json!({"territory": "riga", "street": "Iela 1", "postal_code": self.one(&["LV-1010", "1010", "x"])})
            }
            Kind::Country {} => text(self.one(&["LV", "EE", "XX"])),
            Kind::Institution { .. } => text(self.one(&["riga", "vid", "ogre"])),
            Kind::Person {} => text(self.one(&["me", "320000-00006"])),
            Kind::File { types, .. } => {
                let media_type = types[self.below(types.len() as u64) as usize].clone();
                json!([{"id": "1", "name": "a.pdf", "bytes": self.below(12_000_000), "media_type": media_type}])
            }
            Kind::Group { fields, .. } => {
                let rows = self.below(6);
                (0..rows).map(|_| Value::from(self.row(fields.iter(), careless))).collect::<Vec<_>>().into()
            }
        }
    }
}
