//! The service misbehaves on request: reads that lag, rows that vanish, change silently or cannot
//! be read, pages of another size, a token that ends in the middle.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use eduzz_sandbox::{Arrivals, CannotHappen, Fault, SaleAction, WorldKind, WorldRow};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::{ALWAYS, Client, cents, text};

const SHOP: [WorldKind; 8] = [
    WorldKind::Sale,
    WorldKind::SaleDetails,
    WorldKind::Subscription,
    WorldKind::Invoice,
    WorldKind::Customer,
    WorldKind::Chargeback,
    WorldKind::StatementEntry,
    WorldKind::BuyerFiscalDocument,
];

fn shop(client: &Client) -> Vec<Vec<WorldRow>> {
    SHOP.iter().map(|kind| client.control.rows(*kind)).collect()
}

fn shown(client: &Client) -> Vec<Vec<WorldRow>> {
    SHOP.iter().map(|kind| client.control.shown_rows(*kind)).collect()
}

fn small(config: &mut eduzz_sandbox::Config) {
    config.history = Duration::from_secs(4 * 86_400);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// A read at any time shows the world as it was so long before, while the world goes on.
    #[test]
    fn read_shows_the_world_of_its_time(
        seed: u64,
        lag in 1_u64..90,
        steps in prop::collection::vec((0_u64..40, 0_u32..4), 1..12),
        per_minute in 0_u32..6,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let client = Client::with(|config| {
                crate::client::reseed(config, seed);
                small(config);
                config.lag = Duration::from_secs(lag);
                config.arrivals = Some(Arrivals::Life { per_minute });
            });
            // The world at each second, by another sandbox that does the same and does not lag.
            let other = Client::with(|config| {
                crate::client::reseed(config, seed);
                small(config);
                config.arrivals = Some(Arrivals::Life { per_minute });
            });
            let first = shop(&other);
            let mut was = BTreeMap::from([(0, first.clone())]);
            let mut second = 0_u64;
            for (wait, happenings) in steps {
                for _ in 0..wait {
                    for client in [&client, &other] {
                        client.config.clock.advance(Duration::from_secs(1));
                    }
                    second += 1;
                    was.insert(second, shop(&other));
                }
                for client in [&client, &other] {
                    client.control.live(happenings);
                }
                was.insert(second, shop(&other));
                assert_eq!(shop(&client), was[&second], "now");
                // Before the beginning it was as at the beginning, and not as after the first
                // happenings.
                let past = second.checked_sub(lag).map_or(&first, |past| &was[&past]);
                assert_eq!(&shown(&client), past, "{lag} before {second}");
            }
            let sales: Vec<Value> = client.control.shown_rows(WorldKind::Sale).iter().map(WorldRow::value).collect();
            assert_eq!(client.sales().await, sales);
            client.control.set_lag(Duration::ZERO);
            assert_eq!(shown(&client), was[&second]);
        });
    }
}

#[tokio::test]
async fn lag_can_begin_and_end_at_any_time() {
    let client = Client::with(small);
    let advance = |seconds| client.config.clock.advance(Duration::from_secs(seconds));
    let count = async || client.sales().await.len();
    let before = count().await;
    client.control.set_lag(Duration::from_secs(30));
    let sale = client.control.order().unwrap();
    let path = format!("/myeduzz/v1/sales/{sale}");
    assert_eq!(
        (count().await, client.control.sale_ids().len()),
        (before, before + 1)
    );
    client.get(&path).await.is(404);
    advance(29);
    client.control.apply(&sale, SaleAction::Pay).unwrap();
    assert_eq!(count().await, before);
    advance(1);
    assert_eq!(client.json(&path).await["status"], "waitingPayment");
    let entries = client.statement().await.len();
    advance(29);
    assert_eq!(client.json(&path).await["status"], "paid");
    assert_eq!(client.statement().await.len(), entries + 1);
    // A change by a call is made at once, and seen later.
    let subscription = client.control.subscribe().unwrap();
    let body = json!({ "subscriptions": [subscription], "cancelReason": "x" });
    client
        .post("/myeduzz/v1/subscriptions/bulk-cancel", &body)
        .await
        .is(202);
    let path = format!("/myeduzz/v1/subscriptions/{subscription}");
    client.get(&path).await.is(404);
    client.control.set_lag(Duration::ZERO);
    assert_eq!(client.json(&path).await["status"], "canceled");
}

#[tokio::test]
async fn deleted_rows_are_gone_everywhere_without_an_event() {
    let client = Client::new();
    let control = &client.control;
    let world = control.world();
    let disputed = world.rows(WorldKind::Chargeback)[0].id.clone();
    let entries = control.rows(WorldKind::StatementEntry);
    control.delete(WorldKind::Sale, &disputed).unwrap();
    client.get(&format!("/myeduzz/v1/sales/{disputed}")).await.is(404);
    assert!(client.sales().await.iter().all(|sale| sale["id"] != disputed));
    let after = control.world();
    let lost = [WorldKind::Sale, WorldKind::SaleDetails, WorldKind::Chargeback];
    for kind in lost {
        assert_eq!(after.rows(kind).len() + 1, world.rows(kind).len(), "{kind:?}");
        assert_eq!(after.row(kind, &disputed), None);
    }
    assert_eq!(control.rows(WorldKind::StatementEntry), entries);
    assert_eq!(
        control.seeded_sale_ids().len() + 1,
        world.rows(WorldKind::Sale).len()
    );
    assert_eq!(
        control.delete(WorldKind::Sale, &disputed),
        Err(CannotHappen::NotFound)
    );
    for kind in [
        WorldKind::Subscription,
        WorldKind::Customer,
        WorldKind::Product,
        WorldKind::Affiliation,
        WorldKind::StatementEntry,
        WorldKind::Transfer,
        WorldKind::NutrorEnrollment,
        WorldKind::NutrorCourse,
        WorldKind::BlinketParticipant,
        WorldKind::AlpaclassEnrollment,
        WorldKind::HeycampMember,
    ] {
        let before = control.rows(kind);
        let id = &before[before.len() / 2].id;
        control.delete(kind, id).unwrap();
        let after = control.rows(kind);
        let rest: Vec<&WorldRow> = before.iter().filter(|row| row.id != *id).collect();
        assert_eq!(
            after.iter().map(|row| &row.id).collect::<Vec<_>>(),
            rest.iter().map(|row| &row.id).collect::<Vec<_>>()
        );
        assert_eq!(control.delete(kind, id), Err(CannotHappen::NotFound), "{kind:?}");
    }
    let offer = &world.rows(WorldKind::Offer)[0].id;
    assert_eq!(control.delete(WorldKind::Offer, offer), Err(CannotHappen::NotNow));
    // What a row of another product owns goes with it.
    for (kind, owned, path) in [
        (
            WorldKind::NutrorStudent,
            WorldKind::NutrorEnrollment,
            "/nutror/v1/students/{}/enrollments",
        ),
        (
            WorldKind::BlinketEvent,
            WorldKind::BlinketParticipant,
            "/blinket/v1/attendance-list/by-event/{}",
        ),
        (
            WorldKind::AlpaclassTeam,
            WorldKind::AlpaclassStudent,
            "/alpaclass/v1/producer/teams/{}/students",
        ),
    ] {
        let owner = control.rows(owned)[0].of.clone().unwrap();
        control.delete(kind, &owner).unwrap();
        assert!(control.rows(kind).iter().all(|row| row.id != owner));
        let is_left = |row: &WorldRow| row.of.as_ref() == Some(&owner);
        assert!(!control.rows(owned).iter().any(is_left), "{owned:?}");
        client.get(&path.replace("{}", &owner)).await.is(404);
        assert_eq!(control.delete(kind, &owner), Err(CannotHappen::NotFound));
    }
    // Life goes on.
    control.live(50);
}

#[tokio::test]
async fn silent_changes_are_seen_and_not_told() {
    let client = Client::new();
    let control = &client.control;
    let sale = control.order().unwrap();
    let path = format!("/myeduzz/v1/sales/{sale}");
    let before = client.json(&path).await;
    client.config.clock.advance(Duration::from_secs(100));
    control.apply_silently(&sale, SaleAction::Pay).unwrap();
    let after = client.json(&path).await;
    assert_eq!(after["status"], "paid");
    assert_eq!(after["updatedAt"], before["updatedAt"]);
    let entries = client.statement().await;
    let own = entries.iter().find(|entry| entry["saleId"] == *sale).unwrap();
    assert_eq!(cents(&own["value"]), cents(&after["netGain"]));
    let again = control.apply_silently(&sale, SaleAction::Pay);
    assert_eq!(again, Err(CannotHappen::NotNow));

    let kinds = [
        (WorldKind::Sale, format!("/myeduzz/v1/sales?{ALWAYS}")),
        (WorldKind::Customer, "/myeduzz/v1/customers".to_owned()),
        (
            WorldKind::Subscription,
            format!("/myeduzz/v1/subscriptions?{ALWAYS}&filterBy=creation"),
        ),
        (WorldKind::Product, "/myeduzz/v1/products".to_owned()),
        (WorldKind::Affiliation, "/myeduzz/v1/affiliates".to_owned()),
        (WorldKind::Transfer, "/myeduzz/v1/financial/transfers".to_owned()),
        (
            WorldKind::Chargeback,
            format!("/myeduzz/v1/sales/chargebacks?{ALWAYS}"),
        ),
        (WorldKind::Coupon, "/myeduzz/v1/products/coupons".to_owned()),
    ];
    for (kind, list) in kinds {
        let before = client.all(&list).await;
        let id = control.rows(kind)[2].id.clone();
        control
            .patch(kind, &id, json!({ "name": "Outro", "extra": 1 }))
            .unwrap();
        let after = client.all(&list).await;
        let world: Vec<Value> = control.rows(kind).iter().map(WorldRow::value).collect();
        assert_eq!(after, world, "{kind:?}");
        let changed: Vec<usize> = (0..after.len())
            .filter(|place| after[*place] != before[*place])
            .collect();
        assert_eq!(changed, [2], "{kind:?}");
        let mut expected = before[2].clone();
        expected["name"] = json!("Outro");
        expected["extra"] = json!(1);
        assert_eq!(after[2], expected, "{kind:?}");
        control.unpatch(kind, &id).unwrap();
        assert_eq!(client.all(&list).await, before, "{kind:?}");
        assert_eq!(control.patch(kind, "1", json!({})), Err(CannotHappen::NotFound));
    }
    let communities = control.community_ids();
    let members = format!("/heycamp/v1/members/community/{}", communities[0]);
    for (kind, list) in [
        (WorldKind::NutrorStudent, "/nutror/v1/students"),
        (WorldKind::BlinketEvent, "/blinket/v1/events"),
        (WorldKind::HeycampMember, &members),
    ] {
        let id = control.rows(kind)[1].id.clone();
        let before = client.all(list).await;
        control
            .patch(kind, &id, json!({ "name": "Outro", "extra": 1 }))
            .unwrap();
        let after = client.all(list).await;
        assert_eq!(
            (&after[1]["name"], &after[1]["extra"]),
            (&json!("Outro"), &json!(1)),
            "{kind:?}"
        );
        assert_eq!(after[1], control.rows(kind)[1].value(), "{kind:?}");
        control.unpatch(kind, &id).unwrap();
        assert_eq!(client.all(list).await, before, "{kind:?}");
    }
    let student = control.rows(WorldKind::NutrorStudent)[0].id.clone();
    let renamed = json!({ "name": "Outro" });
    control
        .patch(WorldKind::NutrorStudent, &student, renamed)
        .unwrap();
    let alone = client.json(&format!("/nutror/v1/students/{student}")).await;
    assert_eq!(alone["name"], "Outro");
    // Amounts are merged, exactly; a row can become something that is no row.
    control
        .patch(WorldKind::Sale, &sale, json!({ "total": { "value": 1.01 } }))
        .unwrap();
    let patched = client.json(&path).await;
    assert_eq!(
        patched["total"],
        json!({ "currency": after["total"]["currency"], "value": 1.01 })
    );
    assert_eq!(patched["buyer"], after["buyer"]);
    control
        .patch(WorldKind::Sale, &sale, json!("unreadable"))
        .unwrap();
    assert_eq!(client.sales().await[0], "unreadable");
    assert_eq!(control.rows(WorldKind::Sale)[0].id, sale);
}

#[tokio::test]
async fn page_size_that_is_fixed_is_answered_whatever_is_asked() {
    let client = Client::with(|config| config.page_size = Some(7));
    for (list, most) in [
        (format!("/myeduzz/v1/sales?{ALWAYS}"), 100),
        ("/myeduzz/v1/customers?x=1".to_owned(), 100),
        ("/nutror/v1/students?x=1".to_owned(), 50),
    ] {
        let all = client.all(&list).await;
        for asked in ["", "&itemsPerPage=100", "&itemsPerPage=1"] {
            let page = client.json(&format!("{list}{asked}&page=2")).await;
            assert_eq!(page["itemsPerPage"], 7, "{list}{asked}");
            assert_eq!(page["items"].as_array().unwrap()[..], all[7..14]);
        }
        client.control.set_page_size(Some(1_000));
        assert_eq!(client.json(&list).await["itemsPerPage"], most);
        client.control.set_page_size(Some(7));
    }
    client.control.set_page_size(None);
    let list = format!("/myeduzz/v1/sales?{ALWAYS}&itemsPerPage=33");
    assert_eq!(client.json(&list).await["itemsPerPage"], 33);
}

#[tokio::test]
async fn token_is_revoked_in_the_middle() {
    let client = Client::new();
    client.control.set_faults([Fault::revoked().after(3)]);
    let products = async || client.get("/myeduzz/v1/products").await.status.as_u16();
    for expected in [200, 200, 200, 401, 401, 401] {
        assert_eq!(products().await, expected);
    }
    // Not only while the fault lasts; another person's token is as before.
    client.control.clear_faults();
    assert_eq!(products().await, 401);
    let other = client.with_token(&client.config.people[1].personal_token);
    other.sales().await;
}

#[tokio::test]
async fn life_has_everything_and_follows_from_the_seed() {
    let run = |seed| {
        let client = Client::with(|config| {
            crate::client::reseed(config, seed);
            config.arrivals = Some(Arrivals::Life { per_minute: 90 });
        });
        for _ in 0..20 {
            client.config.clock.advance(Duration::from_secs(20));
        }
        assert_eq!(client.control.arrived(), 600);
        client
    };
    let (first, again, other) = (run(7), run(7), run(8));
    assert_eq!(first.control.world(), again.control.world());
    assert_ne!(shop(&first), shop(&other));
    let start = Client::with(|config| crate::client::reseed(config, 7));
    let (before, after) = (start.control.world(), first.control.world());
    let statuses = |kind, pointer: &str| -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for row in after.rows(kind) {
            if before.row(kind, &row.id) != Some(row) {
                let value = row.value();
                let status = value.pointer(pointer).map(text).unwrap_or_default().to_owned();
                *found.entry(status).or_default() += 1;
            }
        }
        found
    };
    let sales = statuses(WorldKind::Sale, "/status");
    for status in
        "paid waitingPayment refunded waitingRefund canceled expired recovering scheduled".split(' ')
    {
        assert!(sales.contains_key(status), "{status}: {sales:?}");
    }
    let subscriptions = statuses(WorldKind::Subscription, "/status");
    assert!(
        subscriptions.contains_key("upToDate") && subscriptions.contains_key("canceled"),
        "{subscriptions:?}"
    );
    assert!(!statuses(WorldKind::Chargeback, "/chargeback/status").is_empty());
    // The story stays one: the entries of each sale add up to its net gain.
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for entry in first.statement().await {
        if let Some(sale) = entry["saleId"].as_str() {
            *sums.entry(sale.to_owned()).or_default() += cents(&entry["value"]);
        }
    }
    for row in after.rows(WorldKind::Sale) {
        let net = cents(&row.value()["netGain"]);
        assert_eq!(
            sums.get(&row.id).copied().unwrap_or_default(),
            net,
            "{}",
            row.json
        );
    }
}

/// No row changes without a newer time of update, so a program that asks for changes finds all.
#[tokio::test]
async fn change_of_a_row_is_a_change_of_its_time_of_update() {
    let client = Client::with(|config| {
        crate::client::reseed(config, 9);
        config.history = Duration::from_secs(60 * 86_400);
    });
    let kinds = [WorldKind::Sale, WorldKind::Subscription];
    let rows = || -> BTreeMap<(WorldKind, String), WorldRow> {
        let rows = kinds.iter().map(|kind| (*kind, client.control.rows(*kind)));
        rows.flat_map(|(kind, rows)| rows.into_iter().map(move |row| ((kind, row.id.clone()), row)))
            .collect()
    };
    let mut before = rows();
    let mut changed = BTreeMap::new();
    for _ in 0..150 {
        client.config.clock.advance(Duration::from_secs(10));
        client.control.live(1);
        let after = rows();
        let now = client
            .config
            .clock
            .now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap();
        let now = eduzz_types::Timestamp::from_unix(now.as_secs() as i64);
        for (place, row) in &after {
            if let Some(known) = before.get(place).filter(|known| *known != row) {
                let updated = eduzz_types::DateTime::from_text(text(&row.value()["updatedAt"]));
                assert_eq!(updated.timestamp().unwrap(), now, "{}\n{}", known.json, row.json);
                *changed.entry(place.0).or_insert(0) += 1;
            }
        }
        before = after;
    }
    assert!(
        changed[&WorldKind::Sale] > 30 && changed[&WorldKind::Subscription] > 5,
        "{changed:?}"
    );
}
