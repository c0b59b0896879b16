//! Which calls count together, and what of it is stored.

use std::time::Duration;

use eduzz_testkit::canary;
use eduzz_types::AccessToken;
use eduzz_wire::{Lane, Lanes, LanesState, Pace, Quota, Route, TurnEnd};

const LIST: Route = Route::get("/test/v1/things");
const MAKE: Route = Route::post("/test/v1/things");
const SECOND: Duration = Duration::from_secs(1);

fn one_a_minute() -> Lanes {
    let pace = Pace {
        requests: 1,
        per: SECOND * 60,
    };
    Lanes::new(pace, 7)
}

/// Makes a call, if it is its turn.
fn call(lanes: &mut Lanes, lane: &Lane, now: Duration) -> bool {
    let pacer = lanes.lane(lane, now);
    if !pacer.would_wait(now).is_zero() {
        return false;
    }
    let ticket = pacer.join();
    let _ = pacer.poll(ticket, now);
    pacer.ended(ticket, TurnEnd::Sent, now);
    true
}

#[test]
fn calls_of_a_quota_on_a_route_count_together() {
    let mut lanes = one_a_minute();
    let token = |text: &str| Quota::of_token(&AccessToken::new(text), 7);
    let quotas = [token("one"), token("other"), Quota::named("one"), Quota::COMMON];
    for quota in quotas {
        for route in [LIST, MAKE] {
            let lane = Lane::new(quota, &route);
            assert!(call(&mut lanes, &lane, SECOND), "{lane:?}");
            assert!(!call(&mut lanes, &lane, SECOND), "{lane:?}");
        }
    }
}

#[test]
fn quota_of_a_name_is_the_same_in_every_process() {
    let lane = Lane::new(Quota::named("shop-1"), &LIST);
    // A database may hold it.
    assert_eq!(lane.to_string(), "08d850fe534baf5b GET /test/v1/things");
    let seeded = |seed| Quota::of_token(&AccessToken::new("one"), seed);
    assert_ne!(seeded(1), seeded(2));
}

#[test]
fn held_lane_holds_no_other() {
    let mut lanes = one_a_minute();
    let (held, free) = (
        Lane::new(Quota::named("a"), &LIST),
        Lane::new(Quota::named("b"), &LIST),
    );
    let pacer = lanes.lane(&held, SECOND);
    let ticket = pacer.join();
    let _ = pacer.poll(ticket, SECOND);
    pacer.ended(ticket, TurnEnd::Held(SECOND * 600), SECOND);
    assert_eq!(lanes.lane(&held, SECOND).would_wait(SECOND), SECOND * 600);
    assert!(call(&mut lanes, &free, SECOND));
}

#[test]
fn stored_lanes_continue_and_hold_no_token() {
    let mut lanes = one_a_minute();
    let token = AccessToken::new(canary::SECRET);
    let lane = Lane::new(Quota::of_token(&token, lanes.seed()), &LIST);
    assert!(call(&mut lanes, &lane, SECOND * 100));
    let stored = serde_json::to_string(&lanes.state(SECOND * 110)).unwrap();
    assert!(
        !stored.contains(canary::SECRET) && stored.contains("GET /test/v1/things"),
        "{stored}"
    );
    let state: LanesState = serde_json::from_str(&stored).unwrap();
    let mut resumed: Lanes = Lanes::resume(lanes.pace(), &state, SECOND * 20, SECOND * 1_000);
    // The seed is stored too, so that the token's lane is found again.
    let again = Lane::new(Quota::of_token(&token, resumed.seed()), &LIST);
    // What was not used since is kept too.
    assert_eq!(resumed.state(SECOND * 1_000), {
        let mut lanes = one_a_minute();
        assert!(call(&mut lanes, &lane, SECOND * 100));
        lanes.state(SECOND * 130)
    });
    assert_eq!(
        resumed
            .lane(&again, SECOND * 1_000)
            .would_wait(SECOND * 1_000)
            .as_secs(),
        30
    );
}

#[test]
fn each_stored_lane_is_found_again() {
    let lane = |number: u32| Lane::new(Quota::named(&number.to_string()), &LIST);
    let mut lanes = one_a_minute();
    for number in 0..50 {
        assert!(call(&mut lanes, &lane(number), SECOND));
    }
    let state = lanes.state(SECOND * 2);
    let mut resumed: Lanes = Lanes::resume(lanes.pace(), &state, SECOND, SECOND * 100);
    // Lanes that were not stored lie between them.
    for number in (0..100).rev() {
        let is_free = call(&mut resumed, &lane(number), SECOND * 100);
        assert_eq!(is_free, number >= 50, "{number}");
    }
    assert!((0..100).all(|number| !call(&mut resumed, &lane(number), SECOND * 101)));
}

#[test]
fn lanes_without_calls_are_dropped() {
    let mut lanes = one_a_minute();
    for number in 0..5_000_u32 {
        let lane = Lane::new(Quota::named(&number.to_string()), &LIST);
        assert!(call(&mut lanes, &lane, SECOND * number));
    }
    let state = serde_json::to_value(lanes.state(SECOND * 5_000)).unwrap();
    assert!(state["lanes"].as_object().unwrap().len() <= 61);
}
