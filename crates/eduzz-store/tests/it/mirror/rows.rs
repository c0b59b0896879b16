//! Invented records of two accounts, read as the API's answers are.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use eduzz_sync::mirror::{Kind, Record, Value};
use eduzz_types::Date;

use super::Database;
use super::dialect::{Dialect, quoted};

/// A row of a table.
pub(crate) struct Stored {
    pub(crate) account: &'static str,
    pub(crate) record: Record,
    pub(crate) is_gone: bool,
    pub(crate) state: &'static str,
}

impl Stored {
    /// The value of a column as text; `None` if it is missing.
    pub(crate) fn text(&self, column: &str) -> Option<String> {
        match self.value(column) {
            Value::Missing => None,
            Value::Text(value) => Some(value.into()),
            value => Some(Dialect::Sqlite.literal(&value).trim_matches('\'').to_owned()),
        }
    }

    pub(crate) fn int(&self, column: &str) -> Option<i64> {
        match self.value(column) {
            Value::Int(value) => Some(value),
            _ => None,
        }
    }

    fn value(&self, column: &str) -> Value {
        static PLACES: LazyLock<HashMap<(Kind, String), usize>> = LazyLock::new(|| {
            let columns = |kind: &Kind| {
                let columns = kind.columns().into_iter().enumerate();
                let kind = *kind;
                columns.map(move |(at, column)| ((kind, column.name.into_owned()), at))
            };
            Kind::ALL.iter().flat_map(columns).collect()
        });
        let at = PLACES[&(self.record.kind, column.to_owned())];
        self.record.values[at].clone()
    }

    fn insert(&self, dialect: Dialect) -> String {
        let Self { account, record, .. } = self;
        let columns = record.kind.columns();
        let names: Vec<_> = columns.iter().map(|column| &*column.name).collect();
        let values: Vec<_> = record.values.iter().map(|value| dialect.literal(value)).collect();
        format!(
            "insert into {} (account, key, {}, raw, m_state, m_digest, m_asked, m_answered, m_gone, m_change, \
             m_seen) values ('{account}', {}, {}, {}, '{}', {}, 1000, 1001, {}, 1, 1000);",
            record.kind.table(),
            names.join(", "),
            quoted(&record.key),
            values.join(", "),
            quoted(&record.raw),
            self.state,
            dialect.bytes(record.digest.as_bytes()),
            if self.is_gone { "1002" } else { "null" },
        )
    }
}

pub(crate) async fn insert(database: &Database, rows: &[Stored]) {
    let dialect = database.dialect();
    let statements: String = rows.iter().map(|row| row.insert(dialect)).collect();
    database.run(&format!("begin; {statements} commit;")).await;
}

/// Rows of two accounts: sales from August to October 2026, and subscriptions that are charged in
/// the four weeks from today.
pub(crate) fn rows() -> Vec<Stored> {
    let mut rows = Vec::new();
    for (account, seed) in [("escola", 1), ("livraria", 2)] {
        let mut add = |kind: Kind, parent: &str, n: u64, json: String| {
            let record = kind.read(parent, &json);
            let record = record.unwrap_or_else(|error| panic!("{kind}: {error}: {json}"));
            let state = match n % 41 {
                7 | 8 => "unsettled",
                9 => "disagrees",
                _ => "settled",
            };
            rows.push(Stored {
                account,
                record,
                is_gone: n % 17 == 5,
                state,
            });
        };
        for n in 0..400 {
            add(Kind::Sale, "", n, sale(n, seed));
            add(Kind::StatementEntry, "", n, entry(n, seed));
        }
        for n in 0..120 {
            add(Kind::Subscription, "", n, subscription(n, seed));
            add(Kind::Invoice, "", n, invoice(n, seed));
            add(Kind::Invoice, "", n + 120, invoice(n + 120, seed));
        }
        for n in 0..60 {
            add(Kind::Customer, "", n, customer(n, seed));
        }
        for n in 0..3 {
            add(Kind::Product, "", n, product(n));
            add(Kind::Offer, &format!("70{n}"), n, offer(n));
        }
        for n in 0..20 {
            add(Kind::Transfer, "", n, transfer(n, seed));
            add(Kind::Chargeback, "", n, chargeback(n, seed));
            add(Kind::Affiliation, "", n, affiliation(n));
        }
        for n in 0..12 {
            let (event, team) = (format!("e{}", n % 3), format!("t{}", n % 2));
            add(Kind::NutrorStudent, "", n, person(n));
            add(Kind::NutrorEnrollment, &n.to_string(), n, enrollment(n));
            add(Kind::BlinketParticipant, &event, n, participant(n));
            add(Kind::AlpaclassStudent, &team, n, person(n));
            add(Kind::HeycampMember, "77", n, person(n));
        }
        for n in 0..3 {
            let event = format!(
                r#"{{ "id": "e{n}", "title": "Encontro {n}", "startAt": "{}T22:00:00Z" }}"#,
                day(n)
            );
            add(Kind::BlinketEvent, "", n, event);
            add(
                Kind::AlpaclassTeam,
                "",
                n,
                format!(r#"{{ "id": "t{n}", "name": "Escola {n}" }}"#),
            );
        }
    }
    rows
}

/// A number that looks random.
const fn mixed(n: u64, seed: u64) -> u64 {
    let mut value = n.wrapping_add(seed << 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    value ^= value >> 29;
    value = value.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value ^ (value >> 32)
}

/// One of some texts; the first ones can be repeated to be more usual.
fn one<'a>(of: &[&'a str], n: u64, seed: u64) -> &'a str {
    of[usize::try_from(mixed(n, seed) % of.len() as u64).unwrap()]
}

/// A day counted from 2026-08-01.
fn day(offset: u64) -> String {
    let august = Date::from_text("2026-08-01").days_since_epoch().unwrap();
    at(august + i64::try_from(offset).unwrap())
}

/// A day counted from today.
fn soon(offset: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    at(i64::try_from(now.as_secs() / 86_400 + offset).unwrap())
}

fn at(days: i64) -> String {
    Date::from_days_since_epoch(days).unwrap().as_str().to_owned()
}

fn money(currency: &str, value: &str) -> String {
    format!("{{ \"currency\": \"{currency}\", \"value\": {value} }}")
}

fn text(value: Option<String>) -> String {
    value.map_or_else(|| "null".to_owned(), |value| format!("\"{value}\""))
}

fn sale(n: u64, seed: u64) -> String {
    let status = one(
        &[
            "paid",
            "paid",
            "paid",
            "paid",
            "paid",
            "refunded",
            "waitingRefund",
            "waiting_payment",
            "canceled",
            "expired",
        ],
        n,
        seed,
    );
    let is_paid = ["paid", "refunded", "waitingRefund"].contains(&status);
    let currency = one(&["BRL", "BRL", "BRL", "BRL", "BRL", "USD"], n, seed + 2);
    let net_currency = one(&[currency, currency, "BRL"], n, seed + 3);
    // Some amounts have parts of a centavo, and a few are too fine to be summed.
    let cents = mixed(n, seed + 4) % 90_000;
    let fine = one(&["", "", "", "", "5", "25", "125"], n, seed + 5);
    let total = format!("{}.{:02}{fine}", cents / 100, cents % 100);
    let created = mixed(n, seed + 6) % 90;
    let hour = mixed(n, seed + 7) % 24;
    let paid = is_paid && n % 50 != 3;
    let refunded = text(Some(format!("{}T10:00:00Z", day(created + 9))));
    let refund = match (status, mixed(n, seed + 8) % 4) {
        ("refunded", 0) => "null".to_owned(),
        ("refunded", 1) => {
            let (value, part) = (money(currency, &total), money(currency, "5.5"));
            format!(
                r#"{{ "type": "partial", "value": {value}, "partialValue": {part}, "refundedAt": {refunded} }}"#
            )
        }
        ("refunded", 2) => {
            let value = money("EUR", "1");
            format!(
                r#"{{ "type": "common", "value": {value}, "partialValue": null, "refundedAt": {refunded} }}"#
            )
        }
        ("refunded", _) => {
            let (value, part) = (money(currency, &total), money(currency, "0"));
            format!(
                r#"{{ "type": "common", "value": {value}, "partialValue": {part}, "refundedAt": {refunded} }}"#
            )
        }
        ("paid", 0) => {
            let other = one(&[currency, "EUR"], n, seed + 16);
            let (value, part) = (money(currency, &total), money(other, "0.25"));
            format!(
                r#"{{ "type": "partial", "value": {value}, "partialValue": {part}, "refundedAt": {refunded} }}"#
            )
        }
        ("waitingRefund", _) => {
            format!(
                r#"{{ "type": "common", "value": {}, "refundedAt": null }}"#,
                money(currency, &total)
            )
        }
        _ => "null".to_owned(),
    };
    let affiliate = mixed(n, seed + 9) % 12;
    let affiliate = match affiliate {
        0..4 => format!(r#"{{ "id": "80{affiliate}", "name": "Afiliado {affiliate}" }}"#),
        _ => "null".to_owned(),
    };
    let source = one(&["instagram", "newsletter", "google"], n, seed + 10);
    let utm = match mixed(n, seed + 11) % 3 {
        0 => "null".to_owned(),
        other => format!(
            r#"{{ "source": "{source}", "campaign": {}, "medium": "cpc" }}"#,
            text((other == 1).then(|| "lançamento d'ouro".to_owned()))
        ),
    };
    let person = mixed(n, seed + 12) % 60;
    let product = mixed(n, seed + 13) % 4;
    let method = one(&["pix", "creditCard", "bankslip"], n, seed + 14);
    let bump = match n % 6 {
        1 => format!(
            r#"{{ "has": true, "isMainSale": false, "mainSaleId": 9{:03} }}"#,
            n - 1
        ),
        _ => "null".to_owned(),
    };
    let contract = text(
        n.is_multiple_of(4)
            .then(|| format!("60{}", mixed(n, seed + 15) % 120)),
    );
    format!(
        r#"{{ "id": "9{n:03}", "contractId": {contract}, "status": "{status}", "total": {}, "netGain": {},
        "affiliatesGain": {}, "createdAt": "{}T{hour:02}:10:00.000Z", "updatedAt": "{}T11:00:00Z",
        "paidAt": {}, "payment": {{ "method": "{method}" }}, "installments": {}, "orderBump": {bump},
        "product": {{ "id": "70{product}", "name": "Produto {product}" }}, "refund": {refund},
        "affiliate": {affiliate}, "utm": {utm}, "tracker": {},
        "buyer": {{ "id": "50{person}", "name": "Pessoa {person}", "email": "pessoa{person}@example.com" }} }}"#,
        money(currency, &total),
        money(net_currency, &format!("{}.{:02}", cents / 120, cents % 97)),
        money(net_currency, &format!("{}.5", cents / 1_000)),
        day(created),
        day(created + 2),
        text(paid.then(|| format!("{}T{hour:02}:40:00Z", day(created)))),
        n % 12 + 1,
        text(n.is_multiple_of(5).then(|| format!("t{}", n % 3))),
    )
}

fn subscription(n: u64, seed: u64) -> String {
    let status = one(
        &[
            "upToDate",
            "upToDate",
            "awaitingPayment",
            "late",
            "defaulter",
            "trial",
            "canceled",
            "finished",
        ],
        n,
        seed + 20,
    );
    let frequency = one(&["monthly", "month", "monthly", "fortnightly"], n, seed + 21);
    let months = one(&["1", "1", "3", "12", "null", "0"], n, seed + 22);
    let currency = one(&["BRL", "BRL", "BRL", "USD"], n, seed + 23);
    let (product, person) = (mixed(n, seed + 24) % 4, mixed(n, seed + 25) % 60);
    let canceled = match status {
        "canceled" => format!(
            r#"{{ "createdAt": "{}T09:00:00Z", "type": "cancel", "reason": "Preço" }}"#,
            day(n % 90)
        ),
        _ => "null".to_owned(),
    };
    format!(
        r#"{{ "id": "60{n}", "createdAt": "{}T12:00:00Z", "updatedAt": null, "status": "{status}",
        "isUnlimitedInstallments": {}, "interruption": {canceled},
        "recurrence": {{ "nextDueDate": "{}T12:00:00Z", "currentDueDate": "{}T12:00:00Z",
            "frequency": {{ "type": "{frequency}", "value": {months} }} }},
        "charges": {{ "total": 12, "paid": {} }},
        "products": [{{ "id": "70{product}", "title": "Clube {product}" }}],
        "payment": {{ "price": {}, "method": "creditCard" }},
        "client": {{ "name": "Pessoa {person}", "email": "pessoa{person}@example.com" }} }}"#,
        day(n % 90),
        one(&["false", "null", "false", "true"], n, seed + 26),
        soon(mixed(n, seed + 27) % 28),
        day(n % 60),
        n % 12,
        money(currency, &format!("{}.{:02}", 20 + n % 80, n % 100)),
    )
}

fn invoice(n: u64, seed: u64) -> String {
    let status = one(&["open", "open", "paid"], n, seed + 30);
    let currency = one(&["BRL", "BRL", "BRL", "USD"], n, seed + 31);
    format!(
        r#"{{ "id": "40{n}", "subscriptionId": "60{}", "createdAt": "{}T08:00:00Z",
        "dueDate": "{}T02:00:00Z", "status": "{status}",
        "payment": {{ "amount": {}, "method": "pix" }},
        "items": [{{ "product": {{ "id": "701", "title": "Clube 1" }} }}] }}"#,
        mixed(n, seed + 32) % 120,
        day(n % 80),
        day(n % 80 + 7),
        money(currency, &format!("{}.9", 20 + n % 80)),
    )
}

fn entry(n: u64, seed: u64) -> String {
    let (sale, kind, value) = match mixed(n, seed + 40) % 5 {
        0 => ("null".to_owned(), "null", format!("-{}.5", n % 70)),
        1 => (format!("\"9{n:03}\""), "\"refund\"", format!("-{}.25", n % 90)),
        _ => (format!("\"9{n:03}\""), "\"sale\"", format!("{}.75", n % 90)),
    };
    format!(
        r#"{{ "id": "30{n}", "creditDate": "{}T00:00:00.000Z", "description": "Lançamento {n}",
        "saleId": {sale}, "type": {kind}, "value": {} }}"#,
        day(n % 90),
        money("BRL", &value),
    )
}

fn customer(n: u64, seed: u64) -> String {
    format!(
        r#"{{ "id": "50{n}", "name": "Pessoa {n}", "email": "pessoa{n}@example.com",
        "purchaseHistoryOverview": {{ "productsQuantity": {}, "gross": {} }} }}"#,
        mixed(n, seed + 50) % 9,
        money("BRL", &format!("{n}.5")),
    )
}

fn product(n: u64) -> String {
    format!(
        r#"{{ "id": "70{n}", "name": "Produto {n}, hoje", "type": "digital", "status": "active",
        "createdAt": "2026-01-02T08:00:00Z", "payment": {{ "type": "oneTime", "price": {} }} }}"#,
        money("BRL", "49.9"),
    )
}

fn offer(n: u64) -> String {
    let price = money("BRL", "39.9");
    format!(r#"{{ "id": "{n}", "isDefault": true, "name": "Padrão", "defaultPrice": {price} }}"#)
}

/// A student or a member.
fn person(n: u64) -> String {
    let email = format!("pessoa{n}@example.com");
    format!(
        r#"{{ "id": "{n}", "name": "Pessoa {n}", "email": "{email}", "createdAt": "{}T12:00:00Z" }}"#,
        day(n * 6)
    )
}

fn enrollment(n: u64) -> String {
    format!(
        r#"{{ "id": "88{n}", "status": "active", "createdAt": "{}T12:00:00Z", "progress": {},
        "content": {{ "type": "course", "courses": [ {{ "title": "Fotografia" }} ] }} }}"#,
        day(n),
        n % 3 * 10
    )
}

fn participant(n: u64) -> String {
    let came = if n.is_multiple_of(2) {
        format!("\"{} 09:12:33\"", day(n))
    } else {
        "null".to_owned()
    };
    format!(
        r#"{{ "id": "p{n}", "name": "Pessoa {n}", "inviteKey": "55{n}", "status": "presence_confirmed",
        "checkinDate": {came}, "invoiceAmount": 129.9 }}"#
    )
}

fn transfer(n: u64, seed: u64) -> String {
    let status = one(&["confirmed", "confirmed", "pending", "failed"], n, seed + 60);
    format!(
        r#"{{ "id": "20{n}", "value": {}, "requestedAt": "{}", "completedAt": null, "createdAt": "{}",
        "status": "{status}" }}"#,
        money("BRL", &format!("{}.01", 100 + n)),
        day(n * 4),
        day(n * 4),
    )
}

fn chargeback(n: u64, seed: u64) -> String {
    let status = one(&["lost", "underReview", "pendingDocuments"], n, seed + 70);
    format!(
        r#"{{ "id": "9{:03}", "total": {}, "chargeback": {{ "requestedAt": "{}T12:00:00Z",
        "limitDate": "{}T12:00:00Z", "status": "{status}" }},
        "product": {{ "id": "70{}", "name": "Produto" }} }}"#,
        n * 7,
        money("BRL", "80"),
        day(n * 4),
        day(n * 4 + 10),
        n % 4,
    )
}

fn affiliation(n: u64) -> String {
    format!(
        r#"{{ "id": "10{n}", "status": "approved", "createdAt": "2026-07-01T10:00:00Z",
        "product": {{ "id": "70{}", "name": "Produto" }},
        "customer": {{ "id": "80{}", "name": "Afiliado {}" }} }}"#,
        n % 4,
        n % 6,
        n % 6,
    )
}
