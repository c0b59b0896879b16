//! Walks over whole lists: slices, interruptions, going on, and what is wrong on the way.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::desk::{Asked, Desk, Reply, ids, sales};
use crate::support::{Home, Ran, response};

const ALL: &[&str] = &[
    "sales",
    "list",
    "--from",
    "2020-01-01",
    "--to",
    "2020-12-30",
    "--all",
];

fn numbers(rows: &[Value]) -> Vec<String> {
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The file that the program says to go on with.
fn cursor(ran: &Ran) -> PathBuf {
    let line = ran.err.lines().last().unwrap();
    let file = line
        .split("--resume ")
        .nth(1)
        .unwrap_or_else(|| panic!("{ran:?}"));
    PathBuf::from(file.trim())
}

async fn go_on(home: &Home, ran: &Ran) -> Ran {
    let file = cursor(ran);
    home.run(&["sales", "list", "--resume", file.to_str().unwrap()])
        .await
}

/// A desk that shows these sales, and does something else at the so many-eth request.
async fn desk(rows: &[Value], at: usize, instead: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Desk {
    let rows = rows.to_vec();
    Desk::open(move |asked| {
        if asked.number == at {
            instead(asked)
        } else {
            asked.page_of_days(&rows)
        }
    })
    .await
}

#[tokio::test]
async fn a_long_stretch_is_walked_in_years_from_either_end() {
    let rows = sales(900);
    let desk = desk(&rows, 0, |_| Reply::Never).await;
    let home = desk.home();
    let args = [
        "sales",
        "list",
        "--from",
        "2020-01-01",
        "--to",
        "2022-12-31",
        "--all",
        "--format",
        "csv",
    ];
    let ran = home.run(&[&args[..], &["--order", "oldest"]].concat()).await;
    assert_eq!(ids(&ran.ended(0).out), numbers(&rows));
    assert_eq!(ran.err, "");
    let slices = |asked: &[Asked]| {
        let mut slices: Vec<(String, String)> = asked
            .iter()
            .map(|asked| (asked.get("startDate").to_owned(), asked.get("endDate").to_owned()))
            .collect();
        slices.dedup();
        slices
    };
    let pair = |first: &str, last: &str| (first.to_owned(), last.to_owned());
    let oldest = desk.asked();
    assert_eq!(
        slices(&oldest),
        [
            pair("2020-01-01", "2020-12-30"),
            pair("2020-12-31", "2021-12-30"),
            pair("2021-12-31", "2022-12-30"),
            pair("2022-12-31", "2022-12-31"),
        ]
    );
    let ran = home.run(&args).await;
    let mut found = ids(&ran.ended(0).out);
    found.sort();
    assert_eq!(found, numbers(&rows));
    let newest = desk.asked().split_off(oldest.len());
    assert_eq!(slices(&newest).first(), Some(&pair("2022-01-01", "2022-12-31")));
}

#[tokio::test]
async fn the_statement_is_walked_in_halves_of_a_year() {
    let desk = Desk::open(|asked| asked.page_of(&[])).await;
    let args = ["statement", "--from", "2025-01-01", "--to", "2025-12-31"];
    desk.home().run(&[&args[..], &["--all"]].concat()).await.ended(0);
    let days: Vec<String> = desk
        .asked()
        .iter()
        .map(|asked| asked.get("endDate").to_owned())
        .collect();
    assert_eq!(days, ["2025-12-31", "2025-07-02", "2025-01-01"]);
    // One page is one call, however long the stretch.
    desk.home().run(&args).await.ended(0);
    let asked = desk.asked().pop().unwrap();
    assert_eq!(
        (asked.get("startDate"), asked.get("endDate")),
        ("2025-01-01", "2025-12-31")
    );
    assert_eq!((asked.get("page"), asked.get("itemsPerPage")), ("1", "20"));
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_leaves_what_came_and_a_cursor_that_gives_exactly_the_rest() {
    let rows = sales(330);
    for (format, at) in [("csv", 2), ("csv", 3), ("jsonl", 2), ("csv", 4)] {
        let mut desk = desk(&rows, at, |_| Reply::Never).await;
        let home = desk.home();
        let running = home.start(&[ALL, &["--format", format]].concat());
        desk.waits().await;
        running.interrupt();
        let ran = running.ended().await;
        ran.ended(130)
            .told("interrompido")
            .told("eduzz sales list --resume ");
        only_the_owner_can_read(&cursor(&ran));
        let rest = go_on(&home, &ran).await;
        rest.ended(0);
        assert!(!cursor(&ran).exists(), "it is done with");
        let whole = format!("{}{}", ran.out, rest.out);
        let expected = home.run(&[ALL, &["--format", format]].concat()).await.out;
        assert_eq!(whole, expected, "{format} {at}");
        if format == "csv" {
            assert_eq!(ids(&whole), numbers(&rows));
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn an_array_and_a_table_are_whole_however_they_end() {
    let rows = sales(330);
    for format in ["json", "table"] {
        let mut desk = desk(&rows, 3, |_| Reply::Never).await;
        let home = desk.home();
        let running = home.start(&[ALL, &["--format", format, "--lang", "en"]].concat());
        desk.waits().await;
        running.interrupt();
        let first = running.ended().await;
        first
            .ended(130)
            .told("interrupted")
            .told("resume with: eduzz sales list --resume");
        let rest = go_on(&home, &first).await;
        rest.ended(0);
        let found: Vec<String> = [&first, &rest]
            .into_iter()
            .flat_map(|ran| match format {
                "json" => numbers(ran.json().as_array().unwrap()),
                _ => ran
                    .out
                    .lines()
                    .skip(1)
                    .map(|line| line.split_whitespace().next().unwrap().to_owned())
                    .collect(),
            })
            .collect();
        assert_eq!(found, numbers(&rows), "{format}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_is_the_old_one_until_it_is_the_whole_new_one() {
    let rows = sales(330);
    for name in ["v.csv", "v.json", "v.jsonl", "v com espaço.csv"] {
        let mut desk = desk(&rows, 3, |_| Reply::Never).await;
        let home = desk.home();
        let out = home.folder().join(name);
        std::fs::write(&out, "old").unwrap();
        let path = out.to_str().unwrap();
        let running = home.start(&[ALL, &["--out", path]].concat());
        desk.waits().await;
        running.interrupt();
        let ran = running.ended().await;
        ran.ended(130);
        assert_eq!(ran.out, "");
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "old");
        let part = std::fs::read_to_string(format!("{path}.part")).unwrap();
        assert!(ran.err.contains(&format!("{path}.part")), "{ran:?}");
        if name.ends_with(".json") {
            serde_json::from_str::<Vec<Value>>(&part).expect("what came is valid");
        }
        let cursor = format!("{path}.cursor");
        only_the_owner_can_read(Path::new(&cursor));
        // The command that is told is one for a shell.
        let told = ran
            .err
            .lines()
            .last()
            .unwrap()
            .split("eduzz ")
            .nth(1)
            .unwrap()
            .to_owned();
        assert!(
            told.ends_with(&format!("--resume {cursor}")) || told.ends_with(&format!("--resume '{cursor}'"))
        );
        let rest = home.run(&["sales", "list", "--resume", &cursor]).await;
        rest.ended(0);
        let whole = std::fs::read_to_string(&out).unwrap();
        let again = home
            .run(&[ALL, &["--format", name.rsplit('.').next().unwrap()]].concat())
            .await;
        assert_eq!(whole, again.out);
        assert!(whole.len() > part.len());
        for left in [format!("{path}.part"), cursor] {
            assert!(!Path::new(&left).exists(), "{left}");
        }
    }
}

#[tokio::test]
async fn a_part_that_changed_is_not_gone_on_with() {
    let rows = sales(330);
    let desk = desk(&rows, 3, |_| Reply::Bytes(response(403, "{}"))).await;
    let home = desk.home();
    let out = home.folder().join("v.csv");
    let path = out.to_str().unwrap();
    home.run(&[ALL, &["--out", path]].concat()).await.ended(1);
    let cursor = format!("{path}.cursor");
    std::fs::write(format!("{path}.part"), "id\r\n").unwrap();
    let ran = home.run(&["sales", "list", "--resume", &cursor]).await;
    ran.ended(2).told("não tem mais").told(".part");
    std::fs::remove_file(format!("{path}.part")).unwrap();
    home.run(&["sales", "list", "--resume", &cursor]).await.ended(2);
    assert!(!out.exists());
}

#[tokio::test]
async fn a_failure_in_the_middle_leaves_a_cursor_too() {
    let rows = sales(330);
    let wrong: &[(&str, i32)] = &[
        ("", 3),
        ("HTTP/1.1 401 No\r\ncontent-length: 2\r\n\r\n{}", 1),
        ("HTTP/1.1 403 No\r\ncontent-length: 2\r\n\r\n{}", 1),
        (
            "HTTP/1.1 429 No\r\nretry-after: 3600\r\ncontent-length: 2\r\n\r\n{}",
            1,
        ),
        ("HTTP/1.1 200 Yes\r\ncontent-length: 6\r\n\r\n<html>", 1),
    ];
    for (answer, code) in wrong {
        let shown = rows.clone();
        let gone = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let is_gone = std::sync::Arc::clone(&gone);
        let desk = Desk::open(move |asked| {
            if asked.number >= 3 && is_gone.load(std::sync::atomic::Ordering::Relaxed) {
                Reply::Bytes((*answer).to_owned())
            } else {
                asked.page_of_days(&shown)
            }
        })
        .await;
        let home = desk.home();
        let ran = home.run(&[ALL, &["--format", "csv"]].concat()).await;
        ran.ended(*code).told("continue com: eduzz sales list --resume ");
        gone.store(false, std::sync::atomic::Ordering::Relaxed);
        let rest = go_on(&home, &ran).await;
        rest.ended(0);
        let whole = format!("{}{}", ran.out, rest.out);
        assert_eq!(ids(&whole), numbers(&rows), "{answer}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_first_call_is_all_that_is_told() {
    let desk = Desk::open(|_| Reply::Bytes(response(403, "{}"))).await;
    let home = desk.home();
    let out = home.folder().join("v.csv");
    for args in [
        &["--format", "csv"][..],
        &["--format", "json"],
        &["--format", "table"],
        &["--out", out.to_str().unwrap()],
    ] {
        let ran = home.run(&[ALL, args].concat()).await;
        ran.ended(1).told("403");
        assert_eq!(ran.out, "");
        assert!(!ran.err.contains("--resume"), "{ran:?}");
    }
    assert_eq!(
        std::fs::read_dir(home.folder()).unwrap().count(),
        0,
        "nothing is left"
    );
}

#[tokio::test]
async fn a_cursor_of_something_else_is_refused() {
    let rows = sales(330);
    let desk = desk(&rows, 3, |_| Reply::Bytes(response(403, "{}"))).await;
    let home = desk.home();
    let ran = home.run(&[ALL, &["--format", "csv"]].concat()).await;
    let file = cursor(&ran);
    let path = file.to_str().unwrap();

    let ran = home.run(&["sales", "chargebacks", "--resume", path]).await;
    ran.ended(2).told("de outro comando: sales list");
    for other in [
        &["--from", "2020-01-01"][..],
        &["--all"],
        &["--format", "json"],
        &["--json"],
        &["--status", "paid"],
        &["--out", "x"],
    ] {
        let ran = home
            .run(&[&["sales", "list", "--resume", path], other].concat())
            .await;
        ran.ended(2).told("--resume").told(other[0]);
    }

    let text = std::fs::read_to_string(&file).unwrap();
    let others = [
        text.replace("0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de", "another"),
        text.replace("http://127.0.0.1", "http://127.0.0.2"),
    ];
    for other in others {
        std::fs::write(&file, other).unwrap();
        home.run(&["sales", "list", "--resume", path])
            .await
            .ended(2)
            .told("de outra conta");
    }
    let broken = [
        String::new(),
        "{}".to_owned(),
        "canary".to_owned(),
        text.replace("\"version\":1", "\"version\":2"),
        text.replace("\"walk\"", "\"canary\""),
        // The call is another one than the walk was over.
        text.replace("2020-12-30", "2020-12-29"),
    ];
    for broken in broken {
        std::fs::write(&file, &broken).unwrap();
        let ran = home.run(&["sales", "list", "--resume", path]).await;
        ran.ended(2).told("não é um cursor");
        assert!(!ran.err.contains("canary"), "{ran:?}");
    }
    home.run(&["sales", "list", "--resume", "/does/not/exist"])
        .await
        .ended(2)
        .told("não existe");
    std::fs::write(&file, text).unwrap();
    home.run(&["sales", "list", "--resume", path]).await.ended(0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_full_disk_keeps_what_was_there_and_the_cursor() {
    let rows = sales(330);
    let desk = desk(&rows, 0, |_| Reply::Never).await;
    let home = desk.home();
    let out = home.folder().join("v.csv");
    let path = out.to_str().unwrap();
    let args = [ALL, &["--out", path]].concat();

    std::fs::write(&out, "old").unwrap();
    let ran = home.start_on_full_disk(0, &args).ended().await;
    ran.ended(2).told("o disco está cheio").told("v.csv");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "old");
    assert!(!Path::new(&format!("{path}.part")).exists());

    // There is room for two pages, and not for three.
    let ran = home.start_on_full_disk(48, &args).ended().await;
    ran.ended(2).told("o disco está cheio").told("--resume");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "old");
    let kept = ids(&std::fs::read_to_string(format!("{path}.part")).unwrap());
    assert!(!kept.is_empty() && kept.len() < rows.len(), "{}", kept.len());
    let rest = go_on(&home, &ran).await;
    rest.ended(0);
    assert_eq!(ids(&std::fs::read_to_string(&out).unwrap()), numbers(&rows));
}

#[tokio::test]
async fn what_is_no_plain_file_is_not_replaced() {
    let desk = Desk::open(|asked| asked.page_of(&sales(1))).await;
    let home = desk.home();
    for (path, told) in [
        ("/dev/null", "arquivo comum"),
        ("/", "arquivo comum"),
        ("/does/not/exist", "gravar"),
    ] {
        for all in [&[][..], &["--all"]] {
            let ran = home.run(&[&["sales", "list", "--out", path], all].concat()).await;
            ran.ended(2).told(told);
        }
    }
    let ran = home
        .run(&["sales", "list", "--out", "-", "--format", "jsonl"])
        .await;
    assert_eq!(ran.ended(0).json()["id"], "1000");
}

#[tokio::test]
async fn a_broken_row_is_told_by_its_place_and_the_others_come() {
    let mut rows = sales(150);
    rows[120] = json!({"id": "7", "status": "paid", "createdAt": "2020-05-05T00:00:00Z",
        "total": {"currency": "BRL", "value": {"canary": 1}}});
    let desk = desk(&rows, 0, |_| Reply::Never).await;
    let home = desk.home();
    let ran = home.run(&[ALL, &["--format", "csv"]].concat()).await;
    assert_eq!(
        ran.ended(0).err,
        "a linha 121 ficou de fora: em /total/value, o valor é um objeto, e o modelo espera outra coisa\n"
    );
    assert_eq!(ids(&ran.out).len(), 149);
    let ran = home
        .run(&[ALL, &["--format", "jsonl", "--lang", "en"]].concat())
        .await;
    assert!(
        ran.ended(0)
            .err
            .starts_with("row 121 stands as it came: at /total/value"),
        "{ran:?}"
    );
    assert_eq!(ran.out.lines().count(), 150);
    assert!(ran.out.contains(r#""value":{"canary":1}"#));

    let ran = home.run(&[ALL, &["--format", "csv", "--strict"]].concat()).await;
    ran.ended(1)
        .told("a linha 121 não pôde ser lida")
        .told("--resume");
    assert_eq!(ids(&ran.out), numbers(&rows[..100]));
    let rest = go_on(&home, &ran).await;
    assert_eq!(ids(&rest.ended(0).out).len(), 49);

    // One page of them, too.
    let page = [
        "sales",
        "list",
        "--from",
        "2020-01-01",
        "--to",
        "2020-12-31",
        "--page",
        "13",
        "--per-page",
        "10",
    ];
    let ran = home.run(&[&page[..], &["--format", "csv"]].concat()).await;
    assert_eq!(ids(&ran.ended(0).out).len(), 9);
    assert!(ran.err.starts_with("a linha 1 ficou de fora"), "{ran:?}");
    let ran = home.run(&[&page[..], &["--strict"]].concat()).await;
    ran.ended(1).told("a linha 1 não pôde");
    assert_eq!(ran.out, "");
    // And as one call of the list.
    let ran = home
        .run(&[
            "call",
            "ListSales",
            "--all",
            "--set",
            "startDate=2020-01-01",
            "--set",
            "endDate=2020-12-31",
        ])
        .await;
    ran.ended(2);
    let ran = home
        .run(&[
            "call",
            "ListSales",
            "--all",
            "--set",
            "start_date=2020-01-01",
            "--set",
            "end_date=2020-12-31",
        ])
        .await;
    assert_eq!(ran.ended(0).json().as_array().unwrap().len(), 150);
    assert!(ran.err.starts_with("a linha 121 está como veio"), "{ran:?}");
}

#[tokio::test]
async fn an_amount_that_json_cannot_carry_is_told_and_not_rounded() {
    let mut rows = sales(3);
    rows[1]["total"]["value"] = json!("12345678901234567.89");
    let shown = rows.clone();
    let desk = Desk::open(move |asked| match asked.path.as_str() {
        "/myeduzz/v1/sales" => asked.page_of(&shown),
        _ => Reply::Bytes(response(200, &shown[1].to_string())),
    })
    .await;
    for format in ["table", "json", "jsonl", "csv"] {
        for args in [&["sales", "list"][..], ALL] {
            let ran = desk.home().run(&[args, &["--format", format]].concat()).await;
            assert_eq!(
                ran.ended(0).err,
                "a linha 2 ficou de fora: um número tem mais dígitos do que o JSON representa com exatidão\n"
            );
            assert!(ran.out.contains("1000") && ran.out.contains("1002") && !ran.out.contains("1001"));
        }
    }
    desk.home()
        .run(&["sales", "show", "1001"])
        .await
        .ended(1)
        .told("mais dígitos");
    // As many as JSON carries are exact.
    let desk = Desk::open(|asked| {
        let text = r#"{"pages":1,"page":1,"itemsPerPage":20,"totalItems":1,"items":[{"id":1,"status":"x","total":
            {"currency":"XTS","value":1234567890123.45}}]}"#;
        assert_eq!(asked.path, "/myeduzz/v1/sales");
        Reply::Bytes(response(200, text))
    })
    .await;
    for (format, told) in [
        ("csv", ",1234567890123.45,XTS,"),
        ("json", ":1234567890123.45"),
        ("table", "XTS 1.234.567.890.123,45"),
    ] {
        let ran = desk.home().run(&["sales", "list", "--format", format]).await;
        assert!(ran.ended(0).out.contains(told), "{ran:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_another_walk_wrote_is_not_put_in_place() {
    let rows = sales(330);
    let folder = tempfile::TempDir::new().unwrap();
    let out = folder.path().join("v.csv");
    let part = folder.path().join("v.csv.part");
    let theirs = part.clone();
    let desk = Desk::open(move |asked| {
        if asked.number == 3 {
            std::fs::remove_file(&theirs).unwrap();
            std::fs::write(&theirs, "theirs").unwrap();
        }
        asked.page_of_days(&rows)
    })
    .await;
    let ran = desk
        .home()
        .run(&[ALL, &["--out", out.to_str().unwrap()]].concat())
        .await;
    ran.ended(2).told("v.csv.part");
    assert!(!out.exists());
    assert_eq!(std::fs::read_to_string(&part).unwrap(), "theirs");
}

#[tokio::test]
async fn a_list_that_moves_is_told() {
    let rows = sales(230);
    let desk = Desk::open(move |asked| {
        // After the first page somebody buys.
        let newer = json!({"id": "9", "status": "paid", "createdAt": "2020-12-30T00:00:00Z",
            "total": {"currency": "BRL", "value": 1}});
        let mut rows = rows.clone();
        if asked.number > 1 {
            rows.insert(0, newer);
        }
        asked.page_of(&rows)
    })
    .await;
    for (args, told) in [
        (
            &[
                "sales",
                "list",
                "--from",
                "2020-12-01",
                "--to",
                "2020-12-31",
                "--all",
                "--format",
                "csv",
            ][..],
            true,
        ),
        (
            &[
                "sales",
                "list",
                "--from",
                "2020-12-01",
                "--to",
                "2020-12-31",
                "--all",
                "--format",
                "csv",
            ],
            false,
        ),
    ] {
        let ran = desk.home().run(args).await;
        let found = ids(&ran.ended(0).out);
        let mut alone = found.clone();
        alone.sort();
        alone.dedup();
        assert_eq!(alone.len(), found.len());
        assert!((230..=231).contains(&found.len()));
        assert_eq!(ran.err.contains("a lista mudou"), told, "{ran:?}");
    }
}

#[tokio::test]
async fn rows_that_wander_to_a_later_slice_come_once() {
    let rows = sales(400);
    let desk = Desk::open(move |asked| {
        // The sale that changes while one walks is in the first slice, and later in the last.
        let mut rows = rows.clone();
        if asked.number > 2 {
            rows[3]["createdAt"] = json!("2021-02-01T00:00:00Z");
        }
        asked.page_of_days(&rows)
    })
    .await;
    let args = [
        "sales",
        "list",
        "--from",
        "2020-01-01",
        "--to",
        "2021-12-31",
        "--all",
        "--format",
        "csv",
        "--date",
        "updated",
    ];
    let ran = desk.home().run(&args).await;
    let mut found = ids(&ran.ended(0).out);
    assert_eq!(desk.asked()[0].get("referenceDate"), "updatedAt");
    found.sort();
    assert_eq!(found, numbers(&sales(400)));
    let ran = desk
        .home()
        .run(&[&args[..], &["--order", "newest"]].concat())
        .await;
    ran.ended(2).told("--order oldest");
}

#[tokio::test]
async fn a_reader_that_has_read_enough_ends_the_walk() {
    let desk = desk(&sales(330), 0, |_| Reply::Never).await;
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = desk
        .home()
        .run_into(&[ALL, &["--format", "csv"]].concat(), writer)
        .await;
    ran.ended(0);
    assert_eq!(ran.err, "");
    assert_eq!(desk.asked().len(), 1, "no more is asked for than anybody reads");
}

#[cfg(unix)]
fn only_the_owner_can_read(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{}", path.display());
}
