//! The commands of Blinket and SafeVideo, against the sandbox's events and media.

use eduzz_sandbox::Fault;
use serde_json::{Value, json};

use crate::forms::{json_of, shows_in_every_form, text};
use crate::lists::{home, shared_home, shop};
use crate::support::Home;

const EVENTS: &str = "blinket events list";
const MEDIA: &str = "safevideo media list";
const CHECK_IN: &str = "blinket participants check-in";

/// The id of the event that the shop sells tickets of.
async fn workshop(home: &Home) -> String {
    let found = json_of(home, &format!("{EVENTS} --search cerâmica")).await;
    assert_eq!(found.len(), 1);
    text(&found[0], "id").to_owned()
}

async fn participants(home: &Home, event: &str) -> Vec<Value> {
    json_of(home, &format!("blinket participants list {event} --all")).await
}

#[tokio::test]
async fn record_of_event_or_media_is_shown_whole() {
    let home = shared_home();
    let event = workshop(&home).await;
    let media = text(&json_of(&home, MEDIA).await[0], "id").to_owned();
    for (args, id, holds) in [
        (&format!("blinket events show {event}"), &event, "Lote único"),
        (&format!("safevideo media show {media}"), &media, "h264"),
    ] {
        let shown = shows_in_every_form(&home, args, id).await;
        assert!(shown.table.contains(holds), "{}", shown.table);
    }
    for missing in [
        "blinket events show 1",
        "safevideo media show 1",
        "blinket participants list 1",
    ] {
        home.run(missing).await.ended(1).told("404");
    }
    let dotted = home.run("safevideo media show ..").await;
    dotted.ended(2).told("`id`");
}

#[tokio::test]
async fn events_filters_select_days_type_and_words() {
    let home = shared_home();
    let all = json_of(&home, &format!("{EVENTS} --all")).await;
    // The clock is at 2026-11-18, between past and future events.
    let coming = json_of(&home, &format!("{EVENTS} --from 2026-11-18")).await;
    let past = json_of(&home, &format!("{EVENTS} --to 2026-11-17")).await;
    assert!(!coming.is_empty() && !past.is_empty());
    assert_eq!(coming.len() + past.len(), all.len());
    for (kind, is_of_it) in [("live", true), ("online", true), ("concert", false)] {
        if is_of_it {
            let ran = home.run(&format!("{EVENTS} --type {kind} --json")).await;
            let found = ran.ended(0).json();
            let found = found.as_array().unwrap();
            assert!(found.iter().all(|event| event["type"] == kind), "{kind}");
        } else {
            home.run(&format!("{EVENTS} --type {kind}"))
                .await
                .ended(2)
                .told("online");
            // A word that the SDK does not know can be sent, and the service refuses this one.
            let ran = home.run(&format!("call ListEvents --set type={kind}")).await;
            ran.ended(1).told("ERR_INP422").told("type");
        }
    }
    let upwards = json_of(&home, &format!("{EVENTS} --all --sort asc")).await;
    assert_eq!(upwards.iter().rev().cloned().collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn check_in_shows_in_the_list_until_undone() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let event = workshop(&home).await;
    let before = participants(&home, &event).await;
    let keys: Vec<&str> = before.iter().map(|one| text(one, "inviteKey")).collect();
    let ran = home.run(&format!("{CHECK_IN} {} {}", keys[0], keys[1])).await;
    assert_eq!(ran.ended(0).out, "Check-in feito: 2\n");
    let after = participants(&home, &event).await;
    for (place, one) in after.iter().enumerate() {
        assert_eq!(one["checkinDate"].is_string(), place < 2, "{one}");
    }
    let undone = home.run(&format!("{CHECK_IN} {} --undo --json", keys[0])).await;
    let expected = json!({ "checkin": false, "invite_keys": [keys[0]] });
    assert_eq!(undone.ended(0).json(), expected);
    let after = participants(&home, &event).await;
    assert!(after[0]["checkinDate"].is_null());
    assert!(after[1]["checkinDate"].is_string());

    let unknown = home.run(&format!("{CHECK_IN} {} 1", keys[0])).await;
    unknown.ended(1).told("404").told("ERR_NF404");
    assert_eq!(participants(&home, &event).await, after);
    // A lost answer is retried; a second check-in changes nothing.
    let fault = Fault::cut().on("PUT /blinket/v1/attendance-list/check-in");
    sandbox.control().set_faults([fault.times(1)]);
    home.run(&format!("{CHECK_IN} {}", keys[0])).await.ended(0);
    let after = participants(&home, &event).await;
    assert!(after[0]["checkinDate"].is_string());
}
