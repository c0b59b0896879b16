//! Tables for people: as wide as their cells, and on a terminal no wider than it.

use std::collections::BTreeSet;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::output::printable;

/// A long text is cut to this width before a whole column is left out.
const NARROW: usize = 24;
/// If no column may be left out, texts are cut to this width.
const NARROWEST: usize = 8;

/// The place of a table.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Screen {
    /// How many characters fit in a line; none if it is no terminal.
    pub(crate) width: Option<usize>,
    pub(crate) colours: bool,
}

/// A table of texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// The headings; without them each row is a name and its value.
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// The columns of numbers: aligned to the right, and never cut.
    pub(crate) numbers: BTreeSet<usize>,
    /// Other columns that are never cut.
    pub(crate) whole: BTreeSet<usize>,
    /// The columns of status words; without headings, the rows.
    pub(crate) statuses: BTreeSet<usize>,
    /// The columns that can be left out, the least important first.
    pub(crate) leaves: Vec<usize>,
}

/// A table as text, without the last line's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawn {
    pub(crate) text: String,
    /// The columns that did not fit, from left to right.
    pub(crate) hidden: BTreeSet<usize>,
}

impl Table {
    /// Writes the table for a place.
    pub(crate) fn draw(mut self, screen: Screen) -> Drawn {
        let lines = std::iter::once(&mut self.header).chain(&mut self.rows);
        for cell in lines.flatten() {
            *cell = printable(cell);
        }
        let (widths, hidden) = self.widths(screen.width);
        let mut lines = Vec::with_capacity(self.rows.len() + 1);
        if !self.header.is_empty() {
            lines.push(self.line(&self.header, &widths, |_, _| Some(Style::new().bold()), screen));
        }
        // The names of a record's fields are its headings.
        let names = self.header.is_empty();
        for (number, row) in self.rows.iter().enumerate() {
            let style = |column: usize, text: &str| match column {
                0 if names => Some(Style::new().bold()),
                _ if self.statuses.contains(if names { &number } else { &column }) => tone(text),
                _ => None,
            };
            lines.push(self.line(row, &widths, style, screen));
        }
        let text = lines.join("\n");
        Drawn { text, hidden }
    }

    /// The widths of the columns that are shown, and the columns that are not.
    fn widths(&self, room: Option<usize>) -> (Vec<(usize, usize)>, BTreeSet<usize>) {
        let mut widths: Vec<usize> = Vec::new();
        for line in std::iter::once(&self.header).chain(&self.rows) {
            widths.resize(widths.len().max(line.len()), 0);
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = cell.width().max(*width);
            }
        }
        let mut shown: Vec<(usize, usize)> = widths.into_iter().enumerate().collect();
        let mut hidden = BTreeSet::new();
        let Some(room) = room.filter(|_| !self.header.is_empty()) else {
            return (shown, hidden);
        };
        let mut leaves = self.leaves.iter();
        loop {
            if let Some(fitting) = self.cut(&shown, room, NARROW) {
                return (fitting, hidden);
            }
            let Some(column) = leaves.next() else { break };
            shown.retain(|(other, _)| other != column);
            hidden.insert(*column);
        }
        let fitting = self.cut(&shown, room, NARROWEST);
        (fitting.unwrap_or(shown), hidden)
    }

    /// Widths that fit, with texts that are cut to this width at least; none if none fit.
    fn cut(&self, shown: &[(usize, usize)], room: usize, least: usize) -> Option<Vec<(usize, usize)>> {
        let cut_to = |most: usize| {
            let cut = |(column, width): &(usize, usize)| {
                let heading = self.header.get(*column).map_or(0, |heading| heading.width());
                let is_whole = self.numbers.contains(column) || self.whole.contains(column);
                let most = if is_whole { *width } else { most.max(heading) };
                (*column, most.min(*width))
            };
            shown.iter().map(cut).collect::<Vec<_>>()
        };
        // A blank before and after each cell; the last one is not written.
        let fits = |widths: &Vec<(usize, usize)>| {
            widths.iter().map(|(_, width)| width + 2).sum::<usize>() <= room + 1
        };
        let mut most = (least..=room.max(least)).rev();
        most.find_map(|most| Some(cut_to(most)).filter(fits))
    }

    fn line(
        &self,
        cells: &[String],
        widths: &[(usize, usize)],
        style: impl Fn(usize, &str) -> Option<Style>,
        screen: Screen,
    ) -> String {
        let mut line = String::new();
        let mut blanks = 0;
        for (column, width) in widths {
            let text = cells.get(*column).map_or("", String::as_str);
            let text = shortened(text, *width);
            let rest = width.saturating_sub(text.width());
            let is_number = self.numbers.contains(column);
            blanks += 1 + if is_number { rest } else { 0 };
            if !text.is_empty() {
                line.extend(std::iter::repeat_n(' ', blanks));
                blanks = 0;
                match style(*column, &text).filter(|_| screen.colours) {
                    Some(style) => line.push_str(&format!("{style}{text}{style:#}")),
                    None => line.push_str(&text),
                }
            }
            blanks += 1 + if is_number { 0 } else { rest };
        }
        line
    }
}

/// The text if it is no wider than that, else its beginning and `…`.
fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let Some(left) = room.checked_sub(c.width().unwrap_or(0)) else {
            break;
        };
        (room, end) = (left, at + c.len_utf8());
    }
    let mut text = text.get(..end).unwrap_or_default().trim_end().to_owned();
    // Characters that join can be wider together than each by itself.
    while text.width() >= width && text.pop().is_some() {}
    text.push('…');
    text
}

/// The colour of a status: green for what went well, yellow for what waits, red for what did not go
/// well. A word that is not known has none.
fn tone(status: &str) -> Option<Style> {
    const GOOD: &str = "active approved completed done finished paid proven provado published success";
    const WAITING: &str = "claimed inmoderation open parked pending pendingdocuments processing ready recovering \
                           scheduled trial underreview waiting waitingpayment waitingrefund";
    const BAD: &str = "canceled cancelled chargeback dead deleted delayed disabled duplicated error expired failed \
                       inactive late lost overdue refunded refused rejected suspended";
    let folded = status.replace(['_', '-', ' '], "").to_lowercase();
    let has = |words: &str| words.split_whitespace().any(|word| word == folded);
    let colour = match () {
        () if has(GOOD) => AnsiColor::Green,
        () if has(WAITING) => AnsiColor::Yellow,
        () if has(BAD) => AnsiColor::Red,
        () => return None,
    };
    Some(colour.on_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::steers;

    fn table(rows: &[&str]) -> Table {
        let cells = |row: &&str| row.split('|').map(str::to_owned).collect::<Vec<_>>();
        let mut rows: Vec<_> = rows.iter().map(cells).collect();
        Table {
            header: rows.remove(0),
            rows,
            ..Table::default()
        }
    }

    fn on(width: usize) -> Screen {
        Screen {
            width: Some(width),
            colours: false,
        }
    }

    #[test]
    fn least_important_columns_go_first() {
        let mut whole = table(&["ID|NAME|TOTAL", "1|Ana|R$ 1,00", "22|Bia|R$ 10,00"]);
        whole.numbers.insert(2);
        whole.leaves = vec![1, 2];
        for (width, text, hidden) in [
            (
                100,
                " ID  NAME     TOTAL\n 1   Ana    R$ 1,00\n 22  Bia   R$ 10,00",
                &[][..],
            ),
            (
                19,
                " ID  NAME     TOTAL\n 1   Ana    R$ 1,00\n 22  Bia   R$ 10,00",
                &[],
            ),
            (18, " ID     TOTAL\n 1    R$ 1,00\n 22  R$ 10,00", &[1]),
            (13, " ID     TOTAL\n 1    R$ 1,00\n 22  R$ 10,00", &[1]),
            (12, " ID\n 1\n 22", &[1, 2]),
            (1, " ID\n 1\n 22", &[1, 2]),
        ] {
            let drawn = whole.clone().draw(on(width));
            assert_eq!(drawn.text, text, "{width}");
            assert_eq!(drawn.hidden, hidden.iter().copied().collect(), "{width}");
        }
        let drawn = whole.draw(Screen::default());
        assert!(drawn.text.contains("NAME") && drawn.hidden.is_empty());
    }

    #[test]
    fn long_text_is_cut_before_a_column_goes() {
        let long = "Curso de cerâmica para quem nunca fez, com forno".to_owned();
        let mut whole = table(&["ID|PRODUCT|NAME", &format!("1|{long}|Ana")]);
        whole.leaves = vec![2];
        let drawn = whole.clone().draw(on(40));
        assert!(
            drawn.text.contains("Curso de cerâmica para quem…   Ana"),
            "{drawn:?}"
        );
        assert_eq!(drawn.hidden, BTreeSet::new());
        let drawn = whole.clone().draw(on(30));
        assert_eq!(drawn.hidden, BTreeSet::from([2]));
        assert!(drawn.text.contains("Curso de cerâmica para q…"), "{drawn:?}");
        whole.whole.insert(1);
        assert!(whole.draw(on(30)).text.contains(&long));
    }

    #[test]
    fn status_and_headings_have_colours_if_wanted() {
        let mut whole = table(&["ID|STATUS", "1|paid", "2|waiting_payment", "3|refunded", "4|odd"]);
        whole.statuses.insert(1);
        let screen = Screen {
            width: None,
            colours: true,
        };
        let text = whole.clone().draw(screen).text;
        for (word, code) in [
            ("paid", "32"),
            ("waiting_payment", "33"),
            ("refunded", "31"),
            ("STATUS", "1"),
        ] {
            assert!(
                text.contains(&format!("\u{1b}[{code}m{word}\u{1b}[0m")),
                "{text:?}"
            );
        }
        assert!(text.ends_with(" 4   odd"), "{text:?}");
        assert!(!whole.draw(Screen::default()).text.contains('\u{1b}'));
    }

    #[test]
    fn wide_characters_take_two_places() {
        let whole = table(&["NAME|X", "日本|1", "ação|2", "👩‍👩‍👧|3"]);
        let text = whole.draw(Screen::default()).text;
        let ends: Vec<usize> = text.lines().map(unicode_width::UnicodeWidthStr::width).collect();
        assert_eq!(ends, [8, 8, 8, 8], "{text}");
    }

    /// Texts of hostile names: controls, marks of direction, wide and joined characters.
    fn hostile() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            "\u{1b}[31m",
            "\u{202e}",
            "\u{200f}",
            "\u{2066}",
            "\u{9b}2J",
            "\n",
            "\r",
            "\t",
            "\u{0}",
            "\u{7f}",
            "\u{200d}",
            "e\u{301}",
            "日本語",
            "👩‍👩‍👧",
            "\u{2028}",
            "\u{61c}",
            "a",
            " ",
            "…",
            "｡",
            "\u{feff}",
        ]);
        let text = prop::collection::vec(prop_oneof![odd.prop_map(str::to_owned), any::<String>()], 0..6);
        text.prop_map(|parts| parts.concat())
    }

    fn tables() -> impl Strategy<Value = Table> {
        (1_usize..6).prop_flat_map(|columns| {
            let line = prop::collection::vec(hostile(), columns);
            let rows = prop::collection::vec(line, 0..5);
            let some = || prop::collection::btree_set(0..columns, 0..=columns);
            (
                prop::collection::vec("[A-Z]{1,10}", columns),
                rows,
                some(),
                some(),
                Just((0..columns).rev().collect::<Vec<_>>()).prop_shuffle(),
            )
                .prop_map(|(header, rows, numbers, statuses, leaves)| Table {
                    header,
                    rows,
                    numbers,
                    statuses,
                    leaves,
                    ..Table::default()
                })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { fork: false, ..ProptestConfig::default() })]

        #[test]
        fn nothing_of_a_cell_steers_the_terminal(table in tables(), width in prop::option::of(0_usize..120)) {
            let rows = table.rows.len();
            let drawn = table.draw(Screen { width, colours: false });
            prop_assert!(drawn.text.chars().all(|c| c == '\n' || !steers(c)));
            prop_assert_eq!(drawn.text.split('\n').count(), rows + 1);
        }

        #[test]
        fn lines_are_no_wider_than_the_terminal(mut table in tables(), width in 13_usize..120) {
            // The first column stays, and a text can be cut to its heading.
            table.leaves.retain(|column| *column != 0);
            table.numbers.clear();
            let drawn = table.draw(on(width));
            for line in drawn.text.split('\n') {
                prop_assert!(line.width() <= width, "{} {line:?}", line.width());
            }
        }
    }
}
