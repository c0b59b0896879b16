//! A shop with many older sales that are made when they are read.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use eduzz_sandbox::{CannotHappen, SaleAction, WorldKind, WorldRow};
use serde_json::{Value, json};

use crate::client::{Client, cents, reseed, segment, text};

fn shop(seed: u64, older_sales: u64) -> Client {
    Client::with(|config| {
        reseed(config, seed);
        config.older_sales = older_sales;
        config.history = Duration::from_secs(30 * 86_400);
    })
}

fn values(client: &Client, kind: WorldKind) -> Vec<Value> {
    client.control.rows(kind).iter().map(WorldRow::value).collect()
}

#[tokio::test]
async fn older_sales_agree_with_themselves() {
    let client = shop(3, 4_000);
    let sales = values(&client, WorldKind::Sale);
    assert!((4_000..4_300).contains(&sales.len()));
    let ids: HashSet<&str> = sales.iter().map(|sale| text(&sale["id"])).collect();
    assert_eq!(ids.len(), sales.len());
    let created: Vec<&str> = sales.iter().map(|sale| text(&sale["createdAt"])).collect();
    assert!(created.is_sorted_by(|newer, older| newer >= older));
    let mut sums: HashMap<String, i64> = HashMap::new();
    for entry in values(&client, WorldKind::StatementEntry) {
        if let Some(sale) = entry["saleId"].as_str() {
            *sums.entry(sale.to_owned()).or_default() += cents(&entry["value"]);
        }
    }
    let customers = values(&client, WorldKind::Customer);
    let by_id: HashMap<&str, &Value> = customers.iter().map(|of| (text(&of["id"]), of)).collect();
    assert_eq!(by_id.len(), customers.len());
    let emails: HashSet<&str> = customers.iter().map(|of| text(&of["email"])).collect();
    assert_eq!(emails.len(), customers.len());
    let mut bought: HashMap<&str, i64> = HashMap::new();
    let products: HashSet<String> = client
        .control
        .rows(WorldKind::Product)
        .into_iter()
        .map(|row| row.id)
        .collect();
    let mut statuses: HashMap<&str, usize> = HashMap::new();
    for sale in &sales {
        let net = cents(&sale["netGain"]);
        let id = text(&sale["id"]);
        assert_eq!(sums.get(id).copied().unwrap_or_default(), net, "{id}");
        let buyer = text(&sale["buyer"]["id"]);
        assert!(by_id.contains_key(buyer) && products.contains(text(&sale["product"]["id"])));
        let status = text(&sale["status"]);
        if matches!(status, "paid" | "waitingRefund") {
            *bought.entry(buyer).or_default() += net;
        }
        *statuses.entry(status).or_default() += 1;
    }
    for (buyer, net) in bought {
        assert_eq!(cents(&by_id[buyer]["purchaseHistoryOverview"]["net"]), net);
    }
    for status in "paid refunded waitingRefund expired canceled recovering duplicated".split(' ') {
        assert!(statuses.contains_key(status), "{status}: {statuses:?}");
    }
    for customer in customers.iter().step_by(97) {
        let path = format!("/myeduzz/v1/customers/{}", segment(text(&customer["email"])));
        assert_eq!(client.json(&path).await["id"], customer["id"]);
    }
}

#[tokio::test]
async fn older_sales_follow_from_the_seed_and_can_be_tampered_with() {
    let (first, again, other) = (shop(3, 500), shop(3, 500), shop(4, 500));
    assert_eq!(first.control.world(), again.control.world());
    assert_ne!(values(&first, WorldKind::Sale), values(&other, WorldKind::Sale));
    let control = &first.control;
    let id = control.sale_ids().pop().unwrap();
    control
        .patch(WorldKind::Sale, &id, json!({ "netGain": { "value": 0.01 } }))
        .unwrap();
    let changed = first.json(&format!("/myeduzz/v1/sales/{id}")).await;
    assert_eq!(changed["netGain"]["value"], json!(0.01));
    let refused = control.apply(&id, SaleAction::Refund);
    assert_eq!(refused, Err(CannotHappen::NotFound));
    let mut rows = Vec::new();
    control.each_row(WorldKind::Sale, |row| rows.push(row));
    assert_eq!(rows, control.rows(WorldKind::Sale));
}

#[tokio::test]
async fn first_pages_of_millions_are_there_at_once() {
    let client = shop(3, 5_000_000);
    let list = "/myeduzz/v1/sales?startDate=2020-01-01&endDate=2028-12-31&itemsPerPage=100";
    let last = client.json(&format!("{list}&page=50001")).await;
    let total = last["totalItems"].as_u64().unwrap();
    assert!(total > 5_000_000 && last["pages"] == total.div_ceil(100));
    let oldest = client.json(&format!("{list}&page={}", last["pages"])).await;
    let rows = oldest["items"].as_array().unwrap();
    assert!(!rows.is_empty() && text(&rows[0]["createdAt"]) < "2024");
}
