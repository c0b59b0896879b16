//! The decisions about rows, the same for both databases: what is read before, what is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use eduzz_sync::Moment;
use eduzz_sync::mirror::{
    Answer, Choice, Digest, Doubt, Emptied, ForgetKey, Held, Kind, LaneStep, LaneTurn, Mark, News, Notice,
    Pass, Record, SharedLane, Sheet, Show, Span, Step, Tally, answered, is_nightly, next_check, next_try,
    not_found, prove, told,
};

use crate::mirror::{Cause, Merged};
use crate::{StoreError, StoreErrorKind};

/// Takes a step in a lane that was stored then: the answer, and the state to store; `None` if the
/// stored one says the same.
pub(crate) fn paced(
    state: &str,
    stored: Moment,
    step: &LaneStep,
    now: Moment,
) -> (Option<LaneTurn>, Option<String>) {
    let mut lane = SharedLane::from_text(state, step.pace);
    let turn = lane.step(now.since(stored), step);
    // Of a clock that was set back, the old time would stand for long.
    let is_changed = !step.ended.is_empty() || turn.is_some_and(LaneTurn::is_go) || now < stored;
    (turn, is_changed.then(|| lane.to_text()))
}

/// A row as it is stored, without its columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stored {
    /// The status that the columns show.
    pub(crate) status: Option<String>,
    /// The JSON of the API, if it was asked for or an event lies over it.
    pub(crate) raw: Option<String>,
    pub(crate) overlay: Option<String>,
    pub(crate) state: String,
    pub(crate) digest: Digest,
    pub(crate) asked: Option<i64>,
    pub(crate) answered: Option<i64>,
    pub(crate) stated: Option<i64>,
    pub(crate) news: Option<i64>,
    pub(crate) news_sent: Option<i64>,
    pub(crate) news_stated: Option<i64>,
    pub(crate) news_status: Option<String>,
    pub(crate) refetch: Option<i64>,
    pub(crate) window: Option<i32>,
    pub(crate) gone: Option<i64>,
}

/// A row to write.
#[derive(Debug)]
pub(crate) struct Write {
    pub(crate) key: Box<str>,
    /// The columns; `None` if they stay.
    pub(crate) shown: Option<Record>,
    /// The JSON of the API; `None` if it stays.
    pub(crate) raw: Option<Box<str>>,
    /// What an event says over it.
    pub(crate) overlay: Overlay,
    pub(crate) held: Held,
    /// The window that it was read in; `None` if that stays.
    pub(crate) window: Option<i32>,
    /// What readers of the table see before and after: a digest, or nothing.
    before: Option<Digest>,
    after: Option<Digest>,
}

#[derive(Debug)]
pub(crate) enum Overlay {
    Keep,
    Drop,
    Set(Box<str>),
}

/// The state of a row, as it is stored.
pub(crate) const fn state(held: &Held) -> &'static str {
    match &held.news {
        Some(news) if news.is_doubtful => "doubtful",
        Some(_) => "unsettled",
        None if held.disagrees => "disagrees",
        None => "settled",
    }
}

impl Stored {
    fn held(&self, kind: Kind) -> Held {
        let moment = |millis: Option<i64>| millis.map(Moment::from_millis);
        let mut held = Held::default();
        if let (Some(asked), Some(answered)) = (moment(self.asked), moment(self.answered)) {
            let answer = match (&self.raw, &self.overlay) {
                // What an event shows hides the status and the digest of the answer.
                (Some(raw), Some(_)) => match kind.read("", raw) {
                    Ok(under) => Answer::new(asked, answered, under.digest).status(under.status.as_deref()),
                    // Somebody changed it; the next answer replaces it.
                    Err(_) => Answer::new(asked, answered, Digest::default()),
                },
                _ => Answer::new(asked, answered, self.digest).status(self.status.as_deref()),
            };
            held.answer = Some(answer.stated(moment(self.stated)));
        }
        held.news = moment(self.news).map(|received| {
            let mut news = News::new(received)
                .sent(moment(self.news_sent))
                .stated(moment(self.news_stated))
                .status(self.news_status.as_deref());
            news.is_doubtful = self.state == "doubtful";
            news
        });
        held.disagrees = self.state == "disagrees";
        held.refetch = moment(self.refetch);
        held.gone = moment(self.gone);
        held
    }

    /// The digest that readers of the table see.
    fn visible(&self) -> Option<Digest> {
        self.gone.is_none().then_some(self.digest)
    }
}

/// What an answer of the API changes.
pub(crate) fn of_answer(
    record: Record,
    stored: Option<&Stored>,
    (asked, answered_at): (Moment, Moment),
    window: Option<i32>,
    cause: Cause,
) -> Write {
    let kind = record.kind;
    let held = stored.map(|stored| stored.held(kind));
    let answer = Answer::new(asked, answered_at, record.digest)
        .stated(record.updated)
        .status(record.status.as_deref());
    let Step { held, show, .. } = answered(held, answer);
    let key = record.key.clone();
    let raw = record.raw.clone();
    let overlay = stored.and_then(|stored| stored.overlay.as_deref());
    let (shown, raw, overlay) = match show {
        Show::Answer => (Some(record), Some(raw), Overlay::Drop),
        Show::Under => {
            let shown = match overlay {
                Some(overlay) => kind.laid_over(Some(&raw), overlay).unwrap_or(record),
                None => record,
            };
            (Some(shown), Some(raw), Overlay::Keep)
        }
        _ => (None, None, Overlay::Keep),
    };
    // A row that is asked for by its id or checked is written whole: it may have been tampered
    // with.
    let is_whole = matches!(cause, Cause::Refetch | Cause::Check);
    let mut write = Write::new(key, stored, shown, is_whole, overlay, held);
    write.raw = raw;
    write.window = window;
    write
}

/// What an event changes.
pub(crate) fn of_notice(notice: &Notice, stored: Option<&Stored>) -> Write {
    let kind = notice.kind;
    let held = stored.map(|stored| stored.held(kind));
    let Step { held, show, .. } = told(held, notice.news.clone());
    let raw = stored.and_then(|stored| stored.raw.as_deref());
    let status = notice.news.status.as_deref();
    let (shown, overlay) = match (show, &notice.overlay) {
        (Show::Event, Some(overlay)) => {
            let shown = kind.laid_over(raw, overlay).ok();
            let shown = match (shown, stored) {
                (None, None) => Some(kind.bare(&notice.key, status)),
                (shown, _) => shown,
            };
            (shown, Overlay::Set(overlay.clone()))
        }
        _ if stored.is_none() => (Some(kind.bare(&notice.key, status)), Overlay::Keep),
        _ => (None, Overlay::Keep),
    };
    Write::new(notice.key.clone(), stored, shown, false, overlay, held)
}

/// What the answer changes that there is no such record; nothing if it is not in the mirror.
pub(crate) fn of_absence(
    kind: Kind,
    key: &str,
    stored: Option<&Stored>,
    (asked, answered): (Moment, Moment),
) -> Option<Write> {
    let stored = stored?;
    let Step { held, .. } = not_found(stored.held(kind), asked, answered);
    Some(Write::new(
        key.into(),
        Some(stored),
        None,
        false,
        Overlay::Keep,
        held,
    ))
}

/// What forgetting people changes; nothing if they are not in the row, or not any more. Also says
/// whether the record is theirs.
pub(crate) fn of_forgetting(
    (kind, key, parent): (Kind, &str, &str),
    stored: &Stored,
    forget_key: &ForgetKey,
    forgotten: &BTreeSet<Mark>,
) -> Option<(Write, bool)> {
    let without = |json: &Option<String>, forgotten: &BTreeSet<Mark>| {
        let json = json.as_deref()?;
        Sheet {
            kind,
            key,
            parent,
            json,
        }
        .without(forget_key, forgotten)
    };
    let is_theirs = |emptied: &Option<Emptied>| emptied.as_ref().is_some_and(|emptied| emptied.is_theirs);
    let is_theirs =
        is_theirs(&without(&stored.raw, forgotten)) || is_theirs(&without(&stored.overlay, forgotten));
    let mut forgotten = forgotten.clone();
    if is_theirs {
        forgotten.insert(forget_key.record(kind, key));
    }
    let left = |json: &Option<String>| {
        let left = without(json, &forgotten)?.json;
        (Some(&*left) != json.as_deref()).then_some(left)
    };
    let (raw, overlay) = (left(&stored.raw), left(&stored.overlay));
    if raw.is_none() && overlay.is_none() {
        return None;
    }
    let whole = (
        raw.as_deref().or(stored.raw.as_deref()),
        overlay.as_deref().or(stored.overlay.as_deref()),
    );
    let shown = match whole {
        (raw, Some(overlay)) => kind.laid_over(raw, overlay).ok(),
        (Some(raw), None) => kind.read(parent, raw).ok(),
        (None, None) => None,
    };
    // Columns that nothing says any more are empty.
    let shown = shown.unwrap_or_else(|| kind.bare(key, stored.status.as_deref()));
    let overlay = overlay.map_or(Overlay::Keep, Overlay::Set);
    let mut write = Write::new(
        key.into(),
        Some(stored),
        Some(shown),
        true,
        overlay,
        stored.held(kind),
    );
    write.raw = raw;
    Some((write, is_theirs))
}

impl Write {
    /// A write of what is shown, whole or only if it is not what was.
    fn new(
        key: Box<str>,
        stored: Option<&Stored>,
        shown: Option<Record>,
        is_whole: bool,
        overlay: Overlay,
        held: Held,
    ) -> Self {
        let digest = shown.as_ref().map(|shown| shown.digest);
        let after = digest.or(stored.map(|stored| stored.digest));
        Self {
            key,
            before: stored.and_then(Stored::visible),
            after: after.filter(|_| held.gone.is_none()),
            shown: shown
                .filter(|shown| is_whole || stored.is_none_or(|stored| stored.digest != shown.digest)),
            raw: None,
            overlay,
            held,
            window: None,
        }
    }

    /// The digests before and after, if the record shows something else now.
    pub(crate) fn change(&self) -> Option<(Option<&Digest>, Option<&Digest>)> {
        (self.before != self.after).then_some((self.before.as_ref(), self.after.as_ref()))
    }
}

/// A kind or a cause that this version does not know.
pub(crate) const fn newer_name() -> StoreError {
    StoreError::new(StoreErrorKind::NewerSchema)
}

/// The records of a batch, each once: a row that came twice on one page counts as it came last.
pub(crate) fn distinct(records: Vec<Record>) -> Vec<Record> {
    let mut places: HashMap<Box<str>, usize> = HashMap::with_capacity(records.len());
    let mut kept: Vec<Record> = Vec::with_capacity(records.len());
    for record in records {
        match places.get(&record.key).and_then(|place| kept.get_mut(*place)) {
            Some(earlier) => *earlier = record,
            None => {
                places.insert(record.key.clone(), kept.len());
                kept.push(record);
            }
        }
    }
    kept
}

/// Notices in rounds of one kind, in each of which a record is once, as they came.
pub(crate) fn rounds(notices: &[Notice]) -> Vec<(Kind, Vec<&Notice>)> {
    let mut rounds: BTreeMap<(usize, Kind), Vec<&Notice>> = BTreeMap::new();
    let mut seen: HashMap<(Kind, &str), usize> = HashMap::new();
    for notice in notices {
        let times = seen.entry((notice.kind, &*notice.key)).or_default();
        rounds.entry((*times, notice.kind)).or_default().push(notice);
        *times += 1;
    }
    rounds
        .into_iter()
        .map(|((_, kind), notices)| (kind, notices))
        .collect()
}

/// Numbers the changes of writes after the last one: 0 for a write that changes nothing. Returns
/// them with what the writes do.
pub(crate) fn number(writes: &[(Option<Stored>, Write)], last: &mut i64) -> (Vec<i64>, Merged, Moves) {
    let (mut merged, mut moves) = (Merged::default(), Moves::new());
    let numbers = writes.iter().map(|(stored, write)| {
        add_move(&mut moves, stored.as_ref(), write);
        let Some((old, _)) = write.change() else {
            return 0;
        };
        match old {
            None => merged.new += 1,
            Some(_) => merged.changed += 1,
        }
        *last += 1;
        *last
    });
    (numbers.collect(), merged, moves)
}

/// What the end of a pass stores of its window.
pub(crate) struct Verdict {
    pub(crate) doubt: Option<Doubt>,
    pub(crate) agreed: u32,
    /// When to read it again.
    pub(crate) check: i64,
    /// The counts by status and the sums by currency, if it is proven.
    pub(crate) sealed: Option<(String, String)>,
}

/// The rows of [`sql::CHOICE`](super::sql::CHOICE): a kind, and a community or nothing.
pub(crate) fn chosen_rows(choice: &Choice) -> Vec<(Kind, &str)> {
    let named = choice.named.iter().map(|kind| (*kind, ""));
    let communities = choice.communities.iter();
    let communities = communities.map(|community| (Kind::HeycampMember, community.as_str()));
    named.chain(communities).collect()
}

/// The choice of these rows.
pub(crate) fn choice(rows: Vec<(String, String)>) -> Result<Choice, StoreError> {
    let mut choice = Choice::all();
    for (kind, parent) in rows {
        let kind = Kind::from_text(&kind).ok_or_else(newer_name)?;
        if parent.is_empty() {
            choice.named.insert(kind);
        } else {
            choice.communities.insert(parent);
        }
    }
    Ok(choice)
}

/// Judges a pass. `earlier` is how often the window agreed, and whether it was proven.
pub(crate) fn verdict(
    (kind, span): (Kind, Span),
    pass: &Pass,
    tally: &Tally,
    (is_missing, drifted): (bool, u64),
    (agreed, was_sealed): (u32, bool),
    now: Moment,
) -> Verdict {
    let doubt = match prove(kind, span, pass, tally) {
        Ok(()) if is_missing => Some(Doubt::RowsDiffer),
        Ok(()) => None,
        Err(doubt) => Some(doubt),
    };
    let is_nightly = is_nightly(kind, span, now);
    let agreed = if was_sealed && drifted == 0 && doubt.is_none() && !is_nightly {
        agreed.saturating_add(1)
    } else {
        0
    };
    Verdict {
        doubt,
        agreed,
        check: match doubt {
            None => next_check(kind, span, now, agreed),
            Some(doubt) => next_try(kind, span, now, doubt),
        }
        .millis(),
        sealed: doubt
            .is_none()
            .then(|| (tally.statuses_json(), tally.sums_json())),
    }
}

/// What writes do to the sums of windows: how many rows more, and the digests.
pub(crate) type Moves = BTreeMap<i32, (i64, Digest)>;

/// Adds what a write does to the windows that the row was in and is in.
fn add_move(moves: &mut Moves, stored: Option<&Stored>, write: &Write) {
    let was_in = stored.and_then(|stored| stored.window);
    let before = was_in.zip(write.before);
    let after = write.window.or(was_in).zip(write.after);
    if before == after {
        return;
    }
    if let Some((window, digest)) = before {
        let sums = moves.entry(window).or_default();
        *sums = (sums.0 - 1, sums.1.minus(digest));
    }
    if let Some((window, digest)) = after {
        let sums = moves.entry(window).or_default();
        *sums = (sums.0 + 1, sums.1.plus(digest));
    }
}
