//! The notes while calls wait, and those of `--verbose`.

use serde_json::json;

use crate::fake_service::{FakeService, Reply, response};
use crate::support::Home;

const CUSTOMER: &str = "canary@example.com";

/// A service with two pages of customers, whose first answer has this status.
async fn customers(first: u16) -> FakeService {
    FakeService::start(move |asked| {
        if asked.number == 1 && first != 200 {
            return Reply::Bytes(response(first, &json!({"message": CUSTOMER}).to_string()));
        }
        let rows: Vec<_> = (0..150)
            .map(|id| json!({"id": id.to_string(), "email": CUSTOMER}))
            .collect();
        asked.page_of(&rows)
    })
    .await
}

#[tokio::test]
async fn verbose_tells_statuses_and_retries_without_data() {
    let service = customers(503).await;
    let home = service.home().with("EDUZZ_TOKEN", "canary-token");
    for (line, told) in [
        (
            "customers show canary@example.com --verbose",
            [
                "tentativa 1: resposta 503",
                "nova tentativa em",
                "tentativa 2: resposta 200",
            ],
        ),
        (
            "call GetCustomer --set email=other@example.com -v --lang en",
            [
                "attempt 1: answer 503",
                "next attempt in",
                "attempt 2: answer 200",
            ],
        ),
    ] {
        let ran = home.run(line).await;
        let lines: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("GET ")).collect();
        assert_eq!(lines.len(), 3, "{ran:?}");
        for (line, told) in lines.iter().zip(told) {
            assert!(line.starts_with("GET /myeduzz/v1/customers/:email, "), "{line}");
            assert!(line.contains(told), "{told}: {line}");
        }
        assert!(
            !ran.err.contains("canary") && !ran.err.contains("example.com"),
            "{ran:?}"
        );
    }
    let lost = home.with("EDUZZ_SANDBOX", &crate::fake_service::service("").await);
    let ran = lost.run("api POST /x --verbose").await;
    assert!(ran.err.contains("tentativa 1: sem resposta"), "{ran:?}");
}

#[tokio::test]
async fn nothing_is_told_without_terminal_and_without_verbose() {
    let home = customers(503).await.home();
    let ran = home.run("customers list --all --format jsonl").await;
    assert_eq!(ran.ended(0).err, "");
}

#[cfg(unix)]
async fn interrupted(home: &Home, line: &str, told: &str) {
    let mut running = home.start(line);
    running.err_line_with(told).await;
    running.interrupt();
    running.ended_by_itself().await.ended(130);
}

#[cfg(unix)]
#[tokio::test]
async fn wait_for_the_pace_is_told() {
    let home = customers(200).await.home().with("EDUZZ_PACE", "1");
    let verbose = "call ListCustomers --all --verbose";
    interrupted(&home, verbose, "espera a vez: 60 s, 1 por minuto").await;
    let english = format!("{verbose} --lang en");
    interrupted(&home, &english, "waits for its turn: 60 s, 1 a minute").await;

    let mut running = home.start_on_terminal("call ListCustomers --all");
    let line = running.out_line_with("espera a vez").await;
    assert_eq!(line, "espera a vez: 60 s, 1 por minuto");
    running.interrupt();
    running.ended_by_itself().await.ended(130);
}
