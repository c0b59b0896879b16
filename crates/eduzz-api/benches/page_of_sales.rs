//! A page of a hundred sales, fully typed and exact, beside plain structs with binary floats and
//! text dates.
//!
//! `cargo bench -p eduzz-api` prints allocations, which repeat, and times as a ratio within the
//! run. For instructions run one side under callgrind:
//! `valgrind --tool=callgrind <the bench's binary> ours 20`, beside `floor 20`.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

use std::hint::black_box;

use eduzz_api::myeduzz::ListSales;
use eduzz_testkit::bench;
use eduzz_testkit::counting::Counting;
use eduzz_types::Page;
use eduzz_wire::{Days, EndpointExt as _};
use http::Response;
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The example's sales a hundred times, with ids of their own.
fn body() -> Vec<u8> {
    let example = eduzz_fixtures::find("myeduzz", "list_sales")
        .unwrap()
        .success()
        .unwrap();
    let mut page: Value = serde_json::from_slice(example.body).unwrap();
    let sales = page["items"].as_array().unwrap().clone();
    let hundred: Vec<Value> = (0..100_usize)
        .zip(sales.iter().cycle())
        .map(|(number, sale)| {
            let mut sale = sale.clone();
            sale["id"] = json!((90_210_000 + number).to_string());
            sale
        })
        .collect();
    page["items"] = hundred.into();
    serde_json::to_vec(&page).unwrap()
}

eduzz_testkit::plain_structs! {
    struct Sale {
        id: String,
        contract_id: Option<String>,
        status: String,
        gross_gain: Option<Money>,
        net_gain: Option<Money>,
        partners_gain: Option<Money>,
        affiliates_gain: Option<Money>,
        fee: Option<Money>,
        total: Money,
        total_interest: Option<Money>,
        installments: Option<u32>,
        alumy_fee: Option<Money>,
        others: Option<Money>,
        currency: Option<String>,
        locale: Option<String>,
        due_date: Option<String>,
        paid_at: Option<String>,
        credit_date: Option<String>,
        is_infinite_funnel: Option<bool>,
        recovering_status: Option<String>,
        tracker: Option<String>,
        tracker2: Option<String>,
        tracker3: Option<String>,
        created_at: Option<String>,
        updated_at: Option<String>,
        payment: Option<Payment>,
        product: Option<Product>,
        refund: Option<Refund>,
        affiliate: Option<Named>,
        recipient: Option<Person>,
        buyer: Option<Person>,
        producer: Option<Named>,
        offer: Option<Offer>,
        utm: Option<Utm>,
        order_bump: Option<OrderBump>,
    }

    struct Money {
        currency: String,
        value: f64,
    }

    struct Payment {
        method: Option<String>,
        detail: Option<String>,
    }

    struct Product {
        id: String,
        name: Option<String>,
        r#type: Option<String>,
        billing_type: Option<String>,
        sku: Option<String>,
    }

    struct Refund {
        requested_at: Option<String>,
        r#type: Option<String>,
    }

    struct Named {
        id: String,
        name: Option<String>,
    }

    struct Person {
        id: String,
        name: Option<String>,
        email: Option<String>,
        document: Option<String>,
        phone: Option<String>,
    }

    struct Offer {
        name: Option<String>,
    }

    struct Utm {
        source: Option<String>,
        campaign: Option<String>,
        medium: Option<String>,
        content: Option<String>,
        term: Option<String>,
    }

    struct OrderBump {
        has: Option<bool>,
        is_main_sale: Option<bool>,
        main_sale_id: Option<u64>,
    }
}

fn main() {
    let (side, rounds) = bench::arguments(300);

    let body = body();
    let response = Response::new(body.as_slice());
    let list = ListSales::new(Days::new("2026-03-01", "2026-03-31").unwrap());
    let ours = || list.response(&response).unwrap();
    let floor = || serde_json::from_slice::<Page<Sale>>(&body).unwrap();

    match side.as_deref() {
        Some("ours") => (0..rounds).for_each(|_| drop(black_box(ours()))),
        Some("floor") => (0..rounds).for_each(|_| drop(black_box(floor()))),
        _ => {
            let [(our_count, our_time), (floor_count, floor_time)] =
                bench::measure(rounds, 1, [&|meter| meter.time(ours), &|meter| meter.time(floor)]);
            let ratio = our_time.div_duration_f64(floor_time);
            println!(
                "page of 100 sales, {} kB                  allocations   time",
                body.len() / 1000
            );
            println!("floor: plain structs, f64, text dates   {floor_count:>11}   1.00");
            println!("eduzz-api: fully typed, exact           {our_count:>11}   {ratio:.2}");
        }
    }
}
