//! The views give the sums that a plain loop over the records gives, in both databases.

use std::collections::BTreeMap;

use eduzz_sync::mirror::Kind;

use super::dialect::Dialect;
use super::rows::{Stored, insert, rows};
use super::{Row, databases};

/// Keys of a group: the account, and the values of columns.
pub(crate) type Key = Vec<Option<String>>;

/// Sums of sales.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) sales: i64,
    pub(crate) total: Option<i64>,
    pub(crate) refunds: i64,
    pub(crate) refunded: i64,
    pub(crate) net: Option<i64>,
    pub(crate) affiliates: Option<i64>,
}

/// `column` as month: its first seven characters.
const MONTH: &str = "month:paid_on";

/// The sales that were paid, summed by hand.
pub(crate) fn summed(rows: &[Stored], keys: &[&str], is_in: impl Fn(&Stored) -> bool) -> BTreeMap<Key, Sums> {
    let mut groups = BTreeMap::<Key, Sums>::new();
    let paid = |row: &&Stored| {
        let status = row.text("status");
        let status = status.as_deref().unwrap();
        row.record.kind == Kind::Sale
            && !row.is_gone
            && ["paid", "waiting_refund", "refunded"].contains(&status)
    };
    let sales = rows.iter().filter(|row| row.record.kind == Kind::Sale);
    for sale in sales.filter(paid).filter(|row| is_in(row)) {
        let mut key = vec![Some(sale.account.to_owned())];
        key.extend(keys.iter().map(|column| match *column {
            MONTH => sale.text("paid_on").map(|day| day[..7].to_owned()),
            column => sale.text(column),
        }));
        let sums = groups.entry(key).or_default();
        let currency = sale.text("total_currency");
        let is_whole = sale.text("status").as_deref() == Some("refunded");
        sums.sales += 1;
        add(&mut sums.total, sale.int("total_e4"));
        if is_whole || sale.text("refunded_on").is_some() {
            sums.refunds += 1;
            let is_partial = sale.text("refund_type").as_deref() == Some("partial");
            let amount = if is_partial {
                "refund_partial_value"
            } else {
                "refund_value"
            };
            let refunded = match sale.text(&format!("{amount}_currency")) {
                found if found == currency => sale.int(&format!("{amount}_e4")),
                None if is_whole => sale.int("total_e4"),
                _ => None,
            };
            sums.refunded += refunded.unwrap_or(0);
        }
        if !is_whole {
            add(&mut sums.net, sale.int("net_gain_e4"));
            add(&mut sums.affiliates, sale.int("affiliates_gain_e4"));
        }
    }
    groups
}

fn add(sum: &mut Option<i64>, value: Option<i64>) {
    if let Some(value) = value {
        *sum = Some(sum.unwrap_or(0) + value);
    }
}

/// Ten-thousandths as an amount.
fn amount(e4: Option<i64>) -> Option<String> {
    e4.map(|e4| format!("{}.{:04}", e4 / 10_000, e4 % 10_000))
}

fn number(number: Option<i64>) -> Option<String> {
    number.map(|number| number.to_string())
}

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows
}

#[tokio::test]
async fn revenue_equals_a_loop_over_the_sales() {
    let rows = rows();
    let all = |_: &Stored| true;
    let by_day = summed(
        &rows,
        &["paid_on", "product_id", "total_currency", "net_gain_currency"],
        all,
    );
    let by_product = summed(&rows, &["product_id", "total_currency", "net_gain_currency"], all);
    let by_affiliate = summed(
        &rows,
        &["affiliate_id", "total_currency", "net_gain_currency"],
        |row| row.text("affiliate_id").is_some(),
    );
    let campaign = ["utm_source", "utm_medium", "utm_campaign", "tracker"];
    let mut campaign_keys = campaign.to_vec();
    campaign_keys.extend(["total_currency", "net_gain_currency"]);
    let by_campaign = summed(&rows, &campaign_keys, |row| {
        campaign.iter().any(|column| row.text(column).is_some())
    });
    for database in databases("views of revenue").await {
        insert(&database, &rows).await;
        for (view, keys, expected) in [
            (
                "eduzz_revenue_by_day",
                "day, product_id, currency, net_gain_currency",
                &by_day,
            ),
            (
                "eduzz_revenue_by_product",
                "product_id, currency, net_gain_currency",
                &by_product,
            ),
            (
                "eduzz_affiliate_revenue",
                "affiliate_id, currency, net_gain_currency",
                &by_affiliate,
            ),
            (
                "eduzz_campaign_revenue",
                "utm_source, utm_medium, utm_campaign, tracker, currency, net_gain_currency",
                &by_campaign,
            ),
        ] {
            let sql = format!(
                "select account, {keys}, sales, total_e4, total, refunds, refunded_e4, refunded, net_gain_e4, \
                 net_gain from {view}"
            );
            let expected = expected.iter().map(|(key, sums)| {
                let mut row = key.clone();
                row.extend([
                    number(Some(sums.sales)),
                    number(sums.total),
                    amount(sums.total),
                    number(Some(sums.refunds)),
                    number(Some(sums.refunded)),
                    amount(Some(sums.refunded)),
                    number(sums.net),
                    amount(sums.net),
                ]);
                row
            });
            let found = database.ask(&sql).await.1;
            assert!(found.len() > 5, "{view}");
            assert_eq!(
                sorted(found),
                sorted(expected.collect()),
                "{:?} {view}",
                database.dialect()
            );
        }
        let sql = "select account, affiliate_id, currency, net_gain_currency, affiliates_gain_e4, \
                   affiliates_gain from eduzz_affiliate_revenue where affiliates_gain_currency = net_gain_currency";
        let expected = by_affiliate.iter().map(|(key, sums)| {
            let mut row = key.clone();
            row.extend([number(sums.affiliates), amount(sums.affiliates)]);
            row
        });
        assert_eq!(
            sorted(database.ask(sql).await.1),
            sorted(expected.collect::<Vec<_>>())
        );
    }
}

#[tokio::test]
async fn the_refund_rate_is_the_share_of_the_sales_of_a_month() {
    let rows = rows();
    let groups = summed(&rows, &[MONTH, "product_id", "total_currency"], |_| true);
    let expected = groups.into_iter().map(|(mut row, sums)| {
        // Rounded half up.
        let rate = (sums.refunds * 20_000 + sums.sales) / (2 * sums.sales);
        row.extend([
            number(Some(sums.sales)),
            number(Some(sums.refunds)),
            number(Some(rate)),
            amount(Some(rate)),
            amount(sums.total),
            amount(Some(sums.refunded)),
        ]);
        row
    });
    let expected = sorted(expected.collect());
    assert!(expected.len() > 20);
    for database in databases("the view of refunds").await {
        insert(&database, &rows).await;
        let sql = "select account, month, product_id, currency, sales, refunds, rate_e4, rate, total, refunded \
                   from eduzz_refund_rate";
        let found = sorted(database.ask(sql).await.1);
        assert_eq!(found, expected, "{:?}", database.dialect());
    }
}

#[tokio::test]
async fn recurring_revenue_is_the_monthly_price_of_running_subscriptions() {
    let rows = rows();
    let mut groups = BTreeMap::<Key, [i64; 4]>::new();
    let mut prices = BTreeMap::<(Key, i64), i64>::new();
    for row in rows
        .iter()
        .filter(|row| row.record.kind == Kind::Subscription && !row.is_gone)
    {
        let status = row.text("status").unwrap();
        let is_running = ["upToDate", "awaitingPayment", "late", "trial"].contains(&&*status);
        if !is_running || row.text("is_unlimited_installments").as_deref() == Some("1") {
            continue;
        }
        let key = vec![
            Some(row.account.to_owned()),
            row.text("product_id"),
            row.text("payment_price_currency"),
        ];
        let group = groups.entry(key.clone()).or_default();
        if status == "trial" {
            group[2] += 1;
            continue;
        }
        group[0] += 1;
        group[1] += i64::from(status == "late");
        let is_month = ["month", "monthly"].contains(&&*row.text("recurrence_frequency_type").unwrap());
        match row
            .int("recurrence_frequency_value")
            .filter(|months| is_month && *months > 0)
        {
            Some(months) => *prices.entry((key, months)).or_default() += row.int("payment_price_e4").unwrap(),
            None => group[3] += 1,
        }
    }
    let expected = groups.into_iter().map(|(key, counts)| {
        let monthly = prices
            .iter()
            .filter(|((group, _), _)| *group == key)
            .map(|((_, months), price)| (2 * price + months) / (2 * months));
        let monthly = Some(monthly.sum());
        let mut row = key;
        row.extend(counts.map(|count| number(Some(count))));
        row.extend([number(monthly), amount(monthly)]);
        row
    });
    let expected = sorted(expected.collect());
    for database in databases("the view of recurring revenue").await {
        insert(&database, &rows).await;
        let sql = "select account, product_id, currency, subscriptions, late, trials, unknown_frequency, \
                   monthly_e4, monthly from eduzz_recurring_revenue";
        let found = sorted(database.ask(sql).await.1);
        assert_eq!(found, expected, "{:?}", database.dialect());
    }
}

#[tokio::test]
async fn arrears_are_late_subscriptions_with_their_open_invoices() {
    let rows = rows();
    let of = |kind| {
        rows.iter()
            .filter(move |row| row.record.kind == kind && !row.is_gone)
    };
    let mut expected = Vec::new();
    for subscription in of(Kind::Subscription) {
        let status = subscription.text("status");
        if !["late", "defaulter"].contains(&status.as_deref().unwrap()) {
            continue;
        }
        let mut owed = BTreeMap::<String, (i64, i64, String)>::new();
        for invoice in of(Kind::Invoice) {
            let is_its = invoice.account == subscription.account
                && invoice.text("subscription_id") == subscription.text("id");
            if is_its && invoice.text("status").as_deref() == Some("open") {
                let due = invoice.text("due_on").unwrap();
                let currency = invoice.text("payment_amount_currency").unwrap();
                let sum = owed.entry(currency).or_insert((0, 0, due.clone()));
                sum.0 += 1;
                sum.1 += invoice.int("payment_amount_e4").unwrap();
                sum.2 = due.min(sum.2.clone());
            }
        }
        let row = vec![
            Some(subscription.account.to_owned()),
            subscription.text("id"),
            status,
            subscription.text("client_email"),
            amount(subscription.int("payment_price_e4")),
        ];
        if owed.is_empty() {
            expected.push([row, vec![Some("0".to_owned()), None, None, None, None]].concat());
            continue;
        }
        for (currency, (count, sum, due)) in owed {
            let owed = vec![
                number(Some(count)),
                Some(due),
                Some(currency),
                number(Some(sum)),
                amount(Some(sum)),
            ];
            expected.push([row.clone(), owed].concat());
        }
    }
    let expected = sorted(expected);
    for database in databases("the view of arrears").await {
        insert(&database, &rows).await;
        let sql = "select account, subscription_id, status, client_email, price, open_invoices, oldest_due, \
                   owed_currency, owed_e4, owed from eduzz_arrears";
        let found = sorted(database.ask(sql).await.1);
        assert_eq!(found, expected, "{:?}", database.dialect());
    }
}

#[tokio::test]
async fn views_have_the_same_columns_in_both_databases() {
    let rows = rows();
    let mut answers: Vec<Vec<(Vec<String>, Vec<Row>)>> = Vec::new();
    for database in databases("columns of views").await {
        insert(&database, &rows).await;
        let mut views = Vec::new();
        for view in super::views_of(&database).await {
            let (names, rows) = database.ask(&format!("select * from {view}")).await;
            assert!(!rows.is_empty(), "{view}");
            views.push((names, sorted(rows)));
        }
        answers.push(views);
    }
    for other in &answers[1..] {
        assert_eq!(&answers[0], other);
    }
}

/// Reading a million rows with their JSON takes seconds; their index takes parts of one.
#[tokio::test]
async fn views_of_many_rows_read_an_index_and_not_the_rows() {
    for database in databases("plans of views").await {
        for (view, index) in [
            ("eduzz_revenue_by_day", "eduzz_sale_revenue"),
            ("eduzz_revenue_by_product", "eduzz_sale_revenue"),
            ("eduzz_refund_rate", "eduzz_sale_revenue"),
            ("eduzz_affiliate_revenue", "eduzz_sale_affiliate"),
            ("eduzz_campaign_revenue", "eduzz_sale_campaign"),
            ("eduzz_recurring_revenue", "eduzz_subscription_running"),
            ("eduzz_arrears", "eduzz_invoice_open"),
        ] {
            let (sql, expected) = match database.dialect() {
                Dialect::Sqlite => (
                    format!("explain query plan select * from {view}"),
                    format!("USING COVERING INDEX {index}"),
                ),
                // Tables without rows would be read whole.
                Dialect::Postgres => (
                    format!(
                        "set enable_seqscan = off; set enable_bitmapscan = off; \
                         explain (costs off) select * from {view}"
                    ),
                    format!("Index Only Scan using {index}"),
                ),
            };
            let (_, plan) = database.ask(&sql).await;
            let plan: Vec<String> = plan.into_iter().flatten().flatten().collect();
            assert!(
                plan.iter().any(|line| line.contains(&expected)),
                "{view}: {plan:#?}"
            );
        }
    }
}
