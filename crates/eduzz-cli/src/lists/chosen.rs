//! The columns of a list: all of them, or those of `--fields`.

use serde_json::Value;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::options::Format;
use crate::lists::{Column, Fields, csv_columns, values};
use crate::similar::advice;

/// The fields to write, as the record declares them; a part of a record is a field too.
pub(super) fn fields<F: Fields>(
    lang: Lang,
    format: Format,
    asked: &[String],
) -> Result<Vec<&'static str>, Failure> {
    if asked.is_empty() {
        return Ok(match format {
            Format::Table => F::TABLE.iter().map(|(field, ..)| *field).collect(),
            Format::Csv | Format::Xlsx => F::CSV.split_whitespace().collect(),
            // A record is written whole.
            Format::Json | Format::Jsonl => Vec::new(),
        });
    }
    let mut fields = Vec::new();
    for name in asked {
        let found = find::<F>(format, name.trim());
        if found.is_empty() {
            return Err(unknown::<F>(lang, name));
        }
        fields.extend(found);
    }
    let mut known = std::collections::BTreeSet::new();
    fields.retain(|field| known.insert(*field));
    Ok(fields)
}

/// The fields of this name: one, or those of a part of the record.
fn find<F: Fields>(format: Format, name: &str) -> Vec<&'static str> {
    let is_it = |field: &&str| field.split('|').any(|field| field == name);
    let in_table = || F::TABLE.iter().map(|(field, ..)| *field).find(is_it);
    let in_csv = || F::CSV.split_whitespace().find(is_it);
    // Below `total` are `total.value` and `total.currency`.
    let is_inside = |field: &&str| field.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let inside: Vec<&'static str> = F::CSV.split_whitespace().filter(is_inside).collect();
    let whole = || inside.first().and_then(|field| field.get(..name.len()));
    let ends: Vec<&str> = inside
        .iter()
        .filter_map(|field| field.get(name.len()..))
        .collect();
    let one = match format {
        Format::Json | Format::Jsonl => in_csv().or_else(in_table).or_else(whole),
        Format::Csv | Format::Xlsx if inside.is_empty() => in_csv().or_else(in_table),
        Format::Csv | Format::Xlsx => in_csv(),
        Format::Table if ends == [".value", ".currency"] => in_table().or_else(whole),
        Format::Table => in_table().or_else(in_csv),
    };
    one.map_or(inside, |one| vec![one])
}

fn unknown<F: Fields>(lang: Lang, name: &str) -> Failure {
    let columns: Vec<&str> = csv_columns::<F>().collect();
    let all = lang.known_fields(&columns.join(", "));
    let next = advice(lang, name, columns.iter().copied(), String::new());
    // A field of a name that is no field's could be anything.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._".contains(c);
    let shown = if name.len() <= 60 && name.chars().all(is_plain) {
        name
    } else {
        "…"
    };
    let next = if next.is_empty() {
        all
    } else {
        format!("{next}\n{all}")
    };
    Failure::usage(lang.no_such_field(shown, &next))
}

/// The headings of the columns: those of the table if all fields have one, else their names.
pub(super) fn headings<F: Fields>(lang: Lang, fields: &[&'static str]) -> Vec<&'static str> {
    let heading = |field: &&'static str| {
        let found = F::TABLE.iter().find(|(column, ..)| column == field);
        found.map(|(_, pt, en): &Column| lang.choose_text(pt, en))
    };
    let headings: Option<Vec<_>> = fields.iter().map(heading).collect();
    headings.unwrap_or_else(|| fields.iter().map(|field| values::name(field)).collect())
}

/// A record with these fields only, as JSON.
pub(super) fn part(record: &Value, fields: &[&'static str]) -> Result<String, serde_json::Error> {
    let mut tree = Tree::default();
    for field in fields.iter().flat_map(|field| field.split('|')) {
        tree.add(field.split('.'));
    }
    let mut text = String::new();
    tree.write(record, &mut text)?;
    Ok(text)
}

/// Whether the field is at this path of a record, or the path is below it. A path counts the
/// elements of lists: `products.1.title`.
pub(super) fn covers(field: &str, path: &str) -> bool {
    let is_name = |name: &&str| !name.bytes().all(|byte| byte.is_ascii_digit());
    field.split('|').any(|field| {
        let mut path = path.split('.').filter(is_name);
        field.split('.').all(|name| path.next() == Some(name))
    })
}

/// The names of the fields, in the order in which they were asked for.
#[derive(Default)]
struct Tree {
    inner: Vec<(&'static str, Tree)>,
    /// A field ends here, so that all below is written.
    is_whole: bool,
}

impl Tree {
    fn add(&mut self, mut path: std::str::Split<'static, char>) {
        let Some(name) = path.next() else {
            self.is_whole = true;
            return;
        };
        match self.inner.iter_mut().find(|(known, _)| *known == name) {
            Some((_, tree)) => tree.add(path),
            None => {
                let mut tree = Self::default();
                tree.add(path);
                self.inner.push((name, tree));
            }
        }
    }

    fn write(&self, value: &Value, text: &mut String) -> Result<(), serde_json::Error> {
        match value {
            Value::Array(elements) if !self.is_whole => {
                text.push('[');
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    self.write(element, text)?;
                }
                text.push(']');
            }
            Value::Object(fields) if !self.is_whole => {
                text.push('{');
                let found = self.inner.iter();
                let found = found.filter_map(|(name, tree)| Some((name, tree, fields.get(*name)?)));
                for (index, (name, tree, value)) in found.enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    text.push_str(&serde_json::to_string(name)?);
                    text.push(':');
                    tree.write(value, text)?;
                }
                text.push('}');
            }
            value => text.push_str(&serde_json::to_string(value)?),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use eduzz_types::myeduzz::Sale;
    use serde_json::json;

    use super::*;

    fn found(format: Format, asked: &str) -> Vec<&'static str> {
        let asked: Vec<String> = asked.split(',').map(str::to_owned).collect();
        fields::<Sale>(Lang::En, format, &asked).unwrap()
    }

    #[test]
    fn fields_are_found_by_their_paths() {
        let method = "payment.method|paymentMethod";
        for (format, asked, expected) in [
            (
                Format::Table,
                "id,total,buyer.email",
                &["id", "total", "buyer.email"][..],
            ),
            (Format::Table, "netGain,fee", &["netGain", "fee"]),
            (Format::Table, "affiliate", &["affiliate.id", "affiliate.name"]),
            (Format::Table, "paymentMethod", &[method]),
            (Format::Csv, "payment.method,id", &[method, "id"]),
            (Format::Csv, "total", &["total.value", "total.currency"]),
            (Format::Csv, "id, id,status", &["id", "status"]),
            (Format::Xlsx, "fee.value", &["fee.value"]),
            (
                Format::Json,
                "total,product,buyer.id",
                &["total", "product", "buyer.id"],
            ),
            (Format::Jsonl, "refund.value", &["refund.value"]),
        ] {
            assert_eq!(found(format, asked), expected, "{asked}");
        }
    }

    #[test]
    fn every_column_can_be_asked_for_and_others_are_refused() {
        for format in [Format::Table, Format::Json, Format::Csv, Format::Xlsx] {
            for column in csv_columns::<Sale>() {
                assert!(!found(format, column).is_empty(), "{column}");
            }
            for (asked, told) in [
                ("buyer.emial", "did you mean `buyer.email`"),
                ("xyz", "these exist: id, contractId, status"),
                ("", "these exist"),
                ("buyer.", "these exist"),
                ("\u{1b}[31m", "`…`"),
            ] {
                let refused = fields::<Sale>(Lang::En, format, &[asked.to_owned()]).unwrap_err();
                let text = refused.text().unwrap();
                assert!(text.contains(told) && text.lines().count() <= 3, "{text}");
            }
        }
    }

    #[test]
    fn headings_are_of_one_kind() {
        assert_eq!(headings::<Sale>(Lang::Pt, &["id", "total"]), ["ID", "TOTAL"]);
        assert_eq!(
            headings::<Sale>(Lang::Pt, &["id", "fee", "payment.method|paymentMethod"]),
            ["id", "fee", "payment.method"]
        );
    }

    #[test]
    fn part_of_a_record_keeps_its_form() {
        let record = json!({"id": "1", "total": {"value": 1.5, "currency": "BRL"}, "x": null,
            "products": [{"id": 1, "title": "A"}, {"id": 2, "title": "B"}], "name": "n"});
        for (fields, text) in [
            (&["name", "id"][..], r#"{"name":"n","id":"1"}"#),
            (
                &["products.title", "none.x"],
                r#"{"products":[{"title":"A"},{"title":"B"}]}"#,
            ),
            (
                &["total.value", "id", "total.currency"],
                r#"{"total":{"value":1.5,"currency":"BRL"},"id":"1"}"#,
            ),
            (&["total"], r#"{"total":{"currency":"BRL","value":1.5}}"#),
            (&["none|x", "id.y"], r#"{"x":null,"id":"1"}"#),
        ] {
            assert_eq!(part(&record, fields).unwrap(), text);
        }
        assert!(covers("products.title", "products.1.title") && covers("total", "total.value"));
        assert!(!covers("total.value", "total") && !covers("id", "identity"));
    }
}
