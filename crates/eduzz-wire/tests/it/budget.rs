//! Repeats become as rare as answers are.

use eduzz_wire::RetryBudget;
use proptest::prelude::*;

proptest! {
    #[test]
    fn repeats_are_at_most_the_budget_and_a_fifth_of_the_answers(repeats in 0_u32..50, events in proptest::collection::vec(any::<bool>(), 0..500)) {
        let mut budget = RetryBudget::new(repeats);
        let (mut taken, mut answers) = (0_u32, 0_u32);
        for answered in events {
            if answered {
                budget.answered();
                answers += 1;
            } else {
                let left = budget.left();
                prop_assert_eq!(budget.take(), left > 0);
                taken += u32::from(left > 0);
            }
            prop_assert!(budget.left() <= repeats);
            prop_assert!(taken * 5 <= repeats * 5 + answers);
        }
    }
}

#[test]
fn a_good_time_fills_it_again() {
    let mut budget = RetryBudget::default();
    assert_eq!((0..30).filter(|_| budget.take()).count(), 20);
    for _ in 0..1_000 {
        budget.answered();
    }
    assert_eq!(budget, RetryBudget::default());
}
