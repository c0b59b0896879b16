//! The lists of an account, against the sandbox's seeded shop.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use eduzz_sandbox::{Arrivals, Clock, Config, Fault, Sandbox};
use serde_json::{Value, json};

use crate::fake_service::{FakeService, Reply, ids, response};
use crate::forms::{Gives, PAST, cell, has_every_form, json_of, rows, shows_in_every_form, text};
use crate::support::{Home, cases, free_port, return_url};

const SALES: &str = "GET /myeduzz/v1/sales";

pub(crate) fn home(sandbox: &Sandbox) -> Home {
    Home::new()
        .at(sandbox)
        .with("EDUZZ_TOKEN", &sandbox.person().personal_token)
        .with("EDUZZ_PACE", "off")
}

/// A shop in November 2026, without a limit of requests.
pub(crate) async fn shop(change: impl FnOnce(&mut Config)) -> Sandbox {
    let mut config = Config::default();
    config.pace = None;
    config.clock = Clock::manual(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000));
    change(&mut config);
    Sandbox::start(config).await.unwrap()
}

/// A home at a shop that all tests of this process share: they must not change it. Its past is 150
/// days.
pub(crate) fn shared_home() -> Home {
    static SHOP: LazyLock<Sandbox> = LazyLock::new(|| {
        let (send, receive) = std::sync::mpsc::channel();
        // The runtime of a test ends with the test.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let days = |config: &mut Config| config.history = Duration::from_secs(150 * 86_400);
                send.send(shop(days).await).unwrap();
                std::future::pending::<()>().await;
            });
        });
        receive.recv().unwrap()
    });
    home(&SHOP)
}

/// An amount in hundredths.
fn cents(text: &str) -> i64 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(fraction.len() <= 2, "{text}");
    let digits = format!("{whole}{fraction:0<2}");
    digits.parse().unwrap_or_else(|_| panic!("{text}"))
}

#[tokio::test]
async fn lists_in_every_format_agree() {
    const TEAM: &str = "atelie-da-serra";
    const STUDENTS: &str = "alpaclass students list atelie-da-serra";
    let home = shared_home();
    let id = async |list: &str| text(&json_of(&home, list).await[0], "id").to_owned();
    let student = id(STUDENTS).await;
    // The event whose tickets the shop sells.
    let event = id("blinket events list --search cerâmica").await;
    for (command, gives) in [
        ("sales list", Gives::APageOfDays),
        ("sales chargebacks", Gives::APageOfDays),
        ("subscriptions list", Gives::APageOfDays),
        ("products list", Gives::APage),
        ("customers list", Gives::APage),
        ("statement", Gives::APageOfDays),
        ("transfers", Gives::APageOfDays),
        ("affiliates", Gives::APage),
        ("nutror students list", Gives::APage),
        (STUDENTS, Gives::APage),
        (
            &format!("alpaclass students enrollments {TEAM} {student}"),
            Gives::APage,
        ),
        ("alpaclass teams", Gives::All),
        ("heycamp members list 3001", Gives::APage),
        ("blinket events list", Gives::APage),
        (&format!("blinket participants list {event}"), Gives::APage),
        ("safevideo media list", Gives::All),
    ] {
        let rows = has_every_form(&home, command, gives).await;
        assert!(rows.len() > 1, "{command}");
    }
}

#[tokio::test]
async fn records_in_every_format_agree() {
    let home = shared_home();
    let first = async |command: &str| json_of(&home, command).await.remove(0);
    let sale = first(&format!("sales list {PAST}")).await;
    let subscription = first(&format!("subscriptions list {PAST}")).await;
    let product = first("products list").await;
    let customer = first("customers list").await;
    for (list, record) in [
        ("sales", &sale),
        ("subscriptions", &subscription),
        ("products", &product),
    ] {
        let id = text(record, "id");
        shows_in_every_form(&home, &format!("{list} show {id}"), id).await;
    }
    let email = text(&customer, "email");
    let shown = shows_in_every_form(&home, &format!("customers show {email}"), text(&customer, "id")).await;
    assert!(shown.table.contains(email) && text(&shown.json, "email") == email);
    let invoices = format!("subscriptions invoices {}", text(&subscription, "id"));
    has_every_form(&home, &invoices, Gives::All).await;

    for missing in ["sales show 1", "subscriptions show 1", "products show 1"] {
        home.run(missing).await.ended(1).told("404");
    }
    let odd = "customers show a/b+c%@é.example";
    home.run(odd).await.ended(1).told("404");
    home.run("customers show ..").await.ended(2).told("email");
}

#[tokio::test]
async fn customer_with_odd_address_is_found() {
    let home = shared_home();
    let all = json_of(&home, "customers list --all").await;
    let odd = all.iter().map(|customer| text(customer, "email"));
    for email in odd.filter(|email| email.contains(['/', '+', '%'])).take(5) {
        let ran = home.run(&format!("customers show {email} --json")).await;
        assert_eq!(ran.ended(0).json()["email"], email);
    }
}

#[tokio::test]
async fn walk_with_arrivals_and_faults_gives_each_sale_once() {
    let sandbox = shop(|config| config.arrivals = Some(Arrivals::AfterRequests(1))).await;
    let home = home(&sandbox);
    let control = sandbox.control();
    // Never enough failures in a row for the client to give up.
    control.set_faults([
        Fault::cut().on(SALES).after(2).every(4),
        Fault::bad_gateway().on(SALES).after(1).every(5),
        Fault::server_error().on("GET /myeduzz/v1/sales/summary").every(4),
    ]);
    let args = format!("sales list --all --format csv {PAST}");
    let ran = home.run(&args).await;
    let found = ids(&ran.ended(0).out);
    assert!(control.faults_struck() > 2, "things failed");
    assert!(control.arrived() > 5, "others arrived");
    assert!(ran.err.contains("a lista mudou"), "{}", ran.err);
    let seeded = control.seeded_sale_ids();
    assert_eq!(found.len(), seeded.len());
    assert_eq!(found, seeded, "newest first, as the service lists them");
}

#[tokio::test]
async fn sum_of_list_equals_summary() {
    let sandbox =
        shop(|config| config.faults = vec![Fault::cut().every(11), Fault::bad_gateway().every(17)]).await;
    let home = home(&sandbox);
    let paid = format!("{PAST} --status paid");
    for filter in [PAST, &paid, "--from 2026-01-31 --to 2026-12-31"] {
        let args = format!("sales list --all --format csv {filter}");
        let listed = rows(&home.run(&args).await.ended(0).out);
        let args = format!("sales summary --format csv {filter}");
        let summary = rows(&home.run(&args).await.ended(0).out).remove(0);
        for amount in "total netGain grossGain fee partnersGain affiliatesGain others".split(' ') {
            let column = format!("{amount}.value");
            let cells = listed.iter().map(|row| cell(row, &column));
            let sum: i64 = cells.filter(|text| !text.is_empty()).map(cents).sum();
            assert_eq!(sum, cents(cell(&summary, &column)), "{amount} {filter:?}");
        }
        assert!(cents(cell(&summary, "total.value")) > 0);
        assert_eq!(cell(&summary, "count"), listed.len().to_string());
        let days: Vec<&str> = filter.split(' ').filter(|word| word.starts_with("20")).collect();
        assert_eq!([cell(&summary, "startDate"), cell(&summary, "endDate")], days[..]);
    }
    let ran = home.run("sales summary --from 2026-10-01 --to 2026-10-31").await;
    ran.ended(0)
        .shows(&["DE ", "01/10/2026", "ATÉ", "31/10/2026", "VENDAS"]);
}

#[tokio::test]
async fn summary_without_count_still_shows_the_sums() {
    let sandbox = shop(|config| config.faults = vec![Fault::server_error().on(SALES).every(1)]).await;
    let ran = home(&sandbox).run(&format!("sales summary {PAST}")).await;
    ran.ended(0).shows(&["TOTAL", "R$ "]);
    assert!(ran.err.contains("não foi possível contar"), "{ran:?}");
    assert!(!ran.out.contains("VENDAS"), "{ran:?}");
}

#[tokio::test]
async fn walk_with_rejected_token_resumes_after_login() {
    let port = free_port().await;
    let sandbox = shop(|config| config.apps[0].return_urls.push(return_url(port))).await;
    let home = Home::new()
        .at(&sandbox)
        .with("EDUZZ_PACE", "off")
        .with("EDUZZ_RETURN_URL", &return_url(port));
    home.sign_in(&sandbox, port).await;
    let out = home.folder().join("vendas.csv");
    let path = out.to_str().unwrap();
    let fault = Fault::unauthorized().on(SALES).after(5).times(1);
    sandbox.control().set_faults([fault]);
    let args = format!("sales list --all --out {path} {PAST}");
    let ran = home.run(&args).await;
    ran.ended(4).told("eduzz login").told("eduzz sales list --resume");
    assert!(!out.exists());
    let cursor = format!("{path}.cursor");
    let resume = format!("sales list --resume {cursor}");
    home.run(&resume).await.ended(4).told("--state ARQUIVO");
    home.sign_in(&sandbox, port).await;
    home.run(&resume).await.ended(0);
    let found = ids(&std::fs::read_to_string(&out).unwrap());
    assert_eq!(found, sandbox.control().seeded_sale_ids());
}

#[tokio::test]
async fn missing_scope_is_named() {
    let missing = ["myeduzz_customers_read", "blinket", "safevideo"];
    let sandbox = shop(|config| {
        let scopes = &mut config.apps[0].scopes;
        scopes.retain(|scope| !missing.iter().any(|missing| scope.starts_with(missing)));
    })
    .await;
    for [args, scope] in cases(
        "customers list => myeduzz_customers_read
        customers list --all => myeduzz_customers_read
        customers show a@b.example => myeduzz_customers_read
        blinket events list => blinket_read
        safevideo media list => safevideo_contents_read
        blinket participants check-in 1 => blinket_write",
    ) {
        home(&sandbox).run(args).await.ended(1).told("403").told(scope);
    }
}

#[tokio::test]
async fn invalid_values_are_refused_before_sending() {
    let service = FakeService::start(|_| Reply::Never).await;
    let home = service.home();
    let commands = "sales list|sales chargebacks --all|sales summary|subscriptions list|customers list|\
                    statement|transfers";
    for command in commands.split('|') {
        for (days, told) in [
            ("--from 2026-02-30", "--from"),
            ("--from 2026-1-1", "--from"),
            ("--to 2026-13-01", "--to"),
            ("--to 2026-01-01T00:00:00Z", "--to"),
            ("--from anteontem", "--from"),
            ("--from ''", "--from"),
            ("--from 2026-02-02 --to 2026-02-01", "antes do primeiro"),
        ] {
            let ran = home.run(&format!("{command} {days}")).await;
            ran.ended(2).told(told);
        }
    }
    for (line, told) in [
        ("blinket events list --from 2026-02-30", "2026-02-28"),
        ("blinket events list --from 2026-02-02 --to 2026-02-01", "--from"),
        ("blinket events list --type ' '", "--type"),
        ("blinket participants check-in", "INGRESSO"),
        ("blinket participants check-in 7 ''", "invite_keys"),
        ("blinket participants list", "EVENTO"),
    ] {
        home.run(line).await.ended(2).told(told);
    }
    assert_eq!(service.asked().len(), 0);
}

#[tokio::test]
async fn list_without_days_asks_for_the_current_month() {
    let service = FakeService::start(|asked| asked.page_of(&[])).await;
    for command in ["sales list", "statement", "transfers"] {
        let ran = service.home().run(command).await;
        let asked = service.asked().pop().unwrap();
        let (first, last) = (asked.get("startDate"), asked.get("endDate"));
        let told = |day: &str| day.split('-').rev().collect::<Vec<_>>().join("/");
        let days = format!("nada encontrado de {} a {}; ", told(first), told(last));
        assert!(ran.ended(0).err.starts_with(&days), "{ran:?}");
        assert_eq!(first[..8], last[..8]);
        let is_last = ["28", "29", "30", "31"].contains(&&last[8..]);
        assert!(first.ends_with("-01") && is_last, "{asked:?}");
    }
    // Without days, the customers of any day.
    let ran = service.home().run("customers list").await;
    assert_eq!(ran.ended(0).err, "nada encontrado\n");
    assert_eq!(service.asked().pop().unwrap().get("startDate"), "");
}

#[tokio::test]
async fn filters_of_a_list_are_sent_with_the_names_of_the_service() {
    let service = FakeService::start(|asked| asked.page_of(&[])).await;
    let home = service.home();
    for (args, sent) in [
        (
            "sales list --date paid --status waiting_payment --product 1 --affiliate 2 --contract 3 \
             --buyer a+b@c.example --document 123 --page 2 --per-page 7",
            "referenceDate=paidAt status=waitingPayment productId=1 affiliateId=2 contractId=3 \
             buyerEmail=a%2Bb%40c.example buyerDocument=123 page=2 itemsPerPage=7",
        ),
        (
            "sales chargebacks --status lost --sale 9 --buyer x",
            "chargebackStatus=lost id=9 buyerEmail=x",
        ),
        ("subscriptions list --date updated", "filterBy=update"),
        ("subscriptions list", "filterBy=creation"),
        ("statement --sale 5", "saleId=5"),
        ("customers list --sort name:asc", "order=name%3Aasc"),
        ("affiliates --product 1 --product 2", "productIds=1%2C2"),
        ("products list --all --per-page 30", "itemsPerPage=30"),
        (
            "alpaclass students list a --from 2026-01-01 --to 2026-03-31 --email a+b@c.example --document 1 \
             --frozen false --sort name:asc,email:desc --page 2",
            "startDate=2026-01-01 endDate=2026-03-31 email=a%2Bb%40c.example document=1 isFrozen=false \
             sort=name%3Aasc%2Cemail%3Adesc page=2 itemsPerPage=20",
        ),
        (
            "heycamp members list 3001 --status deleted --from 2026-01-01 --to 2026-01-31",
            "status=deleted startDate=2026-01-01 endDate=2026-01-31",
        ),
        // Without days, the members of any day.
        ("heycamp members list 3001", "startDate= status="),
    ] {
        home.run(args).await.ended(0);
        let asked = service.asked().pop().unwrap();
        asked.has_query(sent);
        let path = match args.split(' ').next().unwrap() {
            "alpaclass" => "/alpaclass/v1/producer/teams/a/students",
            "heycamp" => "/heycamp/v1/members/community/3001",
            _ => asked.path.as_str(),
        };
        assert_eq!(asked.path, path);
    }
    for blank in ["sales list --status ''", "sales list --buyer ' '"] {
        home.run(blank).await.ended(2).told("precisa de um valor");
    }
}

#[tokio::test]
async fn csv_text_never_begins_a_formula() {
    let link = "=HYPERLINK(\"http://x\")";
    let names = [
        link,
        "+1",
        "-1+1",
        "@x",
        "\tx",
        "\rx",
        "a,b;\"c\"\r\nd",
        "' já tem",
    ];
    let sales: Vec<Value> = names
        .iter()
        .zip(1..)
        .map(|(name, id)| {
            json!({"id": id, "status": "refunded", "createdAt": "=1", "buyer": {"name": name},
                "total": {"currency": "BRL", "value": -1234.5}})
        })
        .collect();
    let service = FakeService::start(move |asked| asked.page_of(&sales)).await;
    let home = service.home();
    let plain = home.run("sales list --format csv").await;
    assert!(plain.ended(0).out.starts_with("id,contractId,"));
    for row in rows(&plain.out) {
        let name = cell(&row, "buyer.name");
        assert!(!name.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name:?}");
        assert!(names.contains(&name) || names.contains(&&name[1..]), "{name:?}");
        assert_eq!(cell(&row, "createdAt"), "'=1");
        assert_eq!(cell(&row, "total.value"), "-1234.5", "an amount stays one");
    }
    let excel = home.run("sales list --excel").await;
    assert!(excel.ended(0).out.starts_with("\u{feff}id;contractId;"));
    assert!(excel.out.contains(";-1234,5;BRL;"));
    let marked = home.run("sales list --format csv --bom").await;
    assert_eq!(marked.ended(0).out, format!("\u{feff}{}", plain.out));
    // A row of the table is one line, whatever the name contains.
    let table = home.run("sales list").await;
    assert_eq!(table.ended(0).out.lines().count(), names.len() + 1);
    assert!(table.out.contains("-R$ 1.234,50"));
}

#[tokio::test]
async fn contradicting_options_end_with_2() {
    let home = Home::new().with("EDUZZ_TOKEN", "invented");
    for (args, told) in [
        ("sales", "falta o comando"),
        ("sales lsit", "`list`"),
        ("sales show", "<ID>"),
        ("customers show", "<EMAIL>"),
        ("sales list --all --page 2", "--page"),
        ("sales list --page 0", "--page"),
        ("sales list --format xml", "--format"),
        ("sales list --json --format csv", "--json"),
        ("sales list --json --bom", "--bom"),
        ("sales list --format table --excel", "--excel"),
        ("products list --from 2026-01-01", "--from"),
        ("call ListSales --all --set page=2", "page"),
    ] {
        let ran = home.run(args).await;
        ran.ended(2).told(told);
        assert_eq!(ran.out, "", "{args:?}");
    }
    let home = home.with("EDUZZ_PACE", "many");
    home.run("sales list").await.ended(2).told("EDUZZ_PACE");
}

#[tokio::test]
async fn page_of_list_shows_page_count() {
    let home = shared_home();
    let ran = home.run("products list --per-page 5").await;
    assert!(
        ran.ended(0)
            .err
            .starts_with("página 1 de 3, 12 linhas no total; ")
    );
    let ran = home.run("products list --per-page 5 --page 3 --lang en").await;
    assert!(ran.ended(0).err.starts_with("page 3 of 3, 12 rows in total; "));
    assert_eq!(ran.out.lines().count(), 3);
    let ran = home.run("products list --page 99").await;
    let told = "a página 99 não existe; a última é a 1, de 12 linhas";
    assert!(ran.ended(0).err.starts_with(told), "{ran:?}");
}

#[tokio::test]
async fn statement_of_long_stretch_advises_all() {
    let sandbox = shop(|_| {}).await;
    let ran = home(&sandbox).run(&format!("statement {PAST}")).await;
    assert!(ran.ended(0).err.contains("--all"), "{ran:?}");
    let ran = home(&sandbox).run(&format!("statement --all {PAST}")).await;
    assert!(ran.ended(0).out.lines().count() > 1000);
}

#[tokio::test]
async fn out_file_has_the_format_of_its_extension() {
    let home = shared_home();
    for (name, start) in [
        ("p.csv", "id,name,"),
        ("p.json", "[\n{"),
        ("p.jsonl", "{"),
        ("p.txt", " ID"),
    ] {
        for all in ["", "--all"] {
            let out = home.folder().join(name);
            let _ = std::fs::remove_file(&out);
            let line = format!("products list --out {} {all}", out.display());
            let ran = home.run(&line).await;
            assert_eq!(ran.ended(0).out, "");
            assert_eq!(ran.err, format!("12 linhas em {}\n", out.display()));
            let written = std::fs::read_to_string(&out).unwrap();
            assert!(written.starts_with(start), "{name}");
        }
    }
    let out = home.folder().join("p.csv").display().to_string();
    let ran = home.run(&format!("products list --per-page 5 --out {out}")).await;
    let told = format!("5 de 12 linhas em {out} (página 1 de 3); --all");
    assert!(ran.ended(0).err.starts_with(&told), "{ran:?}");
    let left: BTreeSet<String> = std::fs::read_dir(home.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected = ["p.csv", "p.json", "p.jsonl", "p.txt"];
    assert_eq!(left.into_iter().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn summary_with_two_currencies_ends_with_1() {
    let service = FakeService::start(|asked| {
        let money =
            |value: i32| json!({"currency": if asked.number == 1 { "BRL" } else { "USD" }, "value": value});
        let fields = "discount grossGain netGain partnersGain affiliatesGain fee others total";
        let fields = fields.split(' ').map(|name| (name.to_owned(), money(1)));
        let summary: serde_json::Map<_, _> = fields.collect();
        Reply::Bytes(response(200, &Value::from(summary).to_string()))
    })
    .await;
    let args = "sales summary --from 2025-01-01 --to 2025-12-31";
    service.home().run(args).await.ended(1).told("moedas diferentes");
    let ran = service.home().run("sales summary --lang en").await;
    assert!(ran.ended(0).out.starts_with(" TOTAL       USD 1.00"), "{ran:?}");
}
