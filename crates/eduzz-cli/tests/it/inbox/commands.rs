//! `eduzz inbox list`, `show`, `retry`, `replay`, `prune` and `status`.

use serde_json::{Value, json};

use super::{database, event, home, list, serve};
use crate::listen::deliver_signed;
use crate::support::Home;
use crate::webhooks::BODY;

const UPLOAD: &str = "safevideo.upload_started";
const BODY_OF_A_PERSON: &[u8] = br#"{"id":"p","event":"myeduzz.invoice_paid","data":{"id":"9","status":"paid","price":{"currency":"BRL","value":1.50},"buyer":{"email":"nara@example.com"},"producer":{"originSecret":"canary"}}}"#;

/// An inbox with these events, in the order of their numbers: done, dead, unknown and done, a
/// sample, waiting, with a worker, dead and pruned.
async fn filled() -> Home {
    let home = home();
    let (serving, port) = serve(&home, "").await;
    let sample = br#"{"id":"s","event":"myeduzz.invoice_paid","data":{"id":"1","status":"paid","producer":{"originSecret":"originsecrettest"}}}"#;
    for body in [
        BODY_OF_A_PERSON,
        &event("dead", UPLOAD),
        &event("unknown", "myeduzz.new_thing"),
        sample,
        BODY,
        &event("claimed", UPLOAD),
        &event("pruned", UPLOAD),
    ] {
        assert_eq!(deliver_signed(port, body).await.status, 200);
    }
    drop(serving);
    database(&home)
        .execute_batch(
            "update eduzz_event set state = 'done', ended_at = received_at where seq in (1, 3);
             update eduzz_event set state = 'dead', attempts = 9, error = 'status_500', ended_at = received_at
             where seq in (2, 7);
             update eduzz_event set state = 'claimed', attempts = 1, due = 9000000000000 where seq = 6;
             update eduzz_event set received_at = received_at - 100 * 86400000 where seq in (1, 2);
             insert into eduzz_handled (handler, seq, at) values ('forward', 1, 0);
             delete from eduzz_body where seq = 7;",
        )
        .unwrap();
    home
}

fn seqs(rows: &[Value]) -> Vec<i64> {
    rows.iter().map(|row| row["seq"].as_i64().unwrap()).collect()
}

async fn state(home: &Home, seq: i64) -> String {
    let event = home
        .run(&format!("inbox show {seq} --json"))
        .await
        .ended(0)
        .json();
    event["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn list_filters_and_ends_with_the_totals() {
    let home = filled().await;
    for (args, expected) in [
        ("", &[7, 6, 5, 4, 3, 2, 1][..]),
        ("--state dead", &[7, 2]),
        ("--state dead,ready --state ignored", &[7, 5, 4, 2]),
        ("--event invoice_paid", &[5, 4, 1]),
        ("--event myeduzz.new_thing", &[3]),
        ("--since 2026-01-01 --event safevideo.upload_started", &[7, 6, 2]),
        ("--since 2999-01-01", &[]),
        ("--limit 2", &[7, 6]),
    ] {
        assert_eq!(seqs(&list(&home, args).await), expected, "{args}");
    }
    let today = home.run("inbox list --json --limit 1").await.json();
    let day = today[0]["receivedAt"]
        .as_str()
        .unwrap()
        .split('T')
        .next()
        .unwrap()
        .to_owned();
    // Brasília's day is today or yesterday in UTC, so events of 100 days ago are not in it.
    assert!(!seqs(&list(&home, &format!("--since {day}")).await).contains(&1));

    let ran = home.run("inbox list --limit 6").await;
    ran.ended(0).shows(&[
        "Nº  RECEBIDO EM",
        "invoice 7",
        "status_500",
        "Esperando: 2 (o mais antigo há ",
        "mortos: 2 · tratados: 2 · ignorados: 1 · cópias: 0",
    ]);
    assert!(ran.err.contains("--limit"), "{ran:?}");
    let ran = home
        .run("inbox list --lang en --event myeduzz.invoice_payed")
        .await;
    ran.ended(0).shows(&["Waiting: 2 (the oldest for "]);
    assert!(
        ran.err.contains("nothing found") && ran.err.contains("eduzz webhook events"),
        "{ran:?}"
    );
    let ran = home.run("inbox status").await;
    ran.ended(0).shows(&["Esperando", "Mortos"]);
}

#[tokio::test]
async fn show_shows_the_body_only_when_asked() {
    let home = filled().await;
    let ran = home.run("inbox show 1").await;
    ran.ended(0).shows(&[
        "myeduzz.invoice_paid",
        "invoice 9",
        "Aceito por",
        "forward",
        "bytes; --body mostra",
    ]);
    assert!(!ran.out.contains("nara@"), "{ran:?}");
    let told = home.run("inbox show 1 --json").await.ended(0).json();
    assert_eq!((told.get("body"), &told["handled"]), (None, &json!(["forward"])));
    let ran = home.run("inbox show 1 --body").await;
    ran.ended(0)
        .shows(&["nara@example.com", r#""originSecret":"***""#, r#""value": 1.50"#]);
    assert!(!ran.out.contains("canary"), "{ran:?}");
    let ran = home.run("inbox show '#1' --body --json").await;
    assert_eq!(
        ran.ended(0).json()["body"]["data"]["producer"]["originSecret"],
        "***"
    );
    assert!(ran.out.contains(r#""value":1.50"#), "{ran:?}");
    home.run("inbox show 7 --body")
        .await
        .ended(0)
        .shows(&["apagado por `eduzz inbox prune`"]);
    for lang in ["pt", "en"] {
        let ran = home.run(&format!("inbox show 99 --lang {lang}")).await;
        ran.ended(1).told("99").told("eduzz inbox list");
    }
}

#[tokio::test]
async fn body_that_is_no_json_is_shown_as_text() {
    let home = home();
    let (_serving, port) = serve(&home, "").await;
    deliver_signed(port, b"no \x1b[2J \xff JSON").await;
    let ran = home.run("inbox show 1 --body").await;
    ran.ended(0).shows(&["no \u{fffd}[2J \u{fffd} JSON"]);
    let told = home.run("inbox show 1 --body --json").await.ended(0).json();
    assert_eq!(told["body"], "no \u{1b}[2J \u{fffd} JSON");
}

#[tokio::test]
async fn retry_takes_dead_and_waiting_events() {
    let home = filled().await;
    let told = home.run("inbox retry --dead --json").await.ended(0).json();
    // The other one has no body any more.
    assert_eq!(told, json!({"reopened": 1}));
    assert_eq!(state(&home, 2).await, "ready");
    let ran = home.run("inbox retry 5 1 6 7 99 --json").await;
    assert_eq!(
        ran.ended(1).json(),
        json!({"reopened": 1, "refused": {"1": "done", "6": "claimed", "7": "pruned", "99": "missing"}})
    );
    ran.told("1 (está done").told("99 (não existe)");
    assert_eq!(
        (state(&home, 1).await, state(&home, 6).await),
        ("done".into(), "claimed".into())
    );
}

#[tokio::test]
async fn replay_takes_events_of_any_state() {
    let home = filled().await;
    home.run("inbox replay --unknown")
        .await
        .ended(0)
        .shows(&["De volta à fila: 1"]);
    assert_eq!(state(&home, 3).await, "ready");
    let told = home
        .run("inbox replay --event invoice_paid --since 2026-11-01 --json")
        .await;
    assert_eq!(told.ended(0).json()["reopened"], 2);
    assert_eq!(
        (state(&home, 1).await, state(&home, 4).await),
        ("done".into(), "ready".into())
    );
    home.run("inbox replay --since 2999-01-01")
        .await
        .ended(0)
        .shows(&["De volta à fila: 0"]);
    home.run("inbox replay 1").await.ended(0);
    let event = home.run("inbox show 1 --json").await.ended(0).json();
    assert_eq!(
        (&event["state"], &event["handled"]),
        (&json!("ready"), &json!([]))
    );
    home.run("inbox replay 6 7")
        .await
        .ended(1)
        .told("6 (um worker está com ele), 7 (o corpo foi apagado)");
}

#[tokio::test]
async fn prune_deletes_old_bodies_of_ended_events() {
    let home = filled().await;
    home.run("inbox prune --older 200d")
        .await
        .ended(0)
        .shows(&["Corpos apagados: 0"]);
    // The dead one of that age stays whole.
    assert_eq!(
        home.run("inbox prune --older 90d --json").await.ended(0).json(),
        json!({"pruned": 1})
    );
    let pruned = async |seq: i64| {
        let event = home
            .run(&format!("inbox show {seq} --json"))
            .await
            .ended(0)
            .json();
        event["pruned"].as_bool().unwrap()
    };
    assert_eq!(
        (pruned(1).await, pruned(2).await, pruned(3).await),
        (true, false, false)
    );
}
