//! A search of the catalogue, as its URL keeps it.

use durvis_contract::page;
use durvis_search::{Facet, Sort};
use leptos_router::params::ParamsMap;

use super::{encoded, page as page_url};

/// Longest text of a search that a URL keeps, in bytes.
const MAX_TEXT: usize = 200;

/// The state of a search, as the URL of the catalogue keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    pub text: String,
    /// Ticked values by slug, in the order in which they were ticked.
    pub ticked: Vec<(Facet, String)>,
    pub sort: Sort,
    /// From 1.
    pub page: usize,
}

impl Search {
    /// A search for words.
    pub fn words(text: &str) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A search for one value of a facet.
    pub fn value(facet: Facet, slug: &str) -> Self {
        Self { ticked: vec![(facet, slug.into())], ..Self::default() }
    }

    /// Reads the query of a URL; what it does not know, it passes over.
    pub fn of_query(query: &ParamsMap) -> Self {
        Self::of_values(|name| query.get_all(name).unwrap_or_default())
    }

    /// The same of any source of values; a router's map needs a browser even to be filled.
    fn of_values(all: impl Fn(&str) -> Vec<String>) -> Self {
        let one = |name| all(name).into_iter().next();
        let mut search = Self::words(&one("q").unwrap_or_default());
        search.text.truncate(search.text.floor_char_boundary(MAX_TEXT));
        for facet in Facet::ALL {
            for slug in all(name(facet)) {
                search.ticked.push((facet, slug));
            }
        }
        search.sort = match one("sort").as_deref() {
            Some("name") => Sort::Name,
            Some("popularity") => Sort::Popularity,
            _ => Sort::Relevance,
        };
        search.page = one("page").and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1);
        search
    }

    /// The catalogue's URL in this state.
    pub fn url(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if !self.text.is_empty() {
            pairs.push(("q", self.text.clone()));
        }
        pairs.extend(self.ticked.iter().map(|(facet, slug)| (name(*facet), slug.clone())));
        match self.sort {
            Sort::Relevance => {}
            Sort::Name => pairs.push(("sort", "name".into())),
            Sort::Popularity => pairs.push(("sort", "popularity".into())),
        }
        if self.page > 1 {
            pairs.push(("page", self.page.to_string()));
        }
        let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let path = page_url(page::SERVICES);
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    pub fn is_ticked(&self, facet: Facet, slug: &str) -> bool {
        self.ticked.iter().any(|(one, value)| *one == facet && value == slug)
    }

    /// With a value ticked that was not, or the other way round; back on the first page.
    pub fn toggled(&self, facet: Facet, slug: &str) -> Self {
        let mut search = Self { page: 1, ..self.clone() };
        if self.is_ticked(facet, slug) {
            search.ticked.retain(|(one, value)| *one != facet || value != slug);
        } else {
            search.ticked.push((facet, slug.into()));
        }
        search
    }

    /// Without any value ticked.
    pub fn cleared(&self) -> Self {
        Self { ticked: vec![], page: 1, ..self.clone() }
    }
}

/// A facet's name in URLs.
fn name(facet: Facet) -> &'static str {
    match facet {
        Facet::Kind => "kind",
        Facet::Audience => "audience",
        Facet::LifeEvent => "life_event",
        Facet::Territory => "territory",
        Facet::Place => "place",
        Facet::Institution => "institution",
        Facet::SignIn => "sign_in",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Search {
        let of =
            |name: &str| pairs.iter().filter(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned()).collect();
        Search::of_values(of)
    }

    #[test]
    fn a_search_comes_back_from_its_url() {
        let mut search = Search::words("dzīves & vieta");
        search = search.toggled(Facet::Kind, "here").toggled(Facet::Territory, "riga").toggled(Facet::Kind, "post");
        search.sort = Sort::Name;
        search.page = 3;
        let url = search.url();
        assert_eq!(url, "/lv/services?q=dz%C4%ABves%20%26%20vieta&kind=here&territory=riga&kind=post&sort=name&page=3");
        let read = read(&[
            ("q", "dzīves & vieta"),
            ("kind", "here"),
            ("kind", "post"),
            ("territory", "riga"),
            ("sort", "name"),
            ("page", "3"),
        ]);
        assert_eq!((read.text.as_str(), read.sort, read.page), ("dzīves & vieta", Sort::Name, 3));
        assert!(["here", "post"].iter().all(|kind| read.is_ticked(Facet::Kind, kind)));
    }

    #[test]
    fn ticking_twice_is_as_before_but_on_the_first_page() {
        let search = Search { page: 4, ..Search::words("pase") };
        let twice = search.toggled(Facet::Place, "x").toggled(Facet::Place, "x");
        assert_eq!(twice, Search { page: 1, ..search });
    }

    #[test]
    fn nonsense_in_a_url_is_passed_over() {
        let search = read(&[("page", "-7"), ("sort", "sideways"), ("q", &"ā".repeat(1_000))]);
        assert_eq!((search.page, search.sort), (1, Sort::Relevance));
        assert!(search.text.len() <= MAX_TEXT);
    }
}
