//! Papers: a small model of a document made into a PDF that everybody can read and archives can keep (PDF/UA-1 and PDF/A-2a,
//! checked while it is written). It knows no citizen, no clock and no language beyond what it is given: the same paper is the
//! same bytes.

mod draw;
mod flow;
mod font;
mod look;
mod model;
mod qr;
mod tags;

pub use model::{Block, Check, Lang, Moment, Paper, Table};

/// Why a paper could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmade(String);

impl std::fmt::Display for Unmade {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the paper cannot be made: {}", self.0)
    }
}

impl std::error::Error for Unmade {}

/// The bytes of the PDF.
///
/// # Errors
/// When it would break a rule of PDF/A or PDF/UA.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, Unmade> {
    let fonts = font::Fonts::load()?;
    let flow = flow::flow(paper, &fonts);
    draw::draw(paper, &fonts, flow)
}
