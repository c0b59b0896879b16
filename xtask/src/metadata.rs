//! What `cargo metadata` says, as far as the steps need it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use crate::cargo::Cargo;
use crate::files::House;
use crate::report::Failure;

/// One package of the workspace or below it.
#[derive(Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) manifest: PathBuf,
    /// Whether `publish` lets it go to a registry.
    pub(crate) published: bool,
    pub(crate) license: Option<String>,
    pub(crate) features: BTreeMap<String, Vec<String>>,
    pub(crate) targets: Vec<Target>,
    pub(crate) dependencies: Vec<Dependency>,
}

/// Something that a package builds.
#[derive(Debug, Default)]
pub(crate) struct Target {
    pub(crate) name: String,
    /// `lib`, `bin`, `example`, `test`, …
    pub(crate) kind: String,
    pub(crate) source: PathBuf,
    pub(crate) required_features: Vec<String>,
}

/// One line of a manifest's dependencies.
#[derive(Debug, Default)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `normal`, `dev` or `build`.
    pub(crate) kind: String,
    pub(crate) optional: bool,
}

impl Package {
    pub(crate) fn is_library(&self) -> bool {
        self.targets.iter().any(|target| target.kind == "lib")
    }
}

/// The packages of the workspace, in order of name.
pub(crate) fn members(house: &House) -> Result<Vec<Package>, Failure> {
    parse(&Cargo::new(house, &["metadata", "--format-version", "1", "--no-deps"]).read()?)
}

/// The packages of the workspace and everything below them, with every feature, for every platform.
pub(crate) fn all(house: &House) -> Result<Vec<Package>, Failure> {
    parse(&Cargo::new(house, &["metadata", "--format-version", "1", "--all-features"]).read()?)
}

fn parse(text: &str) -> Result<Vec<Package>, Failure> {
    let metadata: Value =
        serde_json::from_str(text).map_err(|error| format!("cargo metadata printed no JSON: {error}"))?;
    let mut packages: Vec<Package> = list(&metadata, "packages").map(package).collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    if packages.is_empty() {
        return Err("cargo metadata named no package; did its format change?".into());
    }
    Ok(packages)
}

fn package(value: &Value) -> Package {
    Package {
        name: text(value, "name"),
        version: text(value, "version"),
        manifest: text(value, "manifest_path").into(),
        // `null` is any registry, a list names them, an empty list forbids all.
        published: value
            .get("publish")
            .and_then(Value::as_array)
            .is_none_or(|registries| !registries.is_empty()),
        license: optional_text(value, "license"),
        features: value
            .get("features")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, turns_on)| (name.clone(), texts(turns_on)))
            .collect(),
        targets: list(value, "targets").map(target).collect(),
        dependencies: list(value, "dependencies").map(dependency).collect(),
    }
}

fn target(value: &Value) -> Target {
    Target {
        name: text(value, "name"),
        kind: list(value, "kind")
            .next()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        source: text(value, "src_path").into(),
        required_features: value.get("required-features").map(texts).unwrap_or_default(),
    }
}

fn dependency(value: &Value) -> Dependency {
    Dependency {
        name: text(value, "name"),
        kind: optional_text(value, "kind").unwrap_or_else(|| "normal".to_owned()),
        optional: value.get("optional").and_then(Value::as_bool).unwrap_or_default(),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn text(value: &Value, key: &str) -> String {
    optional_text(value, key).unwrap_or_default()
}

fn optional_text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_cargo_prints() {
        let packages = parse(
            r#"{
                "packages": [
                    {"name": "b", "version": "2.0.0", "manifest_path": "/x/b/Cargo.toml", "publish": []},
                    {
                        "name": "a", "version": "1.0.0", "manifest_path": "/x/a/Cargo.toml",
                        "publish": null, "license": "MIT", "features": {"f": ["dep:g"]},
                        "targets": [{"name": "it", "kind": ["test"], "src_path": "/x/a/tests/it/main.rs",
                            "required-features": ["f"]}],
                        "dependencies": [{"name": "g", "kind": null, "optional": true}, {"name": "h", "kind": "dev"}]
                    }
                ]
            }"#,
        )
        .unwrap();
        assert_eq!(
            packages.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(),
            ["a", "b"]
        );
        let a = &packages[0];
        assert!(a.published && !a.is_library());
        assert_eq!(a.license.as_deref(), Some("MIT"));
        assert_eq!(a.features["f"], ["dep:g"]);
        assert_eq!(a.targets[0].required_features, ["f"]);
        assert!(a.dependencies[0].optional && a.dependencies[0].kind == "normal");
        assert_eq!(a.dependencies[1].kind, "dev");
        assert!(!packages[1].published);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(parse("no json").is_err());
        assert!(parse("{}").is_err());
    }
}
