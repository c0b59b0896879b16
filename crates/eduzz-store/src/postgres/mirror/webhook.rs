//! The subscription to webhooks that a mirror's events come by.

use eduzz_sync::Moment;
use eduzz_sync::subscription::Ailment;

use super::Result;
use super::change::query;
use crate::mirror::{WebhookWatch, sql, verdict_texts};
use crate::postgres::link::Open;
use crate::postgres::reads;

pub(super) async fn read(open: &mut Open, account: &str) -> Result<Option<WebhookWatch>> {
    let rows = query(open, sql::WEBHOOK, &[&account]).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let moments = (row.try_get(3)?, row.try_get(4)?);
    let watch = WebhookWatch::read(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, moments)?;
    Ok(Some(watch))
}

pub(super) async fn watch(open: &mut Open, account: &str, url: Option<&str>) -> Result<()> {
    match url {
        Some(url) => query(open, sql::WATCH_WEBHOOK, &[&account, &url]).await?,
        None => query(open, sql::UNWATCH_WEBHOOK, &[&account]).await?,
    };
    Ok(())
}

pub(super) async fn examined(
    open: &mut Open,
    (account, url): (&str, &str),
    found: &std::result::Result<(), Ailment>,
    now: Option<Moment>,
) -> Result<()> {
    let now = reads::now(open, now).await?.millis();
    let (verdict, names) = verdict_texts(found);
    let values = (&account, &url, &verdict, &names, &now);
    query(
        open,
        sql::WEBHOOK_EXAMINED,
        &[values.0, values.1, values.2, values.3, values.4],
    )
    .await?;
    Ok(())
}
