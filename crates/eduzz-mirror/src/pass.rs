//! Passes over windows.

use eduzz_hyper::CallError;
use eduzz_store::Store;
use eduzz_store::mirror::{Batch, Cause, List, MirrorStore, Reading, Unreadable, Window};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{Cut, Pass, Record, Span, UnderWay};
use eduzz_types::Date;
use eduzz_wire::{Completeness, Cursor, Days, Endpoint, Kept, Next, Paged, Row, Sweep};
use serde::{Deserialize, Serialize};

use crate::ask::Many;
use crate::refetch::{is_not_found, unless_refused};
use crate::{Done, Mirror, MirrorError};

/// What is stored of a pass that is under way.
#[derive(Serialize, Deserialize)]
struct Position {
    cursor: Cursor,
    first_total: u64,
    last_total: u64,
    unreadable: u64,
    /// Rows until here; absent from positions of older versions.
    #[serde(default)]
    rows: u64,
}

/// The pass over a window that has not ended, as it is stored. `None` if none is under way, or if
/// its position is of another version.
pub(crate) fn under_way(window: &Window) -> Option<UnderWay> {
    let position: Position = serde_json::from_str(window.cursor.as_deref()?).ok()?;
    Some(UnderWay {
        span: window.span,
        rows: position.rows,
        total: position.last_total,
    })
}

/// The rows of a page, read for the mirror.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) records: Vec<Record>,
    pub(crate) unreadable: Vec<Unreadable>,
}

impl Rows {
    pub(crate) fn new<T>(list: &List, rows: impl IntoIterator<Item = Row<Kept<T>>>) -> Self {
        let mut read = Self::default();
        for row in rows {
            match row {
                Row::Read(row) => match list.kind.read(&list.parent, &row.json) {
                    Ok(record) => read.records.push(record),
                    Err(error) => {
                        let unreadable = Unreadable::new(row.json, error.to_string());
                        read.unreadable.push(unreadable);
                    }
                },
                Row::Unreadable(row) => {
                    let unreadable = Unreadable::new(row.json, row.source.to_string());
                    read.unreadable.push(unreadable);
                }
            }
        }
        read
    }

    /// The rows of a list, asked for and answered at these moments.
    pub(crate) fn batch(self, list: &List, (asked, answered): (Moment, Moment), cause: Cause) -> Batch {
        Batch::new(list.clone(), asked, answered, cause, self.records).unreadable(self.unreadable)
    }
}

/// The days of a span, for a call.
pub(crate) fn days(span: Span) -> Result<Days, MirrorError> {
    let day = |day: i32| Date::from_days_since_epoch(day.into()).map_err(|_| MirrorError::Day);
    Days::new(day(span.first)?, day(span.last)?).map_err(|_| MirrorError::Day)
}

impl<S: Store + MirrorStore> Mirror<S> {
    /// Reads a window to its end. Returns it as it was cut; `None` if another program reads it.
    pub(crate) async fn pass<L>(
        &self,
        list: &List,
        span: Span,
        cause: Cause,
        call: impl Fn(Days) -> L + Send,
        done: &mut Done,
    ) -> Result<Option<Cut>, MirrorError>
    where
        L: Paged<Row: Send> + Send + Sync + 'static,
    {
        let Some(mut reading) = self.store.begin(list, span).await? else {
            return Ok(None);
        };
        let sweep_of = |span| Ok::<_, MirrorError>(Sweep::new(call(days(span)?).keep_json()));
        let mut sweep = sweep_of(reading.span)?;
        let mut position = None;
        if let Some(stored) = &reading.cursor
            && let Ok(stored) = serde_json::from_str::<Position>(stored)
            // A cursor of another version begins the pass again.
            && let Ok(resumed) = sweep_of(reading.span)?.resume(stored.cursor.clone())
        {
            sweep = resumed;
            position = Some((stored.first_total, stored.last_total, stored.unreadable));
        }
        let mut times = (reading.began, reading.began);
        loop {
            match sweep.next_batch() {
                Next::Call(page) => {
                    let (answer, asked) = self.call(&page, done).await?;
                    let answer = match answer {
                        Ok(answer) => answer,
                        Err(error) => return self.stopped(&reading, error, asked, done).await,
                    };
                    times = asked;
                    let total = answer.total_items;
                    if position.is_none()
                        && list.kind.is_dated()
                        && let Some(smaller) = reading.span.cut(total)
                    {
                        let Some(cut) = self.store.cut(reading, smaller).await? else {
                            return Ok(None);
                        };
                        reading = cut;
                        sweep = sweep_of(smaller)?;
                        continue;
                    }
                    let (_, last, _) = position.get_or_insert((total, total, 0));
                    *last = total;
                    sweep.received(answer);
                }
                Next::Item(batch) => {
                    let rows = Rows::new(list, batch.rows);
                    let (first_total, last_total, unreadable) = position.get_or_insert((0, 0, 0));
                    *unreadable += rows.unreadable.len() as u64;
                    let stored = Position {
                        rows: sweep.progress().rows,
                        cursor: batch.cursor,
                        first_total: *first_total,
                        last_total: *last_total,
                        unreadable: *unreadable,
                    };
                    let cursor = serde_json::to_string(&stored).unwrap_or_default();
                    let batch = rows.batch(list, times, cause).page(reading.clone(), cursor);
                    if !self.merge(batch, done).await? {
                        return Ok(None);
                    }
                }
                Next::End => break,
            }
        }
        let progress = sweep.progress();
        let (first_total, last_total, unreadable) = position.unwrap_or_default();
        let pass = Pass {
            began: reading.began,
            ended: times.1,
            first_total,
            last_total,
            rows: progress.rows.saturating_sub(unreadable),
            unreadable,
            lost_rows: progress.completeness == Completeness::RowsMayBeMissing,
        };
        self.finish(&reading, pass, done).await
    }

    /// Reads a list that comes in one answer. Nothing happens if another program reads it.
    pub(crate) async fn whole<E: Endpoint + Send + Sync>(
        &self,
        list: &List,
        cause: Cause,
        call: Many<E>,
        done: &mut Done,
    ) -> Result<Option<Cut>, MirrorError> {
        let Some(reading) = self.store.begin(list, Span::WHOLE).await? else {
            return Ok(None);
        };
        let (answer, times) = self.call(&call, done).await?;
        let rows = match answer {
            Ok(rows) => Rows::new(list, rows),
            Err(error) => return self.stopped(&reading, error, times, done).await,
        };
        self.take_whole(&reading, times, cause, rows, done).await
    }

    async fn take_whole(
        &self,
        reading: &Reading,
        times: (Moment, Moment),
        cause: Cause,
        rows: Rows,
        done: &mut Done,
    ) -> Result<Option<Cut>, MirrorError> {
        let (read, unreadable) = (rows.records.len() as u64, rows.unreadable.len() as u64);
        let batch = rows
            .batch(&reading.list, times, cause)
            .page(reading.clone(), String::new());
        if !self.merge(batch, done).await? {
            return Ok(None);
        }
        let pass = Pass {
            began: reading.began,
            ended: times.1,
            first_total: read + unreadable,
            last_total: read + unreadable,
            rows: read,
            unreadable,
            lost_rows: false,
        };
        self.finish(reading, pass, done).await
    }

    /// Ends a pass whose list the service does not give. The list of a record that is gone is
    /// empty; another one is refused, which is remembered, and does not keep others from being
    /// read.
    async fn stopped(
        &self,
        reading: &Reading,
        error: CallError,
        times: (Moment, Moment),
        done: &mut Done,
    ) -> Result<Option<Cut>, MirrorError> {
        let list = &reading.list;
        if let Some(parent) = list.kind.parent_kind()
            && is_not_found(&error)
        {
            unless_refused(self.ask(&self.list(parent), &list.parent, done).await)?;
            let rows = Rows::default();
            return self.take_whole(reading, times, Cause::Check, rows, done).await;
        }
        let error = MirrorError::from(error);
        if !error.is_refused() {
            return Err(error);
        }
        self.store.refuse(list, reading.span).await?;
        done.refused += 1;
        Ok(None)
    }

    /// Proves the window, and asks for the records that the service did not show. Those without a
    /// call are gone once two whole passes did not show them.
    async fn finish(
        &self,
        reading: &Reading,
        pass: Pass,
        done: &mut Done,
    ) -> Result<Option<Cut>, MirrorError> {
        let Some(ended) = self.store.end(reading, pass).await? else {
            return Ok(None);
        };
        let list = &reading.list;
        done.windows += 1;
        done.drifted += ended.drifted;
        for key in ended.missing {
            if list.kind.has_call() {
                unless_refused(self.ask(list, &key, done).await)?;
            } else if pass.shows_all() {
                self.store.not_found(list, &key, pass.began, pass.ended).await?;
            }
        }
        Ok(Some(Cut::new(reading.span, Some(pass.rows))))
    }
}
