//! What a mirror keeps: each case runs over both databases.

#![expect(clippy::panic, reason = "tests")]

mod events;
mod feed;
mod figures;
mod forget;
#[cfg(unix)]
mod kills;
mod model;
mod pace;
mod passes;
mod programs;
mod rights;
mod rows;

use std::time::Duration;

use eduzz_store::mirror::{Batch, Cause, List, Merged, MirrorStore, Reading};
use eduzz_store::rusqlite::Connection;
use eduzz_store::tokio_postgres::{self, NoTls};
use eduzz_store::{Limits, Postgres, Sqlite};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{Kind, Notice, Pass, Record, Span, notices};
use eduzz_types::DateTime;
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::Key;
use tempfile::TempDir;

use self::events::{
    a_late_or_old_event_shows_nothing, a_record_goes_and_comes_back,
    an_api_that_keeps_saying_less_is_believed, an_event_of_an_unknown_sale_shows_it,
    an_event_shows_and_an_answer_settles, an_older_answer_under_an_event_does_not_settle,
    crowds_are_taken_once, events_of_one_call_are_taken_in_order, refetches_are_taken_once,
};
use self::feed::{accounts_are_apart, changes_are_numbered_without_gaps, holdings_add_up, parents_are_apart};
use self::figures::{figures_are_those_of_a_loop, figures_of_now_are_those_of_the_views};
use self::forget::{
    a_forgotten_person_does_not_come_back, a_person_leaves_everything, a_trial_counts_and_writes_nothing,
    an_interrupted_forgetting_is_completed, later_events_leave_once_they_are_done,
    what_follows_from_a_later_record_is_emptied,
};
use self::pace::{
    a_hold_and_a_death_concern_all_programs, a_state_of_another_form_is_a_full_lane,
    programs_at_once_take_each_turn_once, programs_wait_for_each_others_calls,
};
use self::passes::{
    a_change_of_an_old_row_keeps_the_seal, a_lost_reading_stores_nothing, a_tampered_row_is_named,
    a_window_can_be_cut_before_it_has_rows, an_end_says_why_it_is_not_proven, checks_find_drift,
    cross_checks_are_judged_by_other_windows, proven_windows_are_compared_once,
    rows_and_their_cursor_are_one, rows_that_are_not_shown_are_missing, unreadable_rows_are_kept_once,
    windows_do_not_overlap,
};
use self::programs::{
    a_call_that_is_given_up_leaves_nothing_open, a_newer_version_is_refused, tables_of_no_version_are_refused,
};
use self::rows::{
    an_older_answer_does_not_overwrite, five_thousand_rows_are_one_batch, odd_values_are_kept,
    rows_are_as_they_were_read, the_same_page_twice_changes_nothing,
};
use crate::databases;
use crate::mirror::Database;
use crate::support::Hands;

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

/// A window that is over for long.
const OLD: Span = Span::new(20_000, 20_004);

/// A store, its clock, its database for looking into, and what must live as long.
pub(crate) struct Setup<S> {
    pub(crate) store: S,
    pub(crate) hands: Hands,
    pub(crate) database: Database,
    url: String,
    _folder: Option<TempDir>,
}

pub(crate) async fn sqlite(hands: Hands) -> Setup<Sqlite> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mirror.sqlite");
    let store = Sqlite::with_clock(&file, hands.clock()).await.unwrap();
    store.prepare().await.unwrap();
    Setup {
        store,
        hands,
        database: Database::Sqlite(Connection::open(&file).unwrap()),
        url: file.to_str().unwrap().to_owned(),
        _folder: Some(folder),
    }
}

/// `None` where PostgreSQL is not installed; then the test is skipped.
pub(crate) async fn postgres(test: &str, hands: Hands) -> Option<Setup<Postgres>> {
    let url = databases::clone(test)?;
    let store = Postgres::with(&url, hands.clock(), Limits::default())
        .await
        .unwrap();
    store.prepare().await.unwrap();
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    Some(Setup {
        store,
        hands,
        database: Database::Postgres(client),
        url,
        _folder: None,
    })
}

/// Opens the database once more, as another program does.
pub(crate) trait Again: MirrorStore {
    async fn again(setup: &Setup<Self>) -> Self;
}

impl Again for Sqlite {
    async fn again(setup: &Setup<Self>) -> Self {
        Self::with_clock(&setup.url, setup.hands.clock()).await.unwrap()
    }
}

impl Again for Postgres {
    async fn again(setup: &Setup<Self>) -> Self {
        Self::with(&setup.url, setup.hands.clock(), Limits::default())
            .await
            .unwrap()
    }
}

/// A test of each case over each database.
macro_rules! suite {
    ($($case:ident),+ $(,)?) => {
        mod in_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                super::$case(super::sqlite(super::Hands::new()).await).await;
            })+
        }
        mod in_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                if let Some(setup) = super::postgres(stringify!($case), super::Hands::new()).await {
                    super::$case(setup).await;
                }
            })+
        }
    };
}

suite! {
    rows_are_as_they_were_read,
    odd_values_are_kept,
    five_thousand_rows_are_one_batch,
    the_same_page_twice_changes_nothing,
    an_older_answer_does_not_overwrite,
    an_event_shows_and_an_answer_settles,
    an_event_of_an_unknown_sale_shows_it,
    an_older_answer_under_an_event_does_not_settle,
    a_late_or_old_event_shows_nothing,
    events_of_one_call_are_taken_in_order,
    an_api_that_keeps_saying_less_is_believed,
    a_record_goes_and_comes_back,
    refetches_are_taken_once,
    crowds_are_taken_once,
    rows_and_their_cursor_are_one,
    a_lost_reading_stores_nothing,
    windows_do_not_overlap,
    a_window_can_be_cut_before_it_has_rows,
    an_end_says_why_it_is_not_proven,
    checks_find_drift,
    rows_that_are_not_shown_are_missing,
    cross_checks_are_judged_by_other_windows,
    proven_windows_are_compared_once,
    unreadable_rows_are_kept_once,
    a_change_of_an_old_row_keeps_the_seal,
    a_tampered_row_is_named,
    changes_are_numbered_without_gaps,
    accounts_are_apart,
    parents_are_apart,
    holdings_add_up,
    figures_are_those_of_a_loop,
    figures_of_now_are_those_of_the_views,
    tables_of_no_version_are_refused,
    a_newer_version_is_refused,
    a_call_that_is_given_up_leaves_nothing_open,
    programs_at_once_take_each_turn_once,
    programs_wait_for_each_others_calls,
    a_hold_and_a_death_concern_all_programs,
    a_state_of_another_form_is_a_full_lane,
    a_person_leaves_everything,
    a_trial_counts_and_writes_nothing,
    a_forgotten_person_does_not_come_back,
    an_interrupted_forgetting_is_completed,
    later_events_leave_once_they_are_done,
    what_follows_from_a_later_record_is_emptied,
}

pub(crate) fn sales() -> List {
    List::new("escola", Kind::Sale)
}

/// A sale of 10 reais that changed some seconds after its creation.
pub(crate) fn sale(id: &str, status: &str, updated: u32) -> Record {
    sale_of(id, status, updated, "10")
}

pub(crate) fn sale_of(id: &str, status: &str, updated: u32, total: &str) -> Record {
    let (minute, second) = (updated / 60, updated % 60);
    let json = format!(
        r#"{{ "id": "{id}", "status": "{status}", "total": {{ "currency": "BRL", "value": {total} }},
        "createdAt": "2026-10-01T10:00:00Z", "updatedAt": "2026-10-01T10:{minute:02}:{second:02}Z" }}"#
    );
    Kind::Sale.read("", &json).unwrap()
}

/// What an event tells of a sale that changed some seconds after its creation.
pub(crate) fn event(id: &str, status: &str, changed: u32, received: Moment) -> Vec<Notice> {
    let (minute, second) = (changed / 60, changed % 60);
    let at = format!("2026-10-01T10:{minute:02}:{second:02}Z");
    let name = if status == "open" { "opened" } else { status };
    let body = format!(
        r#"{{ "id": "e", "event": "myeduzz.invoice_{name}", "data": {{ "id": "{id}", "status": "{status}",
        "createdAt": "2026-10-01T10:00:00Z", "paidAt": "{at}", "price": {{ "currency": "BRL", "value": 10 }} }},
        "sentDate": "{at}" }}"#
    );
    let key = Key::new(&WebhookSecret::new("invented-secret")).unwrap();
    let delivery = key.open(key.sign(body.as_bytes()), body.as_bytes()).unwrap();
    let told = notices(&delivery.event(), Some(&DateTime::from_text(&at)), received);
    assert_eq!(told.len(), 1, "{body}");
    told
}

/// A pass in which the service said that there is this number of rows, and showed as many.
pub(crate) fn pass_of(began: Moment, ended: Moment, rows: u64) -> Pass {
    Pass {
        began,
        ended,
        first_total: rows,
        last_total: rows,
        rows,
        unreadable: 0,
        lost_rows: false,
    }
}

impl<S: MirrorStore> Setup<S> {
    /// Rows that are asked for now and come a second later.
    pub(crate) fn batch(&self, list: List, cause: Cause, records: Vec<Record>) -> Batch {
        let asked = self.hands.now();
        self.hands.pass(SECOND);
        Batch::new(list, asked, self.hands.now(), cause, records)
    }

    pub(crate) async fn merge(&self, cause: Cause, records: Vec<Record>) -> Merged {
        let batch = self.batch(sales(), cause, records);
        self.store.merge(batch).await.unwrap()
    }

    /// Stores rows as a page of a pass.
    pub(crate) async fn page(&self, reading: &Reading, cause: Cause, records: Vec<Record>) -> Merged {
        let batch = self.batch(reading.list.clone(), cause, records);
        let batch = batch.page(reading.clone(), "next".to_owned());
        self.store.merge(batch).await.unwrap()
    }

    pub(crate) async fn begin(&self, list: &List, span: Span) -> Reading {
        self.store.begin(list, span).await.unwrap().unwrap()
    }

    /// Tells of a sale; returns how many records show something else.
    pub(crate) async fn tell(&self, id: &str, status: &str, changed: u32) -> u64 {
        let told = event(id, status, changed, self.hands.now());
        self.store.tell("escola", told).await.unwrap()
    }

    /// The first cell of the answer.
    pub(crate) async fn cell(&self, sql: &str) -> String {
        let (_, rows) = self.database.ask(sql).await;
        let cell = rows.into_iter().next().and_then(|row| row.into_iter().next());
        cell.flatten().unwrap_or_default()
    }

    /// What is shown of a sale: its status and its state.
    pub(crate) async fn shown(&self, key: &str) -> String {
        let sql = "select status || ' ' || m_state from eduzz_sale where account = 'escola' and key = ";
        self.cell(&format!("{sql}'{key}'")).await
    }

    /// The number of the last change.
    pub(crate) async fn last_change(&self) -> i64 {
        let changes = self.store.changes("escola", 0, 1_000_000).await.unwrap();
        changes.last().map_or(0, |change| change.number)
    }
}
