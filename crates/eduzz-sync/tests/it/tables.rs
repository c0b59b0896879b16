//! Every fixture of a mirrored list fills the columns of its table.

#![expect(clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use eduzz_sync::mirror::{Column, Form, Kind, Record, Value as Cell};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The list of each kind, and its details where the service has them in the same form.
const CALLS: &[(Kind, &str, Option<&str>)] = &[
    (Kind::Sale, "myeduzz/list_sales", Some("myeduzz/get_sale")),
    (
        Kind::Subscription,
        "myeduzz/list_subscriptions",
        Some("myeduzz/get_subscription"),
    ),
    (Kind::Invoice, "myeduzz/list_subscription_invoices", None),
    (Kind::Customer, "myeduzz/list_customers", None),
    (
        Kind::Product,
        "myeduzz/list_products",
        Some("myeduzz/get_product"),
    ),
    (Kind::Offer, "myeduzz/list_product_offers", None),
    (Kind::StatementEntry, "myeduzz/list_statement", None),
    (Kind::Transfer, "myeduzz/list_transfers", None),
    (Kind::Chargeback, "myeduzz/list_chargebacks", None),
    (Kind::Affiliation, "myeduzz/list_affiliates", None),
    (
        Kind::NutrorStudent,
        "nutror/list_students",
        Some("nutror/get_student"),
    ),
    (Kind::NutrorEnrollment, "nutror/list_student_enrollments", None),
    (
        Kind::BlinketEvent,
        "blinket/list_events",
        Some("blinket/get_event"),
    ),
    (Kind::BlinketParticipant, "blinket/list_participants", None),
    (Kind::AlpaclassTeam, "alpaclass/list_teams", None),
    (Kind::AlpaclassStudent, "alpaclass/list_team_students", None),
    (Kind::HeycampMember, "heycamp/list_members", None),
];

/// Fields that only the details of a sale have.
const DETAILS: &[&str] = &[
    "affiliates",
    "partners",
    "items",
    "buyer.phone2",
    "buyer.phone3",
    "buyer.address",
    "refund.requestedAt",
    "refund.motive",
    "refund.requesterName",
];

/// The bodies of the successful answers.
fn answers(endpoint: &str) -> impl Iterator<Item = Value> {
    let (product, name) = endpoint.split_once('/').unwrap();
    let fixture = eduzz_fixtures::find(product, name).unwrap();
    let answers = fixture.answers.iter().filter(|answer| answer.status == 200);
    answers.map(|answer| serde_json::from_slice(answer.body).unwrap())
}

/// The rows of the lists, and the details.
pub(crate) fn rows() -> Vec<(Kind, Value)> {
    let mut rows = Vec::new();
    for (kind, list, details) in CALLS {
        for answer in answers(list) {
            let items = answer.get("items").unwrap_or(&answer);
            rows.extend(items.as_array().unwrap().iter().map(|row| (*kind, row.clone())));
        }
        rows.extend(
            details
                .iter()
                .flat_map(|details| answers(details))
                .map(|row| (*kind, row)),
        );
    }
    rows
}

fn read(kind: Kind, json: &str) -> Record {
    kind.read("1402001", json).unwrap()
}

/// The value at a source such as `products[0].id`; creates the last key, and no other.
fn at<'a>(row: &'a mut Value, source: &str) -> Option<&'a mut Value> {
    let (parents, last) = source.rsplit_once('.').unwrap_or(("", source));
    let mut place = row;
    for key in parents.split('.').filter(|key| !key.is_empty()) {
        let (key, is_first) = key.strip_suffix("[0]").map_or((key, false), |key| (key, true));
        place = place.get_mut(key)?;
        if is_first {
            place = place.get_mut(0)?;
        }
    }
    let last = last.strip_suffix("[]").unwrap_or(last);
    place.as_object()?;
    Some(&mut place[last])
}

/// Another value of the same form. Another amount can be another value or another currency.
fn change(place: &mut Value, form: Form, source: &str, is_money: bool) {
    *place = match form {
        Form::Text if place.is_boolean() => json!(place == false),
        Form::Text => json!(format!("{}x", place.as_str().unwrap_or_default())),
        Form::Int if source.ends_with("[]") => {
            let mut items = place.as_array().cloned().unwrap_or_default();
            items.extend(items.first().cloned());
            Value::Array(items)
        }
        Form::Int => json!(place.as_i64().unwrap_or(3) + 1),
        Form::Flag => json!(!place.as_bool().unwrap_or(false)),
        Form::Decimal if !is_money => json!(place.as_f64().unwrap_or_default() + 0.375),
        Form::Decimal => json!({ "currency": "XTS", "value": 0.375 }),
        Form::Moment => json!("2031-07-08T01:10:11Z"),
        form => panic!("{form:?} is not the first column of a field"),
    };
}

/// The names of the columns in which two records differ.
fn differing(a: &Record, b: &Record) -> BTreeSet<String> {
    let values = a.values.iter().zip(&b.values);
    let columns = a.kind.columns();
    let differing = columns
        .iter()
        .zip(values)
        .filter(|(_, (a, b))| a != b)
        .map(|(column, _)| column.name.to_string());
    differing.collect()
}

/// JSON with its keys in reverse order, blanks, and numbers for the ids that are digits.
fn spelled(value: &Value, is_number: bool, blanks: &str, text: &mut String) {
    match value {
        Value::Object(members) => {
            text.push('{');
            for (at, (key, value)) in members.iter().rev().enumerate() {
                let comma = if at > 0 { "," } else { "" };
                write!(text, "{comma}{blanks}\"{key}\"{blanks}:").unwrap();
                let is_id = key == "id" || key.ends_with("Id");
                spelled(value, is_number && is_id, blanks, text);
            }
            write!(text, "{blanks}}}").unwrap();
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                spelled(item, false, blanks, text);
            }
            text.push(']');
        }
        Value::String(id) if is_number && id.trim().parse::<u64>().is_ok() => text.push_str(id.trim()),
        value => write!(text, "{blanks}{value}{blanks}").unwrap(),
    }
}

#[test]
fn each_row_of_the_fixtures_fills_its_columns() {
    for (kind, row) in rows() {
        let record = read(kind, &row.to_string());
        let columns = kind.columns();
        assert_eq!(record.values.len(), columns.len(), "{kind}");
        assert_eq!(record.kind, kind);
        assert!(!record.key.is_empty());
        for (column, value) in columns.iter().zip(&record.values) {
            let fits = match value {
                Cell::Missing => true,
                Cell::Text(_) => column.form == Form::Text,
                Cell::Int(_) => column.form == Form::Int,
                Cell::Flag(_) => column.form == Form::Flag,
                Cell::Decimal(_) => column.form == Form::Decimal,
                Cell::Moment(_) => column.form == Form::Moment,
                Cell::Day(_) => column.form == Form::Day,
                _ => false,
            };
            assert!(fits, "{kind}: {}: {value:?}", column.name);
        }
    }
}

#[test]
fn each_column_is_read_from_its_source_and_from_nothing_else() {
    let mut read_columns = BTreeSet::new();
    for (kind, row) in rows() {
        let before = read(kind, &row.to_string());
        let columns = kind.columns();
        let mut sources: Vec<&Column> = Vec::new();
        // What comes from the path of the call is not in the JSON.
        for column in columns.iter().filter(|column| !column.source.starts_with(':')) {
            if sources.last().is_none_or(|last| last.source != column.source) {
                sources.push(column);
            }
        }
        for column in sources {
            let mut changed = row.clone();
            let Some(place) = at(&mut changed, column.source) else {
                continue;
            };
            // An amount has columns for its value, its ten-thousandths and its currency.
            let same = columns.iter().filter(|other| other.source == column.source);
            change(place, column.form, column.source, same.count() > 1);
            let after = read(kind, &changed.to_string());
            let differing = differing(&before, &after);
            if differing.is_empty() {
                assert!(column.source.ends_with("[]"), "{kind}: {}", column.name);
                continue;
            }
            let same_source = columns
                .iter()
                .filter(|other| other.source == column.source)
                .map(|other| other.name.to_string());
            let same_source: BTreeSet<_> = same_source.collect();
            assert!(
                differing.is_subset(&same_source),
                "{kind}: {}: {differing:?}",
                column.source
            );
            assert_ne!(before.digest, after.digest, "{kind}: {}", column.source);
            read_columns.extend(differing.into_iter().map(|name| (kind, name)));
        }
    }
    for kind in Kind::ALL {
        for column in kind
            .columns()
            .iter()
            .filter(|column| !column.source.starts_with(':'))
        {
            let name = column.name.to_string();
            assert!(
                read_columns.contains(&(*kind, name)),
                "{kind}: {} is never filled",
                column.name
            );
        }
    }
}

#[test]
fn a_field_without_a_column_changes_nothing() {
    for (kind, row) in rows() {
        let before = read(kind, &row.to_string());
        for details in DETAILS {
            let mut changed = row.clone();
            if kind != Kind::Sale || at(&mut changed, details).is_none() {
                continue;
            }
            *at(&mut changed, details).unwrap() = Value::Null;
            assert_eq!(
                before.digest,
                read(kind, &changed.to_string()).digest,
                "{details}"
            );
        }
        let mut more = row.clone();
        more["inventedKey"] = json!({ "id": 1 });
        assert_eq!(before.digest, read(kind, &more.to_string()).digest);
    }
}

#[test]
fn a_sale_has_the_same_row_in_the_list_and_in_its_details() {
    let details = answers("myeduzz/get_sale").find(|sale| sale["id"] == "90210044");
    let details = details.unwrap();
    let mut listed = details.clone();
    for field in DETAILS {
        let (parent, key) = field.split_once('.').unwrap_or(("", field));
        let parent = if parent.is_empty() {
            &mut listed
        } else {
            &mut listed[parent]
        };
        let removed = parent.as_object_mut().unwrap().remove(key);
        assert!(removed.is_some(), "{field}");
    }
    listed["affiliate"]["id"] = json!(listed["affiliate"]["id"].to_string());
    let details = read(Kind::Sale, &details.to_string());
    let listed = read(Kind::Sale, &listed.to_string());
    assert_eq!(differing(&details, &listed), BTreeSet::new());
    assert_eq!(details.digest, listed.digest);

    // The fixtures of the list have the same sale before its refund.
    let before = answers("myeduzz/list_sales").find(|page| page["items"][0]["id"] == "90210044");
    let before = read(Kind::Sale, &before.unwrap()["items"][0].to_string());
    let differing = differing(&details, &before);
    let is_refund = |name: &String| name == "status" || name.starts_with("refund");
    assert!(differing.iter().all(is_refund), "{differing:?}");
}

#[test]
fn statuses_and_means_of_payment_have_one_spelling() {
    let row = |status: &str, payment: Value| {
        let row = json!({
            "id": "1", "status": status, "total": { "currency": "BRL", "value": 1 },
        });
        let mut row = row.as_object().unwrap().clone();
        row.extend(payment.as_object().unwrap().clone());
        read(Kind::Sale, &Value::Object(row).to_string())
    };
    let expected = row("waiting_refund", json!({ "payment": { "method": "creditCard" } }));
    for status in [
        "waiting_refund",
        "waitingRefund",
        "WaitingRefund",
        "WAITING_REFUND",
    ] {
        for method in ["creditCard", "creditcard", "credit_card"] {
            let newer = row(status, json!({ "payment": { "method": method } }));
            let older = row(status, json!({ "paymentMethod": method }));
            for record in [newer, older] {
                assert_eq!(record.digest, expected.digest, "{status} {method}");
                assert_eq!(record.status.as_deref(), Some("waiting_refund"));
            }
        }
    }
}

#[test]
fn a_moment_has_one_digest_in_each_spelling() {
    let mut spelled = 0;
    for (kind, row) in rows() {
        let read = |source: &str, time: &str| {
            let mut row = row.clone();
            *at(&mut row, source).unwrap() = json!(time);
            read(kind, &row.to_string())
        };
        for column in kind.columns().iter().filter(|column| column.form == Form::Moment) {
            let source = column.source;
            if at(&mut row.clone(), source).is_none() {
                continue;
            }
            let plain = read(source, "2026-10-31T01:02:03Z");
            for other in [
                "2026-10-31T01:02:03.000Z",
                "2026-10-31T01:02:03.25Z",
                "2026-10-30T22:02:03-03:00",
            ] {
                let other = read(source, other);
                let differing = differing(&plain, &other);
                assert!(
                    differing.len() == 1 && differing.iter().all(|name| name.ends_with("_text")),
                    "{kind}: {differing:?}"
                );
                assert_eq!(plain.digest, other.digest, "{kind}: {source}");
                spelled += 1;
            }
            // Without a zone it is no moment.
            for other in ["2026-10-31 01:02:03", "2026-10-31", "2026-10-31T01:02:04Z"] {
                assert_ne!(plain.digest, read(source, other).digest, "{kind}: {source}");
            }
        }
    }
    assert!(spelled > 50, "{spelled}");
}

#[test]
fn an_offer_has_the_product_of_its_call() {
    let offers = rows();
    let (_, offer) = offers.iter().find(|(kind, _)| *kind == Kind::Offer).unwrap();
    let offer = offer.to_string();
    let [one, other] = ["1402001", "1402002"].map(|product| Kind::Offer.read(product, &offer).unwrap());
    assert_eq!(&*one.key, "1402001/641");
    assert_eq!(differing(&one, &other), BTreeSet::from(["product_id".to_owned()]));
    assert_ne!(one.digest, other.digest);
}

#[test]
fn a_kind_has_a_name_and_a_table_of_its_own() {
    let names: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let tables: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.table()).collect();
    assert_eq!((names.len(), tables.len()), (Kind::ALL.len(), Kind::ALL.len()));
    for kind in Kind::ALL {
        assert_eq!(Kind::from_text(kind.as_str()), Some(*kind));
        assert!(CALLS.iter().any(|(listed, ..)| listed == kind), "{kind}");
    }
}

/// Words that need quotes as a column in PostgreSQL or SQLite.
const RESERVED: &str = "add all alter analyse analyze and any array as asc asymmetric authorization \
    between binary both case cast check collate collation column commit concurrently constraint create \
    cross current_date current_time current_timestamp current_user default deferrable delete desc distinct \
    do drop else end escape except exists false fetch for foreign freeze from full grant group having if \
    ilike in index initially inner insert intersect into is isnull join lateral leading left like limit \
    localtime localtimestamp natural not notnull nothing null offset on only or order outer overlaps \
    placing primary references returning right select session_user set similar some symmetric system_user \
    table tablesample then to trailing transaction true union unique update user using values variadic \
    verbose when where window with";

#[test]
fn columns_have_names_that_sql_takes_without_quotes() {
    for kind in Kind::ALL {
        let columns = kind.columns();
        let names: BTreeSet<_> = columns.iter().map(|column| &*column.name).collect();
        assert_eq!(names.len(), columns.len(), "{kind}");
        for name in names {
            let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            assert!(name.bytes().all(is_plain) && name.len() <= 63, "{kind}: {name}");
            assert!(!name.starts_with(|first: char| !first.is_ascii_lowercase()));
            assert!(
                RESERVED.split(' ').all(|word| word != name),
                "{kind}: {name} is reserved"
            );
            let is_ours = ["account", "key", "raw", "overlay"].contains(&name) || name.starts_with("m_");
            assert!(!is_ours, "{kind}: {name} is a column of every table");
        }
    }
}

#[test]
fn columns_about_persons_are_marked() {
    let telling = "email mail document cpf cnpj phone phone2 phone3 cellphone telephone mobile link reason \
        description details motive author responsible requester address street zip neighborhood complement \
        birth birthday account agency fullname nickname username surname ip";
    // Names of things, and the producer's own text for the shop.
    let things = [
        "product_name",
        "offer_name",
        "ticket_name",
        "status_description",
        "document_type",
    ];
    for kind in Kind::ALL {
        for column in kind.columns() {
            let name = &*column.name;
            let is_telling = name
                .split('_')
                .any(|word| telling.split_whitespace().any(|it| it == word));
            let is_shop = matches!(
                kind,
                Kind::Product | Kind::Offer | Kind::BlinketEvent | Kind::AlpaclassTeam
            );
            let is_thing =
                things.contains(&name) || name == "bank_account_type" || (is_shop && name != "author");
            if (is_telling || name.ends_with("name")) && !is_thing {
                assert!(column.is_personal, "{kind}: {name}");
            }
            if name == "id" || name.ends_with("_id") || name.ends_with("_e4") {
                assert!(!column.is_personal, "{kind}: {name}");
            }
            assert!(column.meaning.ends_with('.'), "{kind}: {name}");
        }
    }
}

proptest! {
    #[test]
    fn a_digest_does_not_depend_on_the_spelling(
        which in any::<prop::sample::Index>(),
        is_number in any::<bool>(),
        blanks in "[ \t\n]{0,3}",
    ) {
        let rows = rows();
        let (kind, row) = which.get(&rows);
        let mut text = String::new();
        spelled(row, is_number, &blanks, &mut text);
        let (plain, other) = (read(*kind, &row.to_string()), read(*kind, &text));
        prop_assert_eq!(differing(&plain, &other), BTreeSet::new());
        prop_assert_eq!(plain.digest, other.digest);
        prop_assert_eq!(plain.key, other.key);
    }

    #[test]
    fn null_reads_as_absent(which in any::<prop::sample::Index>()) {
        let rows = rows();
        let (kind, row) = which.get(&rows);
        let mut without = row.clone();
        without.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        prop_assert_eq!(read(*kind, &row.to_string()).digest, read(*kind, &without.to_string()).digest);
    }
}
