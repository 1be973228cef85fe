//! The QR code of a paper, as squares.

use krilla::geom::{Path, PathBuilder, Rect};
use qrcodegen::{QrCode, QrCodeEcc};

use crate::Unmade;

/// A QR code at a place, so wide. The white around it is the page's.
pub(crate) fn path(text: &str, left: f32, top: f32, width: f32) -> Result<Path, Unmade> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| Unmade(format!("its address: {error}")))?;
    let count = i16::try_from(code.size()).unwrap_or(i16::MAX);
    let side = width / f32::from(count);
    let mut path = PathBuilder::new();
    for row in 0..count {
        let mut column = 0;
        while column < count {
            // Dark ones side by side are one: no line between them when printed.
            let length = (column..count).take_while(|at| code.get_module((*at).into(), row.into())).count();
            let length = i16::try_from(length).unwrap_or_default();
            if length > 0 {
                let (x, y) = (left + side * f32::from(column), top + side * f32::from(row));
                if let Some(dark) = Rect::from_xywh(x, y, side * f32::from(length), side) {
                    path.push_rect(dark);
                }
            }
            column += length.max(1);
        }
    }
    path.finish().ok_or_else(|| Unmade("a QR code of nothing".into()))
}
