//! One service in a result list, as markup.

use durvis_search::{Doc, Facet, Hits, Index, kind};

use super::fees::{fee_range, result_term};
use super::kind_tags::kind_tags;
use super::star::star_markup;
use crate::i18n::{Key, key, lang_of, t, tn};
use crate::paths;
use crate::ui::icon::icon_markup;
use crate::ui::marked::marked;
use crate::ui::markup::Markup;

/// The card of a service; its words that matched are marked. `near` is the reader's municipality, `kept` whether the
/// service is a favourite. What may be clicked in it tells the list the doc's position (`data-doc`).
pub fn result(index: &Index, at: u32, doc: &Doc, hits: &Hits, near: Option<&str>, kept: bool) -> Markup {
    let near = near.filter(|near| offers(index, doc, near));
    let marks = |text: &str| marked(text, |word| hits.marks(word));
    Markup::new("<article class=\"ds-card du-result\"><div class=\"du-row\" data-top=\"\"><h3 class=\"du-grow\"><a class=\"ds-link du-title\" href=\"")
        .text(&paths::service(&doc.slug, near))
        .raw("\"")
        .lang(lang_of(doc.name_lang.as_deref()))
        .raw(">")
        .with(&marks(&doc.name))
        .raw("</a></h3>")
        .with(&star_markup(at, &doc.name, kept))
        .raw("</div><p")
        .lang(lang_of(doc.summary_lang.as_deref()))
        .raw(">")
        .with(&marks(&doc.summary))
        .raw("</p><div class=\"du-row\">")
        .with(&kind_tags(doc.kinds))
        .raw("</div>")
        .with(&if doc.municipal { municipalities(index, at, doc, near) } else { meta(index, doc) })
        .raw("</article>")
}

fn meta(index: &Index, doc: &Doc) -> Markup {
    let owner = doc.variants.first().map(|variant| index.name(Facet::Institution, variant.institution));
    let fact = |name: Key, symbol: &str, value: &str, lang: Option<String>| {
        Markup::new("<div><dt>")
            .text(t(name))
            .raw("</dt><dd")
            .lang(lang)
            .raw(">")
            .with(&icon_markup(symbol))
            .text(value)
            .raw("</dd></div>")
    };
    Markup::new("<dl class=\"du-meta\">")
        .maybe(owner.map(|owner| fact(key::RESULT_INSTITUTION, "building", owner, lang_of(None))))
        .maybe(doc.term.map(|term| fact(key::RESULT_TIME, "clock", &result_term(term), None)))
        .maybe(fee_range(doc.fee_cents).map(|fee| fact(key::RESULT_FEE, "euro", &fee, None)))
        .raw("</dl>")
}

/// One result for all municipalities (C11): how many, and the choice of one's own. The options are made when the select
/// gets the focus: ten results would hold four hundred of them.
fn municipalities(index: &Index, at: u32, doc: &Doc, near: Option<&str>) -> Markup {
    let here = doc.variants.iter().filter(|variant| variant.kinds & kind::HERE != 0).count() as u32;
    let here =
        (here > 0).then(|| Markup::new("<br><span class=\"du-soft\">").text(&tn(key::COUNT_HERE, here)).raw("</span>"));
    let id = format!("territory-{at}");
    Markup::new("<div class=\"du-group du-row\"><p class=\"du-grow\"><strong>")
        .text(&tn(key::COUNT_MUNICIPALITIES, doc.variants.len() as u32))
        .raw("</strong>")
        .maybe(here)
        .raw("</p><div class=\"ds-field\"><label class=\"ds-label\" for=\"")
        .text(&id)
        .raw("\">")
        .text(t(key::RESULT_MUNICIPALITY))
        .raw("</label><select class=\"ds-input\" id=\"")
        .text(&id)
        .raw("\" data-doc=\"")
        .text(&at.to_string())
        .raw("\">")
        .with(&options(index, doc, near, false))
        .raw("</select></div></div>")
}

/// The municipalities that offer a service, or only the one that is chosen.
pub fn options(index: &Index, doc: &Doc, chosen: Option<&str>, all: bool) -> Markup {
    let none = if chosen.is_none() { "<option value=\"\" selected>" } else { "<option value=\"\">" };
    let start = Markup::new(none).text(t(key::RESULT_CHOOSE)).raw("</option>");
    let offered = doc.variants.iter().map(|variant| variant.territory);
    let offered = offered.map(|at| (index.slug(Facet::Territory, at), index.name(Facet::Territory, at)));
    offered.filter(|(slug, _)| all || chosen == Some(slug)).fold(start, |markup, (slug, name)| {
        let selected = if chosen == Some(slug) { "\" selected>" } else { "\">" };
        markup.raw("<option value=\"").text(slug).raw(selected).text(name).raw("</option>")
    })
}

/// Whether a municipality offers this.
pub fn offers(index: &Index, doc: &Doc, territory: &str) -> bool {
    doc.municipal && doc.variants.iter().any(|variant| index.slug(Facet::Territory, variant.territory) == territory)
}
