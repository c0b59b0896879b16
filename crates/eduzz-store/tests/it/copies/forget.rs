//! People who are forgotten.

use std::collections::BTreeMap;

use eduzz_store::mirror::{Cause, Forget, Forgotten, List, Merged, MirrorStore, Unreadable};
use eduzz_store::{Filter, Reopening, Store};
use eduzz_sync::inbox::{Incoming, Order, State};
use eduzz_sync::mirror::{Digest, Kind, Notice, Record, Span, notices};
use eduzz_testkit::postgres::Server;
use eduzz_types::DateTime;
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Key, Stored};

use super::{Again, OLD, Setup, pass_of};
use crate::mirror::Database;

const EMAIL: &str = " Canario.Silva@Example.com ";

/// Her as the service writes her, and somebody else.
const ANA: &str = r#""name": "Ana Canario", "email": "canario.silva@example.com", "document": "canario-1",
    "phone": "canario-2""#;
const RUI: &str =
    r#""name": "Rui Outro", "email": "rui@example.com", "document": "outro-1", "phone": "outro-2""#;

/// The kinds with a window, and their rows: hers, and somebody else's.
fn rows() -> Vec<(List, Span, Vec<String>)> {
    let list = |kind| List::new("escola", kind);
    let sale = |id: u32, buyer: &str, recipient: &str| {
        format!(
            r#"{{ "id": "{id}", "status": "paid", "total": {{ "currency": "BRL", "value": 10.50 }},
            "createdAt": "2026-10-01T10:00:00Z", "paidAt": "2026-10-01T10:00:00Z", "product": {{ "id": "3", "name": "Curso" }},
            "payment": {{ "method": "pix", "link": "https://pay.example.com/{buyer_link}" }},
            "tracker": "{tracker}", "buyer": {{ {buyer} }}, "recipient": {{ {recipient} }},
            "producer": {{ "id": "1", "name": "Loja" }},
            "affiliate": {{ "id": "77", "name": "Otavio Parceiro" }} }}"#,
            buyer_link = if buyer.contains("anario") {
                "canario"
            } else {
                "outro"
            },
            tracker = if buyer.contains("anario") {
                "m:CANARIO.silva@example.com"
            } else {
                "m"
            },
        )
    };
    let ana = format!(r#""id": "501", {ANA}"#);
    // The same customer with another address.
    let ana2 = r#""id": "501", "name": "Ana Canario", "email": "canario.nova@example.com""#;
    let rui = format!(r#""id": "502", {RUI}"#);
    let subscription = |id: u32, client: &str| {
        format!(
            r#"{{ "id": "{id}", "status": "upToDate", "createdAt": "2026-10-01T10:00:00Z",
            "payment": {{ "price": {{ "currency": "BRL", "value": 30 }} }}, "client": {{ {client} }} }}"#
        )
    };
    let client = |who: &str, word: &str| {
        format!(
            r#""name": "{who}", "email": "{who}.silva@example.com",
            "phone": {{ "countryCode": "{word}", "areaCode": "{word}", "number": "{word}" }}"#
        )
    };
    let brl = r#"{ "currency": "BRL", "value": 7 }"#;
    vec![
        (
            list(Kind::Sale),
            OLD,
            vec![
                sale(1, &ana, &ana),
                sale(2, &rui, &ana),
                sale(3, ana2, &rui),
                sale(4, &rui, &rui),
            ],
        ),
        (
            list(Kind::Subscription),
            OLD,
            vec![
                subscription(11, &client("canario", "canario")),
                subscription(12, &client("rui", "outro")),
            ],
        ),
        (
            list(Kind::Invoice).of("11"),
            Span::WHOLE,
            vec![format!(
                r#"{{ "id": "21", "status": "open", "payment": {{ "amount": {brl}, "link": "https://x.example/canario" }} }}"#
            )],
        ),
        (
            list(Kind::Invoice).of("12"),
            Span::WHOLE,
            vec![format!(
                r#"{{ "id": "22", "status": "open", "payment": {{ "amount": {brl}, "link": "https://x.example/outro" }} }}"#
            )],
        ),
        (
            list(Kind::Customer),
            Span::WHOLE,
            vec![
                r#"{ "id": 501, "name": "Ana Canario", "email": "canario.nova@example.com",
                    "phone": { "countryCode": "canario", "number": "canario" }, "birthDate": "canario" }"#
                    .to_owned(),
                format!(
                    r#"{{ "id": "502", {} }}"#,
                    r#""name": "Rui Outro", "email": "rui@example.com""#
                ),
            ],
        ),
        (
            list(Kind::StatementEntry),
            OLD,
            vec![
                format!(
                    r#"{{ "id": "31", "saleId": 1, "description": "Venda a Ana Canario", "value": {brl} }}"#
                ),
                format!(r#"{{ "id": "32", "saleId": 4, "description": "Venda a Rui", "value": {brl} }}"#),
            ],
        ),
        (
            list(Kind::Chargeback),
            OLD,
            vec![format!(
                r#"{{ "id": "1", "total": {brl}, "chargeback": {{ "status": "lost" }}, "buyer": {{ {ana} }} }}"#
            )],
        ),
        (
            list(Kind::Affiliation),
            Span::WHOLE,
            vec![
                r#"{ "id": "41", "status": "approved", "customer": { "id": "501", "name": "Ana Canario" } }"#
                    .to_owned(),
                r#"{ "id": "42", "status": "approved", "customer": { "id": "502", "name": "Rui" } }"#
                    .to_owned(),
            ],
        ),
    ]
}

fn read(list: &List, rows: &[String]) -> Vec<Record> {
    let record = |json: &String| list.kind.read(&list.parent, json).unwrap();
    rows.iter().map(record).collect()
}

/// A row of each list that cannot be read.
fn unreadable() -> Unreadable {
    Unreadable::new(
        format!(r#"{{ "id": "9", "total": "canario", "buyer": {{ "id": "501", {ANA} }} }}"#),
        "total: not an amount",
    )
}

fn body(event: &str, sale: &str, buyer: &str) -> String {
    format!(
        r#"{{ "id": "{event}", "event": "myeduzz.invoice_paid", "data": {{ "id": "{sale}", "status": "paid",
        "paidAt": "2026-10-01T10:00:00Z", "price": {{ "currency": "BRL", "value": 10 }},
        "buyer": {{ {buyer} }} }}, "sentDate": "2026-10-01T10:00:00Z" }}"#
    )
}

fn incoming(body: &str) -> Incoming {
    let key = Key::new(&WebhookSecret::new("invented-secret")).unwrap();
    Incoming::new(&key.open(key.sign(body.as_bytes()), body.as_bytes()).unwrap(), "")
}

fn forget() -> Forget {
    Forget::new("escola", EMAIL)
}

impl<S: Store + MirrorStore> Setup<S> {
    fn notices(&self, body: &str) -> Vec<Notice> {
        let event = Stored::verified_before(body.as_bytes()).event();
        let sent = DateTime::from_text("2026-10-01T10:00:00Z");
        notices(&event, Some(&sent), self.hands.now())
    }

    /// Everything is read, and each window is proven.
    async fn fill(&self) {
        for (list, span, rows) in rows() {
            assert_eq!(self.read_again(&list, span, &rows).await.new, rows.len() as u64);
        }
        let batch = self.batch(List::new("escola", Kind::Sale), Cause::CatchUp, Vec::new());
        let batch = batch.unreadable(vec![unreadable()]);
        self.store.merge(batch).await.unwrap();
        // An event of an unknown sale of hers shows it, and one lies over a known sale.
        for (id, sale, buyer) in [("e1", "5", ANA), ("e2", "1", ANA), ("e3", "6", RUI)] {
            let body = body(id, sale, buyer);
            self.store.tell("escola", self.notices(&body)).await.unwrap();
            self.store.put(incoming(&body), State::Ignored).await.unwrap();
        }
        let learner = r#"{ "id": "e5", "event": "nutror.lesson_watched", "data": { "learner":
            { "id": "canario.silva@example.com", "email": "canario.silva@example.com" } } }"#;
        self.store.put(incoming(learner), State::Ignored).await.unwrap();
        self.store
            .put(incoming(&body("e4", "7", ANA)), State::Ready)
            .await
            .unwrap();
    }

    async fn read_again(&self, list: &List, span: Span, rows: &[String]) -> Merged {
        let reading = self.begin(list, span).await;
        let merged = self.page(&reading, Cause::Check, read(list, rows)).await;
        let pass = pass_of(reading.began, self.hands.now(), rows.len() as u64);
        let ended = self.store.end(&reading, pass).await.unwrap().unwrap();
        // Sales wait for an answer after the events.
        assert!(
            ended.doubt.is_none() || list.kind == Kind::Sale,
            "{:?}",
            ended.doubt
        );
        merged
    }

    /// All bytes of the file and its log, or a dump.
    fn bytes(&self, test: &str) -> String {
        let text = match &self.database {
            Database::Sqlite(_) => ["", "-wal", "-shm"]
                .iter()
                .map(|ending| std::fs::read(format!("{}{ending}", self.url)).unwrap_or_default())
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .collect(),
            Database::Postgres(_) => {
                let server = Server::shared(test).unwrap();
                let path = self.url.split('?').next().unwrap_or_default();
                server.dump(path.rsplit('/').next().unwrap())
            }
        };
        text.to_lowercase()
    }

    /// Of the database nothing tells of her, and everything is as proven as before.
    async fn assert_forgotten(&self) {
        let bytes = self.bytes("forgotten");
        assert!(bytes.contains("outro"), "the search sees rows");
        if let Some(at) = bytes.find("canario") {
            let from = bytes[..at]
                .char_indices()
                .rev()
                .nth(200)
                .map_or(0, |(from, _)| from);
            let rest: String = bytes[from..].chars().take(400).collect();
            panic!("{rest}");
        }
        for (list, span, _) in rows() {
            let examined = self.store.examine(&list, span).await.unwrap();
            assert_eq!(examined.tampered, Vec::<String>::new(), "{list:?}");
            assert_ne!(examined.is_as_proven, Some(false), "{list:?}");
        }
    }

    /// The rows of everybody else, and what stays of hers.
    async fn kept(&self) -> BTreeMap<String, String> {
        let mut kept = BTreeMap::new();
        for kind in Kind::ALL {
            let columns = kind.columns();
            let names = columns.iter().map(|column| {
                let name = &column.name;
                // `tracker` has her address, and is not personal.
                let goes = column.is_personal || *name == "tracker";
                (goes, format!("coalesce(cast({name} as text), '')"))
            });
            let (gone, kept_names): (Vec<_>, Vec<_>) = names.partition(|(goes, _)| *goes);
            let all = |names: &[(bool, String)]| {
                let names = names.iter().map(|(_, name)| name.as_str()).chain(["''"]);
                names.collect::<Vec<_>>().join(" || '|' || ")
            };
            let sql = format!(
                "select key, {}, {} || coalesce(cast(raw as text), ''), m_state, m_asked, m_window, m_news
                 from {} order by key",
                all(&kept_names),
                all(&gone),
                kind.table()
            );
            for row in self.database.ask(&sql).await.1 {
                let row: Vec<String> = row.into_iter().map(Option::unwrap_or_default).collect();
                let place = format!("{kind} {}", row[0]);
                kept.insert(format!("{place} facts"), format!("{} {:?}", row[1], &row[3..]));
                kept.insert(format!("{place} persons"), row[2].clone());
            }
        }
        kept
    }
}

/// What is hers.
fn counted() -> Forgotten {
    let mut forgotten = Forgotten::default();
    forgotten.records = vec![
        (Kind::Sale, 4),
        (Kind::Subscription, 1),
        (Kind::Customer, 1),
        (Kind::Affiliation, 1),
        (Kind::Invoice, 1),
        (Kind::StatementEntry, 1),
        (Kind::Chargeback, 1),
    ];
    forgotten.unreadable = 1;
    forgotten.events = 4;
    forgotten.waiting = 1;
    forgotten.customers = 1;
    forgotten.other_emails = 1;
    forgotten
}

pub(super) async fn a_person_leaves_everything<S: Store + MirrorStore>(setup: Setup<S>) {
    setup.fill().await;
    let before = setup.kept().await;
    let last = setup.last_change().await;
    assert_eq!(setup.store.forget(&forget()).await.unwrap(), counted());
    setup.assert_forgotten().await;
    let after = setup.kept().await;
    let hers = |place: &str, text: &str| {
        place.ends_with("persons") && (text.to_lowercase().contains("canario") || place == "sale 5 persons")
    };
    for (place, text) in &before {
        assert!(
            after[place] == *text || hers(place, text),
            "{place}: {text} is {}",
            after[place]
        );
    }
    assert_eq!(before.len(), after.len());
    // Nobody else's data goes with hers: she was given the sale, or gave it.
    assert!(after["sale 2 persons"].contains("rui@example.com"));
    assert!(after["sale 3 persons"].contains("rui@example.com"));
    let changes = setup.store.changes("escola", 0, 1_000).await.unwrap();
    let of_one: Vec<_> = changes
        .iter()
        .filter(|change| change.kind == Kind::Sale && change.key == "1")
        .collect();
    let (last_of_one, earlier) = of_one.split_last().unwrap();
    assert_eq!(
        (last_of_one.cause, last_of_one.old),
        (Cause::Forgotten, Some(Digest::default()))
    );
    assert!(last_of_one.number > last && last_of_one.new.is_some_and(|new| new != Digest::default()));
    assert!(earlier.iter().all(|change| change.new == Some(Digest::default())));
    let other = changes
        .iter()
        .filter(|change| change.kind == Kind::Sale && change.key == "4");
    assert!(other.clone().count() > 0);
    assert!(other.clone().all(|change| change.new != Some(Digest::default())));
    // Her event that waited is not handled any more, and the others' are.
    assert_eq!(setup.store.claim(Order::Any, 9).await.unwrap().len(), 0);
    let learner = "select count(*) from eduzz_event where kind = 'learner' or subject like 'sha256:%'";
    assert_eq!(setup.cell(learner).await, "0");
    // Nothing is left to do.
    let mut nothing = Forgotten::default();
    nothing.customers = 0;
    let again = setup.store.forget(&forget()).await.unwrap();
    assert_eq!(again, nothing);
}

pub(super) async fn a_trial_counts_and_writes_nothing<S: Store + MirrorStore>(setup: Setup<S>) {
    setup.fill().await;
    let (before, last) = (setup.kept().await, setup.last_change().await);
    assert_eq!(setup.store.forget(&forget().trial()).await.unwrap(), counted());
    assert_eq!((setup.kept().await, setup.last_change().await), (before, last));
    assert_eq!(setup.cell("select count(*) from eduzz_forgotten").await, "0");
    assert_eq!(setup.store.claim(Order::Any, 9).await.unwrap().len(), 1);
    let nobody = Forget::new("escola", "nobody@example.com");
    assert_eq!(setup.store.forget(&nobody).await.unwrap(), Forgotten::default());
    // Another account has a person of the same name.
    let other = Forget::new("outra", EMAIL).events_of(Some("outra".to_owned()));
    assert_eq!(setup.store.forget(&other).await.unwrap(), Forgotten::default());
}

pub(super) async fn a_forgotten_person_does_not_come_back<S: Again + Store>(setup: Setup<S>) {
    setup.fill().await;
    setup.store.forget(&forget()).await.unwrap();
    let kept = setup.kept().await;
    setup.hands.pass(super::DAY);
    // The service still has her, and a program that was started before does not know.
    let other = S::again(&setup).await;
    for (list, span, rows) in rows() {
        let merged = setup.read_again(&list, span, &rows).await;
        assert_eq!((merged.new, merged.changed), (0, 0), "{list:?}");
        let batch = setup.batch(list.clone(), Cause::Refetch, read(&list, &rows));
        let merged = other.merge(batch).await.unwrap();
        assert_eq!((merged.new, merged.changed), (0, 0), "{list:?}");
    }
    let batch = setup.batch(List::new("escola", Kind::Sale), Cause::CatchUp, Vec::new());
    let batch = batch.unreadable(vec![unreadable()]);
    setup.store.merge(batch).await.unwrap();
    assert_eq!(setup.cell("select count(*) from eduzz_unreadable").await, "1");
    for (event, sale) in [("e6", "1"), ("e7", "8")] {
        let told = setup.notices(&body(event, sale, ANA));
        setup.store.tell("escola", told).await.unwrap();
    }
    setup.assert_forgotten().await;
    let now = setup.kept().await;
    for place in kept
        .keys()
        .filter(|place| place.ends_with("persons") && !place.starts_with("sale 1"))
    {
        assert_eq!(kept[place], now[place], "{place}");
    }
}

pub(super) async fn an_interrupted_forgetting_is_completed<S: Store + MirrorStore>(setup: Setup<S>) {
    setup.fill().await;
    let left = || async {
        let persons = setup.kept().await.into_values();
        persons
            .filter(|text| text.to_lowercase().contains("canario"))
            .count()
    };
    let mut lefts = vec![left().await];
    // It ends where the first of these is written, then where the next one is, and so on.
    for table in ["sale", "customer", "statement", "unreadable", "body"] {
        let fail = match setup.database {
            Database::Sqlite(_) => ["update", "delete"].map(|what| {
                format!(
                    "create trigger fail_{what} before {what} on eduzz_{table}
                     begin select raise(abort, 'invented'); end;"
                )
            }),
            Database::Postgres(_) => [
                "create function fail() returns trigger language plpgsql as $$ begin raise 'invented'; end $$;"
                    .to_owned(),
                format!("create trigger fail before update or delete on eduzz_{table} execute function fail()"),
            ],
        };
        setup.database.run(&fail.concat()).await;
        setup.store.forget(&forget()).await.unwrap_err();
        let mend = match setup.database {
            Database::Sqlite(_) => "drop trigger fail_update; drop trigger fail_delete",
            Database::Postgres(_) => "drop function fail cascade",
        };
        setup.database.run(mend).await;
        lefts.push(left().await);
        for (list, span, _) in rows() {
            let examined = setup.store.examine(&list, span).await.unwrap();
            assert_eq!(examined.tampered, Vec::<String>::new(), "{list:?}");
            assert_ne!(examined.is_as_proven, Some(false), "{list:?}");
        }
    }
    assert!(
        lefts.is_sorted_by(|before, after| before >= after) && lefts[1] > lefts[3],
        "{lefts:?}"
    );
    setup.store.forget(&forget()).await.unwrap();
    setup.assert_forgotten().await;
}

pub(super) async fn later_events_leave_once_they_are_done<S: Store + MirrorStore>(setup: Setup<S>) {
    assert_eq!(setup.store.forget_events("escola", None).await.unwrap(), 0);
    setup.fill().await;
    setup.store.forget(&forget()).await.unwrap();
    setup.hands.pass(super::DAY);
    // She buys again: what handles the event needs her address.
    setup
        .store
        .put(incoming(&body("e8", "9", ANA)), State::Ready)
        .await
        .unwrap();
    setup
        .store
        .put(incoming(&body("e9", "10", RUI)), State::Ready)
        .await
        .unwrap();
    setup
        .store
        .put(incoming(&body("e10", "11", ANA)), State::Ignored)
        .await
        .unwrap();
    assert_eq!(setup.store.forget_events("escola", None).await.unwrap(), 1);
    let claimed = setup.store.claim(Order::Any, 9).await.unwrap();
    assert_eq!(
        claimed
            .iter()
            .filter(|claimed| claimed.event.body.is_some())
            .count(),
        2
    );
    for claimed in &claimed {
        let end = eduzz_sync::inbox::Ending::Done;
        crate::support::end(&setup.store, claimed, end, 0).await;
    }
    setup.hands.pass(super::DAY);
    assert_eq!(setup.store.forget_events("escola", None).await.unwrap(), 1);
    assert_eq!(setup.store.forget_events("escola", None).await.unwrap(), 0);
    let bodies =
        "select count(*) from eduzz_body b join eduzz_event e on e.seq = b.seq where e.state = 'done'";
    assert_eq!(setup.cell(bodies).await, "1", "somebody else's");
    let replayed = setup
        .store
        .reopen(Filter::default(), Reopening::Replay)
        .await
        .unwrap();
    assert!(replayed >= 1);
}

pub(super) async fn what_follows_from_a_later_record_is_emptied<S: Store + MirrorStore>(setup: Setup<S>) {
    setup.fill().await;
    setup.store.forget(&forget()).await.unwrap();
    setup.hands.pass(super::DAY);
    let entries = List::new("escola", Kind::StatementEntry);
    let entry = r#"{ "id": "39", "saleId": "13", "description": "Venda a Ana Canario",
        "value": { "currency": "BRL", "value": 1 } }"#;
    let batch = setup.batch(
        entries.clone(),
        Cause::CatchUp,
        read(&entries, &[entry.to_owned()]),
    );
    setup.store.merge(batch).await.unwrap();
    assert!(
        setup.bytes("follows").contains("canario"),
        "nothing tells yet whose it is"
    );
    let sale = format!(
        r#"{{ "id": "13", "status": "paid", "total": {{ "currency": "BRL", "value": 1 }}, "buyer": {{ {ANA} }} }}"#
    );
    let sales = List::new("escola", Kind::Sale);
    let batch = setup.batch(sales.clone(), Cause::CatchUp, read(&sales, &[sale]));
    assert_eq!(setup.store.merge(batch).await.unwrap().new, 1);
    let cell =
        "select count(*) from eduzz_statement where key = '39' and description is null and value_e4 = 10000";
    assert_eq!(setup.cell(cell).await, "1");
    let raw = setup
        .cell("select cast(raw as text) from eduzz_statement where key = '39'")
        .await;
    assert!(!raw.contains("Canario"), "{raw}");
}
