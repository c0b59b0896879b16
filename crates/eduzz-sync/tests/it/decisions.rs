//! Attempts, waits and order.

use std::time::Duration;

use eduzz_sync::Moment;
use eduzz_sync::inbox::{
    Ahead, Code, Ending, HOLD, LEASE, LONGEST_WAIT, MAX_ATTEMPTS, State, backoff, latest_due, parked_until,
};
use proptest::prelude::*;

#[test]
fn waits_are_those_of_the_documentation() {
    let longest = [5, 30, 120, 600, 3_600, 14_400, 43_200, 86_400];
    for (attempts, longest) in (1..).zip(longest) {
        assert_eq!(
            backoff(attempts, longest * 1_000),
            Some(Duration::from_secs(longest))
        );
        assert_eq!(backoff(attempts, 0), Some(Duration::ZERO));
    }
    assert_eq!(backoff(MAX_ATTEMPTS, 0), None);
    assert_eq!(
        longest.iter().max().copied().map(Duration::from_secs),
        Some(LONGEST_WAIT)
    );
}

#[test]
fn states_have_names_that_are_read_again() {
    for state in State::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    assert!("Ready".parse::<State>().is_err() && "".parse::<State>().is_err());
}

#[test]
fn codes_are_short_words() {
    assert_eq!(Code::new("crm_down").unwrap().as_str(), "crm_down");
    for text in ["", "a b", "pessoa@example.com", "ação", "a\n", &"x".repeat(65)] {
        assert_eq!(Code::new(text), None, "{text:?}");
    }
}

proptest! {
    /// However attempts end, an event is open with a bounded wait or has ended, and never has more
    /// than nine attempts.
    #[test]
    fn any_attempts_end(chances in proptest::collection::vec(any::<u64>(), 1..30)) {
        let mut attempts = 0;
        let mut state = State::Ready;
        for chance in chances {
            prop_assert_eq!(state, State::Ready);
            attempts += 1;
            let change = Ending::Failed(Code::ERROR).change(attempts, chance);
            prop_assert_eq!(change.attempts, attempts);
            prop_assert!(change.wait <= LONGEST_WAIT && change.error.is_some());
            prop_assert_eq!(change.state == State::Dead, attempts == MAX_ATTEMPTS);
            prop_assert_eq!(change.holds, change.state.is_open());
            state = change.state;
            if state == State::Dead {
                break;
            }
        }
        prop_assert!(attempts <= MAX_ATTEMPTS);
    }

    #[test]
    fn released_events_lose_no_attempt(attempts in 1_u32..20, chance: u64) {
        let change = Ending::Released.change(attempts, chance);
        prop_assert_eq!((change.state, change.attempts), (State::Ready, attempts - 1));
        prop_assert_eq!((change.wait, change.holds, change.error), (Duration::ZERO, false, None));
    }

    #[test]
    fn events_wait_for_others_at_most_an_hour(now: i32, failed in proptest::option::of(any::<i32>())) {
        let now = Moment::from_millis(now.into());
        let holds_until = failed.map(|failed| Moment::from_millis(failed.into()));
        let until = parked_until(now, Ahead::Earlier { holds_until });
        prop_assert!(until.is_none_or(|until| until > now));
        prop_assert_eq!(parked_until(now, Ahead::Running), Some(now.after(HOLD)));
        match holds_until {
            None => prop_assert_eq!(until, Some(now.after(HOLD))),
            Some(holds_until) => prop_assert_eq!(until.is_some(), holds_until > now),
        }
    }

    #[test]
    fn no_clock_makes_an_event_wait_longer_than_its_state_can(now: i64, attempts in 0_u32..10) {
        let now = Moment::from_millis(now);
        for state in State::ALL {
            prop_assert!(latest_due(now, state, attempts) >= now);
            prop_assert!(latest_due(now, state, attempts) <= now.after(LONGEST_WAIT));
        }
        prop_assert_eq!(latest_due(now, State::Claimed, attempts), now.after(LEASE));
    }

    #[test]
    fn moments_do_not_overflow(millis: i64, wait: u64, other: i64) {
        let (moment, wait) = (Moment::from_millis(millis), Duration::from_millis(wait));
        prop_assert!(moment.after(wait) >= moment);
        prop_assert!(moment.before(wait) <= moment);
        let since = moment.since(Moment::from_millis(other));
        prop_assert_eq!(since.is_zero(), millis <= other);
    }
}
