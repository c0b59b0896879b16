//! `eduzz call NAME --help`: a call's route, fields and an example.

use eduzz_fixtures::Fixture;
use eduzz_wire::Repeat;
use serde_json::{Map, Value};

use crate::calls::Known;
use crate::failure::Failure;
use crate::fields::{Given, folded};
use crate::lang::Lang;
use crate::probe::{Field, Kind};
use crate::shell::quoted;

/// Fields that say nothing about a call in an example.
const LEFT_OUT: [&str; 3] = ["page", "items_per_page", "extra_query"];

/// The help of the call of this name.
pub(crate) fn text(lang: Lang, name: &str) -> Result<String, Failure> {
    let known = Known::named(lang, name)?;
    if known.is_sign_in() {
        return Err(Failure::usage(lang.exchange_is_login()));
    }
    let fields = known.described();
    let route = known.route;
    let repeat = match route.repeatability() {
        Repeat::Safe => lang.help_repeat_safe(),
        Repeat::Idempotent => lang.help_repeat_idempotent(),
        _ => lang.help_repeat_once(),
    };
    let mut lines = vec![
        format!("{}: {route}", known.name),
        String::new(),
        match route.needed_scopes() {
            [] => lang.help_no_scopes(),
            scopes => lang.help_scopes(&scopes.join(", ")),
        },
        repeat,
    ];
    if known.is_paged() {
        lines.push(lang.help_pages());
    }
    lines.push(String::new());
    if fields.is_empty() {
        lines.push(lang.help_no_fields());
    } else {
        lines.push(lang.help_fields());
        let width = fields
            .iter()
            .map(|field| field.name.len())
            .max()
            .unwrap_or_default();
        for field in &fields {
            let required = if field.is_required {
                lang.help_required()
            } else {
                String::new()
            };
            let kind = lang.field_kind(&field.kind);
            lines.push(format!("  {:width$}  {kind}{required}", field.name));
        }
        lines.extend([String::new(), lang.help_set()]);
    }
    lines.extend([
        String::new(),
        lang.help_example(),
        format!("  {}", example(lang, &known, &fields)),
        String::new(),
        lang.help_more(),
    ]);
    Ok(format!("{}\n", lines.join("\n")))
}

/// A command line that makes the call, with the values of the SDK's example of it.
fn example(lang: Lang, known: &Known, fields: &[Field]) -> String {
    let values = eduzz_fixtures::ALL
        .iter()
        .find(|fixture| folded(fixture.endpoint) == folded(known.name))
        .and_then(call_of)
        .unwrap_or_default();
    let is_said = |name: &str| !LEFT_OUT.contains(&name) && values.contains_key(name);
    let required: Vec<&str> = fields
        .iter()
        .filter(|field| field.is_required)
        .map(|field| field.name)
        .collect();
    let optional = fields
        .iter()
        .filter(|field| !field.is_required)
        .map(|field| field.name);
    let optional: Vec<&str> = optional.filter(|name| is_said(name)).collect();
    // A change wants one field more than the required ones, some calls want a few.
    let words = (0..=optional.len())
        .map(|count| {
            let names = required.iter().chain(optional.iter().take(count));
            names
                .filter_map(|name| Some(format!("{name}={}", as_word(values.get(*name)?))))
                .collect::<Vec<String>>()
        })
        .find(|words| is_whole(lang, known, words))
        .unwrap_or_default();
    let options = words.iter().map(|word| format!(" --set {}", quoted(word)));
    format!("eduzz call {}{}", known.name, options.collect::<String>())
}

/// The fields of the example.
fn call_of(fixture: &Fixture) -> Option<Map<String, Value>> {
    let meta: Value = serde_json::from_str(fixture.meta).ok()?;
    meta.get("call")?.as_object().cloned()
}

/// Whether a call with these fields would be sent.
fn is_whole(lang: Lang, known: &Known, words: &[String]) -> bool {
    Given::read(lang, words.iter(), known.name, known.fields)
        .and_then(|given| known.prepare(lang, &given))
        .is_ok_and(|call| call.check().is_ok())
}

/// A value as it is given to `--set`: a text without quotes, anything else as JSON.
fn as_word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Lang {
    /// A field's kind for a person.
    fn field_kind(self, kind: &Kind) -> String {
        match kind {
            Kind::Text => self.field_text(),
            Kind::Id => self.field_id(),
            Kind::Day => self.field_day(),
            Kind::Moment => self.field_moment(),
            Kind::Integer => self.field_integer(),
            Kind::Number => self.field_number(),
            Kind::Boolean => self.field_boolean(),
            Kind::OneOf(known) => known.join(", "),
            Kind::List(kind) => self.field_list(&self.field_kind(kind)),
            Kind::Tuple(kinds) => {
                let kinds: Vec<String> = kinds.iter().map(|kind| self.field_kind(kind)).collect();
                format!("[{}]", kinds.join(", "))
            }
            Kind::Object(fields) => {
                let fields = fields.iter();
                let fields: Vec<String> = fields
                    .map(|(name, kind)| format!("\"{name}\": {}", self.field_kind(kind)))
                    .collect();
                format!("{{{}}}", fields.join(", "))
            }
            Kind::Json => self.field_json(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls;

    #[test]
    fn every_call_has_an_example_that_would_be_sent() {
        for known in calls::all().into_iter().filter(|known| !known.is_sign_in()) {
            for lang in [Lang::Pt, Lang::En] {
                let help = text(lang, known.name).unwrap();
                let start = format!("  eduzz call {}", known.name);
                let example = help.lines().find(|line| line.starts_with(&start)).unwrap();
                let words = shlex::split(example).unwrap();
                let fields: Vec<String> = words
                    .get(3..)
                    .unwrap_or_default()
                    .iter()
                    .filter(|word| *word != "--set")
                    .cloned()
                    .collect();
                assert!(is_whole(lang, &known, &fields), "{help}");
                assert!(help.contains(&known.route.to_string()), "{help}");
            }
        }
    }

    /// What the probe learns of each call is what reading it does.
    #[test]
    fn required_fields_are_those_without_which_the_example_is_refused() {
        for known in calls::all().into_iter().filter(|known| !known.is_sign_in()) {
            let fixture = eduzz_fixtures::ALL
                .iter()
                .find(|fixture| folded(fixture.endpoint) == folded(known.name))
                .unwrap();
            let values = call_of(fixture).unwrap();
            let read = |left_out: &str| {
                let words: Vec<String> = values
                    .iter()
                    .filter(|(name, _)| *name != left_out)
                    .map(|(name, value)| format!("{name}={}", as_word(value)))
                    .collect();
                Given::read(Lang::En, words.iter(), known.name, known.fields)
                    .and_then(|given| known.prepare(Lang::En, &given).map(drop))
            };
            read("").unwrap();
            for field in known.described() {
                let is_in = values.contains_key(field.name);
                assert!(is_in || !field.is_required, "{} {}", known.name, field.name);
                let refused = read(field.name).is_err();
                assert_eq!(refused, field.is_required, "{} {}", known.name, field.name);
            }
        }
    }
}
