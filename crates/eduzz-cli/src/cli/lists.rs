//! The commands that list what an account has.

use clap::builder::ValueParser;
use clap::{Arg, Command, value_parser};
use eduzz_types::myeduzz::{
    Affiliation, Customer, CustomerSummary, Product, Sale, SaleChargeback, SalesSummary, StatementEntry,
    Subscription, SubscriptionInvoice, Transfer,
};

use crate::cli::Help;
use crate::lists::{Fields, name};

impl Help {
    /// All of them.
    pub(super) fn lists(self) -> [Command; 7] {
        let lang = self.0;
        let (id, email) = ("ID", "EMAIL");
        [
            self.group("sales", "eduzz sales", lang.help_sales())
                .subcommands([
                    self.list_of::<Sale>("list", "eduzz sales list", lang.help_sales_list())
                        .args(self.days(lang.help_from()))
                        .arg(self.which_date(lang.help_date_sales()))
                        .args(self.sales_filters())
                        .args([
                            self.filter("buyer", email, lang.help_buyer_of()),
                            self.filter("document", &lang.placeholder_document(), lang.help_document_of()),
                            self.order(),
                        ]),
                    self.record_of::<Sale>("show", "eduzz sales show", lang.help_sales_show(), id)
                        .arg(self.positional("id", id, lang.help_id_sale()).required(true)),
                    self.record_of::<SalesSummary>(
                        "summary",
                        "eduzz sales summary",
                        lang.help_sales_summary(),
                        "",
                    )
                    .args(self.days(lang.help_from()))
                    .args(self.sales_filters()),
                    self.list_of::<SaleChargeback>(
                        "chargebacks",
                        "eduzz sales chargebacks",
                        lang.help_sales_chargebacks(),
                    )
                    .args(self.days(lang.help_from()))
                    .args([
                        self.filter("status", "STATUS", lang.help_status_of()),
                        self.filter("sale", id, lang.help_sale_of()),
                        self.filter("buyer", email, lang.help_buyer_of()),
                        self.order(),
                    ]),
                ]),
            self.group("subscriptions", "eduzz subscriptions", lang.help_subscriptions())
                .subcommands([
                    self.list_of::<Subscription>(
                        "list",
                        "eduzz subscriptions list",
                        lang.help_subscriptions_list(),
                    )
                    .args(self.days(lang.help_from()))
                    .args([self.which_date(lang.help_date_subscriptions()), self.order()]),
                    self.record_of::<Subscription>(
                        "show",
                        "eduzz subscriptions show",
                        lang.help_subscriptions_show(),
                        id,
                    )
                    .arg(
                        self.positional("id", id, lang.help_id_subscription())
                            .required(true),
                    ),
                    self.record_of::<SubscriptionInvoice>(
                        "invoices",
                        "eduzz subscriptions invoices",
                        lang.help_subscriptions_invoices(),
                        id,
                    )
                    .arg(
                        self.positional("id", id, lang.help_id_subscription())
                            .required(true),
                    ),
                ]),
            self.group("products", "eduzz products", lang.help_products())
                .subcommands([
                    self.list_of::<Product>("list", "eduzz products list", lang.help_products_list()),
                    self.record_of::<Product>("show", "eduzz products show", lang.help_products_show(), id)
                        .arg(self.positional("id", id, lang.help_id_product()).required(true)),
                ]),
            self.group("customers", "eduzz customers", lang.help_customers())
                .subcommands([
                    self.list_of::<CustomerSummary>(
                        "list",
                        "eduzz customers list",
                        lang.help_customers_list(),
                    )
                    .args(self.days(lang.help_from_any()))
                    .arg(self.filter(
                        "sort",
                        &lang.placeholder_order(),
                        lang.help_sort(),
                    )),
                    self.record_of::<Customer>(
                        "show",
                        "eduzz customers show",
                        lang.help_customers_show(),
                        email,
                    )
                    .arg(self.positional("email", email, lang.help_email()).required(true)),
                ]),
            self.list_of::<StatementEntry>("statement", "eduzz statement", lang.help_statement())
                .args(self.days(lang.help_from()))
                .args([self.filter("sale", id, lang.help_sale_of()), self.order()]),
            self.list_of::<Transfer>("transfers", "eduzz transfers", lang.help_transfers())
                .args(self.days(lang.help_from())),
            self.list_of::<Affiliation>("affiliates", "eduzz affiliates", lang.help_affiliates())
                .arg(
                    self.filter("product", id, lang.help_products_of())
                        .action(clap::ArgAction::Append),
                ),
        ]
    }

    pub(super) fn group(self, name: &'static str, path: &str, about: String) -> Command {
        self.command(name, path, about, &[self.0.placeholder_command()])
            .subcommand_required(true)
    }

    /// A command that lists pages of records.
    fn list_of<R: Fields>(self, name: &'static str, path: &str, about: String) -> Command {
        self.list_in::<R>(name, path, about, [])
    }

    /// A command that lists pages of the records of something. A cursor tells of what, so that it is not named beside one.
    pub(super) fn list_in<R: Fields>(
        self,
        name: &'static str,
        path: &str,
        about: String,
        of: impl IntoIterator<Item = Arg>,
    ) -> Command {
        let lang = self.0;
        let of: Vec<Arg> = of
            .into_iter()
            .map(|word| word.required_unless_present("resume"))
            .collect();
        let words: Vec<String> = of.iter().map(placeholder).collect();
        let count = || value_parser!(u32).range(1..).into();
        let number = lang.placeholder_number();
        let all = self.flag("all", lang.help_walk());
        let page = self.value("page", &number, count(), lang.help_page());
        let resume = self.value(
            "resume",
            &lang.placeholder_file(),
            ValueParser::string(),
            lang.help_resume(),
        );
        self.command(name, path, about, &words)
            .args(of)
            .after_help(lang.help_list_more(&columns::<R>()))
            .args([
                all,
                page.conflicts_with("all"),
                self.value("per-page", &number, count(), lang.help_per_page()),
            ])
            .args(self.form())
            .args([
                resume,
                self.flag("strict", lang.help_strict()),
                self.flag("show-body", lang.help_show_body()),
            ])
    }

    /// A command that shows records that come without pages.
    pub(super) fn record_of<R: Fields>(
        self,
        name: &'static str,
        path: &str,
        about: String,
        word: &str,
    ) -> Command {
        let lang = self.0;
        let words: Vec<String> = Some(word.to_owned())
            .filter(|word| !word.is_empty())
            .into_iter()
            .collect();
        self.command(name, path, about, &words)
            .after_help(lang.help_show_more(&columns::<R>()))
            .args(self.form())
            .arg(self.flag("show-body", lang.help_show_body()))
    }

    fn form(self) -> [Arg; 4] {
        let lang = self.0;
        [
            self.value(
                "format",
                &lang.placeholder_format(),
                ["table", "json", "jsonl", "csv"].into(),
                lang.help_format(),
            ),
            self.value(
                "out",
                &lang.placeholder_file(),
                ValueParser::string(),
                lang.help_out(),
            ),
            self.flag("bom", lang.help_bom()),
            self.flag("excel", lang.help_excel()),
        ]
    }

    pub(super) fn days(self, from: String) -> [Arg; 2] {
        let day = self.0.placeholder_day();
        [
            self.filter("from", &day, from),
            self.filter("to", &day, self.0.help_to()),
        ]
    }

    /// What both the list of the sales and their sums can be narrowed to.
    fn sales_filters(self) -> [Arg; 4] {
        let lang = self.0;
        [
            self.filter("status", "STATUS", lang.help_status_of()),
            self.filter("product", "ID", lang.help_product_of()),
            self.filter("affiliate", "ID", lang.help_affiliate_of()),
            self.filter("contract", "ID", lang.help_contract_of()),
        ]
    }

    fn which_date(self, help: String) -> Arg {
        self.filter("date", &self.0.placeholder_which_date(), help)
    }

    fn order(self) -> Arg {
        let lang = self.0;
        self.value(
            "order",
            &lang.placeholder_order(),
            ["oldest", "newest"].into(),
            lang.help_order(),
        )
    }

    pub(super) fn filter(self, name: &'static str, shown: &str, help: String) -> Arg {
        self.text_of(name, shown, help)
            .help_heading(self.0.heading_filters())
    }

    /// A text that somebody gives.
    pub(super) fn text_of(self, name: &'static str, shown: &str, help: String) -> Arg {
        self.value(name, shown, ValueParser::string(), help)
    }
}

/// What stands for a word in the usage.
fn placeholder(word: &Arg) -> String {
    let names = word.get_value_names().unwrap_or_default();
    names.first().map(ToString::to_string).unwrap_or_default()
}

/// The columns of CSV, over several lines.
fn columns<R: Fields>() -> String {
    let mut text = String::new();
    let mut line = "Columns of csv:".len();
    for field in R::CSV {
        let field = name(field);
        if line + field.len() > 90 {
            text.push_str("\n ");
            line = 1;
        }
        line += field.len() + 1;
        text.push(' ');
        text.push_str(field);
    }
    text
}
