//! `doctor`: each check, its end, and the report of `--live`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::fake_service::{FakeService, Reply, answered};
use crate::forms::PAST;
use crate::lists::{home, shop};
use crate::support::{Home, Ran, free_port, sandbox_with_home};

/// A check, by its name.
fn check<'a>(ran: &'a Value, name: &str) -> &'a Value {
    let checks = ran["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["name"] == name);
    found.unwrap_or_else(|| panic!("{name}: {ran}"))
}

async fn json(home: &Home, code: i32) -> Value {
    home.run("doctor --json").await.ended(code).json()
}

#[tokio::test]
async fn signed_in_at_a_sandbox_all_is_well() {
    let (sandbox, home, port) = sandbox_with_home().await;
    home.sign_in(&sandbox, port).await;
    let told = json(&home, 0).await;
    for name in [
        "version",
        "service",
        "files",
        "token",
        "accounts",
        "accountsApi",
        "api",
        "clock",
        "call",
    ] {
        assert_eq!(check(&told, name)["state"], "ok", "{told}");
    }
    assert_eq!(told["problems"], 0);
    assert!(
        check(&told, "service")["text"]
            .as_str()
            .unwrap()
            .contains("sandbox")
    );
    assert!(
        check(&told, "token")["text"]
            .as_str()
            .unwrap()
            .contains("myeduzz_sales_read")
    );
    let steps: Vec<&str> = check(&told, "api")["times"]
        .as_array()
        .unwrap()
        .iter()
        .map(|time| time["step"].as_str().unwrap())
        .collect();
    assert_eq!(steps, ["DNS", "TCP", "HTTP"]);
    let ran = home.run("doctor").await;
    ran.ended(0).shows(&["ok", "relógio", "o token é aceito"]);
    assert!(
        !ran.out.contains(&sandbox.person().personal_token) && !ran.out.contains('@'),
        "{ran:?}"
    );
}

#[tokio::test]
async fn problems_end_with_1_and_say_what_to_do() {
    let gone = format!("http://127.0.0.1:{}", free_port().await);
    let home = Home::new().with("EDUZZ_SANDBOX", &gone);
    let told = json(&home, 1).await;
    assert_eq!(check(&told, "token")["state"], "problem");
    assert!(
        check(&told, "token")["advice"]
            .as_str()
            .unwrap()
            .contains("eduzz login")
    );
    assert_eq!(check(&told, "api")["state"], "problem");
    assert!(
        check(&told, "api")["advice"]
            .as_str()
            .unwrap()
            .contains("eduzz sandbox")
    );
    let ran = home.run("doctor --lang en").await;
    ran.ended(1).shows(&["problem", "there is no token", "→ sign in"]);
    assert_eq!(ran.err, "", "it is reported already");

    let home = Home::new()
        .with("EDUZZ_SANDBOX", "https://example.com")
        .with("EDUZZ_PACE", "many");
    let told = json(&home, 1).await;
    assert_eq!(check(&told, "service")["state"], "problem");
    assert_eq!(check(&told, "pace")["state"], "problem");
}

#[tokio::test]
async fn rejected_token_and_wrong_clock_are_problems() {
    let answer = |status: &str, date: &str| {
        format!("HTTP/1.1 {status}\r\ndate: {date}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}")
    };
    let home = answered(answer("401 No", "Thu, 01 Jan 2026 00:00:00 GMT")).await;
    let told = json(&home, 1).await;
    assert_eq!(check(&told, "api")["state"], "ok", "any answer is an answer");
    assert_eq!(check(&told, "call")["state"], "problem");
    assert_eq!(check(&told, "clock")["state"], "problem");
    assert!(check(&told, "clock")["advice"].as_str().unwrap().contains("NTP"));
    // Warnings alone are no failure.
    let home = answered(answer("503 No", "nonsense")).await;
    let told = json(&home, 0).await;
    assert_eq!(check(&told, "api")["state"], "warning");
    assert_eq!(check(&told, "clock")["state"], "warning");
}

#[cfg(unix)]
#[tokio::test]
async fn open_files_are_a_problem() {
    use std::os::unix::fs::PermissionsExt as _;

    let (sandbox, home, port) = sandbox_with_home().await;
    home.sign_in(&sandbox, port).await;
    std::fs::set_permissions(home.file(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let told = json(&home, 1).await;
    assert_eq!(check(&told, "files")["state"], "problem");
    assert!(
        check(&told, "files")["advice"]
            .as_str()
            .unwrap()
            .contains("chmod 600")
    );
}

/// All texts of a body that could be a person's: those with more than the letters
/// of an enum's word.
fn personal(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::String(text)
            if text.len() >= 5 && !text.chars().all(|c| c.is_ascii_alphabetic() || "_-".contains(c)) =>
        {
            texts.insert(text.clone());
        }
        Value::Array(values) => values.iter().for_each(|value| personal(value, texts)),
        Value::Object(members) => members.values().for_each(|value| personal(value, texts)),
        _ => {}
    }
}

async fn live(home: &Home, file: &str) -> (Ran, String) {
    let path = home.folder().join(file);
    let ran = home.run(&format!("doctor --live --out {}", path.display())).await;
    ran.ended(0);
    (ran, std::fs::read_to_string(path).unwrap())
}

#[tokio::test]
async fn live_report_names_quirks_and_holds_no_value_of_a_person() {
    let sandbox = shop(|config| config.clock = eduzz_sandbox::Clock::system()).await;
    let home = home(&sandbox);
    let (ran, text) = live(&home, "report.json").await;
    let report: Value = serde_json::from_str(&text).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.len() > 20 && findings.len() <= 40, "{}", findings.len());
    assert_eq!(report["sandbox"], true);
    let of = |quirk: &str| {
        findings
            .iter()
            .find(|finding| finding["quirks"].as_str().unwrap().contains(quirk))
    };
    for quirk in ["Q8", "Q13", "Q20", "Q33", "Q39", "Q79", "Q144"] {
        let finding = of(quirk).unwrap();
        assert_eq!(finding["status"], 200, "{finding}");
    }
    assert_eq!(of("Q9,").unwrap()["status"], 422);
    let sales = of("Q20").unwrap();
    assert!(sales["rows"].as_u64().unwrap() > 1, "{sales}");
    let created = &sales["body"]["/items/*/createdAt"];
    assert!(!created["forms"].as_object().unwrap().is_empty(), "{created}");
    let words = sales["body"]["/items/*/status"]["words"].as_array().unwrap();
    assert!(words.iter().any(|word| word == "paid"), "{words:?}");

    let mut canaries = BTreeSet::new();
    let mut rows = 0;
    for list in [
        &format!("sales list --all {PAST}") as &str,
        "customers list --all",
        &format!("subscriptions list --all {PAST}"),
        "products list --all",
        "nutror students list --all",
        "blinket events list",
        "me",
    ] {
        let ran = home.run(&format!("{list} --json")).await;
        let found = ran.ended(0).json();
        rows += found.as_array().map_or(1, Vec::len);
        personal(&found, &mut canaries);
    }
    assert!(rows > 100 && canaries.len() > 500, "{rows} {}", canaries.len());
    // The day of the report, and forms of dates, are no data.
    let day = report["day"].as_str().unwrap();
    canaries.retain(|text| text != day);
    let token = sandbox.person().personal_token.clone();
    for canary in canaries.iter().chain([&token]) {
        assert!(!text.contains(canary.as_str()), "{canary}");
        assert!(
            !ran.out.contains(canary.as_str()) && !ran.err.contains(canary.as_str()),
            "{canary}"
        );
    }
    let (_, markdown) = live(&home, "report.md").await;
    assert!(
        markdown.starts_with("# eduzz doctor --live\n") && markdown.contains("\n## Q32: "),
        "{markdown}"
    );
    assert!(canaries.iter().all(|canary| !markdown.contains(canary.as_str())));
}

#[tokio::test]
async fn live_only_reads_and_needs_a_known_format() {
    let service = FakeService::start(|asked| match asked.path.as_str() {
        "/" => Reply::Bytes(crate::fake_service::response(404, "{}")),
        _ => asked.page_of(&[serde_json::json!({"id": "canary/..", "name": "canary"})]),
    })
    .await;
    let home = service.home();
    let ran = home.run("doctor --live --out report.txt").await;
    ran.ended(2).told(".json");
    let (_, text) = live(&home, "report.json").await;
    assert!(!text.contains("canary"), "{text}");
    for asked in service.asked() {
        let request = String::from_utf8(asked.bytes.clone()).unwrap();
        assert!(request.starts_with("GET "), "{request}");
        assert!(!asked.path.contains("canary"), "{request}");
    }
    home.run("doctor --out report.json").await.ended(2).told("--live");
}
