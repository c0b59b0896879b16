//! All programs on a database keep one pace.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eduzz_api::myeduzz::ListProducts;
use eduzz_hyper::CallError;
use eduzz_mirror::MirrorError;
use eduzz_wire::Pace;

use crate::database::{Database, over_both};
use crate::shop::Shop;

/// The limit of the service. What a call takes itself must be little beside the period.
const LIMIT: Pace = Pace {
    requests: 30,
    per: Duration::from_secs(5),
};

/// No second call in the time of a test.
const RARE: Pace = Pace {
    requests: 1,
    per: Duration::from_secs(3_600),
};

over_both! {
    four_programs_keep_one_pace,
    a_database_that_is_gone_grants_no_turn,
    a_turn_is_for_all_programs,
    callers_that_give_up_lose_no_turn,
}

async fn four_programs_keep_one_pace<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::paced(test, LIMIT).await else {
        return;
    };
    const CALLS: usize = 150;
    let made = Arc::new(AtomicUsize::new(0));
    let answered = Arc::new(Mutex::new(Vec::new()));
    let mut callers = Vec::new();
    for _ in 0..4 {
        let account = shop.program().await.account();
        callers.extend([account.clone(), account]);
    }
    let callers = callers.into_iter().map(|account| {
        let (made, answered) = (Arc::clone(&made), Arc::clone(&answered));
        tokio::spawn(async move {
            while made.fetch_add(1, Ordering::SeqCst) < CALLS {
                account.call(&ListProducts::new()).await.unwrap();
                answered.lock().unwrap().push(Instant::now());
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    assert_eq!((shop.known.answered(), shop.known.refused()), (CALLS as u64, 0));
    // Two periods, while the machine was not busy with other things.
    let answered = answered.lock().unwrap();
    let spans = answered.windows(61).map(|span| span[60] - span[0]);
    let best = spans.min().unwrap();
    assert!(best <= (LIMIT.per * 2).mul_f64(1.0 / 0.95), "{best:?}");
}

async fn a_turn_is_for_all_programs<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::paced(test, RARE).await else {
        return;
    };
    let [one, other] = [shop.program().await, shop.program().await];
    one.account().call(&ListProducts::new()).await.unwrap();
    let impatient = other.account().max_wait(Duration::from_secs(60));
    let error = impatient.call(&ListProducts::new()).await.unwrap_err();
    assert!(matches!(error, CallError::Busy(busy) if busy.wait > Duration::from_secs(3_000)));
    assert_eq!(shop.known.answered(), 1);
    // What is stored names no token.
    let rows = shop.database.ask("select lane, state from eduzz_pace").await;
    let stored = format!("{rows:?}");
    assert!(stored.contains("GET /myeduzz/v1/products"), "{stored}");
    assert!(!stored.contains(&shop.token), "{stored}");
}

async fn a_database_that_is_gone_grants_no_turn<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::paced(test, LIMIT).await else {
        return;
    };
    let mirror = shop.program().await;
    let account = mirror.account();
    account.call(&ListProducts::new()).await.unwrap();
    shop.database.lose().await;
    let error = account.call(&ListProducts::new()).await.unwrap_err();
    assert!(matches!(error, CallError::NoTurn(_)), "{error:?}");
    let error = mirror.back_fill().await.unwrap_err();
    assert!(matches!(error, MirrorError::Store(_)), "{error:?}");
    assert_eq!(shop.known.answered(), 1);
}

async fn callers_that_give_up_lose_no_turn<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::paced(test, Pace::DOCUMENTED).await else {
        return;
    };
    let account = shop.program().await.account();
    for polls in 0..30 {
        let account = account.clone();
        let call = tokio::spawn(async move { account.call(&ListProducts::new()).await.is_ok() });
        for _ in 0..polls {
            tokio::task::yield_now().await;
        }
        call.abort();
        let _ended = call.await;
    }
    // Each turn has ended before the lease of any is over.
    let all_ended = async {
        loop {
            let rows = shop.database.ask("select state from eduzz_pace").await;
            if rows
                .iter()
                .flatten()
                .all(|state| state.contains(r#""in_flight":[]"#))
            {
                break;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all_ended)
        .await
        .unwrap();
}
