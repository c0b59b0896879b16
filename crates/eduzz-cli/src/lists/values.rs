//! The values of a record: formatted for a person, and exact.

use eduzz_types::{Date, DateTime, ExactNumber, Money, Timestamp};
use serde_json::Value;

use crate::lang::Lang;

/// Brasília is three hours behind UTC.
const BEHIND_UTC: i64 = 3 * 3600;

/// The values of a field, one for each element of the lists on its path; of `a|b` those of `a`, if
/// there are any.
pub(super) fn at<'v>(record: &'v Value, field: &str) -> Vec<&'v Value> {
    let mut found = Vec::new();
    for place in field.split('|') {
        if found.is_empty() {
            gather(record, place.split('.'), &mut found);
        }
    }
    found
}

fn gather<'v>(value: &'v Value, mut place: std::str::Split<'_, char>, found: &mut Vec<&'v Value>) {
    match value {
        Value::Null => {}
        Value::Array(elements) => {
            for element in elements {
                gather(element, place.clone(), found);
            }
        }
        value => match place.next() {
            None => found.push(value),
            Some(name) => {
                if let Some(inner) = value.get(name) {
                    gather(inner, place, found);
                }
            }
        },
    }
}

/// The name of a field, without its alternative.
pub(super) fn name(field: &str) -> &str {
    field.split('|').next().unwrap_or(field)
}

/// A field for a person.
pub(super) fn shown(lang: Lang, record: &Value, field: &str) -> String {
    let texts: Vec<String> = at(record, field)
        .into_iter()
        .map(|value| one(lang, name(field), value))
        .collect();
    texts.join(", ")
}

/// One value for a person.
pub(crate) fn one(lang: Lang, field: &str, value: &Value) -> String {
    match value {
        Value::String(text) if is_date(field) => date(lang, text),
        Value::String(text) => text.clone(),
        Value::Bool(true) => lang.yes(),
        Value::Bool(false) => lang.no(),
        Value::Number(_) => number(lang, &exact(value)),
        Value::Object(_) => as_money(value).map_or_else(String::new, |amount| money(lang, amount)),
        Value::Null | Value::Array(_) => String::new(),
    }
}

/// An amount, where the value is one.
fn as_money(value: &Value) -> Option<Money> {
    let fields = value.as_object()?;
    let is_money = fields.len() == 2 && fields.contains_key("currency") && fields.contains_key("value");
    is_money.then(|| serde_json::from_value(value.clone()).ok())?
}

/// Whether a field holds a status.
pub(super) fn is_status(field: &str) -> bool {
    name(field).rsplit('.').next() == Some("status")
}

/// Whether a field holds an id, which is never cut.
pub(super) fn is_id(field: &str) -> bool {
    let name = name(field);
    name.rsplit('.').next() == Some("id") || name.ends_with("Id") || name.ends_with("Key")
}

/// Whether a field holds a moment or a day: all dates of the service are called `…At` or `…Date`.
pub(super) fn is_date(field: &str) -> bool {
    field.ends_with("At") || field.ends_with("Date")
}

/// Whether the value is an amount or a number.
pub(super) fn is_number(value: &Value) -> bool {
    value.is_number() || as_money(value).is_some()
}

/// The digits of a number, with a point and without an exponent; the text of another value.
pub(super) fn exact(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Number(number) => match serde_json::from_value::<ExactNumber>(value.clone()) {
            Ok(ExactNumber(value)) => value.normalize().to_string(),
            Err(_) => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// `R$ 1.234,56`; in English `BRL 1,234.56`, which cannot be taken for dollars.
pub(crate) fn money(lang: Lang, amount: Money) -> String {
    if lang == Lang::Pt {
        return amount.pt_br().to_string();
    }
    let Money { currency, value } = amount;
    let sign = if value.is_sign_negative() && !value.is_zero() {
        "-"
    } else {
        ""
    };
    let digits = value.normalize().abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    format!("{sign}{currency} {}.{fraction:0<2}", grouped(whole, ","))
}

/// Digits in groups of three.
pub(crate) fn grouped(digits: &str, separator: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

fn number(lang: Lang, digits: &str) -> String {
    digits.replace('.', lang.choose_text(",", "."))
}

/// `31/12/2026 14:05` in Brasília for a moment, `31/12/2026` for a day; in English `2026-12-31
/// 14:05`. A moment without a zone, and an invalid date, stay as they came.
pub(crate) fn date(lang: Lang, text: &str) -> String {
    match in_brasilia(text) {
        Some((ymd, None)) => day(lang, ymd),
        Some((ymd, Some(second))) => {
            let day = day(lang, ymd);
            format!("{day} {:02}:{:02}", second / 3600, second / 60 % 60)
        }
        None => text.to_owned(),
    }
}

/// Year, month and day of a day, or of a moment with the second of its day in Brasília.
pub(super) fn in_brasilia(text: &str) -> Option<((u16, u8, u8), Option<i64>)> {
    if let Ok(ymd) = Date::from_text(text).ymd() {
        return Some((ymd, None));
    }
    let moment = DateTime::from_text(text).timestamp().ok()?;
    let ymd = Date::in_brasilia(moment).ok()?.ymd().ok()?;
    Some((ymd, Some(second_in_brasilia(moment))))
}

fn day(lang: Lang, (year, month, day): (u16, u8, u8)) -> String {
    match lang {
        Lang::Pt => format!("{day:02}/{month:02}/{year:04}"),
        Lang::En => format!("{year:04}-{month:02}-{day:02}"),
    }
}

fn second_in_brasilia(moment: Timestamp) -> i64 {
    moment.unix().saturating_sub(BEHIND_UTC).rem_euclid(86_400)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn money_is_formatted_by_language() {
        for (value, pt, en) in [
            (json!(0), "R$ 0,00", "BRL 0.00"),
            (json!(301.5), "R$ 301,50", "BRL 301.50"),
            (json!(-1234.56), "-R$ 1.234,56", "-BRL 1,234.56"),
            (json!(1234567), "R$ 1.234.567,00", "BRL 1,234,567.00"),
            (json!("0.125"), "R$ 0,125", "BRL 0.125"),
            (
                json!(9_007_199_254_740_993_u64),
                "R$ 9.007.199.254.740.993,00",
                "BRL 9,007,199,254,740,993.00",
            ),
        ] {
            let value = json!({"currency": "BRL", "value": value});
            assert_eq!(one(Lang::Pt, "total", &value), pt);
            assert_eq!(one(Lang::En, "total", &value), en);
        }
        let other = json!({"currency": "USD", "value": 1000});
        assert_eq!(one(Lang::Pt, "total", &other), "USD 1.000,00");
        let unknown = json!({"currency": "XYZ", "value": 1});
        assert_eq!(one(Lang::Pt, "total", &unknown), "XYZ 1,00");
    }

    #[test]
    fn dates_are_of_brasilia_or_as_they_came() {
        for (came, pt, en) in [
            ("2026-12-31T17:05:59Z", "31/12/2026 14:05", "2026-12-31 14:05"),
            ("2027-01-01T01:00:00.000Z", "31/12/2026 22:00", "2026-12-31 22:00"),
            (
                "2026-12-31T14:05:00-03:00",
                "31/12/2026 14:05",
                "2026-12-31 14:05",
            ),
            ("2026-03-01", "01/03/2026", "2026-03-01"),
        ] {
            assert_eq!(one(Lang::Pt, "createdAt", &json!(came)), pt);
            assert_eq!(one(Lang::En, "dueDate", &json!(came)), en);
            assert_eq!(one(Lang::Pt, "description", &json!(came)), came);
        }
        for came in [
            "2026-03-01 12:00:00",
            "2026-02-30T00:00:00Z",
            "2026-02-30",
            "amanhã",
        ] {
            assert_eq!(one(Lang::Pt, "createdAt", &json!(came)), came);
            assert_eq!(one(Lang::En, "dueDate", &json!(came)), came);
        }
    }

    #[test]
    fn exact_numbers_keep_their_digits() {
        for (value, text) in [
            (json!(301.5), "301.5"),
            (json!(-0.1), "-0.1"),
            (json!(12), "12"),
            (json!(1e-7), "0.0000001"),
            (json!(123_456_789_012.34), "123456789012.34"),
        ] {
            assert_eq!(exact(&value), text);
        }
    }

    #[test]
    fn lists_on_the_path_give_all_their_values() {
        let record = json!({"products": [{"title": "A"}, {"title": null}, {"title": "B"}], "x": {"y": true}});
        assert_eq!(shown(Lang::Pt, &record, "products.title"), "A, B");
        assert_eq!(shown(Lang::Pt, &record, "none|x.y"), "sim");
        assert_eq!(shown(Lang::Pt, &record, "none.y"), "");
    }
}
