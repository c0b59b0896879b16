//! Deliveries of a paid invoice on one core: verified, compared with the HMAC and a check for JSON;
//! and typed, compared with the HMAC and plain structs with binary floats and text dates, on the
//! same libraries.
//!
//! `cargo bench -p eduzz-webhook` prints allocations, which are deterministic, and deliveries a
//! second with times as ratios within the run. Do not compare with the HMAC alone: on a shared
//! machine the reading took up to half as long again, while the SHA instructions took the same
//! time.
//!
//! To count instructions, run one side under callgrind: `valgrind --tool=callgrind <binary> typed
//! 1000`, and `structs 1000`. Callgrind has no SHA instructions, so subtract `hmac 1000`.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark"
)]

use std::hint::black_box;
use std::time::Duration;

use eduzz_testkit::bench::{self, Taken};
use eduzz_testkit::counting::Counting;
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Delivery, Event, Key};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::de::IgnoredAny;
use serde_json::Value;
use sha2::Sha256;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const SECRET: &str = "edzwgd_invented00000000000000000000000000000000000000000";

/// The example of a paid invoice, without its line breaks.
fn body() -> Vec<u8> {
    let invoice = eduzz_fixtures::find_event("myeduzz", "invoice_paid")
        .unwrap()
        .plain()
        .unwrap();
    let invoice: Value = serde_json::from_slice(invoice).unwrap();
    serde_json::to_vec(&invoice).unwrap()
}

/// The HMAC with a prepared key.
fn hmac_alone(key: &Hmac<Sha256>, signature: &[u8; 32], body: &[u8]) {
    let mut mac = key.clone();
    mac.update(body);
    mac.verify_slice(signature).unwrap();
}

/// The floor of verifying: the whole body is parsed.
fn json(key: &Hmac<Sha256>, signature: &[u8; 32], body: &[u8]) {
    hmac_alone(key, signature, body);
    let _: IgnoredAny = serde_json::from_slice(body).unwrap();
}

/// The floor of reading: the minimum of a program that uses the invoice.
fn structs(key: &Hmac<Sha256>, signature: &[u8; 32], body: &[u8]) -> Envelope {
    hmac_alone(key, signature, body);
    serde_json::from_slice(body).unwrap()
}

fn verified<'b>(key: &Key, signature: &str, body: &'b [u8]) -> Delivery<&'b [u8]> {
    key.open(signature, body).unwrap()
}

fn typed(key: &Key, signature: &str, body: &[u8]) -> Event {
    verified(key, signature, body).event()
}

fn main() {
    let (side, rounds) = bench::arguments(20_000);

    let body = body();
    let key = Key::new(&WebhookSecret::new(SECRET)).unwrap();
    let signature = key.sign(&body);
    let by_hand = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let mut bytes = by_hand.clone();
    bytes.update(&body);
    let bytes: [u8; 32] = bytes.finalize().into_bytes().into();
    assert!(matches!(
        typed(&key, signature.as_str(), &body),
        Event::MyeduzzInvoicePaid(_)
    ));

    let hmac_alone = || hmac_alone(&by_hand, &bytes, black_box(&body));
    let json = || json(&by_hand, &bytes, black_box(&body));
    let verified = || drop(black_box(verified(&key, signature.as_str(), black_box(&body))));
    let structs = || drop(black_box(structs(&by_hand, &bytes, black_box(&body))));
    let typed = || drop(black_box(typed(&key, signature.as_str(), black_box(&body))));
    match side.as_deref() {
        Some("hmac") => (0..rounds).for_each(|_| hmac_alone()),
        Some("json") => (0..rounds).for_each(|_| json()),
        Some("verified") => (0..rounds).for_each(|_| verified()),
        Some("structs") => (0..rounds).for_each(|_| structs()),
        Some("typed") => (0..rounds).for_each(|_| typed()),
        _ => {
            println!(
                "a paid invoice of {} bytes, on one core        a second   time   allocations",
                body.len()
            );
            let [alone, json, verified, structs, typed] = bench::measure(
                rounds,
                100,
                [
                    &|meter| meter.time(hmac_alone),
                    &|meter| meter.time(json),
                    &|meter| meter.time(verified),
                    &|meter| meter.time(structs),
                    &|meter| meter.time(typed),
                ],
            );
            show("HMAC-SHA256 alone", None, alone);
            let floor = show("HMAC, and whether it is JSON", None, json);
            show("verified: `Key::open`", Some(floor), verified);
            let floor = show("HMAC, and plain structs", None, structs);
            show("verified and typed", Some(floor), typed);
        }
    }
}

/// Prints one line with its time as a ratio to a floor, and gives the time.
fn show(what: &str, floor: Option<Duration>, (allocations, time): Taken) -> Duration {
    let ratio = time.div_duration_f64(floor.unwrap_or(time));
    let a_second = 1.0 / time.as_secs_f64();
    println!("{what:<46} {a_second:>10.0}   {ratio:.2}   {allocations:>11}");
    time
}

eduzz_testkit::plain_structs! {
    struct Envelope {
        id: String,
        event: String,
        data: Invoice,
        sent_date: Option<String>,
    }

    struct Invoice {
        id: String,
        status: String,
        buyer: Option<Buyer>,
        producer: Option<Producer>,
        offer: Option<Offer>,
        utm: Option<Utm>,
        tracker: Option<Tracker>,
        created_at: Option<String>,
        due_date: Option<String>,
        price: Option<Money>,
        order_bump: Option<OrderBump>,
        installments: Option<u32>,
        items: Vec<Item>,
        total_items: Option<u32>,
        payment_method: Option<String>,
        bank_slip_installment: Option<BankSlipInstallment>,
        contract: Option<Contract>,
        payment: Option<Payment>,
        barcode: Option<String>,
        billet_url: Option<String>,
        checkout_url: Option<String>,
        bankslip_url: Option<String>,
        paid: Option<Money>,
        affiliate: Option<Affiliate>,
        paid_at: Option<String>,
        transaction: Option<Transaction>,
        student: Option<Student>,
        chargeback: Option<Chargeback>,
    }

    struct Money {
        currency: String,
        value: f64,
    }

    struct Buyer {
        id: String,
        name: String,
        document: Option<String>,
        email: String,
        phone: Option<String>,
        phone2: Option<String>,
        cellphone: Option<String>,
        address: Option<Address>,
    }

    struct Address {
        street: Option<String>,
        number: Option<String>,
        neighborhood: Option<String>,
        complement: Option<String>,
        city: Option<String>,
        state: Option<String>,
        country: Option<String>,
        zip_code: Option<String>,
    }

    struct Producer {
        id: String,
        name: String,
        email: String,
        origin_secret: Option<String>,
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

    struct Tracker {
        code1: Option<String>,
        code2: Option<String>,
        code3: Option<String>,
    }

    struct OrderBump {
        has: bool,
        is_main_sale: bool,
        main_sale_id: Option<u64>,
    }

    struct Item {
        product_id: String,
        name: String,
        parent_id: Option<String>,
        refund_period: Option<RefundPeriod>,
        price: Option<Money>,
        coupon: Option<Coupon>,
        partner_id: Option<String>,
        billing_type: Option<String>,
        sku_reference: Option<String>,
    }

    struct RefundPeriod {
        duration_type: String,
        value: u32,
    }

    struct Coupon {
        id: Option<String>,
        key: Option<String>,
        discount: Option<Money>,
    }

    struct BankSlipInstallment {
        installment_number: u32,
        total_installments: u32,
    }

    struct Contract {
        id: String,
        is_unlimited_installments: bool,
    }

    struct Payment {
        method: Option<String>,
        details: Option<String>,
    }

    struct Affiliate {
        id: String,
        name: Option<String>,
        email: Option<String>,
    }

    struct Transaction {
        id: String,
        key: Option<String>,
    }

    struct Student {
        id: String,
        name: String,
        document: Option<String>,
        email: String,
        phone: Option<String>,
        phone2: Option<String>,
        cellphone: Option<String>,
    }

    struct Chargeback {
        status: String,
        created_at: Option<String>,
        limit_date: Option<String>,
        finished_at: Option<String>,
    }
}
