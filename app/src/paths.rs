//! Every URL of the app as a function. No view writes a URL as a string.

use durvis_contract::identity::ACT_KINDS;
use durvis_contract::page;
use durvis_contract::reminder::ReminderAbout;
use leptos_router::params::ParamsMap;

use crate::i18n::{content, lang};

mod search;

pub use search::Search;

/// A page, as a path names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Home,
    Catalogue,
    Service {
        slug: String,
        territory: Option<String>,
    },
    LifeEvents,
    LifeEvent(String),
    /// The plan of a life event.
    Plan(String),
    Institutions,
    Institution(String),
    Favourites,
    Guide,
    Help,
    About,
    Personal(Personal),
    Wizard(Wizard),
    Workspace(Workspace),
    /// An institution's queue, or a case in it: in the piece [`crate::desk`].
    Desk(Option<String>),
    /// None of ours.
    Missing(String),
}

/// What a page is in: the app's first piece, or one that is fetched ([`crate::piece`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum In {
    First,
    Finding,
    Planning,
    Account,
    Wizard,
    Workspace,
    Desk,
}

/// A page of one's own affairs; all of them are in the piece [`crate::workspace`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Workspace {
    /// What is to be done, and what is going on.
    Overview,
    /// One's own uses.
    Uses,
    /// One's own bills, and one of them.
    Bills,
    Bill(String),
    /// What happened to one's own affairs.
    Notices,
    /// The search over all of them.
    Own,
    /// What one can prove.
    Record,
    /// The archive of one's own documents.
    Documents,
    /// Whether a document is genuine, by its number: for everybody.
    Genuine(Option<String>),
    /// What one wants to be reminded of.
    Reminders,
    /// Where no more letters are wanted: what the link of one said, for everybody.
    Letters(Option<String>),
}

/// A page where an e-service is completed; all of them are in the piece [`crate::wizard`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wizard {
    /// Where an e-service is started.
    Start(String),
    /// A use, by its id, and where in it: a step, or one of the places in [`durvis_contract::page`].
    Use { id: String, place: Option<String> },
}

/// A page that is about who one is; all of them are in the piece [`crate::account`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    SignIn,
    SignedOut,
    Contact,
    History,
    Sessions,
    Data,
}

impl Personal {
    /// Whether it shows what only the one may see who is signed in.
    pub fn is_own(self) -> bool {
        !matches!(self, Self::SignIn | Self::SignedOut)
    }

    pub fn url(self) -> String {
        let below = |name: &str| format!("{}/{name}", page(page::ACCOUNT));
        match self {
            Self::SignIn => page(page::SIGN_IN),
            Self::SignedOut => page(page::SIGNED_OUT),
            Self::Contact => page(page::ACCOUNT),
            Self::History => below(page::HISTORY),
            Self::Sessions => below(page::SESSIONS),
            Self::Data => below(page::DATA),
        }
    }
}

impl Route {
    pub fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        // Another language is another page load: its path is none of this page's.
        if parts[0] != content() {
            return Self::Missing(path.into());
        }
        match &parts[1..] {
            [] => Self::Home,
            [page::SERVICES] => Self::Catalogue,
            [page::SERVICES, slug] => Self::Service { slug: (*slug).into(), territory: None },
            [page::SERVICES, slug, territory] => {
                Self::Service { slug: (*slug).into(), territory: Some((*territory).into()) }
            }
            [page::LIFE_EVENTS] => Self::LifeEvents,
            [page::LIFE_EVENTS, slug] => Self::LifeEvent((*slug).into()),
            [page::LIFE_EVENTS, slug, page::PLAN] => Self::Plan((*slug).into()),
            [page::INSTITUTIONS] => Self::Institutions,
            [page::INSTITUTIONS, slug] => Self::Institution((*slug).into()),
            [page::FAVOURITES] => Self::Favourites,
            [page::GUIDE] => Self::Guide,
            [page::HELP] => Self::Help,
            [page::ABOUT] => Self::About,
            [page::SIGN_IN] => Self::Personal(Personal::SignIn),
            [page::SIGNED_OUT] => Self::Personal(Personal::SignedOut),
            [page::ACCOUNT] => Self::Personal(Personal::Contact),
            [page::ACCOUNT, page::HISTORY] => Self::Personal(Personal::History),
            [page::ACCOUNT, page::SESSIONS] => Self::Personal(Personal::Sessions),
            [page::ACCOUNT, page::DATA] => Self::Personal(Personal::Data),
            [page::E_SERVICES, slug] => Self::Wizard(Wizard::Start((*slug).into())),
            [page::USES] => Self::Workspace(Workspace::Uses),
            [page::WORKSPACE] => Self::Workspace(Workspace::Overview),
            [page::RECORD] => Self::Workspace(Workspace::Record),
            [page::OWN] => Self::Workspace(Workspace::Own),
            [page::DOCUMENTS] => Self::Workspace(Workspace::Documents),
            [page::LETTERS] => Self::Workspace(Workspace::Letters(None)),
            [page::LETTERS, token] => Self::Workspace(Workspace::Letters(Some((*token).into()))),
            [page::GENUINE] => Self::Workspace(Workspace::Genuine(None)),
            [page::GENUINE, number] => Self::Workspace(Workspace::Genuine(Some((*number).into()))),
            [page::DESK] => Self::Desk(None),
            [page::DESK, id] => Self::Desk(Some((*id).into())),
            [page::REMINDERS] => Self::Workspace(Workspace::Reminders),
            [page::NOTICES] => Self::Workspace(Workspace::Notices),
            [page::BILLS] => Self::Workspace(Workspace::Bills),
            [page::BILLS, id] => Self::Workspace(Workspace::Bill((*id).into())),
            [page::USES, id] => Self::Wizard(Wizard::Use { id: (*id).into(), place: None }),
            [page::USES, id, place] => Self::Wizard(Wizard::Use { id: (*id).into(), place: Some((*place).into()) }),
            _ => Self::Missing(path.into()),
        }
    }

    /// What its page is in.
    pub fn piece(&self) -> In {
        match self {
            Self::Home | Self::Service { .. } | Self::Favourites | Self::Missing(_) => In::First,
            Self::Catalogue | Self::LifeEvents | Self::LifeEvent(_) | Self::Institutions | Self::Institution(_) => {
                In::Finding
            }
            Self::Guide | Self::Help | Self::About => In::Finding,
            Self::Plan(_) => In::Planning,
            Self::Personal(_) => In::Account,
            Self::Wizard(_) => In::Wizard,
            Self::Workspace(_) => In::Workspace,
            Self::Desk(_) => In::Desk,
        }
    }
}

pub fn home() -> String {
    format!("/{}", content())
}

/// A page by its name in [`durvis_contract::page`].
pub fn page(name: &str) -> String {
    format!("/{}/{name}", content())
}

pub fn service(slug: &str, territory: Option<&str>) -> String {
    let path = format!("{}/{slug}", page(page::SERVICES));
    territory.map_or(path.clone(), |territory| format!("{path}/{territory}"))
}

pub fn life_event(slug: &str) -> String {
    format!("{}/{slug}", page(page::LIFE_EVENTS))
}

/// An institution's queue: all that is open, or those of a state; a page of it, from 1 on.
pub fn desk(institution: &str, state: Option<&str>, at: usize) -> String {
    let state = state.map(|state| format!("&state={state}")).unwrap_or_default();
    let at = if at > 1 { format!("&page={at}") } else { String::new() };
    format!("{}?institution={institution}{state}{at}", page(page::DESK))
}

/// A case of an institution.
pub fn desk_case(id: &str, institution: &str) -> String {
    format!("{}/{id}?institution={institution}", page(page::DESK))
}

/// Where a reminder of something is set.
pub fn remind(kind: ReminderAbout, about: &str) -> String {
    format!("{}?kind={}&about={about}", page(page::REMINDERS), kind.code())
}

/// The plan of a life event.
pub fn plan(slug: &str) -> String {
    format!("{}/{}", life_event(slug), page::PLAN)
}

/// Where an e-service is started.
pub fn e_service(slug: &str) -> String {
    format!("{}/{slug}", page(page::E_SERVICES))
}

/// A use, where it stands.
pub fn service_use(id: &str) -> String {
    format!("{}/{id}", page(page::USES))
}

/// Everything that is held about whoever is signed in, as one file.
pub fn my_data() -> String {
    format!("/api/v1/my-data.zip?lang={}", content())
}

/// One's own record, as a file.
pub fn record_file() -> String {
    "/api/v1/record.json".to_owned()
}

/// A bill.
pub fn bill(id: &str) -> String {
    format!("{}/{id}", page(page::BILLS))
}

/// A step of a use, or a place of it that [`durvis_contract::page`] names.
pub fn use_place(id: &str, place: &str) -> String {
    format!("{}/{place}", service_use(id))
}

pub fn institution(slug: &str) -> String {
    format!("{}/{slug}", page(page::INSTITUTIONS))
}

/// The sign-in page, from which one comes back to a path.
pub fn sign_in(to: &str) -> String {
    format!("{}?to={}", Personal::SignIn.url(), encoded(to))
}

/// Where a browser goes to sign in by a way.
pub fn leave_for(way: &str, to: &str) -> String {
    format!("/sign-in/{way}?lang={}&to={}", lang().code(), encoded(to))
}

/// The part of the history that is shown, as the URL of its page keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// A code of `contract::identity::ACT_KINDS`.
    pub kind: Option<String>,
    /// Days as ISO dates.
    pub from: Option<String>,
    pub until: Option<String>,
    /// Only what is older than this number.
    pub below: Option<i64>,
}

impl Past {
    /// Reads the query of a URL; what it does not know, it passes over.
    pub fn of_query(query: &ParamsMap) -> Self {
        Self::of_values(|name| query.get(name))
    }

    fn of_values(one: impl Fn(&str) -> Option<String>) -> Self {
        let day = |name| one(name).filter(|text| is_day(text));
        Self {
            kind: one("kind").filter(|kind| ACT_KINDS.contains(&kind.as_str())),
            from: day("from"),
            until: day("until"),
            below: one("below").and_then(|below| below.parse().ok()).filter(|below| *below > 0),
        }
    }

    /// As the server and our own URLs take it.
    pub fn query(&self) -> String {
        let mut pairs = Vec::new();
        for (name, value) in [("kind", &self.kind), ("from", &self.from), ("until", &self.until)] {
            pairs.extend(value.as_ref().map(|value| format!("{name}={value}")));
        }
        pairs.extend(self.below.map(|below| format!("below={below}")));
        pairs.join("&")
    }

    pub fn url(&self) -> String {
        let (path, query) = (Personal::History.url(), self.query());
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// The table of it, whole.
    pub fn export(&self) -> String {
        let whole = Self { below: None, ..self.clone() };
        format!("/api/v1/acts.csv?{}", whole.query())
    }

    pub fn is_filtered(&self) -> bool {
        self.kind.is_some() || self.from.is_some() || self.until.is_some()
    }
}

/// Whether a text has the form `2026-11-23`.
fn is_day(text: &str) -> bool {
    let form = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(form)
}

/// The same page in another language.
pub fn in_language(path: &str, query: &str, to: &str) -> String {
    let rest = path.trim_start_matches('/').split_once('/').map_or(String::new(), |(_, rest)| format!("/{rest}"));
    let query = query.trim_start_matches('?');
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("/{to}{rest}{query}")
}

/// Percent-encoding of a query's value (RFC 3986: all but unreserved characters).
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_url_leads_back_to_its_page() {
        let slug = || "passport".to_owned();
        let cases = [
            (home(), Route::Home),
            (page(page::SERVICES), Route::Catalogue),
            (service("passport", None), Route::Service { slug: slug(), territory: None }),
            (service("passport", Some("riga")), Route::Service { slug: slug(), territory: Some("riga".into()) }),
            (life_event("passport"), Route::LifeEvent(slug())),
            (plan("passport"), Route::Plan(slug())),
            (institution("passport"), Route::Institution(slug())),
            (page(page::ABOUT), Route::About),
            ("/lv/genuine/7K4M-9XQ2".into(), Route::Workspace(Workspace::Genuine(Some("7K4M-9XQ2".into())))),
            ("/lv/".into(), Route::Home),
        ];
        for (url, route) in cases {
            assert_eq!(Route::of(&url), route, "{url}");
        }
        assert!(
            page::ALL.iter().all(|name| !matches!(Route::of(&page(name)), Route::Missing(_))),
            "the server knows no more"
        );
    }

    #[test]
    fn what_is_no_page_is_missing() {
        for path in ["/", "/de", "/ru/services", "/lv/nothing", "/lv/services/a/b/c", "/lv/guide/more"] {
            assert!(matches!(Route::of(path), Route::Missing(_)), "{path}");
        }
    }

    #[test]
    fn a_page_keeps_its_place_in_another_language() {
        let cases = [
            ("/lv/services", "?q=pase", "/ru/services?q=pase"),
            ("/lv", "", "/ru"),
            ("/lv/services/passport/riga", "", "/ru/services/passport/riga"),
        ];
        for (path, query, expected) in cases {
            assert_eq!(in_language(path, query, "ru"), expected);
        }
    }

    #[test]
    fn the_history_is_read_back_as_it_was_written() {
        let past = Past {
            kind: Some("sign_in".into()),
            from: Some("2026-11-01".into()),
            until: Some("2026-11-23".into()),
            below: Some(51),
        };
        assert_eq!(past.query(), "kind=sign_in&from=2026-11-01&until=2026-11-23&below=51");
        let pairs: Vec<(String, String)> = past
            .query()
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        let one = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        assert_eq!(Past::of_values(one), past);
        let nonsense = |name: &str| Some(if name == "below" { "-1" } else { "x&y=1" }.to_owned());
        assert_eq!(Past::of_values(nonsense), Past::default());
    }
}
