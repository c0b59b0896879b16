//! One page of a list, or all of it: slice by slice, page by page, so that it can always be gone on with.

use std::collections::BTreeSet;
use std::future::{self, Future};
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};

use clap::parser::ValueSource;
use clap::{ArgMatches, Id};
use eduzz_types::{AccountId, Page};
use eduzz_wire::{
    Call, Completeness, Cursor, Days, Endpoint, Next, Order, Route, Row, Slices, UnreadableRow, Walk,
};

use crate::client::{self, Caller};
use crate::failure::Failure;
use crate::lists::meter::Meter;
use crate::lists::saved::{self, Saved, Tally, Whose};
use crate::lists::target::{Export, Target};
use crate::lists::wanted::{self, Form, Format};
use crate::lists::writer::Writer;
use crate::lists::{Listed, days};
use crate::output::Output;

/// How many rows one page has, when nobody says.
const ROWS: u32 = 20;

/// Runs a command that lists: goes on with a cursor, walks everything, or shows a page.
pub(crate) async fn run<L: Listed>(
    output: Output,
    matches: &ArgMatches,
    list: impl FnOnce() -> Result<(L, Option<Days>), Failure>,
) -> Result<(), Failure> {
    if let Some(file) = matches.get_one::<String>("resume") {
        return go_on::<L>(output, matches, Path::new(file)).await;
    }
    let lang = output.lang;
    let (mut list, days) = list()?;
    let form = Form::read(output, matches)?;
    let out = wanted::out(matches);
    let rows = matches.get_one::<u32>("per-page").copied();
    if !matches.get_flag("all") {
        let page = matches.get_one::<u32>("page").copied().unwrap_or(1);
        list.set_page(page, rows.unwrap_or(ROWS));
        let is_long = matches!((&days, L::MOST_DAYS), (Some(days), Some(most)) if days.count() > most.into());
        return one_page(output, matches, list, form, out.as_deref(), is_long).await;
    }
    if let Some(rows) = rows {
        list.set_page(1, rows);
    }
    let order = match (days::order(matches), list.may_wander()) {
        (Some(Order::NewestFirst), true) => return Err(Failure::usage(lang.newest_wander())),
        (Some(order), _) => order,
        // Rows that wander to a later slice come later, and not never.
        (None, true) => Order::OldestFirst,
        // What is sold while one walks is newer than all that was there, and so not in what is still to come.
        (None, false) => Order::NewestFirst,
    };
    let mut slices_left = days
        .zip(L::MOST_DAYS)
        .map(|(days, most)| days.slices(most, order));
    if let Some(first) = slices_left.as_mut().and_then(Slices::next) {
        list.set_days(&first);
    }
    let caller = Caller::new(output, matches.get_flag("show-body"))?;
    let account = caller.known_account();
    let target = Target::new(output, out.as_deref())?;
    let mut job = Job {
        output,
        strict: matches.get_flag("strict"),
        writer: Writer::new::<L::Row>(lang, form),
        meter: Meter::new(lang, caller.pace()),
        caller,
        account,
        form,
        list,
        slices_left,
        seen: BTreeSet::new(),
        tally: Tally::default(),
        target,
        last: None,
        file: None,
        is_stored: false,
        is_begun: false,
    };
    let ended = job.walk(None, pin!(interrupt())).await;
    job.end(ended)
}

async fn go_on<L: Listed>(output: Output, matches: &ArgMatches, file: &Path) -> Result<(), Failure> {
    let lang = output.lang;
    // The cursor holds all that was asked for: what is given besides would not be heeded.
    let is_given = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let mut others = matches.ids().map(Id::as_str).filter(is_given);
    if let Some(other) = others.find(|id| !["resume", "strict", "show-body", "lang"].contains(id)) {
        return Err(Failure::usage(lang.conflict("--resume", &format!("`--{other}`"))));
    }
    let origins = crate::settings::origins(lang)?;
    let whose = Whose {
        command: L::COMMAND,
        origins: &origins,
    };
    let saved: Saved<L> = saved::load(lang, file, &whose)?;
    let caller = Caller::new(output, matches.get_flag("show-body"))?;
    let mut interrupt = pin!(interrupt());
    let account = tokio::select! {
        biased;
        () = &mut interrupt => return Err(Failure::interrupted(lang.interrupted())),
        account = caller.account_id() => account?,
    };
    if account != saved.account {
        return Err(Failure::usage(
            lang.cursor_other_account(&file.display().to_string()),
        ));
    }
    let (target, writer) = match &saved.out {
        Some(path) => (
            Target::File(Export::go_on(lang, path, saved.length)?),
            Writer::going_on::<L::Row>(lang, saved.form, saved.tally.written),
        ),
        // What was printed cannot be added to: rows of CSV and lines of JSON go on where they are appended, an array and a
        // table are new ones.
        None if saved.form.format == Format::Csv => (
            Target::Screen(output),
            Writer::going_on::<L::Row>(lang, saved.form, 0),
        ),
        None => (Target::Screen(output), Writer::new::<L::Row>(lang, saved.form)),
    };
    let mut job = Job {
        output,
        strict: matches.get_flag("strict"),
        writer,
        meter: Meter::new(lang, caller.pace()),
        caller,
        account: Some(account),
        form: saved.form,
        list: saved.list,
        slices_left: saved.slices_left,
        seen: saved.seen,
        tally: saved.tally,
        target,
        last: None,
        file: Some(file.to_owned()),
        is_stored: true,
        is_begun: true,
    };
    let ended = job.walk(Some(saved.walk), interrupt).await;
    job.end(ended)
}

/// A walk over all slices, with what it writes to.
struct Job<L: Listed> {
    output: Output,
    /// A row that cannot be read is an error.
    strict: bool,
    caller: Caller,
    /// Whose the token is: asked for after the first answer, before which there is nothing to go on with.
    account: Option<AccountId>,
    form: Form,
    /// The call, with the days of the present slice.
    list: L,
    slices_left: Option<Slices>,
    /// The ids of rows that may come again in a later slice.
    seen: BTreeSet<Box<str>>,
    tally: Tally,
    writer: Writer,
    target: Target,
    meter: Meter,
    /// How far it was before the present call; what is written and what is saved are of this moment.
    last: Option<Saved<L>>,
    /// The cursor file, once there is one.
    file: Option<PathBuf>,
    is_stored: bool,
    /// Whether there was an answer. Before that nothing is written: a refusal is told, and is all that is told.
    is_begun: bool,
}

/// Why a walk ends before its end.
enum Stop {
    Interrupted,
    /// Whoever reads has read enough.
    Unread,
    /// What came cannot be written.
    Unwritable(Failure),
    Failed(Failure),
}

impl<L: Listed> Job<L> {
    async fn walk(
        &mut self,
        mut at: Option<Cursor>,
        mut interrupt: Pin<&mut impl Future<Output = ()>>,
    ) -> Result<(), Stop> {
        loop {
            let list = self.list.clone();
            let mut walk = match at.take() {
                Some(cursor) => Walk::resume(list, cursor).map_err(|_| Stop::Failed(self.broken_cursor()))?,
                None => Walk::new(list),
            };
            loop {
                match walk.next() {
                    Next::Row(row) => self.row(row)?,
                    Next::End => break,
                    Next::Call(call) => {
                        self.checkpoint(&walk)?;
                        let page = tokio::select! {
                            biased;
                            () = &mut interrupt => return Err(Stop::Interrupted),
                            page = self.caller.call(&call) => page.map_err(Stop::Failed)?,
                        };
                        if self.account.is_none() {
                            let account = tokio::select! {
                                biased;
                                () = &mut interrupt => return Err(Stop::Interrupted),
                                account = self.caller.account_id() => account.map_err(Stop::Failed)?,
                            };
                            self.account = Some(account);
                        }
                        walk.received(page);
                        self.is_begun = true;
                    }
                }
            }
            self.tally.movement = worse(self.tally.movement, walk.progress().completeness);
            match self.slices_left.as_mut().and_then(Slices::next) {
                Some(days) => self.list.set_days(&days),
                None => break,
            }
        }
        self.flush()?;
        let end = self.writer.end();
        self.write(&end)
    }

    fn row(&mut self, row: Row<L::Row>) -> Result<(), Stop> {
        self.tally.rows += 1;
        let lang = self.output.lang;
        match row {
            Row::Read(row) => {
                let wanders = self.list.may_wander();
                if wanders && !self.seen.insert(L::key(&row).into()) {
                    return Ok(());
                }
                match self.writer.row(&row) {
                    Ok(()) => Ok(()),
                    Err(_) => self.broken(&lang.row_too_exact(), false),
                }
            }
            Row::Unreadable(broken) => {
                let is_kept = self.writer.broken(&broken.json);
                self.broken(&why(self.output, &broken), is_kept)
            }
        }
    }

    fn broken(&mut self, why: &str, is_kept: bool) -> Result<(), Stop> {
        let lang = self.output.lang;
        let row = self.tally.rows;
        self.tally.broken += 1;
        if self.strict {
            return Err(Stop::Failed(Failure::no(lang.broken_row_strict(row, why))));
        }
        let note = told(self.output, row, why, is_kept);
        self.meter.aside(|| self.output.note(&note));
        Ok(())
    }

    /// Writes what came, and remembers how far it is.
    fn checkpoint(&mut self, walk: &Walk<L>) -> Result<(), Stop> {
        if let (true, Some(account)) = (self.is_begun, self.account.clone()) {
            self.flush()?;
            self.tally.written = self.writer.rows_taken();
            self.remember(account, walk.cursor().clone())?;
        }
        let slices_left = self.slices_left.as_ref().map_or(0, Slices::left);
        self.meter.show(self.tally.rows, walk.progress(), slices_left);
        Ok(())
    }

    /// Makes this moment the one to go on from.
    fn remember(&mut self, account: AccountId, walk: Cursor) -> Result<(), Stop> {
        let origins = self.caller.origins();
        let whose = Whose {
            command: L::COMMAND,
            origins,
        };
        let mut saved = Saved::new(
            &whose,
            account,
            self.form,
            self.list.clone(),
            self.slices_left.clone(),
            walk,
            self.seen.clone(),
            self.tally,
        );
        if let Some(export) = self.target.export() {
            saved.out = Some(export.path().to_owned());
            saved.length = export.length();
        }
        let previous = self.last.replace(saved);
        // A table is not written before its end, so there is nothing yet to go on behind.
        let is_stored = self.target.export().is_some() && self.form.format != Format::Table;
        if is_stored && let Err(failure) = self.store() {
            self.last = previous;
            return Err(Stop::Unwritable(failure));
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Stop> {
        let made = self.writer.take();
        self.write(&made)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let target = &mut self.target;
        match self.meter.aside(|| target.write(bytes)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Stop::Unread),
            Err(failure) => Err(Stop::Unwritable(failure)),
        }
    }

    /// Puts the last checkpoint into the cursor file.
    fn store(&mut self) -> Result<(), Failure> {
        let Some(saved) = &self.last else { return Ok(()) };
        let lang = self.output.lang;
        let path = match &self.file {
            Some(path) => path.clone(),
            None => saved::place(lang, L::COMMAND, saved.out.as_deref())?,
        };
        saved::store(lang, &path, saved)?;
        self.file = Some(path);
        self.is_stored = true;
        Ok(())
    }

    fn end(mut self, ended: Result<(), Stop>) -> Result<(), Failure> {
        self.meter.end();
        let lang = self.output.lang;
        let failure = match ended {
            Ok(()) => return self.done(),
            Err(Stop::Unread) => return Ok(()),
            Err(Stop::Interrupted) => Failure::interrupted(lang.interrupted()),
            Err(Stop::Failed(failure)) => failure,
            Err(Stop::Unwritable(failure)) => {
                // A file's last checkpoint is on the disk; what was printed of the present page nobody knows.
                return Err(match (&self.file, self.target.export()) {
                    (Some(file), Some(export)) if self.is_stored => {
                        export.keep();
                        failure.with_next(&lang.go_on_with(&go_on_command::<L>(file)))
                    }
                    _ => failure,
                });
            }
        };
        Err(match self.keep() {
            Ok(Some(next)) => failure.with_next(&next),
            Ok(None) => failure,
            Err(other) => failure.with_next(
                other
                    .text()
                    .and_then(|text| text.lines().next())
                    .unwrap_or_default(),
            ),
        })
    }

    /// Leaves what came valid, and a cursor to go on with. Returns what to do next.
    fn keep(&mut self) -> Result<Option<String>, Failure> {
        if self.last.is_none() {
            return Ok(None);
        }
        let lang = self.output.lang;
        self.writer.forget();
        let end = self.writer.end();
        let is_table = self.form.format == Format::Table;
        match self.target.export() {
            None => {
                self.output.offer(&end)?;
            }
            Some(_) if is_table => {
                self.target.write(&end)?;
            }
            // Where this does not go, only the array's last bracket is missing.
            Some(export) => drop(export.close_for_now(&end)),
        }
        if let (Some(export), Some(saved)) = (self.target.export(), &mut self.last) {
            saved.length = export.length();
        }
        self.store()?;
        if let Some(export) = self.target.export() {
            export.keep();
            let part = export.part().display().to_string();
            self.output.note(&lang.part_is_in(&part));
        }
        Ok(self
            .file
            .as_deref()
            .map(|file| lang.go_on_with(&go_on_command::<L>(file))))
    }

    fn done(mut self) -> Result<(), Failure> {
        let lang = self.output.lang;
        let path = self.target.export().map(|export| export.path().to_owned());
        let rows = self.tally.rows;
        let target = std::mem::replace(&mut self.target, Target::Screen(self.output));
        target.finish()?;
        self.forget_cursor();
        if let Some(path) = path {
            self.output
                .note(&lang.rows_in_file(rows, &path.display().to_string()));
        } else if rows == 0 && self.form.format == Format::Table {
            self.output.note(&lang.no_rows());
        }
        match self.tally.movement {
            Completeness::None => {}
            Completeness::RowsMayBeMissing => self.output.note(&lang.rows_may_be_missing()),
            _ => self.output.note(&lang.list_moved()),
        }
        Ok(())
    }

    fn forget_cursor(&self) {
        if let (Some(file), true) = (&self.file, self.is_stored) {
            // One that stays is refused at its next use: its part is gone.
            let _ = std::fs::remove_file(file);
        }
    }

    fn broken_cursor(&self) -> Failure {
        let file = self.file.as_deref().unwrap_or(Path::new(""));
        Failure::usage(self.output.lang.cursor_broken(&file.display().to_string()))
    }
}

fn go_on_command<L: Listed>(file: &Path) -> String {
    format!("eduzz {} --resume {}", L::COMMAND, wanted::quoted(file))
}

/// Shows one page, and says that there are more.
async fn one_page<L: Listed>(
    output: Output,
    matches: &ArgMatches,
    list: L,
    form: Form,
    out: Option<&Path>,
    is_long: bool,
) -> Result<(), Failure> {
    let lang = output.lang;
    let caller = Caller::new(output, matches.get_flag("show-body"))?;
    let page = caller.call(&OnePage(list)).await?;
    let mut target = Target::new(output, out)?;
    let mut writer = Writer::new::<L::Row>(lang, form);
    let rows = page.items.len();
    let mut notes = Vec::new();
    for (row, number) in page.items.into_iter().zip(1..) {
        let (why, is_kept) = match row {
            Row::Read(row) => match writer.row(&row) {
                Ok(()) => continue,
                Err(_) => (lang.row_too_exact(), false),
            },
            Row::Unreadable(broken) => (why(output, &broken), writer.broken(&broken.json)),
        };
        if matches.get_flag("strict") {
            return Err(Failure::no(lang.broken_row_strict(number, &why)));
        }
        notes.push(told(output, number, &why, is_kept));
    }
    let mut text = writer.take();
    text.extend(writer.end());
    target.write(&text)?;
    target.finish()?;
    for note in notes {
        output.note(&note);
    }
    if rows == 0 && is_long {
        // Q13: what is too long for the service looks like nothing at all.
        output.note(&lang.long_and_empty());
    } else if page.pages > 1 {
        output.note(&lang.one_page_of(page.page, page.pages, page.total_items));
    } else if rows == 0 && form.format == Format::Table {
        output.note(&lang.no_rows());
    }
    Ok(())
}

/// A page whose rows are read one by one, so that a broken one does not hide the others.
struct OnePage<L>(L);

impl<L: Listed> Endpoint for OnePage<L> {
    const ROUTE: Route = L::ROUTE;
    type Output = Page<Row<L::Row>>;

    fn describe(&self, call: &mut Call) {
        self.0.describe(call);
    }
}

/// What is wrong with a row, and where; never a value.
pub(crate) fn why(output: Output, broken: &UnreadableRow) -> String {
    client::row_error(output.lang, &broken.source)
}

/// What is told of a row that cannot be read.
pub(crate) fn told(output: Output, row: u64, why: &str, is_kept: bool) -> String {
    let lang = output.lang;
    if is_kept {
        lang.broken_row_kept(row, why)
    } else {
        lang.broken_row_left_out(row, why)
    }
}

/// Ctrl-C.
async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Where it cannot be heard, it does what it always does.
        future::pending::<()>().await;
    }
}

const fn worse(a: Completeness, b: Completeness) -> Completeness {
    match (a, b) {
        (Completeness::RowsMayBeMissing, _) | (_, Completeness::None) => a,
        _ => b,
    }
}
