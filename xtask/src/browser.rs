//! The consent page, driven in a real browser.

use std::env;

use crate::cargo::{Cargo, on_path};
use crate::files::House;
use crate::metadata;
use crate::report::{Outcome, say};

const PACKAGE: &str = "eduzz-cli";
const FEATURE: &str = "browser-tests";

/// What `cargo xtask browser` runs.
pub(crate) fn check(house: &House) -> Outcome {
    let packages = metadata::members(house)?;
    let exists = packages
        .iter()
        .any(|package| package.name == PACKAGE && package.features.contains_key(FEATURE));
    let in_ci = env::var_os("CI").is_some_and(|value| value == "true");
    match decide(
        exists,
        ["chromium", "chromedriver"]
            .into_iter()
            .find(|program| !on_path(program)),
        in_ci,
    ) {
        Decision::Run => Cargo::new(
            house,
            &["test", "-p", PACKAGE, "--features", FEATURE, "--test", "browser"],
        )
        .run("mend the tests named above"),
        Decision::LeaveOut(why) => {
            say(&why);
            Ok("left out".to_owned())
        }
        Decision::Fail(why) => Err(why.into()),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Decision {
    Run,
    LeaveOut(String),
    Fail(String),
}

fn decide(exists: bool, missing: Option<&str>, in_ci: bool) -> Decision {
    match missing {
        _ if !exists => {
            Decision::LeaveOut(format!("no browser test yet: {PACKAGE} has no feature {FEATURE}"))
        }
        None => Decision::Run,
        Some(program) => {
            let why =
                format!("`{program}` is not on PATH; on Debian: apt-get install chromium chromium-driver");
            if in_ci {
                Decision::Fail(why)
            } else {
                Decision::LeaveOut(why)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_may_be_missing_at_home_and_not_in_ci() {
        assert_eq!(decide(true, None, true), Decision::Run);
        assert!(matches!(
            decide(true, Some("chromium"), false),
            Decision::LeaveOut(_)
        ));
        let Decision::Fail(why) = decide(true, Some("chromedriver"), true) else {
            panic!("must fail")
        };
        assert!(why.contains("apt-get install chromium chromium-driver"), "{why}");
    }

    #[test]
    fn without_the_feature_there_is_nothing_to_run() {
        assert!(matches!(
            decide(false, Some("chromium"), true),
            Decision::LeaveOut(_)
        ));
    }
}
