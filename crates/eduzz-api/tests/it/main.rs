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

// What is tested by hand takes calls of several products; the properties hold for those that are on.
#[cfg(feature = "all-products")]
mod answers;
#[cfg(feature = "all-products")]
mod blinket;
#[cfg(feature = "all-products")]
mod communities;
#[cfg(feature = "all-products")]
mod nutror;
#[cfg(feature = "all-products")]
mod personal;
#[cfg(feature = "all-products")]
mod safevideo;
#[cfg(feature = "all-products")]
mod sales;
#[cfg(feature = "all-products")]
mod schools;
#[cfg(feature = "all-products")]
mod support;

use std::collections::{BTreeSet, HashSet};

use eduzz_wire::Endpoint as _;

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
        #[cfg(feature = "all-products")]
        #[test]
        fn required_fields_match_the_snapshot() {
            let lines = [$(
                eduzz_testkit::endpoint::required::<eduzz_api::$product::$call>(stringify!($product), stringify!($endpoint))
            ),+];
            expect_test::expect_file!["required.txt"].assert_eq(&lines.concat());
        }

        #[test]
        fn no_route_is_there_twice() {
            let mut seen = HashSet::new();
            $(assert!(seen.insert(eduzz_api::$product::$call::ROUTE.to_string()), "{}", stringify!($call));)+
        }

        // The command line and the sandbox know a call by its name alone, whatever its product and its case.
        #[test]
        fn no_name_is_there_twice() {
            let mut seen = HashSet::new();
            $(
                let name = stringify!($call);
                assert!(seen.insert(name.to_lowercase()), "{name} of {}", stringify!($product));
            )+
        }

        #[test]
        fn the_list_has_the_calls_of_each_product_that_is_on() {
            let listed = BTreeSet::from([$((stringify!($product), stringify!($endpoint))),+]);
            let products = BTreeSet::from([$(stringify!($product)),+]);
            let fixtures = eduzz_fixtures::ALL.iter().filter(|fixture| {
                // The exchange of a code is a call of `eduzz-oauth`.
                fixture.product != "oauth" && (cfg!(feature = "all-products") || products.contains(fixture.product))
            });
            assert_eq!(listed, fixtures.map(|fixture| (fixture.product, fixture.endpoint)).collect());
        }

        #[test]
        fn modules_and_types_are_named_alike() {
            for (endpoint, call) in [$((stringify!($endpoint), stringify!($call))),+] {
                assert_eq!(eduzz_testkit::names::camel_case(endpoint), call);
            }
        }
    };
}

eduzz_api::for_each_endpoint!(generic_properties);

#[cfg(feature = "accounts")]
#[test]
fn a_call_with_an_unknown_field_is_refused() {
    let error = serde_json::from_str::<eduzz_api::accounts::GetMe>(r#"{"page":1}"#).unwrap_err();
    assert!(error.to_string().contains("page"), "{error}");
}
