//! Pages of a list, as links.

use leptos::prelude::*;

use crate::i18n::{key, t, tf};

/// Links to the pages around this one; nothing for a single page.
pub fn pagination(page: usize, pages: usize, url: impl Fn(usize) -> String) -> Option<impl IntoView> {
    if pages < 2 {
        return None;
    }
    let link = |to: usize| {
        let label = tf(key::RESULT_PAGE, &[("n", &to.to_string())]);
        let current = (to == page).then_some("true");
        view! {
            <li><a class="ds-button" data-variant="tertiary" href=url(to) aria-current=current aria-label=label>{to}</a></li>
        }
    };
    let step = |to: usize, name: &'static str| view! { <li><a class="ds-button" data-variant="tertiary" href=url(to)>{name}</a></li> };
    let links = window_of(page, pages).into_iter().map(link).collect_view();
    // The first and the last item of the list carry the arrows, so both always stand there.
    let absent = |name: &'static str| {
        view! { <li hidden=""><span class="ds-button" data-variant="tertiary">{name}</span></li> }.into_any()
    };
    let previous =
        if page > 1 { step(page - 1, t(key::RESULT_PREVIOUS)).into_any() } else { absent(t(key::RESULT_PREVIOUS)) };
    let next = if page < pages { step(page + 1, t(key::RESULT_NEXT)).into_any() } else { absent(t(key::RESULT_NEXT)) };
    Some(view! {
        <nav class="ds-pagination" aria-label=t(key::RESULT_PAGES)><ul>{previous}{links}{next}</ul></nav>
    })
}

/// At most five pages around this one.
fn window_of(page: usize, pages: usize) -> Vec<usize> {
    let from = page.saturating_sub(2).clamp(1, pages.saturating_sub(4).max(1));
    (from..=pages.min(from + 4)).collect()
}

#[cfg(test)]
mod tests {
    use super::window_of;

    #[test]
    fn five_pages_are_shown_and_this_one_is_among_them() {
        let cases: [(usize, usize, &[usize]); 5] = [
            (1, 3, &[1, 2, 3]),
            (1, 9, &[1, 2, 3, 4, 5]),
            (5, 9, &[3, 4, 5, 6, 7]),
            (9, 9, &[5, 6, 7, 8, 9]),
            (2, 2, &[1, 2]),
        ];
        for (page, pages, expected) in cases {
            assert_eq!(window_of(page, pages), expected, "{page} of {pages}");
        }
    }
}
