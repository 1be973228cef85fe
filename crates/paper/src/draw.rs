//! Pages onto paper: marks with their tags, the head of the first page, the foot of each.

mod belt;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::{Document, SerializeSettings};

use crate::flow::{Flow, Mark, Place};
use crate::font::{Fonts, Run};
use crate::look::{
    BESIDE_QR, BRAND, Colour, FOOT, FOOT_LINK, FOOT_STRONG, FOOT_TEXT, HEIGHT, LEFT, QR, RIGHT, Style, TOP, WIDTH,
};
use crate::model::Paper;
use crate::tags::{Role, Tags};
use crate::{Unmade, qr};

const PRODUCER: &str = "Durvis";

pub(crate) fn draw(paper: &Paper, fonts: &Fonts, flow: Flow<'_>) -> Result<Vec<u8>, Unmade> {
    let failed = |error: &dyn std::fmt::Debug| Unmade(format!("{error:?}"));
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| failed(&error))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(paper));
    document.set_outline(outline(&flow.headings));
    let Flow { pages, mut tags, .. } = flow;
    let count = pages.len();
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Unmade("no page".into()))?;
    for (number, marks) in pages.into_iter().enumerate() {
        let mut page = document.start_page_with(size.clone());
        let link = {
            let mut pen = Pen { fonts, surface: page.surface() };
            if number == 0 {
                pen.head();
            }
            for mark in marks {
                pen.mark(mark, &mut tags);
            }
            pen.foot(paper, (number, count), &mut tags)?
        };
        if let Some((at, rect)) = link {
            let mark = linked(&mut page, rect, &paper.check.url, &paper.check.text);
            tags.mark(at, mark);
        }
        page.finish();
    }
    document.set_tag_tree(tags.tree(paper.lang.code()));
    document.finish().map_err(|error| failed(&error))
}

fn metadata(paper: &Paper) -> Metadata {
    let at = &paper.made;
    let made = DateTime::new(at.year).month(at.month).day(at.day).hour(at.hour).minute(at.minute).second(at.second);
    Metadata::new()
        .title(format!("{}. {}", paper.kind, paper.title))
        .language(paper.lang.code().into())
        .authors(vec![paper.issuer.clone()])
        .creator(PRODUCER.into())
        .producer(PRODUCER.into())
        .document_id(paper.check.number.clone())
        .creation_date(made.utc_offset_hour(0).utc_offset_minute(0))
}

fn outline(headings: &[Place]) -> Outline {
    let mut outline = Outline::new();
    for Place { text, page, y } in headings {
        outline.push_child(OutlineNode::new(text.clone(), XyzDestination::new(*page, Point::from_xy(LEFT, *y))));
    }
    outline
}

fn linked(page: &mut Page<'_>, rect: Rect, url: &str, alt: &str) -> Identifier {
    let target = Target::Action(Action::Link(LinkAction::new(url.into())));
    page.add_tagged_annotation(Annotation::new_link(LinkAnnotation::new(rect, target), Some(alt.into())))
}

/// What draws on a page.
struct Pen<'a, 'p> {
    fonts: &'a Fonts,
    surface: Surface<'p>,
}

impl Pen<'_, '_> {
    fn mark(&mut self, mark: Mark, tags: &mut Tags) {
        match mark {
            Mark::Line { run, style, x, y, at: Some(at) } => {
                let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                self.letters(&run, style, x, y);
                self.surface.end_tagged();
                tags.mark(at, id);
            }
            Mark::Line { run, style, x, y, at: None } => {
                self.aside(ArtifactType::PaginationOther, |pen| pen.letters(&run, style, x, y));
            }
            Mark::Rule { y, colour } => self.aside(ArtifactType::Layout, |pen| pen.rule(y, 0.7, colour)),
        }
    }

    /// The door, the name and the belt.
    fn head(&mut self) {
        self.aside(ArtifactType::Header, |pen| {
            // The door, 40 units wide (public/favicon.svg).
            let scale = 0.62;
            let at = |x: f32, y: f32| (LEFT + (x - 4.0) * scale, TOP - 26.0 + y * scale);
            let frame = [
                (4.0, 2.0),
                (36.0, 2.0),
                (36.0, 38.0),
                (31.0, 38.0),
                (31.0, 7.0),
                (9.0, 7.0),
                (9.0, 38.0),
                (4.0, 38.0),
            ];
            let leaf = [(11.5, 9.5), (23.0, 13.5), (23.0, 34.0), (11.5, 38.0)];
            let handle = [(19.6, 19.9), (22.7, 23.7), (19.6, 27.5), (16.5, 23.7)];
            for (points, colour) in [(&frame[..], Colour::Pine), (&leaf, Colour::Pine), (&handle, Colour::Carmine)] {
                pen.polygon(points.iter().map(|&(x, y)| at(x, y)), colour);
            }
            let name = pen.fonts.line(PRODUCER, BRAND);
            pen.letters(&name, BRAND, LEFT + 30.0, TOP - 8.0);
            if let Some(belt) = belt::path(LEFT, TOP + 14.0, RIGHT) {
                pen.fill(&belt, Colour::Carmine);
            }
        });
    }

    /// Number, QR code and page; said once, on the first page. The node of the link and where it is.
    fn foot(
        &mut self,
        paper: &Paper,
        (number, count): (usize, usize),
        tags: &mut Tags,
    ) -> Result<Option<(crate::tags::At, Rect)>, Unmade> {
        let check = &paper.check;
        self.aside(ArtifactType::Layout, |pen| pen.rule(FOOT, 0.7, Colour::Line));
        let code = qr::path(&check.url, LEFT, FOOT + 14.0, QR)?;
        let page = paper.page_of.replace("{page}", &(number + 1).to_string()).replace("{pages}", &count.to_string());
        let page = self.fonts.line(&page, FOOT_TEXT);
        let width = RIGHT - BESIDE_QR - 70.0;
        let mut lines =
            vec![(self.fonts.line(&format!("{}   {}", check.number, check.code), FOOT_STRONG), FOOT_STRONG)];
        lines.extend(self.fonts.lines(&check.text, FOOT_TEXT, width).into_iter().map(|run| (run, FOOT_TEXT)));
        let mut y = FOOT + 14.0 + 9.0;
        let mut places = Vec::new();
        for (run, style) in lines {
            places.push((run, style, y));
            y += style.leading;
        }
        let link = self.fonts.line(&check.shown_url, FOOT_LINK);
        let link_rect = Rect::from_ltrb(BESIDE_QR, y - 9.0, BESIDE_QR + link.width * FOOT_LINK.size, y + 3.0);
        self.aside(ArtifactType::Footer, |pen| {
            pen.letters(&page, FOOT_TEXT, RIGHT - page.width * FOOT_TEXT.size, FOOT + 14.0 + 9.0);
        });
        if number > 0 {
            self.aside(ArtifactType::Footer, |pen| {
                pen.fill(&code, Colour::Ink);
                for (run, style, y) in &places {
                    pen.letters(run, *style, BESIDE_QR, *y);
                }
                pen.letters(&link, FOOT_LINK, BESIDE_QR, y);
            });
            return Ok(None);
        }
        let text = tags.add(Role::Text, None);
        for (run, style, y) in places {
            self.mark(Mark::Line { run, style, x: BESIDE_QR, y, at: Some(text) }, tags);
        }
        let address = tags.add(Role::Text, None);
        let node = tags.add(Role::Link, Some(address));
        self.mark(Mark::Line { run: link, style: FOOT_LINK, x: BESIDE_QR, y, at: Some(node) }, tags);
        let figure = tags.add(Role::Figure(check.alt.clone()), None);
        let id = self.surface.start_tagged(ContentTag::Other);
        self.fill(&code, Colour::Ink);
        self.surface.end_tagged();
        tags.mark(figure, id);
        Ok(link_rect.map(|rect| (node, rect)))
    }

    /// What says nothing.
    fn aside(&mut self, kind: ArtifactType, drawn: impl FnOnce(&mut Self)) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        drawn(self);
        self.surface.end_tagged();
    }

    fn letters(&mut self, run: &Run, style: Style, x: f32, y: f32) {
        self.colour(style.colour);
        let font = self.fonts.of(style).font.clone();
        self.surface.draw_glyphs(Point::from_xy(x, y), &run.glyphs, font, &run.text, style.size, false);
    }

    fn rule(&mut self, y: f32, height: f32, colour: Colour) {
        self.polygon([(LEFT, y), (RIGHT, y), (RIGHT, y + height), (LEFT, y + height)], colour);
    }

    fn polygon(&mut self, points: impl IntoIterator<Item = (f32, f32)>, colour: Colour) {
        let mut path = PathBuilder::new();
        for (number, (x, y)) in points.into_iter().enumerate() {
            if number == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        path.close();
        if let Some(path) = path.finish() {
            self.fill(&path, colour);
        }
    }

    fn fill(&mut self, path: &Path, colour: Colour) {
        self.colour(colour);
        self.surface.draw_path(path);
    }

    fn colour(&mut self, colour: Colour) {
        let fill = Fill { paint: colour.rgb().into(), rule: FillRule::EvenOdd, ..Fill::default() };
        self.surface.set_fill(Some(fill));
        self.surface.set_stroke(None);
    }
}
