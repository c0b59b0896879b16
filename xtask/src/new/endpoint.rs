//! A new call.

use super::{
    Change, MARKER, camel_case, entries, snake_case, text, usage, with_entry, with_line_before, with_module,
    with_product,
};
use crate::files::House;
use crate::fixtures::{self, Kind};
use crate::report::Failure;

const CRATE: &str = "crates/eduzz-api/src";

/// What the words after `new endpoint` ask for.
#[derive(Debug)]
struct Asked<'a> {
    product: &'a str,
    name: &'a str,
    method: &'a str,
    template: &'a str,
    scopes: Vec<&'a str>,
}

pub(super) fn change(house: &House, words: &[&str]) -> Result<Change, Failure> {
    let asked = Asked::of(words)?;
    let Asked { product, name, .. } = asked;
    let mut change = Change {
        next: format!(
            "fill in what holds `{MARKER}`, as docs/adding-an-endpoint.md shows; `cargo xtask layers fixtures` and\n      \
             `cargo test -p eduzz-api {name}` say what is missing. Then `cargo xtask write`."
        ),
        ..Change::default()
    };
    change.add_rust(house, format!("{CRATE}/{product}/{name}.rs"), asked.file())?;
    asked.list_it(house, &mut change)?;
    let folder = fixtures::path_of(Kind::Call, product, name);
    for (file, text) in asked.fixture() {
        change.add(format!("{folder}/{file}"), text);
    }
    Ok(change)
}

impl<'a> Asked<'a> {
    fn of(words: &[&'a str]) -> Result<Self, Failure> {
        let [product, name, method, template, options @ ..] = words else {
            return Err(usage());
        };
        let scopes = options.chunks(2).map(|option| match option {
            ["--scope", scope] if !scope.is_empty() => Ok(*scope),
            _ => Err(usage()),
        });
        if !["GET", "POST", "PUT", "PATCH", "DELETE"].contains(method) {
            return Err(format!("`{method}` is no method: GET, POST, PUT, PATCH or DELETE").into());
        }
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        };
        let mut segments = template.strip_prefix('/').unwrap_or_default().split('/');
        if !segments.all(|segment| is_word(segment.strip_prefix(':').unwrap_or(segment))) {
            return Err(format!("`{template}` is no template: write it as /myeduzz/v1/sales/:id").into());
        }
        Ok(Self {
            product: snake_case("product", product)?,
            name: snake_case("call", name)?,
            method,
            template,
            scopes: scopes.collect::<Result<_, _>>()?,
        })
    }

    /// The names of the template's places, as the template has them and as fields.
    fn places(&self) -> Vec<(&'a str, String)> {
        let places = self
            .template
            .split('/')
            .filter_map(|segment| segment.strip_prefix(':'));
        places.map(|place| (place, field(place))).collect()
    }

    /// The page of the documentation, whose address is made of the route.
    fn page(&self) -> String {
        let path = self.template.replace(['/', ':'], "-").replace("--", "-");
        format!("/reference/api/{}{path}", self.method.to_lowercase())
    }

    fn file(&self) -> String {
        let (kind, page, places) = (camel_case(self.name), self.page(), self.places());
        let (method, template) = (self.method, self.template);
        let constructor = method.to_lowercase();
        let joined = |each: &dyn Fn(&(&str, String)) -> String| places.iter().map(each).collect::<String>();
        let fields = joined(&|(_, field)| {
            format!("/// {MARKER}: what it is; an id has a type of `eduzz_types`.\npub {field}: Box<str>,\n")
        });
        let arguments = joined(&|(_, field)| format!("{field}: impl Into<Box<str>>, "));
        let values = joined(&|(_, field)| format!("{field}: {field}.into(), "));
        let path = joined(&|(place, field)| format!("call.path({place:?}, &self.{field});\n"));
        let scopes = match self.scopes.as_slice() {
            [] => String::new(),
            scopes => format!(".scopes(&{scopes:?})"),
        };
        let none = places.is_empty();
        let (import, derive, tolerant, constant, call) = if none {
            ("", "Default, ", "default, ", "const ", "_")
        } else {
            ("use alloc::boxed::Box;\n\n", "", "", "", "call")
        };
        format!(
            "//! `{method} {template}` — {MARKER}: what it does, in a line.\n\n\
             {import}use eduzz_types::NoContent;\nuse eduzz_wire::{{Call, Endpoint, Route}};\nuse serde::{{Deserialize, Serialize}};\n\n\
             /// {MARKER}: what it does, and what is odd about it (docs page `{page}`).\n\
             #[derive(Clone, Debug, {derive}PartialEq, Eq, Serialize, Deserialize)]\n\
             #[serde({tolerant}deny_unknown_fields)]\n#[non_exhaustive]\n\
             pub struct {kind} {{\n{fields}}}\n\n\
             impl {kind} {{\n/// {MARKER}.\n#[must_use]\n\
             pub {constant}fn new({arguments}) -> Self {{\nSelf {{ {values} }}\n}}\n}}\n\n\
             impl Endpoint for {kind} {{\n\
             const ROUTE: Route = Route::{constructor}({template:?}){scopes};\n\
             // {MARKER}: the answer's type, unless there is no answer.\ntype Output = NoContent;\n\n\
             fn describe(&self, {call}: &mut Call) {{\n{path}}}\n}}\n"
        )
    }

    /// The line of the one list, and those of the modules.
    fn list_it(&self, house: &House, change: &mut Change) -> Result<(), Failure> {
        let (product, name, kind) = (self.product, self.name, camel_case(self.name));
        let (list_path, module) = (format!("{CRATE}/list.rs"), format!("{CRATE}/{product}.rs"));
        let list = text(house, &list_path)?;
        let entries = entries(&list);
        let of_product = |(_, words): &&(usize, Vec<&str>)| words.first() == Some(&product);
        let words = [product, name, &kind];
        let list = match entries.iter().rfind(of_product) {
            Some((last, _)) => with_entry(&list, last + 1, &words),
            None => with_part(&list, &words).ok_or_else(|| unreadable(&list_path))?,
        };
        change.edit_rust(house, list_path, list)?;
        let (declared, exported) = (format!("mod {name};"), format!("pub use {name}::{kind};"));
        if house.path(&module).is_file() {
            let there = with_line_before(&text(house, &module)?, "mod ", &declared);
            let there = with_line_before(&there, "pub use ", &exported);
            return change.edit_rust(house, module, there);
        }
        let new = format!("//! {MARKER}: the product, in a line.\n\n{declared}\n\n{exported}\n");
        change.add_rust(house, module, new)?;
        let lib = format!("{CRATE}/lib.rs");
        let there = with_module(&text(house, &lib)?, product, product);
        change.edit_rust(house, lib, there)?;
        let types = format!("eduzz-types/{product}");
        for (manifest, turns_on) in [
            ("crates/eduzz-api/Cargo.toml", [types.as_str()].as_slice()),
            ("crates/eduzz-types/Cargo.toml", &[]),
        ] {
            let there = with_product(&text(house, manifest)?, product, turns_on);
            change.edit(manifest.to_owned(), there.ok_or_else(|| unreadable(manifest))?);
        }
        Ok(())
    }

    /// The files of the fixture folder.
    fn fixture(&self) -> [(&'static str, String); 5] {
        let places = self.places();
        let fields: Vec<String> = places
            .iter()
            .map(|(_, field)| format!("\"{field}\": \"{MARKER}\""))
            .collect();
        let segments: Vec<&str> = self
            .template
            .split('/')
            .map(|segment| if segment.starts_with(':') { MARKER } else { segment })
            .collect();
        [
            (
                "call.json",
                format!("{{ {} }}\n", fields.join(", ")).replace("{  }", "{}"),
            ),
            (
                "request.json",
                format!(
                    "{{ \"method\": \"{}\", \"target\": \"{}\" }}\n",
                    self.method,
                    segments.join("/")
                ),
            ),
            (
                "200.json",
                format!("{{ \"{MARKER}\": \"the answer that the page shows, with other values\" }}\n"),
            ),
            ("403.json", format!("{{ \"message\": \"{MARKER}\" }}\n")),
            (
                "meta.toml",
                format!(
                    "page = \"{}\"\nseen = \"{MARKER}\"\ncertainty = \"{MARKER}\"\n\n\
                     [answers.\"200.json\"]\nkind = \"{MARKER}\"\n\n[answers.\"403.json\"]\nkind = \"{MARKER}\"\n",
                    self.page()
                ),
            ),
        ]
    }
}

/// The list with a part more, for a product that has none yet; it becomes the last.
fn with_part(list: &str, words: &[&str; 3]) -> Option<String> {
    const LAST: &str = "then __all_calls! {\n";
    const END: &str = "/// The end of the list";
    let product = words[0];
    let (before, after) = list.split_once(LAST)?;
    let (last, end) = after.split_once(END)?;
    Some(format!(
        "{before}then __{product}_calls! {{\n{last}\
         part! {{ $ __{product}_calls, feature \"{product}\", {LAST}    ({}),\n}} }}\n\n{END}{end}",
        words.join(", ")
    ))
}

fn unreadable(path: &str) -> Failure {
    format!("{path}: what is there cannot be read, so nothing can be added").into()
}

/// A place of a template as a field: `teamId` is `team_id`.
fn field(place: &str) -> String {
    let mut field = String::new();
    for c in place.chars() {
        if c.is_ascii_uppercase() && !field.is_empty() {
            field.push('_');
        }
        field.push(if "-.".contains(c) {
            '_'
        } else {
            c.to_ascii_lowercase()
        });
    }
    field
}

#[cfg(test)]
mod tests {
    use super::super::tests::{house, made, there};
    use super::*;

    #[test]
    fn a_call_of_a_product_that_is_there() {
        let temp = house();
        let said = made(
            &temp,
            "endpoint accounts get_team_member GET /accounts/v1/teams/:teamId/members/:id --scope a_read --scope b_read",
        );
        assert!(
            said.unwrap()
                .contains("crates/eduzz-api/src/accounts/get_team_member.rs")
        );
        let expected = r#"//! `GET /accounts/v1/teams/:teamId/members/:id` — §: what it does, in a line.

use alloc::boxed::Box;

use eduzz_types::NoContent;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// §: what it does, and what is odd about it (docs page `/reference/api/get-accounts-v1-teams-teamId-members-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetTeamMember {
    /// §: what it is; an id has a type of `eduzz_types`.
    pub team_id: Box<str>,
    /// §: what it is; an id has a type of `eduzz_types`.
    pub id: Box<str>,
}

impl GetTeamMember {
    /// §.
    #[must_use]
    pub fn new(team_id: impl Into<Box<str>>, id: impl Into<Box<str>>) -> Self {
        Self {
            team_id: team_id.into(),
            id: id.into(),
        }
    }
}

impl Endpoint for GetTeamMember {
    const ROUTE: Route = Route::get("/accounts/v1/teams/:teamId/members/:id").scopes(&["a_read", "b_read"]);
    // §: the answer's type, unless there is no answer.
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("teamId", &self.team_id);
        call.path("id", &self.id);
    }
}
"#;
        assert_eq!(
            there(&temp, "crates/eduzz-api/src/accounts/get_team_member.rs"),
            expected.replace('§', MARKER)
        );
        let module = there(&temp, "crates/eduzz-api/src/accounts.rs");
        assert_eq!(
            module,
            "//! Accounts.\n\nmod get_me;\nmod get_team_member;\n\npub use get_me::GetMe;\n\
             pub use get_team_member::GetTeamMember;\n"
        );
        let list = there(&temp, "crates/eduzz-api/src/list.rs");
        assert!(
            list.contains(
                "    (accounts, get_me, GetMe),\n    (accounts, get_team_member, GetTeamMember),\n} }\n"
            ),
            "{list}"
        );
        let folder = "crates/eduzz-fixtures/api/accounts/get_team_member";
        assert_eq!(
            there(&temp, &format!("{folder}/request.json")).replace(MARKER, "§"),
            "{ \"method\": \"GET\", \"target\": \"/accounts/v1/teams/§/members/§\" }\n"
        );
        assert_eq!(
            there(&temp, &format!("{folder}/call.json")).replace(MARKER, "§"),
            "{ \"team_id\": \"§\", \"id\": \"§\" }\n"
        );
        assert!(there(&temp, "crates/eduzz-fixtures/src/list.rs").contains("get_team_member/403.json"));
    }

    #[test]
    fn a_call_of_a_new_product_without_places() {
        let temp = house();
        made(&temp, "endpoint magic list_tricks POST /magic/v1/tricks").unwrap();
        let file = there(&temp, "crates/eduzz-api/src/magic/list_tricks.rs");
        for line in [
            "#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]\n#[serde(default, deny_unknown_fields)]\n",
            "    pub const fn new() -> Self {\n        Self {}\n    }\n",
            "    const ROUTE: Route = Route::post(\"/magic/v1/tricks\");\n",
            "    fn describe(&self, _: &mut Call) {}\n",
        ] {
            assert!(file.contains(line), "{line}\n{file}");
        }
        let lib = there(&temp, "crates/eduzz-api/src/lib.rs");
        assert!(
            lib.contains(
                "#[cfg(feature = \"magic\")]\npub mod magic;\n#[cfg(feature = \"sun\")]\npub mod sun;\n"
            ),
            "{lib}"
        );
        let list = there(&temp, "crates/eduzz-api/src/list.rs");
        assert!(
            list.contains(
                "feature \"sun\", then __magic_calls! {\n    (sun, create_cart, CreateCart),\n} }\n\n\
                 part! { $ __magic_calls, feature \"magic\", then __all_calls! {\n    (magic, list_tricks, ListTricks),\n} }\n\n\
                 /// The end"
            ),
            "{list}"
        );
        for (package, turns_on) in [("eduzz-api", "\"eduzz-types/magic\""), ("eduzz-types", "")] {
            assert_eq!(
                there(&temp, &format!("crates/{package}/Cargo.toml")),
                format!(
                    "[features]\nsun = []\nmagic = [{turns_on}]\n\
                     all-products = [\n    \"sun\",\n    \"magic\",\n]\n\n[dependencies]\n"
                )
            );
        }
        assert_eq!(
            there(&temp, "crates/eduzz-fixtures/api/magic/list_tricks/call.json"),
            "{}\n"
        );
        assert!(there(&temp, "crates/eduzz-api/src/magic.rs").contains("pub use list_tricks::ListTricks;"));
    }

    #[test]
    fn what_is_misshapen_is_refused() {
        for (words, says) in [
            ("endpoint sun get_cart get /sun/v1/cart", "no method"),
            ("endpoint sun get_cart GET sun/v1/cart", "no template"),
            ("endpoint sun get_cart GET /sun//cart", "no template"),
            ("endpoint sun get_cart GET /sun/:", "no template"),
            ("endpoint sun get_cart GET /sun?page=1", "no template"),
            ("endpoint sun GetCart GET /sun/v1/cart", "snake_case"),
            ("endpoint Sun get_cart GET /sun/v1/cart", "snake_case"),
            (
                "endpoint sun get_cart GET /sun/v1/cart --scope",
                "cargo xtask new",
            ),
            (
                "endpoint sun get_cart GET /sun/v1/cart --scopes a",
                "cargo xtask new",
            ),
        ] {
            let said = made(&house(), words).unwrap_err();
            assert!(said.contains(says), "{words}: {said}");
        }
    }
}
