//! The fields of a call, given as text: `--set field=value`.

use std::fmt;

use eduzz_wire::{ReadError, read_json};
use serde::de::value::Error as Stop;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IgnoredAny, Visitor};
use serde::forward_to_deserialize_any;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::probe;

/// Fields with their values, in the order they were given.
#[derive(Clone, Default)]
pub(crate) struct Given(Vec<(String, String)>);

impl Given {
    /// Splits `field=value`, and refuses a field that the call does not have. A name is found
    /// whatever its case, with or without `_`: `start_date`, `startDate`.
    pub(crate) fn read<'a>(
        lang: Lang,
        words: impl Iterator<Item = &'a String>,
        call: &str,
        names: &[&str],
    ) -> Result<Self, Failure> {
        let mut given = Self::default();
        for word in words {
            let (name, value) = word
                .split_once('=')
                .ok_or_else(|| Failure::usage(lang.not_an_assignment("--set")))?;
            let wanted = folded(name.trim());
            let Some(name) = names.iter().copied().find(|name| folded(name) == wanted) else {
                return Err(Failure::usage(if names.is_empty() {
                    lang.no_fields(call)
                } else {
                    lang.unknown_field(call, &names.join(", "))
                }));
            };
            if given.get(name).is_some() {
                return Err(Failure::usage(lang.field_twice(name)));
            }
            given.0.push((name.to_owned(), value.to_owned()));
        }
        Ok(given)
    }

    /// The value of a field.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// Reads the call. A value is tried as JSON first, then as text; errors do not quote it.
    pub(crate) fn call<T: DeserializeOwned>(&self, lang: Lang, call: &str) -> Result<T, Failure> {
        let missing = probe::required::<T>();
        let missing: Vec<&str> = missing
            .into_iter()
            .filter(|name| self.get(name).is_none())
            .collect();
        if !missing.is_empty() {
            let options: Vec<String> = missing
                .iter()
                .map(|name| format!("--set {name}={}", lang.placeholder_value()))
                .collect();
            let (names, options) = (missing.join(", "), options.join(" "));
            return Err(Failure::usage(lang.missing_fields(call, &names, &options)));
        }
        let mut attempts: Vec<(&str, Vec<String>)> = self
            .0
            .iter()
            .map(|(name, value)| (name.as_str(), readings(value)))
            .collect();
        loop {
            let members: Vec<String> = attempts
                .iter()
                .filter_map(|(name, readings)| Some(format!("{}:{}", json_text(name), readings.last()?)))
                .collect();
            let body = format!("{{{}}}", members.join(","));
            let path = match read_json(body.as_bytes()) {
                Ok(call) => return Ok(call),
                Err(ReadError::Shape { path, .. }) => path,
                Err(_) => return Err(Failure::usage(lang.bad_fields(call))),
            };
            let field = path.trim_start_matches('/').split('/').next().unwrap_or_default();
            match attempts.iter_mut().find(|(name, _)| *name == field) {
                Some((_, readings)) if readings.len() > 1 => drop(readings.pop()),
                Some((name, _)) => return Err(Failure::usage(lang.bad_field(call, name))),
                None => return Err(Failure::usage(lang.bad_fields(call))),
            }
        }
    }
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

/// A name without its spelling: `start_date` and `startDate` are one.
pub(crate) fn folded(name: &str) -> String {
    name.replace(['-', '_'], "").to_ascii_lowercase()
}

/// The JSON texts that a value may mean; the last one is tried first.
fn readings(value: &str) -> Vec<String> {
    let text = json_text(value);
    let json = value.trim();
    if serde_json::from_str::<IgnoredAny>(json).is_err() {
        return vec![text];
    }
    // `007` is not JSON, and the number `1e5` is not the id of this text.
    let odd_number =
        serde_json::from_str::<serde_json::Number>(json).is_ok_and(|number| number.to_string() != json);
    if odd_number {
        vec![json.to_owned(), text]
    } else {
        vec![text, json.to_owned()]
    }
}

fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The fields that a call can be read from.
pub(crate) fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &[&str] = &[];
    // Deserializing stops when the struct names its fields.
    let _ = T::deserialize(Names(&mut names));
    names
}

struct Names<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
        Err(Stop::custom("no value"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Stop> {
        *self.0 = fields;
        Err(Stop::custom("no value"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use eduzz_types::EduzzId;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Find {
        id: EduzzId,
        #[serde(default)]
        page: Option<u32>,
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        ids: Vec<EduzzId>,
    }

    fn read(words: &[&str]) -> Result<Find, String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let text = |failure: Failure| failure.text().unwrap_or_default().to_owned();
        Given::read(Lang::En, words.iter(), "Find", names::<Find>())
            .and_then(|given| given.call(Lang::En, "Find"))
            .map_err(text)
    }

    #[test]
    fn names_lists_the_fields_of_a_call() {
        assert_eq!(names::<Find>(), ["id", "page", "name", "ids"]);
        assert_eq!(names::<eduzz_api::accounts::GetMe>(), [""; 0]);
    }

    #[test]
    fn value_is_json_if_the_field_takes_it_else_text() {
        let find = read(&["id=007", "page=2", "name=12", "ids=[1,\"x\"]"]).unwrap();
        assert_eq!(find.id, EduzzId::new("007"));
        assert_eq!(find.page, Some(2));
        assert_eq!(find.name.as_deref(), Some("12"));
        assert_eq!(find.ids, [EduzzId::new("1"), EduzzId::new("x")]);
        let id = |word| read(&[word]).unwrap().id;
        assert_eq!(id("id=1e5"), EduzzId::new("1e5"));
        assert_eq!(id("id=\"a b\""), EduzzId::new("a b"));
        assert_eq!(id("id=a=b"), EduzzId::new("a=b"));
        assert_eq!(read(&["id=1", "name=null"]).unwrap().name, None);
        assert_eq!(read(&["id=1", "name="]).unwrap().name.as_deref(), Some(""));
    }

    #[test]
    fn field_is_found_in_any_spelling_and_all_missing_ones_are_named() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Days {
            start_date: String,
            end_date: String,
            page: Option<u32>,
        }
        let read = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let text = |failure: Failure| failure.text().unwrap_or_default().to_owned();
            Given::read(Lang::En, words.iter(), "Days", names::<Days>())
                .and_then(|given| given.call::<Days>(Lang::En, "Days"))
                .map_err(text)
        };
        let days = read(&["startDate=2026-01-01", "END_DATE=2026-01-02", "Page=2"]).unwrap();
        assert_eq!(
            (days.start_date.as_str(), days.end_date.as_str()),
            ("2026-01-01", "2026-01-02")
        );
        assert_eq!(days.page, Some(2));
        let error = read(&["page=2"]).unwrap_err();
        assert!(
            error.contains("--set start_date=VALUE --set end_date=VALUE"),
            "{error}"
        );
        let error = read(&["start_date=a", "startDate=b", "end_date=c"]).unwrap_err();
        assert!(error.contains("given twice"), "{error}");
    }

    #[test]
    fn errors_do_not_quote_the_value() {
        for (words, told) in [
            (&["canary"][..], "--set"),
            (&["canary=1"], "id, page, name, ids"),
            (&["id=1", "page=canary"], "page"),
            (&["page=1"], "--set id=VALUE"),
            (&["id=1", "id=canary"], "id"),
        ] {
            let error = read(words).unwrap_err();
            assert!(error.contains(told), "{error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }
}
