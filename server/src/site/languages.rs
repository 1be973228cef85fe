//! Documents for the languages of the catalogue: the build makes one for each language of the interface. Where the
//! catalogue has others, theirs are made of the English one, and all lead to the languages that there are.

use crate::catalogue::live::Released;

/// The interface that a language without one is shown in, where it is built.
const ENGLISH: &str = "en";

/// The languages whose pages are served: those of the catalogue, or of the interface in an empty portal.
pub(super) fn served<'a>(built: &'a [&'a str], released: &'a Released) -> Vec<&'a str> {
    let catalogue: Vec<&str> = released.counts.languages.iter().map(String::as_str).collect();
    if catalogue.is_empty() { built.to_vec() } else { catalogue }
}

/// The language of the document for a page in `lang`.
pub(super) fn interface<'a>(built: &[&'a str], lang: &str) -> &'a str {
    let find = |wish: &str| built.iter().find(|one| **one == wish).copied();
    find(lang).or_else(|| find(ENGLISH)).or(built.first().copied()).unwrap_or_default()
}

/// The document of `interface` for a page in `lang`, with links to all `languages`.
pub(super) fn adapted(html: &str, built: &[&str], interface: &str, lang: &str, languages: &[&str]) -> String {
    let same = languages.len() == built.len() && languages.iter().all(|one| built.contains(one));
    if same {
        return html.to_owned();
    }
    let links = languages.iter().map(|one| {
        let current = if *one == lang { " aria-current=\"true\"" } else { "" };
        let label = one.to_uppercase();
        format!(
            "<a class=\"ds-focus\" href=\"/{one}{{{{path}}}}\" lang=\"{one}\" hreflang=\"{one}\"{current}>{label}</a>"
        )
    });
    let alternates = languages
        .iter()
        .map(|one| format!("<link rel=\"alternate\" hreflang=\"{one}\" href=\"{{{{origin}}}}/{one}{{{{path}}}}\">"));
    let root = format!("<html lang=\"{interface}\"");
    let html = html.replacen(&root, &format!("{root} data-languages=\"{}\"", languages.join(" ")), 1);
    let html = without(&html, "<link rel=\"alternate\" ", ">");
    let html = ["href", "action"]
        .iter()
        .fold(html, |html, link| html.replace(&format!("{link}=\"/{interface}"), &format!("{link}=\"/{lang}")));
    let html =
        html.replace(&format!("{{{{origin}}}}/{interface}{{{{path}}}}"), &format!("{{{{origin}}}}/{lang}{{{{path}}}}"));
    let html = html.replace(&manifest_path(interface), &manifest_path(lang));
    let html = if interface == lang { html } else { said_in(&html, lang) };
    let html = between(&html, "<nav class=\"du-lang\"", "</nav>", &links.collect::<String>());
    html.replacen("</head>", &(alternates.collect::<String>() + "</head>"), 1)
}

/// The web manifest of the app in a language.
pub(super) fn manifest_path(lang: &str) -> String {
    format!("/manifest.{lang}.webmanifest")
}

/// The manifest of `interface` for an app that opens in `lang`.
pub(super) fn manifest(text: &str, interface: &str, lang: &str) -> String {
    text.replace(&format!("\"/{interface}/"), &format!("\"/{lang}/"))
}

/// With the language of the catalogue's texts, which are not in that of the document.
fn said_in(html: &str, lang: &str) -> String {
    ["heading", "summary"].iter().fold(html.to_owned(), |html, name| {
        html.replace(&format!(">{{{{{name}}}}}"), &format!(" lang=\"{lang}\">{{{{{name}}}}}"))
    })
}

/// Without the pieces that begin and end so.
fn without(html: &str, from: &str, to: &str) -> String {
    let mut pieces = html.split(from);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |kept, piece| kept + piece.split_once(to).map_or("", |(_, rest)| rest))
}

/// With other content in each element that begins and ends so.
fn between(html: &str, from: &str, to: &str, content: &str) -> String {
    let mut pieces = html.split(from);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |kept, piece| {
        let start = piece.split_once('>').map_or("", |(start, _)| start);
        let rest = piece.split_once(to).map_or("", |(_, rest)| rest);
        format!("{kept}{from}{start}>{content}{to}{rest}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH_PAGE: &str = "<html lang=\"en\"><head><link rel=\"canonical\" href=\"{{origin}}/en{{path}}\"><link rel=\"alternate\" hreflang=\"lv\" href=\"{{origin}}/lv{{path}}\"></head><nav class=\"du-lang\" aria-label=\"Language\"><a href=\"/lv{{path}}\">LV</a></nav><link rel=\"manifest\" href=\"/manifest.en.webmanifest\"><h1 class=\"x\">{{heading}}</h1><a href=\"/en/help\">Help</a><form action=\"/en/services\">";

    #[test]
    fn a_document_in_english_leads_to_the_languages_there_are() {
        let languages = ["fi", "sv", "en"];
        let html = adapted(ENGLISH_PAGE, &["en", "lv", "ru"], "en", "fi", &languages);
        for part in [
            "<html lang=\"en\" data-languages=\"fi sv en\">",
            "rel=\"canonical\" href=\"{{origin}}/fi{{path}}\"",
            "hreflang=\"sv\" href=\"{{origin}}/sv{{path}}\"",
            "<nav class=\"du-lang\" aria-label=\"Language\"><a class=\"ds-focus\" href=\"/fi{{path}}\" lang=\"fi\" hreflang=\"fi\" aria-current=\"true\">FI</a>",
            "href=\"/manifest.fi.webmanifest\"",
            "<h1 class=\"x\" lang=\"fi\">{{heading}}</h1>",
            "href=\"/fi/help\"",
            "action=\"/fi/services\"",
            "href=\"/en{{path}}\" lang=\"en\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("LV"), "{html}");
    }

    #[test]
    fn an_app_in_english_opens_in_the_language_of_its_pages() {
        let english = "{\"lang\": \"en\", \"start_url\": \"/en/\", \"scope\": \"/\", \"url\": \"/en/services\"}";
        let finnish = "{\"lang\": \"en\", \"start_url\": \"/fi/\", \"scope\": \"/\", \"url\": \"/fi/services\"}";
        assert_eq!(manifest(english, "en", "fi"), finnish);
    }

    #[test]
    fn a_document_stays_as_it_was_built_where_both_have_the_same_languages() {
        assert_eq!(adapted(ENGLISH_PAGE, &["en", "lv"], "en", "en", &["lv", "en"]), ENGLISH_PAGE);
    }
}
