//! The mirror of a command, and its errors.

use clap::Args;
use eduzz_mirror::{Done, Mirror, MirrorError, Proof};
use eduzz_store::Store;
use eduzz_store::mirror::{List, MirrorStore};
use eduzz_sync::mirror::Span;
use eduzz_types::Date;
use serde::Serialize;

use crate::client::Api;
use crate::commands::database;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::{BodyOption, values};
use crate::output::Output;

// The account of a command that makes no call.
#[derive(Debug, Args)]
pub(super) struct Owner {
    /// A conta, se o banco de dados tem espelhos de várias (`eduzz me` mostra o id)
    /// | The account, if the database has mirrors of several (`eduzz me` shows the id)
    #[arg(long, value_name = "ID")]
    account: Option<String>,
}

/// A mirror of the token's account.
pub(super) async fn signed_in<S: Store + MirrorStore>(
    output: Output,
    store: S,
) -> Result<(Api, Mirror<S>), Failure> {
    let api = Api::new(output, BodyOption::new(false, false))?;
    let id = api.account_id().await?;
    let mirror = Mirror::new(store, api.account().clone(), id.as_str());
    Ok((api, mirror))
}

/// As [`signed_in`], of an account whose mirror was made.
pub(super) async fn made<S: Store + MirrorStore>(
    output: Output,
    store: S,
) -> Result<(Api, Mirror<S>), Failure> {
    let lang = output.lang;
    let (api, mirror) = signed_in(output, store).await?;
    match mirror.is_made().await {
        Ok(true) => Ok((api, mirror)),
        Ok(false) => {
            let others = Proof::names(mirror.store()).await;
            let others = others.map_err(|error| offline(lang, &error))?;
            Err(Failure::usage(if others.is_empty() {
                lang.mirror_not_made()
            } else {
                lang.mirror_of_others()
            }))
        }
        Err(error) => Err(failure(&api, &error)),
    }
}

impl Owner {
    /// The account whose mirror is in the database.
    pub(super) async fn find<S: Store + MirrorStore>(self, lang: Lang, store: &S) -> Result<String, Failure> {
        let made = Proof::names(store).await;
        let mut made = made.map_err(|error| offline(lang, &error))?;
        match self.account {
            Some(account) if made.contains(&account) => Ok(account),
            Some(_) => Err(Failure::usage(lang.mirror_not_made())),
            None if made.len() > 1 => Err(Failure::usage(lang.mirror_which(&made.join(", ")))),
            None => made.pop().ok_or_else(|| Failure::usage(lang.mirror_not_made())),
        }
    }
}

/// The error of a mirror with a token.
pub(super) fn failure(api: &Api, error: &MirrorError) -> Failure {
    match error {
        MirrorError::Call(error) => api.failed(&[], error),
        error => offline(api.lang(), error),
    }
}

/// The error of a mirror without a token.
pub(crate) fn offline(lang: Lang, error: &MirrorError) -> Failure {
    match error {
        MirrorError::Store(error) => database::error(lang, error),
        _ => Failure::usage(lang.mirror_day()),
    }
}

/// A window, as it is printed.
#[derive(Serialize)]
pub(super) struct Place {
    kind: &'static str,
    of: Option<String>,
    first: Option<String>,
    last: Option<String>,
}

impl Place {
    pub(super) fn new(list: &List, span: Span) -> Self {
        let day = |day: i32| {
            let day = Date::from_days_since_epoch(day.into()).ok();
            day.filter(|_| list.kind.is_dated())
                .map(|day| day.as_str().to_owned())
        };
        Self {
            kind: list.kind.as_str(),
            of: (!list.parent.is_empty()).then(|| list.parent.clone()),
            first: day(span.first),
            last: day(span.last),
        }
    }

    /// The product or subscription whose list it is in.
    pub(super) fn of(self) -> Option<String> {
        self.of
    }

    /// The row of a table, with what is said of the window.
    pub(super) fn row(self, lang: Lang, what: String) -> Vec<String> {
        let days = match (self.first, self.last) {
            (Some(first), Some(last)) => {
                format!("{} – {}", values::date(lang, &first), values::date(lang, &last))
            }
            _ => self.of.unwrap_or_else(|| lang.mirror_whole()),
        };
        vec![self.kind.to_owned(), days, what]
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DoneRecord {
    calls: u64,
    new: u64,
    changed: u64,
    windows: u64,
    drifted: u64,
    refused: u64,
}

/// What a run did, in one line.
pub(super) fn write(output: Output, done: &Done) -> Result<(), Failure> {
    if output.json {
        return output.json(&DoneRecord {
            calls: done.calls,
            new: done.new,
            changed: done.changed,
            windows: done.windows,
            drifted: done.drifted,
            refused: done.refused,
        });
    }
    let lang = output.lang;
    output.line(&lang.mirror_done(done.new, done.changed, done.windows, done.calls))?;
    if done.drifted > 0 {
        output.line(&lang.mirror_drifted(done.drifted))?;
    }
    if done.refused > 0 {
        output.line(&lang.mirror_refused_lists(done.refused))?;
    }
    Ok(())
}
