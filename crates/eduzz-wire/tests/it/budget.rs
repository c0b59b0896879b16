//! The budget of retries.

use eduzz_wire::RetryBudget;
use http::StatusCode;
use proptest::prelude::*;

proptest! {
    #[test]
    fn retries_are_at_most_the_budget_and_a_fifth_of_the_answers(retries in 0_u32..50, events in proptest::collection::vec(any::<bool>(), 0..500)) {
        let mut budget = RetryBudget::new(retries);
        let (mut taken, mut answers) = (0_u32, 0_u32);
        for answered in events {
            if answered {
                budget.answered(StatusCode::OK);
                answers += 1;
            } else {
                let left = budget.left();
                prop_assert_eq!(budget.take(), left > 0);
                taken += u32::from(left > 0);
            }
            prop_assert!(budget.left() <= retries);
            prop_assert!(taken * 5 <= retries * 5 + answers);
        }
    }
}

#[test]
fn answers_refill_the_budget() {
    let mut budget = RetryBudget::default();
    assert_eq!((0..30).filter(|_| budget.take()).count(), 20);
    for _ in 0..1_000 {
        budget.answered(StatusCode::OK);
    }
    assert_eq!(budget, RetryBudget::default());
}

#[test]
fn every_answer_but_a_retried_one_earns() {
    for code in 100..600 {
        let mut budget = RetryBudget::new(1);
        assert!(budget.take());
        for _ in 0..5 {
            budget.answered(StatusCode::from_u16(code).unwrap());
        }
        let retried = [429, 500, 502, 503, 504].contains(&code);
        assert_eq!(budget.left(), u32::from(!retried), "{code}");
    }
}
