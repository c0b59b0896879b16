//! `eduzz mirror report`: a page with the figures of some days, and with what is proven.

mod page;
mod plot;
mod sums;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use clap::Args;
use eduzz_mirror::{Proof, Report as Figures};
use eduzz_store::Store;
use eduzz_store::mirror::MirrorStore;
use eduzz_sync::mirror::Span;
use eduzz_types::Date;
use unicode_width::UnicodeWidthChar as _;

use super::copy::{self, Owner};
use crate::cli;
use crate::commands::database::Database;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::lists::{Day, Stretch, days};
use crate::output::{Output, printable};

pub(crate) use self::page::{money, page};

/// The days of a report without a period.
const DAYS: u32 = 30;

/// Gera um relatório em HTML: receita, reembolsos, assinaturas e o que está provado
/// | Writes a report in HTML: revenue, refunds, subscriptions, and what is proven
#[derive(Debug, Args)]
#[command(after_help = "\
Não faz chamadas. A página é um arquivo só, sem scripts e sem nada de fora: abra no navegador,
mande por e-mail, imprima. Compara o período com o anterior: meses inteiros com os meses antes
deles, outros períodos com o mesmo número de dias antes. Dias depois de hoje não entram. Moedas não
se somam: cada uma tem a sua seção. Não há nomes nem e-mails de clientes. Sai com 0 mesmo se há
dúvidas, que aparecem no fim da página; para o cron, use `eduzz mirror status`.
 | \n\
Makes no calls. The page is one file without scripts or external resources: open it in a browser,
send it by e-mail, print it. It compares the period with the one before: whole months with the
months before them, other periods with the same number of days before. Days after today are left
out. Currencies are not added: each has its own section. There are no names or e-mail addresses of
customers. It exits with 0 even if there are doubts, which are at the foot of the page; for cron,
use `eduzz mirror status`.")]
pub(crate) struct Report {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    owner: Owner,
    /// Primeiro dia, em Brasília: 2026-10-01, 01/10/2026, hoje ou ontem (sem período, os últimos 30
    /// dias)
    /// | First day, in Brasília: 2026-10-01, 01/10/2026, today or yesterday (without a period, the
    /// last 30 days)
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, conflicts_with_all = ["month", "last"])]
    since: Option<Day>,
    /// Último dia (padrão: hoje) | Last day (default: today)
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, conflicts_with_all = ["month", "last"])]
    until: Option<Day>,
    #[command(flatten)]
    stretch: Stretch,
    /// Arquivo a gravar, ou - para a saída padrão (padrão: eduzz-DIA-DIA.html, nesta pasta)
    /// | The file to write, or - for the standard output (default: eduzz-DAY-DAY.html, in this
    /// folder)
    #[arg(long, value_name = "ARQUIVO | FILE")]
    out: Option<PathBuf>,
}

impl Report {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let (first, last) = self.period(lang)?;
        let figures = on_store!(self.database.open(lang).await?, |store| read(
            lang, self.owner, store, &first, &last
        )
        .await)?;
        let page = page(lang, &figures);
        let out = self.out;
        let out = out.unwrap_or_else(|| format!("eduzz-{}-{}.html", first.as_str(), last.as_str()).into());
        if out == Path::new("-") {
            return output.bytes(page.as_bytes());
        }
        write(lang, &out, &page)?;
        if output.json {
            return output.json(&serde_json::json!({
                "file": out.display().to_string(),
                "since": first.as_str(),
                "until": last.as_str(),
            }));
        }
        output.line(&lang.report_written(&out.display().to_string()))
    }

    /// The first and the last day, which is not after today.
    fn period(&self, lang: Lang) -> Result<(Date, Date), Failure> {
        let today = days::today(lang)?;
        let days = match self.stretch.days(lang, &today)? {
            Some(days) => days,
            None if self.since.is_none() && self.until.is_none() => days::last(lang, DAYS)?,
            None => days::choose(lang, self.since.as_ref(), self.until.as_ref(), &today)?,
        };
        let (first, last) = (days.first().clone(), days.last().clone());
        // Days as texts sort as days do.
        if first.as_str() > today.as_str() {
            return Err(Failure::usage(lang.report_future()));
        }
        let last = if last.as_str() > today.as_str() {
            today
        } else {
            last
        };
        Ok((first, last))
    }
}

/// The figures of these days, of the mirror of an owner.
async fn read<S: Store + MirrorStore>(
    lang: Lang,
    owner: Owner,
    store: S,
    first: &Date,
    last: &Date,
) -> Result<Figures, Failure> {
    let account = owner.find(lang, &store).await?;
    figures(lang, &Proof::new(store, account), first, last).await
}

/// The figures of these days.
pub(crate) async fn figures<S: Store + MirrorStore>(
    lang: Lang,
    proof: &Proof<S>,
    first: &Date,
    last: &Date,
) -> Result<Figures, Failure> {
    let span = span(first, last).ok_or_else(|| Failure::usage(lang.mirror_day()))?;
    let figures = proof.report(span).await;
    figures.map_err(|error| copy::offline(lang, &error))
}

fn span(first: &Date, last: &Date) -> Option<Span> {
    let day = |date: &Date| i32::try_from(date.days_since_epoch().ok()?).ok();
    Some(Span::new(day(first)?, day(last)?))
}

/// Writes the page to a file that only its owner can read.
pub(crate) fn write(lang: Lang, path: &Path, page: &str) -> Result<(), Failure> {
    files::replace(path, page.as_bytes()).map_err(|error| files::cannot_write(lang, path, &error))
}

/// A text of the API in one line, without what could reorder it, cut to a width in columns of a
/// terminal.
fn cut(text: &str, width: usize) -> String {
    let mut kept = String::new();
    let mut used = 0;
    for (count, letter) in printable(text).chars().enumerate() {
        used += letter.width().unwrap_or_default();
        // Marks that are stacked on a letter have no width.
        if used > width || count > 2 * width {
            kept.push('…');
            return kept;
        }
        kept.push(letter);
    }
    kept
}
