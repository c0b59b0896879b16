//! Plots as SVG, each for a wide and for a narrow screen: the page shows the one that fits.
//!
//! The colours are those of paper; the page's style replaces them by their values in a dark room.

use std::io;

use maud::{Markup, PreEscaped, html};
use plotters::prelude::{
    ChartBuilder, DrawingAreaErrorKind, IntoDrawingArea as _, PathElement, RGBColor, Rectangle, SVGBackend,
    Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, IntoFont as _, TextStyle};

use super::cut;

/// The library has whole pixels only; drawn larger, they are parts of one.
const FINE: u32 = 4;
const FONT: &str = "sans-serif";
/// The library divides sizes by 1.24.
const LETTER: u32 = 15;
const BAR_HEIGHT: u32 = 40;

const FIRST: RGBColor = RGBColor(0x0b, 0x6b, 0x53);
const SECOND: RGBColor = RGBColor(0xa8, 0x4a, 0x1c);
const INK: RGBColor = RGBColor(0x14, 0x21, 0x1c);
const AXIS: RGBColor = RGBColor(0x7c, 0x8b, 0x84);
const GRID: RGBColor = RGBColor(0xd5, 0xdf, 0xda);

/// A bar of time: what goes up, and what goes down.
pub(super) struct Column {
    pub(super) label: String,
    pub(super) up: f64,
    pub(super) down: f64,
}

/// A bar of a ranking.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) text: String,
}

type Drawn = Result<(), DrawingAreaErrorKind<io::Error>>;

/// The size of a drawing, and the room of the numbers at its side.
struct Size {
    width: u32,
    height: u32,
    /// How wide a name can be beside its amount, in columns of a terminal.
    name: usize,
    class: &'static str,
}

const WIDE: Size = Size {
    width: 760,
    height: 250,
    name: 70,
    class: "wide",
};
const NARROW: Size = Size {
    width: 340,
    height: 220,
    name: 26,
    class: "narrow",
};

/// Bars over time; `tick` writes a number at their side.
pub(super) fn columns(columns: &[Column], tick: &dyn Fn(f64) -> String) -> Markup {
    both(|size, svg| draw_columns(columns, tick, size, svg))
}

/// Bars with a name above each.
pub(super) fn bars(bars: &[Bar]) -> Markup {
    both(|size, svg| draw_bars(bars, size, svg))
}

fn both(draw: impl Fn(&Size, &mut String) -> Drawn) -> Markup {
    html! {
        @for size in [&WIDE, &NARROW] {
            div class=(size.class) { (drawn(size, &draw)) }
        }
    }
}

fn drawn(size: &Size, draw: impl Fn(&Size, &mut String) -> Drawn) -> Markup {
    let mut svg = String::new();
    // Drawing to a text does not fail.
    let _ = draw(size, &mut svg);
    PreEscaped(svg)
}

fn style(horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
    let style: TextStyle<'static> = (FONT, LETTER * FINE).into_font().color(&INK);
    style.pos(Pos::new(horizontal, vertical))
}

fn draw_columns(columns: &[Column], tick: &dyn Fn(f64) -> String, size: &Size, svg: &mut String) -> Drawn {
    let root = SVGBackend::with_string(svg, (size.width * FINE, size.height * FINE)).into_drawing_area();
    let highest = |value: fn(&Column) -> f64| columns.iter().map(value).fold(0.0, f64::max);
    let (top, bottom) = (highest(|column| column.up), highest(|column| column.down));
    let whole = if top + bottom > 0.0 { top + bottom } else { 1.0 };
    let room = |value: f64| if value > 0.0 { value + whole * 0.06 } else { 0.0 };
    let (low, high) = (-room(bottom), room(top).max(whole * 0.06));
    let count = u32::try_from(columns.len()).unwrap_or(u32::MAX);
    let mut chart = ChartBuilder::on(&root)
        .margin_top(8 * FINE)
        .margin_right(8 * FINE)
        .margin_bottom(24 * FINE)
        .y_label_area_size(58 * FINE)
        .build_cartesian_2d(0.0..f64::from(count.max(1)), low..high)?;
    let lines = if size.class == WIDE.class { 5 } else { 4 };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .y_labels(lines)
        .max_light_lines(0)
        .y_label_formatter(&|value| tick(*value))
        .y_label_style(style(HPos::Right, VPos::Center))
        .bold_line_style(GRID.stroke_width(FINE))
        .axis_style(GRID.stroke_width(0))
        .draw()?;
    // A bar is at most as wide as an eighth of the plot.
    let half = (f64::from(count) / 16.0).min(0.36);
    let bars = (0..count).zip(columns).flat_map(|(at, column)| {
        let middle = f64::from(at) + 0.5;
        let (left, right) = (middle - half, middle + half);
        let up = Rectangle::new([(left, 0.0), (right, column.up)], FIRST.filled());
        let down = Rectangle::new([(left, 0.0), (right, -column.down)], SECOND.filled());
        let shown = [(column.up, up), (column.down, down)];
        shown
            .into_iter()
            .filter(|(value, _)| *value > 0.0)
            .map(|(_, bar)| bar)
    });
    chart.draw_series(bars)?;
    let ground = [(0.0, 0.0), (f64::from(count), 0.0)];
    chart.draw_series([PathElement::new(ground, AXIS.stroke_width(FINE))])?;
    // A label needs some fifty pixels.
    let every = count.div_ceil((size.width - 70) / 52).max(1);
    for (at, column) in (0..count).zip(columns) {
        if at % every == 0 {
            let (x, y) = chart.backend_coord(&(f64::from(at) + 0.5, low));
            let place = (x, y + i32::try_from(6 * FINE).unwrap_or_default());
            root.draw(&Text::new(
                column.label.clone(),
                place,
                style(HPos::Center, VPos::Top),
            ))?;
        }
    }
    root.present()
}

fn draw_bars(bars: &[Bar], size: &Size, svg: &mut String) -> Drawn {
    let count = u32::try_from(bars.len()).unwrap_or(u32::MAX);
    let (width, height) = (size.width * FINE, (BAR_HEIGHT * count).max(1) * FINE);
    let root = SVGBackend::with_string(svg, (width, height)).into_drawing_area();
    let highest = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let pixels = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    let (right, step) = (pixels(width), pixels(BAR_HEIGHT * FINE));
    let fine = pixels(FINE);
    for (at, bar) in (0..).zip(bars) {
        let y = at * step;
        let part = if highest > 0.0 {
            (bar.value / highest).clamp(0.0, 1.0)
        } else {
            0.0
        };
        #[expect(clippy::cast_possible_truncation, reason = "a part of the width")]
        let length = (part * f64::from(width)).round() as i32;
        let names = style(HPos::Left, VPos::Top);
        root.draw(&Text::new(cut(&bar.name, size.name), (0, y + 3 * fine), names))?;
        let values = style(HPos::Right, VPos::Top);
        root.draw(&Text::new(bar.text.clone(), (right, y + 3 * fine), values))?;
        let place = [(0, y + 22 * fine), (right, y + 32 * fine)];
        root.draw(&Rectangle::new(place, GRID.filled()))?;
        let place = [(0, y + 22 * fine), (length, y + 32 * fine)];
        root.draw(&Rectangle::new(place, FIRST.filled()))?;
    }
    root.present()
}
