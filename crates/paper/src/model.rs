//! What a paper says, without how it looks.

/// The language that a paper is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Lv,
    Ru,
    En,
}

impl Lang {
    /// By its code; Latvian where it is none of ours.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        match code {
            "ru" => Self::Ru,
            "en" => Self::En,
            _ => Self::Lv,
        }
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Lv => "lv",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// When a paper was made, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

/// How somebody who holds the paper finds out whether it is genuine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What the QR code holds and the link opens.
    pub url: String,
    /// Beside the QR code: what to do.
    pub text: String,
    /// The address as people read it.
    pub shown_url: String,
    /// What the QR code says to who does not see it.
    pub alt: String,
    /// The word "number" with the number, and the word "code" with the code.
    pub number: String,
    pub code: String,
}

/// A part of a paper, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    /// A paragraph; every line of it begins anew at `\n`.
    Text(String),
    /// What it is called, and what it is.
    Rows(Vec<(String, String)>),
    Table(Table),
}

/// A table with a row of headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Whether the last column is of numbers, which stand on the right.
    pub is_sum: bool,
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub lang: Lang,
    /// What kind of paper it is: above the title.
    pub kind: String,
    pub title: String,
    /// Who answers for it.
    pub issuer: String,
    pub made: Moment,
    pub blocks: Vec<Block>,
    pub check: Check,
    /// `{page}` and `{pages}` stand for the numbers.
    pub page_of: String,
}
