//! Where the reader is, asked of the browser when the reader wants it. It stays in this page.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The Earth's circumference in 360 parts.
const KM_A_DEGREE: f64 = 111.19;
/// A minute-old position will do, and nobody waits longer than ten seconds for one.
const OPTIONS: [(&str, f64); 2] = [("maximumAge", 60_000.0), ("timeout", 10_000.0)];

/// Latitude and longitude in degrees; `None` where the reader or the device refuses.
pub fn ask(then: impl Fn(Option<[f64; 2]>) + 'static) {
    let told = Closure::<dyn Fn(JsValue)>::new(move |answer: JsValue| then(coordinates(&answer))).into_js_value();
    let options: Vec<(&str, JsValue)> = OPTIONS.into_iter().map(|(name, value)| (name, value.into())).collect();
    let options: Vec<(&str, &JsValue)> = options.iter().map(|(name, value)| (*name, value)).collect();
    let options = crate::offline::database::object(&options);
    let told: Function = told.unchecked_into();
    let asked = get(&leptos::prelude::window().navigator(), "geolocation").and_then(|geolocation| {
        let ask: Function = get(&geolocation, "getCurrentPosition")?.dyn_into().ok()?;
        ask.call3(&geolocation, &told, &told, &options).ok()
    });
    if asked.is_none() {
        let _ = told.call1(&JsValue::NULL, &JsValue::NULL);
    }
}

fn coordinates(answer: &JsValue) -> Option<[f64; 2]> {
    let coords = get(answer, "coords")?;
    Some([get(&coords, "latitude")?.as_f64()?, get(&coords, "longitude")?.as_f64()?])
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Kilometres between two positions. On a flat map of the latitude between them: within a country that is right to a few
/// hundred metres, and a browser needs no library of trigonometry for it.
pub fn kilometres(from: [f64; 2], to: [f64; 2]) -> f64 {
    let north = to[0] - from[0];
    let east = (to[1] - from[1]) * cosine(((from[0] + to[0]) / 2.0).to_radians());
    KM_A_DEGREE * (north * north + east * east).sqrt()
}

/// The first terms of its series: right to 0.001 up to the poles.
fn cosine(angle: f64) -> f64 {
    let square = angle * angle;
    1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)))
}

#[cfg(test)]
mod tests {
    use super::kilometres;

    #[test]
    fn from_riga_to_liepaja_it_is_about_196_kilometres() {
        let (riga, liepaja) = ([56.9496, 24.1052], [56.5047, 21.0108]);
        assert!((kilometres(riga, liepaja) - 196.0).abs() < 2.0, "{}", kilometres(riga, liepaja));
        assert_eq!(kilometres(riga, riga), 0.0);
    }
}
