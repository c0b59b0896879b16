//! A mirror in a PostgreSQL database.

mod cells;
mod change;
mod cross;
mod examine;
mod figures;
mod forget;
mod pace;
mod passes;
#[cfg(test)]
mod plans;
mod records;
mod webhook;

use std::sync::Arc;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{
    Choice, Crowd, Kind, LaneStep, LaneTurn, Notice, Pass, Record, SETTLED_WITHIN, Source, Span, Verdict,
};
use eduzz_sync::subscription::Ailment;
use tokio::sync::Mutex;

use super::{Doing, Postgres, open};
use crate::Store as _;
use crate::mirror::written::Reads as _;
use crate::mirror::{
    Batch, Change, CrossCheck, Ended, Examined, Figures, Forget, Forgotten, Gains, Holding, List, Merged,
    MirrorStore, Reached, Reading, WebhookWatch, Window, forget as forgetting,
};
use crate::postgres::link::{Link, Open};
use crate::{StoreError, migrations};

type Result<T> = std::result::Result<T, StoreError>;

impl Postgres {
    /// Does something with these values on a connection.
    async fn on_values<V, T>(
        &self,
        link: &Arc<Mutex<Link>>,
        values: V,
        work: impl for<'a> Fn(&'a mut Open, &'a V, Option<Moment>) -> Doing<'a, T> + Send + Sync + 'static,
    ) -> Result<T>
    where
        V: Send + Sync + 'static,
        T: Send + 'static,
    {
        let (values, work, clock) = (Arc::new(values), Arc::new(work), self.clock.clone());
        self.on(link, move |open| {
            let (values, work, now) = (Arc::clone(&values), Arc::clone(&work), clock.fixed());
            Box::pin(async move { work(open, &values, now).await })
        })
        .await
    }
}

impl MirrorStore for Postgres {
    async fn prepare(&self) -> Result<()> {
        self.on(&self.mirror, |open| {
            Box::pin(open::apply(open, &migrations::POSTGRES_MIRROR))
        })
        .await
    }

    async fn merge(&self, batch: Batch) -> Result<Merged> {
        self.on_values(&self.mirror, batch, |open, batch, now| {
            Box::pin(records::merge(open, batch, now))
        })
        .await
    }

    async fn tell(&self, account: &str, notices: Vec<Notice>) -> Result<u64> {
        let values = (account.to_owned(), notices);
        self.on_values(&self.mirror, values, |open, (account, notices), now| {
            Box::pin(records::tell(open, account, notices, now))
        })
        .await
    }

    async fn not_found(&self, list: &List, key: &str, asked: Moment, answered: Moment) -> Result<()> {
        let values = (list.clone(), key.to_owned());
        self.on_values(&self.mirror, values, move |open, (list, key), now| {
            Box::pin(records::not_found(open, list, key, (asked, answered), now))
        })
        .await
    }

    async fn refetches(&self, account: &str, limit: u32) -> Result<Vec<(Kind, String)>> {
        self.on_values(&self.mirror, account.to_owned(), move |open, account, now| {
            Box::pin(records::refetches(open, account, limit, now))
        })
        .await
    }

    async fn crowds(&self, account: &str, kind: Kind, limit: u32) -> Result<Vec<Crowd>> {
        self.on_values(&self.mirror, account.to_owned(), move |open, account, now| {
            Box::pin(records::crowds(open, account, kind, limit, now))
        })
        .await
    }

    async fn lists(&self, account: &str, kind: Kind) -> Result<Vec<List>> {
        self.on_values(&self.aside, account.to_owned(), move |open, account, _| {
            Box::pin(passes::lists(open, account, kind))
        })
        .await
    }

    async fn windows(&self, list: &List) -> Result<Vec<Window>> {
        self.on_values(&self.aside, list.clone(), |open, list, now| {
            Box::pin(passes::windows(open, list, now))
        })
        .await
    }

    async fn begin(&self, list: &List, span: Span) -> Result<Option<Reading>> {
        self.on_values(&self.mirror, list.clone(), move |open, list, now| {
            Box::pin(passes::begin(open, list, span, now))
        })
        .await
    }

    async fn cut(&self, reading: Reading, span: Span) -> Result<Option<Reading>> {
        self.on_values(&self.mirror, reading, move |open, reading, now| {
            Box::pin(passes::cut(open, reading, span, now))
        })
        .await
    }

    async fn end(&self, reading: &Reading, pass: Pass) -> Result<Option<Ended>> {
        self.on_values(&self.mirror, reading.clone(), move |open, reading, now| {
            Box::pin(passes::end(open, reading, pass, now))
        })
        .await
    }

    async fn examine(&self, list: &List, span: Span) -> Result<Examined> {
        self.examined(list, span.first).await
    }

    async fn uncompared(&self, account: &str, source: Source) -> Result<Vec<Span>> {
        self.on_values(&self.aside, account.to_owned(), move |open, account, _| {
            Box::pin(cross::uncompared(open, account, source))
        })
        .await
    }

    async fn gains(&self, account: &str, span: Span) -> Result<Gains> {
        self.on_values(&self.aside, account.to_owned(), move |open, account, _| {
            Box::pin(cross::gains(open, account, span))
        })
        .await
    }

    async fn net_gains(&self, account: &str, span: Span) -> Result<(u64, u64)> {
        self.on_values(&self.aside, account.to_owned(), move |open, account, _| {
            Box::pin(cross::net_gains(open, account, span))
        })
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
        self.on_values(&self.mirror, account.to_owned(), move |open, account, now| {
            let of = (account.as_str(), source, span);
            Box::pin(cross::compared(open, of, (sales, is_equal), now))
        })
        .await
    }

    async fn cross_checks(&self, account: &str) -> Result<Vec<CrossCheck>> {
        self.on_values(&self.aside, account.to_owned(), |open, account, _| {
            Box::pin(cross::cross_checks(open, account))
        })
        .await
    }

    async fn changes(&self, account: &str, after: i64, limit: u32) -> Result<Vec<Change>> {
        self.on_values(&self.aside, account.to_owned(), move |open, account, _| {
            Box::pin(records::changes(open, account, after, limit))
        })
        .await
    }

    async fn parents(&self, account: &str, kind: Kind, limit: u32) -> Result<Vec<String>> {
        self.on_values(&self.aside, account.to_owned(), move |open, account, now| {
            Box::pin(passes::parents(open, account, kind, limit, now))
        })
        .await
    }

    async fn mark(&self, account: &str, name: &str) -> Result<Option<Moment>> {
        let values = (account.to_owned(), name.to_owned());
        self.on_values(&self.aside, values, |open, (account, name), _| {
            Box::pin(passes::mark(open, account, name))
        })
        .await
    }

    async fn set_mark(&self, account: &str, name: &str, at: Moment) -> Result<()> {
        let values = (account.to_owned(), name.to_owned());
        self.on_values(&self.mirror, values, move |open, (account, name), _| {
            Box::pin(passes::set_mark(open, account, name, at))
        })
        .await
    }

    async fn doubt(&self, list: &List, span: Span) -> Result<()> {
        self.on_values(&self.mirror, list.clone(), move |open, list, now| {
            Box::pin(passes::doubt(open, list, span, now))
        })
        .await
    }

    async fn refuse(&self, list: &List, span: Span) -> Result<()> {
        self.on_values(&self.mirror, list.clone(), move |open, list, now| {
            Box::pin(passes::refuse(open, list, span, now))
        })
        .await
    }

    async fn choice(&self, account: &str) -> Result<Choice> {
        self.on_values(&self.aside, account.to_owned(), |open, account, _| {
            Box::pin(passes::choice(open, account))
        })
        .await
    }

    async fn choose(&self, account: &str, choice: Choice) -> Result<()> {
        let values = (account.to_owned(), choice);
        self.on_values(&self.mirror, values, |open, (account, choice), now| {
            Box::pin(passes::choose(open, account, choice, now))
        })
        .await
    }

    async fn marked(&self, name: &str) -> Result<Vec<String>> {
        self.on_values(&self.aside, name.to_owned(), |open, name, _| {
            Box::pin(passes::marked(open, name))
        })
        .await
    }

    async fn webhook(&self, account: &str) -> Result<Option<WebhookWatch>> {
        self.on_values(&self.aside, account.to_owned(), |open, account, _| {
            Box::pin(webhook::read(open, account))
        })
        .await
    }

    async fn watch_webhook(&self, account: &str, url: Option<&str>) -> Result<()> {
        let values = (account.to_owned(), url.map(str::to_owned));
        self.on_values(&self.mirror, values, |open, (account, url), _| {
            Box::pin(webhook::watch(open, account, url.as_deref()))
        })
        .await
    }

    async fn webhook_examined(
        &self,
        account: &str,
        url: &str,
        found: std::result::Result<(), Ailment>,
    ) -> Result<()> {
        let values = (account.to_owned(), url.to_owned(), found);
        self.on_values(&self.mirror, values, |open, (account, url, found), now| {
            Box::pin(webhook::examined(open, (account, url), found, now))
        })
        .await
    }

    async fn reached(&self, account: &str, kind: Kind) -> Result<Reached> {
        self.on_values(&self.aside, account.to_owned(), move |open, account, now| {
            Box::pin(passes::reached(open, account, kind, now))
        })
        .await
    }

    async fn pace(&self, lane: &str, step: LaneStep) -> Result<Option<LaneTurn>> {
        let values = (lane.to_owned(), step);
        // Not behind merges: calls wait for this.
        self.on_values(&self.aside, values, |open, (lane, step), now| {
            Box::pin(pace::step(open, lane, step, now))
        })
        .await
    }

    async fn figures(&self, account: &str, span: Span) -> Result<Figures> {
        self.on_values(&self.aside, account.to_owned(), move |open, account, _| {
            Box::pin(figures::read(open, account, span))
        })
        .await
    }

    async fn holdings(&self, account: &str) -> Result<Vec<Holding>> {
        let late = self.now().await?.before(SETTLED_WITHIN);
        self.on_values(&self.aside, account.to_owned(), move |open, account, _| {
            Box::pin(records::holdings(open, account, late))
        })
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
