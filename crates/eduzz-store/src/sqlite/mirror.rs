//! A mirror in a SQLite file.

mod cross;
mod figures;
mod forget;
mod pace;
mod passes;
mod records;
mod webhook;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{
    Choice, Crowd, Kind, LaneStep, LaneTurn, Notice, Pass, Record, SETTLED_WITHIN, Source, Span, Verdict,
};
use eduzz_sync::subscription::Ailment;

use super::{Sqlite, open};
use crate::Store as _;
use crate::mirror::written::Reads as _;
use crate::mirror::{
    Batch, Change, CrossCheck, Ended, Examined, Figures, Forget, Forgotten, Gains, Holding, List, Merged,
    MirrorStore, Reached, Reading, WebhookWatch, Window, forget as forgetting,
};
use crate::{StoreError, migrations};

type Result<T> = std::result::Result<T, StoreError>;

impl MirrorStore for Sqlite {
    async fn prepare(&self) -> Result<()> {
        self.writer
            .run(|connection| open::apply(connection, &migrations::SQLITE_MIRROR))
            .await
    }

    async fn merge(&self, batch: Batch) -> Result<Merged> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| records::merge(connection, batch, clock.now()))
            .await
    }

    async fn tell(&self, account: &str, notices: Vec<Notice>) -> Result<u64> {
        let (clock, account) = (self.clock.clone(), account.to_owned());
        self.writer
            .run(move |connection| records::tell(connection, &account, notices, clock.now()))
            .await
    }

    async fn not_found(&self, list: &List, key: &str, asked: Moment, answered: Moment) -> Result<()> {
        let (clock, list, key) = (self.clock.clone(), list.clone(), key.to_owned());
        self.writer
            .run(move |connection| {
                records::not_found(connection, &list, &key, (asked, answered), clock.now())
            })
            .await
    }

    async fn refetches(&self, account: &str, limit: u32) -> Result<Vec<(Kind, String)>> {
        let (clock, account) = (self.clock.clone(), account.to_owned());
        self.writer
            .run(move |connection| records::refetches(connection, &account, limit, clock.now()))
            .await
    }

    async fn crowds(&self, account: &str, kind: Kind, limit: u32) -> Result<Vec<Crowd>> {
        let (clock, account) = (self.clock.clone(), account.to_owned());
        self.writer
            .run(move |connection| records::crowds(connection, &account, kind, limit, clock.now()))
            .await
    }

    async fn lists(&self, account: &str, kind: Kind) -> Result<Vec<List>> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| passes::lists(connection, &account, kind))
            .await
    }

    async fn windows(&self, list: &List) -> Result<Vec<Window>> {
        let (clock, list) = (self.clock.clone(), list.clone());
        self.reader
            .run(move |connection| passes::windows(connection, &list, clock.now()))
            .await
    }

    async fn begin(&self, list: &List, span: Span) -> Result<Option<Reading>> {
        let (clock, list) = (self.clock.clone(), list.clone());
        self.writer
            .run(move |connection| passes::begin(connection, &list, span, clock.now()))
            .await
    }

    async fn cut(&self, reading: Reading, span: Span) -> Result<Option<Reading>> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| passes::cut(connection, reading, span, clock.now()))
            .await
    }

    async fn end(&self, reading: &Reading, pass: Pass) -> Result<Option<Ended>> {
        let (clock, reading) = (self.clock.clone(), reading.clone());
        self.writer
            .run(move |connection| passes::end(connection, &reading, pass, clock.now()))
            .await
    }

    async fn examine(&self, list: &List, span: Span) -> Result<Examined> {
        let list = list.clone();
        self.reader
            .run(move |connection| passes::examine(connection, &list, span))
            .await
    }

    async fn uncompared(&self, account: &str, source: Source) -> Result<Vec<Span>> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| cross::uncompared(connection, &account, source))
            .await
    }

    async fn gains(&self, account: &str, span: Span) -> Result<Gains> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| cross::gains(connection, &account, span))
            .await
    }

    async fn net_gains(&self, account: &str, span: Span) -> Result<(u64, u64)> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| cross::net_gains(connection, &account, span))
            .await
    }

    async fn compared(
        &self,
        account: &str,
        source: Source,
        span: Span,
        sales: u64,
        is_equal: Option<bool>,
    ) -> Result<Verdict> {
        let (clock, account) = (self.clock.clone(), account.to_owned());
        self.writer
            .run(move |connection| {
                let of = (account.as_str(), source, span);
                cross::compared(connection, of, (sales, is_equal), clock.now())
            })
            .await
    }

    async fn cross_checks(&self, account: &str) -> Result<Vec<CrossCheck>> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| cross::cross_checks(connection, &account))
            .await
    }

    async fn changes(&self, account: &str, after: i64, limit: u32) -> Result<Vec<Change>> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| records::changes(connection, &account, after, limit))
            .await
    }

    async fn parents(&self, account: &str, kind: Kind, limit: u32) -> Result<Vec<String>> {
        let (clock, account) = (self.clock.clone(), account.to_owned());
        self.reader
            .run(move |connection| passes::parents(connection, &account, kind, limit, clock.now()))
            .await
    }

    async fn mark(&self, account: &str, name: &str) -> Result<Option<Moment>> {
        let (account, name) = (account.to_owned(), name.to_owned());
        self.reader
            .run(move |connection| passes::mark(connection, &account, &name))
            .await
    }

    async fn set_mark(&self, account: &str, name: &str, at: Moment) -> Result<()> {
        let (account, name) = (account.to_owned(), name.to_owned());
        self.writer
            .run(move |connection| passes::set_mark(connection, &account, &name, at))
            .await
    }

    async fn doubt(&self, list: &List, span: Span) -> Result<()> {
        let (clock, list) = (self.clock.clone(), list.clone());
        self.writer
            .run(move |connection| passes::doubt(connection, &list, span, clock.now()))
            .await
    }

    async fn refuse(&self, list: &List, span: Span) -> Result<()> {
        let (clock, list) = (self.clock.clone(), list.clone());
        self.writer
            .run(move |connection| passes::refuse(connection, &list, span, clock.now()))
            .await
    }

    async fn choice(&self, account: &str) -> Result<Choice> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| passes::choice(connection, &account))
            .await
    }

    async fn choose(&self, account: &str, choice: Choice) -> Result<()> {
        let account = account.to_owned();
        self.writer
            .run(move |connection| passes::choose(connection, &account, &choice))
            .await
    }

    async fn marked(&self, name: &str) -> Result<Vec<String>> {
        let name = name.to_owned();
        self.reader
            .run(move |connection| passes::marked(connection, &name))
            .await
    }

    async fn webhook(&self, account: &str) -> Result<Option<WebhookWatch>> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| webhook::read(connection, &account))
            .await
    }

    async fn watch_webhook(&self, account: &str, url: Option<&str>) -> Result<()> {
        let (account, url) = (account.to_owned(), url.map(str::to_owned));
        self.writer
            .run(move |connection| webhook::watch(connection, &account, url.as_deref()))
            .await
    }

    async fn webhook_examined(
        &self,
        account: &str,
        url: &str,
        found: std::result::Result<(), Ailment>,
    ) -> Result<()> {
        let (clock, account, url) = (self.clock.clone(), account.to_owned(), url.to_owned());
        self.writer
            .run(move |connection| webhook::examined(connection, (&account, &url), &found, clock.now()))
            .await
    }

    async fn reached(&self, account: &str, kind: Kind) -> Result<Reached> {
        let (clock, account) = (self.clock.clone(), account.to_owned());
        self.reader
            .run(move |connection| passes::reached(connection, &account, kind, clock.now()))
            .await
    }

    async fn pace(&self, lane: &str, step: LaneStep) -> Result<Option<LaneTurn>> {
        let (clock, lane) = (self.clock.clone(), lane.to_owned());
        self.writer
            .run(move |connection| pace::step(connection, &lane, &step, clock.now()))
            .await
    }

    async fn figures(&self, account: &str, span: Span) -> Result<Figures> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| figures::read(connection, &account, span))
            .await
    }

    async fn holdings(&self, account: &str) -> Result<Vec<Holding>> {
        let late = self.now().await?.before(SETTLED_WITHIN);
        let account = account.to_owned();
        self.reader
            .run(move |connection| records::holdings(connection, &account, late))
            .await
    }

    async fn records(&self, account: &str, kind: Kind, after: &str) -> Result<Vec<Record>> {
        let written = self.written(account, kind, true, after).await?;
        Ok(written.into_iter().map(|written| written.record(kind)).collect())
    }

    async fn forget(&self, forget: &Forget) -> Result<Forgotten> {
        forgetting::forget(self, forget).await
    }

    async fn forget_events(&self, account: &str, inbox: Option<&str>) -> Result<u64> {
        forgetting::forget_events(self, account, inbox).await
    }
}
