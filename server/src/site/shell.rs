//! The documents: HTML that the build made for each language, filled with what only the catalogue knows. The server adds
//! names out of the catalogue, never a sentence of its own.
//!
//! Places to fill in: `{{title}}` (the part before the portal's name), `{{heading}}`, `{{summary}}`, `{{life-events}}`,
//! `{{services}}`, `{{e-services}}`, `{{counted}}` and `{{uncounted}}` (` hidden` on one of them), `{{seed}}`, `{{path}}`
//! (canonical, without language) and `{{origin}}`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use axum::http::StatusCode;
use durvis_contract::e_service::Texts;
use durvis_contract::{HomeEvent, page};
use durvis_search::{Facet, Index};

use super::languages;
use crate::catalogue::live::Released;
use crate::e_service::published::Versions;

/// How many life events the home page shows, as the app does.
const EVENTS: usize = 12;

/// A document and its status.
pub(super) struct Shell {
    pub(super) status: StatusCode,
    pub(super) html: String,
}

/// The documents of one language, not filled in.
#[derive(Default)]
pub(super) struct Pair {
    home: String,
    page: String,
}

/// The documents of all languages that the app speaks.
#[derive(Default)]
pub(super) struct Shells(BTreeMap<String, Pair>);

/// One document, not filled in.
struct Template<'a> {
    html: &'a str,
    home: bool,
    /// The language of its own texts.
    interface: &'a str,
}

impl Shells {
    /// Reads `shell/<lang>.home.html` and `shell/<lang>.page.html`.
    pub(super) fn load(folder: &Path) -> io::Result<Self> {
        let folder = folder.join("shell");
        let named = |error: io::Error| {
            io::Error::new(error.kind(), format!("{}: {error} (cargo xtask build makes it)", folder.display()))
        };
        let mut shells = Self::default();
        for entry in fs::read_dir(&folder).map_err(named)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let parts: Vec<&str> = name.split('.').collect();
            let [lang, kind @ ("home" | "page"), "html"] = parts[..] else { continue };
            let pair = shells.0.entry(lang.to_owned()).or_default();
            let html = fs::read_to_string(&path)?;
            if kind == "home" { pair.home = html } else { pair.page = html }
        }
        Ok(shells)
    }

    /// A document by its own path, `/shell/<lang>/<home|page>`: what the service worker keeps.
    pub(super) fn named(&self, path: &str, released: &Released) -> Option<Shell> {
        let (lang, kind) = path.strip_prefix("/shell/")?.split_once('/')?;
        // The service worker keeps those of every language of the interface, also of one that the catalogue lacks.
        let built = || self.0.get(lang).map(|Pair { home, page }| Pair { home: home.clone(), page: page.clone() });
        let pair = self.pair(lang, released).or_else(built)?;
        let interface = self.interface(lang, released).unwrap_or(lang);
        let template = match kind {
            "home" => Template { html: &pair.home, home: true, interface },
            "page" => Template { html: &pair.page, home: false, interface },
            _ => return None,
        };
        Some(Shell { status: StatusCode::OK, html: template.plain(lang, released) })
    }

    /// The language that a browser likes best of those there are: the first it names, or the portal's first.
    pub(super) fn best_language(&self, accepted: &str, released: &Released) -> String {
        let built = self.built();
        let served = languages::served(&built, released);
        let wished = accepted.split(',').filter_map(|item| item.trim().get(..2));
        let mut known = wished.filter_map(|wish| served.iter().find(|lang| lang.eq_ignore_ascii_case(wish)));
        // Without a catalogue nobody says which is first; the build does not, either.
        let first = || if released.counts.languages.is_empty() { "lv" } else { served[0] };
        known.next().copied().unwrap_or_else(first).to_owned()
    }

    /// The languages of the interface.
    fn built(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// The language of the interface for pages in a language; none where nobody speaks it.
    pub(super) fn interface(&self, lang: &str, released: &Released) -> Option<&str> {
        let built = self.built();
        languages::served(&built, released).contains(&lang).then(|| languages::interface(&built, lang))
    }

    /// The documents for pages in a language; none where nobody speaks it.
    fn pair(&self, lang: &str, released: &Released) -> Option<Pair> {
        let (built, interface) = (self.built(), self.interface(lang, released)?);
        let served = languages::served(&built, released);
        let adapted = |html: &str| languages::adapted(html, &built, interface, lang, &served);
        let pair = self.0.get(interface)?;
        Some(Pair { home: adapted(&pair.home), page: adapted(&pair.page) })
    }

    /// The document for a page's path; 404 where the app has no such page or the catalogue no such entry.
    pub(super) fn page(&self, origin: &str, path: &str, released: &Released, e_services: &Versions) -> Shell {
        let mut parts = path.trim_matches('/').split('/');
        let lang = parts.next().unwrap_or_default();
        let Some(pair) = self.pair(lang, released) else {
            let html = self.pair(&self.best_language("", released), released).map_or(String::new(), |pair| pair.page);
            let filled = Filled { origin, path: "", ..Filled::default() };
            return Shell { status: StatusCode::NOT_FOUND, html: filled.into(&html) };
        };
        let rest: Vec<&str> = parts.collect();
        let canonical = rest.iter().fold(String::new(), |path, part| path + "/" + part);
        if rest.is_empty() {
            let interface = self.interface(lang, released).unwrap_or(lang);
            let template = Template { html: &pair.home, home: true, interface };
            return Shell { status: StatusCode::OK, html: template.fill(lang, released, origin) };
        }
        let named = entry(lang, &rest, released, e_services);
        let status = if named.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
        let (name, summary) = named.unwrap_or_default();
        let filled = Filled { origin, path: &canonical, title: &name, summary: &summary, ..Filled::default() };
        Shell { status, html: filled.into(&pair.page) }
    }
}

impl Template<'_> {
    /// Filled in for no page in particular.
    fn plain(&self, lang: &str, released: &Released) -> String {
        self.fill(lang, released, "")
    }

    fn fill(&self, lang: &str, released: &Released, origin: &str) -> String {
        if !self.home {
            return Filled { origin, ..Filled::default() }.into(self.html);
        }
        let mut home = released.home(lang);
        // The others are doors with nothing behind them: the app leaves them out, too.
        let events = index(lang, released).map(|index| index.life_events().filter(|event| !event.docs.is_empty()));
        let open: Vec<String> = events.into_iter().flatten().map(|event| event.slug).collect();
        home.life_events.retain(|event| open.contains(&event.slug));
        let said_in = if self.interface == lang { String::new() } else { format!(" lang=\"{lang}\"") };
        let events = home.life_events.iter().take(EVENTS).map(|event| life_event(lang, &said_in, event));
        let events: String = events.collect();
        // In a script element only `<` can end the element early.
        let seed = serde_json::to_string(&home).unwrap_or_default().replace('<', "\\u003c");
        let filled = Filled { origin, life_events: &events, seed: &seed, ..Filled::default() }.into(self.html);
        filled
            .replace("{{services}}", &home.services.to_string())
            .replace("{{e-services}}", &home.e_services.to_string())
            .replace("{{counted}}", if home.e_services == 0 { " hidden" } else { "" })
            .replace("{{uncounted}}", if home.e_services == 0 { "" } else { " hidden" })
    }
}

/// Name and summary of what a path shows; empty for pages that the app names itself; `None` for no such page.
fn entry(lang: &str, path: &[&str], released: &Released, e_services: &Versions) -> Option<(String, String)> {
    let index = index(lang, released);
    let own = || Some((String::new(), String::new()));
    match path {
        [one] if page::ALL.contains(one) => own(),
        [page::ACCOUNT, page::HISTORY | page::SESSIONS | page::DATA]
        | [page::USES | page::BILLS | page::GENUINE | page::LETTERS | page::DESK, _]
        | [page::USES, _, _] => own(),
        [page::SERVICES, slug, rest @ ..] => {
            let index = index?;
            let doc = index.doc(index.find(slug)?);
            let offered = |territory: &str| {
                let offers =
                    |variant: &durvis_search::Variant| index.slug(Facet::Territory, variant.territory) == territory;
                doc.municipal && doc.variants.iter().any(offers)
            };
            (rest.len() <= 1 && rest.iter().all(|territory| offered(territory))).then_some((doc.name, doc.summary))
        }
        [page::LIFE_EVENTS, slug] => {
            let event = index?.life_events().find(|event| event.slug == *slug)?;
            Some((event.name, event.summary))
        }
        [page::LIFE_EVENTS, slug, page::PLAN] => {
            let plans = &released.manifest.as_ref()?.plans;
            let event = index?.life_events().find(|event| event.slug == *slug && plans.contains(&event.slug))?;
            Some((event.name, event.summary))
        }
        [page::E_SERVICES, slug] => {
            let definition = e_services.get(slug, None)?;
            let said = |texts: &Texts| texts.in_language(lang).0.to_owned();
            Some((said(&definition.title), said(&definition.summary)))
        }
        [page::INSTITUTIONS, slug] => {
            let institution = index?.institutions().find(|institution| institution.slug == *slug)?;
            Some((institution.name, String::new()))
        }
        _ => None,
    }
}

/// The catalogue in a language, or in another where it has none.
fn index<'a>(lang: &str, released: &'a Released) -> Option<&'a Index> {
    released.indexes.get(lang).or_else(|| released.indexes.values().next())
}

/// The same list item that the app renders (`components/life_event_list.rs`): the take-over must not move a pixel.
fn life_event(lang: &str, said_in: &str, event: &HomeEvent) -> String {
    let HomeEvent { slug, name, icon } = event;
    format!(
        "<li><a class=\"ds-focus\" href=\"/{lang}/{}/{slug}\"{said_in}><svg class=\"du-icon\" aria-hidden=\"true\">\
         <use href=\"#i-life-{}\"></use></svg>{}</a></li>",
        page::LIFE_EVENTS,
        escape(icon),
        escape(name)
    )
}

#[derive(Default)]
struct Filled<'a> {
    origin: &'a str,
    path: &'a str,
    title: &'a str,
    summary: &'a str,
    life_events: &'a str,
    seed: &'a str,
}

impl Filled<'_> {
    fn into(self, html: &str) -> String {
        let title = if self.title.is_empty() { String::new() } else { format!("{} - ", escape(self.title)) };
        html.replace("{{title}}", &title)
            .replace("{{heading}}", &escape(self.title))
            .replace("{{summary}}", &escape(self.summary))
            .replace("{{origin}}", &escape(self.origin))
            .replace("{{path}}", &escape(self.path))
            .replace("{{life-events}}", self.life_events)
            .replace("{{seed}}", self.seed)
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
