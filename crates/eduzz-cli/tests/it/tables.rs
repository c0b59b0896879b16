//! Tables on a terminal, chosen fields, workbooks, days as people write them, and refused values.

use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};
use eduzz_sandbox::{Config, Fault, Sandbox};
use serde_json::{Value, json};

use crate::fake_service::{FakeService, Reply, answered, response, sales};
use crate::forms::{PAST, rows};
use crate::lists::{home, shared_home, shop};
use crate::support::{Home, cases};

/// Sales with everything that a table shows.
fn whole_sales() -> Vec<Value> {
    let names = ["Ana", "日本語の名前", "a\u{1b}[31m\u{202e}b", "=1+1"];
    let statuses = ["paid", "waiting_payment", "refunded", "odd"];
    let all = names.iter().zip(statuses).zip(1..);
    all.map(|((name, status), number)| {
        json!({
            "id": (70_000_000 + number).to_string(),
            "status": status,
            "createdAt": "2026-12-01T16:45:07Z",
            "dueDate": "2026-12-05",
            "paymentMethod": "pix",
            "total": {"currency": "BRL", "value": 1234.5},
            "netGain": {"currency": "BRL", "value": 1000.25},
            "product": {"id": "7", "name": "Curso de cerâmica para quem nunca fez, com forno próprio"},
            "buyer": {"name": name, "email": "ana@example.com", "document": "00123456789", "phone": "+5515999990000"},
            "installments": 3,
            "isInfiniteFunnel": true,
        })
    })
    .collect()
}

async fn service() -> FakeService {
    let sales = whole_sales();
    FakeService::start(move |asked| asked.page_of(&sales)).await
}

/// What a run writes to a terminal of this width.
#[cfg(unix)]
async fn on_terminal(home: &Home, line: &str, columns: u16) -> String {
    use std::io::Read as _;

    use rustix::termios::{Winsize, tcsetwinsize};

    let (mut terminal, [_, out, _]) = crate::support::terminal();
    let size = Winsize {
        ws_row: 24,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&terminal, size).unwrap();
    let reading = tokio::task::spawn_blocking(move || {
        let mut seen = Vec::new();
        // Linux ends it with an error.
        let _ = terminal.read_to_end(&mut seen);
        String::from_utf8(seen).unwrap()
    });
    home.run_into(line, out).await.ended(0);
    reading.await.unwrap().replace("\r\n", "\n")
}

#[cfg(unix)]
#[tokio::test]
async fn table_fits_the_terminal_and_says_what_does_not() {
    use unicode_width::UnicodeWidthStr as _;

    let service = service().await;
    let home = service.home().with("NO_COLOR", "1");
    let whole = home.run("sales list").await;
    let whole = &whole.ended(0).out;
    assert!(whole.lines().next().unwrap().contains("E-MAIL"), "{whole}");
    for (columns, shown, hidden) in [
        (200, "PAGAMENTO PRODUTO E-MAIL COMPRADOR", ""),
        (120, "PRODUTO COMPRADOR LÍQUIDO", "PAGAMENTO, E-MAIL"),
        (
            80,
            "ID STATUS TOTAL COMPRADOR",
            "PAGAMENTO, LÍQUIDO, PRODUTO, E-MAIL",
        ),
        (
            50,
            "ID STATUS TOTAL",
            "CRIADO EM, PAGAMENTO, LÍQUIDO, PRODUTO, COMPRADOR, E-MAIL",
        ),
    ] {
        let out = on_terminal(&home, "sales list", columns).await;
        let (table, note): (Vec<&str>, Vec<&str>) = out.lines().partition(|line| !line.contains("--fields"));
        assert_eq!(table.len(), 5, "{out}");
        for line in &table {
            assert!(line.width() <= usize::from(columns), "{columns}: {line:?}");
        }
        for heading in shown.split(' ') {
            assert!(table[0].contains(heading), "{columns}: {out}");
        }
        if hidden.is_empty() {
            assert!(note.is_empty(), "{out}");
        } else {
            let told = format!("não couberam: {hidden}; para escolher as colunas, --fields id,");
            assert!(note[0].starts_with(&told), "{columns}: {out}");
        }
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out:?}");
    }
    // `COLUMNS` wins; fields that were asked for stay.
    let wide = home.with("COLUMNS", "300");
    assert_eq!(on_terminal(&wide, "sales list", 40).await, *whole);
    let narrow = wide.with("COLUMNS", "40");
    let asked = on_terminal(&narrow, "sales list --fields id,product.name,buyer.email", 200).await;
    assert!(asked.contains("PRODUTO") && asked.contains("E-MAIL"), "{asked}");
    assert!(asked.lines().all(|line| line.width() <= 40), "{asked}");
    let inbox = on_terminal(&narrow.with("COLUMNS", "60"), "endpoints", 200).await;
    assert!(
        inbox.lines().last().unwrap().starts_with("não couberam: "),
        "{inbox}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn status_has_a_colour_on_a_terminal_only() {
    let service = service().await;
    let coloured = |text: &str| text.contains("\u{1b}[32mpaid\u{1b}[0m");
    let home = service.home();
    let shown = on_terminal(&home, "sales list", 200).await;
    assert!(
        coloured(&shown) && shown.contains("\u{1b}[33mwaiting_payment"),
        "{shown:?}"
    );
    assert!(
        shown.contains("\u{1b}[31mrefunded") && shown.contains("\u{1b}[1mSTATUS"),
        "{shown:?}"
    );
    // The name of a person cannot add one.
    assert_eq!(shown.matches("\u{1b}[31m").count(), 1, "{shown:?}");
    assert!(!home.run("sales list").await.out.contains('\u{1b}'));
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let plain = on_terminal(&service.home().with(name, value), "sales list", 200).await;
        assert!(
            !plain.contains('\u{1b}') && plain.contains("paid"),
            "{name}: {plain:?}"
        );
    }
}

#[tokio::test]
async fn chosen_fields_are_written_in_every_format() {
    let service = service().await;
    let home = service.home();
    let table = home.run("sales list --fields id,total,buyer.name").await;
    assert!(
        table
            .ended(0)
            .out
            .starts_with(" ID              TOTAL  COMPRADOR\n"),
        "{table:?}"
    );
    let paths = home.run("sales list --fields id,dueDate,paymentMethod").await;
    assert!(
        paths
            .ended(0)
            .out
            .starts_with(" id        dueDate     payment.method\n"),
        "{paths:?}"
    );
    assert!(paths.out.contains("05/12/2026  pix"), "{paths:?}");
    let lines = home
        .run("sales list --fields buyer.name,id,total --format jsonl")
        .await;
    let first = lines.ended(0).out.lines().next().unwrap();
    assert_eq!(
        first,
        r#"{"buyer":{"name":"Ana"},"id":"70000001","total":{"currency":"BRL","value":1234.5}}"#
    );
    let csv = home.run("sales list --fields total,id --format csv --all").await;
    assert!(
        csv.ended(0)
            .out
            .starts_with("total.value,total.currency,id\r\n1234.5,BRL,70000001\r\n")
    );
    let one = answered(response(200, &whole_sales()[0].to_string())).await;
    let shown = one.run("sales show 1 --fields status,total.value").await;
    assert_eq!(shown.ended(0).out, " STATUS  paid\n TOTAL   R$ 1.234,50\n");
    assert_eq!(
        one.run("sales show 1 --fields status --json").await.ended(0).out,
        "{\"status\":\"paid\"}\n"
    );
    // Before anything is sent.
    let asked = service.asked().len();
    for [fields, told] in cases(
        "buyer.emial => você quis dizer `buyer.email`
        nada => existem: id, contractId
        id,nada => `nada`
        '' => precisa de um valor",
    ) {
        for command in [
            "sales list",
            "sales list --all --format csv",
            "sales list --json",
            "sales show 1",
        ] {
            let ran = home.run(&format!("{command} --fields {fields}")).await;
            ran.ended(2).told(told);
        }
    }
    assert_eq!(service.asked().len(), asked);
}

fn sheet(path: &Path) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    assert_eq!(book.sheet_names().len(), 1);
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[tokio::test]
async fn workbook_has_dates_numbers_and_texts() {
    let service = service().await;
    let home = service.home();
    let path = home.folder().join("vendas.xlsx");
    let fields = "id,status,createdAt,dueDate,total.value,buyer.document,buyer.phone,installments,isInfiniteFunnel,buyer.name";
    for all in ["", "--all"] {
        let ran = home
            .run(&format!(
                "sales list {all} --fields {fields} --out {}",
                path.display()
            ))
            .await;
        ran.ended(0);
        let sheet = sheet(&path);
        assert_eq!(sheet.len(), 5);
        assert_eq!(sheet[0][2], Data::String("createdAt".into()));
        let text = |text: &str| Data::String(text.into());
        let row = &sheet[1];
        assert_eq!((&row[0], &row[1]), (&text("70000001"), &text("paid")));
        assert_eq!(
            (&row[5], &row[6]),
            (&text("00123456789"), &text("+5515999990000"))
        );
        assert_eq!((&row[4], &row[7]), (&Data::Float(1234.5), &Data::Float(3.0)));
        assert_eq!(row[8], Data::Bool(true));
        let Data::DateTime(moment) = row[2] else {
            panic!("{row:?}")
        };
        // 2026-12-01 13:45:07 in Brasília.
        assert!((moment.as_f64() - 46_357.573_0).abs() < 0.001, "{moment:?}");
        let Data::DateTime(day) = row[3] else {
            panic!("{row:?}")
        };
        assert!((day.as_f64() - 46_361.0).abs() < f64::EPSILON, "{day:?}");
        // Neither a formula nor a colour.
        assert_eq!(sheet[4][9], text("=1+1"));
        assert_eq!(sheet[2][9], text("日本語の名前"));
    }
    let left: Vec<_> = std::fs::read_dir(home.folder()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn interrupted_workbook_is_resumed_whole() {
    let all = sales(1_000);
    let service = FakeService::start(move |asked| match asked.number {
        4 => Reply::Bytes(response(401, "{}")),
        _ => asked.page_of_days(&all),
    })
    .await;
    let home = service.home();
    let path = home.folder().join("v.xlsx");
    let line = format!(
        "sales list --all --from 2020-01-01 --to 2023-12-31 --fields id,createdAt --out {}",
        path.display()
    );
    home.run(&line).await.ended(1).told("--resume");
    assert!(!path.exists());
    let resume = format!("sales list --resume {}.cursor", path.display());
    home.run(&resume).await.ended(0);
    let found: std::collections::BTreeSet<String> = sheet(&path)
        .iter()
        .skip(1)
        .map(|row| row[0].to_string())
        .collect();
    assert_eq!(found.len(), 1_000);
    assert_eq!(sheet(&path).len(), 1_001);
}

#[tokio::test]
async fn ending_of_a_file_names_its_format_or_is_refused() {
    let home = shared_home();
    for name in ["x.xls", "x.cvs", "x", "x."] {
        let out = home.folder().join(name);
        let out = out.display();
        let ran = home.run(&format!("products list --out {out}")).await;
        ran.ended(2).told(".txt, .csv, .xlsx, .json, .jsonl, .ndjson");
        home.run(&format!("products list --out {out} --format csv"))
            .await
            .ended(0);
    }
    for line in [
        "products list --format xlsx",
        "products list --format xlsx --out -",
    ] {
        home.run(line).await.ended(2).told("--out ARQUIVO.xlsx");
    }
}

#[tokio::test]
async fn days_are_taken_as_people_write_them() {
    let service = FakeService::start(|asked| asked.page_of(&[])).await;
    let home = service.home();
    let lists = "sales list|sales chargebacks|statement|transfers|customers list|subscriptions list|\
                 blinket events list|heycamp members list 1|alpaclass students list a";
    for list in lists.split('|') {
        for (flags, first, last) in [
            ("--from 01/10/2026 --to 2/10/2026", "2026-10-01", "2026-10-02"),
            ("--month 2026-10", "2026-10-01", "2026-10-31"),
            ("--month 2/2028", "2028-02-01", "2028-02-29"),
        ] {
            home.run(&format!("{list} {flags}")).await.ended(0);
            service
                .asked()
                .pop()
                .unwrap()
                .has_query(&format!("startDate={first} endDate={last}"));
        }
        home.run(&format!("{list} --last 7d")).await.ended(0);
        let week = service.asked().pop().unwrap();
        home.run(&format!("{list} --last 1w")).await.ended(0);
        let same = service.asked().pop().unwrap();
        assert_eq!(week.get("startDate"), same.get("startDate"));
        home.run(&format!("{list} --from ontem --to hoje")).await.ended(0);
        let two = service.asked().pop().unwrap();
        assert!(two.get("startDate") < two.get("endDate") && two.get("endDate") == week.get("endDate"));
        for conflict in [
            "--month 2026-10 --last 3m",
            "--month 2026-10 --to hoje",
            "--from hoje --last 1d",
        ] {
            home.run(&format!("{list} {conflict}"))
                .await
                .ended(2)
                .told("não podem ser usados juntos");
        }
        for (flags, told) in [
            ("--month 13/2026", "escreva 2026-10 ou 10/2026"),
            ("--last 30", "escreva 30d (dias)"),
            ("--from 31/02/2026", "28/02/2026, hoje ou ontem"),
        ] {
            home.run(&format!("{list} {flags}")).await.ended(2).told(told);
        }
    }
}

#[tokio::test]
async fn refused_values_say_which_are_allowed() {
    let home = Home::new().with("EDUZZ_TOKEN", "invented");
    for [line, told] in cases(
        "products list --format xml => table, json, jsonl, csv, xlsx
        products list --format cvs => você quis dizer `csv`
        products list --page 0 => de 1 a 4294967295
        products list --per-page x => `--per-page` não é um número de 1 a
        sales list --order up => oldest, newest
        sales list --date creation => created, paid, due, updated
        sales list --status piad => você quis dizer `paid`
        sales list --status waitingpayent => open, processing, paid
        sales list --status pago => open, processing, paid
        sales list --status pago => `eduzz call`
        sales chargebacks --status los => lost
        heycamp members list 1 --status frozen => active, deleted
        subscriptions list --date upd => created, updated
        heycamp members list 1 --status activ => você quis dizer `active`
        blinket events list --type onlin => presential
        blinket events list --sort des => você quis dizer `desc`
        alpaclass students list x --frozen sim => true, false
        me --lang xx => pt, en
        sandbox --port 70000 => `--port` não é um número de 0 a 65535
        sandbox --port x => `--port` não é um número de 0 a 65535
        webhook listen --port=-1 => `--port` não é um número de 0 a 65535
        mirror export vendas => sales, subscriptions
        check response 'GET /accounts/v1/me' --status 99 => de 100 a 599",
    ) {
        home.run(line).await.ended(2).told(told);
    }
    for [command, told] in cases(
        "sales list => open, processing, paid, canceled, waiting_refund, refunded
        sales chargebacks => lost, pendingDocuments, underReview
        heycamp members list => active, deleted",
    ) {
        let help = home.run(&format!("{command} --help")).await;
        let help = help.ended(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains(told), "{help}");
    }
}

#[tokio::test]
async fn service_that_refuses_a_field_is_told_with_the_known_values() {
    let home = shared_home();
    home.run("call ListMembers --set community_id=3001 --set status=frozen")
        .await
        .ended(1)
        .told("status (conhecidos: active, deleted)");
}

#[tokio::test]
async fn forbidden_call_gives_no_false_advice() {
    // A personal token: its scopes are not known.
    let ran = shared_home().run("heycamp members list 9").await;
    ran.ended(1).told("confira :communityId");
    assert!(!ran.err.contains("faça login de novo"), "{ran:?}");
    // A sign-in names its scopes.
    let (sandbox, signed_in) = signed_in(|_| {}).await;
    let ran = signed_in.run("heycamp members list 9").await;
    ran.ended(1)
        .told("o token tem as permissões; confira :communityId");
    assert!(!ran.err.contains("heycamp_read_members"), "{ran:?}");
    drop(sandbox);
    let without = |config: &mut Config| {
        config.apps[0]
            .scopes
            .retain(|scope| !scope.starts_with("heycamp"));
    };
    let (_sandbox, signed_in) = self::signed_in(without).await;
    let ran = signed_in.run("heycamp members list 3001").await;
    ran.ended(1).told("heycamp_read_members");
}

async fn signed_in(change: impl FnOnce(&mut Config)) -> (Sandbox, Home) {
    let port = crate::support::free_port().await;
    let url = crate::support::return_url(port);
    let sandbox = shop(|config| {
        config.apps[0].return_urls.push(url.clone());
        change(config);
    })
    .await;
    let mut home = home(&sandbox).with("EDUZZ_RETURN_URL", &url);
    home.unset("EDUZZ_TOKEN");
    home.sign_in(&sandbox, port).await;
    (sandbox, home)
}

/// A hundred thousand levels neither overflow the stack nor take long, wherever a body is read.
#[tokio::test]
async fn deep_bodies_end_every_command_in_order() {
    let deep = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(100_000), close.repeat(100_000))
    };
    for body in [
        deep("[", "", "]"),
        deep("{\"a\":", "1", "}"),
        deep("[{\"message\":", "{}", "}]"),
    ] {
        for (status, code) in [(200, 0), (403, 1), (422, 1), (500, 1)] {
            let home = answered(response(status, &body)).await;
            home.run("api GET /x").await.ended(code);
            home.run("api GET /x --show-body --json").await.ended(code);
            home.run("me --show-body").await.ended(1);
            home.run("call GetMe").await.ended(1);
            home.run("sales list").await.ended(1);
            home.run("sales list --all --format jsonl").await.ended(1);
        }
        let home = answered(response(200, "{}")).await;
        let sent = home.run_with("api POST /x --body -", body.as_bytes()).await;
        sent.ended(0);
        let checked = home
            .run_with("check response 'GET /accounts/v1/me' -", body.as_bytes())
            .await;
        checked.ended(2);
        let checked = home.run_with("check event -", body.as_bytes()).await;
        checked.ended(2);
    }
}

/// Rows of the mirror, in a workbook too.
#[tokio::test]
async fn exported_workbook_has_the_rows_of_the_mirror() {
    let sandbox = shop(|config| config.history = std::time::Duration::from_secs(20 * 86_400)).await;
    let mut home = home(&sandbox);
    let database = format!("sqlite:{}", home.folder().join("m.db").display());
    home.set("EDUZZ_DB", &database);
    home.run("mirror init --since 01/10/2026 --only sale")
        .await
        .ended(0);
    home.run("mirror run --once").await.ended(0);
    let path = home.folder().join("s.xlsx");
    let export = format!("mirror export sales --fields id,total --out {}", path.display());
    home.run(&export).await.ended(0);
    let csv = home.run("mirror export sales --fields id,total").await;
    let rows = rows(&csv.ended(0).out);
    let sheet = sheet(&path);
    assert!(rows.len() > 10 && sheet.len() == rows.len() + 1, "{}", rows.len());
    for (cells, row) in sheet.iter().skip(1).zip(&rows) {
        assert_eq!(cells[0].to_string(), row[0].1);
        assert_eq!(cells[1].to_string(), row[1].1);
    }
    let bad = home.folder().join("s.txt");
    home.run(&format!("mirror export sales --out {}", bad.display()))
        .await
        .ended(2)
        .told(".csv, .jsonl, .ndjson, .xlsx, .parquet");
}

#[tokio::test]
async fn failed_workbook_leaves_no_file() {
    let sandbox = shop(|_| {}).await;
    sandbox.control().set_faults([Fault::server_error()]);
    let home = home(&sandbox);
    let path = home.folder().join("v.xlsx");
    let line = format!("sales list --all {PAST} --out {}", path.display());
    home.run(&line).await.ended(1);
    assert_eq!(std::fs::read_dir(home.folder()).unwrap().count(), 0);
}
