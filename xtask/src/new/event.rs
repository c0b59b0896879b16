//! A new event of a webhook.

use super::{Change, MARKER, camel_case, entries, snake_case, text, usage, with_entry, with_module};
use crate::files::House;
use crate::fixtures::{self, Kind};
use crate::report::Failure;

const LIST: &str = "crates/eduzz-webhook/src/list.rs";
const MODELS: &str = "crates/eduzz-types/src/webhook";

pub(super) fn change(house: &House, words: &[&str]) -> Result<Change, Failure> {
    let [origin, name] = words else {
        return Err(usage());
    };
    let (origin, name) = (snake_case("origin", origin)?, snake_case("event", name)?);
    let data = camel_case(name);
    let variant = camel_case(origin) + &data;
    let mut change = Change {
        next: format!(
            "fill in what holds `{MARKER}`; if another event of `{origin}` has the same members, share its type and take this\n      \
             one away. `cargo xtask layers fixtures` and `cargo test -p eduzz-webhook {variant}` say what is missing.\n      \
             Then `cargo xtask write`."
        ),
        ..Change::default()
    };
    add_model(house, &mut change, origin, name, &data)?;
    let list = text(house, LIST)?;
    let entries = entries(&list);
    let comes_later = |(_, words): &&(usize, Vec<&str>)| words.get(..2) > Some(&[origin, name]);
    let (later, last) = (entries.iter().find(comes_later), entries.last());
    let Some(before) = later.map(|(line, _)| *line).or(last.map(|(line, _)| line + 1)) else {
        return Err(format!("{LIST}: its list of events cannot be read").into());
    };
    let list = with_entry(&list, before, &[origin, name, &data, &variant]);
    change.edit_rust(house, LIST.to_owned(), list)?;
    let folder = fixtures::path_of(Kind::Event, origin, name);
    change.add(
        format!("{folder}/event.json"),
        format!(
            "{{\n  \"id\": \"{MARKER}\",\n  \"event\": \"{origin}.{name}\",\n  \"sentDate\": \"{MARKER}\",\n  \
             \"data\": {{\n    \"{MARKER}\": \"the data that the page shows, with other values\"\n  }}\n}}\n"
        ),
    );
    change.add(
        format!("{folder}/meta.toml"),
        format!(
            "page = \"{}\"\nseen = \"{MARKER}\"\ncertainty = \"{MARKER}\"\n\n\
             [bodies.\"event.json\"]\nkind = \"{MARKER}\"\n",
            page(origin, name)
        ),
    );
    Ok(change)
}

fn page(origin: &str, name: &str) -> String {
    format!("/reference/webhook/{origin}-{}", name.replace('_', "-"))
}

/// The struct of the data, at the end of its origin's file.
fn add_model(
    house: &House,
    change: &mut Change,
    origin: &str,
    name: &str,
    data: &str,
) -> Result<(), Failure> {
    let path = format!("{MODELS}/{origin}.rs");
    let import = "use serde::{Deserialize, Serialize};";
    let model = |derived: &str| {
        format!(
            "/// The data of `{origin}.{name}`: {MARKER}: what happened (docs page `{}`).\n\
             #[derive(Clone, Debug, Default, PartialEq, Eq, {derived})]\n\
             #[serde(rename_all = \"camelCase\")]\n#[non_exhaustive]\npub struct {data} {{}}\n",
            page(origin, name)
        )
    };
    if house.path(&path).is_file() {
        let there = text(house, &path)?;
        // A file that only gathers modules imports nothing.
        let derived = if there.contains(import) {
            "Serialize, Deserialize"
        } else {
            "serde::Serialize, serde::Deserialize"
        };
        change.edit_rust(house, path, format!("{there}\n{}", model(derived)))
    } else {
        let modules = format!("{MODELS}.rs");
        let there = with_module(&text(house, &modules)?, "webhook-events", origin);
        change.edit_rust(house, modules, there)?;
        let new = format!(
            "//! {MARKER}: the origin, in a line.\n\n{import}\n\n{}",
            model("Serialize, Deserialize")
        );
        change.add_rust(house, path, new)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{house, made, there};
    use super::*;

    #[test]
    fn an_event_of_an_origin_that_is_there() {
        let temp = house();
        let said = made(&temp, "event sun cart_abandoned_again").unwrap();
        assert!(
            said.contains("events/sun/cart_abandoned_again/event.json"),
            "{said}"
        );
        let models = there(&temp, "crates/eduzz-types/src/webhook/sun.rs");
        let expected = "pub struct CartAbandonment {}\n\n\
            /// The data of `sun.cart_abandoned_again`: §: what happened (docs page `/reference/webhook/sun-cart-abandoned-again`).\n\
            #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]\n\
            #[serde(rename_all = \"camelCase\")]\n#[non_exhaustive]\npub struct CartAbandonedAgain {}\n";
        assert!(models.ends_with(&expected.replace('§', MARKER)), "{models}");
        let list = there(&temp, LIST);
        assert!(
            list.contains(
                "            (sun, cart_abandoned_again, CartAbandonedAgain, SunCartAbandonedAgain),\n            \
                 (sun, cart_abandonment,"
            ),
            "{list}"
        );
        assert!(
            there(&temp, "crates/eduzz-fixtures/src/list.rs").contains("cart_abandoned_again/event.json")
        );
    }

    #[test]
    fn an_event_of_a_new_origin() {
        for (origin, stands) in [
            ("magic", "Created),\n            (magic,"),
            ("zoo", "Abandonment),\n            (zoo,"),
        ] {
            let temp = house();
            made(&temp, &format!("event {origin} trick_done")).unwrap();
            assert!(there(&temp, LIST).contains(stands), "{origin}");
            let model = there(&temp, &format!("{MODELS}/{origin}.rs"));
            assert!(model.contains("pub struct TrickDone {}"), "{model}");
            let modules = there(&temp, "crates/eduzz-types/src/webhook.rs");
            let feature = "#[cfg(feature = \"webhook-events\")]";
            let both = [
                format!("{feature}\npub mod {origin};\n"),
                format!("{feature}\npub mod sun;\n"),
            ];
            assert!(
                both.iter().all(|module| modules.contains(module.as_str())),
                "{modules}"
            );
        }
    }

    #[test]
    fn a_file_that_imports_nothing_still_compiles() {
        let temp = house();
        temp.write(&format!("{MODELS}/sun.rs"), "//! Sun.\n\nmod carts;\n");
        made(&temp, "event sun cart_paid").unwrap();
        assert!(there(&temp, &format!("{MODELS}/sun.rs")).contains("serde::Serialize, serde::Deserialize)]"));
    }
}
