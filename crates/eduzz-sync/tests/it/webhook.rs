//! The events that a mirror follows are those that tell it of records.

use std::collections::BTreeSet;
use std::time::Duration;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Choice, Kind, followed, next_look, notices};
use eduzz_webhook::Stored;

#[test]
fn followed_events_are_those_that_tell_of_chosen_records() {
    let choices = [
        Choice::all(),
        Choice::all().only([Kind::Sale]),
        Choice::all().only([Kind::Subscription]),
        Choice::all().only([Kind::Invoice]),
        Choice::all().only([Kind::Customer]),
    ];
    for choice in choices {
        let mut telling = BTreeSet::new();
        for fixture in eduzz_fixtures::EVENTS {
            for body in fixture.bodies {
                let event = Stored::verified_before(body.bytes).event();
                let told = notices(&event, None, Moment::default());
                if told.iter().any(|notice| choice.has(notice.kind)) {
                    telling.insert(format!("{}.{}", fixture.origin, fixture.event));
                }
            }
        }
        let followed: BTreeSet<String> = followed(&choice).map(str::to_owned).collect();
        assert_eq!(followed, telling, "{choice:?}");
    }
}

#[test]
fn looks_are_nightly_and_at_once_after_an_ailment() {
    let hour = 3_600_000;
    // Noon in Brasília; the next night's three o'clock is 15 hours later.
    let noon = Moment::from_millis(20_786 * 24 * hour + 15 * hour);
    assert_eq!(next_look(noon, true), noon.after(Duration::from_secs(15 * 3600)));
    let night = next_look(noon, true);
    assert_eq!(
        next_look(night, true),
        night.after(Duration::from_secs(24 * 3600))
    );
    assert_eq!(next_look(noon, false), noon);
}
