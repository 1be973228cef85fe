//! Tables as CSV: UTF-8 with a mark at its beginning, `;` between the cells, and no cell that a table program would take for a
//! formula.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// What a table program would take for a formula, or for the end of a cell.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table to be kept under that name.
pub(super) fn table<const N: usize>(
    name: &str,
    head: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Response {
    let mut text = format!("\u{feff}{}\r\n", head.join(";"));
    for row in rows {
        text += &row.map(|text| cell(&text)).join(";");
        text += "\r\n";
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}

fn cell(text: &str) -> String {
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("SIA Ozols; Co"), "\"SIA Ozols; Co\"");
    }
}
