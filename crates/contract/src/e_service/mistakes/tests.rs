use super::*;

/// A definition of two steps with something in place of what is named.
fn with(steps: &str, rest: &str) -> Vec<String> {
    let text = format!(
        r#"{{"id":"x","version":1,"title":{{"lv":"T"}},"summary":{{"lv":"S"}},"service":"s","audience":"person","institution":"vsaa",
        "outcome":{{"type":"submission","days":5}},"retention_days":30,"steps":[{steps}]{rest}}}"#
    );
    let definition: Definition = serde_json::from_str(&text).unwrap_or_else(|wrong| panic!("{text}: {wrong}"));
    check_definition(&definition, &["lv"])
        .into_iter()
        .map(|mistake| format!("{}: {}", mistake.path, mistake.what))
        .collect()
}

fn step(id: &str, when: &str, fields: &[String]) -> String {
    let when = if when.is_empty() { String::new() } else { format!(r#""when":{when},"#) };
    format!(r#"{{"id":"{id}","title":{{"lv":"t"}},{when}"fields":[{}]}}"#, fields.join(","))
}

fn field(id: &str, kind: &str, when: &str) -> String {
    let when = if when.is_empty() { String::new() } else { format!(r#","when":{when}"#) };
    let kind = if kind.starts_with('{') { kind.to_owned() } else { format!(r#"{{"type":"{kind}"}}"#) };
    format!(r#"{{"id":"{id}","kind":{kind},"label":{{"lv":"l"}}{when}}}"#)
}

const AB: &str = r#"{"type":"choice","options":[{"id":"a","label":{"lv":"a"}},{"id":"b","label":{"lv":"b"}}]}"#;

/// What is wrong with a condition on the second step, after a step with a field of many kinds.
fn on_second(when: &str) -> Vec<String> {
    let rows = format!(
        r#"{{"type":"group","max":3,"fields":[{},{}]}}"#,
        field("amount", "money", ""),
        field("word", "text", "")
    );
    let first = [
        field("agreed", "yes_no", ""),
        field("ab", AB, ""),
        field("rooms", "number", ""),
        field("d", "date", ""),
        field("rows", &rows, ""),
    ];
    let facts = r#","facts":[{"id":"old","holds":{"compare":{"age":"d"},"above":60}},{"id":"total","measure":{"sum":"amount"}},{"id":"late","holds":{"answered":"z"}}]"#;
    with(&format!("{},{}", step("one", "", &first), step("two", when, &[field("z", "text", "")])), facts)
}

#[test]
fn a_right_condition_is_no_mistake() {
    for when in [
        r#"{"field":"agreed","equals":true}"#,
        r#"{"field":"ab","one_of":["a","b"]}"#,
        r#"{"all":[{"fact":"old"},{"compare":{"fact":"total"},"above":100},{"compare":{"count":"rows"},"at_least":1}]}"#,
        r#"{"compare":{"date":"d"},"above":"today-1y"}"#,
        r#"{"any":[{"field":"ab","equals":"a"},{"not":{"field":"agreed","equals":true}}]}"#,
    ] {
        assert_eq!(on_second(when), [""; 0], "{when}");
    }
}

#[test]
fn a_wrong_condition_is_named() {
    for (when, what) in [
        (r#"{"answered":"nothing"}"#, "unknown field nothing"),
        (r#"{"answered":"z"}"#, "z is asked later"),
        (r#"{"fact":"late"}"#, "the fact late follows from what is asked later"),
        (r#"{"fact":"no"}"#, "unknown fact no"),
        (r#"{"fact":"total"}"#, "a measure is compared, it does not hold"),
        (r#"{"field":"agreed","equals":"a"}"#, "agreed never equals that"),
        (r#"{"field":"ab","equals":"c"}"#, "ab never equals that"),
        (r#"{"field":"rooms","one_of":["1"]}"#, "rooms is never one of these"),
        (r#"{"answered":"word"}"#, "word is a column: only its own row can look at it, or a sum"),
        (r#"{"compare":{"sum":"word"},"above":1}"#, "word is no column of numbers"),
        (r#"{"compare":{"date":"d"},"above":1}"#, "a day and a number do not compare"),
        (r#"{"compare":{"age":"rooms"},"above":1}"#, "rooms is of another type"),
    ] {
        assert_eq!(on_second(when), [format!("steps.two.when: {what}")], "{when}");
    }
}

#[test]
fn a_step_that_no_answers_lead_to_is_named() {
    let both = r#"{"all":[{"field":"ab","equals":"a"},{"field":"ab","equals":"b"}]}"#;
    let through_not =
        r#"{"all":[{"field":"ab","one_of":["a"]},{"not":{"any":[{"field":"ab","equals":"a"},{"answered":"rooms"}]}}]}"#;
    for when in [both, through_not, r#"{"any":[]}"#] {
        assert_eq!(on_second(when), ["steps.two: no answers lead here"], "{when}");
    }
    // The field is asked after "a" only, and the step wants it after "b".
    let first = [field("ab", AB, ""), field("more", "yes_no", r#"{"field":"ab","equals":"a"}"#)];
    let when = r#"{"all":[{"field":"more","equals":true},{"field":"ab","equals":"b"}]}"#;
    let steps = format!("{},{}", step("one", "", &first), step("two", when, &[]));
    assert_eq!(with(&steps, ""), ["steps.two: no answers lead here"]);
}

#[test]
fn other_mistakes_are_named() {
    let twice = step("one", "", &[field("a", "text", ""), field("a", "text", "")]);
    assert_eq!(with(&twice, ""), ["fields.a: twice"]);
    let later = step("one", "", &[field("a", "text", r#"{"answered":"b"}"#), field("b", "text", "")]);
    assert_eq!(with(&later, ""), ["steps.one.fields.a.when: b is asked later"]);
    let one = step("one", "", &[field("a", "text", "")]);
    assert_eq!(with(&one.replace(r#""lv":"l""#, r#""en":"l""#), ""), ["steps.one.fields.a.label: no text in lv"]);
    assert_eq!(with(&step("One", "", &[]), ""), ["steps.One: an id is 1 to 60 of a-z, 0-9 and _"]);
    let no = with(&step("one", "", &[field("no", "text", "")]), "");
    assert_eq!(no, ["fields.no: YAML reads it as true or false, not as a name"]);
    assert_eq!(with(&one, r#","tasks":[{"id":"t","title":{"lv":"t"}}]"#).len(), 2);
    let prices = r#","prices":[{"cents":5},{"cents":6,"when":{"answered":"a"}}]"#;
    assert_eq!(with(&one, prices), ["prices.0: always applies: the prices after it never do"]);
    let rule = r#","rules":[{"id":"r","must":{"answered":"a"},"message":{"lv":"m"},"fields":["q"]}]"#;
    assert_eq!(with(&one, rule), ["rules.r.fields: unknown field q", "rules.r.must: a is asked later"]);
}

#[test]
fn an_example_that_breaks_its_rule_is_named() {
    let one = step("one", "", &[field("account", "iban", "")]);
    let example = |answers: &str, errors: &str| {
        let text =
            format!(r#","examples":[{{"name":"e","today":"2026-11-23","answers":{answers},"errors":{errors}}}]"#);
        with(&one, &text)
    };
    assert_eq!(example(r#"{"account":"LV80BANK0000435195001"}"#, "[]"), [""; 0]);
    assert_eq!(example(r#"{"account":"LV80"}"#, r#"["account: iban"]"#), [""; 0]);
    assert_eq!(example("{}", "[]"), ["examples.e: not expected: account: required"]);
    assert_eq!(
        example(r#"{"account":"LV80BANK0000435195001"}"#, r#"["account: iban"]"#),
        ["examples.e: expected, and not there: account: iban"]
    );
    assert_eq!(example(r#"{"acount":"x"}"#, "[]"), ["examples.e.answers.acount: refused: unknown"]);
}
