//! The belt, the portal's only ornament (public/pattern.svg), as often as there is room.

use krilla::geom::{Path, PathBuilder};

/// One repeat, 72 units wide and 14 high: `M` and `L` are absolute, `l` and `h` are not.
const REPEAT: &str = "M7 0l7 7 -7 7 -7 -7z M7 2.4l4.6 4.6 -4.6 4.6 -4.6 -4.6z M7 4.8l2.2 2.2 -2.2 2.2 -2.2 -2.2z \
    M14 0h10l-5 5z M14 14h10l-5 -5z M19 6l1 1 -1 1 -1 -1z M31 0.2l3.2 3.2 -3.2 3.2 -3.2 -3.2z \
    M31 7.4l3.2 3.2 -3.2 3.2 -3.2 -3.2z M27.4 3.8l3.2 3.2 -3.2 3.2 -3.2 -3.2z M34.6 3.8l3.2 3.2 -3.2 3.2 -3.2 -3.2z \
    M38 0h10l-5 5z M38 14h10l-5 -5z M43 6l1 1 -1 1 -1 -1z M55 0L56.26 3.95 59.95 2.05 58.05 5.74 62 7 58.05 8.26 59.95 \
    11.95 56.26 10.05 55 14 53.74 10.05 50.05 11.95 51.95 8.26 48 7 51.95 5.74 50.05 2.05 53.74 3.95z \
    M55 5.4l1.6 1.6 -1.6 1.6 -1.6 -1.6z M62 0h10l-5 5z M62 14h10l-5 -5z M67 6l1 1 -1 1 -1 -1z";
const UNITS: f32 = 72.0;
/// Points for a unit.
const ABOUT: f32 = 0.42;

/// From one edge to the other, its upper edge at `top`.
pub(super) fn path(left: f32, top: f32, right: f32) -> Option<Path> {
    let count = ((right - left) / (UNITS * ABOUT)).floor().max(1.0);
    let scale = (right - left) / (UNITS * count);
    let mut path = PathBuilder::new();
    let mut from = left;
    while from < right - 1.0 {
        repeat(&mut path, |x, y| (from + x * scale, top + y * scale));
        from += UNITS * scale;
    }
    path.finish()
}

fn repeat(path: &mut PathBuilder, place: impl Fn(f32, f32) -> (f32, f32)) {
    let spaced = REPEAT.replace(['M', 'L', 'l', 'h', 'z'], " ");
    let mut numbers = spaced.split_ascii_whitespace().filter_map(|text| text.parse::<f32>().ok());
    let (mut x, mut y) = (0.0, 0.0);
    let mut rest = REPEAT;
    while let Some(at) = rest.find(['M', 'L', 'l', 'h', 'z']) {
        let command = rest.get(at..=at).unwrap_or_default();
        rest = rest.get(at + 1..).unwrap_or_default();
        let own = rest.find(['M', 'L', 'l', 'h', 'z']).and_then(|end| rest.get(..end)).unwrap_or(rest);
        let count = own.split_ascii_whitespace().count();
        let mut next = || numbers.next().unwrap_or_default();
        match command {
            "M" => {
                (x, y) = (next(), next());
                let (x, y) = place(x, y);
                path.move_to(x, y);
            }
            "h" => {
                x += next();
                let (x, y) = place(x, y);
                path.line_to(x, y);
            }
            "z" => path.close(),
            _ => {
                for _ in 0..count / 2 {
                    let (to_x, to_y) = (next(), next());
                    (x, y) = if command == "L" { (to_x, to_y) } else { (x + to_x, y + to_y) };
                    let (x, y) = place(x, y);
                    path.line_to(x, y);
                }
            }
        }
    }
}
