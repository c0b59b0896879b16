//! Many interleavings of one record in virtual time: changes, some within one second; events that
//! are lost, doubled, late and shuffled; answers of servers that lag, each by another time; passes
//! over its window that overlap; a deletion.
//!
//! What is settled is never older than an event that came before it was asked for, and in the end
//! the mirror has what the service has. With a fault planted, some of the first hundred seeds say
//! so. `EDUZZ_SEEDS` sets how many seeds run.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{
    Answer, Digest, Held, Kind, News, REFETCHES, Show, Step, Value, answered, is_missing, not_found, told,
};

/// The longest lag of a server: below the time that an event is waited for.
const MOST_LAG: i64 = 300_000;

/// The time in which the record changes.
const LIFE: i64 = 900_000;

/// The fault that is planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// An answer counts from when it came, not from when it was asked for.
    StampsByAnswer,
    /// An answer whose moment is equal to the event's counts as newer.
    EqualIsNewer,
    /// The answer that was asked for first stays.
    FirstStays,
    /// An event settles what it shows.
    EventSettles,
    /// The first answer after an event settles, whatever it says.
    FirstAnswerSettles,
    /// A record that half of a pass did not show is taken for gone.
    PartialPassDeletes,
}

/// A state of the record at the service.
#[derive(Clone, Copy, Debug)]
struct Version {
    at: i64,
    number: usize,
    status: u64,
    is_deleted: bool,
}

/// What happens to the mirror, in order of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Event {
        version: usize,
        says: Says,
    },
    Ask {
        is_pass: bool,
    },
    Refetch,
    Answer {
        asked: i64,
        seen: Option<usize>,
        is_pass: bool,
        is_whole: bool,
    },
}

/// What an event says of the change, beside that there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Nothing,
    Status,
    StatusAndMoment,
}

struct Trial {
    chance: Chance,
    /// The longest lag of this trial's servers.
    most_lag: i64,
    fault: Option<Fault>,
    world: Vec<Version>,
    queue: BinaryHeap<Reverse<(i64, u64, Happening)>>,
    order: u64,
    held: Option<Held>,
    /// The version of the answer that is held, and that of the event over it.
    base: Option<usize>,
    over: Option<usize>,
    /// Events that were told: when, and of which version.
    events: Vec<(i64, usize)>,
    planned: Option<i64>,
    disagreements: u64,
}

/// A small generator of numbers: a run of a million seeds is mostly this.
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        chance.next();
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: i64) -> i64 {
        let end = u64::try_from(end.max(1)).unwrap();
        i64::try_from((self.next() >> 11) % end).unwrap()
    }

    fn percent(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    /// Tenths of a second, so that moments are often equal.
    fn time(&mut self, end: i64) -> i64 {
        self.below(end / 100 + 1) * 100
    }
}

fn second(millis: i64) -> Moment {
    Moment::from_millis(millis.div_euclid(1_000) * 1_000)
}

impl Trial {
    fn new(seed: u64, fault: Option<Fault>) -> Self {
        let mut chance = Chance::new(seed);
        let mut world: Vec<Version> = Vec::new();
        let mut at = chance.time(60_000);
        for number in 0..usize::try_from(1 + chance.below(6)).unwrap() {
            let last = world.last().copied();
            // A change that shows in no status and no moment cannot be told from none.
            let is_quick = chance.percent(30);
            let keeps_status = last.is_some() && !is_quick && chance.percent(30);
            at += match (last, is_quick) {
                (None, _) => 0,
                (_, true) => chance.time(900),
                (_, false) => 1_000 + chance.time(LIFE / 4),
            };
            world.push(Version {
                at,
                number,
                status: match last {
                    Some(last) if keeps_status => last.status,
                    _ => u64::try_from(number).unwrap(),
                },
                is_deleted: false,
            });
        }
        if chance.percent(15) {
            let last = *world.last().unwrap();
            world.push(Version {
                at: last.at + 1_000 + chance.time(LIFE / 4),
                number: last.number + 1,
                is_deleted: true,
                ..last
            });
        }
        let most_lag = if chance.percent(30) { 0 } else { MOST_LAG };
        let mut trial = Self {
            chance,
            most_lag,
            fault,
            world,
            queue: BinaryHeap::new(),
            order: 0,
            held: None,
            base: None,
            over: None,
            events: Vec::new(),
            planned: None,
            disagreements: 0,
        };
        trial.plan();
        trial
    }

    fn plan(&mut self) {
        for version in self.world.clone() {
            if version.is_deleted {
                continue;
            }
            let keeps_status = version
                .number
                .checked_sub(1)
                .is_some_and(|before| self.world[before].status == version.status);
            let copies = match self.chance.below(10) {
                0..3 => 0,
                3..6 => 2,
                _ => 1,
            };
            for _ in 0..copies {
                let late = if self.chance.percent(30) { 600_000 } else { 5_000 };
                let at = version.at + self.chance.time(late);
                let says = match self.chance.below(10) {
                    // Only a server that does not lag is believed without more.
                    0..3 if self.most_lag == 0 => Says::Nothing,
                    0..5 if !keeps_status => Says::Status,
                    _ => Says::StatusAndMoment,
                };
                let event = Happening::Event {
                    version: version.number,
                    says,
                };
                self.push(at, event);
            }
        }
        for _ in 0..self.chance.below(8) {
            // Half of them while it changes.
            let place = self.index(2);
            let at = match self.world.get(place).copied() {
                Some(version) => (version.at - self.chance.time(20_000)).max(0),
                None => self.chance.time(LIFE + 600_000),
            };
            let is_pass = self.chance.percent(60);
            self.push(at, Happening::Ask { is_pass });
        }
    }

    /// The place of a version, or of none where there are `times` as many places.
    fn index(&mut self, times: usize) -> usize {
        let places = i64::try_from(times * self.world.len()).unwrap();
        usize::try_from(self.chance.below(places)).unwrap()
    }

    fn push(&mut self, at: i64, happening: Happening) {
        // Equal moments in any order.
        self.order = self.chance.next();
        self.queue.push(Reverse((at, self.order, happening)));
    }

    /// The last version at a moment; `None` before the first.
    fn version_at(&self, at: i64) -> Option<Version> {
        self.world.iter().rev().find(|version| version.at <= at).copied()
    }

    fn run(&mut self) -> Result<(), String> {
        self.work()?;
        // Once everything is over and no server lags, one whole pass.
        let end = LIFE * 10;
        let seen = self.version_at(end).unwrap();
        let answer = Happening::Answer {
            asked: end,
            seen: (!seen.is_deleted).then_some(seen.number),
            is_pass: true,
            is_whole: true,
        };
        self.push(end + 100, answer);
        self.work()?;
        let held = self.held.clone();
        let is_held = held.as_ref().is_some_and(|held| held.gone.is_none());
        let is_settled = held.as_ref().is_none_or(Held::is_settled);
        if !is_settled {
            return Err("nothing settles it".into());
        }
        if seen.is_deleted {
            return if is_held {
                Err("a deleted record stays".into())
            } else {
                Ok(())
            };
        }
        match self.base {
            Some(base) if is_held && base == seen.number => Ok(()),
            _ => Err(format!(
                "the service has {seen:?}, the mirror {:?}, {held:?}",
                self.base
            )),
        }
    }

    fn work(&mut self) -> Result<(), String> {
        let mut count = 0;
        while let Some(Reverse((now, _, happening))) = self.queue.pop() {
            count += 1;
            if count > 1_000 {
                return Err("it asks without end".into());
            }
            match happening {
                Happening::Event { version, says } => self.event(now, version, says),
                Happening::Ask { is_pass } => self.ask(now, is_pass),
                Happening::Refetch => {
                    if self.planned == Some(now) {
                        self.planned = None;
                        // Whoever asks has the record for a while.
                        if let Some(held) = &mut self.held
                            && held.refetch.is_some_and(|due| due.millis() <= now)
                        {
                            held.refetch = Some(Moment::from_millis(now + 30_000));
                            self.ask(now, false);
                        }
                    }
                }
                Happening::Answer {
                    asked,
                    seen,
                    is_pass,
                    is_whole,
                } => self.answer(now, asked, seen, is_pass, is_whole),
            }
            self.check(now)?;
            let due = self.held.as_ref().and_then(|held| held.refetch);
            if let Some(due) = due
                && self.planned.is_none()
            {
                let due = due.millis().max(now) + self.chance.time(500);
                self.planned = Some(due);
                self.push(due, Happening::Refetch);
            }
        }
        Ok(())
    }

    /// Asks a server that lags, for the record or for its window.
    fn ask(&mut self, now: i64, is_pass: bool) {
        let took = 100 + self.chance.time(if is_pass { 20_000 } else { 3_000 });
        let lag = if self.chance.percent(50) {
            0
        } else {
            self.chance.time(self.most_lag)
        };
        let of = (now + self.chance.time(took)).min(now + took);
        let mut seen = self.version_at(of - lag);
        if self.most_lag > 0 && self.chance.percent(30) {
            // A server that stands still at one of the last states, however short it was.
            let place = self.index(1);
            let oldest = self
                .version_at(of - self.most_lag)
                .map_or(0, |version| version.number);
            let newest = self.version_at(of).map_or(0, |version| version.number);
            seen = self
                .version_at(of)
                .and(self.world.get(place.clamp(oldest, newest)).copied());
        }
        let seen = seen.filter(|version| !version.is_deleted);
        let answer = Happening::Answer {
            asked: now,
            seen: seen.map(|version| version.number),
            is_pass,
            is_whole: self.chance.percent(70),
        };
        self.push(now + took, answer);
    }

    fn event(&mut self, now: i64, number: usize, says: Says) {
        let version = self.world[number];
        let news = News::new(Moment::from_millis(now))
            .sent(Some(Moment::from_millis(version.at)))
            .stated((says == Says::StatusAndMoment).then(|| second(version.at)))
            .status(
                (says != Says::Nothing)
                    .then(|| version.status.to_string())
                    .as_deref(),
            );
        self.events.push((now, number));
        let Step { mut held, show, .. } = told(self.held.take(), news);
        if show == Show::Event {
            self.over = Some(number);
        }
        if self.fault == Some(Fault::EventSettles) && held.news.take().is_some() {
            held.refetch = None;
        }
        self.held = Some(held);
    }

    fn answer(&mut self, now: i64, asked: i64, seen: Option<usize>, is_pass: bool, is_whole: bool) {
        let began = Moment::from_millis(asked);
        let moment = Moment::from_millis(now);
        let Some(number) = seen else {
            self.absent(began, moment, is_pass, is_whole);
            return;
        };
        if is_pass && !is_whole {
            // The pass ended before it came to the record.
            if self.fault == Some(Fault::PartialPassDeletes)
                && let Some(held) = &mut self.held
            {
                held.gone = Some(began);
                held.news = None;
            }
            return;
        }
        let version = self.world[number];
        let mut stated = second(version.at);
        if self.fault == Some(Fault::EqualIsNewer) {
            stated = stated.after(Duration::from_secs(1));
        }
        let asked = if self.fault == Some(Fault::StampsByAnswer) {
            moment
        } else {
            began
        };
        let has_answer = self.held.as_ref().is_some_and(|held| held.answer.is_some());
        if self.fault == Some(Fault::FirstStays) && has_answer {
            return;
        }
        let digest = Digest::of(Kind::Sale, "1", &[Value::Int(i64::try_from(number).unwrap())]);
        let answer = Answer::new(asked, moment, digest)
            .stated(Some(stated))
            .status(Some(&version.status.to_string()));
        if self.fault == Some(Fault::FirstAnswerSettles)
            && let Some(held) = &mut self.held
            && held.news.as_ref().is_some_and(|news| news.received < asked)
        {
            held.news = None;
        }
        let Step { held, show, .. } = answered(self.held.take(), answer);
        match show {
            Show::Answer => (self.base, self.over) = (Some(number), None),
            Show::Under => self.base = Some(number),
            _ => {}
        }
        self.disagreements += u64::from(held.disagrees);
        self.held = Some(held);
    }

    fn absent(&mut self, began: Moment, now: Moment, is_pass: bool, is_whole: bool) {
        let Some(held) = self.held.take() else { return };
        if is_pass {
            let is_asked = is_whole && is_missing(&held, began);
            self.held = Some(held);
            if is_asked {
                // The service answers the one that asks by the id.
                self.ask(now.millis(), false);
            }
        } else {
            self.held = Some(not_found(held, began, now).held);
        }
    }

    /// What is settled is not older than what an event told before it was asked for.
    fn check(&self, now: i64) -> Result<(), String> {
        let Some(held) = &self.held else { return Ok(()) };
        if held.gone.is_some() && self.version_at(now).is_some_and(|version| !version.is_deleted) {
            return Err(format!("at {now} it is taken for gone"));
        }
        if !held.is_settled() || held.disagrees || held.gone.is_some() {
            return Ok(());
        }
        let shown = self.over.or(self.base);
        if self.over.is_some() {
            return Err(format!("at {now} an event is settled"));
        }
        let asked = held.answer.as_ref().map(|answer| answer.asked);
        let patience = i64::try_from(REFETCHES[REFETCHES.len() - 1].as_millis()).unwrap();
        let known = self
            .events
            .iter()
            // Later the API is believed.
            .filter(|(told, _)| now < told + patience)
            .map(|(_, number)| *number)
            .max();
        match (shown, known) {
            (Some(shown), Some(known)) if shown < known => Err(format!(
                "at {now} version {shown}, asked at {asked:?}, is settled after {known}"
            )),
            _ => Ok(()),
        }
    }
}

fn seeds(default: u64) -> u64 {
    std::env::var("EDUZZ_SEEDS").map_or(default, |seeds| seeds.parse().unwrap())
}

#[test]
fn nothing_settled_is_stale_and_the_end_is_the_services() {
    let mut disagreements = 0;
    for seed in 0..seeds(20_000) {
        let mut trial = Trial::new(seed, None);
        if let Err(found) = trial.run() {
            panic!("seed {seed}: {found}");
        }
        disagreements += trial.disagreements;
    }
    assert!(disagreements > 0, "no API was believed against an event");
}

#[test]
fn each_planted_fault_is_found() {
    for fault in [
        Fault::StampsByAnswer,
        Fault::EqualIsNewer,
        Fault::FirstStays,
        Fault::EventSettles,
        Fault::FirstAnswerSettles,
        Fault::PartialPassDeletes,
    ] {
        let found = (0..100).find(|seed| Trial::new(*seed, Some(fault)).run().is_err());
        assert!(found.is_some(), "{fault:?} is not found");
    }
}
