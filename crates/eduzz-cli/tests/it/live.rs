//! The commands of Blinket and SafeVideo, against the sandbox's events and media.

use eduzz_sandbox::Fault;
use serde_json::{Value, json};

use crate::desk::{Desk, Reply};
use crate::forms::{Gives, has_every_form, json_of, shows_in_every_form};
use crate::lists::{home, shop};
use crate::support::Home;

const EVENTS: &[&str] = &["blinket", "events", "list"];
const MEDIA: &[&str] = &["safevideo", "media", "list"];
const CHECK_IN: &[&str] = &["blinket", "participants", "check-in"];

/// The id of the event that the shop sells tickets of.
async fn workshop(home: &Home) -> String {
    let found = json_of(home, &[EVENTS, &["--search", "cerâmica"]].concat()).await;
    assert_eq!(found.len(), 1);
    found[0]["id"].as_str().unwrap().to_owned()
}

async fn participants(home: &Home, event: &str) -> Vec<Value> {
    json_of(home, &["blinket", "participants", "list", event, "--all"]).await
}

#[tokio::test]
async fn every_list_has_every_form() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let event = workshop(&home).await;
    has_every_form(&home, EVENTS, Gives::APage).await;
    has_every_form(&home, &["blinket", "participants", "list", &event], Gives::APage).await;
    assert!(has_every_form(&home, MEDIA, Gives::All).await.len() > 1);
}

#[tokio::test]
async fn one_record_is_shown_whole() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let event = workshop(&home).await;
    let media = json_of(&home, MEDIA).await[0]["id"].as_str().unwrap().to_owned();
    for (args, id, holds) in [
        (["blinket", "events", "show", &event], &event, "Lote único"),
        (["safevideo", "media", "show", &media], &media, "h264"),
    ] {
        let shown = shows_in_every_form(&home, &args, id).await;
        assert!(shown.table.contains(holds), "{}", shown.table);
    }
    for missing in [
        ["blinket", "events", "show", "1"],
        ["safevideo", "media", "show", "1"],
        ["blinket", "participants", "list", "1"],
    ] {
        home.run(&missing).await.ended(1).told("404");
    }
    let dotted = home.run(&["safevideo", "media", "show", ".."]).await;
    dotted.ended(2).told("`id`");
}

#[tokio::test]
async fn events_are_found_by_their_days_kind_and_words() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let all = json_of(&home, &[EVENTS, &["--all"]].concat()).await;
    // The clock stands at 2026-11-18: some are over, and some are to come.
    let coming = json_of(&home, &[EVENTS, &["--from", "2026-11-18"]].concat()).await;
    let past = json_of(&home, &[EVENTS, &["--to", "2026-11-17"]].concat()).await;
    assert!(!coming.is_empty() && !past.is_empty());
    assert_eq!(coming.len() + past.len(), all.len());
    for (kind, is_of_it) in [("live", true), ("online", true), ("concert", false)] {
        let ran = home.run(&[EVENTS, &["--type", kind, "--json"]].concat()).await;
        if is_of_it {
            let found = ran.ended(0).json();
            let found = found.as_array().unwrap();
            assert!(found.iter().all(|event| event["type"] == kind), "{kind}");
        } else {
            ran.ended(1).told("ERR_INP422").told("type");
        }
    }
    let upwards = json_of(&home, &[EVENTS, &["--all", "--sort", "asc"]].concat()).await;
    assert_eq!(upwards.iter().rev().cloned().collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn what_will_not_do_is_refused_before_anything_is_asked() {
    let desk = Desk::open(|_| Reply::Never).await;
    let home = desk.home();
    for (args, told) in [
        (&["--from", "2026-02-30"][..], "2026-02-28"),
        (&["--from", "2026-02-02", "--to", "2026-02-01"], "--from"),
        (&["--type", " "], "--type"),
    ] {
        home.run(&[EVENTS, args].concat()).await.ended(2).told(told);
    }
    home.run(CHECK_IN).await.ended(2).told("INGRESSO");
    home.run(&[CHECK_IN, &["7", ""]].concat())
        .await
        .ended(2)
        .told("invite_keys");
    home.run(&["blinket", "participants", "list"])
        .await
        .ended(2)
        .told("EVENTO");
    assert_eq!(desk.asked().len(), 0);
}

#[tokio::test]
async fn who_is_checked_in_is_listed_so_until_it_is_undone() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let event = workshop(&home).await;
    let before = participants(&home, &event).await;
    let keys: Vec<&str> = before[..2]
        .iter()
        .map(|one| one["inviteKey"].as_str().unwrap())
        .collect();
    let ran = home.run(&[CHECK_IN, &keys].concat()).await;
    assert_eq!(ran.ended(0).out, "Check-in feito: 2\n");
    let after = participants(&home, &event).await;
    for (place, one) in after.iter().enumerate() {
        assert_eq!(one["checkinDate"].is_string(), place < 2, "{one}");
    }
    let undone = home
        .run(&[CHECK_IN, &[keys[0], "--undo", "--json"]].concat())
        .await;
    assert_eq!(
        undone.ended(0).json(),
        json!({ "checkin": false, "invite_keys": [keys[0]] })
    );
    let after = participants(&home, &event).await;
    assert!(after[0]["checkinDate"].is_null());
    assert!(after[1]["checkinDate"].is_string());

    let unknown = home.run(&[CHECK_IN, &[keys[0], "1"]].concat()).await;
    unknown.ended(1).told("404").told("ERR_NF404");
    assert_eq!(participants(&home, &event).await, after);
    // A lost answer is asked for again: who is in is in.
    sandbox.control().set_faults([Fault::cut()
        .on("PUT /blinket/v1/attendance-list/check-in")
        .times(1)]);
    home.run(&[CHECK_IN, &[keys[0]]].concat()).await.ended(0);
    let after = participants(&home, &event).await;
    assert!(after[0]["checkinDate"].is_string());
}

#[tokio::test]
async fn a_missing_scope_is_told() {
    let sandbox = shop(|config| {
        config.apps[0]
            .scopes
            .retain(|scope| !scope.starts_with("blinket") && !scope.starts_with("safevideo"));
    })
    .await;
    let home = home(&sandbox);
    for (args, scope) in [
        (EVENTS, "blinket_read"),
        (MEDIA, "safevideo_contents_read"),
        (&[CHECK_IN, &["1"]].concat(), "blinket_write"),
    ] {
        home.run(args).await.ended(1).told("403").told(scope);
    }
}
