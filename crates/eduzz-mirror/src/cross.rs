//! Cross-checks: what else the service says of proven windows.

use eduzz_api::myeduzz::GetSalesSummary;
use eduzz_store::Store;
use eduzz_store::mirror::{Gains, MirrorStore};
use eduzz_sync::mirror::{Kind, Source, Span, day_of, is_sum};
use eduzz_types::myeduzz::{SaleStatus, SalesSummary};

use crate::pass::days;
use crate::proof::cuts;
use crate::{Done, Mirror, MirrorError};

impl<S: Store + MirrorStore> Mirror<S> {
    /// Compares the proven windows of a kind that were read since the last time.
    pub(crate) async fn cross_check(&self, kind: Kind, done: &mut Done) -> Result<(), MirrorError> {
        for source in Source::ALL.iter().filter(|source| source.kind() == kind) {
            let spans = self.store.uncompared(&self.name, *source).await?;
            // An entry of one window can be of a sale of any other.
            let needs_all = *source != Source::SalesSummary && !spans.is_empty();
            if needs_all && !self.has_sales_and_statement().await? {
                continue;
            }
            for span in spans {
                let (sales, is_equal) = match source {
                    Source::SalesSummary => self.compare_summary(span, done).await?,
                    _ => self.compare_net_gains(span).await?,
                };
                self.store
                    .compared(&self.name, *source, span, sales, is_equal)
                    .await?;
            }
        }
        Ok(())
    }

    /// The paid sales of a window, and whether the summary of its days has their gains.
    async fn compare_summary(&self, span: Span, done: &mut Done) -> Result<(u64, Option<bool>), MirrorError> {
        let before = self.store.gains(&self.name, span).await?;
        if !before.is_whole {
            return Ok((0, None));
        }
        let call = GetSalesSummary::new(days(span)?).status(SaleStatus::Paid);
        let summary = match self.call(&call, done).await?.0 {
            Ok(summary) => summary,
            // The summary proves nothing, so it holds nothing up.
            Err(error) if error.rejection().is_some() && !error.needs_sign_in() => return Ok((0, None)),
            Err(error) => return Err(error.into()),
        };
        let after = self.store.gains(&self.name, span).await?;
        let is_equal = has_gains(&summary, &before) || has_gains(&summary, &after);
        // Sales that change meanwhile can be in one of the two only.
        let is_known = is_equal || before == after;
        Ok((after.sales, is_known.then_some(is_equal)))
    }

    /// The paid sales of a window of the statement, and whether all their entries add up to their
    /// net gains.
    async fn compare_net_gains(&self, span: Span) -> Result<(u64, Option<bool>), MirrorError> {
        let (sales, equal) = self.store.net_gains(&self.name, span).await?;
        Ok((sales, (sales > 0).then_some(sales == equal)))
    }

    /// Whether all sales and all entries of the statement are read.
    async fn has_sales_and_statement(&self) -> Result<bool, MirrorError> {
        let today = day_of(self.store.now().await?);
        for kind in [Kind::Sale, Kind::StatementEntry] {
            let windows = self.store.windows(&self.list(kind)).await?;
            let to_fill = self.proof().days_to_fill(kind, today).await?;
            if to_fill.next(&cuts(&windows)).is_some() || windows.iter().any(|window| window.rows.is_none()) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn has_gains(summary: &SalesSummary, gains: &Gains) -> bool {
    let currency = gains.currency.as_deref();
    is_sum(summary.gross_gain, gains.gross_e4, currency) && is_sum(summary.net_gain, gains.net_e4, currency)
}
