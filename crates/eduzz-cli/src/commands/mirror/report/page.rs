//! The page: figures, plots with their tables, and the state of proof.

use eduzz_mirror::{Report, State};
use eduzz_store::mirror::{List, Window};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{Doubt, Kind, Span};
use eduzz_types::{Currency as Code, Date, Money};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rust_decimal::Decimal;

use super::cut;
use super::plot::{self, Bar, Column};
use super::sums::{Currency, Late, Section, Step, Totals, sections};
use crate::commands::mirror::copy::Place;
use crate::commands::mirror::gaps;
use crate::commands::mirror::status::standing;
use crate::lang::Lang;
use crate::lists::values;
use crate::output::printable;

const STYLE: &str = include_str!("report.css");
/// The page runs no script and asks for nothing, whatever a name holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// How wide a name in a table can be, in columns of a terminal.
const NAME: usize = 80;
/// How many windows are named that are not proven.
const GAPS: usize = 10;

/// The page of a report.
pub(crate) fn page(lang: Lang, report: &Report) -> String {
    let page = Page { lang, report };
    let sections = sections(report);
    let period = page.days(report.span);
    let compared = lang.report_compared(&page.days(report.before));
    let about = lang.report_about(&printable(&report.account), &page.moment(report.at));
    let markup = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (lang.report_title()) " · " (period) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (lang.report_title()) }
                    p.period { (period) }
                    p { bdi { (about) } }
                    p { (compared) }
                }
                main {
                    @if sections.is_empty() { p.card { (lang.report_nothing()) } }
                    @for section in &sections { (page.section(section)) }
                    (page.proof())
                }
                footer { "eduzz" }
            }
        }
    };
    markup.into_string()
}

struct Page<'r> {
    lang: Lang,
    report: &'r Report,
}

/// A table of a plot: its columns, and its rows, whose first cell names them.
struct Table {
    header: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

/// A plot with what belongs to it.
struct Figure {
    title: String,
    note: Option<String>,
    alternative: String,
    plot: Markup,
    table: Table,
}

impl Page<'_> {
    fn section(&self, section: &Section) -> Markup {
        let lang = self.lang;
        let title = match &section.currency {
            Some(currency) => lang.report_currency(&cut(currency, NAME)),
            None => lang.report_no_currency(),
        };
        html! {
            section {
                h2 { bdi { (title) } }
                (self.headline(section))
                (self.revenue(section))
                (self.products(section))
                (self.means(section))
                (self.refunds(section))
                @if has_subscriptions(section) {
                    (self.moves(section))
                    (self.arrears(section))
                }
            }
        }
    }

    fn headline(&self, section: &Section) -> Markup {
        let (lang, currency) = (self.lang, &section.currency);
        let (now, before) = (&section.now, &section.before);
        let money = |e4: i64| self.money(currency, e4);
        let net = |totals: &Totals| totals.net_e4.get(currency).copied().unwrap_or_default();
        let other_nets = now.net_e4.iter().filter(|(other, _)| *other != currency);
        let share = |totals: &Totals| {
            totals
                .rate_e4()
                .map(|rate| lang.report_of_sales(&self.percent(rate)))
        };
        let sales = |totals: &Totals| i64::try_from(totals.sales).unwrap_or(i64::MAX);
        let count = |count: i64| self.count(count.unsigned_abs());
        html! {
            dl.headline {
                (tile(&lang.report_gross(), &money(now.total_e4), &[
                    self.change(now.total_e4, before.total_e4, &money),
                ]))
                (tile(&lang.report_net(), &money(net(now)), &other_nets
                    .map(|(other, e4)| lang.report_net_more(&self.money(other, *e4)))
                    .chain([self.change(net(now), net(before), &money)])
                    .collect::<Vec<_>>()))
                (tile(&lang.report_refunds(), &money(now.refunded_e4), &share(now)
                    .into_iter()
                    .chain([lang.report_before(&match share(before) {
                        Some(share) => format!("{}, {share}", money(before.refunded_e4)),
                        None => money(before.refunded_e4),
                    })])
                    .collect::<Vec<_>>()))
                (tile(&lang.report_sales(), &self.count(now.sales), &[
                    self.change(sales(now), sales(before), &count),
                ]))
                @if has_subscriptions(section) { (self.running(section)) }
            }
        }
    }

    fn running(&self, section: &Section) -> Markup {
        let lang = self.lang;
        let (now, before) = (&section.now, &section.before);
        let running = section.running.as_ref();
        let subscriptions = running.map_or(0, |running| running.subscriptions);
        let mut active = vec![
            lang.report_moves(&self.count(now.gained), &self.count(now.lost)),
            lang.report_moves_before(&self.count(before.gained), &self.count(before.lost)),
        ];
        let mut recurring = vec![lang.report_no_history()];
        if let Some(running) = running {
            if running.late + running.trials > 0 {
                active.push(lang.report_late(&self.count(running.late), &self.count(running.trials)));
            }
            if running.unknown_frequency > 0 {
                recurring.push(lang.report_unknown_frequency(&self.count(running.unknown_frequency)));
            }
        }
        let monthly = running.map_or(0, |running| running.monthly_e4);
        html! {
            (tile(&lang.report_active(), &self.count(subscriptions), &active))
            (tile(&lang.report_recurring(), &self.money(&section.currency, monthly), &recurring))
        }
    }

    fn revenue(&self, section: &Section) -> Markup {
        let (lang, currency) = (self.lang, &section.currency);
        let step = Step::of(self.report.span);
        let title = lang.report_revenue(self.step(step));
        if section.now.total_e4 <= 0 {
            return empty(&title, &lang.report_empty());
        }
        let money = |e4: i64| self.money(currency, e4);
        let columns = self.columns(step, &section.revenue, |totals| (amount(totals.total_e4), 0.0));
        let best = section.revenue.iter().max_by_key(|(_, totals)| totals.total_e4);
        let best = best.map(|(days, totals)| (self.days(*days), money(totals.total_e4)));
        let rows = section.revenue.iter().map(|(days, totals)| {
            let net = totals.net_e4.get(currency).copied().unwrap_or_default();
            let cells = [
                self.count(totals.sales),
                money(totals.total_e4),
                money(net),
                money(totals.refunded_e4),
            ];
            (self.days(*days), cells.into())
        });
        self.figure(&Figure {
            note: Some(lang.report_revenue_note()),
            alternative: alternative(lang, &title, &money(section.now.total_e4), best),
            plot: plot::columns(&columns, &|value| self.tick(value)),
            table: Table {
                header: vec![
                    lang.report_column_days(),
                    lang.report_column_sales(),
                    lang.report_column_gross(),
                    lang.report_column_net(),
                    lang.report_column_refunded(),
                ],
                rows: rows.collect(),
            },
            title,
        })
    }

    fn products(&self, section: &Section) -> Markup {
        let lang = self.lang;
        let ranking = &section.products;
        let unnamed = lang.report_unnamed();
        let mut rows: Vec<(String, Totals)> = ranking
            .first
            .iter()
            .map(|(name, totals)| (name.clone().unwrap_or_else(|| unnamed.clone()), totals.clone()))
            .collect();
        if let Some((count, totals)) = &ranking.others {
            rows.push((lang.report_others(*count), totals.clone()));
        }
        self.ranking(
            section,
            lang.report_products(),
            lang.report_column_product(),
            &rows,
        )
    }

    fn means(&self, section: &Section) -> Markup {
        let lang = self.lang;
        let name = |means: &Option<String>| match lang.means_name(means.as_deref()) {
            "" => means.clone().unwrap_or_default(),
            name => name.to_owned(),
        };
        let rows = section.means.iter();
        let rows: Vec<_> = rows
            .map(|(means, totals)| (name(means), totals.clone()))
            .collect();
        self.ranking(section, lang.report_means(), lang.report_column_means(), &rows)
    }

    fn ranking(&self, section: &Section, title: String, column: String, rows: &[(String, Totals)]) -> Markup {
        let (lang, currency) = (self.lang, &section.currency);
        if rows.is_empty() {
            return empty(&title, &lang.report_empty());
        }
        let money = |e4: i64| self.money(currency, e4);
        let bars = rows.iter().map(|(name, totals)| Bar {
            name: name.clone(),
            value: amount(totals.total_e4),
            text: money(totals.total_e4),
        });
        let bars: Vec<_> = bars.collect();
        let best = rows.iter().max_by_key(|(_, totals)| totals.total_e4);
        let best = best.map(|(name, totals)| (cut(name, NAME), money(totals.total_e4)));
        let rows = rows.iter().map(|(name, totals)| {
            let rate = totals
                .rate_e4()
                .map_or_else(String::new, |rate| self.percent(rate));
            let cells = [self.count(totals.sales), money(totals.total_e4), rate];
            (cut(name, NAME), cells.into())
        });
        self.figure(&Figure {
            note: None,
            alternative: alternative(lang, &title, &money(section.now.total_e4), best),
            plot: plot::bars(&bars),
            table: Table {
                header: vec![
                    column,
                    lang.report_column_sales(),
                    lang.report_column_gross(),
                    lang.report_column_refunds(),
                ],
                rows: rows.collect(),
            },
            title,
        })
    }

    fn refunds(&self, section: &Section) -> Markup {
        let lang = self.lang;
        let step = Step::of_rates(self.report.span);
        let title = lang.report_rate(self.step(step));
        if section.now.refunds == 0 {
            return empty(&title, &lang.report_no_refunds());
        }
        let rate = |totals: &Totals| totals.rate_e4().unwrap_or_default();
        let percent = |totals: &Totals| {
            totals
                .rate_e4()
                .map_or_else(String::new, |rate| self.percent(rate))
        };
        #[expect(clippy::cast_precision_loss, reason = "at most 10,000")]
        let columns = self.columns(step, &section.refunds, |totals| {
            (rate(totals) as f64 / 100.0, 0.0)
        });
        let best = section.refunds.iter().max_by_key(|(_, totals)| rate(totals));
        let best = best.map(|(days, totals)| (self.days(*days), percent(totals)));
        let rows = section.refunds.iter().map(|(days, totals)| {
            let cells = [
                self.count(totals.sales),
                self.count(totals.refunds),
                percent(totals),
                self.money(&section.currency, totals.refunded_e4),
            ];
            (self.days(*days), cells.into())
        });
        self.figure(&Figure {
            note: Some(lang.report_rate_note()),
            alternative: alternative(lang, &title, &percent(&section.now), best),
            plot: plot::columns(&columns, &|value| format!("{}%", self.decimal(value))),
            table: Table {
                header: vec![
                    lang.report_column_days(),
                    lang.report_column_sales(),
                    lang.report_column_refunds(),
                    lang.report_column_rate(),
                    lang.report_column_refunded(),
                ],
                rows: rows.collect(),
            },
            title,
        })
    }

    fn moves(&self, section: &Section) -> Markup {
        let lang = self.lang;
        let step = Step::of(self.report.span);
        let title = lang.report_gained_lost(self.step(step));
        let Totals { gained, lost, .. } = section.now;
        if gained + lost == 0 {
            return empty(&title, &lang.report_empty());
        }
        #[expect(clippy::cast_precision_loss, reason = "for a drawing")]
        let columns = self.columns(step, &section.revenue, |totals| {
            (totals.gained as f64, totals.lost as f64)
        });
        let best = section.revenue.iter().max_by_key(|(_, totals)| totals.gained);
        let best = best.map(|(days, totals)| {
            let gained = self.count(totals.gained);
            (self.days(*days), format!("{gained} {}", lang.report_gained()))
        });
        let rows = section.revenue.iter().map(|(days, totals)| {
            (
                self.days(*days),
                vec![self.count(totals.gained), self.count(totals.lost)],
            )
        });
        let total = format!(
            "{} {}, {} {}",
            self.count(gained),
            lang.report_gained(),
            self.count(lost),
            lang.report_lost()
        );
        let drawn = html! {
            p.legend aria-hidden="true" {
                span.first { "■" } " " (lang.report_gained()) " "
                span.second { "■" } " " (lang.report_lost())
            }
            (plot::columns(&columns, &|value| self.tick_of_counts(value)))
        };
        self.figure(&Figure {
            note: None,
            alternative: alternative(lang, &title, &total, best),
            plot: drawn,
            table: Table {
                header: vec![
                    lang.report_column_days(),
                    lang.report_gained(),
                    lang.report_lost(),
                ],
                rows: rows.collect(),
            },
            title,
        })
    }

    fn arrears(&self, section: &Section) -> Markup {
        let lang = self.lang;
        let title = lang.report_arrears();
        let ages: Vec<(&str, &Late)> = lang.ages().into_iter().zip(&section.arrears).collect();
        let ages: Vec<_> = ages
            .into_iter()
            .filter(|(_, late)| late.subscriptions > 0)
            .collect();
        if ages.is_empty() {
            return empty(&title, &lang.report_no_arrears());
        }
        let money = |e4: i64| self.money(&section.currency, e4);
        let bars = ages.iter().map(|(age, late)| Bar {
            name: format!("{age} ({})", self.count(late.subscriptions)),
            value: amount(late.owed_e4),
            text: money(late.owed_e4),
        });
        let bars: Vec<_> = bars.collect();
        let total = ages.iter().map(|(_, late)| late.owed_e4).sum();
        let best = ages.iter().max_by_key(|(_, late)| late.owed_e4);
        let best = best.map(|(age, late)| ((*age).to_owned(), money(late.owed_e4)));
        let rows = ages.iter().map(|(age, late)| {
            let cells = [
                self.count(late.subscriptions),
                self.count(late.invoices),
                money(late.owed_e4),
            ];
            ((*age).to_owned(), cells.into())
        });
        self.figure(&Figure {
            note: Some(lang.report_arrears_note()),
            alternative: alternative(lang, &title, &money(total), best),
            plot: plot::bars(&bars),
            table: Table {
                header: vec![
                    lang.report_column_age(),
                    lang.report_column_subscriptions(),
                    lang.report_column_invoices(),
                    lang.report_column_owed(),
                ],
                rows: rows.collect(),
            },
            title,
        })
    }

    fn figure(&self, figure: &Figure) -> Markup {
        html! {
            figure.card {
                figcaption { h3 { (figure.title) } }
                @if let Some(note) = &figure.note { p.note { (note) } }
                div.plot role="img" aria-label=(figure.alternative) { (figure.plot) }
                details {
                    summary { (self.lang.report_table()) }
                    (table(&figure.table))
                }
            }
        }
    }

    /// What is proven, what is doubtful and why.
    fn proof(&self) -> Markup {
        let (lang, report) = (self.lang, self.report);
        let until = |kind: Kind| report.proven_until.iter().find(|(dated, _)| *dated == kind);
        let rows = report.states.iter().map(|state| {
            let holding = &state.holding;
            let standing = standing(lang, state);
            let until = match until(holding.kind) {
                Some((_, Some(day))) => self.day(*day),
                _ => String::from("–"),
            };
            let cells = vec![self.count(holding.rows), standing, until];
            (lang.kind_name(holding.kind).to_owned(), cells)
        });
        let table = Table {
            header: vec![
                lang.report_column_kind(),
                lang.report_column_rows(),
                lang.report_column_state(),
                lang.report_column_until(),
            ],
            rows: rows.collect(),
        };
        let shown = [Kind::Sale, Kind::Subscription].map(|kind| {
            let name = lang.kind_name(kind);
            match until(kind) {
                Some((_, Some(day))) => lang.report_proven_until(name, &self.day(*day)),
                _ => lang.report_not_proven(name),
            }
        });
        let doubts = self.doubts();
        let drifted: u64 = report.states.iter().map(|state| state.holding.drifted).sum();
        html! {
            section.proof {
                h2 { (lang.report_proof()) }
                div.card {
                    @for text in shown { p { (text) } }
                    (self::table(&table))
                    @if doubts.is_empty() {
                        p { (lang.report_no_doubts()) }
                    } @else {
                        h3 { (lang.report_doubts()) }
                        ul { @for doubt in doubts { li { bdi { (doubt) } } } }
                    }
                    @if drifted > 0 { p { (lang.report_drift(&self.count(drifted))) } }
                }
            }
        }
    }

    fn doubts(&self) -> Vec<String> {
        let (lang, report) = (self.lang, self.report);
        let mut doubts: Vec<String> = report
            .states
            .iter()
            .flat_map(|state| self.doubts_of(state))
            .collect();
        let figures = &report.figures;
        if figures.undated > 0 {
            doubts.push(lang.report_undated(&self.count(figures.undated)));
        }
        if figures.unsummed > 0 {
            doubts.push(lang.report_unsummed(&self.count(figures.unsummed)));
        }
        let gaps = report
            .gaps
            .iter()
            .take(GAPS)
            .map(|(list, window)| self.gap(list, window));
        doubts.extend(gaps);
        let more = report.gaps.len().saturating_sub(GAPS);
        if more > 0 {
            doubts.push(lang.report_more(more));
        }
        doubts
    }

    fn doubts_of(&self, state: &State) -> Vec<String> {
        let (lang, holding) = (self.lang, &state.holding);
        let kind = lang.kind_name(holding.kind);
        let counted = |count: u64, text: fn(Lang, &str, &str) -> String| {
            (count > 0).then(|| text(lang, kind, &self.count(count)))
        };
        let doubts = [
            (!state.is_filled).then(|| lang.report_unfilled(kind)),
            counted(holding.unsettled, Lang::report_waiting),
            counted(holding.disagreeing, Lang::report_disagree),
            counted(holding.unreadable, Lang::report_unreadable),
        ];
        doubts.into_iter().flatten().collect()
    }

    fn gap(&self, list: &List, window: &Window) -> String {
        let lang = self.lang;
        let what = if list.kind.is_dated() {
            self.days(window.span)
        } else {
            Place::new(list, window.span)
                .of()
                .map_or_else(|| lang.mirror_whole(), |of| cut(&of, NAME))
        };
        let why = gaps::doubt(lang, window.doubt.unwrap_or(Doubt::NotRead));
        lang.report_gap(lang.kind_name(list.kind), &what, &why)
    }

    fn columns(
        &self,
        step: Step,
        steps: &[(Span, Totals)],
        values: impl Fn(&Totals) -> (f64, f64),
    ) -> Vec<Column> {
        let column = |(days, totals): &(Span, Totals)| {
            let (up, down) = values(totals);
            let label = self.label(step, days.first);
            Column { label, up, down }
        };
        steps.iter().map(column).collect()
    }

    const fn step(&self, step: Step) -> &'static str {
        let [day, week, month, year] = self.lang.steps();
        match step {
            Step::Day => day,
            Step::Week => week,
            Step::Month => month,
            Step::Year => year,
        }
    }

    /// The change of a figure against the days before.
    fn change(&self, now: i64, before: i64, text: &dyn Fn(i64) -> String) -> String {
        let lang = self.lang;
        if before <= 0 {
            return lang.report_before(&text(before));
        }
        let difference = i128::from(now) - i128::from(before);
        let before_wide = i128::from(before);
        let thousandths = (difference.abs() * 2_000 + before_wide) / (2 * before_wide);
        let sign = match difference.signum() {
            1 => "▲",
            -1 => "▼",
            _ => "=",
        };
        let (whole, part) = (thousandths / 10, thousandths % 10);
        let whole = values::grouped(&whole.to_string(), lang.choose_text(".", ","));
        let percent = format!("{whole}{}{part}%", lang.choose_text(",", "."));
        lang.report_change(sign, &percent, &text(before))
    }

    fn money(&self, currency: &Currency, e4: i64) -> String {
        let text = match money(currency.as_deref(), e4) {
            Some(amount) => values::money(self.lang, amount),
            None => Decimal::new(e4, 4).normalize().to_string(),
        };
        printable(text.trim())
    }

    fn count(&self, count: u64) -> String {
        values::grouped(&count.to_string(), self.lang.choose_text(".", ","))
    }

    /// Ten-thousandths as `2,13%`.
    fn percent(&self, e4: u64) -> String {
        format!("{}{}{:02}%", e4 / 100, self.lang.choose_text(",", "."), e4 % 100)
    }

    /// A number at the side of a plot, with at most two places.
    fn decimal(&self, value: f64) -> String {
        let text = format!("{value:.2}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        text.replace('.', self.lang.choose_text(",", "."))
    }

    fn tick(&self, value: f64) -> String {
        let mut value = value;
        let mut magnitude = "";
        for larger in self.lang.magnitudes() {
            if value.abs() < 1_000.0 {
                break;
            }
            value /= 1_000.0;
            magnitude = larger;
        }
        format!("{}{magnitude}", self.decimal(value))
    }

    /// As [`tick`](Self::tick), of what is counted; a part has no number.
    fn tick_of_counts(&self, value: f64) -> String {
        if (value - value.round()).abs() > 1e-6 {
            return String::new();
        }
        self.tick(value.round().abs())
    }

    fn day(&self, day: i32) -> String {
        let date = Date::from_days_since_epoch(day.into());
        date.map_or_else(|_| day.to_string(), |date| values::date(self.lang, date.as_str()))
    }

    fn days(&self, days: Span) -> String {
        if days.first == days.last {
            return self.day(days.first);
        }
        self.lang
            .report_period(&self.day(days.first), &self.day(days.last))
    }

    /// A step under a plot.
    fn label(&self, step: Step, first: i32) -> String {
        let date = Date::from_days_since_epoch(first.into()).and_then(|date| date.ymd());
        let Ok((year, month, day)) = date else {
            return String::new();
        };
        match (step, self.lang) {
            (Step::Year, _) => year.to_string(),
            (Step::Month, Lang::Pt) => format!("{month:02}/{year}"),
            (Step::Month, Lang::En) => format!("{year}-{month:02}"),
            (Step::Day | Step::Week, Lang::Pt) => format!("{day:02}/{month:02}"),
            (Step::Day | Step::Week, Lang::En) => format!("{month:02}-{day:02}"),
        }
    }

    fn moment(&self, moment: Moment) -> String {
        // Written as the API writes a moment.
        let text = eduzz_sync::mirror::Value::Moment(moment).to_text();
        text.map_or_else(String::new, |text| values::date(self.lang, &text))
    }
}

fn has_subscriptions(section: &Section) -> bool {
    let moved = |totals: &Totals| totals.gained + totals.lost > 0;
    section.running.is_some()
        || moved(&section.now)
        || moved(&section.before)
        || section.arrears.iter().any(|late| late.subscriptions > 0)
}

/// Ten-thousandths of a currency; `None` if its code is not one.
pub(crate) fn money(currency: Option<&str>, e4: i64) -> Option<Money> {
    Some(Money {
        currency: Code::try_from(currency?).ok()?,
        value: Decimal::new(e4, 4),
    })
}

/// Ten-thousandths as a number to draw.
#[expect(clippy::cast_precision_loss, reason = "for a drawing")]
fn amount(e4: i64) -> f64 {
    e4.max(0) as f64 / 10_000.0
}

fn tile(title: &str, value: &str, notes: &[String]) -> Markup {
    html! {
        div {
            dt { (title) }
            dd.value { (value) }
            @for note in notes { dd { (note) } }
        }
    }
}

fn empty(title: &str, text: &str) -> Markup {
    html! {
        div.card {
            h3 { (title) }
            p { (text) }
        }
    }
}

fn table(table: &Table) -> Markup {
    html! {
        // A wide table scrolls; the keyboard must reach it.
        div.table tabindex="0" { table {
            thead { tr { @for name in &table.header { th scope="col" { (name) } } } }
            tbody {
                @for (name, cells) in &table.rows {
                    tr {
                        th scope="row" { bdi { (name) } }
                        @for cell in cells { td { (cell) } }
                    }
                }
            }
        } }
    }
}

/// The text that says what a plot shows.
fn alternative(lang: Lang, title: &str, total: &str, best: Option<(String, String)>) -> String {
    let (at, best) = best.unwrap_or_default();
    lang.report_alt(title, total, &at, &best)
}
