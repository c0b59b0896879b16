//! Deliveries that are lost, doubled and shuffled with a probability, and outages of a receiver.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use eduzz_sandbox::{DeliveryState, Fault, ReceiverAnswer};
use proptest::prelude::*;

use super::ByHand;

const PAID: &str = "myeduzz.invoice_paid";
const SPAN: Duration = Duration::from_secs(600);

/// Sells with these probabilities of a loss and a copy; how often each event's delivery was sent,
/// in the order of the events, and the order in which they were sent.
async fn sold(seed: u64, lost: u32, twice: u32, count: u32) -> (ByHand, Vec<usize>, Vec<String>) {
    let test = ByHand::with(|config| {
        crate::client::reseed(config, seed);
        config.webhooks.sender = eduzz_sandbox::Sender::ByHand;
        config.webhooks.parallel = 1_000;
        config.history = Duration::ZERO;
    });
    test.active(&[PAID]).await;
    test.client.control.set_faults([
        Fault::delivered_never().on(PAID).chance(lost),
        Fault::delivered_twice().on(PAID).chance(twice),
        Fault::delivered_shuffled(SPAN).on(PAID),
    ]);
    test.sell(count);
    let mut sent = test.answer(200);
    while test.pass().is_some() {
        sent.extend(test.answer(200));
    }
    let mut order = Vec::new();
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for record in test.deliveries.history() {
        if record.event == PAID {
            let sent = usize::from(record.state == DeliveryState::Taken);
            if !copies.contains_key(&record.id) {
                order.push(record.id.clone());
            }
            *copies.entry(record.id).or_default() += sent;
        }
    }
    let copies = order.iter().map(|id| copies[id]).collect();
    (test, copies, sent)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Each fault strikes as often as it says, what it counts is what was delivered, and the same
    /// seed gives the same.
    #[test]
    fn deliveries_fail_as_often_as_they_were_told(seed: u64, lost in 0_u32..=1_000, twice in 0_u32..=1_000) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let count = 300;
            let (test, copies, sent) = sold(seed, lost, twice, count).await;
            let strikes = test.client.control.fault_strikes();
            let [never, double, shuffled] = strikes.try_into().unwrap();
            let told = |copies_of: usize| copies.iter().filter(|copies| **copies == copies_of).count() as u64;
            assert_eq!(copies.len(), count as usize);
            assert_eq!(told(0), never);
            assert!(told(2) <= double && copies.iter().all(|copies| *copies <= 2));
            assert_eq!(sent.len(), copies.iter().sum::<usize>());
            assert_eq!(shuffled, u64::from(count));
            // Five standard deviations.
            for (struck, chance) in [(never, lost), (double, twice)] {
                let expected = f64::from(count * chance) / 1_000.0;
                let spread = (expected * (1.0 - f64::from(chance) / 1_000.0)).sqrt();
                let off = (struck as f64 - expected).abs();
                assert!(off <= 5.0 * spread + 1e-9, "{struck} of {count} at {chance}");
            }
            let (_, again, order) = sold(seed, lost, twice, count).await;
            assert_eq!((again, order), (copies, sent));
        });
    }
}

#[tokio::test]
async fn shuffled_deliveries_arrive_in_another_order_within_their_span() {
    let (test, copies, sent) = sold(3, 0, 0, 200).await;
    assert!(copies.iter().all(|copies| *copies == 1));
    let history = test.deliveries.history();
    let happened: Vec<&str> = history
        .iter()
        .filter(|record| record.event == PAID)
        .map(|record| record.id.as_str())
        .collect();
    assert_ne!(sent, happened);
    let [sent, happened] = [
        sent.iter().map(String::as_str).collect::<HashSet<_>>(),
        happened.into_iter().collect(),
    ];
    assert_eq!(sent, happened);
    let start = history[0].attempts[0].sent_at;
    for record in &history {
        let late = record.attempts[0].sent_at.duration_since(start).unwrap();
        assert!(late <= SPAN);
    }
}

#[tokio::test]
async fn backup_that_ends_erases_what_waits_and_disables() {
    let test = ByHand::with(|config| config.webhooks.backup = true);
    let id = test.active(&[PAID]).await;
    assert_eq!(test.deliveries.end_backup("unknown"), None);
    test.sell(4);
    assert_eq!(test.answer(500).len(), 4);
    assert_eq!(test.deliveries.end_backup(&id), Some(4));
    assert_eq!(test.status(&id).await, "disabled");
    let erased = test.deliveries.history().into_iter();
    let erased = erased.filter(|record| record.state == DeliveryState::Erased);
    assert_eq!(erased.count(), 4);
    assert_eq!(test.deliveries.end_backup(&id), None);
    test.advance(Duration::from_secs(3 * 86_400));
    assert!(test.deliveries.due().is_empty());
    // What happens meanwhile is not stored; active again, it receives what is new.
    test.sell(1);
    test.activate(&id, ReceiverAnswer::status(200)).await.unwrap();
    assert!(test.answer(200).is_empty());
    test.sell(1);
    assert_eq!(test.answer(200).len(), 1);
}
