//! Every call of the one list, through every generic property.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod answers;
mod blinket;
mod communities;
mod nutror;
mod personal;
mod safevideo;
mod sales;
#[cfg(feature = "fixtures")]
mod samples;
mod schools;
mod support;

use std::collections::{BTreeSet, HashSet};

use eduzz_wire::{Endpoint as _, Repeat};

macro_rules! generic_properties {
    ($(($product:ident, $endpoint:ident, $call:ident)),+ $(,)?) => {
        mod properties {
            $(
                #[test]
                fn $endpoint() {
                    eduzz_testkit::endpoint::check::<eduzz_api::$product::$call>(stringify!($product), stringify!($endpoint));
                }
            )+
        }

        /// `UPDATE_EXPECT=1 cargo test -p eduzz-api required_fields` rewrites the snapshot.
        #[test]
        fn required_fields_match_the_snapshot() {
            let lines = [$(
                eduzz_testkit::endpoint::required::<eduzz_api::$product::$call>(stringify!($product), stringify!($endpoint))
            ),+];
            expect_test::expect_file!["required.txt"].assert_eq(&lines.concat());
        }

        #[test]
        fn calls_are_retried_as_their_method_allows_except_these() {
            let mut others = Vec::new();
            $(
                let route = eduzz_api::$product::$call::ROUTE;
                let usual = match route.method().as_str() {
                    "GET" => Repeat::Safe,
                    "PUT" | "DELETE" => Repeat::Idempotent,
                    _ => Repeat::Once,
                };
                if route.repeatability() != usual {
                    others.push((stringify!($call), route.repeatability()));
                }
            )+
            assert_eq!(others, UNUSUAL_RETRIES);
        }

        #[test]
        fn routes_are_unique() {
            let mut seen = HashSet::new();
            $(assert!(seen.insert(eduzz_api::$product::$call::ROUTE.to_string()), "{}", stringify!($call));)+
        }

        // The command line and the sandbox know a call by its name alone, whatever its product and
        // its case.
        #[test]
        fn names_are_unique() {
            let mut seen = HashSet::new();
            $(
                let name = stringify!($call);
                assert!(seen.insert(name.to_lowercase()), "{name} of {}", stringify!($product));
            )+
        }

        #[test]
        fn list_has_every_fixture() {
            let listed = BTreeSet::from([$((stringify!($product), stringify!($endpoint))),+]);
            // The exchange of a code is a call of `eduzz-oauth`.
            let fixtures = eduzz_fixtures::ALL.iter().filter(|fixture| fixture.product != "oauth");
            assert_eq!(listed, fixtures.map(|fixture| (fixture.product, fixture.endpoint)).collect());
        }

        #[test]
        fn module_names_match_type_names() {
            for (endpoint, call) in [$((stringify!($endpoint), stringify!($call))),+] {
                assert_eq!(eduzz_testkit::names::camel_case(endpoint), call);
            }
        }
    };
}

/// The calls that mail, notify or guess; and one that changes nothing when repeated.
const UNUSUAL_RETRIES: [(&str, Repeat); 5] = [
    ("SetRecurringDate", Repeat::Once),
    ("SendCardChangeEmail", Repeat::Once),
    ("UpdateComment", Repeat::Idempotent),
    ("DeleteWebhookSubscriptionsByUrl", Repeat::Once),
    ("DeleteMembers", Repeat::Once),
];

eduzz_api::for_each_endpoint!(generic_properties);

#[test]
fn call_with_unknown_field_is_refused() {
    let error = serde_json::from_str::<eduzz_api::accounts::GetMe>(r#"{"page":1}"#).unwrap_err();
    assert!(error.to_string().contains("page"), "{error}");
}
