//! Where everything of a paper stands: lines on pages, rows that go on overleaf, the node of each line.

use std::num::NonZeroU16;

use crate::font::{Fonts, Run, plain};
use crate::look::{BODY, BOTTOM, COLUMN, Colour, HEADING, KIND, LABEL, LEFT, RIGHT, Style, TITLE, TOP};
use crate::model::{Block, Paper, Table};
use crate::tags::{At, Role, Tags};

/// Below the brand and the belt of the first page.
const FIRST_TOP: f32 = TOP + 62.0;
const ROW_PADDING: f32 = 6.0;
const GAP: f32 = 16.0;
/// Part of the width that names take in rows of names and values.
const NAMES: f32 = 0.34;
/// A row higher than this may be cut in two.
const UNCUT: f32 = 200.0;

/// What is drawn.
#[derive(Debug)]
pub(crate) enum Mark {
    Line {
        run: Run,
        style: Style,
        x: f32,
        /// Its base line.
        y: f32,
        /// None: it is there for the eye only.
        at: Option<At>,
    },
    Rule {
        y: f32,
        colour: Colour,
    },
}

/// Where a heading is, for the outline.
pub(crate) struct Place {
    pub(crate) text: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

pub(crate) struct Flow<'a> {
    fonts: &'a Fonts,
    pub(crate) pages: Vec<Vec<Mark>>,
    pub(crate) tags: Tags,
    pub(crate) headings: Vec<Place>,
    y: f32,
}

/// A cell of a row.
struct Cell {
    lines: Vec<Run>,
    style: Style,
    x: f32,
    width: f32,
    is_right: bool,
    at: Option<At>,
}

pub(crate) fn flow<'a>(paper: &Paper, fonts: &'a Fonts) -> Flow<'a> {
    let mut flow = Flow { fonts, pages: vec![Vec::new()], tags: Tags::default(), headings: Vec::new(), y: FIRST_TOP };
    let kind = flow.tags.add(Role::Text, None);
    flow.text(&paper.kind, KIND, kind);
    flow.y += 3.0;
    flow.heading(&paper.title, TITLE, 1);
    flow.y += 10.0;
    for block in &paper.blocks {
        match block {
            Block::Heading(text) => {
                flow.y += 18.0;
                flow.leave(HEADING.leading + 4.0 * BODY.leading);
                flow.heading(text, HEADING, 2);
                flow.y += 5.0;
            }
            Block::Text(text) => {
                flow.leave(2.0 * BODY.leading);
                let at = flow.tags.add(Role::Text, None);
                flow.text(text, BODY, at);
                flow.y += 7.0;
            }
            Block::Rows(rows) => flow.rows(rows),
            Block::Table(table) => flow.table(table),
        }
    }
    flow
}

impl Flow<'_> {
    fn heading(&mut self, text: &str, style: Style, level: u16) {
        let text = plain(text);
        if text.trim().is_empty() {
            return;
        }
        let role = Role::Heading(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), text.clone());
        let at = self.tags.add(role, None);
        self.headings.push(Place { text: text.clone(), page: self.pages.len() - 1, y: self.y });
        self.text(&text, style, at);
    }

    fn text(&mut self, text: &str, style: Style, at: At) {
        for run in self.fonts.lines(text, style, RIGHT - LEFT) {
            self.leave(style.leading);
            self.line(run, style, LEFT, Some(at));
            self.y += style.leading;
        }
    }

    fn rows(&mut self, rows: &[(String, String)]) {
        let names = (RIGHT - LEFT) * NAMES;
        let table = self.tags.add(Role::Table, None);
        let body = self.tags.add(Role::Body, Some(table));
        self.rule(Colour::Line);
        for (name, value) in rows {
            let row = self.tags.add(Role::Row, Some(body));
            let (name_at, value_at) = (self.tags.add(Role::RowName, Some(row)), self.tags.add(Role::Cell, Some(row)));
            let width = RIGHT - LEFT - names;
            let cells = [
                self.cell(name, LABEL, (LEFT, names - GAP), Some(name_at)),
                self.cell(value, BODY, (LEFT + names, width), Some(value_at)),
            ];
            self.row(cells.into(), &[]);
        }
        self.y += 8.0;
    }

    fn table(&mut self, table: &Table) {
        let columns = self.columns(table);
        let at = self.tags.add(Role::Table, None);
        let head = self.tags.add(Role::Head, Some(at));
        let head = self.tags.add(Role::Row, Some(head));
        let is_right = |column: usize| table.is_sum && column + 1 == table.head.len();
        let names = |flow: &mut Self, row: Option<At>| -> Vec<Cell> {
            let cells = table.head.iter().zip(&columns).enumerate();
            cells
                .map(|(column, (name, &place))| {
                    let at = row.map(|row| flow.tags.add(Role::ColumnName, Some(row)));
                    Cell { is_right: is_right(column), ..flow.cell(name, COLUMN, place, at) }
                })
                .collect()
        };
        let first = names(self, Some(head));
        self.leave(4.0 * BODY.leading);
        self.row(first, &[]);
        let body = self.tags.add(Role::Body, Some(at));
        for cells in &table.rows {
            let row = self.tags.add(Role::Row, Some(body));
            let cells = cells.iter().zip(&columns).enumerate().map(|(column, (text, &place))| {
                let at = self.tags.add(Role::Cell, Some(row));
                Cell { is_right: is_right(column), ..self.cell(text, BODY, place, Some(at)) }
            });
            let cells: Vec<Cell> = cells.collect();
            let again = names(self, None);
            self.row(cells, &again);
        }
        self.y += 8.0;
    }

    /// Left edge and width of each column: narrow ones as wide as what stands in them, the others share the rest.
    fn columns(&self, table: &Table) -> Vec<(f32, f32)> {
        let wanted = |column: usize| {
            let rows = table.rows.iter().filter_map(|row| row.get(column));
            let widths = rows.chain(table.head.get(column)).map(|text| self.fonts.line(text, BODY).width * BODY.size);
            widths.fold(2.0 * BODY.size, f32::max) + 1.0
        };
        let wanted: Vec<f32> = (0..table.head.len()).map(wanted).collect();
        let count = f32::from(u16::try_from(wanted.len()).unwrap_or(u16::MAX));
        let room = RIGHT - LEFT - GAP * (count - 1.0);
        let is_narrow = |width: &f32| *width <= room / count;
        let narrow: f32 = wanted.iter().filter(|width| is_narrow(width)).sum();
        let wide: f32 = wanted.iter().filter(|width| !is_narrow(width)).sum();
        let mut x = LEFT;
        let place = |width: &f32| {
            let width = match wide {
                // All are narrow: they share it all.
                0.0 => width * room / narrow,
                _ if is_narrow(width) => *width,
                _ => width * (room - narrow) / wide,
            };
            x += width + GAP;
            (x - width - GAP, width)
        };
        wanted.iter().map(place).collect()
    }

    fn cell(&self, text: &str, style: Style, (x, width): (f32, f32), at: Option<At>) -> Cell {
        // An empty cell has something in it, so that it is not left out.
        let text = if text.trim().is_empty() { "–" } else { text };
        Cell { lines: self.fonts.lines(text, style, width), style, x, width, is_right: false, at }
    }

    /// A row with a rule below it; one that goes on overleaf begins there below `head`.
    fn row(&mut self, cells: Vec<Cell>, head: &[Cell]) {
        let height = |cell: &Cell| {
            let count = u16::try_from(cell.lines.len()).unwrap_or(u16::MAX);
            f32::from(count) * cell.style.leading
        };
        let whole = cells.iter().map(height).fold(0.0, f32::max) + 2.0 * ROW_PADDING;
        if whole <= UNCUT && self.leave(whole) {
            self.again(head);
        }
        self.y += ROW_PADDING;
        let leading = cells.iter().map(|cell| cell.style.leading).fold(0.0, f32::max);
        let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
        let mut lines: Vec<_> = cells
            .into_iter()
            .map(|cell| (cell.lines.into_iter(), cell.style, cell.x, cell.width, cell.is_right, cell.at))
            .collect();
        for _ in 0..count {
            if self.leave(leading + ROW_PADDING) {
                self.again(head);
                self.y += ROW_PADDING;
            }
            for (runs, style, x, width, is_right, at) in &mut lines {
                if let Some(run) = runs.next() {
                    let own = run.width * style.size;
                    let x = if *is_right { *x + *width - own } else { *x };
                    self.line(run, *style, x, *at);
                }
            }
            self.y += leading;
        }
        self.y += ROW_PADDING;
        self.rule(Colour::Line);
    }

    /// The names of the columns once more, for the eye.
    fn again(&mut self, head: &[Cell]) {
        if head.is_empty() {
            return;
        }
        self.y += ROW_PADDING;
        let count = head.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
        for number in 0..count {
            for cell in head {
                if let Some(run) = cell.lines.get(number) {
                    let own = run.width * cell.style.size;
                    let x = if cell.is_right { cell.x + cell.width - own } else { cell.x };
                    self.line(run.clone(), cell.style, x, None);
                }
            }
            self.y += COLUMN.leading;
        }
        self.y += ROW_PADDING;
        self.rule(Colour::Line);
    }

    /// Begins a page where so much has no room on this one; says whether it did.
    fn leave(&mut self, height: f32) -> bool {
        let is_full = self.y + height > BOTTOM;
        if is_full {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
        is_full
    }

    fn line(&mut self, run: Run, style: Style, x: f32, at: Option<At>) {
        // The base line: the letters stand in the middle of their line.
        let y = self.y + (style.leading + style.size * 0.72) / 2.0;
        self.put(Mark::Line { run, style, x, y, at });
    }

    fn rule(&mut self, colour: Colour) {
        self.put(Mark::Rule { y: self.y, colour });
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }
}
