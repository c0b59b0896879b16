//! The subscription to webhooks that a mirror's events come by.

use eduzz_sync::Moment;
use eduzz_sync::subscription::Ailment;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::Result;
use crate::mirror::{WebhookWatch, sql, verdict_texts};

pub(super) fn read(connection: &Connection, account: &str) -> Result<Option<WebhookWatch>> {
    let row = connection
        .prepare_cached(sql::WEBHOOK)?
        .query_row([account], |row| {
            let verdict: Option<String> = row.get(1)?;
            let names: String = row.get(2)?;
            Ok((row.get(0)?, verdict, names, (row.get(3)?, row.get(4)?)))
        })
        .optional()?;
    row.map(|(url, verdict, names, moments)| WebhookWatch::read(url, verdict.as_deref(), &names, moments))
        .transpose()
}

pub(super) fn watch(connection: &Connection, account: &str, url: Option<&str>) -> Result<()> {
    match url {
        Some(url) => connection
            .prepare_cached(sql::WATCH_WEBHOOK)?
            .execute([account, url])?,
        None => connection
            .prepare_cached(sql::UNWATCH_WEBHOOK)?
            .execute([account])?,
    };
    Ok(())
}

pub(super) fn examined(
    connection: &Connection,
    (account, url): (&str, &str),
    found: &std::result::Result<(), Ailment>,
    now: Moment,
) -> Result<()> {
    let (verdict, names) = verdict_texts(found);
    let values = params![account, url, verdict, names, now.millis()];
    connection
        .prepare_cached(sql::WEBHOOK_EXAMINED)?
        .execute(values)?;
    Ok(())
}
