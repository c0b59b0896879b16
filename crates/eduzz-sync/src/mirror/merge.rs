//! What of a record is shown and what is proven, from answers of the API and events.
//!
//! An event shows, an answer settles. The service can answer a state that is older than an event
//! that it has sent before, and events come late, twice and in any order. So a record is settled
//! only by an answer that was *asked for* after the last news of it, and that says what the news
//! said. Moments that the service states only choose what is shown meanwhile.

use alloc::boxed::Box;
use core::time::Duration;

use super::Digest;
use super::value::without_nul;
use crate::Moment;

/// When a record is asked for again after an event, counted from its arrival. The last answer
/// settles it, whatever it says.
pub const REFETCHES: [Duration; 4] = [
    Duration::from_secs(5),
    Duration::from_secs(20),
    Duration::from_secs(80),
    PATIENCE,
];

/// How long a program has a record that it asks for again.
pub const REFETCH_LEASE: Duration = Duration::from_secs(60);

/// How long after the last news of a record it is settled at the latest, while a mirror runs: the
/// last refetch, and time for its turn. After it, something keeps the mirror from asking.
pub const SETTLED_WITHIN: Duration = Duration::from_secs(600);

/// How long the API may say less than an event before it is believed.
const PATIENCE: Duration = Duration::from_secs(380);

/// What is held of a record, beside its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Held {
    /// The answer that is shown, or lies under the news. `None` while only events told of it.
    pub answer: Option<Answer>,
    /// The news that no answer has settled.
    pub news: Option<News>,
    /// Whether the answer settled the record although it says less than an event.
    pub disagrees: bool,
    /// When to ask for the record again.
    pub refetch: Option<Moment>,
    /// When it was found to be no longer at the service.
    pub gone: Option<Moment>,
}

/// An answer of the API about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// When it was asked for.
    pub asked: Moment,
    /// When it came. The state that it tells of is from between the two, or older if the API lags.
    pub answered: Moment,
    /// When the record was changed last, by the service's word.
    pub stated: Option<Moment>,
    /// The status.
    pub status: Option<Box<str>>,
    /// The digest of the values.
    pub digest: Digest,
}

/// What an event told of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct News {
    /// When the last event of the record arrived.
    pub received: Moment,
    /// When the event that is shown was sent, by its own word.
    pub sent: Option<Moment>,
    /// When the change happened that it tells of, by its own word.
    pub stated: Option<Moment>,
    /// The status that it tells of.
    pub status: Option<Box<str>>,
    /// Whether answers or events contradict each other, so that only a later moment of change, or
    /// time, tells which one is right.
    pub is_doubtful: bool,
}

/// A decision about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// What to hold from now on.
    pub held: Held,
    /// What to show.
    pub show: Show,
}

/// What a decision shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Show {
    /// What was shown.
    Same,
    /// The new answer, and nothing over it.
    Answer,
    /// The new answer, with what the earlier event said laid over it.
    Under,
    /// The new event, laid over the answer that is held.
    Event,
}

impl Answer {
    /// An answer, without a status or a moment of change.
    #[must_use]
    pub const fn new(asked: Moment, answered: Moment, digest: Digest) -> Self {
        Self {
            asked,
            answered,
            stated: None,
            status: None,
            digest,
        }
    }

    /// Sets the service's moment of the last change.
    #[must_use]
    pub const fn stated(mut self, stated: Option<Moment>) -> Self {
        self.stated = stated;
        self
    }

    /// Sets the status.
    #[must_use]
    pub fn status(mut self, status: Option<&str>) -> Self {
        self.status = status.map(without_nul);
        self
    }

    /// Whether it cannot be told which of two that differ is the newer one. By the service's word
    /// that is so within a second; without its word, if both were under way at the same time.
    fn contradicts(&self, later: &Self) -> bool {
        let is_unknown = match (self.stated, later.stated) {
            (Some(earlier), Some(later)) => later <= earlier,
            _ => self.answered > later.asked && later.answered > self.asked,
        };
        is_unknown && self.digest != later.digest
    }
}

impl News {
    /// News that arrived at this moment.
    #[must_use]
    pub const fn new(received: Moment) -> Self {
        Self {
            received,
            sent: None,
            stated: None,
            status: None,
            is_doubtful: false,
        }
    }

    /// Sets the date of sending.
    #[must_use]
    pub const fn sent(mut self, sent: Option<Moment>) -> Self {
        self.sent = sent;
        self
    }

    /// Sets the moment of the change.
    #[must_use]
    pub const fn stated(mut self, stated: Option<Moment>) -> Self {
        self.stated = stated;
        self
    }

    /// Sets the status.
    #[must_use]
    pub fn status(mut self, status: Option<&str>) -> Self {
        self.status = status.map(without_nul);
        self
    }

    /// News that say what an answer said.
    fn of(received: Moment, answer: Option<&Answer>) -> Self {
        let news = Self::new(received);
        match answer {
            Some(answer) => news.stated(answer.stated).status(answer.status.as_deref()),
            None => news,
        }
    }

    /// Whether the answer says at least as much: it has the status and is not older, or it is
    /// newer. Moments are whole seconds, so an equal one does not tell which came first.
    fn is_in(&self, answer: &Answer) -> bool {
        let moments = self.stated.zip(answer.stated);
        let is_newer = moments.is_some_and(|(news, answer)| answer > news);
        let is_older = moments.is_some_and(|(news, answer)| answer < news);
        let has_status = self.status.is_none() || self.status == answer.status;
        is_newer || (!self.is_doubtful && !is_older && has_status)
    }

    /// Whether the API had its time to say it.
    fn is_over(&self, asked: Moment) -> bool {
        asked >= self.received.after(PATIENCE)
    }

    /// The next time to ask.
    fn refetch(&self, now: Moment) -> Moment {
        let due = REFETCHES.map(|wait| self.received.after(wait));
        due.into_iter().find(|due| *due > now).unwrap_or(now)
    }

    fn moment(&self) -> Option<Moment> {
        self.sent.or(self.stated)
    }
}

impl Held {
    /// Whether an answer has settled what is shown.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        self.news.is_none()
    }

    fn unsettled(mut self, news: News, now: Moment, show: Show) -> Step {
        self.refetch = Some(news.refetch(now));
        self.news = Some(news);
        self.disagrees = false;
        Step { held: self, show }
    }

    fn same(mut self, now: Moment) -> Step {
        self.refetch = self.news.as_ref().map(|news| news.refetch(now));
        Step {
            held: self,
            show: Show::Same,
        }
    }
}

/// Takes an answer of the API.
#[must_use]
pub fn answered(held: Option<Held>, answer: Answer) -> Step {
    let now = answer.answered;
    let mut held = held.unwrap_or_default();
    if let Some(gone) = held.gone {
        if answer.asked <= gone {
            return held.same(now);
        }
        held.gone = None;
    }
    let Some(old) = held.answer.take() else {
        return match held.news.take() {
            None => settled(held, answer, false),
            Some(news) => weigh(held, news, answer),
        };
    };
    let contradicts = if answer.asked < old.asked {
        answer.contradicts(&old)
    } else {
        old.contradicts(&answer)
    };
    // The later moment of change is shown; of two without one, the answer that was asked for later.
    let is_older = match (old.stated, answer.stated) {
        (Some(old), Some(new)) if old != new => new < old,
        _ => answer.asked < old.asked,
    };
    let mut news = held.news.take();
    if contradicts {
        let doubt = news.get_or_insert_with(|| {
            let shown = if is_older { &old } else { &answer };
            News::of(old.answered.max(answer.answered), Some(shown))
        });
        doubt.is_doubtful = true;
    }
    match news {
        None if is_older => {
            held.answer = Some(old);
            held.same(now)
        }
        None => settled(held, answer, false),
        Some(news) if answer.asked < old.asked || (is_older && !news.is_over(answer.asked)) => {
            held.answer = Some(old);
            held.unsettled(news, now, Show::Same)
        }
        Some(news) => weigh(held, news, answer),
    }
}

/// Takes an answer that follows news.
fn weigh(mut held: Held, news: News, answer: Answer) -> Step {
    let says_it = news.is_in(&answer);
    let is_over = news.is_over(answer.asked);
    if answer.asked > news.received && (says_it || is_over) {
        // An answer that only has an older moment does not disagree.
        let disagrees = !says_it && !news.is_doubtful && news.status != answer.status;
        return settled(held, answer, disagrees && news.status.is_some());
    }
    let now = answer.answered;
    held.answer = Some(answer);
    held.unsettled(news, now, Show::Under)
}

fn settled(mut held: Held, answer: Answer, disagrees: bool) -> Step {
    held.answer = Some(answer);
    held.news = None;
    held.disagrees = disagrees;
    held.refetch = None;
    Step {
        held,
        show: Show::Answer,
    }
}

/// Takes an event.
#[must_use]
pub fn told(held: Option<Held>, news: News) -> Step {
    let mut held = held.unwrap_or_default();
    let now = news.received;
    if held.answer.as_ref().is_some_and(|answer| answer.asked > now) {
        return held.same(now);
    }
    let earlier = held.news.take();
    let shown = match &earlier {
        Some(earlier) => earlier.moment(),
        None => held.answer.as_ref().and_then(|answer| answer.stated),
    };
    let moments = news.moment().zip(shown);
    if moments.is_none_or(|(news, shown)| news >= shown) {
        let mut news = news;
        if let Some(earlier) = earlier {
            // Of two events of one moment, the last one is not known.
            let is_later = moments.is_some_and(|(news, shown)| news > shown);
            news.is_doubtful = earlier.is_doubtful || (!is_later && earlier.status != news.status);
            if news.is_doubtful {
                // Only an answer that is newer than both tells; if that cannot be seen, time does.
                news.stated = news.stated.map(|own| own.max(earlier.stated.unwrap_or(own)));
            }
        }
        // Only an answer brings back a record that is gone.
        let show = if held.gone.is_some() {
            Show::Same
        } else {
            Show::Event
        };
        return held.unsettled(news, now, show);
    }
    // What is shown stays, and the next answer has to say at least that.
    let mut kept = earlier.unwrap_or_else(|| News::of(now, held.answer.as_ref()));
    kept.received = kept.received.max(now);
    held.unsettled(kept, now, Show::Same)
}

/// Takes the answer that there is no such record, asked for by its id. A server that lags says so
/// too, so the record is gone once it is still said when the API had its time.
#[must_use]
pub fn not_found(mut held: Held, asked: Moment, now: Moment) -> Step {
    let is_late = held.answer.as_ref().is_some_and(|answer| answer.asked >= asked);
    if is_late || held.gone.is_some_and(|gone| gone >= asked) {
        return held.same(now);
    }
    match held.news.take() {
        Some(news) if news.is_over(asked) => {
            held.gone = Some(held.gone.unwrap_or(asked));
            held.same(now)
        }
        None if held.gone.is_some() => held.same(now),
        news => {
            let mut news = news.unwrap_or_else(|| News::of(now, held.answer.as_ref()));
            news.is_doubtful = true;
            held.unsettled(news, now, Show::Same)
        }
    }
}

/// Whether a record that a whole and proven pass over its window did not show has to be asked for
/// by its id, because it may be gone. `began` is when the pass asked for its first page.
#[must_use]
pub fn is_missing(held: &Held, began: Moment) -> bool {
    held.gone.is_none()
        && held.answer.as_ref().is_some_and(|answer| answer.answered < began)
        && held.news.as_ref().is_none_or(|news| news.received < began)
}
