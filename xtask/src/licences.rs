//! Every dependency's licence is one that deny.toml allows.

use spdx::{Expression, Licensee, ParseMode};
use toml::{Table, Value};

use crate::cargo::{Cargo, on_path};
use crate::files::{House, read};
use crate::metadata::{self, Package};
use crate::report::{Failure, Outcome, say};

/// All but advisories, whose database lies on the network.
const DENY: &[&str] = &[
    "deny",
    "--all-features",
    "--offline",
    "check",
    "--hide-inclusion-graph",
    "licenses",
    "bans",
    "sources",
];

/// What `cargo xtask licences` runs.
pub(crate) fn check(house: &House) -> Outcome {
    let allowed = Allowed::parse(&read(&house.path("deny.toml"))?)?;
    let packages = metadata::all(house)?;
    let problems: Vec<String> = packages
        .iter()
        .filter_map(|package| allowed.refuses(package))
        .collect();
    let note = Failure::unless_empty(problems, format!("{} packages", packages.len()))?;
    if on_path("cargo-deny") {
        Cargo::new(house, DENY).run("mend what cargo-deny says above")?;
    } else {
        say("cargo-deny is not installed: licences were read here, duplicates and sources were not");
    }
    Ok(note)
}

/// The table `[licenses]` of deny.toml.
#[derive(Debug)]
struct Allowed {
    everywhere: Vec<Licensee>,
    in_crates: Vec<(String, Vec<Licensee>)>,
}

impl Allowed {
    fn parse(text: &str) -> Result<Self, Failure> {
        let table: Table = text
            .parse()
            .map_err(|error| format!("deny.toml: is not TOML: {error}"))?;
        let licences = table.get("licenses").ok_or("deny.toml: has no [licenses]")?;
        let everywhere = licensees(licences)?;
        let mut in_crates = Vec::new();
        for exception in licences
            .get("exceptions")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let named = exception
                .get("crate")
                .or_else(|| exception.get("name"))
                .and_then(Value::as_str);
            let name = named.ok_or("deny.toml: an exception names no `crate`")?;
            // cargo-deny lets a version stand after an `@`.
            let name = name.split('@').next().unwrap_or(name);
            in_crates.push((name.to_owned(), licensees(exception)?));
        }
        Ok(Self {
            everywhere,
            in_crates,
        })
    }

    /// What is wrong with the licence of this package.
    fn refuses(&self, package: &Package) -> Option<String> {
        let name = format!("{} {}", package.name, package.version);
        let Some(licence) = &package.license else {
            return Some(format!(
                "{name}: names no licence; read its files, and do without it unless they say one"
            ));
        };
        // Old manifests write `MIT/Apache-2.0`.
        let expression = match Expression::parse_mode(licence, ParseMode::LAX) {
            Ok(expression) => expression,
            Err(error) => {
                return Some(format!(
                    "{name}: its licence `{licence}` cannot be read: {}",
                    error.reason
                ));
            }
        };
        let here = self
            .in_crates
            .iter()
            .filter(|(crate_name, _)| *crate_name == package.name);
        let allowed: Vec<&Licensee> = self
            .everywhere
            .iter()
            .chain(here.flat_map(|(_, more)| more))
            .collect();
        let fine = expression.evaluate(|wanted| allowed.iter().any(|licensee| licensee.satisfies(wanted)));
        (!fine).then(|| {
            format!("{name}: its licence `{licence}` is not allowed; do without it, or allow it in deny.toml with a reason")
        })
    }
}

fn licensees(table: &Value) -> Result<Vec<Licensee>, Failure> {
    let names = table
        .get("allow")
        .and_then(Value::as_array)
        .ok_or("deny.toml: a table of licences has no `allow`")?;
    let mut licensees = Vec::new();
    for name in names {
        let name = name
            .as_str()
            .ok_or("deny.toml: `allow` holds something else than text")?;
        let licensee = Licensee::parse(name)
            .map_err(|error| format!("deny.toml: `{name}` is no SPDX licence: {}", error.reason))?;
        licensees.push(licensee);
    }
    Ok(licensees)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "[licenses]\nallow = [\"MIT\", \"Apache-2.0\", \"ISC\"]\n\
        [[licenses.exceptions]]\ncrate = \"roots\"\nallow = [\"CDLA-Permissive-2.0\"]\n";

    fn refused(name: &str, licence: Option<&str>) -> bool {
        let package = Package {
            name: name.into(),
            license: licence.map(str::to_owned),
            ..Package::default()
        };
        Allowed::parse(RULES).unwrap().refuses(&package).is_some()
    }

    #[test]
    fn expressions_are_evaluated() {
        assert!(!refused("a", Some("MIT OR GPL-3.0-only")));
        assert!(!refused("a", Some("Unlicense/MIT")));
        assert!(!refused("a", Some("ISC AND (Apache-2.0 OR OpenSSL)")));
        assert!(refused("a", Some("MIT AND GPL-3.0-only")));
        assert!(refused("a", Some("GPL-3.0-only")));
        assert!(refused("a", Some("Not a licence")));
        assert!(refused("a", None));
    }

    #[test]
    fn an_exception_is_for_its_crate_alone() {
        assert!(!refused("roots", Some("CDLA-Permissive-2.0")));
        assert!(refused("others", Some("CDLA-Permissive-2.0")));
    }

    #[test]
    fn a_broken_configuration_is_refused() {
        for text in [
            "",
            "[licenses",
            "[licenses]",
            "[licenses]\nallow = [\"Mine\"]",
            "[licenses]\nallow = [1]",
        ] {
            assert!(Allowed::parse(text).is_err(), "{text}");
        }
    }
}
