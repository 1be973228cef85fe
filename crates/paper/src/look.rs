//! How a paper looks: A4, the portal's colours, few sizes. Lengths are points, from the top left.

use krilla::color::rgb::Color;

pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;
pub(crate) const LEFT: f32 = 64.0;
pub(crate) const RIGHT: f32 = WIDTH - 64.0;
pub(crate) const TOP: f32 = 64.0;
/// Where what is written ends, and the foot begins.
pub(crate) const BOTTOM: f32 = HEIGHT - 132.0;
pub(crate) const FOOT: f32 = HEIGHT - 112.0;
pub(crate) const QR: f32 = 62.0;
/// Where what stands beside the QR code begins.
pub(crate) const BESIDE_QR: f32 = LEFT + QR + 14.0;

/// Letters of a weight, size and colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) bold: bool,
    pub(crate) size: f32,
    /// From one line to the next.
    pub(crate) leading: f32,
    pub(crate) colour: Colour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    Ink,
    Soft,
    Pine,
    Carmine,
    Line,
}

impl Colour {
    pub(crate) fn rgb(self) -> Color {
        match self {
            Self::Ink => Color::new(0x16, 0x24, 0x22),
            Self::Soft => Color::new(0x51, 0x5f, 0x5c),
            Self::Pine => Color::new(0x0f, 0x4a, 0x47),
            Self::Carmine => Color::new(0x9d, 0x22, 0x35),
            Self::Line => Color::new(0xd3, 0xce, 0xc4),
        }
    }
}

const fn style(bold: bool, size: f32, leading: f32, colour: Colour) -> Style {
    Style { bold, size, leading, colour }
}

pub(crate) const BRAND: Style = style(true, 17.0, 20.0, Colour::Pine);
pub(crate) const KIND: Style = style(false, 10.5, 15.0, Colour::Soft);
pub(crate) const TITLE: Style = style(true, 21.0, 26.0, Colour::Ink);
pub(crate) const HEADING: Style = style(true, 13.0, 18.0, Colour::Ink);
pub(crate) const BODY: Style = style(false, 10.5, 15.5, Colour::Ink);
pub(crate) const LABEL: Style = style(false, 10.5, 15.5, Colour::Soft);
pub(crate) const COLUMN: Style = style(true, 9.5, 14.0, Colour::Ink);
pub(crate) const FOOT_TEXT: Style = style(false, 8.5, 12.0, Colour::Soft);
pub(crate) const FOOT_STRONG: Style = style(true, 8.5, 12.0, Colour::Ink);
pub(crate) const FOOT_LINK: Style = style(false, 8.5, 12.0, Colour::Pine);
