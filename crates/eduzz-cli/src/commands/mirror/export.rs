//! `eduzz mirror export`: the records of a kind as a file.

use clap::Args;
use eduzz_store::Store;
use eduzz_store::mirror::MirrorStore;
use eduzz_sync::mirror::{Kind, Record, Value};
use eduzz_types::myeduzz::{
    Affiliation, CustomerSummary, Product, ProductOffer, Sale, SaleChargeback, StatementEntry, Subscription,
    SubscriptionInvoice, Transfer,
};
use eduzz_types::{Date, ReadError, read_json};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::copy::Owner;
use super::parquet;
use crate::cli::BadValue;
use crate::commands::database::{self, Database};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::{AnyDays, Column, ExportFormat, ExportOptions, Fields};
use crate::output::Output;

/// Exporta os registros de um tipo, no formato dos comandos de listas
/// | Exports the records of a kind, in the format of the list commands
#[derive(Debug, Args)]
#[command(after_help = "\
TIPO: sales, subscriptions, invoices, customers, products, offers, statement, transfers,
chargebacks, affiliations. CSV e JSONL têm os campos de `eduzz sales list` e dos outros comandos,
com as mesmas proteções; Parquet tem as colunas das tabelas (docs/mirror-tables.md), com tipos:
datas, decimais exatos com até 10 casas. --from e --to valem para o dia de criação; no extrato, para
o dia do crédito; num chargeback, para o dia da contestação.

Não faz chamadas. Lê página por página: um registro que muda durante a exportação sai uma vez, como
era ou como é. O que não está mais no serviço não sai.
 | \n\
KIND: sales, subscriptions, invoices, customers, products, offers, statement, transfers,
chargebacks, affiliations. CSV and JSONL have the fields of `eduzz sales list` and of the other
commands, with the same guards; Parquet has the columns of the tables (docs/mirror-tables.md),
typed: dates, exact decimals with up to 10 places. --from and --to filter by the day of creation;
for the statement, by the day of the credit; for a chargeback, by the day of the request.

Makes no calls. It reads page by page: a record that changes meanwhile is exported once, as it was
or as it is. What the service no longer has is left out.")]
pub(crate) struct Export {
    /// O que exportar: sales, customers, … | What to export: sales, customers, …
    #[arg(value_name = "TIPO | KIND", value_parser = kind)]
    kind: Kind,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    owner: Owner,
    #[command(flatten)]
    options: ExportOptions,
    #[command(flatten)]
    days: AnyDays,
}

/// The records of a kind in the order of their keys, page by page.
pub(super) struct Pages<S> {
    store: S,
    account: String,
    kind: Kind,
    /// The place of the column of the day, and the first and the last one.
    days: Option<(usize, i32, i32)>,
    after: String,
}

/// An offer, with the product that its JSON does not name.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offer {
    product_id: Box<str>,
    #[serde(flatten)]
    offer: ProductOffer,
}

impl Fields for Offer {
    const CSV: &'static str = "\
        id productId name isDefault isVisibleToAffiliates checkoutUrl defaultPrice.value \
        defaultPrice.currency";
    const TABLE: &'static [Column] = &[("id", "ID", "ID"), ("name", "NOME", "NAME")];
    const LEAVES: &'static str = "";
}

impl Export {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| self
            .export(output, store)
            .await)
    }

    async fn export<S: Store + MirrorStore>(self, output: Output, store: S) -> Result<(), Failure> {
        let Self {
            kind,
            owner,
            options,
            days,
            ..
        } = self;
        let lang = output.lang;
        let pages = Pages {
            days: self::days(lang, kind, &days)?,
            account: owner.find(lang, &store).await?,
            store,
            kind,
            after: String::new(),
        };
        if options.format(output)? == ExportFormat::Parquet {
            return parquet::write(output, options.out(), pages).await;
        }
        match kind {
            Kind::Sale => text(output, &options, pages, typed::<Sale>).await,
            Kind::Subscription => text(output, &options, pages, typed::<Subscription>).await,
            Kind::Invoice => text(output, &options, pages, invoice).await,
            Kind::Customer => text(output, &options, pages, typed::<CustomerSummary>).await,
            Kind::Product => text(output, &options, pages, typed::<Product>).await,
            Kind::Offer => text(output, &options, pages, offer).await,
            Kind::StatementEntry => text(output, &options, pages, typed::<StatementEntry>).await,
            Kind::Transfer => text(output, &options, pages, typed::<Transfer>).await,
            Kind::Chargeback => text(output, &options, pages, typed::<SaleChargeback>).await,
            Kind::Affiliation => text(output, &options, pages, typed::<Affiliation>).await,
            _ => Err(Failure::usage(lang.export_only_parquet())),
        }
    }
}

impl<S: MirrorStore> Pages<S> {
    #[cfg(feature = "parquet")]
    pub(super) const fn kind(&self) -> Kind {
        self.kind
    }

    /// The next records of these days; `None` at the end.
    pub(super) async fn next(&mut self, lang: Lang) -> Result<Option<Vec<Record>>, Failure> {
        let records = self.store.records(&self.account, self.kind, &self.after).await;
        let mut records = records.map_err(|error| database::error(lang, &error))?;
        let Some(last) = records.last() else {
            return Ok(None);
        };
        last.key.as_ref().clone_into(&mut self.after);
        if let Some((at, first, last)) = self.days {
            records.retain(|record| match record.values.get(at) {
                Some(Value::Day(day)) => (first..=last).contains(day),
                _ => false,
            });
        }
        Ok(Some(records))
    }
}

/// Writes records as the rows that the commands of lists write.
async fn text<S: MirrorStore, R: Fields + Serialize>(
    output: Output,
    options: &ExportOptions,
    mut pages: Pages<S>,
    typed: impl Fn(&Record) -> Result<R, ReadError>,
) -> Result<(), Failure> {
    let lang = output.lang;
    let mut rows = options.rows::<R>(output)?;
    let mut left_out = 0_u64;
    while let Some(records) = pages.next(lang).await? {
        for record in records {
            let is_added = typed(&record).is_ok_and(|row| rows.add(&row));
            left_out += u64::from(!is_added);
        }
        if !rows.flush()? {
            return Ok(());
        }
    }
    rows.finish()?;
    if left_out > 0 {
        output.note(&lang.export_left_out(left_out));
    }
    Ok(())
}

fn typed<R: DeserializeOwned>(record: &Record) -> Result<R, ReadError> {
    read_json(record.raw.as_bytes())
}

/// An invoice, whose subscription can be in the path of its call only.
fn invoice(record: &Record) -> Result<SubscriptionInvoice, ReadError> {
    let mut invoice: SubscriptionInvoice = typed(record)?;
    if invoice.subscription_id.is_none() {
        invoice.subscription_id = column(record, "subscription_id").map(Into::into);
    }
    Ok(invoice)
}

fn offer(record: &Record) -> Result<Offer, ReadError> {
    Ok(Offer {
        product_id: column(record, "product_id").unwrap_or_default().into(),
        offer: typed(record)?,
    })
}

fn column<'r>(record: &'r Record, name: &str) -> Option<&'r str> {
    let at = record
        .kind
        .columns()
        .iter()
        .position(|column| column.name == name)?;
    match record.values.get(at)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The column of the day of a kind, and the days that were asked for.
fn days(lang: Lang, kind: Kind, days: &AnyDays) -> Result<Option<(usize, i32, i32)>, Failure> {
    let (first, last) = days.ends::<Date>(lang)?;
    let day = |date: Option<Date>| {
        let day = date?.days_since_epoch().ok()?;
        i32::try_from(day).ok()
    };
    let (Some(first), Some(last)) = (day(first), day(last)) else {
        return Ok(None);
    };
    let columns = kind.columns();
    let at = ["created_on", "credit_on", "requested_on"]
        .iter()
        .find_map(|name| columns.iter().position(|column| column.name == *name));
    match at {
        Some(at) => Ok(Some((at, first, last))),
        None => Err(Failure::usage(lang.export_no_days())),
    }
}

/// Reads the name of a kind: as it is stored, in the plural, or that of its table.
fn kind(text: &str) -> Result<Kind, BadValue> {
    let text = text.trim();
    let found = Kind::ALL.iter().copied().find(|kind| {
        let name = kind.as_str();
        text == name
            || text.strip_suffix('s') == Some(name)
            || kind.table().strip_prefix("eduzz_") == Some(text)
    });
    found.ok_or(BadValue::Told(Lang::export_unknown_kind))
}
