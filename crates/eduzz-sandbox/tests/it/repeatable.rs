//! The same seed and the same requests give the same answers; another seed gives others.

use std::time::Duration;

use eduzz_sandbox::{AppConfig, AppState, Config, ConfigError, Person};
use serde_json::json;

use crate::browser::{Browser, valid};
use crate::client::{Client, reseed, text};

#[tokio::test]
async fn run_of_the_same_seed_repeats() {
    let run = async |seed| {
        let mut browser = Browser::with(|config| reseed(config, seed));
        let page = browser.sign_in(&browser.live(), &browser.owner(), None).await;
        (page.body, browser.token().await, browser.cookie.clone())
    };
    let (first, again, other) = (run(7).await, run(7).await, run(8).await);
    assert_eq!(first, again);
    assert_ne!(first.0, other.0);
    assert_ne!(first.1["access_token"], other.1["access_token"]);
    assert_ne!(first.2, other.2);
}

#[tokio::test]
async fn pages_that_are_read_do_not_change_the_next_code() {
    let mut straight = Browser::new();
    let mut wandering = Browser::new();
    for _ in 0..5 {
        let app = wandering.live();
        wandering.other().authorize(&valid(&app)).await.is(200);
    }
    assert_eq!(straight.code().await, wandering.code().await);
    assert_ne!(straight.code().await, straight.code().await);
}

#[tokio::test]
async fn shop_follows_from_the_seed() {
    let run = async |seed| {
        let client = Client::with(|config| {
            reseed(config, seed);
            config.history = Duration::from_secs(60 * 86_400);
        });
        let before = client.sales().await;
        let sold = client.control.sell(5);
        (before, sold, client.sales().await, client.statement().await)
    };
    let (first, again, other) = (run(7).await, run(7).await, run(8).await);
    assert_eq!(first, again);
    assert_ne!(first.0, other.0);
    assert_eq!(first.1.len(), 5);
    assert_eq!(first.2[5..], first.0);
    let newest = first.2[..5].iter().map(|sale| text(&sale["id"]));
    assert!(newest.eq(first.1.iter().rev()));
}

const STUDENTS: &str = "/alpaclass/v1/producer/teams/atelie-da-serra/students";

#[tokio::test]
async fn schools_and_communities_follow_from_the_seed() {
    let run = async |seed, late: bool| {
        let client = Client::seeded(seed);
        let look = async |client: &Client| {
            let posts = client.all("/heycamp/v1/posts/community/3001").await;
            (client.all(STUDENTS).await, posts)
        };
        // The time of the first read changes nothing.
        if !late {
            look(&client).await;
        }
        client.config.clock.advance(Duration::from_secs(3_600));
        client.control.sell(60);
        let body = json!({ "name": "Nara", "email": "nara@example.com" });
        let made = client.post(STUDENTS, &body).await.json();
        (made, look(&client).await)
    };
    let (early, late, other) = (run(7, false).await, run(7, true).await, run(8, false).await);
    assert_eq!(early, late);
    assert_ne!(early.0, other.0);
    assert_ne!(early.1.1, other.1.1);
}

#[tokio::test]
async fn events_and_media_follow_from_the_seed() {
    let run = async |seed| {
        let client = Client::seeded(seed);
        let events = client.all("/blinket/v1/events").await;
        let mut all = vec![client.json("/safevideo/v1/medias").await];
        for event in &events {
            let path = format!("/blinket/v1/attendance-list/by-event/{}", text(&event["id"]));
            all.extend(client.all(&path).await);
        }
        (events, all)
    };
    let (first, again, other) = (run(7).await, run(7).await, run(8).await);
    assert_eq!(first, again);
    assert_ne!(first.0, other.0);
    assert_ne!(first.1[0], other.1[0]);
}

#[tokio::test]
async fn order_of_first_reads_does_not_change_the_shop() {
    let (late, early) = (Client::new(), Client::new());
    early.sales().await;
    late.config.clock.advance(Duration::from_secs(86_400));
    late.json("/accounts/v1/me").await;
    assert_eq!(late.sales().await, early.sales().await);
}

#[test]
fn default_configuration_is_valid_and_invented() {
    let config = Config::default();
    assert_eq!(config.check(), Ok(()));
    let is_invented = |person: &Person| person.email.ends_with("@example.com");
    assert!(config.people.iter().all(is_invented));
    let states: Vec<AppState> = config.apps.iter().map(|app| app.state).collect();
    assert_eq!(states, [AppState::Production, AppState::Development]);
    for app in &config.apps {
        assert_eq!((app.client_id.len(), app.client_secret.len()), (36, 64));
        let is_hexadecimal = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        assert!(app.client_secret.bytes().all(is_hexadecimal));
    }
}

#[test]
fn invalid_configuration_is_named() {
    let mut config = Config::default();
    config.apps.clear();
    assert_eq!(config.check(), Err(ConfigError::NoApp));
    config.people.clear();
    assert_eq!(config.check(), Err(ConfigError::NoPerson));

    let mut config = Config::default();
    let nobody = Person::invented(1, "Ninguém", "ninguem@example.com");
    config.apps.push(AppConfig::invented(1, "Loja", &nobody));
    let unknown = ConfigError::UnknownPerson {
        app: "Loja".to_owned(),
        account_id: nobody.account_id,
    };
    assert_eq!(config.check(), Err(unknown));
}

#[test]
fn debug_print_holds_no_secret_and_no_person() {
    let config = Config::default();
    let printed = format!("{config:?} {:?} {:?}", config.apps, config.people);
    for app in &config.apps {
        assert!(!printed.contains(&app.client_secret));
    }
    for person in &config.people {
        for personal in [&person.personal_token, &person.name, &person.email] {
            assert!(!printed.contains(personal.as_str()), "{personal}");
        }
    }
}
