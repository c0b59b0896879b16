//! What `--version` says: version, commit, target, features.

/// The features of this build.
const FEATURES: &[(&str, bool)] = &[("parquet", cfg!(feature = "parquet"))];

/// The version of the program.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit that the program was built from, if it was built in its repository.
pub(crate) fn commit() -> Option<&'static str> {
    Some(env!("EDUZZ_BUILD_COMMIT")).filter(|commit| !commit.is_empty())
}

/// The system that the program was built for.
pub(crate) const fn target() -> &'static str {
    env!("EDUZZ_BUILD_TARGET")
}

/// The names of the features that are compiled in.
pub(crate) fn features() -> Vec<&'static str> {
    let features = FEATURES.iter().filter(|(_, is_on)| *is_on);
    features.map(|(name, _)| *name).collect()
}

/// `0.1.0 (commit 1a2b3c4d5e6f, x86_64-unknown-linux-gnu, features: parquet)`.
pub(crate) fn long() -> String {
    let commit = commit()
        .map(|commit| format!("commit {commit}, "))
        .unwrap_or_default();
    let features = features().join(" ");
    let features = if features.is_empty() { "-" } else { &features };
    format!("{VERSION} ({commit}{}, features: {features})", target())
}
