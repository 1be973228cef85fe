//! Everything but services: the portal, territories, institutions, places and life events.

use durvis_contract::Hours;
use serde::de::DeserializeOwned;

use super::super::graph::Node;
use super::super::vocabulary::{DAYS, iri};
use super::texts::at;
use super::{Entry, Importer, entry};
use crate::catalogue::plans::{Law, Plan};
use crate::catalogue::source::{Country, Institution, LifeEvent, Place, Portal, Synonyms, Territory, Unit};

impl<'a> Importer<'a> {
    pub(super) fn entries(&mut self) {
        self.each(&["dct:Location"], Self::territory);
        self.each(&["cv:PublicOrganisation"], Self::institution);
        self.each(&["cv:Channel"], Self::place);
        self.each(&["cpsv:PublicService"], Self::service);
        self.each(&["cv:Event", "cv:LifeEvent", "cv:BusinessEvent"], Self::life_event);
        self.each(&["durvis:Law"], Self::law);
        self.each(&["durvis:Plan"], Self::plan);
        self.each(&["durvis:Synonyms"], Self::synonyms);
    }

    fn law(&mut self, node: &'a Node) {
        if let Some(read) = self.own_piece::<Law>(&Entry::Portal, node, "durvis:entry") {
            self.note_place(&Entry::Law(read.slug.value.clone()), node);
            self.catalogue.laws.push(entry(read));
        }
    }

    fn plan(&mut self, node: &'a Node) {
        let portal = Entry::Portal;
        let Some(slug) = self.owned(node, "dct:identifier") else {
            return self.wrong(&portal, node.at, "durvis:Plan: no dct:identifier");
        };
        if let Some(read) = self.own_piece::<Plan>(&portal, node, "durvis:entry") {
            self.note_place(&Entry::Plan(slug.clone()), node);
            self.catalogue.plans.insert(slug, entry(read));
        }
    }

    fn synonyms(&mut self, node: &'a Node) {
        let portal = Entry::Portal;
        if let Some(read) = self.own_piece::<Synonyms>(&portal, node, "durvis:entry") {
            self.note_place(&Entry::of_synonyms(&read), node);
            self.catalogue.synonyms.push(entry(read));
        }
    }

    fn each(&mut self, kinds: &[&str], read: fn(&mut Self, &'a Node)) {
        let kinds: Vec<String> = kinds.iter().map(|kind| iri(kind)).collect();
        for node in self.graph.nodes().filter(|node| kinds.iter().any(|kind| node.is(kind))) {
            read(self, node);
        }
    }

    pub(super) fn own_portal(&mut self, node: &Node) {
        let portal = Entry::Portal;
        self.note_place(&portal, node);
        let languages = node.all(&iri("durvis:languages")).iter().filter_map(|(_, object)| match object {
            super::super::graph::Object::Text { text, .. } => Some(text.clone()),
            _ => None,
        });
        self.catalogue.portal = Portal {
            languages: languages.collect(),
            foreign: self.literal(node, "durvis:foreign").is_some_and(|(_, set)| set == "true"),
            country: None,
            regions: self.own_piece(&portal, node, "durvis:regions").unwrap_or_default(),
        };
        if let Some(country) = self.nodes(node, "durvis:country").first() {
            let slug = self.slugs.get(&country.id).unwrap_or_default().to_owned();
            self.catalogue.portal.country = Some(Country { slug, name: self.text(country, "skos:prefLabel") });
        }
    }

    /// A place of a code that is no territory of ours is passed over: the country stands for it.
    fn territory(&mut self, node: &Node) {
        let (Some(kind), Some((_, code)), Some(_)) = (
            self.literal(node, "durvis:kind"),
            self.literal(node, "skos:notation"),
            self.literal(node, "dct:identifier"),
        ) else {
            return;
        };
        let slug = self.slugs.get(&node.id).unwrap_or_default().to_owned();
        let territory = Entry::Territory(slug.clone());
        self.note_place(&territory, node);
        let Some(kind) = self.code(&territory, kind) else { return };
        let mut units = Vec::new();
        for unit in self.nodes(node, "durvis:unit") {
            let (Some(kind), Some((_, code))) =
                (self.literal(unit, "durvis:kind"), self.literal(unit, "skos:notation"))
            else {
                self.wrong(&territory, unit.at, "a unit lacks durvis:kind or skos:notation");
                continue;
            };
            let Some(kind) = self.code(&territory, kind) else { continue };
            units.push(Unit { code: at(code.to_owned()), kind, name: self.text(unit, "skos:prefLabel") });
        }
        let name = self.text(node, "skos:prefLabel");
        let read = Territory { slug: at(slug), code: at(code.to_owned()), kind, name, units };
        self.catalogue.territories.push(entry(read));
    }

    fn institution(&mut self, node: &Node) {
        let slug = self.slugs.get(&node.id).unwrap_or_default().to_owned();
        let institution = Entry::Institution(slug.clone());
        self.note_place(&institution, node);
        let names = ["skos:prefLabel", "dct:title", "foaf:name"].map(|property| self.text(node, property));
        let name = names.into_iter().find(|name| !name.value.is_empty());
        let Some(name) = name else {
            return self.wrong(&institution, node.at, "has no name (skos:prefLabel) in a language of the portal");
        };
        let territories = self.nodes(node, "dct:spatial");
        let territory = territories.into_iter().filter_map(|node| self.slugs.get(&node.id));
        let known = |slug: &&str| self.catalogue.territories.iter().any(|one| one.slug.value == **slug);
        let territory = territory.filter(known).map(|slug| at(slug.to_owned())).next();
        let (phone, email) = self.contact(node);
        let website = self.references(node, "foaf:homepage").first().map(|(_, page)| (*page).to_owned());
        let read = Institution {
            slug: at(slug),
            name,
            short: self.owned(node, "durvis:short"),
            territory,
            phone,
            email: email.map(at),
            website: website.filter(|page| self.own || page.starts_with("https://")).map(at),
        };
        self.catalogue.institutions.push(entry(read));
    }

    /// Telephone and e-mail address.
    fn contact(&self, node: &Node) -> (Option<String>, Option<String>) {
        let points = self.nodes(node, "cv:contactPoint");
        let first = |property| points.iter().find_map(|point| self.owned(point, property));
        let email = first("cv:email").map(|email| match self.own {
            true => email,
            false => email.trim_start_matches("mailto:").to_owned(),
        });
        (first("cv:telephone"), email.filter(|email| self.own || email.contains('@')))
    }

    /// An office; other channels belong to their services.
    fn place(&mut self, node: &Node) {
        if !self.references(node, "dct:type").iter().any(|(_, kind)| *kind == iri("durvis:office")) {
            return;
        }
        let slug = self.slugs.get(&node.id).unwrap_or_default().to_owned();
        let place = Entry::Place(slug.clone());
        self.note_place(&place, node);
        let slug_of = |importer: &Self, property| {
            let found = importer.references(node, property);
            found.first().and_then(|(_, id)| importer.slugs.get(id)).map(str::to_owned)
        };
        let address = self.nodes(node, "locn:address").into_iter().next();
        let address = address.and_then(|address| self.owned(address, "locn:fullAddress"));
        let degrees =
            |importer: &Self, property| importer.literal(node, property).and_then(|(_, text)| text.parse().ok());
        let (Some(owner), Some(territory), Some(address), Some(latitude), Some(longitude)) = (
            slug_of(self, "cv:ownedBy"),
            slug_of(self, "dct:spatial"),
            address,
            degrees(self, "schema:latitude"),
            degrees(self, "schema:longitude"),
        ) else {
            let message = "an office needs cv:ownedBy, dct:spatial, locn:address, schema:latitude and schema:longitude";
            return self.wrong(&place, node.at, message);
        };
        let (phone, email) = self.contact(node);
        let read = Place {
            slug: at(slug),
            name: self.text(node, "dct:title"),
            territory: at(territory),
            address,
            phone,
            email: email.map(at),
            hours: at(self.hours(&place, node)),
            position: at([latitude, longitude]),
        };
        self.catalogue.places.push((owner, entry(read)));
    }

    fn hours(&mut self, place: &Entry, node: &Node) -> Hours {
        let mut hours = Hours::default();
        for times in self.nodes(node, "cv:openingHours") {
            for (at, object) in times.all(&iri("schema:openingHours")) {
                let super::super::graph::Object::Text { text, .. } = object else { continue };
                let Hours { mon, tue, wed, thu, fri, sat, sun } = &mut hours;
                let days = [mon, tue, wed, thu, fri, sat, sun];
                let day = text.split_once(' ').and_then(|(day, span)| {
                    let at = DAYS.iter().position(|one| *one == day)?;
                    Some((at, span))
                });
                match day {
                    Some((day, span)) => *days.into_iter().nth(day).expect("a day of seven") = Some(span.to_owned()),
                    None => self.wrong(place, *at, format!("hours {text:?} are not such as \"Mo 09:00-17:00\"")),
                }
            }
        }
        hours
    }

    fn life_event(&mut self, node: &'a Node) {
        let Some(slug) = self.slugs.get(&node.id).map(str::to_owned) else { return };
        let event = Entry::LifeEvent(slug.clone());
        self.note_place(&event, node);
        let name = self.text(node, "dct:title");
        if name.value.is_empty() {
            return self.wrong(&event, node.at, "has no name (dct:title) in a language of the portal");
        }
        let mut services = Vec::new();
        for (place, id) in self.references(node, "cv:hasRelatedService") {
            match self.slugs.get(id) {
                Some(slug) => services.push(slug.to_owned()),
                None if self.own => self.wrong(&event, place, format!("leads to {id:?}, which is not in the file")),
                None => {}
            }
        }
        let graph = self.graph;
        for service in graph.nodes().filter(|service| service.is(&iri("cpsv:PublicService"))) {
            let slug = self.slugs.get(&service.id).unwrap_or_default();
            let belongs = || self.references(service, "cv:isGroupedBy").iter().any(|(_, id)| *id == node.id);
            if !services.iter().any(|known| known == slug) && belongs() {
                services.push(slug.to_owned());
            }
        }
        let order = self.literal(node, "schema:position").and_then(|(_, order)| order.parse().ok());
        let read = LifeEvent {
            name,
            summary: self.text(node, "dct:description"),
            icon: self.owned(node, "durvis:icon").unwrap_or_else(|| "home".into()),
            order: order.unwrap_or(self.catalogue.life_events.len() as u16 + 1),
            services: services.into_iter().map(at).collect(),
            synonyms: self.words(node, "skos:altLabel"),
        };
        self.catalogue.life_events.insert(slug, entry(read));
    }

    /// One of our own codes.
    pub(super) fn code<T: DeserializeOwned>(&mut self, entry: &Entry, (place, code): (usize, &str)) -> Option<T> {
        let read = serde_json::from_value(code.into());
        read.map_err(|error| self.wrong(entry, place, error.to_string())).ok()
    }
}
