//! Walks over whole lists: slices, interruptions, resuming, and errors on the way.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::fake_service::{Asked, FakeService, Reply, ids, response, sales};
use crate::forms::text;
use crate::support::{Home, Ran};

const ALL: &str = "sales list --from 2020-01-01 --to 2020-12-30 --all";

fn numbers(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| text(row, "id").to_owned()).collect()
}

/// The cursor of the advised command.
fn cursor(ran: &Ran) -> PathBuf {
    let file = ran.err.trim_end().rsplit_once("--resume ");
    PathBuf::from(file.unwrap_or_else(|| panic!("{ran:?}")).1)
}

async fn go_on(home: &Home, ran: &Ran) -> Ran {
    let line = format!("sales list --resume {}", cursor(ran).display());
    home.run(&line).await
}

/// A service with these sales that answers one request otherwise.
async fn fake(
    rows: &[Value],
    at: usize,
    instead: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
) -> FakeService {
    let rows = rows.to_vec();
    FakeService::start(move |asked| {
        if asked.number == at {
            instead(asked)
        } else {
            asked.page_of_days(&rows)
        }
    })
    .await
}

#[tokio::test]
async fn walk_of_long_stretch_goes_in_years_from_either_end() {
    let rows = sales(900);
    let service = fake(&rows, 0, |_| Reply::Never).await;
    let home = service.home();
    let args = "sales list --from 2020-01-01 --to 2022-12-31 --all --format csv";
    let ran = home.run(&format!("{args} --order oldest")).await;
    assert_eq!(ids(&ran.ended(0).out), numbers(&rows));
    assert_eq!(ran.err, "");
    let slices = |asked: &[Asked]| {
        let slice = |asked: &Asked| format!("{} {}", asked.get("startDate"), asked.get("endDate"));
        let mut slices: Vec<String> = asked.iter().map(slice).collect();
        slices.dedup();
        slices
    };
    let oldest = service.asked();
    assert_eq!(
        slices(&oldest),
        [
            "2020-01-01 2020-12-30",
            "2020-12-31 2021-12-30",
            "2021-12-31 2022-12-30",
            "2022-12-31 2022-12-31",
        ]
    );
    let ran = home.run(args).await;
    let mut found = ids(&ran.ended(0).out);
    found.sort();
    assert_eq!(found, numbers(&rows));
    let newest = service.asked().split_off(oldest.len());
    assert_eq!(slices(&newest)[0], "2022-01-01 2022-12-31");
}

#[tokio::test]
async fn walk_of_statement_goes_in_half_years() {
    let service = FakeService::start(|asked| asked.page_of(&[])).await;
    let args = "statement --from 2025-01-01 --to 2025-12-31";
    service.home().run(&format!("{args} --all")).await.ended(0);
    let asked = service.asked();
    let days: Vec<&str> = asked.iter().map(|asked| asked.get("endDate")).collect();
    assert_eq!(days, ["2025-12-31", "2025-07-02", "2025-01-01"]);
    // One page is one call, whatever the range of days.
    service.home().run(args).await.ended(0);
    let asked = service.asked().pop().unwrap();
    asked.has_query("startDate=2025-01-01 endDate=2025-12-31 page=1 itemsPerPage=20");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_during_walk_leaves_a_cursor_for_the_rest() {
    let rows = sales(330);
    for (format, at) in [("csv", 2), ("csv", 3), ("jsonl", 2), ("csv", 4)] {
        let mut service = fake(&rows, at, |_| Reply::Never).await;
        let home = service.home();
        let running = home.start(&format!("{ALL} --format {format}"));
        service.waits().await;
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
        let expected = home.run(&format!("{ALL} --format {format}")).await.out;
        assert_eq!(whole, expected, "{format} {at}");
        if format == "csv" {
            assert_eq!(ids(&whole), numbers(&rows));
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_before_the_first_page_says_that_nothing_was_read() {
    let mut service = fake(&sales(1), 1, |_| Reply::Never).await;
    let home = service.home();
    let out = home.folder().join("v.csv");
    let running = home.start(&format!("{ALL} --out {}", out.display()));
    service.waits().await;
    running.interrupt();
    let ran = running.ended().await;
    ran.ended(130).told("nada tinha sido lido");
    assert_eq!(fs::read_dir(home.folder()).unwrap().count(), 0, "nothing is left");
}

#[cfg(unix)]
#[tokio::test]
async fn interrupted_array_and_table_are_complete() {
    let rows = sales(330);
    for format in ["json", "table"] {
        let mut service = fake(&rows, 3, |_| Reply::Never).await;
        let home = service.home();
        let running = home.start(&format!("{ALL} --format {format} --lang en"));
        service.waits().await;
        running.interrupt();
        let first = running.ended().await;
        let told = "resume with: eduzz sales list --resume";
        first.ended(130).told("interrupted").told(told);
        let rest = go_on(&home, &first).await;
        rest.ended(0);
        let first_word = |line: &str| line.split_whitespace().next().unwrap().to_owned();
        let ids = |ran: &Ran| match format {
            "json" => numbers(ran.json().as_array().unwrap()),
            _ => ran.out.lines().skip(1).map(first_word).collect(),
        };
        assert_eq!([ids(&first), ids(&rest)].concat(), numbers(&rows), "{format}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn interrupted_out_file_keeps_the_old_content() {
    let rows = sales(330);
    for name in ["v.csv", "v.json", "v.jsonl", "v com espaço.csv"] {
        let mut service = fake(&rows, 3, |_| Reply::Never).await;
        let home = service.home();
        let out = home.folder().join(name);
        fs::write(&out, "old").unwrap();
        let path = out.to_str().unwrap();
        let running = home.start(&format!("{ALL} --out '{path}'"));
        service.waits().await;
        running.interrupt();
        let ran = running.ended().await;
        ran.ended(130);
        assert_eq!(ran.out, "");
        assert_eq!(fs::read_to_string(&out).unwrap(), "old");
        let part = fs::read_to_string(format!("{path}.part")).unwrap();
        assert!(ran.err.contains(&format!("{path}.part")), "{ran:?}");
        if name.ends_with(".json") {
            serde_json::from_str::<Vec<Value>>(&part).expect("what came is valid");
        }
        let cursor = format!("{path}.cursor");
        only_the_owner_can_read(Path::new(&cursor));
        // The advised command is quoted for a shell.
        let advised = ran.err.lines().last().unwrap().split("eduzz ").nth(1).unwrap();
        let rest = home.run(advised).await;
        rest.ended(0);
        let whole = fs::read_to_string(&out).unwrap();
        let (_, format) = name.rsplit_once('.').unwrap();
        let again = home.run(&format!("{ALL} --format {format}")).await;
        assert_eq!(whole, again.out);
        assert!(whole.len() > part.len());
        for left in [format!("{path}.part"), cursor] {
            assert!(!Path::new(&left).exists(), "{left}");
        }
    }
}

#[tokio::test]
async fn changed_part_file_is_not_resumed() {
    let rows = sales(330);
    let service = fake(&rows, 3, |_| Reply::Bytes(response(403, "{}"))).await;
    let home = service.home();
    let out = home.folder().join("v.csv");
    let path = out.to_str().unwrap();
    home.run(&format!("{ALL} --out '{path}'")).await.ended(1);
    let cursor = format!("{path}.cursor");
    fs::write(format!("{path}.part"), "id\r\n").unwrap();
    let resume = format!("sales list --resume '{cursor}'");
    let ran = home.run(&resume).await;
    ran.ended(2).told("não tem mais").told(".part");
    fs::remove_file(format!("{path}.part")).unwrap();
    home.run(&resume).await.ended(2);
    assert!(!out.exists());
}

#[tokio::test]
async fn failed_walk_leaves_a_cursor() {
    let rows = sales(330);
    for (answer, code) in [
        ("", 3),
        ("HTTP/1.1 401 No\r\ncontent-length: 2\r\n\r\n{}", 1),
        ("HTTP/1.1 403 No\r\ncontent-length: 2\r\n\r\n{}", 1),
        ("HTTP/1.1 429 No\r\nretry-after: 3600\r\n\r\n{}", 1),
        ("HTTP/1.1 200 Yes\r\ncontent-length: 6\r\n\r\n<html>", 1),
    ] {
        let shown = rows.clone();
        let gone = Arc::new(AtomicBool::new(true));
        let is_gone = Arc::clone(&gone);
        let service = FakeService::start(move |asked| {
            if asked.number >= 3 && is_gone.load(Ordering::Relaxed) {
                Reply::Bytes(answer.to_owned())
            } else {
                asked.page_of_days(&shown)
            }
        })
        .await;
        let home = service.home();
        let ran = home.run(&format!("{ALL} --format csv")).await;
        ran.ended(code).told("continue com: eduzz sales list --resume ");
        gone.store(false, Ordering::Relaxed);
        let rest = go_on(&home, &ran).await;
        rest.ended(0);
        let whole = format!("{}{}", ran.out, rest.out);
        assert_eq!(ids(&whole), numbers(&rows), "{answer}");
    }
}

#[tokio::test]
async fn refused_first_call_leaves_no_cursor() {
    let service = FakeService::start(|_| Reply::Bytes(response(403, "{}"))).await;
    let home = service.home();
    let out = home.folder().join("v.csv");
    let out = format!("--out {}", out.display());
    for args in ["--format csv", "--format json", "--format table", &out] {
        let ran = home.run(&format!("{ALL} {args}")).await;
        ran.ended(1).told("403");
        assert_eq!(ran.out, "");
        assert!(!ran.err.contains("--resume"), "{ran:?}");
    }
    assert_eq!(fs::read_dir(home.folder()).unwrap().count(), 0, "nothing is left");
}

#[tokio::test]
async fn foreign_cursor_is_refused() {
    let rows = sales(330);
    let service = fake(&rows, 3, |_| Reply::Bytes(response(403, "{}"))).await;
    let home = service.home();
    let ran = home.run(&format!("{ALL} --format csv")).await;
    let file = cursor(&ran);
    let path = file.to_str().unwrap();

    let ran = home.run(&format!("sales chargebacks --resume {path}")).await;
    ran.ended(2).told("de outro comando: sales list");
    let resume = format!("sales list --resume {path}");
    for other in "--from 2020-01-01|--all|--format json|--json|--status paid|--out x".split('|') {
        let ran = home.run(&format!("{resume} {other}")).await;
        let flag = other.split(' ').next().unwrap();
        ran.ended(2).told("--resume").told(flag);
    }

    let text = fs::read_to_string(&file).unwrap();
    let others = [
        text.replace("0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de", "another"),
        text.replace("http://127.0.0.1", "http://127.0.0.2"),
    ];
    for other in others {
        fs::write(&file, other).unwrap();
        home.run(&resume).await.ended(2).told("de outra conta");
    }
    let broken = [
        String::new(),
        "{}".to_owned(),
        "canary".to_owned(),
        text.replace("\"version\":2", "\"version\":1"),
        text.replace("\"sweep\"", "\"canary\""),
        // The call differs from that of the walk.
        text.replace("2020-12-30", "2020-12-29"),
        // A number that cannot be counted on.
        text.replace("\"broken\":0", "\"broken\":18446744073709551615"),
    ];
    for broken in broken {
        fs::write(&file, &broken).unwrap();
        let ran = home.run(&resume).await;
        ran.ended(2).told("não é um cursor");
        assert!(!ran.err.contains("canary"), "{ran:?}");
    }
    let gone = home.run("sales list --resume /does/not/exist").await;
    gone.ended(2).told("não existe");
    fs::write(&file, text).unwrap();
    home.run(&resume).await.ended(0);
}

#[cfg(unix)]
#[tokio::test]
async fn full_disk_keeps_the_old_file_and_the_cursor() {
    let rows = sales(330);
    let service = fake(&rows, 0, |_| Reply::Never).await;
    let home = service.home();
    let out = home.folder().join("v.csv");
    let path = out.to_str().unwrap();
    let args = format!("{ALL} --out '{path}'");

    fs::write(&out, "old").unwrap();
    let ran = home.start_on_full_disk(0, &args).ended().await;
    ran.ended(2).told("o disco está cheio").told("v.csv");
    assert_eq!(fs::read_to_string(&out).unwrap(), "old");
    assert!(!Path::new(&format!("{path}.part")).exists());

    // Room for two pages, not for three.
    let ran = home.start_on_full_disk(48, &args).ended().await;
    ran.ended(2).told("o disco está cheio").told("--resume");
    assert_eq!(fs::read_to_string(&out).unwrap(), "old");
    let kept = ids(&fs::read_to_string(format!("{path}.part")).unwrap());
    assert!(!kept.is_empty() && kept.len() < rows.len(), "{}", kept.len());
    let rest = go_on(&home, &ran).await;
    rest.ended(0);
    assert_eq!(ids(&fs::read_to_string(&out).unwrap()), numbers(&rows));
}

#[tokio::test]
async fn out_path_that_is_no_plain_file_is_refused() {
    let service = FakeService::start(|asked| asked.page_of(&sales(1))).await;
    let home = service.home();
    for (path, told) in [
        ("/dev/null", "comum"),
        ("/", "comum"),
        ("/does/not/exist", "a pasta /does/not não existe"),
    ] {
        for all in ["", "--all"] {
            let ran = home.run(&format!("sales list --out {path} {all}")).await;
            ran.ended(2).told(told);
        }
    }
    let ran = home.run("sales list --out - --format jsonl").await;
    assert_eq!(ran.ended(0).json()["id"], "1000");
}

#[tokio::test]
async fn unreadable_row_is_reported_and_the_others_printed() {
    let mut rows = sales(150);
    rows[120] = json!({"id": "7", "status": "paid", "createdAt": "2020-05-05T00:00:00Z",
        "total": {"currency": "BRL", "value": {"canary": 1}}});
    let service = fake(&rows, 0, |_| Reply::Never).await;
    let home = service.home();
    let ran = home.run(&format!("{ALL} --format csv")).await;
    assert_eq!(
        ran.ended(0).err,
        "a linha 121 ficou de fora: em /total/value, veio um objeto, mas o modelo espera outro tipo\n"
    );
    assert_eq!(ids(&ran.out).len(), 149);
    let ran = home.run(&format!("{ALL} --format jsonl --lang en")).await;
    let told = "row 121 was kept as received: at /total/value";
    assert!(ran.ended(0).err.starts_with(told), "{ran:?}");
    assert_eq!(ran.out.lines().count(), 150);
    assert!(ran.out.contains(r#""value":{"canary":1}"#));

    let ran = home.run(&format!("{ALL} --format csv --strict")).await;
    ran.ended(1)
        .told("não foi possível ler a linha 121")
        .told("--resume");
    assert_eq!(ids(&ran.out), numbers(&rows[..100]));
    let rest = go_on(&home, &ran).await;
    assert_eq!(ids(&rest.ended(0).out).len(), 49);

    // The same for a single page.
    let page = "sales list --from 2020-01-01 --to 2020-12-31 --page 13 --per-page 10";
    let ran = home.run(&format!("{page} --format csv")).await;
    assert_eq!(ids(&ran.ended(0).out).len(), 9);
    assert!(ran.err.starts_with("a linha 1 ficou de fora"), "{ran:?}");
    let ran = home.run(&format!("{page} --strict")).await;
    ran.ended(1).told("ler a linha 1");
    assert_eq!(ran.out, "");
    // The same for the call.
    let wrong = "call ListSales --all --set firstDay=2020-01-01 --set endDate=2020-12-31";
    home.run(wrong).await.ended(2);
    let call = "call ListSales --all --set start_date=2020-01-01 --set end_date=2020-12-30";
    let ran = home.run(call).await;
    assert_eq!(ran.ended(0).json().as_array().unwrap().len(), 150);
    assert!(
        ran.err.starts_with("a linha 121 foi mantida como veio"),
        "{ran:?}"
    );
}

#[tokio::test]
async fn amount_beyond_json_precision_is_reported_not_rounded() {
    let mut rows = sales(3);
    rows[1]["total"]["value"] = json!("12345678901234567.89");
    let shown = rows.clone();
    let service = FakeService::start(move |asked| match asked.path.as_str() {
        "/myeduzz/v1/sales" => asked.page_of(&shown),
        _ => Reply::Bytes(response(200, &shown[1].to_string())),
    })
    .await;
    for format in ["table", "json", "jsonl", "csv"] {
        for args in ["sales list", ALL] {
            let ran = service.home().run(&format!("{args} --format {format}")).await;
            assert_eq!(
                ran.ended(0).err,
                "a linha 2 ficou de fora: um número tem mais dígitos do que o JSON representa com exatidão\n"
            );
            assert!(ran.out.contains("1000") && ran.out.contains("1002") && !ran.out.contains("1001"));
        }
    }
    let show = service.home().run("sales show 1001").await;
    show.ended(1).told("mais dígitos");
    // Digits within JSON's precision are exact.
    let service = FakeService::start(|asked| {
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
        let ran = service.home().run(&format!("sales list --format {format}")).await;
        assert!(ran.ended(0).out.contains(told), "{ran:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn part_file_of_another_walk_is_not_used() {
    let rows = sales(330);
    let folder = tempfile::TempDir::new().unwrap();
    let out = folder.path().join("v.csv");
    let part = folder.path().join("v.csv.part");
    let theirs = part.clone();
    let service = FakeService::start(move |asked| {
        if asked.number == 3 {
            fs::remove_file(&theirs).unwrap();
            fs::write(&theirs, "theirs").unwrap();
        }
        asked.page_of_days(&rows)
    })
    .await;
    let line = format!("{ALL} --out {}", out.display());
    let ran = service.home().run(&line).await;
    ran.ended(2).told("v.csv.part");
    assert!(!out.exists());
    assert_eq!(fs::read_to_string(&part).unwrap(), "theirs");
}

#[tokio::test]
async fn changing_list_is_reported() {
    let rows = sales(230);
    let service = FakeService::start(move |asked| {
        // A sale arrives after the first page.
        let newer = json!({"id": "9", "status": "paid", "createdAt": "2020-12-30T00:00:00Z",
            "total": {"currency": "BRL", "value": 1}});
        let mut rows = rows.clone();
        if asked.number > 1 {
            rows.insert(0, newer);
        }
        asked.page_of(&rows)
    })
    .await;
    let args = "sales list --from 2020-12-01 --to 2020-12-31 --all --format csv";
    for told in [true, false] {
        let ran = service.home().run(args).await;
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
async fn fixed_page_size_is_not_a_changing_list() {
    let rows = sales(60);
    let service = FakeService::start(move |asked| asked.page_sized(&rows, 25)).await;
    let args = "sales list --from 2020-12-01 --to 2020-12-31 --all --format csv";
    let ran = service.home().run(args).await;
    assert_eq!(ids(&ran.ended(0).out).len(), 60);
    assert!(ran.err.contains("tamanho de página fixo"), "{ran:?}");
    assert!(!ran.err.contains("mudou"), "{ran:?}");
}

#[tokio::test]
async fn row_that_moves_to_a_later_slice_comes_once() {
    let rows = sales(400);
    let service = FakeService::start(move |asked| {
        // A sale that changes during the walk moves from the first slice to the last.
        let mut rows = rows.clone();
        if asked.number > 2 {
            rows[3]["createdAt"] = json!("2021-02-01T00:00:00Z");
        }
        asked.page_of_days(&rows)
    })
    .await;
    let args = "sales list --from 2020-01-01 --to 2021-12-31 --all --format csv --date updated";
    let ran = service.home().run(args).await;
    let mut found = ids(&ran.ended(0).out);
    assert_eq!(service.asked()[0].get("referenceDate"), "updatedAt");
    found.sort();
    assert_eq!(found, numbers(&sales(400)));
    let ran = service.home().run(&format!("{args} --order newest")).await;
    ran.ended(2).told("--order oldest");
}

#[tokio::test]
async fn closed_output_ends_the_walk() {
    let service = fake(&sales(330), 0, |_| Reply::Never).await;
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let line = format!("{ALL} --format csv");
    let ran = service.home().run_into(&line, writer).await;
    assert_eq!(ran.ended(0).err, "");
    // Further pages would have no reader.
    assert_eq!(service.asked().len(), 1);
}

#[cfg(unix)]
fn only_the_owner_can_read(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{}", path.display());
}
