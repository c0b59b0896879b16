//! A wanted subscription is reached in a few actions, and then nothing is left to do.

use eduzz_sync::subscription::{Action, Ailment, Decision, Unmet, Wanted, decide, examine, is_public, take};
use eduzz_types::webhook::subscriptions::{
    SubscribedEvent, Subscription, SubscriptionStatus, WebhookSubscriptionId,
};
use proptest::prelude::*;

const URL: &str = "https://shop.example.com/eduzz?key=invented";
const EVENTS: [&str; 5] = [
    "myeduzz.invoice_paid",
    "myeduzz.invoice_refunded",
    "myeduzz.contract_created",
    "sun.cart_abandonment",
    "nutror.lesson_watched",
];

fn subscription(id: &str, url: &str, status: &str, events: &[&str]) -> Subscription {
    let value = serde_json::json!({ "id": id, "url": url, "status": status, "events": events });
    serde_json::from_value(value).unwrap()
}

fn wanted(events: &[&str]) -> Wanted {
    Wanted::new("shop", URL, events.iter().copied())
}

/// Some of the events, each as the bits say.
fn some(bits: u8) -> Vec<&'static str> {
    let has = |at: usize| bits >> at & 1 == 1;
    let named = EVENTS.iter().enumerate().filter(|(at, _)| has(*at));
    named.map(|(_, name)| *name).collect()
}

/// What the service does; `disables` says whether a change disables (Q83).
fn answer(list: &[Subscription], action: &Action, wanted: &Wanted, disables: bool) -> Subscription {
    let find = |id: &WebhookSubscriptionId| list.iter().find(|own| own.id == *id).unwrap().clone();
    match action {
        Action::Create => {
            let names: Vec<&str> = wanted.events.iter().map(String::as_str).collect();
            subscription("new", wanted.url.as_str(), "disabled", &names)
        }
        Action::Change { id, events, .. } => {
            let mut own = find(id);
            own.events = events.iter().map(SubscribedEvent::new).collect();
            if disables {
                own.status = SubscriptionStatus::Disabled;
            }
            own
        }
        Action::Activate(id) => {
            let mut own = find(id);
            own.status = SubscriptionStatus::Active;
            own
        }
        _ => unreachable!(),
    }
}

fn lists() -> impl Strategy<Value = Vec<Subscription>> {
    let urls = prop_oneof![
        3 => Just(URL.to_owned()),
        1 => Just(URL.to_uppercase()),
        1 => Just("HTTPS://Shop.Example.com/eduzz?key=invented".to_owned()),
        1 => Just("https://other.example.com".to_owned()),
    ];
    let statuses = prop_oneof![4 => Just("disabled"), 2 => Just("active"), 1 => Just("backup")];
    prop::collection::vec((urls, statuses, 0_u8..32), 0..5).prop_map(|rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(at, (url, status, bits))| subscription(&at.to_string(), &url, status, &some(bits)))
            .collect()
    })
}

proptest! {
    /// At most three actions lead to a subscription with all events, and it is healthy unless the
    /// service holds it in its backup. No event is taken away, no other subscription touched.
    #[test]
    fn actions_lead_to_the_wanted_subscription(list in lists(), bits in 1_u8..32, disables: bool) {
        let (before, wanted) = (list.clone(), wanted(&some(bits)));
        let (mut list, mut actions, mut touched) = (list, 0, None);
        let end = loop {
            match decide(&list, &wanted) {
                Decision::Act(action) => {
                    actions += 1;
                    prop_assert!(actions <= 3, "{:?}", action);
                    let answer = answer(&list, &action, &wanted, disables);
                    prop_assert_eq!(action.check(&answer, &wanted), Ok(()));
                    prop_assert!(touched.is_none_or(|id| id == answer.id));
                    touched = Some(answer.id.clone());
                    take(&mut list, answer);
                }
                end => break end,
            }
        };
        prop_assert_eq!(decide(&list, &wanted), end.clone());
        let events = || wanted.events.iter().map(String::as_str);
        let health = examine(&list, &wanted.url, events());
        match end {
            Decision::Done(id) => {
                let own = list.iter().find(|own| own.id == id).unwrap();
                match own.status.as_str() {
                    "backup" => prop_assert_eq!(health, Err(Ailment::Status("backup".into()))),
                    _ => prop_assert_eq!(health, Ok(())),
                }
            }
            Decision::Several(ids) => {
                prop_assert_eq!(actions, 0);
                prop_assert_eq!(health, Err(Ailment::Several(ids.len())));
            }
            Decision::Act(action) => prop_assert!(false, "{:?}", action),
        }
        for own in &before {
            let after = list.iter().find(|after| after.id == own.id).unwrap();
            let has = |event: &SubscribedEvent| after.events.iter().any(|kept| kept.name == event.name);
            prop_assert!(own.events.iter().all(has));
            prop_assert!(touched.as_ref() == Some(&own.id) || after == own);
        }
    }

    /// An ailment comes back from its stored texts.
    #[test]
    fn ailments_are_stored(list in lists(), bits in 1_u8..32) {
        let url = URL.into();
        if let Err(ailment) = examine(&list, &url, some(bits)) {
            let (code, names) = ailment.to_texts();
            prop_assert_eq!(Ailment::from_texts(code, &names), Some(ailment));
        }
    }
}

#[test]
fn answers_that_do_less_are_noticed() {
    let wanted = wanted(&EVENTS[..2]);
    let whole = subscription("1", URL, "disabled", &EVENTS[..2]);
    let id = WebhookSubscriptionId::new("1");
    let activate = Action::Activate(id);
    assert_eq!(Action::Create.check(&whole, &wanted), Ok(()));
    assert_eq!(
        activate.check(&whole, &wanted),
        Err(Unmet::Status(SubscriptionStatus::Disabled))
    );
    let one_event = subscription("1", URL, "active", &EVENTS[..1]);
    assert_eq!(
        activate.check(&one_event, &wanted),
        Err(Unmet::Events(vec![EVENTS[1].into()]))
    );
    let elsewhere = subscription("1", "https://other.example.com", "active", &EVENTS);
    assert_eq!(Action::Create.check(&elsewhere, &wanted), Err(Unmet::Other));
    let other = subscription("2", URL, "active", &EVENTS);
    assert_eq!(activate.check(&other, &wanted), Err(Unmet::Other));
}

#[test]
fn addresses_are_the_same_in_any_case_of_the_host() {
    for (one, other, is_same) in [
        ("https://a.example.com", "https://A.example.com/", true),
        ("https://a.example.com?k=1", "https://a.example.com/?k=1", false),
        ("https://a.example.com/x", "https://a.example.com/X", false),
        ("https://a.example.com/x", "http://a.example.com/x", false),
        ("https://a.example.com/x", "https://a.example.com/x/", false),
        ("https://a.example.com:8443/x", "https://a.example.com/x", false),
    ] {
        let list = [subscription("1", one, "active", &EVENTS)];
        let found = decide(&list, &Wanted::new("x", other, [EVENTS[0]]));
        let is_found = found != Decision::Act(Action::Create);
        assert_eq!(is_found, is_same, "{one} {other}");
    }
}

#[test]
fn addresses_of_this_machine_or_network_are_not_public() {
    for (url, expected) in [
        ("https://shop.example.com/eduzz", true),
        ("http://203.0.113.7:8080/x", true),
        ("https://[2001:db8::1]/x", true),
        ("https://user:secret@shop.example.com", true),
        ("http://127.0.0.1:8080", false),
        ("http://localhost:8080/eduzz", false),
        ("https://shop.localhost", false),
        ("https://caixa", false),
        ("https://caixa.local", false),
        ("http://10.0.0.2", false),
        ("http://192.168.0.2:80", false),
        ("http://172.20.0.2", false),
        ("http://169.254.1.1", false),
        ("http://[::1]:80", false),
        ("http://[::ffff:10.0.0.1]/", false),
        ("http://[fd00::1]/", false),
        ("http://0.0.0.0", false),
        ("ftp://shop.example.com", false),
        ("shop.example.com", false),
        ("", false),
    ] {
        assert_eq!(is_public(url), expected, "{url}");
    }
}
