//! What programs store and read again: sign-ins, sessions, pacers, ranges of days, cursors.

use core::time::Duration;

use eduzz_api::myeduzz::ListSales;
use eduzz_oauth::{App, Grant, Pending, Session, State};
use eduzz_testkit::canary;
use eduzz_types::{AccessToken, Timestamp, read_json};
use eduzz_wire::{
    Cursor, Days, EndpointExt as _, Next, Order, Origins, Pace, Pacer, PacerState, Slices, Sweep,
};
use http::Response;
use serde::Serialize;

use super::{halves, joined, reads_back};

fn days() -> Days {
    Days::new("2025-01-01", "2026-12-31").unwrap()
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    fn json(value: &impl Serialize) -> Vec<u8> {
        serde_json::to_vec(value).unwrap()
    }
    let app = App::new("invented-id", "invented-secret", "http://127.0.0.1:8484/callback").unwrap();
    let begun = app.authorize(&Origins::production(), State::from_random([7; 32]));
    let grant = br#"{"access_token":"invented","kind":"sign_in","ends":1780318860,"received":1780315260,
        "scopes":"webhook_read","token_id":"c2a7","user":{"id":"0b54","eduzzId":"7","name":"Marina Exemplo"}}"#;
    let mut pacer: Pacer = Pacer::new(Pace::DOCUMENTED);
    for second in 0..3 {
        let ticket = pacer.join();
        let _ = pacer.poll(ticket, Duration::from_secs(second));
        pacer.answered(ticket, Duration::from_secs(second));
    }
    pacer.hold(Duration::from_secs(30));
    vec![
        json(&begun.into_pending()),
        grant.to_vec(),
        json(&Session::signed_in(Grant::personal(AccessToken::new(
            canary::SECRET,
        )))),
        json(&Session::signed_out()),
        json(&pacer.state(Duration::from_secs(3))),
        json(&days()),
        json(&days().slices(31, Order::NewestFirst)),
        json(&days().slices(7, Order::OldestFirst)),
    ]
}

/// Each stored form that reads the input keeps it, and counts without overflow.
pub(super) fn state(input: &[u8]) {
    if let Ok(pending) = read_json::<Pending>(input) {
        let written = serde_json::to_vec(&pending).unwrap();
        let again: Pending = read_json(&written).unwrap();
        assert_eq!(serde_json::to_vec(&again).unwrap(), written);
    }
    if let Ok(grant) = read_json::<Grant>(input) {
        reads_back(&grant);
    }
    if let Ok(mut session) = read_json::<Session>(input) {
        reads_back(&session);
        for now in [i64::MIN, 0, 1_780_318_860, i64::MAX] {
            let _ = session.token(Timestamp::from_unix(now)).is_ok();
        }
        reads_back(&session);
    }
    if let Ok(state) = read_json::<PacerState>(input) {
        reads_back(&state);
        for now in [Duration::ZERO, Duration::from_secs(3), Duration::MAX] {
            let mut pacer: Pacer = Pacer::resume(Pace::DOCUMENTED, &state, now, now);
            assert!(pacer.would_wait(now) <= Duration::from_secs(3_600) || now == Duration::MAX);
            reads_back(&pacer.state(now));
        }
    }
    if let Ok(days) = read_json::<Days>(input) {
        assert!(days.count() > 0);
        reads_back(&days);
    }
    if let Ok(mut slices) = read_json::<Slices>(input) {
        for _ in 0..5 {
            let left = slices.left();
            reads_back(&slices);
            let days = slices.next();
            assert_eq!(days.is_some(), left > 0);
            assert_eq!(slices.left(), left.saturating_sub(1));
        }
    }
}

fn list() -> ListSales {
    ListSales::new(days())
}

/// The cursor, and the page.
pub(super) fn cursors() -> Vec<Vec<u8>> {
    let page = br#"{"pages":3,"page":1,"itemsPerPage":2,"totalItems":5,"items":[{"id":1,"status":"paid"},{"id":{}}]}"#;
    let mut sweep = Sweep::new(list());
    let fresh = serde_json::to_vec(&sweep.cursor()).unwrap();
    let fixture = eduzz_fixtures::find("myeduzz", "list_sales")
        .unwrap()
        .success()
        .unwrap();
    let mut seeds = vec![joined(&fresh, page), joined(&fresh, fixture.body)];
    for _ in 0..8 {
        step(&mut sweep, fixture.body);
        seeds.push(joined(serde_json::to_vec(&sweep.cursor()).unwrap(), page));
    }
    seeds
}

/// Makes one step; a call is answered with the page.
fn step(sweep: &mut Sweep<ListSales>, page: &[u8]) -> bool {
    match sweep.next() {
        Next::End => return false,
        Next::Item(_) => {}
        Next::Call(call) => match call.response(&Response::new(page)) {
            Ok(page) => sweep.received(page),
            Err(error) => {
                canary::error_is_clean(&error);
                return false;
            }
        },
    }
    true
}

/// A walk resumed from any cursor takes any page, and its cursor can be stored again.
pub(super) fn cursor(input: &[u8]) {
    let (cursor, page) = halves(input);
    let Ok(cursor) = read_json::<Cursor>(cursor) else {
        return;
    };
    let Ok(mut sweep) = Sweep::new(list()).resume(cursor) else {
        return;
    };
    for _ in 0..30 {
        let _ = (sweep.progress(), sweep.calls_left());
        canary::debug_is_clean(&sweep);
        let stored: Cursor = read_json(&serde_json::to_vec(&sweep.cursor()).unwrap()).unwrap();
        assert!(stored == sweep.cursor(), "another cursor");
        if !step(&mut sweep, page) {
            break;
        }
    }
}
