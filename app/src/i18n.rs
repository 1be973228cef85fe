//! The words of the interface in the language of the page, and how numbers, money and dates are said in it.
//!
//! Every text is a constant made from `app/texts` (see `crates/texts`): a missing one does not compile. The language is
//! that of the document and stays for the life of the page: another language is another page load. The catalogue has
//! languages of its own: [`content`].

use std::cell::{Cell, OnceCell};

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A text of the interface: its place in the array of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u16);

/// A text with a number: the first of its five forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural(u16);

/// The keys, as constants.
#[expect(dead_code, reason = "some texts stand in the static page only (app/shell)")]
pub mod key {
    use super::{Key, Plural};

    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Lv,
    Ru,
    En,
}

impl Lang {
    pub const ALL: [Lang; 3] = [Lang::Lv, Lang::Ru, Lang::En];

    /// Its code, as in URLs and `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Lv => "lv",
            Lang::Ru => "ru",
            Lang::En => "en",
        }
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Lang::Lv => "Latviešu",
            Lang::Ru => "Русский",
            Lang::En => "English",
        }
    }

    /// The language of a code.
    pub fn of(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// What `Intl` formats by: British English for dates and the euro.
    fn locale(self) -> &'static str {
        match self {
            Lang::Lv => "lv-LV",
            Lang::Ru => "ru-LV",
            Lang::En => "en-GB",
        }
    }
}

thread_local! {
    static LANG: Cell<Lang> = const { Cell::new(Lang::Lv) };
    static CONTENT: Cell<&'static str> = const { Cell::new("lv") };
    static TEXTS: OnceCell<&'static [String]> = const { OnceCell::new() };
}

thread_local! {
    // Made once: a list of facets asks for a hundred numbers at every letter that is typed.
    static NUMBERS: Function = Intl::NumberFormat::new(&locales(), &Object::new()).format();
    static MONEY: Function = {
        let options = options(&[("style", "currency"), ("currency", "EUR")]);
        Intl::NumberFormat::new(&locales(), &options).format()
    };
    static PLURALS: Intl::PluralRules = Intl::PluralRules::new(&locales(), &Object::new());
}

/// Sets the language, that of the content, and the texts, once.
pub fn set(lang: Lang, content: &str, texts: Vec<String>) {
    LANG.set(lang);
    // As long as the page lives, like the texts.
    CONTENT.set(Box::leak(content.to_owned().into_boxed_str()));
    TEXTS.with(|cell| {
        // The texts live as long as the page.
        let _ = cell.set(Box::leak(texts.into_boxed_slice()));
    });
}

/// The language of the page.
pub fn lang() -> Lang {
    LANG.get()
}

/// The language of the path: the one the catalogue is shown in. The interface may lack it and be in English.
pub fn content() -> &'static str {
    CONTENT.get()
}

/// The languages of the portal: the document names them where they are not those of the interface.
pub fn offered() -> Vec<String> {
    let root = leptos::prelude::document().document_element();
    match root.and_then(|root| root.get_attribute("data-languages")) {
        Some(languages) => languages.split(' ').map(str::to_owned).collect(),
        None => Lang::ALL.iter().map(|lang| lang.code().to_owned()).collect(),
    }
}

/// A language's name in itself.
pub fn own_name(code: &str) -> Option<String> {
    if let Some(lang) = Lang::of(code) {
        return Some(lang.name().to_owned());
    }
    let names = Intl::DisplayNames::new(&Array::of1(&code.into()), &options(&[("type", "language")]));
    names.of(code)?.as_string()
}

/// The `lang` attribute of a text of the catalogue: of one that fell back, or where the interface speaks another language.
pub fn lang_of(fallback: Option<&str>) -> Option<String> {
    let lang = fallback.unwrap_or(content());
    (lang != self::lang().code()).then(|| lang.to_owned())
}

/// A text.
pub fn t(key: Key) -> &'static str {
    text_at(usize::from(key.0))
}

/// A text with its `{names}` filled in.
pub fn tf(key: Key, values: &[(&str, &str)]) -> String {
    fill(t(key), values)
}

/// A text with a number: `{n}` in the form that the number takes in this language.
pub fn tn(plural: Plural, n: u32) -> String {
    let form = match plural_category(n).as_str() {
        "zero" => 0,
        "one" => 1,
        "few" => 2,
        "many" => 3,
        _ => 4,
    };
    fill(text_at(usize::from(plural.0) + form), &[("n", &number(n))])
}

fn text_at(at: usize) -> &'static str {
    TEXTS.with(|cell| cell.get().and_then(|texts| texts.get(at)).map_or("", String::as_str))
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// 2200 as it is written here.
pub fn number(n: u32) -> String {
    NUMBERS.with(|format| call(format, &f64::from(n).into()))
}

/// Tenths as a number: 12 is `1,2`.
pub fn decimal(tenths: u32) -> String {
    NUMBERS.with(|format| call(format, &(f64::from(tenths) / 10.0).into()))
}

/// Euro cents as money: `5,00 €`.
pub fn money(cents: u32) -> String {
    MONEY.with(|format| call(format, &(f64::from(cents) / 100.0).into()))
}

/// A day: of an ISO date, or of milliseconds since 1970.
pub fn date(when: &JsValue) -> String {
    let options = options(&[("day", "2-digit"), ("month", "2-digit"), ("year", "numeric")]);
    let format = Intl::DateTimeFormat::new(&locales(), &options);
    let date = Date::new(when);
    if date.get_time().is_nan() { String::new() } else { call(&format.format(), &date) }
}

/// A day and a time of it, of an ISO 8601 time, as the clock shows it here.
pub fn date_time(when: &str) -> String {
    let pairs =
        [("day", "2-digit"), ("month", "2-digit"), ("year", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")];
    let format = Intl::DateTimeFormat::new(&locales(), &options(&pairs));
    let date = Date::new(&when.into());
    if date.get_time().is_nan() { String::new() } else { call(&format.format(), &date) }
}

/// The time of day now.
pub fn time_of_day() -> String {
    time(Date::now())
}

/// The time of day of milliseconds since 1970.
pub fn time(millis: f64) -> String {
    let format = Intl::DateTimeFormat::new(&locales(), &options(&[("hour", "2-digit"), ("minute", "2-digit")]));
    call(&format.format(), &Date::new(&millis.into()))
}

/// What a country is called, by its code (ISO 3166-1).
pub fn country(code: &str) -> String {
    let options = options(&[("type", "region")]);
    Intl::DisplayNames::new(&locales(), &options).of(code).map_or_else(|| code.to_owned(), String::from)
}

/// A day of the week; 0 is Monday. `style` is `long` or `short`.
pub fn weekday(day: u8, style: &str) -> String {
    // The first of January 2024 was a Monday.
    let monday = Date::new_with_year_month_day(2024, 0, 1 + i32::from(day));
    let format = Intl::DateTimeFormat::new(&locales(), &options(&[("weekday", style)]));
    call(&format.format(), &monday)
}

fn plural_category(n: u32) -> String {
    PLURALS.with(|rules| rules.select(f64::from(n)).into())
}

fn locales() -> Array {
    Array::of1(&lang().locale().into())
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}

fn call(function: &Function, value: &JsValue) -> String {
    function
        .call1(&JsValue::UNDEFINED, value.unchecked_ref())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_its_language() {
        assert_eq!(Lang::of("ru"), Some(Lang::Ru));
        for code in ["", "de", "lvx"] {
            assert_eq!(Lang::of(code), None, "{code}");
        }
    }

    #[test]
    fn names_are_filled_in_wherever_they_stand() {
        assert_eq!(fill("{n} no {all}, {n}", &[("n", "2"), ("all", "9")]), "2 no 9, 2");
    }
}
