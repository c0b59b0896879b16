//! The page of a mirror in a SQLite file.

use std::sync::{Arc, LazyLock};

use eduzz_store::mirror::{Batch, Cause, List, MirrorStore as _};
use eduzz_store::{Clock, Sqlite};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{Kind, Record, Span};
use html5gum::{Token, Tokenizer};
use proptest::prelude::*;

use super::*;

const ACCOUNT: &str = "loja";
/// 2026-12-01, noon in Brasília.
const NOW: Moment = Moment::from_millis(1_796_137_200_000);

fn day(text: &str) -> i32 {
    let days = Date::from_text(text).days_since_epoch().unwrap();
    days.try_into().unwrap()
}

/// Texts of the API.
#[derive(Clone, Debug)]
struct Names {
    products: Vec<String>,
    means: String,
    currency: String,
}

/// A sale of a product, the later ones for less.
fn sale(number: usize, day: i32, names: &Names) -> Record {
    let product = number % names.products.len();
    let paid = Date::from_days_since_epoch(day.into()).unwrap();
    let amount = |value: usize| serde_json::json!({ "currency": names.currency, "value": value });
    let sale = serde_json::json!({
        "id": number.to_string(),
        "status": if number % 7 == 6 { "refunded" } else { "paid" },
        "total": amount(1_000 - product),
        "netGain": amount(800 - product),
        "createdAt": format!("{}T12:00:00Z", paid.as_str()),
        "paidAt": format!("{}T12:00:00Z", paid.as_str()),
        "payment": { "method": names.means },
        "product": { "id": (product + 1).to_string(), "name": names.products[product] },
    });
    Kind::Sale.read("", &sale.to_string()).unwrap()
}

/// A subscription with an invoice that was due on this day.
fn subscription(number: usize, day: i32, names: &Names) -> [(List, Record); 2] {
    let made = Date::from_days_since_epoch(day.into()).unwrap();
    let moment = format!("{}T12:00:00Z", made.as_str());
    let amount = serde_json::json!({ "currency": names.currency, "value": 30 });
    let id = number.to_string();
    let status = ["upToDate", "late", "canceled"][number % 3];
    let subscription = serde_json::json!({
        "id": id,
        "status": status,
        "createdAt": moment,
        "interruption": { "createdAt": moment },
        "recurrence": { "frequency": { "type": "monthly", "value": 1 } },
        "payment": { "price": amount },
    });
    let invoice = serde_json::json!({
        "id": id, "status": "open", "dueDate": moment, "payment": { "amount": amount },
    });
    let read = |kind: Kind, parent: &str, json: serde_json::Value| {
        (
            List::new(ACCOUNT, kind).of(parent),
            kind.read(parent, &json.to_string()).unwrap(),
        )
    };
    [
        read(Kind::Subscription, "", subscription),
        read(Kind::Invoice, &id, invoice),
    ]
}

/// The page of a mirror with these records.
fn paged(lang: Lang, sales: Vec<Record>, others: Vec<(List, Record)>, span: Span) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::with_clock(
            folder.path().join("m.sqlite"),
            Clock::set_by(Arc::new(NOW.millis().into())),
        )
        .await
        .unwrap();
        store.prepare().await.unwrap();
        let mut batches = vec![(List::new(ACCOUNT, Kind::Sale), sales)];
        batches.extend(others.into_iter().map(|(list, record)| (list, vec![record])));
        for (list, records) in batches {
            store
                .merge(Batch::new(list, NOW, NOW, Cause::BackFill, records))
                .await
                .unwrap();
        }
        page(lang, &Proof::new(store, ACCOUNT).report(span).await.unwrap())
    })
}

/// Everything that a browser sees: tags with the names of their attributes, and the texts between.
/// A page with a syntax error is invalid.
fn read(page: &str) -> (Vec<String>, String) {
    let (mut tags, mut text) = (Vec::new(), String::new());
    for token in Tokenizer::new(page) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let names = tag
                    .attributes
                    .keys()
                    .map(|name| String::from_utf8_lossy(name).into_owned());
                let names: Vec<_> = names.collect();
                tags.push(format!(
                    "{} {}",
                    String::from_utf8_lossy(&tag.name),
                    names.join(" ")
                ));
                let alternative = tag.attributes.get("aria-label".as_bytes());
                text.extend(alternative.map(|value| String::from_utf8_lossy(value).into_owned()));
            }
            Token::EndTag(tag) => tags.push(format!("/{}", String::from_utf8_lossy(&tag.name))),
            Token::String(found) => text.push_str(&String::from_utf8_lossy(&found)),
            Token::Comment(_) => panic!("a comment"),
            Token::Error(error) => panic!("{error:?}"),
            Token::Doctype(_) => {}
        }
    }
    (tags, text)
}

/// A page with every kind of plot, of these names.
fn shop(names: &Names) -> String {
    let first = day("2026-11-01");
    let sales = (0..40).map(|number| sale(number, first + i32::try_from(number % 30).unwrap(), names));
    let subscriptions = (0..6)
        .flat_map(|number| subscription(number, first - 40 + i32::try_from(number * 12).unwrap(), names));
    let span = Span::new(first, first + 29);
    paged(Lang::Pt, sales.collect(), subscriptions.collect(), span)
}

fn hostile() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<script>alert(1)</script>",
        "</style><img src=x onerror=alert(1)>",
        "</text></svg><iframe>",
        "\" onmouseover=\"x",
        "'--><!--",
        "]]>",
        "&lt;b&gt;&amp",
        "&#0;",
        "\u{202e}\u{2067}\u{200f}",
        "\u{1b}[31m\u{7}",
        "\r\n\n",
        "\0",
        "عربي עברית",
        "\u{fdfd}\u{fdfd}",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
        "nome muito comprido, com uma lista de tudo o que o curso tem, e mais um pouco ainda, e um bônus",
        "palavra_sem_espaço_que_não_termina_nunca_e_não_tem_onde_ser_quebrada_em_tela_nenhuma_do_mundo",
    ];
    let piece = prop_oneof![
        proptest::sample::select(PIECES).prop_map(str::to_owned),
        ".{0,30}"
    ];
    proptest::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, fork: false, ..ProptestConfig::default() })]

    /// Whatever the API calls a thing, the page has the same tags, and no character that could
    /// reorder it.
    #[test]
    fn hostile_names_are_texts(
        products in proptest::collection::vec(hostile(), 3),
        means in hostile(),
        currency in proptest::sample::select(&["<b>", "\"><i>x", "\u{202e}\u{1b}x", "&amp;"][..]),
    ) {
        static PLAIN: LazyLock<Vec<String>> = LazyLock::new(|| {
            let products = ["Um", "Dois", "Três"].map(str::to_owned).into();
            read(&shop(&Names { products, means: "x".to_owned(), currency: "ABC".to_owned() })).0
        });
        // A blank word is no word.
        let means = format!("x{means}");
        let (tags, text) = read(&shop(&Names { products, means, currency: currency.to_owned() }));
        prop_assert_eq!(&tags, &*PLAIN);
        let steers = |letter: &char| *letter != '\n' && crate::output::steers(*letter);
        prop_assert_eq!(text.chars().find(steers), None);
    }
}

fn plain(products: usize) -> Names {
    Names {
        products: (1..=products).map(|number| format!("Produto {number}")).collect(),
        means: "pix".to_owned(),
        currency: "BRL".to_owned(),
    }
}

#[test]
fn empty_mirror_says_so() {
    for lang in [Lang::Pt, Lang::En] {
        let page = paged(lang, Vec::new(), Vec::new(), Span::new(20_000, 20_029));
        let (_, text) = read(&page);
        assert!(text.contains(&lang.report_nothing()), "{text}");
        assert!(
            text.contains(&lang.report_not_proven(lang.kind_name(Kind::Sale))),
            "{text}"
        );
    }
}

#[test]
fn one_sale_is_a_report() {
    let first = day("2026-11-01");
    let sales = vec![sale(0, first + 2, &plain(1))];
    let (_, text) = read(&paged(Lang::Pt, sales, Vec::new(), Span::new(first, first + 29)));
    for expected in [
        "R$ 1.000,00",
        "R$ 800,00",
        "03/11/2026",
        "Produto 1",
        "Pix",
        "Nenhum reembolso",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("Assinaturas ativas"), "{text}");
}

/// A sum of the page is that of its rows, and a currency has its own.
#[test]
fn currencies_have_sections_of_their_own() {
    let first = day("2026-11-01");
    let dollars = Names {
        currency: "USD".to_owned(),
        ..plain(1)
    };
    let sales = [
        (0..3)
            .map(|number| sale(number, first, &plain(1)))
            .collect::<Vec<_>>(),
        (3..5).map(|number| sale(number, first, &dollars)).collect(),
    ];
    let page = paged(Lang::Pt, sales.concat(), Vec::new(), Span::new(first, first + 29));
    let (_, text) = read(&page);
    let (reais, dollars) = text.split_once("Vendas em USD").unwrap();
    assert!(
        reais.contains("Vendas em BRL") && reais.contains("R$ 3.000,00"),
        "{reais}"
    );
    assert!(
        dollars.contains("USD 2.000,00") && !dollars.contains("R$"),
        "{dollars}"
    );
}

#[test]
fn five_years_and_three_hundred_products_fit() {
    let (first, last) = (day("2021-12-02"), day("2026-12-01"));
    let names = plain(300);
    let sales = (0..1_800).map(|number| sale(number, first + i32::try_from(number).unwrap(), &names));
    let page = paged(Lang::Pt, sales.collect(), Vec::new(), Span::new(first, last));
    let (tags, text) = read(&page);
    assert!(text.contains("outros 290 produtos"), "{text}");
    assert!(
        text.contains("Produto 10") && !text.contains("Produto 11"),
        "{text}"
    );
    assert!(text.contains("12/2021"), "{text}");
    assert!(
        page.len() < 200_000 && tags.len() < 4_000,
        "{} {}",
        page.len(),
        tags.len()
    );
}

#[test]
fn names_are_cut_by_their_width() {
    assert_eq!(cut("Curso", 5), "Curso");
    assert_eq!(cut("Cursos", 5), "Curso…");
    assert_eq!(cut("漢字漢字", 5), "漢字…");
    assert_eq!(cut("a\u{202e}b", 5), "a\u{fffd}b");
    let marks = "e".to_owned() + &"\u{301}".repeat(500);
    assert!(cut(&marks, 5).chars().count() < 20);
}
