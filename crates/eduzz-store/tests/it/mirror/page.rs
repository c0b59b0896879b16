//! docs/mirror-tables.md lists the tables and views with all of their columns.

use std::fmt::Write as _;

use eduzz_sync::mirror::Kind;
use expect_test::expect_file;

use super::dialect::Dialect;
use super::schema::OURS;
use super::{databases, views_of, workspace};

/// The records of a table.
const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Sale => {
            "Sales, a row each: one charge, which is one instalment of a bank slip or one charge of a \
             subscription, not the whole purchase (Q36). A refund is a change of the status (Q18)."
        }
        Kind::Subscription => "Subscriptions, which the service also calls contracts.",
        Kind::Invoice => "Invoices of subscriptions.",
        Kind::Customer => "Customers with the totals of their purchases, as the service counts them.",
        Kind::Product => "Products.",
        Kind::Offer => "Offers of products. `key` is the product and the offer: `1402001/641`.",
        Kind::StatementEntry => "Entries of the statement.",
        Kind::Transfer => "Transfers to the producer's bank account.",
        Kind::Chargeback => "Sales whose payer's bank asked for the money back.",
        Kind::Affiliation => "Affiliations: each links one product and one affiliate.",
        Kind::NutrorStudent => {
            "Students at Nutror. The service lists 2,500 of them at most (Q67): with as many or more, the window \
             stays doubtful."
        }
        Kind::NutrorEnrollment => "Enrolments of students at Nutror.",
        Kind::BlinketEvent => {
            "Events at Blinket; `raw` has the tickets once the event was asked for by its id."
        }
        Kind::BlinketParticipant => "Participants of events at Blinket, a row for each ticket.",
        Kind::AlpaclassTeam => "Schools at Alpaclass.",
        Kind::AlpaclassStudent => {
            "Students of schools at Alpaclass. `key` is the school and the student: `escola-lume/qWe789`."
        }
        Kind::HeycampMember => {
            "Current members of the communities at HeyCamp that were named, because no call lists them. `key` is \
             the community and the member: `77/512`."
        }
        _ => "",
    }
}

struct View {
    name: &'static str,
    about: &'static str,
    columns: &'static [(&'static str, &'static str)],
}

/// A table of the mirror's own work.
const TABLES: &[View] = &[
    View {
        name: "eduzz_window",
        about: "Windows: the days of a list that are read in one pass and proven; of a list without days \
                the whole list, with 0 as its first and last day.",
        columns: &[
            ACCOUNT,
            ("kind", "What is in the list: `sale`, `subscription`, …"),
            (
                "parent",
                "The product of offers, the subscription of invoices, else empty.",
            ),
            ("first_day", "Its first day."),
            ("last_day", "Its last day."),
            ("hold", "The number of the last hold by a program."),
            ("held_until", "The end of that hold; null if no program reads it."),
            ("began", "When the pass that is under way began."),
            ("cursor", "Where it goes on."),
            (
                "read_at",
                "The end of the last whole pass; null before there was one.",
            ),
            ("row_count", "How many rows that pass showed."),
            ("unreadable", "How many of them could not be read."),
            (
                "doubt",
                "Why it is not proven: `not_read` to its end; `not_over` for 26 hours; `total_moved` or \
                 `rows_moved` during the pass; `total_differs` from the rows that were shown; `rows_differ` from \
                 those of the mirror; `unsettled` rows; `changed` since. Null if it is proven.",
            ),
            ("sealed_at", "When it was proven first, as it is."),
            (
                "sealed_rows",
                "The number of its rows then, moved by each later change of the mirror.",
            ),
            (
                "sealed_digest",
                "The sum of their digests, moved in the same way.",
            ),
            ("sealed_statuses", "How many had each status, as JSON."),
            ("sealed_sums", "The sums of their amounts by currency, as JSON."),
            ("agreed", "How often it agreed when it was read again."),
            ("check_at", "When it is read again."),
        ],
    },
    View {
        name: "eduzz_change",
        about: "Changes of records, numbered in the order in which they were committed, without gaps in an \
                account: a program that remembers the last number it took misses none.",
        columns: &[
            ACCOUNT,
            (
                "number",
                "The number of the change; a row's `m_change` is that of its last.",
            ),
            ("kind", "The kind of the record."),
            ("key", "The record."),
            (
                "cause",
                "`event`; `refetch` after an event; `back_fill`; `catch_up` by the date of change; `check`, \
                 which is drift: nothing else had told of it.",
            ),
            ("at", "When it was made."),
            ("old_digest", "The row's `m_digest` before; null if it was new."),
            ("new_digest", "The same after; null if it is gone."),
        ],
    },
    View {
        name: "eduzz_feed",
        about: "The number of an account's last change.",
        columns: &[ACCOUNT, ("last_number", "The number.")],
    },
    View {
        name: "eduzz_unreadable",
        about: "Rows of the API in another form than the documented one, as they came. They hold personal \
                data.",
        columns: &[
            ACCOUNT,
            ("kind", "What the list has."),
            ("parent", "As in `eduzz_window`."),
            ("hash", "SHA-256 of the row."),
            ("first_day", "The first day of its window."),
            ("seen_at", "When it came last."),
            (
                "reason",
                "The place that could not be read, and why, without values.",
            ),
            ("raw", "The JSON."),
        ],
    },
    View {
        name: "eduzz_mark",
        about: "When something was done last, such as a catch-up.",
        columns: &[
            ACCOUNT,
            (
                "name",
                "What was done; `first_day` is the first day that the mirror has.",
            ),
            ("at", "When."),
        ],
    },
    View {
        name: "eduzz_pace",
        about: "The calls that all programs on the database count together.",
        columns: &[
            (
                "lane",
                "A hash of the account's name, with the method and the route of the calls.",
            ),
            (
                "state",
                "When calls were answered and which turns are taken, as JSON.",
            ),
            ("stored_at", "When."),
        ],
    },
    View {
        name: "eduzz_cross_check",
        about: "Proven windows, compared with what else the service says of them.",
        columns: &[
            ACCOUNT,
            (
                "source",
                "What they are compared with: `sales_summary`, or `net_gains` for windows of the statement.",
            ),
            ("first_day", "The first day of the window, as in `eduzz_window`."),
            ("last_day", "The last day."),
            ("verdict", "`agree`, `disagree` or `unknown`."),
            ("sales", "How many sales were compared."),
            ("checked_at", "When."),
        ],
    },
    View {
        name: "eduzz_forgotten",
        about: "People who were forgotten, and their records, so that later readings are emptied.",
        columns: &[
            ACCOUNT,
            (
                "mark",
                "The keyed hash of an e-mail address, of a customer's number or of a record.",
            ),
            ("at", "When."),
        ],
    },
    View {
        name: "eduzz_forget_key",
        about: "The key of an account's hashes in `eduzz_forgotten`.",
        columns: &[
            ACCOUNT,
            ("key", "Random bytes. Keep them secret."),
            (
                "last_event",
                "The number of the last event whose body was looked at after that.",
            ),
        ],
    },
    View {
        name: "eduzz_webhook",
        about: "The subscription to webhooks that the events come by, if the mirror was told of one.",
        columns: &[
            ACCOUNT,
            ("url", "Where the events go. It can hold a key: keep it secret."),
            (
                "verdict",
                "What the last look at it found: `well`, `missing`, `disabled`, `status`, `events`, `several` \
                 or `refused`; null before the first look.",
            ),
            (
                "names",
                "What that names: the missing events, the status, how many there are.",
            ),
            ("since", "When it was found so first."),
            ("checked_at", "When it was looked at last."),
        ],
    },
    View {
        name: "eduzz_chosen",
        about: "The kinds that the user named; without a row, all of them.",
        columns: &[
            ACCOUNT,
            ("kind", "The kind."),
            (
                "parent",
                "A list that no call shows: a community at HeyCamp; else empty.",
            ),
        ],
    },
];

const ACCOUNT: (&str, &str) = ("account", "The account.");
const PRODUCT: (&str, &str) = ("product_id", "The product.");
const PRODUCT_NAME: (&str, &str) = (
    "product_name",
    "Its name today, or that of the latest sale if the list of products lacks it.",
);
const CURRENCY: (&str, &str) = ("currency", "The currency of `total` and `refunded`.");
const SALES: (&str, &str) = ("sales", "How many sales were paid, refunded ones included.");
const TOTAL_E4: (&str, &str) = (
    "total_e4",
    "The sum of their totals without interest, in ten-thousandths.",
);
const TOTAL: (&str, &str) = ("total", "The same as an amount.");
const REFUNDS: (&str, &str) = (
    "refunds",
    "How many of these sales were refunded, wholly or in part.",
);
const REFUNDED_E4: (&str, &str) = ("refunded_e4", "The refunded amount, in ten-thousandths.");
const REFUNDED: (&str, &str) = ("refunded", "The same as an amount.");
const NET_CURRENCY: (&str, &str) = ("net_gain_currency", "The currency of `net_gain`.");
const NET_E4: (&str, &str) = (
    "net_gain_e4",
    "The producer's proceeds of the sales whose status is not `refunded`, in ten-thousandths.",
);
const NET: (&str, &str) = ("net_gain", "The same as an amount.");

const VIEWS: &[View] = &[
    View {
        name: "eduzz_affiliate_revenue",
        about: "Revenue by affiliate.",
        columns: &[
            ACCOUNT,
            ("affiliate_id", "The affiliate."),
            (
                "affiliate_name",
                "The affiliate's name in one of the sales; personal.",
            ),
            CURRENCY,
            SALES,
            TOTAL_E4,
            TOTAL,
            REFUNDS,
            REFUNDED_E4,
            REFUNDED,
            ("affiliates_gain_currency", "The currency of `affiliates_gain`."),
            (
                "affiliates_gain_e4",
                "The commissions of all affiliates on the sales whose status is not `refunded`, in \
                 ten-thousandths.",
            ),
            ("affiliates_gain", "The same as an amount."),
            NET_CURRENCY,
            NET_E4,
            NET,
        ],
    },
    View {
        name: "eduzz_arrears",
        about: "Subscriptions with the status `late` or `defaulter`, and the sum of their open \
                invoices. A subscription with open invoices in two currencies has two rows. Open invoices that \
                are not due yet count too.",
        columns: &[
            ACCOUNT,
            ("subscription_id", "The subscription."),
            ("status", "`late` or `defaulter`."),
            ("client_name", "The payer's name; personal."),
            ("client_email", "The payer's e-mail address; personal."),
            ("product_id", "The first product."),
            ("product_title", "Its title."),
            ("payment_method", "The means of payment."),
            (
                "current_due",
                "The day in Brasília on which the current charge is due.",
            ),
            ("price_currency", "The currency of `price`."),
            ("price_e4", "The price of a charge, in ten-thousandths."),
            ("price", "The same as an amount."),
            ("open_invoices", "How many invoices have the status `open`."),
            (
                "oldest_due",
                "The first day in Brasília on which one of them is due.",
            ),
            ("owed_currency", "The currency of `owed`."),
            ("owed_e4", "The sum of these invoices, in ten-thousandths."),
            ("owed", "The same as an amount."),
        ],
    },
    View {
        name: "eduzz_campaign_revenue",
        about: "Revenue by campaign: the sales with any of these four texts. Their other UTM texts \
                and trackers are columns of `eduzz_sale`.",
        columns: &[
            ACCOUNT,
            ("utm_source", "`utm_source` of the checkout's address."),
            ("utm_medium", "`utm_medium`."),
            ("utm_campaign", "`utm_campaign`."),
            ("tracker", "The first tracker."),
            CURRENCY,
            SALES,
            TOTAL_E4,
            TOTAL,
            REFUNDS,
            REFUNDED_E4,
            REFUNDED,
            NET_CURRENCY,
            NET_E4,
            NET,
        ],
    },
    View {
        name: "eduzz_paid_sale",
        about: "The sales that were paid, a row each, as the views of revenue count them.",
        columns: &[
            ACCOUNT,
            ("sale_id", "The sale."),
            (
                "day",
                "The day of payment in Brasília; null if the service does not say it.",
            ),
            PRODUCT,
            ("status", "`paid`, `waiting_refund` or `refunded`."),
            ("payment_method", "The means of payment."),
            ("affiliate_id", "The affiliate who sold."),
            ("utm_source", "`utm_source` of the checkout's address."),
            ("utm_medium", "`utm_medium`."),
            ("utm_campaign", "`utm_campaign`."),
            ("tracker", "The first tracker."),
            ("currency", "The currency of `total_e4` and `refunded_e4`."),
            ("total_e4", "The amount without interest, in ten-thousandths."),
            ("is_refunded", "1 if it was refunded, wholly or in part, else 0."),
            (
                "refunded_e4",
                "The refunded amount: of a `partial` refund its partial value; of a refunded sale \
                 without amounts its total; null if it is in another currency.",
            ),
            NET_CURRENCY,
            (
                "net_gain_e4",
                "The producer's proceeds; null if the status is `refunded`.",
            ),
            (
                "affiliates_gain_currency",
                "The currency of `affiliates_gain_e4`.",
            ),
            (
                "affiliates_gain_e4",
                "The affiliates' commissions; null if the status is `refunded`.",
            ),
        ],
    },
    View {
        name: "eduzz_recurring_revenue",
        about: "The monthly revenue of the subscriptions that run now: status `upToDate`, \
                `awaitingPayment` or `late`. A price of several months is divided by their number; the \
                prices of a group are added first and the result is rounded to a ten-thousandth. \
                Unlimited instalments are one price and do not count. Subscriptions in their trial are \
                counted apart, without their price.",
        columns: &[
            ACCOUNT,
            ("product_id", "The first product."),
            ("product_title", "Its title."),
            ("currency", "The currency of `monthly`."),
            ("subscriptions", "How many run."),
            ("late", "How many of them have a charge overdue."),
            ("trials", "How many more are in their trial."),
            (
                "unknown_frequency",
                "How many of those that run have a frequency other than months; `monthly` lacks them.",
            ),
            ("monthly_e4", "Their price of a month, in ten-thousandths."),
            ("monthly", "The same as an amount."),
        ],
    },
    View {
        name: "eduzz_refund_rate",
        about: "The share of refunded sales, by the month of the payment, not of the refund. Chargebacks \
                are not in it.",
        columns: &[
            ACCOUNT,
            ("month", "The month of payment in Brasília, such as `2026-10`."),
            PRODUCT,
            PRODUCT_NAME,
            CURRENCY,
            SALES,
            REFUNDS,
            (
                "rate_e4",
                "`refunds` of `sales`, in ten-thousandths, rounded half up.",
            ),
            ("rate", "The same as a number: `0.0213` is 2.13 %."),
            TOTAL_E4,
            TOTAL,
            REFUNDED_E4,
            REFUNDED,
        ],
    },
    View {
        name: "eduzz_revenue_by_day",
        about: "Revenue by day of payment and product. A refund counts on the day of the payment that it \
                takes back, so that `total` of a past day does not change.",
        columns: &[
            ACCOUNT,
            (
                "day",
                "The day of payment in Brasília; null if the service does not say it.",
            ),
            PRODUCT,
            PRODUCT_NAME,
            CURRENCY,
            SALES,
            TOTAL_E4,
            TOTAL,
            REFUNDS,
            REFUNDED_E4,
            REFUNDED,
            NET_CURRENCY,
            NET_E4,
            NET,
        ],
    },
    View {
        name: "eduzz_revenue_by_product",
        about: "Revenue by product.",
        columns: &[
            ACCOUNT,
            PRODUCT,
            PRODUCT_NAME,
            ("first_day", "The first day of payment."),
            ("last_day", "The last day of payment."),
            CURRENCY,
            SALES,
            TOTAL_E4,
            TOTAL,
            REFUNDS,
            REFUNDED_E4,
            REFUNDED,
            NET_CURRENCY,
            NET_E4,
            NET,
        ],
    },
];

/// `UPDATE_EXPECT=1 cargo test -p eduzz-store --all-features mirror` writes the page.
#[test]
fn the_page_matches_the_code() {
    let mut text = "\
# The mirror's tables and views

<!-- Written by `UPDATE_EXPECT=1 cargo test -p eduzz-store --all-features mirror`; do not edit. -->

The tables of `eduzz mirror`, in SQLite and PostgreSQL. Queries that use them:
[mirror-recipes.md](mirror-recipes.md). Numbers such as Q36 are of [quirks.md](quirks.md).

* **One database, many accounts**: `account` and `key` are the primary key of every table of
  records.
* **Any other value can be null**: the service leaves out much that its documentation shows.
* **An amount** fills three columns: `total` is exact (`numeric` in PostgreSQL, its shortest text in
  SQLite), `total_e4` is the same in ten-thousandths, and `total_currency` is its currency. Add
  `total_e4`: SQLite has no exact decimals, and adds texts as floating-point numbers. It is null if
  the amount has a smaller part than a ten-thousandth, which sums then leave out. Do not add two
  currencies.
* **A date** fills three columns: `paid_at` is the moment, `paid_on` its day in Brasília (UTC−3 all
  year), and `paid_text` the service's own text. A text without a zone has no moment, and its day is
  the written one; a day that does not exist has neither (Q33). One report says that times with a
  `Z` are really Brasília's (Q33): then `paid_on` of sales before 3:00 is a day early.
* **A status** or another such word has the spelling of this page whatever the service writes
  (Q29); a word that is not known is kept as it came.
* **Yes or no**: `boolean` in PostgreSQL, 1 and 0 in SQLite.
* **Personal**: columns that tell of a person. Ids of persons are not marked.
* **The API's own JSON** is in `raw`, fields without a column included: `raw ->> 'description'`
  works in both databases.

## Columns of every table

| Column | SQLite | PostgreSQL | Meaning |
|---|---|---|---|
| `account` | text | text | The account. |
| `key` | text | text | The record's id, unique in its account and table. |
"
    .to_owned();
    for ours in OURS {
        let [sqlite, postgres] = Dialect::ALL.map(|dialect| dialect.ours(ours.kind));
        let _ = writeln!(
            text,
            "| `{}` | {sqlite} | {postgres} | {} |",
            ours.name, ours.meaning
        );
    }
    text +=
        "\nMoments in these columns are milliseconds since 1970-01-01T00:00:00Z, by the database's clock.\n";
    text += "`account`, `key`, `m_state`, `m_digest`, `m_change` and `m_seen` are never null.\n";
    for kind in Kind::ALL {
        let _ = write!(
            text,
            "\n## `{}`\n\n{}\n\n| Column | SQLite | PostgreSQL | Source | Meaning | Personal |\n\
             |---|---|---|---|---|---|\n",
            kind.table(),
            wrapped(about(*kind)),
        );
        for column in kind.columns() {
            let [sqlite, postgres] = Dialect::ALL.map(|dialect| dialect.of(column.form));
            let _ = writeln!(
                text,
                "| `{}` | {sqlite} | {postgres} | `{}` | {} | {} |",
                column.name,
                column.source,
                column.meaning,
                if column.is_personal { "yes" } else { "" },
            );
        }
    }
    text += "
# Tables of the mirror's own work

They are the same in both databases. Moments are milliseconds since 1970-01-01T00:00:00Z, days are
counted from 1970-01-01. Only the mirror writes them. `eduzz_mirror_migration` says which version
the tables have.
";
    describe(&mut text, TABLES);
    text += "
# Views

The names and columns are the same in both databases. Columns ending in `_e4` and counts are whole
numbers; the amount beside it is `numeric` in PostgreSQL and a text in SQLite, with four places in
both.

* **Rows that are not at the service any more** (`m_gone`) count nowhere. Rows that are not settled
  count as they are shown.
* **A sale was paid** if its status is `paid`, `waiting_refund` (a refund was asked for, and the
  money is still the producer's) or `refunded`. `total − refunded` is the revenue that stayed.
* **No sum mixes currencies**: each has its own, and there is a row for each.
* **An amount that is missing** is left out of its sum; a sum of none is null, but `refunded` is 0.
* **They are made for a million sales**: each reads an index that holds all that it needs.
  PostgreSQL does so only after a vacuum, which starts by itself some time after a large
  back-fill; `vacuum analyze` starts it at once.
";
    describe(&mut text, VIEWS);
    expect_file![workspace("docs/mirror-tables.md")].assert_eq(&text);
}

fn describe(text: &mut String, tables: &[View]) {
    for View { name, about, columns } in tables {
        let about = wrapped(about);
        let _ = write!(
            text,
            "\n## `{name}`\n\n{about}\n\n| Column | Meaning |\n|---|---|\n"
        );
        for (column, meaning) in *columns {
            let _ = writeln!(text, "| `{column}` | {meaning} |");
        }
    }
}

/// The text in lines of at most 100 columns.
fn wrapped(text: &str) -> String {
    let (mut lines, mut width) = (String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 100 {
            lines.push('\n');
            width = 0;
        } else if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
    }
    lines
}

#[tokio::test]
async fn the_page_lists_the_views_with_their_columns() {
    for database in databases("columns of views on the page").await {
        let listed: Vec<_> = VIEWS.iter().map(|view| view.name).collect();
        assert_eq!(views_of(&database).await, listed);
        for view in VIEWS {
            let (names, _) = database.ask(&format!("select * from {}", view.name)).await;
            let listed: Vec<_> = view.columns.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, listed, "{:?} {}", database.dialect(), view.name);
        }
    }
}

#[tokio::test]
async fn the_page_lists_every_table() {
    for database in databases("tables on the page").await {
        let sql = match database.dialect() {
            Dialect::Sqlite => "select name from sqlite_schema where type = 'table'",
            Dialect::Postgres => "select tablename from pg_tables where schemaname = 'public'",
        };
        let mut found: Vec<_> = database
            .ask(sql)
            .await
            .1
            .into_iter()
            .flatten()
            .flatten()
            .collect();
        let mut listed: Vec<_> = Kind::ALL.iter().map(|kind| kind.table()).collect();
        for table in TABLES {
            listed.push(table.name);
            let (names, _) = database
                .ask(&format!("select * from {} where 1 = 0", table.name))
                .await;
            let columns: Vec<_> = table.columns.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, columns, "{:?} {}", database.dialect(), table.name);
        }
        found.sort();
        listed.sort_unstable();
        assert_eq!(found, listed, "{:?}", database.dialect());
    }
}

#[test]
fn each_table_has_a_description() {
    for kind in Kind::ALL {
        assert!(!about(*kind).is_empty(), "{kind}");
    }
}
