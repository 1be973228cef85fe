//! A `cpsv:PublicService` as a service of ours.

use durvis_contract::Audience;
use serde::de::DeserializeOwned;

use super::super::graph::Node;
use super::super::vocabulary::{EURO, iri};
use super::numbers::{cents, term};
use super::texts::{at, summarised};
use super::{Entry, Importer, entry};
use crate::catalogue::source::{Channels, Elsewhere, Fee, Here, Law, Ref, Scope, Service, Step, Term, Text};
use serde_saphyr::Spanned;

/// Of a service whose file does not say how much it is used: the middle.
const POPULARITY: u8 = 50;

impl Importer<'_> {
    pub(super) fn service(&mut self, node: &Node) {
        let slug = self.slugs.get(&node.id).unwrap_or_default().to_owned();
        let service = Entry::Service(slug.clone());
        self.note_place(&service, node);
        if node.id.starts_with("_:") && self.literal(node, "dct:identifier").is_none() {
            return self.wrong(&service, node.at, "has neither @id nor dct:identifier: nothing stable to be named by");
        }
        let name = self.text(node, "dct:title");
        if name.value.is_empty() {
            let languages = self.catalogue.portal.languages.join(", ");
            self.wrong(&service, node.at, format!("has no name (dct:title) in a language of the portal ({languages})"));
        }
        let description = self.text(node, "dct:description");
        let short = self.text(node, "dct:abstract");
        let summary = if short.value.is_empty() && !self.own { summarised(&description) } else { short };
        let municipal = self.own_piece(&service, node, "durvis:municipal");
        let institution = if municipal.is_some() { None } else { self.authority(&service, node) };
        let read = Service {
            name,
            summary,
            description,
            audience: self.audience(node),
            institution,
            eligibility: self.eligibility(node),
            papers: self.named(node, &["cpsv:hasInput", "cv:hasInputType"]),
            steps: self.steps(node),
            fees: self.fees(&service, node),
            term: self.term(&service, node),
            fill_minutes: self.number(&service, node, "durvis:fillMinutes"),
            deadline: Some(self.text(node, "durvis:deadline")).filter(|text| !text.value.is_empty()),
            laws: self.laws(node),
            channels: at(self.channels(&service, node)),
            keywords: self.words(node, "dcat:keyword"),
            synonyms: self.words(node, "skos:altLabel"),
            related: self.related(&service, node),
            popularity: at(self.number(&service, node, "durvis:popularity").unwrap_or(POPULARITY)),
            checked: at(self.checked(node)),
            municipal,
        };
        self.catalogue.services.insert(slug, entry(read));
    }

    fn authority(&mut self, service: &Entry, node: &Node) -> Option<Ref> {
        let authorities = self.references(node, "cv:hasCompetentAuthority");
        let known = |slug: &&str| self.catalogue.institutions.iter().any(|one| one.slug.value == **slug);
        let found = authorities.iter().filter_map(|(_, id)| self.slugs.get(id)).find(known).map(str::to_owned);
        match (authorities.first(), &found) {
            (_, Some(_)) => {}
            (Some((place, id)), None) => {
                let message = format!("its competent authority {id:?} is not described in the file, or wrongly");
                self.wrong(service, *place, message);
            }
            (None, None) => self.wrong(service, node.at, "has no competent authority (cv:hasCompetentAuthority)"),
        }
        found.map(at)
    }

    /// Codes of others say little that is common: what is not for entrepreneurs only by name is for everyone.
    fn audience(&self, node: &Node) -> Vec<Audience> {
        let mut audience = Vec::new();
        for (_, id) in self.references(node, "dct:audience") {
            let name = id.rsplit(['/', '#', ':']).next().unwrap_or_default().to_lowercase();
            let one = match ["business", "compan", "enterprise", "entrepreneur"].iter().any(|word| name.contains(word))
            {
                true => Audience::Business,
                false => Audience::Person,
            };
            if !audience.contains(&one) {
                audience.push(one);
            }
        }
        if audience.is_empty() { vec![Audience::Person, Audience::Business] } else { audience }
    }

    fn eligibility(&self, node: &Node) -> Text {
        let mut text = nothing();
        for requirement in self.nodes(node, "cv:holdsRequirement") {
            let described = self.text(requirement, "dct:description");
            let said = if described.value.is_empty() { self.text(requirement, "dct:title") } else { described };
            for (lang, said) in said.value {
                let known = text.value.entry(lang).or_default();
                if !known.is_empty() {
                    known.push(' ');
                }
                known.push_str(&said);
            }
        }
        text
    }

    /// The titles of the nodes that properties lead to.
    fn named(&self, node: &Node, properties: &[&str]) -> Vec<Text> {
        let nodes = properties.iter().flat_map(|property| self.nodes(node, property));
        let titles = nodes.map(|node| self.text(node, "dct:title"));
        titles.filter(|title| self.own || !title.value.is_empty()).collect()
    }

    fn steps(&self, node: &Node) -> Vec<Step> {
        let rules = self.nodes(node, "cpsv:follows");
        let step = |rule: &Node| {
            let text = self.text(rule, "dct:description");
            let brief = self.literal(rule, "durvis:brief").is_some() || text.value.is_empty();
            Step { name: self.text(rule, "dct:title"), text: (!brief).then_some(text) }
        };
        rules.into_iter().map(step).filter(|step| self.own || !step.name.value.is_empty()).collect()
    }

    fn fees(&mut self, service: &Entry, node: &Node) -> Vec<Fee> {
        let mut fees = Vec::new();
        for cost in self.nodes(node, "cv:hasCost") {
            let currency = self.references(cost, "cv:currency").first().map(|(place, id)| (*place, *id));
            if let Some((place, currency)) = currency.filter(|(_, id)| *id != EURO) {
                self.wrong(service, place, format!("a cost in {currency:?}: fees are in euros"));
                continue;
            }
            let value = self.literal(cost, "cv:hasValue");
            let read = value.map(|(place, euros)| (place, euros, cents(euros)));
            if let Some((place, euros, None)) = read {
                self.wrong(service, place, format!("a cost of {euros:?}: not a sum in euros"));
                continue;
            }
            let note = Some(self.text(cost, "dct:description")).filter(|note| !note.value.is_empty());
            let cents = read.and_then(|(_, _, cents)| cents).map(at);
            if self.own || cents.is_some() || note.is_some() {
                fees.push(Fee { cents, note });
            }
        }
        fees
    }

    fn term(&mut self, service: &Entry, node: &Node) -> Option<Spanned<Term>> {
        let (place, duration) = self.literal(node, "cv:processingTime")?;
        let Some(mut read) = term(duration) else {
            self.wrong(
                service,
                place,
                format!("a processing time of {duration:?}: not an ISO 8601 duration of whole days or months"),
            );
            return None;
        };
        if let Some(unit) = self.literal(node, "durvis:termUnit") {
            read.unit = self.code(service, unit)?;
        }
        Some(at(read))
    }

    fn laws(&self, node: &Node) -> Vec<Law> {
        let law = |law: &Node| {
            let titles = [self.text(law, "dct:title"), self.text(law, "eli:title")];
            let name = titles.into_iter().find(|title| !title.value.is_empty()).unwrap_or_else(nothing);
            Law { name, article: self.owned(law, "durvis:article") }
        };
        let laws = self.nodes(node, "cv:hasLegalResource").into_iter().map(law);
        laws.filter(|law| self.own || !law.name.value.is_empty()).collect()
    }

    fn channels(&mut self, service: &Entry, node: &Node) -> Channels {
        let mut channels = Channels { here: None, elsewhere: None, offices: None, post: false };
        let mut offices = Vec::new();
        for channel in self.nodes(node, "cv:hasChannel") {
            let kind = self.references(channel, "dct:type").first().map(|(_, kind)| (*kind).to_owned());
            let of = |name: &str| kind.as_deref() == Some(&iri(name));
            // Where nobody says so, one has to expect it.
            let sign_in = self.literal(channel, "durvis:signIn").is_none_or(|(_, set)| set == "true");
            if of("durvis:here") {
                channels.here = Some(Here { sign_in });
            } else if of("durvis:post") {
                channels.post = true;
            } else if of("durvis:office") {
                offices.extend(self.slugs.get(&channel.id).map(str::to_owned));
            } else if channels.elsewhere.is_none() {
                channels.elsewhere = self.elsewhere(channel, sign_in);
            }
        }
        channels.offices = self.own_piece::<Scope>(service, node, "durvis:offices").map(at);
        if channels.offices.is_none() && !offices.is_empty() {
            channels.offices = Some(at(Scope::These(offices)));
        }
        channels
    }

    /// A channel with a page of its own is an e-service on another portal, by the name of the channel or of its host.
    fn elsewhere(&self, channel: &Node, sign_in: bool) -> Option<Elsewhere> {
        let pages = ["foaf:page", "schema:url"].into_iter().flat_map(|property| {
            let pages = self.references(channel, property).into_iter().map(|(_, page)| page);
            pages.chain(self.literal(channel, property).map(|(_, page)| page)).collect::<Vec<_>>()
        });
        let url = pages.into_iter().find(|page| self.own || page.starts_with("https://"))?;
        let names = ["durvis:portal", "dct:title", "dct:description"].map(|property| self.text(channel, property));
        let portal = names.into_iter().find(|name| !name.value.is_empty()).or_else(|| {
            let host = url.trim_start_matches("https://").split('/').next()?;
            let lang = self.catalogue.portal.languages.first()?;
            Some(at([(lang.clone(), host.to_owned())].into()))
        })?;
        Some(Elsewhere { portal, url: at(url.to_owned()), sign_in })
    }

    fn related(&mut self, service: &Entry, node: &Node) -> Vec<Ref> {
        let mut related = Vec::new();
        for (place, id) in self.references(node, "cv:relatedService") {
            match self.slugs.get(id) {
                Some(slug) => related.push(at(slug.to_owned())),
                None if self.own => {
                    self.wrong(service, place, format!("is related to {id:?}, which is not in the file"))
                }
                // Linked data may lead to other catalogues; we show what we have.
                None => {}
            }
        }
        related
    }

    fn checked(&self, node: &Node) -> String {
        let day = |(_, text): (usize, &str)| text.get(..10).unwrap_or(text).to_owned();
        self.owned(node, "durvis:checked").or_else(|| self.literal(node, "dct:modified").map(day)).unwrap_or_default()
    }

    fn number<T: std::str::FromStr>(&mut self, service: &Entry, node: &Node, property: &str) -> Option<T> {
        let (place, text) = self.literal(node, property)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.wrong(service, place, format!("{property} is {text:?}: not a number in its bounds"));
        }
        number
    }

    /// A piece of our own form, as JSON.
    pub(super) fn own_piece<T: DeserializeOwned>(&mut self, service: &Entry, node: &Node, property: &str) -> Option<T> {
        let (place, json) = self.json(node, property)?;
        // By way of YAML, which JSON is: what has places is only read from there.
        let read = serde_saphyr::from_str(&json.to_string());
        let message = |error: serde_saphyr::Error| format!("{property}: {}", error.without_snippet());
        read.map_err(|error| self.wrong(service, place, message(error))).ok()
    }
}

fn nothing() -> Text {
    at(std::collections::BTreeMap::new())
}
