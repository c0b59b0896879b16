//! Which failures are retried, and when.

use std::time::Duration;

use eduzz_wire::{Backoff, Failure, Repeat, Sent};
use http::StatusCode;
use proptest::prelude::*;

const KINDS: [Repeat; 4] = [Repeat::Safe, Repeat::Idempotent, Repeat::Once, Repeat::Unsent];

fn status(code: u16) -> Failure {
    Failure::Status {
        status: StatusCode::from_u16(code).unwrap(),
        retry_after: None,
    }
}

#[test]
fn wait_follows_the_table_of_retries() {
    let again = |failure| KINDS.map(|kind| Backoff::default().wait(kind, 1, failure, 0).is_some());
    assert_eq!(again(Failure::Transport(Sent::NotSent)), [true, true, true, true]);
    assert_eq!(
        again(Failure::Transport(Sent::MaybeSent)),
        [true, true, false, false]
    );
    assert_eq!(again(status(429)), [true, true, true, false]);
    for code in [500, 502, 503, 504] {
        assert_eq!(again(status(code)), [true, true, false, false], "{code}");
    }
    for code in (100..1000).filter(|code| ![429, 500, 502, 503, 504].contains(code)) {
        assert_eq!(again(status(code)), [false; 4], "{code}");
    }
}

#[test]
fn backoff_never_allows_one_attempt() {
    let wait = Backoff::never().wait(Repeat::Safe, 1, Failure::Transport(Sent::NotSent), 0);
    assert_eq!(wait, None);
}

#[test]
fn retry_after_is_obeyed_up_to_its_ceiling() {
    let backoff = Backoff::default();
    let asked = |seconds| Failure::Status {
        status: StatusCode::TOO_MANY_REQUESTS,
        retry_after: Some(Duration::from_secs(seconds)),
    };
    let wait = |seconds| backoff.wait(Repeat::Once, 1, asked(seconds), 0);
    assert_eq!(wait(60), Some(Duration::from_secs(60)));
    assert_eq!((wait(61), wait(u64::MAX)), (None, None));
}

proptest! {
    #[test]
    fn wait_stays_within_its_bounds(attempt in 0_u32..100, random in any::<u64>(), attempts in 0_u32..100) {
        let mut backoff = Backoff::default();
        backoff.attempts = attempts;
        let wait = backoff.wait(Repeat::Safe, attempt, status(503), random);
        prop_assert_eq!(wait.is_some(), attempt < attempts);
        let doubled = backoff.first.as_secs_f64() * 2_f64.powi(i32::try_from(attempt.saturating_sub(1)).unwrap());
        let bound = doubled.min(backoff.ceiling.as_secs_f64()) + 1e-6;
        prop_assert!(wait.unwrap_or_default().as_secs_f64() <= bound);
    }

    #[test]
    fn wait_is_proportional_to_the_random_number(random in any::<u64>()) {
        let wait = Backoff::default().wait(Repeat::Safe, 1, status(503), random).unwrap();
        let share = random as f64 / u64::MAX as f64;
        prop_assert!((wait.as_secs_f64() / 0.5 - share).abs() < 1e-6);
    }
}

#[test]
fn wait_with_any_duration_does_not_panic() {
    let mut backoff = Backoff::default();
    backoff.attempts = u32::MAX;
    for length in [Duration::MAX, Duration::from_secs(1 << 40), Duration::ZERO] {
        (backoff.first, backoff.ceiling) = (length, Duration::MAX);
        for attempt in [0, 1, 33, 64, u32::MAX - 1] {
            for random in [0, u64::MAX / 2, u64::MAX] {
                assert!(backoff.wait(Repeat::Safe, attempt, status(503), random).is_some());
            }
        }
        let longest = backoff.wait(Repeat::Safe, 1, status(503), u64::MAX).unwrap();
        assert!(longest >= length.saturating_sub(Duration::from_nanos(1)));
    }
}

/// On failure, copy the table that this test shows into its page.
#[test]
fn tables_in_the_docs_match_the_code() {
    let english = [
        "What happened",
        "certainly not sent",
        "maybe sent, no answer",
        "any other status",
        "again",
        "no",
    ];
    let portuguese = [
        "O que aconteceu",
        "certamente não enviada",
        "talvez enviada, sem resposta",
        "qualquer outro status",
        "repete",
        "não",
    ];
    for (page, words) in [("repeats.md", english), ("repeats.pt-BR.md", portuguese)] {
        let path = format!("{}/../../docs/{page}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let table = table_of_retries(words);
        assert!(text.contains(&table), "docs/{page} should have:\n{table}");
    }
}

fn table_of_retries([head, not_sent, maybe_sent, other, again, no]: [&str; 6]) -> String {
    let others = (300..600).filter(|code| ![429, 500, 502, 503, 504].contains(code));
    let rows = [
        (not_sent, vec![Failure::Transport(Sent::NotSent)]),
        (maybe_sent, vec![Failure::Transport(Sent::MaybeSent)]),
        ("429", vec![status(429)]),
        ("500", vec![status(500)]),
        ("502, 503, 504", [502, 503, 504].map(status).to_vec()),
        (other, others.map(status).collect()),
    ];
    let backoff = Backoff::default();
    let mut table =
        format!("| {head} | `Safe` | `Idempotent` | `Once` | `Unsent` |\n|---|---|---|---|---|\n");
    for (what, failures) in rows {
        let decide = |kind, failure: &Failure| backoff.wait(kind, 1, *failure, 0).is_some();
        let cells = KINDS.map(|kind| {
            let first = decide(kind, &failures[0]);
            let is_one_row = failures.iter().all(|failure| decide(kind, failure) == first);
            assert!(is_one_row, "{what}");
            if first { again } else { no }
        });
        table.push_str(&format!("| {what} | {} |\n", cells.join(" | ")));
    }
    table
}
