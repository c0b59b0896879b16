//! Lists all sales of some days into a file, and continues where it was killed.
//!
//! `EDUZZ_TOKEN=… cargo run -p blocking-job -- sales.jsonl 2026-01-01 2026-12-31`

#![allow(clippy::print_stdout, reason = "an example")]

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, Read as _, Write as _};

use eduzz::api::ListSales;
use eduzz::blocking::Client;
use eduzz::types::Sale;
use eduzz::{AccessToken, Cursor, Date, Days, Grant, Origins, Row, Sweep};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut next = || arguments.next().ok_or("blocking-job FILE FIRST_DAY LAST_DAY");
    let (path, first, last): (_, Date, Date) = (next()?, next()?.parse()?, next()?.parse()?);
    let mut client = Client::builder();
    if let Ok(url) = env::var("EDUZZ_SANDBOX") {
        client = client.origins(Origins::sandbox(&url)?);
    }
    let token = AccessToken::new(env::var("EDUZZ_TOKEN")?);
    let account = client.build()?.signed_in(Grant::personal(token));

    // A line has the sales of a page and the cursor after them. A kill can cut the last one.
    let mut file = File::options().read(true).append(true).create(true).open(path)?;
    let mut lines = Vec::new();
    file.read_to_end(&mut lines)?;
    lines.truncate(
        lines
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1),
    );
    file.set_len(lines.len().try_into()?)?;

    let mut sweep = Sweep::new(ListSales::new(Days::new(first, last)?).items_per_page(100));
    if let Some(line) = lines.lines().last().transpose()? {
        let (_, cursor): (Vec<Sale>, Cursor) = serde_json::from_str(&line)?;
        sweep = sweep.resume(cursor)?;
    }
    for batch in account.sweep(sweep).batches() {
        let batch = batch?;
        let sales: Result<Vec<Sale>, _> = batch.rows.into_iter().map(Row::into_result).collect();
        writeln!(file, "{}", serde_json::to_string(&(sales?, batch.cursor))?)?;
        println!("stored a page");
    }
    Ok(())
}
