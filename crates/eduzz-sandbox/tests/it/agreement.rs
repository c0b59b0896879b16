//! The shop agrees with itself, whatever its seed: references, sums, statuses, uniqueness.

use std::collections::{HashMap, HashSet};

use eduzz_api::myeduzz::ListSales;
use eduzz_sandbox::SaleAction;
use eduzz_wire::Days;
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::client::{ALWAYS, Client, cents, segment, text};

fn unique(rows: &[Value]) -> HashSet<String> {
    let ids: HashSet<String> = rows.iter().map(|row| text(&row["id"]).to_owned()).collect();
    assert_eq!(ids.len(), rows.len());
    ids
}

/// Everything that a shop has.
struct Shop {
    seed: u64,
    client: Client,
    sales: Vec<Value>,
    entries: Vec<Value>,
    subscriptions: Vec<Value>,
    customers: Vec<Value>,
    products: Vec<Value>,
    affiliations: Vec<Value>,
}

impl Shop {
    async fn new(seed: u64) -> Self {
        let client = Client::seeded(seed);
        if seed == LIVED {
            live(&client).await;
        }
        Self {
            seed,
            sales: client.sales().await,
            entries: client.statement().await,
            subscriptions: client.subscriptions().await,
            customers: client.all("/myeduzz/v1/customers").await,
            products: client.all("/myeduzz/v1/products").await,
            affiliations: client.all("/myeduzz/v1/affiliates").await,
            client,
        }
    }
}

/// The shops of several seeds, read once for all tests.
async fn shops() -> Vec<&'static Shop> {
    static SHOPS: [OnceCell<Shop>; SEEDS.len()] = [const { OnceCell::const_new() }; SEEDS.len()];
    let mut shops = Vec::new();
    for (shop, seed) in SHOPS.iter().zip(SEEDS) {
        shops.push(shop.get_or_init(|| Shop::new(seed)).await);
    }
    shops
}

const SEEDS: [u64; 3] = [0, LIVED, u64::MAX];

/// The seed of the shop that is changed after it was invented.
const LIVED: u64 = 42;

/// Applies every action of the control.
pub(crate) async fn live(client: &Client) {
    let control = &client.control;
    control.sell(5);
    let happen = |sale: &str, whats: &[SaleAction]| {
        for what in whats {
            control.apply(sale, *what).unwrap();
        }
    };
    for whats in [
        &[SaleAction::Pay, SaleAction::Refund][..],
        &[SaleAction::Pay, SaleAction::AskRefund, SaleAction::Refund],
        &[SaleAction::Pay, SaleAction::AskRefund],
        &[SaleAction::Cancel],
        &[SaleAction::Expire, SaleAction::Negotiate],
        &[SaleAction::Recover, SaleAction::Pay],
        &[SaleAction::Schedule, SaleAction::Pay],
        &[],
    ] {
        happen(&control.order().unwrap(), whats);
    }
    let sales = client.sales().await;
    let by_card = |sale: &&Value| {
        sale["payment"]["method"] == "creditCard"
            && sale["status"] == "paid"
            && sale["refund"].is_null()
            && sale["recoveringStatus"] == "inactive"
    };
    let mut disputed = 0;
    let ends = [SaleAction::WinChargeback, SaleAction::LoseChargeback];
    for sale in sales.iter().filter(by_card) {
        let id = text(&sale["id"]);
        // A sale cannot be charged back twice.
        if control.apply(id, SaleAction::ChargeBack).is_ok() {
            if let Some(end) = ends.get(disputed) {
                happen(id, &[*end]);
            }
            disputed += 1;
        }
        if disputed == 3 {
            break;
        }
    }
    assert_eq!(disputed, 3);
    let subscription = control.subscribe().unwrap();
    control.charge(&subscription, true).unwrap();
    let late = control.charge(&subscription, false).unwrap();
    control.charge(&subscription, false).unwrap();
    // One of two open charges: the subscription stays late.
    happen(&late, &[SaleAction::Pay]);
    let other = control.subscribe().unwrap();
    let owed = control.charge(&other, false).unwrap();
    happen(&owed, &[SaleAction::Pay]);
}

#[tokio::test]
async fn shop_of_a_year_has_enough_of_everything() {
    for all in shops().await {
        let seed = all.seed;
        assert!(
            (900..=1_500).contains(&all.sales.len()),
            "{seed}: {}",
            all.sales.len()
        );
        assert!(
            all.subscriptions.len() > 10 && all.customers.len() > 200,
            "{seed}"
        );
        assert!(all.products.len() > 10 && all.affiliations.len() > 10, "{seed}");
        let statuses: HashSet<&str> = all.sales.iter().map(|sale| text(&sale["status"])).collect();
        let expected = "paid refunded expired canceled recovering duplicated open scheduled negotiated";
        for status in expected.split(' ') {
            assert!(statuses.contains(status), "{seed}: {statuses:?}");
        }
        let count = |is_it: &dyn Fn(&Value) -> bool| all.sales.iter().filter(|sale| is_it(sale)).count();
        assert!(count(&|sale| sale["refund"]["type"] == "partial") > 0, "{seed}");
        let has_interest = |sale: &Value| cents(&sale["totalInterest"]) > cents(&sale["total"]);
        for (is_it, at_least, at_most) in [
            (&has_interest as &dyn Fn(&Value) -> bool, 100, 400),
            (&|sale| sale["affiliate"].is_object(), 100, 400),
            (&|sale| sale["tracker"].is_string(), 300, 900),
            (&|sale| sale["tracker3"].is_string(), 30, 300),
            (&|sale| sale["contractId"].is_string(), 50, 600),
            (&|sale| sale["orderBump"]["has"] == true, 50, 300),
            (&|sale| sale["currency"] == "USD", 1, 40),
            (&|sale| sale["currency"] == "DOP", 1, 25),
            (&|sale| text(&sale["buyer"]["name"]).contains('Ã'), 1, 25),
        ] {
            let found = count(is_it);
            assert!(
                (at_least..=at_most).contains(&found),
                "{seed}: {found}, {at_least}"
            );
        }
        // Every open bank slip has its link, and nothing else has one (Q39).
        for sale in &all.sales {
            let is_slip = sale["paymentMethod"] == "bankslip";
            assert_eq!(sale["paymentMethod"], sale["payment"]["method"]);
            let status = text(&sale["status"]);
            let is_open = matches!(
                status,
                "open" | "waitingPayment" | "processing" | "recovering" | "scheduled"
            );
            assert_eq!(sale["payment"]["link"].is_string(), is_slip && is_open, "{sale}");
        }
        let emails = all.customers.iter().map(|customer| text(&customer["email"]));
        let odd = emails
            .filter(|email| !email.is_ascii() || email.contains(['+', '/', '%']))
            .count();
        assert!(odd * 60 < all.customers.len(), "{odd} of {}", all.customers.len());
    }
}

#[tokio::test]
async fn every_sale_of_a_year_is_understood() {
    let client = Client::new();
    let days = Days::new("2024-01-01", "2028-12-31").unwrap();
    for page in 1_u32.. {
        let list = ListSales::new(&days).page(page);
        let answer = client.understood(&list.items_per_page(100)).await;
        if answer["pages"] == page {
            break;
        }
    }
}

#[tokio::test]
async fn ids_are_unique() {
    for all in shops().await {
        for rows in [
            &all.sales,
            &all.entries,
            &all.subscriptions,
            &all.customers,
            &all.products,
            &all.affiliations,
        ] {
            unique(rows);
        }
        let emails = all.customers.iter().map(|customer| text(&customer["email"]));
        let emails: HashSet<&str> = emails.collect();
        assert_eq!(emails.len(), all.customers.len());
        assert!(emails.iter().all(|email| email.ends_with("@example.com")));
        for sign in ['+', '/', '%', 'ç'] {
            assert!(emails.iter().any(|email| email.contains(sign)), "{sign}");
        }
    }
}

#[tokio::test]
async fn references_of_a_sale_exist() {
    for all in shops().await {
        let (products, customers) = (unique(&all.products), unique(&all.customers));
        let (sales, subscriptions) = (unique(&all.sales), unique(&all.subscriptions));
        let approved: HashSet<(&str, &str)> = all
            .affiliations
            .iter()
            .filter(|tie| tie["status"] == "approved")
            .map(|tie| (text(&tie["product"]["id"]), text(&tie["customer"]["id"])))
            .collect();
        for sale in &all.sales {
            assert!(products.contains(text(&sale["product"]["id"])));
            for person in ["buyer", "recipient"] {
                assert!(customers.contains(text(&sale[person]["id"])));
            }
            if let Some(affiliate) = sale["affiliate"]["id"].as_str() {
                let tie = (text(&sale["product"]["id"]), affiliate);
                assert!(approved.contains(&tie), "{sale}");
            }
            if let Some(subscription) = sale["contractId"].as_str() {
                assert!(subscriptions.contains(subscription));
                assert_eq!(sale["product"]["billingType"], "recurrence");
            }
            if let Some(main) = sale["orderBump"]["mainSaleId"].as_u64() {
                assert!(sales.contains(&main.to_string()));
            }
        }
        for entry in &all.entries {
            if let Some(sale) = entry["saleId"].as_str() {
                assert!(sales.contains(sale));
            }
        }
    }
}

#[tokio::test]
async fn statement_entries_of_a_sale_add_up_to_its_net_gain() {
    for all in shops().await {
        let mut booked: HashMap<&str, i64> = HashMap::new();
        let mut currencies: HashMap<&str, &Value> = HashMap::new();
        for entry in &all.entries {
            if let Some(sale) = entry["saleId"].as_str() {
                *booked.entry(sale).or_default() += cents(&entry["value"]);
                currencies.insert(sale, &entry["value"]["currency"]);
                assert_eq!(entry["type"] == "refund", cents(&entry["value"]) < 0);
            } else {
                assert!(entry["type"].is_null() && cents(&entry["value"]) < 0);
            }
        }
        for sale in &all.sales {
            let entries = booked.get(text(&sale["id"]));
            assert_eq!(entries.is_some(), sale["paidAt"].is_string(), "{sale}");
            if let Some(currency) = currencies.get(text(&sale["id"])) {
                assert_eq!(**currency, sale["currency"]);
            }
            let booked = entries.copied().unwrap_or_default();
            assert_eq!(booked, cents(&sale["netGain"]), "{sale}");
        }
    }
}

#[tokio::test]
async fn amounts_of_a_sale_add_up() {
    for all in shops().await {
        for sale in &all.sales {
            let amount = |name: &str| cents(&sale[name]);
            let (gross, total) = (amount("grossGain"), amount("total"));
            assert!(gross > 0 && total >= gross, "{sale}");
            assert!(amount("totalInterest") >= total);
            let shares = amount("partnersGain") + amount("affiliatesGain") + amount("others");
            if sale["paidAt"].is_null() {
                assert!(sale["fee"].is_null() && sale["creditDate"].is_null(), "{sale}");
                assert_eq!((amount("netGain"), shares), (0, 0), "{sale}"); // Q38
                continue;
            }
            let left = gross - amount("fee") - shares;
            assert!(left > 0, "{sale}");
            let back = match text(&sale["status"]) {
                "refunded" => left,
                _ => cents_or_0(&sale["refund"]["partialValue"]),
            };
            assert_eq!(amount("netGain"), left - back, "{sale}");
            let has_affiliate = sale["affiliate"].is_object();
            assert_eq!(amount("affiliatesGain") > 0, has_affiliate, "{sale}");
        }
    }
}

fn cents_or_0(money: &Value) -> i64 {
    if money.is_null() { 0 } else { cents(money) }
}

#[tokio::test]
async fn status_of_a_sale_agrees_with_its_dates() {
    for all in shops().await {
        let mut before = None;
        for sale in &all.sales {
            let date = |name: &str| sale[name].as_str();
            let created = date("createdAt").unwrap();
            assert!(before.is_none_or(|newer| created <= newer), "newest first");
            before = Some(created);
            assert!(created <= "2026-11-02T12:00:00Z", "nothing happens after now");
            for later in ["paidAt", "updatedAt"].into_iter().filter_map(date) {
                assert!(created <= later && later <= "2026-11-02T12:00:00Z", "{sale}");
            }
            let is_paid = matches!(text(&sale["status"]), "paid" | "refunded" | "waitingRefund");
            assert_eq!(date("paidAt").is_some(), is_paid, "{sale}");
            let refund = &sale["refund"];
            match text(&sale["status"]) {
                "refunded" => {
                    assert!(refund["refundedAt"].as_str() >= date("paidAt"), "{sale}");
                    assert_eq!(refund["value"], sale["grossGain"]);
                }
                "waitingRefund" => assert!(refund.is_object() && refund["refundedAt"].is_null()),
                "paid" => assert!(refund.is_null() || refund["type"] == "partial"),
                _ => assert!(refund.is_null()),
            }
        }
    }
}

#[tokio::test]
async fn charges_of_a_subscription_are_its_invoices_and_sales() {
    for all in shops().await {
        for subscription in &all.subscriptions {
            let id = text(&subscription["id"]);
            let sales: Vec<&Value> = all.sales.iter().filter(|sale| sale["contractId"] == id).collect();
            let invoices = format!("/myeduzz/v1/subscriptions/{id}/invoices");
            let invoices = all.client.all(&invoices).await;
            assert_eq!(subscription["firstInvoiceId"], invoices[0]["id"]);
            let charges =
                |name: &str| usize::try_from(subscription["charges"][name].as_u64().unwrap()).unwrap();
            assert_eq!((charges("current"), invoices.len()), (sales.len(), sales.len()));
            for (invoice, sale) in invoices.iter().zip(sales.iter().rev()) {
                assert_eq!(invoice["id"], sale["id"]);
                assert_eq!(invoice["payment"]["amount"], sale["grossGain"]);
                let is_open = invoice["status"] == "open";
                assert_eq!(invoice["payment"]["link"].is_string(), is_open);
                let lines = invoice["items"].as_array().unwrap();
                let sum: i64 = lines.iter().map(|line| cents(&line["total"])).sum();
                assert_eq!(sum, cents(&sale["grossGain"]));
            }
            let paid = sales.iter().filter(|sale| sale["paidAt"].is_string()).count();
            assert_eq!(charges("paid"), paid);
            assert!(charges("total") >= charges("current"));
            let status = text(&subscription["status"]);
            assert_eq!(subscription["interruption"].is_object(), status == "canceled");
            let open = invoices.iter().filter(|invoice| invoice["status"] == "open");
            let open = open.count();
            match status {
                "upToDate" | "finished" | "canceled" => assert_eq!(open, 0, "{subscription}"),
                _ => assert!(open > 0 || invoices.len() == 1, "{subscription}"),
            }
            if status == "finished" {
                assert_eq!(charges("total"), charges("current"));
            }
        }
    }
}

#[tokio::test]
async fn overview_of_a_customer_is_the_sum_of_paid_sales() {
    for all in shops().await {
        let mut overviews: HashMap<&str, (u64, i64, i64)> = HashMap::new();
        let is_paid = |sale: &&Value| matches!(text(&sale["status"]), "paid" | "waitingRefund");
        for sale in all.sales.iter().filter(is_paid) {
            let overview = overviews.entry(text(&sale["buyer"]["id"])).or_default();
            overview.0 += 1;
            overview.1 += cents(&sale["netGain"]);
            overview.2 += cents(&sale["grossGain"]);
        }
        for customer in &all.customers {
            let overview = &customer["purchaseHistoryOverview"];
            let told = (
                overview["productsQuantity"].as_u64().unwrap(),
                cents(&overview["net"]),
                cents(&overview["gross"]),
            );
            let expected = overviews.get(text(&customer["id"])).copied();
            assert_eq!(told, expected.unwrap_or_default());
        }
        // Addresses that need escaping find their customers and subscriptions.
        for customer in &all.customers {
            let email = text(&customer["email"]);
            if email.is_ascii() && !email.contains(['+', '/', '%']) {
                continue;
            }
            let path = format!("/myeduzz/v1/customers/{}", segment(email));
            let found = all.client.json(&path).await;
            assert_eq!(found["id"], customer["id"], "{email}");
            let path = format!("/myeduzz/v1/subscriptions/customers/{}", segment(email));
            let found = all.client.json(&path).await;
            let is_theirs = |row: &&Value| row["client"]["email"] == email;
            let listed = all.subscriptions.iter().filter(is_theirs).count();
            assert_eq!(found["subscriptions"].as_array().unwrap().len(), listed);
        }
    }
}

#[tokio::test]
async fn summary_is_the_sum_of_the_list() {
    for all in shops().await {
        let mut filters = vec![String::new()];
        for status in ["paid", "refunded", "WAITING_PAYMENT", "waitingRefund"] {
            filters.push(format!("&status={status}"));
        }
        filters.push(format!("&productId={}", text(&all.products[3]["id"])));
        filters.push(format!("&contractId={}", text(&all.subscriptions[0]["id"])));
        for filter in filters {
            let days = format!("startDate=2026-01-10&endDate=2026-09-20{filter}");
            let sales = all.client.all(&format!("/myeduzz/v1/sales?{days}")).await;
            let summary = format!("/myeduzz/v1/sales/summary?{days}");
            let summary = all.client.json(&summary).await;
            let names = "grossGain netGain partnersGain affiliatesGain fee others total";
            for name in names.split(' ') {
                let sum: i64 = sales.iter().map(|sale| cents_or_0(&sale[name])).sum();
                assert_eq!(cents(&summary[name]), sum, "{name}{filter}");
            }
            let amount = |name: &str| cents(&summary[name]);
            assert_eq!(amount("total") - amount("discount"), amount("grossGain"));
        }
    }
}

#[tokio::test]
async fn details_of_a_sale_agree_with_the_list() {
    let all = shops().await[0];
    for listed in &all.sales {
        let id = text(&listed["id"]);
        if id.ends_with(['3', '7']) {
            let details = all.client.json(&format!("/myeduzz/v1/sales/{id}")).await;
            for (name, value) in listed.as_object().unwrap() {
                match name.as_str() {
                    // More of it.
                    "buyer" | "refund" => {
                        for (field, value) in value.as_object().into_iter().flatten() {
                            assert_eq!(&details[name][field], value, "{name}/{field}");
                        }
                    }
                    // Another form of its id.
                    "affiliate" if value.is_object() => {
                        assert!(value["id"].is_string() && details["affiliate"]["id"].is_number());
                        assert_eq!(value["id"], details["affiliate"]["id"].to_string());
                    }
                    _ => assert_eq!(&details[name], value, "{name}"),
                }
            }
            // Q20
            assert!(listed["buyer"].get("address").is_none() && details["buyer"]["address"].is_object());
            let items = details["items"].as_array().unwrap();
            let sum = |name: &str| items.iter().map(|item| cents(&item[name])).sum::<i64>();
            assert_eq!(sum("value"), cents(&listed["total"]));
            assert_eq!(sum("value") - sum("discount"), cents(&listed["grossGain"]));
            for (shares, gain) in [("affiliates", "affiliatesGain"), ("partners", "partnersGain")] {
                let shares = details[shares].as_array().unwrap().iter();
                let sum: i64 = shares.map(|share| cents(&share["netGain"])).sum();
                assert_eq!(sum, cents(&listed[gain]));
            }
        }
    }
}

#[tokio::test]
async fn chargebacks_and_documents_are_about_sales() {
    for all in shops().await {
        let find = |id: &Value| all.sales.iter().find(|sale| sale["id"] == *id).unwrap();
        let chargebacks = format!("/myeduzz/v1/sales/chargebacks?{ALWAYS}");
        let chargebacks = all.client.all(&chargebacks).await;
        assert!(!chargebacks.is_empty(), "{}", all.seed);
        for chargeback in &chargebacks {
            let sale = find(&chargeback["id"]);
            for name in ["total", "buyer"] {
                assert_eq!(chargeback[name], sale[name]);
            }
            assert_eq!(sale["payment"]["method"], "creditCard");
            let is_lost = chargeback["chargeback"]["status"] == "lost";
            assert_eq!(is_lost, sale["status"] == "refunded");
        }
        let mut documents = HashSet::new();
        for (kind, amount) in [("buyer", "grossGain"), ("affiliate", "affiliatesGain")] {
            let path = format!("/myeduzz/v1/financial/{kind}/fiscal-documents");
            let rows = all.client.all(&path).await;
            assert!(!rows.is_empty());
            for row in rows {
                let sale = find(&row["sale"]["id"]);
                assert_eq!(cents(&row["document"]["baseValue"]), cents(&sale[amount]));
                assert_eq!(row["product"]["id"], sale["product"]["id"]);
                assert!(documents.insert(text(&row["document"]["id"]).to_owned()));
            }
        }
    }
}

#[tokio::test]
async fn transfers_are_in_the_statement_at_once() {
    for all in shops().await {
        let transfers = all.client.all("/myeduzz/v1/financial/transfers").await;
        assert!(transfers.len() > 5);
        for transfer in &transfers {
            let description = format!("Transferência {}", text(&transfer["id"]));
            let mut entries = all.entries.iter();
            let entry = entries.find(|entry| entry["description"] == *description);
            let status = text(&transfer["status"]);
            assert_eq!(entry.is_some(), status != "failed");
            assert_eq!(transfer["completedAt"].is_string(), status == "confirmed");
            if let Some(entry) = entry {
                // Q187
                assert_eq!(cents(&entry["value"]), -cents(&transfer["value"]));
                assert!(text(&entry["creditDate"]).starts_with(text(&transfer["requestedAt"])));
            }
        }
    }
}
