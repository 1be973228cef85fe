//! Papers, read back by a library that did not write them.

use durvis_paper::{Block, Check, Lang, Moment, Paper, Table, pdf};
use lopdf::{Document, Object};

const LANGS: [Lang; 3] = [Lang::Lv, Lang::Ru, Lang::En];

fn check() -> Check {
    Check {
        url: "https://durvis.example/lv/genuine/7K4M-9XQ2#BCDF-GHJK".into(),
        text: "Vai šis dokuments ir īsts, var pārbaudīt ikviens, kam tas ir: ar viedtālruņa kameru vai šajā lapā"
            .into(),
        shown_url: "durvis.example/lv/genuine".into(),
        alt: "Kvadrātkods ar pārbaudes lapas adresi".into(),
        number: "Nr. 7K4M-9XQ2".into(),
        code: "Kods BCDF-GHJK".into(),
    }
}

fn paper(lang: Lang, rows: usize) -> Paper {
    let (kind, title, heading, text, name) = match lang {
        Lang::Lv => (
            "Maksājuma kvīts",
            "Pases pasūtīšana steidzamā kārtā",
            "Maksājums",
            "Nauda ir saņemta. Šī kvīts apliecina maksājumu.",
            "Saņēmējs",
        ),
        Lang::Ru => (
            "Квитанция об оплате",
            "Заказ паспорта в срочном порядке",
            "Платёж",
            "Деньги получены. Эта квитанция подтверждает платёж.",
            "Получатель",
        ),
        Lang::En => (
            "Payment receipt",
            "Ordering a passport, urgently",
            "Payment",
            "The money has arrived. This receipt proves the payment.",
            "Recipient",
        ),
    };
    let long = "Pilsonības un migrācijas lietu pārvalde, Rīgas 1. nodaļa, Čiekurkalna 1. līnija 1, k-3, Rīga, LV-1026";
    let row =
        |number: usize| vec![format!("{}. {long}", number + 1), "2026-11-24".into(), format!("{},50 €", number + 1)];
    Paper {
        lang,
        kind: kind.into(),
        title: title.into(),
        issuer: "Durvis".into(),
        made: Moment { year: 2026, month: 11, day: 24, hour: 8, minute: 5, second: 9 },
        blocks: vec![
            Block::Rows(vec![(name.into(), long.into()), ("E-pasts 中".into(), "garš".repeat(60))]),
            Block::Heading(heading.into()),
            Block::Text(text.into()),
            Block::Table(Table {
                head: vec![name.into(), "Diena".into(), "Summa".into()],
                rows: (0..rows).map(row).collect(),
                is_sum: true,
            }),
        ],
        check: check(),
        page_of: "{page}. lapa no {pages}".into(),
    }
}

/// The text of all pages, without what separates it.
fn text(document: &Document) -> String {
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect()
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The structure types of the tree, in order.
fn structure(document: &Document) -> Vec<String> {
    fn walk(document: &Document, object: &Object, found: &mut Vec<String>) {
        let object = document.dereference(object).unwrap().1;
        match object {
            Object::Array(kids) => kids.iter().for_each(|kid| walk(document, kid, found)),
            Object::Dictionary(node) => {
                if let Ok(Object::Name(name)) = node.get(b"S") {
                    found.push(String::from_utf8_lossy(name).into_owned());
                }
                if let Ok(kids) = node.get(b"K") {
                    walk(document, kids, found);
                }
            }
            _ => {}
        }
    }
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let mut found = Vec::new();
    walk(document, root, &mut found);
    found
}

#[test]
fn a_paper_has_real_text_language_structure_and_both_profiles() {
    for lang in LANGS {
        let made = paper(lang, 3);
        let document = Document::load_mem(&pdf(&made).unwrap()).unwrap();
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), lang.code().as_bytes());
        let text = text(&document);
        for said in [&made.title, &made.kind, &made.check.text, &made.check.number, "E-pasts 中", "3,50 €"] {
            assert!(text.contains(&bare(said)), "{said}: {text}");
        }
        let structure = structure(&document);
        for role in ["Document", "H1", "H2", "P", "Table", "THead", "TBody", "TR", "TH", "TD", "Figure", "Link"] {
            assert!(structure.iter().any(|one| one == role), "{role}: {structure:?}");
        }
        let xmp = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap().1.as_stream().unwrap();
        let xmp = String::from_utf8_lossy(&xmp.content).into_owned();
        for part in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
        ] {
            assert!(xmp.contains(part), "{part}: {xmp}");
        }
        assert!(catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
    }
}

#[test]
fn the_same_paper_is_the_same_bytes_and_another_is_not() {
    let made = paper(Lang::Lv, 2);
    let bytes = pdf(&made).unwrap();
    assert_eq!(bytes, pdf(&made).unwrap());
    assert_ne!(bytes, pdf(&Paper { title: "Cits".into(), ..made }).unwrap());
    assert!(bytes.len() < 120_000, "{} bytes", bytes.len());
}

#[test]
fn a_long_table_goes_on_overleaf_and_loses_no_row() {
    let document = Document::load_mem(&pdf(&paper(Lang::Lv, 120)).unwrap()).unwrap();
    assert!(document.get_pages().len() > 4);
    let text = text(&document);
    for number in 1..=120 {
        assert!(text.contains(&bare(&format!("{number}. Pilsonības"))), "{number}");
    }
    let rows = structure(&document).iter().filter(|one| *one == "TR").count();
    assert_eq!(rows, 2 + 1 + 120, "the names of columns, repeated for the eye, are said once");
    assert_eq!(text.matches(&bare("Vai šis dokuments ir īsts")).count(), document.get_pages().len());
}

#[test]
fn whatever_a_citizen_writes_is_a_paper() {
    let nasty = [
        "",
        " ",
        "\u{0}\u{7}\u{202e}\u{feff}\u{e000}\u{10ffff}",
        "👩‍👩‍👧 مرحبا שלום 漢字 𝔘",
        &"a".repeat(20_000),
        "e\u{301}\u{301}\u{301}",
        "1\n\n\n2\r\n3",
        "Ѣ ґ Ђ Ω ſ ﬁ ½ № € ™",
    ];
    for text in nasty {
        let blocks = vec![
            Block::Heading(text.chars().take(200).collect()),
            Block::Text(text.into()),
            Block::Rows(vec![(text.chars().take(500).collect(), text.into())]),
            Block::Table(Table {
                head: vec![text.chars().take(50).collect(), "b".into()],
                rows: vec![vec![text.into(), text.into()]],
                is_sum: false,
            }),
        ];
        let made = Paper { blocks, ..paper(Lang::Ru, 0) };
        let bytes = pdf(&made).unwrap_or_else(|error| panic!("{text:.40}: {error}"));
        Document::load_mem(&bytes).unwrap();
    }
}
