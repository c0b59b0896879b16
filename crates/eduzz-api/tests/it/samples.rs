//! Every call has a sample of its answer.

use eduzz_api::Sample;
use eduzz_api::myeduzz::{GetSale, ListSales};
use eduzz_types::myeduzz::{Sale, SaleStatus};

macro_rules! samples {
    ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
        #[test]
        fn every_call_has_a_sample() {
            $(
                let sample = eduzz_api::$product::$call::sample();
                assert!(sample.is_ok(), "{}", stringify!($call));
            )*
        }
    };
}

eduzz_api::for_each_endpoint!(samples);

#[test]
fn code_that_takes_a_model_is_tested_with_a_changed_sample() {
    fn is_revenue(sale: &Sale) -> bool {
        sale.status == SaleStatus::Paid && sale.total.value.is_sign_positive()
    }

    let mut sale = GetSale::sample().unwrap();
    sale.status = SaleStatus::Paid;
    assert!(is_revenue(&sale));
    sale.status = SaleStatus::Refunded;
    assert!(!is_revenue(&sale));
    assert!(!ListSales::sample().unwrap().items.is_empty());
}
