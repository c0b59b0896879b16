//! Snapshots: a sandbox that is started with one goes on as the other would have.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use eduzz_sandbox::{
    Action, Arrivals, BadSnapshot, Clock, Config, ConfigError, ReceiverAnswer, SaleKind, Sandbox,
    SandboxControl, Sender, Snapshot, SubscriptionAction, WorldKind,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::actions::actions;
use crate::agreement::live;
use crate::browser::{JSON, exchange_fields, json as json_of};
use crate::client::Client;
use crate::webhooks::ByHand;

const EVENTS: [&str; 5] = [
    "myeduzz.invoice_paid",
    "myeduzz.invoice_refunded",
    "myeduzz.contract_updated",
    "sun.cart_abandonment",
    "nutror.enrollment_created",
];

fn small(config: &mut Config) {
    config.history = Duration::from_secs(4 * 86_400);
    config.webhooks.sender = Sender::ByHand;
}

/// The same world in another sandbox, whose clock is where the first one's began.
fn resumed(client: &Client, clock: Clock) -> Client {
    let json = client.control.snapshot().to_json();
    let config = Snapshot::from_json(&json).unwrap().config();
    Client::with(|changed| {
        *changed = config;
        changed.clock = clock;
        changed.webhooks.sender = Sender::ByHand;
    })
}

fn start() -> Clock {
    Clock::manual(Config::default().clock.now())
}

/// The worlds of all accounts.
fn worlds(client: &Client) -> Vec<Vec<Value>> {
    let accounts = client.config.people.iter();
    let controls = accounts.map(|person| client.control.of_account(&person.account_id).unwrap());
    let rows = |control: SandboxControl| {
        let kinds = WorldKind::ALL.iter().flat_map(move |kind| control.rows(*kind));
        kinds.map(|row| row.value()).collect()
    };
    controls.map(rows).collect()
}

/// What can be done beside the actions: records of the other products, tokens, return URLs.
#[derive(Clone, Debug)]
enum Step {
    Act(Action),
    AtOther(Action),
    Student(u16),
    Cart,
    Patch,
    Delete,
    ReturnUrl(u16),
    Revoke,
    Answer(bool),
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => actions().prop_map(Step::Act),
        2 => actions().prop_map(Step::AtOther),
        1 => any::<u16>().prop_map(Step::Student),
        1 => Just(Step::Cart),
        1 => Just(Step::Patch),
        1 => Just(Step::Delete),
        1 => any::<u16>().prop_map(Step::ReturnUrl),
        1 => Just(Step::Revoke),
        3 => any::<bool>().prop_map(Step::Answer),
    ]
}

/// Steps that use what the world counts: turns, ids, streams of randomness.
fn all() -> Vec<Step> {
    let sell = |kind| Action::Sell {
        kind,
        count: 2,
        unpaid: false,
    };
    vec![
        Step::Act(sell(None)),
        Step::AtOther(sell(None)),
        Step::Act(sell(Some(SaleKind::Contract))),
        Step::Cart,
        Step::Student(1),
        Step::Answer(false),
    ]
}

async fn take(client: &Client, step: &Step) {
    let control = &client.control;
    let other = &client.config.people[1].account_id;
    match step {
        Step::Act(action) => drop(control.act(action)),
        Step::AtOther(action) => drop(control.of_account(other).unwrap().act(action)),
        Step::Student(number) => {
            let body = json!({ "name": "Nara", "email": format!("nara{number}@example.com") });
            let students = "/alpaclass/v1/producer/teams/atelie-da-serra/students";
            client.post(students, &body).await;
        }
        Step::Cart => drop(control.act(&Action::Abandon { id: None })),
        Step::Patch => {
            let sale = control.sale_ids().swap_remove(0);
            let members = json!({ "status": "refunded" });
            control.patch(WorldKind::Sale, &sale, members).unwrap();
        }
        Step::Delete => {
            let sale = control.sale_ids().swap_remove(0);
            control.delete(WorldKind::Sale, &sale).unwrap();
        }
        Step::ReturnUrl(port) => {
            let app = &client.config.apps[0].client_id;
            control
                .add_return_url(app, &format!("http://127.0.0.1:{port}/"))
                .unwrap();
        }
        Step::Revoke => drop(control.revoke_tokens(other)),
        Step::Answer(is_taken) => {
            let deliveries = control.deliveries();
            for attempt in deliveries.due() {
                let status = if *is_taken { 200 } else { 500 };
                deliveries.answered(&attempt, ReceiverAnswer::status(status));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5))]

    /// Whatever happened before it and happens after it, a world does not show that it was kept.
    #[test]
    fn world_goes_on_from_its_snapshot(
        before in prop::collection::vec(steps(), 0..14),
        after in prop::collection::vec(steps(), 0..8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let clock = start();
            let began = clock.now();
            let first = ByHand::with(|config| {
                small(config);
                config.clock = clock;
            });
            first.active(&EVENTS).await;
            let first = first.client;
            for step in before.iter().chain(&all()) {
                take(&first, step).await;
            }
            let second = resumed(&first, Clock::manual(began));
            prop_assert_eq!(second.control.now(), first.control.now());
            for step in [None].into_iter().chain(after.iter().chain(&all()).map(Some)) {
                if let Some(step) = step {
                    take(&first, step).await;
                    take(&second, step).await;
                }
                let [one, other] = [&first, &second].map(|client| client.control.snapshot().to_json());
                let [one, other] = [one, other].map(|json| String::from_utf8(json).unwrap());
                prop_assert!(one == other, "after {step:?}:\n{one}\n{other}");
            }
            prop_assert_eq!(worlds(&first), worlds(&second));
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn token_of_a_sign_in_and_an_open_code_outlive_the_sandbox() {
    let client = Client::new();
    let mut browser = client.browser();
    let token = browser.token().await["access_token"].as_str().unwrap().to_owned();
    let code = browser.code().await;
    let again = resumed(&client, client.config.clock.clone());
    again.with_token(&token).get("/accounts/v1/me").await.is(200);
    let fields = json_of(&exchange_fields(&browser.live(), &code));
    let mut other = again.browser();
    other.exchange(Some(JSON), fields.clone()).await.is(200);
    // A code is good once.
    other.exchange(Some(JSON), fields).await.is(404);
}

#[tokio::test]
async fn delivery_that_was_in_flight_is_sent_again() {
    let first = ByHand::with(small);
    first.active(&EVENTS[..1]).await;
    first.client.control.sell(1);
    let [sent] = <[_; 1]>::try_from(first.deliveries.due()).unwrap();
    let second = resumed(&first.client, first.client.config.clock.clone())
        .control
        .deliveries();
    let [again] = <[_; 1]>::try_from(second.due()).unwrap();
    assert_eq!(
        (&again.id, &again.body, &again.signature),
        (&sent.id, &sent.body, &sent.signature)
    );
    second.answered(&again, ReceiverAnswer::status(200));
    assert!(second.due().is_empty());
}

/// Sales that arrive are counted from the start of each sandbox: the time between is not made up.
#[tokio::test]
async fn time_without_a_sandbox_brings_no_sales() {
    let every = Some(Arrivals::Every(Duration::from_secs(60)));
    let first = Client::with(|config| {
        small(config);
        config.arrivals = every;
    });
    let clock = &first.config.clock;
    clock.advance(Duration::from_secs(600));
    let count = first.control.sale_ids().len();
    let snapshot = first.control.snapshot();
    clock.advance(Duration::from_secs(7 * 86_400));
    let second = Client::with(|config| {
        *config = snapshot.config();
        config.clock = clock.clone();
        config.arrivals = every;
    });
    assert_eq!(second.control.sale_ids().len(), count);
    clock.advance(Duration::from_secs(120));
    assert_eq!(second.control.sale_ids().len(), count + 2);
}

/// Older sales are not written: they follow from the seed and the time of the first start.
#[tokio::test]
async fn older_sales_are_the_same_again() {
    let first = Client::with(|config| {
        small(config);
        config.older_sales = 500;
    });
    let rows = worlds(&first);
    first.config.clock.advance(Duration::from_secs(40 * 86_400));
    let json = first.control.snapshot().to_json();
    assert!(json.len() < 2_000_000, "{} bytes", json.len());
    let second = resumed(&first, first.config.clock.clone());
    assert!(rows == worlds(&second));
}

#[test]
fn snapshot_of_another_world_is_refused() {
    let (_, control) = Sandbox::router_with_control(Config::seeded(3));
    let snapshot = control.snapshot();
    assert_eq!(snapshot.clone().config().check(), Ok(()));
    let refused = |change: fn(&mut Config)| {
        let mut config = snapshot.clone().config();
        change(&mut config);
        config.check()
    };
    let other = |setting| Err(ConfigError::OtherWorld { setting });
    assert_eq!(refused(|config| config.seed = 4), other("seed"));
    assert_eq!(
        refused(|config| config.history = Duration::ZERO),
        other("history")
    );
    assert_eq!(refused(|config| config.older_sales = 1), other("older_sales"));
    assert_eq!(refused(|config| config.sales_per_day = 1), other("sales_per_day"));
    assert_eq!(refused(|config| drop(config.people.pop())), other("people"));
    assert_eq!(refused(|config| drop(config.apps.pop())), other("apps"));
}

#[test]
fn broken_snapshot_is_refused() {
    let (_, control) = Sandbox::router_with_control(Config::default());
    control.sell(1);
    let json = control.snapshot().to_json();
    let text = String::from_utf8(json.clone()).unwrap();
    let refused = |text: &str| Snapshot::from_json(text.as_bytes()).unwrap_err();
    assert_eq!(
        refused(&text.replace("{\"eduzz_sandbox\":1,", "{\"eduzz_sandbox\":2,")),
        BadSnapshot::Version { found: 2, known: 1 }
    );
    for length in [0, 1, json.len() / 2, json.len() - 1] {
        assert!(
            matches!(refused(&text[..length]), BadSnapshot::Broken { .. }),
            "{length}"
        );
    }
    for other in [
        "{}",
        "[]",
        "null",
        "{\"world\":{}}",
        "{\"eduzz_sandbox\":1}",
        "{\"eduzz_sandbox\":1,\"world\":{}}",
    ] {
        assert!(matches!(refused(other), BadSnapshot::Broken { .. }), "{other}");
    }
    // Nothing of the file is in the message.
    let token = &Config::default().people[0].personal_token;
    let told = refused(&text.replace("\"born\":", &format!("\"born\":\"{token}\",\"x\":"))).to_string();
    assert!(!told.contains("edzpap"), "{told}");
}

/// The names of the members in a snapshot, by the member that has them. Those of maps are free, and
/// records and events are what calls gave.
fn names(value: &Value, of: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match of {
                    "collections" | "patches" | "told" => {}
                    "issued_codes" | "bearers" | "return_urls" | "queued" | "in_flight" => {
                        names(member, &format!("one of {of}"), found);
                    }
                    _ => {
                        names(member, name, found);
                        found.entry(of.to_owned()).or_default().insert(name.clone());
                    }
                }
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| names(row, of, found)),
        _ => {}
    }
}

/// A snapshot with other fields needs another version, or a file of an older program would be
/// called broken.
#[tokio::test]
async fn form_of_a_snapshot_belongs_to_its_version() {
    let first = ByHand::with(|config| config.webhooks.sender = Sender::ByHand);
    let id = first.active(&EVENTS).await;
    let (client, deliveries) = (&first.client, &first.deliveries);
    live(client).await;
    client.get("/nutror/v1/courses").await;
    let browser = &mut client.browser();
    browser.token().await;
    browser.code().await;
    // One is refused, one is in flight, and one waits in a backup.
    let due = deliveries.due();
    deliveries.answered(&due[0], ReceiverAnswer::none("down"));
    client.control.act(&Action::Abandon { id: None }).unwrap();
    let cancel = Action::Subscription {
        change: SubscriptionAction::Cancel,
        id: None,
    };
    client.control.act(&cancel).unwrap();
    assert!(!id.is_empty());
    let json: Value = serde_json::from_slice(&client.control.snapshot().to_json()).unwrap();
    let mut found = BTreeMap::new();
    names(&json, "snapshot", &mut found);
    let line = |(of, names): (&String, &BTreeSet<String>)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("{of}: {}\n", names.join(" "))
    };
    let found: String = found.iter().map(line).collect();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/snapshots/version-1.txt");
    assert_eq!(json["eduzz_sandbox"], 1);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(file, &found).unwrap();
    }
    let known = include_str!("snapshots/version-1.txt");
    assert!(
        found == known,
        "the form changed: raise VERSION in snapshot.rs, rename the list, and run this with UPDATE_EXPECT=1\n{found}"
    );
}
