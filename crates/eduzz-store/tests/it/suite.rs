//! The suite: each case runs over every store.

use std::time::Duration;

use eduzz_store::{Filter, Reopening, Settled, Settlement, Store};
use eduzz_sync::inbox::{Code, Ending, HOLD, LEASE, MAX_ATTEMPTS, Order, State};

use crate::stores::{self, Setup};
use crate::support::{delivered, end, event, put, row, rows, seqs};

const SECOND: Duration = Duration::from_secs(1);

/// A test of each case over each store.
macro_rules! suite {
    ($($case:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test]
            async fn $case() {
                super::$case(super::stores::memory()).await;
            })+
        }
        mod sqlite {
            $(#[tokio::test]
            async fn $case() {
                super::$case(super::stores::sqlite().await).await;
            })+
        }
        #[cfg(feature = "postgres")]
        mod postgres {
            $(#[tokio::test]
            async fn $case() {
                if let Some(setup) = super::stores::postgres(stringify!($case)).await {
                    super::$case(setup).await;
                }
            })+
        }
    };
}

suite! {
    a_delivery_is_stored_once,
    odd_bodies_are_stored,
    claims_are_exclusive_and_expire,
    a_late_worker_cannot_write,
    failures_are_retried_until_dead,
    a_lost_worker_counts_as_an_attempt,
    an_event_that_ends_its_process_dies_alone,
    a_released_event_is_no_attempt,
    events_of_a_subject_wait_for_each_other,
    a_failed_event_holds_its_subject_for_an_hour,
    later_attempts_leave_the_end_of_the_hold,
    an_event_that_comes_back_waits_for_the_running_one,
    accounts_are_apart,
    handlers_are_marked_once,
    retry_keeps_marks_and_replay_does_not,
    pruned_events_stay_known,
    filters_match,
    counts_add_up,
    a_clock_that_goes_back_loses_nothing,
}

async fn a_delivery_is_stored_once<S: Store>(Setup { store, .. }: Setup<S>) {
    let first = store.put(event("e1", "a"), State::Ready).await.unwrap();
    let again = store.put(event("e1", "a"), State::Ready).await.unwrap();
    let other = store.put(event("e1", "b"), State::Ready).await.unwrap();
    assert!(first.is_new && !again.is_new && !other.is_new);
    assert!(!again.differs && other.differs);
    let stored = store.get(first.seq).await.unwrap().unwrap();
    assert_eq!((stored.row.copies, stored.row.differing), (2, 1));
    let body = stored.body.unwrap();
    assert_eq!(body.bytes, event("e1", "a").body, "the first body is kept");
    assert_eq!(body.signature, event("e1", "a").signature);
    assert_eq!(rows(&store).await.len(), 1);
}

async fn odd_bodies_are_stored<S: Store>(Setup { store, .. }: Setup<S>) {
    let long = format!(
        r#"{{"id":"{}","event":"new.event","data":{{}}}}"#,
        "x".repeat(5_000)
    );
    let bodies: [&[u8]; 6] = [
        b"",
        b"\0\xff not JSON",
        br#"{"id":"a\u0000b","event":"safevideo.upload_started","data":{"filename":"a\u0000b"},"sentDate":"\u0000"}"#,
        br#"{"event":"ping"}"#,
        br#"{"id":"e1","event":"safevideo.upload_started","data":{"filename":""}}"#,
        long.as_bytes(),
    ];
    for body in bodies {
        let put = store.put(delivered(body), State::Ready).await.unwrap();
        assert!(put.is_new);
        let stored = store.get(put.seq).await.unwrap().unwrap();
        assert_eq!(stored.body.unwrap().bytes, body);
    }
    let claimed = store.claim(Order::BySubject, 100).await.unwrap();
    assert_eq!(claimed.len(), bodies.len());
}

async fn claims_are_exclusive_and_expire<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let (first, second) = (put(&store, "e1", "a").await, put(&store, "e2", "b").await);
    let one = store.claim(Order::Any, 1).await.unwrap();
    assert_eq!(seqs(&one), [first]);
    assert_eq!(one[0].event.row.attempts, 1);
    assert_eq!(seqs(&store.claim(Order::Any, 5).await.unwrap()), [second]);
    assert_eq!(store.claim(Order::Any, 5).await.unwrap(), []);

    hands.pass(LEASE - SECOND);
    assert_eq!(store.renew(vec![one[0].claim]).await.unwrap(), [one[0].claim]);
    hands.pass(SECOND);
    assert_eq!(
        seqs(&store.claim(Order::Any, 5).await.unwrap()),
        [second],
        "not renewed"
    );
    hands.pass(LEASE);
    assert_eq!(store.renew(vec![one[0].claim]).await.unwrap(), [], "too late");
    assert_eq!(
        seqs(&store.claim(Order::Any, 5).await.unwrap()),
        [first],
        "the second one was lost twice"
    );
}

async fn a_late_worker_cannot_write<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let seq = put(&store, "e1", "a").await;
    let late = store.claim(Order::Any, 1).await.unwrap().remove(0);
    hands.pass(LEASE);
    assert!(
        matches!(end(&store, &late, Ending::Done, 0).await, Settled::Lost),
        "its lease is over"
    );
    let present = store.claim(Order::Any, 1).await.unwrap().remove(0);
    assert_eq!(present.claim.number, late.claim.number + 1);
    assert!(matches!(end(&store, &late, Ending::Done, 0).await, Settled::Lost));
    assert_eq!(row(&store, seq).await.state, State::Claimed);
    assert!(matches!(
        end(&store, &present, Ending::Done, 0).await,
        Settled::Committed
    ));
    assert!(
        matches!(end(&store, &present, Ending::Done, 0).await, Settled::Lost),
        "it has ended"
    );
    assert_eq!(row(&store, seq).await.state, State::Done);
}

async fn failures_are_retried_until_dead<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let seq = put(&store, "e1", "a").await;
    let longest = [5, 30, 120, 600, 3_600, 14_400, 43_200, 86_400];
    for (attempt, wait) in (1..).zip(longest) {
        let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
        assert_eq!(claimed.event.row.attempts, attempt);
        let chance = wait * 1_000;
        end(&store, &claimed, Ending::Failed(Code::TIMED_OUT), chance).await;
        assert_eq!(row(&store, seq).await.error.as_deref(), Some("timed_out"));
        hands.pass(Duration::from_secs(wait) - SECOND);
        assert_eq!(store.claim(Order::Any, 1).await.unwrap(), []);
        hands.pass(SECOND);
    }
    let last = store.claim(Order::Any, 1).await.unwrap().remove(0);
    assert_eq!(last.event.row.attempts, MAX_ATTEMPTS);
    end(&store, &last, Ending::Failed(Code::ERROR), 0).await;
    let dead = row(&store, seq).await;
    assert_eq!((dead.state, dead.error.as_deref()), (State::Dead, Some("error")));
    assert!(dead.ended_at.is_some());
}

async fn a_lost_worker_counts_as_an_attempt<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let seq = put(&store, "e1", "a").await;
    for attempt in 1..=MAX_ATTEMPTS {
        let claimed = store.claim(Order::Any, 1).await.unwrap();
        assert_eq!(
            (seqs(&claimed), claimed[0].event.row.attempts),
            (vec![seq], attempt)
        );
        hands.pass(LEASE);
        // The first time another worker takes it at once.
        if attempt > 1 {
            assert_eq!(store.claim(Order::Any, 1).await.unwrap(), []);
            hands.pass(24 * HOLD);
        }
    }
    assert_eq!(store.claim(Order::Any, 1).await.unwrap(), []);
    let dead = row(&store, seq).await;
    assert_eq!(
        (dead.state, dead.error.as_deref(), dead.attempts),
        (State::Dead, Some("worker_lost"), MAX_ATTEMPTS)
    );
}

async fn an_event_that_ends_its_process_dies_alone<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    for at in 0..15 {
        put(&store, &format!("sound{at}"), &at.to_string()).await;
    }
    let poison = put(&store, "poison", "p").await;
    for _ in 0..2_000 {
        let claimed = store.claim(Order::Any, 16).await.unwrap();
        if seqs(&claimed).contains(&poison) {
            hands.pass(LEASE);
            continue;
        }
        for claimed in &claimed {
            end(&store, claimed, Ending::Done, 0).await;
        }
        let is_last = store.counts().await.unwrap().done == 15;
        hands.pass(if is_last { HOLD } else { SECOND });
    }
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.done, counts.dead), (15, 1));
}

async fn a_released_event_is_no_attempt<S: Store>(Setup { store, .. }: Setup<S>) {
    let seq = put(&store, "e1", "a").await;
    for _ in 0..MAX_ATTEMPTS + 2 {
        let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
        end(&store, &claimed, Ending::Released, 0).await;
    }
    assert_eq!(
        (row(&store, seq).await.state, row(&store, seq).await.attempts),
        (State::Ready, 0)
    );
}

async fn events_of_a_subject_wait_for_each_other<S: Store>(Setup { store, .. }: Setup<S>) {
    let first = put(&store, "e1", "a").await;
    let second = put(&store, "e2", "a").await;
    let third = put(&store, "e3", "a").await;
    let other = put(&store, "e4", "b").await;
    let claimed = store.claim(Order::BySubject, 10).await.unwrap();
    assert_eq!(seqs(&claimed), [first, other]);
    assert_eq!(row(&store, second).await.state, State::Parked);
    assert_eq!(store.claim(Order::BySubject, 10).await.unwrap(), []);
    end(&store, &claimed[0], Ending::Done, 0).await;
    let claimed = store.claim(Order::BySubject, 10).await.unwrap();
    assert_eq!(seqs(&claimed), [second]);
    end(&store, &claimed[0], Ending::Hopeless(Code::ERROR), 0).await;
    let claimed = store.claim(Order::BySubject, 10).await.unwrap();
    assert_eq!(seqs(&claimed), [third]);
    end(&store, &claimed[0], Ending::Released, 0).await;
    assert_eq!(seqs(&store.claim(Order::BySubject, 10).await.unwrap()), [third]);
}

async fn a_failed_event_holds_its_subject_for_an_hour<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let first = put(&store, "e1", "a").await;
    let second = put(&store, "e2", "a").await;
    let third = put(&store, "e3", "a").await;
    let claimed = store.claim(Order::BySubject, 10).await.unwrap();
    assert_eq!(seqs(&claimed), [first]);
    end(&store, &claimed[0], Ending::Failed(Code::ERROR), 5_000).await;
    hands.pass(SECOND);
    assert_eq!(store.claim(Order::BySubject, 10).await.unwrap(), []);
    hands.pass(5 * SECOND);
    // Its second failure is not waited for longer than its first one.
    let claimed = store.claim(Order::BySubject, 10).await.unwrap();
    assert_eq!(seqs(&claimed), [first]);
    end(&store, &claimed[0], Ending::Failed(Code::ERROR), 30_000).await;
    hands.pass(HOLD - 7 * SECOND);
    let claimed = store.claim(Order::BySubject, 10).await.unwrap();
    assert_eq!(seqs(&claimed), [first]);
    end(&store, &claimed[0], Ending::Failed(Code::ERROR), 120_000).await;
    hands.pass(10 * SECOND);
    let claimed = store.claim(Order::BySubject, 10).await.unwrap();
    assert_eq!(seqs(&claimed), [second], "an hour after the first failure");
    end(&store, &claimed[0], Ending::Done, 0).await;
    assert_eq!(seqs(&store.claim(Order::BySubject, 10).await.unwrap()), [third]);
}

async fn later_attempts_leave_the_end_of_the_hold<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let seq = put(&store, "e1", "a").await;
    let claimed = store.claim(Order::BySubject, 1).await.unwrap();
    end(&store, &claimed[0], Ending::Failed(Code::ERROR), 0).await;
    let held = row(&store, seq).await.holds_until;
    assert!(held.is_some());
    for ending in [Ending::Failed(Code::ERROR), Ending::Released] {
        hands.pass(SECOND);
        let claimed = store.claim(Order::BySubject, 1).await.unwrap();
        end(&store, &claimed[0], ending, 0).await;
        assert_eq!(row(&store, seq).await.holds_until, held);
    }
    // Workers that are lost end attempts within a claim.
    for _ in 0..4 {
        let _lost = store.claim(Order::BySubject, 1).await.unwrap();
        hands.pass(LEASE);
        assert_eq!(row(&store, seq).await.holds_until, held);
    }
    assert_eq!(row(&store, seq).await.error.as_deref(), Some("worker_lost"));
}

async fn an_event_that_comes_back_waits_for_the_running_one<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let first = put(&store, "e1", "a").await;
    let second = put(&store, "e2", "a").await;
    let claimed = store.claim(Order::BySubject, 10).await.unwrap();
    end(&store, &claimed[0], Ending::Failed(Code::ERROR), 5_000).await;
    hands.pass(HOLD);
    let running = store.claim(Order::BySubject, 10).await.unwrap();
    assert_eq!(
        seqs(&running),
        [second],
        "an hour after the first failure, and one at a time"
    );
    assert_eq!(row(&store, first).await.state, State::Parked);
    end(&store, &running[0], Ending::Failed(Code::ERROR), 5_000).await;
    assert_eq!(seqs(&store.claim(Order::BySubject, 10).await.unwrap()), [first]);
}

async fn accounts_are_apart<S: Store>(Setup { store, .. }: Setup<S>) {
    let mut other = event("e1", "a");
    other.account = String::from("other");
    put(&store, "e1", "a").await;
    assert!(store.put(other, State::Ready).await.unwrap().is_new);
    assert_eq!(store.claim(Order::BySubject, 10).await.unwrap().len(), 2);
}

async fn handlers_are_marked_once<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let seq = put(&store, "e1", "a").await;
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    let accepted = Settlement::accepted(claimed.claim, "mail", None, None);
    assert!(matches!(
        store.settle(accepted).await.unwrap(),
        Settled::Committed
    ));
    let whole = store.get(seq).await.unwrap().unwrap();
    assert_eq!(
        (whole.handled, whole.row.state),
        (vec![String::from("mail")], State::Claimed)
    );
    hands.pass(LEASE);
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    assert_eq!(claimed.event.handled, ["mail"]);
    let change = Ending::Done.change(2, 0);
    let accepted = Settlement::accepted(claimed.claim, "crm", None, Some(change));
    assert!(matches!(
        store.settle(accepted).await.unwrap(),
        Settled::Committed
    ));
    let whole = store.get(seq).await.unwrap().unwrap();
    assert_eq!(
        (whole.handled.join(" "), whole.row.state),
        (String::from("crm mail"), State::Done)
    );
}

async fn retry_keeps_marks_and_replay_does_not<S: Store>(Setup { store, .. }: Setup<S>) {
    let seq = put(&store, "e1", "a").await;
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    let accepted = Settlement::accepted(claimed.claim, "mail", None, None);
    store.settle(accepted).await.unwrap();
    assert_eq!(
        store.reopen(Filter::default(), Reopening::Replay).await.unwrap(),
        0,
        "it is claimed"
    );
    end(&store, &claimed, Ending::Hopeless(Code::ERROR), 0).await;
    for (reopening, handled) in [(Reopening::Retry, 1), (Reopening::Replay, 0)] {
        assert_eq!(store.reopen(Filter::default(), reopening).await.unwrap(), 1);
        let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
        let row = &claimed.event.row;
        assert_eq!(
            (claimed.event.handled.len(), row.attempts, row.error.as_deref()),
            (handled, 1, None)
        );
        end(&store, &claimed, Ending::Hopeless(Code::ERROR), 0).await;
    }
    store.reopen(Filter::default(), Reopening::Retry).await.unwrap();
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    end(&store, &claimed, Ending::Done, 0).await;
    assert_eq!(
        store.reopen(Filter::default(), Reopening::Retry).await.unwrap(),
        0,
        "it is done"
    );
    assert_eq!(
        store.reopen(Filter::default(), Reopening::Replay).await.unwrap(),
        1
    );
    assert_eq!(row(&store, seq).await.state, State::Ready);
}

async fn pruned_events_stay_known<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let done = put(&store, "e1", "a").await;
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    end(&store, &claimed, Ending::Done, 0).await;
    let waiting = put(&store, "e2", "a").await;
    hands.pass(SECOND);
    let now = store.now().await.unwrap();
    store.put(event("e3", "a"), State::Ignored).await.unwrap();
    assert_eq!(
        store.prune(now).await.unwrap(),
        1,
        "not what waits, nor what came later"
    );
    assert!(store.get(done).await.unwrap().unwrap().body.is_none());
    assert!(store.get(waiting).await.unwrap().unwrap().body.is_some());
    assert!(!store.put(event("e1", "a"), State::Ready).await.unwrap().is_new);
    assert_eq!(
        store.reopen(Filter::default(), Reopening::Replay).await.unwrap(),
        2,
        "it has no body"
    );
}

async fn filters_match<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    put(&store, "e1", "a").await;
    hands.pass(SECOND);
    let since = store.now().await.unwrap();
    put(&store, "e2", "b").await;
    let unknown = delivered(br#"{"id":"e3","event":"new.event","data":{}}"#);
    store.put(unknown, State::Ignored).await.unwrap();
    let listed = async |set: fn(&mut Filter, eduzz_sync::Moment)| {
        let mut filter = Filter::default();
        set(&mut filter, since);
        let rows = store.list(filter).await.unwrap();
        rows.into_iter().map(|row| row.once).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(listed(|_, _| ()).await, "e3 e2 e1");
    assert_eq!(listed(|filter, _| filter.limit = Some(2)).await, "e3 e2");
    assert_eq!(listed(|filter, _| filter.below = Some(2)).await, "e1");
    assert_eq!(listed(|filter, _| filter.seqs = vec![1, 3, 9]).await, "e3 e1");
    assert_eq!(
        listed(|filter, _| filter.states = vec![State::Ignored]).await,
        "e3"
    );
    assert_eq!(listed(|filter, since| filter.since = Some(since)).await, "e3 e2");
    assert_eq!(listed(|filter, since| filter.before = Some(since)).await, "e1");
    assert_eq!(
        listed(|filter, _| filter.name = Some("new.event".to_owned())).await,
        "e3"
    );
    assert_eq!(
        listed(|filter, _| filter.name = Some("'; --".to_owned())).await,
        ""
    );
    assert_eq!(
        listed(|filter, _| filter.subject = Some("b".to_owned())).await,
        "e2"
    );
    let unread = |filter: &mut Filter, _| filter.readings = vec![eduzz_sync::inbox::Reading::Unknown];
    assert_eq!(listed(unread).await, "e3");
    let uploads = |filter: &mut Filter, _| filter.kind = Some(eduzz_webhook::SubjectKind::Upload);
    assert_eq!(listed(uploads).await, "e2 e1");
}

async fn counts_add_up<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    assert_eq!(store.counts().await.unwrap().stored(), 0);
    for (id, subject) in [("e1", "a"), ("e2", "a"), ("e3", "b"), ("e4", "c"), ("e5", "d")] {
        put(&store, id, subject).await;
    }
    store.put(event("e6", "a"), State::Ignored).await.unwrap();
    store.put(event("e1", "x"), State::Ready).await.unwrap();
    hands.pass(SECOND);
    let claimed = store.claim(Order::BySubject, 3).await.unwrap();
    end(&store, &claimed[1], Ending::Done, 0).await;
    end(&store, &claimed[2], Ending::Hopeless(Code::ERROR), 0).await;
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.ready, counts.claimed, counts.parked), (1, 1, 1));
    assert_eq!((counts.done, counts.ignored, counts.dead), (1, 1, 1));
    assert_eq!((counts.copies, counts.differing, counts.stored()), (1, 1, 6));
    assert_eq!(counts.oldest_open, Some(SECOND));
}

async fn a_clock_that_goes_back_loses_nothing<S: Store>(Setup { store, hands, .. }: Setup<S>) {
    let claimed = put(&store, "e1", "a").await;
    let lost = store.claim(Order::Any, 1).await.unwrap().remove(0);
    let new = put(&store, "e2", "b").await;
    hands.go_back(Duration::from_secs(3_600));
    assert_eq!(store.claim(Order::Any, 5).await.unwrap(), []);
    store.mend_clock().await.unwrap();
    assert_eq!(seqs(&store.claim(Order::Any, 5).await.unwrap()), [new]);
    hands.pass(LEASE);
    let again = store.claim(Order::Any, 5).await.unwrap();
    assert_eq!(seqs(&again), [claimed, new], "after a lease, not an hour");
    assert!(matches!(end(&store, &lost, Ending::Done, 0).await, Settled::Lost));
}
