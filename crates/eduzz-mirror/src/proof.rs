//! What a mirror has, and how sure that is.

use std::collections::BTreeSet;

use eduzz_api::myeduzz::{ListSales, ListStatement};
use eduzz_store::Store;
use eduzz_store::mirror::{CrossCheck, Holding, List, MirrorStore, Window};
use eduzz_sync::mirror::{Cut, Doubt, Kind, Progress, Span, UnderWay, by_days, day_of, next_window};
use eduzz_wire::Paged as _;

use crate::MirrorError;
use crate::mirror::{DAY, FIRST_DAY, MADE};
use crate::pass::under_way;

/// How many days to come the statement is read for: credits are in it before they are due.
const DAYS_TO_COME: i32 = 45;

/// A mirror without a client: what it has, and how sure that is.
#[derive(Clone, Debug)]
pub struct Proof<S> {
    store: S,
    name: String,
}

/// What a mirror has of a kind, and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct State {
    /// Records, windows, and what is open.
    pub holding: Holding,
    /// Whether every day from the first to today has been read. A list without days has been, once
    /// it was read.
    pub is_filled: bool,
    /// Whether the service refuses a list of the kind to the token, or the lists of the records
    /// that its own belong to: the token lacks [a scope](crate::scopes), or the account the product.
    pub is_refused: bool,
    /// Whether the user asked for this kind by name (`Choice::named`).
    pub is_named: bool,
}

/// A window whose rows are not what they were, although no answer and no event changed them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flaw {
    /// The list.
    pub list: List,
    /// The window's days.
    pub span: Span,
    /// The records whose columns are not those of their JSON. None if rows were deleted.
    pub records: Vec<String>,
}

impl<S: Store + MirrorStore> Proof<S> {
    /// That of the mirror with this name.
    pub fn new(store: S, name: impl Into<String>) -> Self {
        Self {
            store,
            name: name.into(),
        }
    }

    /// The database.
    pub(crate) const fn store(&self) -> &S {
        &self.store
    }

    /// The account.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The names of the mirrors in the database, sorted; brings its tables to the present version.
    ///
    /// # Errors
    ///
    /// The database fails, or has a newer version.
    pub async fn names(store: &S) -> Result<Vec<String>, MirrorError> {
        store.prepare().await?;
        Ok(store.marked(MADE).await?)
    }

    /// What the mirror has of each kind that it copies, and how sure that is.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn state(&self) -> Result<Vec<State>, MirrorError> {
        let today = day_of(self.store.now().await?);
        let choice = self.store.choice(&self.name).await?;
        let mut holdings = self.store.holdings(&self.name).await?;
        holdings.retain(|holding| choice.has(holding.kind));
        let mut states: Vec<State> = Vec::new();
        for holding in holdings {
            let kind = holding.kind;
            let is_filled = match kind.parent_kind() {
                Some(_) => self.store.parents(&self.name, kind, 1).await?.is_empty(),
                None if kind.is_dated() => {
                    let windows = self.store.windows(&List::new(&self.name, kind)).await?;
                    let days = self.days_to_fill(kind, today).await?;
                    days.next(&cuts(&windows)).is_none()
                }
                None if kind == Kind::HeycampMember => self.has_all(&choice.communities).await?,
                None => holding.proven + holding.doubtful + holding.open > 0,
            };
            let of = |state: &State| Some(state.holding.kind) == kind.parent_kind() && state.is_refused;
            let is_refused = holding.refused > 0 || states.iter().any(of);
            states.push(State {
                holding,
                is_filled,
                is_refused,
                is_named: choice.named.contains(&kind),
            });
        }
        Ok(states)
    }

    /// Whether the members of each community were read.
    async fn has_all(&self, communities: &BTreeSet<String>) -> Result<bool, MirrorError> {
        for community in communities {
            let list = List::new(&self.name, Kind::HeycampMember).of(community);
            let windows = self.store.windows(&list).await?;
            if !windows.iter().any(|window| window.read_at.is_some()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What the comparisons of proven windows with other words of the service found. None of them
    /// makes a window doubtful: what the service sums up is not documented.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn cross_checks(&self) -> Result<Vec<CrossCheck>, MirrorError> {
        Ok(self.store.cross_checks(&self.name).await?)
    }

    /// The windows that are not proven, with the reason; those that only wait for the end of their
    /// days are not among them.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn gaps(&self) -> Result<Vec<(List, Window)>, MirrorError> {
        let mut gaps = Vec::new();
        for kind in self.store.choice(&self.name).await?.kinds() {
            for list in self.store.lists(&self.name, kind).await? {
                let windows = self.store.windows(&list).await?.into_iter();
                let doubted = windows.filter(|window| !matches!(window.doubt, None | Some(Doubt::NotOver)));
                gaps.extend(doubted.map(|window| (list.clone(), window)));
            }
        }
        Ok(gaps)
    }

    /// Examines the mirror without a call: whether the columns are those of the JSON, and the sums
    /// of each window those that were proven. A window that is not is doubted from then on, until
    /// it is read again, which mends its rows.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn examine(&self) -> Result<Vec<Flaw>, MirrorError> {
        let mut flaws = Vec::new();
        for kind in Kind::ALL {
            for list in self.store.lists(&self.name, *kind).await? {
                for window in self.store.windows(&list).await? {
                    let examined = self.store.examine(&list, window.span).await?;
                    if examined.is_as_proven == Some(false) || !examined.tampered.is_empty() {
                        self.store.doubt(&list, window.span).await?;
                        flaws.push(Flaw {
                            list: list.clone(),
                            span: window.span,
                            records: examined.tampered,
                        });
                    }
                }
            }
        }
        Ok(flaws)
    }

    /// The first day to read.
    pub(crate) async fn first_day(&self) -> Result<i32, MirrorError> {
        let first = self.store.mark(&self.name, FIRST_DAY).await?.unwrap_or_default();
        i32::try_from(first.millis().div_euclid(DAY)).map_err(|_| MirrorError::Day)
    }

    /// The days of a dated kind that are read.
    pub(crate) async fn days_to_fill(&self, kind: Kind, today: i32) -> Result<ToFill, MirrorError> {
        let since = self.first_day().await?;
        let (last, longest) = match kind {
            Kind::StatementEntry => (today + DAYS_TO_COME, ListStatement::MAX_DAYS),
            _ => (today, ListSales::MAX_DAYS),
        };
        Ok(ToFill {
            within: Span::new(since, last),
            today,
            longest: longest.unwrap_or(u32::MAX),
        })
    }
}

/// The days of a kind that are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToFill {
    within: Span,
    today: i32,
    longest: u32,
}

impl ToFill {
    /// How far the windows have come.
    pub(crate) fn progress(&self, windows: &[Window]) -> Progress {
        let passes: Vec<UnderWay> = windows.iter().filter_map(under_way).collect();
        by_days(self.within, self.today, self.longest, &cuts(windows), &passes)
    }

    /// The next window that was not cut yet.
    pub(crate) fn next(&self, cuts: &[Cut]) -> Option<Span> {
        next_window(self.within, self.today, self.longest, cuts)
    }
}

/// The windows that are cut.
pub(crate) fn cuts(windows: &[Window]) -> Vec<Cut> {
    let cut = |window: &Window| Cut::new(window.span, window.rows);
    windows.iter().map(cut).collect()
}

impl State {
    /// Whether everything is read, readable and settled, every day proven that is over for 26
    /// hours, and no list refused.
    #[must_use]
    pub const fn is_proven(&self) -> bool {
        self.holding.unsettled == 0 && self.is_sound()
    }

    /// Whether all that is missing to the proof are answers about records that an event mentioned
    /// less than ten minutes ago: in a shop that sells, some always are.
    #[must_use]
    pub const fn only_waits(&self) -> bool {
        self.holding.unsettled > 0 && self.holding.late == 0 && self.is_sound()
    }

    /// Whether everything is proven but for records that wait.
    const fn is_sound(&self) -> bool {
        let Holding {
            disagreeing,
            doubtful,
            unreadable,
            ..
        } = self.holding;
        self.is_filled && disagreeing == 0 && doubtful == 0 && unreadable == 0 && !self.is_refused
    }

    /// Whether a person should look at it: it is not proven, and does not only
    /// [wait](Self::only_waits). A refusal alone is no reason, unless the user asked for the kind
    /// by name.
    #[must_use]
    pub const fn is_doubtful(&self) -> bool {
        !self.is_proven() && !self.only_waits() && (self.is_named || !self.is_refused)
    }
}
