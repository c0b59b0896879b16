//! One page of a list, or all of it: slice by slice and page by page, so that it can always be
//! resumed.

use std::future::{self, Future};
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};

use eduzz_types::AccountId;
use eduzz_wire::{Completeness, Days, Next, Order, PageCall, Row, Sweep};

use crate::client::Api;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::Listed;
use crate::lists::cursor::{self, Saved, Tally, quoted};
use crate::lists::options::{Form, Format, ListOptions};
use crate::lists::progress::Progress;
use crate::lists::target::Target;
use crate::lists::values;
use crate::lists::writer::Writer;
use crate::output::Output;

/// Rows to a page without `--per-page`.
const ROWS: u32 = 20;

/// A list that was asked for.
pub(crate) struct Request<L> {
    call: L,
    /// Of the slices of days.
    order: Option<Order>,
    /// The days of a list that is not read in slices.
    days: Option<Days>,
}

impl<L> Request<L> {
    pub(crate) const fn of(call: L) -> Self {
        Self {
            call,
            order: None,
            days: None,
        }
    }

    /// A list of these days, which is not read in slices of them.
    pub(crate) const fn of_days(call: L, days: Days) -> Self {
        Self {
            call,
            order: None,
            days: Some(days),
        }
    }

    /// A list that is read in slices of its days.
    pub(crate) const fn ordered(call: L, order: Option<Order>) -> Self {
        Self {
            call,
            order,
            days: None,
        }
    }
}

impl ListOptions {
    /// Runs a command that lists: resumes a walk, walks everything, or shows a page.
    pub(crate) async fn run<L: Listed>(
        self,
        output: Output,
        request: impl FnOnce() -> Result<Request<L>, Failure>,
    ) -> Result<(), Failure> {
        if let Some(file) = &self.resume {
            return resume::<L>(output, &self, file).await;
        }
        let request = request()?;
        let form = self.form.form(output)?;
        if self.all {
            walk_all(output, &self, form, request).await
        } else {
            one_page(output, &self, form, request).await
        }
    }
}

async fn walk_all<L: Listed>(
    output: Output,
    options: &ListOptions,
    form: Form,
    request: Request<L>,
) -> Result<(), Failure> {
    let lang = output.lang;
    let Request {
        mut call,
        order,
        days,
    } = request;
    if let Some(rows) = options.per_page {
        call.set_page(1, rows);
    }
    let mut sweep = Sweep::new(call.clone());
    if let Some(order) = order {
        let ordered = sweep.order(order);
        sweep = ordered.map_err(|_| Failure::usage(lang.newest_would_lose_rows()))?;
    }
    let writer = Writer::new::<L::Row>(lang, form.clone())?;
    let api = Api::new(output, options.body)?;
    let target = Target::new(output, options.form.out(), form.format)?;
    let mut walk = ListWalk::new(output, options.strict, api, (form, writer, target), call);
    walk.days = days.or(walk.days);
    let ended = walk.run(&mut sweep, pin!(interrupt())).await;
    walk.end(ended, &sweep)
}

async fn resume<L: Listed>(output: Output, options: &ListOptions, file: &Path) -> Result<(), Failure> {
    let lang = output.lang;
    let origins = crate::settings::origins(lang)?;
    let saved: Saved<L> = cursor::load(lang, file, L::COMMAND, &origins)?;
    let api = Api::new(output, options.body)?;
    let mut interrupt = pin!(interrupt());
    let account = tokio::select! {
        biased;
        () = &mut interrupt => return Err(Failure::interrupted(lang.interrupted())),
        account = api.account_id() => account?,
    };
    if account != saved.account {
        let file = file.display().to_string();
        return Err(Failure::usage(lang.cursor_other_account(&file)));
    }
    let sweep = Sweep::new(saved.call.clone()).resume(saved.sweep);
    let mut sweep = sweep.map_err(|_| {
        let file = file.display().to_string();
        Failure::usage(lang.cursor_broken(&file))
    })?;
    let (format, form) = (saved.form.format, saved.form.clone());
    let (target, writer) = match &saved.out {
        Some(path) => (
            Target::resume(lang, path, saved.length, format)?,
            Writer::resume::<L::Row>(lang, form, saved.tally.written)?,
        ),
        // Printed rows of CSV and lines of JSON continue where they are appended; an array and a
        // table begin anew.
        None => {
            let writer = match format {
                Format::Csv => Writer::resume::<L::Row>(lang, form, 0)?,
                _ => Writer::new::<L::Row>(lang, form)?,
            };
            (Target::new(output, None, format)?, writer)
        }
    };
    let rows = (saved.form, writer, target);
    let mut walk = ListWalk {
        account: Some(account),
        tally: saved.tally,
        file: Some(file.to_owned()),
        has_answer: true,
        ..ListWalk::new(output, options.strict, api, rows, saved.call)
    };
    let ended = walk.run(&mut sweep, interrupt).await;
    walk.end(ended, &sweep)
}

/// A sweep over a list, with the target of its rows.
struct ListWalk<L: Listed> {
    output: Output,
    /// A row that cannot be read is an error.
    strict: bool,
    api: Api,
    /// The token's account; asked for after the first answer, before which there is nothing to
    /// resume.
    account: Option<AccountId>,
    form: Form,
    /// The days of the list, if it has some.
    days: Option<Days>,
    call: L,
    tally: Tally,
    writer: Writer,
    target: Target,
    progress: Progress,
    /// The checkpoint before the present call: rows are written, and saved, as of it.
    last: Option<Saved<L>>,
    /// The cursor file, once it is written.
    file: Option<PathBuf>,
    /// Before the first answer nothing is written: a rejection of it is all that is printed.
    has_answer: bool,
}

/// The reason why a walk ends early.
enum Stop {
    Interrupted,
    /// The reader of the output has closed it.
    Closed,
    /// The rows cannot be written.
    Unwritable(Failure),
    Failed(Failure),
}

impl<L: Listed> ListWalk<L> {
    /// A sweep from the first row on.
    fn new(output: Output, strict: bool, api: Api, rows: (Form, Writer, Target), call: L) -> Self {
        let (form, writer, target) = rows;
        Self {
            output,
            strict,
            progress: Progress::new(output.lang, api.pace(), api.notices().clone()),
            account: api.known_account(),
            api,
            form,
            days: call.days(),
            call,
            tally: Tally::default(),
            writer,
            target,
            last: None,
            file: None,
            has_answer: false,
        }
    }

    async fn run(
        &mut self,
        sweep: &mut Sweep<L>,
        mut interrupt: Pin<&mut impl Future<Output = ()>>,
    ) -> Result<(), Stop> {
        loop {
            match sweep.next() {
                Next::Item(row) => self.row(row, sweep.progress().rows)?,
                Next::End => break,
                Next::Call(call) => {
                    self.checkpoint(sweep)?;
                    let page = tokio::select! {
                        biased;
                        () = &mut interrupt => return Err(Stop::Interrupted),
                        page = self.api.call(&call) => page.map_err(Stop::Failed)?,
                    };
                    if self.account.is_none() {
                        let account = tokio::select! {
                            biased;
                            () = &mut interrupt => return Err(Stop::Interrupted),
                            account = self.api.account_id() => account.map_err(Stop::Failed)?,
                        };
                        self.account = Some(account);
                    }
                    sweep.received(page);
                    self.has_answer = true;
                }
            }
        }
        self.flush()?;
        let end = self.writer.end(self.target.screen());
        self.write(&end)
    }

    fn row(&mut self, row: Row<L::Row>, number: u64) -> Result<(), Stop> {
        let Err((why, is_kept)) = self.writer.row_of_page(row) else {
            return Ok(());
        };
        self.tally.broken += 1;
        if self.strict {
            let text = self.output.lang.broken_row_strict(number, &why);
            return Err(Stop::Failed(Failure::rejected(text)));
        }
        if self.tally.broken <= TOLD {
            let note = unreadable_note(self.output.lang, number, &why, is_kept);
            self.progress.suspend(|| self.output.note(&note));
        }
        Ok(())
    }

    /// Writes the rows that came, and remembers the position.
    fn checkpoint(&mut self, sweep: &Sweep<L>) -> Result<(), Stop> {
        if let (true, Some(account)) = (self.has_answer, self.account.clone()) {
            self.flush()?;
            self.tally.written = self.writer.rows_taken();
            self.remember(account, sweep)?;
        }
        self.progress.show(sweep.progress(), sweep.calls_left());
        Ok(())
    }

    /// Makes this position the one to resume from.
    fn remember(&mut self, account: AccountId, sweep: &Sweep<L>) -> Result<(), Stop> {
        let export = self.target.export();
        let saved = Saved {
            version: cursor::VERSION,
            command: L::COMMAND.to_owned(),
            origin: self.api.origins().api().to_string(),
            account,
            form: self.form.clone(),
            out: export.as_ref().map(|export| export.path().to_owned()),
            length: export.map_or(0, |export| export.length()),
            call: self.call.clone(),
            sweep: sweep.cursor(),
            tally: self.tally,
        };
        let previous = self.last.replace(saved);
        // A table is written at its end, so until then there is nothing to append to.
        let is_stored = self.target.export().is_some() && self.form.format != Format::Table;
        if is_stored && let Err(failure) = self.store() {
            self.last = previous;
            return Err(Stop::Unwritable(failure));
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Stop> {
        let text = self.writer.take();
        self.write(&text)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let target = &mut self.target;
        match self.progress.suspend(|| target.write(bytes)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Stop::Closed),
            Err(failure) => Err(Stop::Unwritable(failure)),
        }
    }

    /// Puts the last checkpoint into the cursor file.
    fn store(&mut self) -> Result<(), Failure> {
        let Some(saved) = &self.last else { return Ok(()) };
        let lang = self.output.lang;
        let path = match &self.file {
            Some(path) => path.clone(),
            None => cursor::place(lang, L::COMMAND, saved.out.as_deref())?,
        };
        cursor::store(lang, &path, saved)?;
        self.file = Some(path);
        Ok(())
    }

    fn end(mut self, ended: Result<(), Stop>, sweep: &Sweep<L>) -> Result<(), Failure> {
        self.progress.end();
        unreadable_total(self.output, self.tally.broken);
        let failure = match ended {
            Ok(()) => return self.finish(sweep.progress()),
            Err(Stop::Closed) => return Ok(()),
            Err(Stop::Interrupted) => {
                let lang = self.output.lang;
                let failure = Failure::interrupted(lang.interrupted());
                if self.last.is_some() {
                    failure
                } else {
                    failure.with_next(&lang.nothing_read_yet())
                }
            }
            Err(Stop::Failed(failure)) => failure,
            Err(Stop::Unwritable(failure)) => {
                // A file's last checkpoint is on the disk; how much of a page was printed is not
                // known.
                if let (Some(_), Some(export)) = (&self.file, self.target.export()) {
                    export.keep();
                    return Err(self.resumable(failure));
                }
                return Err(failure);
            }
        };
        if self.last.is_none() {
            return Err(failure);
        }
        Err(match self.keep() {
            Ok(()) => self.resumable(failure),
            Err(other) => {
                let text = other.text().unwrap_or_default();
                failure.with_next(text.lines().next().unwrap_or_default())
            }
        })
    }

    /// Adds how to resume.
    fn resumable(&self, failure: Failure) -> Failure {
        let Some(file) = &self.file else { return failure };
        let command = format!("eduzz {} --resume {}", L::COMMAND, quoted(file));
        failure.with_next(&self.output.lang.resume_with(&command))
    }

    /// Leaves valid output, and a cursor to resume from.
    fn keep(&mut self) -> Result<(), Failure> {
        self.writer.forget();
        let end = self.writer.end(self.target.screen());
        let is_table = self.form.format == Format::Table;
        match self.target.export() {
            None => {
                self.output.offer(&end)?;
            }
            Some(_) if is_table => {
                self.target.write(&end)?;
            }
            // If this fails, only the array's last bracket is missing.
            Some(export) => drop(export.append_uncounted(&end)),
        }
        if let (Some(export), Some(saved)) = (self.target.export(), &mut self.last) {
            saved.length = export.length();
        }
        self.store()?;
        if let Some(export) = self.target.export() {
            export.keep();
            let part = export.part().display().to_string();
            self.output.note(&self.output.lang.part_is_in(&part));
        }
        Ok(())
    }

    fn finish(self, progress: eduzz_wire::Progress) -> Result<(), Failure> {
        let lang = self.output.lang;
        let rows = progress.rows;
        let file = self.target.finish()?;
        if let Some(cursor) = &self.file {
            // One that stays is refused at its next use: its part is gone.
            let _ = std::fs::remove_file(cursor);
        }
        if let Some(path) = file {
            self.output.note(&lang.rows_in_file(rows, &path));
        } else if rows == 0 && self.form.format == Format::Table {
            self.output.note(&no_rows(lang, self.days.as_ref()));
        }
        completeness_note(self.output, progress.completeness);
        Ok(())
    }
}

/// Shows one page, and says how many there are.
async fn one_page<L: Listed>(
    output: Output,
    options: &ListOptions,
    form: Form,
    request: Request<L>,
) -> Result<(), Failure> {
    let lang = output.lang;
    let Request { mut call, days, .. } = request;
    let number = options.page.unwrap_or(1);
    call.set_page(number, options.per_page.unwrap_or(ROWS));
    let nothing = no_rows(lang, days.or(call.days()).as_ref());
    let days = call.days().map_or(0, |days| days.count());
    let is_long = L::MAX_DAYS.is_some_and(|most| days > most.into());
    let format = form.format;
    let mut writer = Writer::new::<L::Row>(lang, form)?;
    let api = Api::new(output, options.body)?;
    let page = api.call(&PageCall::new(call)).await?;
    let mut target = Target::new(output, options.form.out(), format)?;
    let rows = page.items.len();
    let (mut notes, mut unreadable) = (Vec::new(), 0);
    for (row, number) in page.items.into_iter().zip(1..) {
        let Err((why, is_kept)) = writer.row_of_page(row) else {
            continue;
        };
        if options.strict {
            return Err(Failure::rejected(lang.broken_row_strict(number, &why)));
        }
        unreadable += 1;
        if unreadable <= TOLD {
            notes.push(unreadable_note(lang, number, &why, is_kept));
        }
    }
    let mut text = writer.take();
    text.extend(writer.end(target.screen()));
    target.write(&text)?;
    let file = target.finish()?;
    for note in notes {
        output.note(&note);
    }
    unreadable_total(output, unreadable);
    if rows == 0 && is_long {
        // Q13: the service answers a period that is too long with nothing.
        output.note(&lang.long_and_empty());
    } else if rows == 0 && page.pages > 0 && u64::from(number) > page.pages {
        output.note(&lang.no_such_page(number, page.pages, page.total_items));
    } else if rows == 0 && (format == Format::Table || file.is_some()) {
        output.note(&nothing);
    }
    match file {
        Some(path) if page.pages > 1 => {
            output.note(&lang.page_in_file(rows, page.total_items, &path, page.page, page.pages));
        }
        Some(path) => output.note(&lang.rows_in_file(u64::try_from(rows).unwrap_or(u64::MAX), &path)),
        None if rows > 0 && page.pages > 1 => {
            output.note(&lang.one_page_of(page.page, page.pages, page.total_items));
        }
        None => {}
    }
    Ok(())
}

/// The note about an empty list, with its days.
fn no_rows(lang: Lang, days: Option<&Days>) -> String {
    match days {
        Some(days) => lang.no_rows_in(
            &values::date(lang, days.first().as_str()),
            &values::date(lang, days.last().as_str()),
        ),
        None => lang.no_rows(),
    }
}

/// How many unreadable rows are told one by one.
pub(crate) const TOLD: u64 = 3;

/// Says how many rows could not be read, if not all of them were told.
pub(crate) fn unreadable_total(output: Output, rows: u64) {
    if rows > TOLD {
        output.note(&output.lang.broken_rows(rows));
    }
}

/// The note about a row that cannot be read.
pub(crate) fn unreadable_note(lang: Lang, row: u64, why: &str, is_kept: bool) -> String {
    if is_kept {
        lang.broken_row_kept(row, why)
    } else {
        lang.broken_row_left_out(row, why)
    }
}

/// Says why rows may have come twice or be missing: the list changed, or its pages prove nothing.
pub(crate) fn completeness_note(output: Output, completeness: Completeness) {
    match completeness {
        Completeness::Complete => {}
        Completeness::Unproven => output.note(&output.lang.own_page_size()),
        Completeness::RowsMayBeMissing => output.note(&output.lang.rows_may_be_missing()),
        _ => output.note(&output.lang.list_moved()),
    }
}

/// Ctrl-C.
async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Where it cannot be caught, it ends the program as always.
        future::pending::<()>().await;
    }
}
