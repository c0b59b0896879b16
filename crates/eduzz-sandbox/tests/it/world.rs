//! The world as rows: what the routes' pages give is the world, for any filter.

use std::collections::BTreeMap;

use eduzz_sandbox::{WorldKind, WorldRow};
use proptest::prelude::*;
use serde_json::Value;

use crate::agreement::live;
use crate::cases::brasilia;
use crate::client::{Client, cents, reseed, segment, text};

fn values(rows: &[WorldRow]) -> Vec<Value> {
    rows.iter().map(WorldRow::value).collect()
}

/// The rows of each owner, in the order of the owners.
fn by_owner(rows: &[WorldRow]) -> BTreeMap<String, Vec<Value>> {
    let mut owned: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for row in rows {
        let owner = row.of.clone().expect("an owner");
        owned.entry(owner).or_default().push(row.value());
    }
    owned
}

/// A world with a past in which every action was applied, and with older sales.
async fn lived(seed: u64, older_sales: u64) -> Client {
    let client = Client::with(|config| {
        reseed(config, seed);
        config.older_sales = older_sales;
    });
    live(&client).await;
    client
}

/// From before all sales until after the clock's time.
const EVER: &str = "startDate=2020-01-01&endDate=2028-12-31";

/// All entries of the statement. It is asked for by the year (Q13).
async fn statement(client: &Client) -> Vec<Value> {
    let mut entries = Vec::new();
    for year in 2022..2028 {
        let days = format!("startDate={year}-01-01&endDate={year}-12-31");
        entries.extend(
            client
                .all(&format!("/myeduzz/v2/financial/statement?{days}"))
                .await,
        );
    }
    entries
}

#[tokio::test]
async fn routes_give_the_whole_world() {
    routes_give_the_world_of(lived(5, 0).await).await;
}

#[tokio::test]
async fn routes_give_the_world_with_its_older_sales() {
    routes_give_the_world_of(lived(6, 700).await).await;
}

async fn routes_give_the_world_of(client: Client) {
    let world = client.control.world();
    for kind in WorldKind::ALL {
        assert!(!world.rows(*kind).is_empty(), "{kind:?}");
        assert_eq!(client.control.rows(*kind), world.rows(*kind));
    }
    let lists = [
        (WorldKind::Sale, format!("/myeduzz/v1/sales?{EVER}")),
        (
            WorldKind::Chargeback,
            format!("/myeduzz/v1/sales/chargebacks?{EVER}"),
        ),
        (
            WorldKind::Subscription,
            format!("/myeduzz/v1/subscriptions?{EVER}&filterBy=creation"),
        ),
        (WorldKind::Customer, "/myeduzz/v1/customers".to_owned()),
        (WorldKind::Product, "/myeduzz/v1/products".to_owned()),
        (WorldKind::Coupon, "/myeduzz/v1/products/coupons".to_owned()),
        (WorldKind::Affiliation, "/myeduzz/v1/affiliates".to_owned()),
        (WorldKind::Transfer, "/myeduzz/v1/financial/transfers".to_owned()),
        (
            WorldKind::AffiliateFiscalDocument,
            "/myeduzz/v1/financial/affiliate/fiscal-documents".to_owned(),
        ),
        (
            WorldKind::BuyerFiscalDocument,
            "/myeduzz/v1/financial/buyer/fiscal-documents".to_owned(),
        ),
        (WorldKind::NutrorStudent, "/nutror/v1/students".to_owned()),
        (WorldKind::NutrorCourse, "/nutror/v1/courses".to_owned()),
        (WorldKind::BlinketEvent, "/blinket/v1/events".to_owned()),
    ];
    for (kind, list) in lists {
        assert_eq!(client.all(&list).await, values(world.rows(kind)), "{list}");
    }
    let by_id = |rows: &[Value]| -> BTreeMap<String, Value> {
        let rows = rows.iter();
        rows.map(|row| (text(&row["id"]).to_owned(), row.clone()))
            .collect()
    };
    let statement = statement(&client).await;
    let known = values(world.rows(WorldKind::StatementEntry));
    assert_eq!(statement.len(), known.len());
    assert_eq!(by_id(&statement), by_id(&known));

    let owned = [
        (WorldKind::Invoice, "/myeduzz/v1/subscriptions/{}/invoices"),
        (WorldKind::Offer, "/myeduzz/v1/products/{}/offers"),
        (WorldKind::Campaign, "/myeduzz/v1/products/{}/campaigns"),
        (WorldKind::Partner, "/myeduzz/v1/products/{}/partners"),
        (WorldKind::NutrorEnrollment, "/nutror/v1/students/{}/enrollments"),
        (
            WorldKind::BlinketParticipant,
            "/blinket/v1/attendance-list/by-event/{}",
        ),
        (
            WorldKind::AlpaclassStudent,
            "/alpaclass/v1/producer/teams/{}/students",
        ),
        (WorldKind::HeycampMember, "/heycamp/v1/members/community/{}"),
    ];
    for (kind, list) in owned {
        for (owner, rows) in by_owner(world.rows(kind)) {
            let list = list.replace("{}", &owner);
            assert_eq!(client.all(&list).await, rows, "{list}");
        }
    }
    for (kind, path, name) in [
        (WorldKind::SaleDetails, "/myeduzz/v1/sales/", "id"),
        (WorldKind::CustomerDetails, "/myeduzz/v1/customers/", "email"),
        (WorldKind::Subscription, "/myeduzz/v1/subscriptions/", "id"),
        (WorldKind::Product, "/myeduzz/v1/products/", "id"),
    ] {
        for row in world.rows(kind).iter().step_by(17) {
            let value = row.value();
            assert_eq!(value["id"], row.id);
            let path = format!("{path}{}", segment(text(&value[name])));
            assert_eq!(client.get(&path).await.is(200).body, row.json, "{path}");
        }
    }
    let students = by_owner(world.rows(WorldKind::AlpaclassStudent));
    for (student, rows) in by_owner(world.rows(WorldKind::AlpaclassEnrollment)) {
        let is_in = |(_, of): &(&String, &Vec<Value>)| of.iter().any(|known| known["id"] == *student);
        let (team, _) = students.iter().find(is_in).unwrap();
        let list = format!("/alpaclass/v1/producer/teams/{team}/students/{student}/enrollments");
        assert_eq!(client.all(&list).await, rows, "{list}");
    }
}

#[tokio::test]
async fn accounts_have_worlds_of_their_own() {
    let client = Client::new();
    let [own, other] = [0, 1].map(|place: usize| {
        let person = &client.config.people[place];
        client.control.of_account(&person.account_id).unwrap().world()
    });
    for kind in [
        WorldKind::Sale,
        WorldKind::Subscription,
        WorldKind::Customer,
        WorldKind::Product,
        WorldKind::Offer,
        WorldKind::Affiliation,
        WorldKind::StatementEntry,
        WorldKind::Transfer,
    ] {
        assert!(!other.rows(kind).is_empty());
        for row in other.rows(kind) {
            assert_eq!(own.row(kind, &row.id), None, "{kind:?}");
        }
    }
    let token = client.config.people[1].personal_token.clone();
    // The developer's token has the permissions of the second application: sales and the statement.
    let theirs = client.with_token(&token);
    assert_eq!(theirs.sales().await, values(other.rows(WorldKind::Sale)));
    assert_ne!(own, other);
    assert_eq!(own, client.control.world());
}

/// Whether a row's date is in a range of days.
type InDays = fn(&Value, &str) -> bool;

fn day_of(row: &Value, member: &str, days: &str) -> bool {
    let (first, last) = days.split_once("..").expect("a range");
    row[member]
        .as_str()
        .is_some_and(|at| (first..=last).contains(&&*brasilia(at)))
}

const REFERENCES: [(&str, InDays); 4] = [
    ("createdAt", |row, days| day_of(row, "createdAt", days)),
    ("updatedAt", |row, days| day_of(row, "updatedAt", days)),
    ("paidAt", |row, days| day_of(row, "paidAt", days)),
    ("dueDate", |row, days| day_of(row, "dueDate", days)),
];

const STATUSES: [&str; 8] = [
    "",
    "paid",
    "refunded",
    "expired",
    "canceled",
    "waitingPayment",
    "waitingRefund",
    "open",
];

/// A pair of days of the sandbox's past and a little beyond it, in order.
fn days() -> impl Strategy<Value = (String, String)> {
    let day = (0_u32..52, 1_u32..=28);
    (day.clone(), day).prop_map(|(a, b)| {
        let written = |(month, day): (u32, u32)| {
            let month = month + 9; // from October 2022 on
            format!("{}-{:02}-{day:02}", 2022 + month / 12, month % 12 + 1)
        };
        let (first, last) = if a <= b { (a, b) } else { (b, a) };
        (written(first), written(last))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Pages of any size, put together, are the rows of the world that pass the filter, and their
    /// sums are the summary.
    #[test]
    fn pages_of_sales_are_the_filtered_world(
        (first, last) in days(),
        reference in 0..REFERENCES.len(),
        status in 0..STATUSES.len(),
        size in prop::sample::select(vec![1_usize, 7, 33, 100]),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            static LIVED: tokio::sync::OnceCell<Client> = tokio::sync::OnceCell::const_new();
            let client = LIVED.get_or_init(|| lived(11, 1_500)).await;
            let (name, passes) = REFERENCES[reference];
            let range = format!("{first}..{last}");
            let is_wanted = |row: &Value| {
                passes(row, &range) && (STATUSES[status].is_empty() || row["status"] == STATUSES[status])
            };
            let known: Vec<Value> = values(&client.control.rows(WorldKind::Sale));
            let known: Vec<Value> = known.into_iter().filter(is_wanted).collect();
            let query = format!("startDate={first}&endDate={last}&status={}", STATUSES[status]);
            let mut read = Vec::new();
            // Pages of one row are many: the first twenty will do.
            let pages = known.len().div_ceil(size).clamp(1, 20);
            for page in 1..=pages {
                let page = client.json(&format!(
                    "/myeduzz/v1/sales?{query}&referenceDate={name}&itemsPerPage={size}&page={page}"
                )).await;
                assert_eq!(page["totalItems"], known.len());
                read.extend(page["items"].as_array().unwrap().clone());
            }
            assert_eq!(read[..], known[..(pages * size).min(known.len())]);
            if name == "createdAt" {
                let summary = client.json(&format!("/myeduzz/v1/sales/summary?{query}")).await;
                for member in ["grossGain", "netGain", "total", "others", "partnersGain", "affiliatesGain"] {
                    // The summary counts all currencies as reais.
                    let sum: i64 = known.iter().map(|row| cents(&row[member])).sum();
                    assert_eq!(cents(&summary[member]), sum, "{member}");
                }
            }
        });
    }
}

/// One change after another: the world tells one story.
#[tokio::test]
async fn changes_are_seen_in_every_list_that_they_concern() {
    use eduzz_sandbox::SaleAction;

    let client = Client::new();
    let control = &client.control;
    let before = control.world();
    let sale = control.order().unwrap();
    let made = control.world();
    let row = |kind, id: &str| control.rows(kind).into_iter().find(|row| row.id == id);
    let value = |kind, id: &str| row(kind, id).unwrap().value();
    let buyer = value(WorldKind::Sale, &sale)["buyer"]["id"].clone();
    assert!(row(WorldKind::Customer, text(&buyer)).is_some());
    assert_eq!(before.row(WorldKind::Sale, &sale), None);
    assert_eq!(
        made.rows(WorldKind::StatementEntry),
        before.rows(WorldKind::StatementEntry)
    );

    client.config.clock.advance(std::time::Duration::from_secs(90));
    let overview = |client: &Client| {
        let rows = client.control.rows(WorldKind::Customer);
        let of = rows.iter().find(|row| *row.id == *text(&buyer)).unwrap();
        cents(&of.value()["purchaseHistoryOverview"]["net"])
    };
    let was = overview(&client);
    control.apply(&sale, SaleAction::Pay).unwrap();
    let paid = value(WorldKind::Sale, &sale);
    assert_eq!(paid["status"], "paid");
    assert_ne!(paid["updatedAt"], paid["createdAt"]);
    let entries = |client: &Client| -> Vec<i64> {
        let rows = values(&client.control.rows(WorldKind::StatementEntry));
        let own = rows.iter().filter(|entry| entry["saleId"] == *sale);
        own.map(|entry| cents(&entry["value"])).collect()
    };
    let net = cents(&paid["netGain"]);
    assert_eq!(entries(&client), [net]);
    assert_eq!(overview(&client), was + net);

    client.config.clock.advance(std::time::Duration::from_secs(90));
    control.apply(&sale, SaleAction::Refund).unwrap();
    let refunded = value(WorldKind::Sale, &sale);
    assert_eq!(refunded["status"], "refunded");
    assert_ne!(refunded["updatedAt"], paid["updatedAt"]);
    assert_eq!(entries(&client).iter().sum::<i64>(), 0);
    assert_eq!(overview(&client), was);

    let subscription = control.subscribe().unwrap();
    let charge = control.charge(&subscription, true).unwrap();
    let invoice = row(WorldKind::Invoice, &charge).unwrap();
    assert_eq!(invoice.of.as_deref(), Some(&*subscription));
    assert_eq!(value(WorldKind::Sale, &charge)["contractId"], subscription);
    assert_eq!(
        value(WorldKind::Subscription, &subscription)["charges"]["paid"],
        2
    );
}
