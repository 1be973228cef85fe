//! Answers made up: right ones, wrong ones and none, the same in every run.

use durvis_contract::e_service::{Address, Answers, Definition, Field, FileReference, Kind, Row, Value};

/// `SplitMix64`.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.roll() % bound as u64).expect("fits")
    }

    pub fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Answers to a definition's questions, one in `gap` left out, one in `wrong` of the texts wrong.
pub fn answers(definition: &Definition, dice: &mut Dice, gap: usize, wrong: usize) -> Answers {
    row(definition.fields(), dice, gap, wrong).into_iter().collect()
}

fn row<'a>(fields: impl Iterator<Item = &'a Field>, dice: &mut Dice, gap: usize, wrong: usize) -> Row {
    let mut row = Row::new();
    for field in fields {
        if !dice.one_in(gap) {
            row.insert(field.id.clone(), value(&field.kind, dice, gap, wrong));
        }
    }
    row
}

fn value(kind: &Kind, dice: &mut Dice, gap: usize, wrong: usize) -> Value {
    let bad = dice.one_in(wrong);
    let right: &[&str] = match kind {
        Kind::YesNo {} => return Value::Bool(dice.one_in(2)),
        Kind::Statement {} => return Value::Bool(!bad),
        Kind::Number { .. } | Kind::Money { .. } if !bad => {
            return Value::Number(100 + dice.roll().cast_signed().rem_euclid(5_000));
        }
        Kind::Choice { options } if !bad => return Value::Text(options[dice.below(options.len())].id.clone()),
        Kind::Choices { options } => {
            return Value::Many(options.iter().filter(|_| dice.one_in(2)).map(|option| option.id.clone()).collect());
        }
        Kind::Address {} => {
            let postal_code = dice.pick(if bad { &["", "x", "LV-1"] } else { &["LV-1010", "lv 3001", "1010"] }).into();
            return Value::Address(Address {
                territory: "riga".into(),
                street: dice.pick(&["Lielā  iela 1", "x"]).into(),
                postal_code,
            });
        }
        Kind::File { types, .. } => {
            let file = FileReference { id: "1".into(), name: "a.pdf".into(), bytes: 10, media_type: types[0].clone() };
            return Value::Files(if bad { vec![] } else { vec![file] });
        }
        Kind::Group { fields, .. } => {
            let rows = dice.below(4);
            return Value::Rows((0..rows).map(|_| row(fields.iter(), dice, gap * 2, wrong * 2)).collect());
        }
        Kind::Date { .. } => &["2026-10-01", " 2026-11-23"],
        Kind::PersonalCode {} => &["161175-19997", "321234 56789", "16117519997"],
        Kind::Phone {} => &["20000000", "+371 6700 0000"],
        Kind::Email {} => &["anna@example.lv", " a@b.lv"],
        Kind::Iban {} => &["LV80BANK0000435195001", "lv80 bank 0000 4351 9500 1"],
        Kind::Country {} => &["LV", "lt"],
        Kind::Person {} => &["me", "321234-56789"],
        Kind::RegistrationNumber {} => &["40003000642"],
        Kind::Institution { .. } => &["riga"],
        _ => &["Anna", " ā  b ", "x\ny"],
    };
    Value::Text(dice.pick(if bad { &["", "  ", "\u{1F600}", "LV80BANK0000435195002", "no"] } else { right }).into())
}
