use super::*;
use crate::e_service::FileReference;

fn kind(json: &str) -> Kind {
    serde_json::from_str(json).unwrap_or_else(|wrong| panic!("{json}: {wrong}"))
}

#[test]
fn every_kind_says_what_is_wrong_with_a_text() {
    let table: &[(&str, &str, Option<&str>)] = &[
        (r#"{"type":"text","max":4}"#, "āēīō", None),
        (r#"{"type":"text","max":4}"#, "āēīōū", Some("too_long")),
        (r#"{"type":"text","pattern":"A{2}9{4}"}"#, " AB1234 ", None),
        (r#"{"type":"text","pattern":"A{2}9{4}"}"#, "AB12", Some("pattern")),
        (r#"{"type":"number"}"#, "12a", Some("not_a_number")),
        (r#"{"type":"date","max":"today"}"#, "2026-11-23", None),
        (r#"{"type":"date","max":"today"}"#, "2026-11-24", Some("too_late")),
        (r#"{"type":"date","min":"today-18y"}"#, "2008-11-22", Some("too_early")),
        (r#"{"type":"date"}"#, "23.11.2026", Some("not_a_date")),
        (r#"{"type":"choice","options":[{"id":"a","label":{}}]}"#, "a", None),
        (r#"{"type":"choice","options":[{"id":"a","label":{}}]}"#, "b", Some("not_an_option")),
        (r#"{"type":"personal_code"}"#, "161175 19997", None),
        (r#"{"type":"personal_code"}"#, "161175-19998", Some("personal_code_checksum")),
        (r#"{"type":"registration_number"}"#, "4000 3000 642", None),
        (r#"{"type":"registration_number"}"#, "4000300064", Some("registration_number")),
        (r#"{"type":"phone"}"#, "+371 20 000 000", None),
        (r#"{"type":"phone"}"#, "112", Some("phone")),
        (r#"{"type":"email"}"#, "anna@example.lv", None),
        (r#"{"type":"email"}"#, "anna", Some("email")),
        (r#"{"type":"iban"}"#, "lv80 bank 0000 4351 9500 1", None),
        (r#"{"type":"iban"}"#, "LV80BANK0000435195002", Some("iban_checksum")),
        (r#"{"type":"country"}"#, "lv", None),
        (r#"{"type":"country"}"#, "XX", Some("country")),
        (r#"{"type":"institution"}"#, "vsaa", None),
        (r#"{"type":"institution"}"#, "VSAA!", Some("institution")),
        (r#"{"type":"person"}"#, "me", None),
        (r#"{"type":"person"}"#, "321234-56789", None),
        (r#"{"type":"person"}"#, "you", Some("person")),
        (r#"{"type":"yes_no"}"#, "yes", Some("wrong_type")),
    ];
    let today = Day::parse("2026-11-23").unwrap();
    for (json, text, expected) in table {
        let fault = kind(json).check(&Value::Text((*text).into()), today);
        assert_eq!(fault.as_ref().map(Fault::code), *expected, "{json} {text}");
    }
}

#[test]
fn other_answers_are_checked_too() {
    let today = Day::parse("2026-11-23").unwrap();
    let address = |territory: &str, street: &str, postal_code: &str| {
        Value::Address(Address { territory: territory.into(), street: street.into(), postal_code: postal_code.into() })
    };
    let file = |bytes, media_type: &str| FileReference {
        id: "1".into(),
        name: "a".into(),
        bytes,
        media_type: media_type.into(),
    };
    let files = r#"{"type":"file","max_bytes":10,"types":["application/pdf"]}"#;
    let two = r#"{"type":"choices","options":[{"id":"a","label":{}},{"id":"b","label":{}}]}"#;
    let many = |ids: &[&str]| Value::Many(ids.iter().map(|id| (*id).to_owned()).collect());
    let table = [
        (r#"{"type":"number","min":1,"max":5}"#, Value::Number(0), Some("too_small")),
        (r#"{"type":"money","max_cents":500}"#, Value::Number(501), Some("too_large")),
        (r#"{"type":"money"}"#, Value::Number(-1), Some("too_small")),
        (r#"{"type":"statement"}"#, Value::Bool(false), Some("not_ticked")),
        (r#"{"type":"address"}"#, address("riga", "Brīvības iela 1", "1010"), None),
        (r#"{"type":"address"}"#, address("riga", "Brīvības iela 1", "LV-10"), Some("address_postal_code")),
        (r#"{"type":"address"}"#, address("riga", " ", "LV-1010"), Some("address_street")),
        (r#"{"type":"address"}"#, address("", "x", "LV-1010"), Some("address_territory")),
        (files, Value::Files(vec![file(10, "application/pdf")]), None),
        (files, Value::Files(vec![file(11, "application/pdf")]), Some("file_too_large")),
        (files, Value::Files(vec![file(1, "text/html")]), Some("file_type")),
        (files, Value::Files(vec![file(1, "application/pdf"), file(1, "application/pdf")]), Some("too_many_files")),
        (two, many(&["a", "b"]), None),
        (two, many(&["a", "a"]), Some("not_an_option")),
        (two, many(&["c"]), Some("not_an_option")),
        (r#"{"type":"text"}"#, Value::Number(1), Some("wrong_type")),
        (r#"{"type":"group","min":1,"max":2,"fields":[]}"#, Value::Rows(vec![]), Some("too_few_rows")),
    ];
    for (json, value, expected) in table {
        assert_eq!(kind(json).check(&value, today).as_ref().map(Fault::code), expected, "{json} {value:?}");
    }
}

#[test]
fn what_is_typed_becomes_a_number_where_it_is_one() {
    let money = kind(r#"{"type":"money"}"#);
    for (text, cents) in [("12", 1200), ("12,5", 1250), ("1 234.56 €", 123_456), ("-0,01", -1)] {
        assert_eq!(money.typed(text), Value::Number(cents), "{text}");
    }
    for text in ["", "12,345", ",5", "1e3", "99999999999999999999"] {
        assert_eq!(money.typed(text), Value::Text(text.into()));
    }
    assert_eq!(kind(r#"{"type":"number"}"#).typed(" 7 "), Value::Number(7));
}

#[test]
fn tidying_twice_changes_nothing() {
    let kinds =
        ["text", "long_text", "personal_code", "registration_number", "phone", "email", "iban", "country", "person"];
    for name in kinds {
        let kind = kind(&format!(r#"{{"type":"{name}"}}"#));
        for text in ["", " a  b\n c ", "16117519997", " lv 80 ", "2000 0000", "+371 2000 0000"] {
            let once = kind.tidy(text).into_owned();
            assert_eq!(kind.tidy(&once), once, "{name} {text}");
        }
    }
}
