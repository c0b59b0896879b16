//! The mirror of the demonstration: the account is copied into a temporary database, which is
//! deleted; the report stays.

use std::env;
use std::path::{Path, PathBuf};

use eduzz_hyper::Account;
use eduzz_mirror::{Mirror, MirrorError, Report, State};
use eduzz_store::Sqlite;
use eduzz_store::mirror::{Sold, SoldProduct};
use eduzz_types::Date;
use serde::Serialize;

use crate::commands::mirror::copy::offline;
use crate::commands::mirror::report;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::lists::{days, values};
use crate::output::Output;

/// The days of the report. As many before them are copied too, to compare with.
const DAYS: u32 = 30;
/// How many products are printed.
const PRODUCTS: usize = 3;

/// A mirrored month.
#[derive(Serialize)]
pub(super) struct Copied {
    kinds: Vec<Kind>,
    products: Vec<Product>,
    report: String,
}

#[derive(Serialize)]
struct Kind {
    kind: &'static str,
    #[serde(skip)]
    name: &'static str,
    rows: u64,
    proven: u64,
    open: u64,
    doubtful: u64,
}

/// What a product brought.
#[derive(Serialize)]
struct Product {
    name: Option<String>,
    sales: u64,
    total: Option<String>,
}

impl Copied {
    /// Copies the account, and writes the report.
    pub(super) async fn new(lang: Lang, account: Account) -> Result<Self, Failure> {
        let folder = tempfile::tempdir();
        let folder = folder.map_err(|error| files::cannot_write(lang, &env::temp_dir(), &error))?;
        let mirror = copy(folder.path(), account, days::last(lang, 2 * DAYS)?.first()).await;
        let mirror = mirror.map_err(|error| offline(lang, &error))?;
        let month = days::last(lang, DAYS)?;
        let figures = report::figures(lang, &mirror.proof(), month.first(), month.last()).await?;
        Ok(Self {
            report: write(lang, &report::page(lang, &figures))?.display().to_string(),
            kinds: figures
                .states
                .iter()
                .map(|state| Kind::new(lang, state))
                .collect(),
            products: products(lang, &figures),
        })
    }

    /// Prints what was copied, and some of the figures.
    pub(super) fn print(&self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let kinds = self.kinds.iter().map(|kind| {
            let counts = [kind.rows, kind.proven, kind.open, kind.doubtful];
            let mut row = vec![kind.name.to_owned()];
            row.extend(counts.map(|count| count.to_string()));
            row
        });
        output.line(&format!("\n{}", lang.demo_copied()))?;
        output.table(&lang.demo_columns().map(str::to_owned), kinds)?;
        output.line(&format!("\n{}", lang.demo_products()))?;
        let products = self.products.iter().map(|product| {
            vec![
                product.name.clone().unwrap_or_default(),
                product.sales.to_string(),
                product.total.clone().unwrap_or_default(),
            ]
        });
        output.table(&[], products)?;
        output.line(&format!("\n{}", lang.demo_report(&self.report)))
    }
}

/// A mirror of what happened since a day.
async fn copy(folder: &Path, account: Account, since: &Date) -> Result<Mirror<Sqlite>, MirrorError> {
    let store = Sqlite::open(folder.join("mirror.sqlite")).await?;
    let mirror = Mirror::new(store, account, "demo");
    mirror.init(Some(since)).await?;
    mirror.run_once().await?;
    Ok(mirror)
}

/// Writes the page to the folder for temporary files, over that of the last demonstration.
fn write(lang: Lang, page: &str) -> Result<PathBuf, Failure> {
    let folder = env::temp_dir();
    let file = folder.join("eduzz-demo.html");
    if files::replace(&file, page.as_bytes()).is_ok() {
        return Ok(file);
    }
    // It is another user's.
    let other = tempfile::Builder::new()
        .prefix("eduzz-demo-")
        .suffix(".html")
        .tempfile_in(&folder)
        .and_then(|file| file.keep().map_err(|error| error.error));
    let (_, file) = other.map_err(|error| files::cannot_write(lang, &folder, &error))?;
    report::write(lang, &file, page)?;
    Ok(file)
}

/// The products that brought most.
fn products(lang: Lang, report: &Report) -> Vec<Product> {
    let mut sold: Vec<_> = report.figures.products.iter().collect();
    sold.sort_by_key(|sold| std::cmp::Reverse(sold.total_e4));
    sold.truncate(PRODUCTS);
    let product = |sold: &Sold<SoldProduct>| Product {
        name: sold.by.name.clone(),
        sales: sold.sales,
        total: report::money(sold.currency.as_deref(), sold.total_e4).map(|total| values::money(lang, total)),
    };
    sold.into_iter().map(product).collect()
}

impl Kind {
    fn new(lang: Lang, state: &State) -> Self {
        let holding = &state.holding;
        Self {
            kind: holding.kind.as_str(),
            name: lang.kind_name(holding.kind),
            rows: holding.rows,
            proven: holding.proven,
            open: holding.open,
            doubtful: holding.doubtful,
        }
    }
}
