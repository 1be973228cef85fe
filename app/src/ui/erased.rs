//! Closures of one type. Leptos compiles its machinery once for every type of closure in a view; boxed, they share it
//! (docs/benchmarks.md has what that saves of the download).

use leptos::prelude::*;

/// A part of a view that follows what it reads.
pub fn dynamic(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    fn erased(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
        (move || view()).into_any()
    }
    erased(Box::new(view))
}

/// A text that follows what it reads.
pub fn dynamic_text(text: impl Fn() -> String + Send + 'static) -> AnyView {
    dynamic(move || text().into_any())
}

/// What is done when something that it reads changes.
pub fn effect(act: impl Fn() + 'static) {
    fn erased(act: Box<dyn Fn()>) {
        Effect::new(act);
    }
    erased(Box::new(act));
}

/// What is done on an event.
pub fn on<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// Items of a list.
pub fn list<T>(items: impl IntoIterator<Item = T>, view: impl FnMut(T) -> AnyView) -> Vec<AnyView> {
    items.into_iter().map(view).collect()
}
