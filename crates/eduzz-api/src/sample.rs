//! Samples of answers, for a program's own tests.

use eduzz_types::{ReadError, read_json};
use eduzz_wire::Endpoint;

/// A call with a sample of its answer, so that code that takes a model can be tested without a
/// server:
///
/// ```
/// use eduzz_api::Sample as _;
/// use eduzz_api::myeduzz::GetSale;
/// use eduzz_types::myeduzz::{Sale, SaleStatus};
///
/// fn is_revenue(sale: &Sale) -> bool {
///     sale.status == SaleStatus::Paid
/// }
///
/// let mut sale = GetSale::sample()?;
/// sale.status = SaleStatus::Refunded;
/// assert!(!is_revenue(&sale));
/// # Ok::<(), eduzz_types::ReadError>(())
/// ```
pub trait Sample: Endpoint {
    /// Product and call, as the fixtures name them.
    #[doc(hidden)]
    const FIXTURE: (&'static str, &'static str);

    /// The documented answer, with invented values.
    ///
    /// # Errors
    ///
    /// None for the calls of this crate: each has a sample that can be read.
    fn sample() -> Result<Self::Output, ReadError> {
        let (product, endpoint) = Self::FIXTURE;
        let answer = eduzz_fixtures::find(product, endpoint).and_then(eduzz_fixtures::Fixture::success);
        read_json(match answer {
            Some(answer) if !answer.body.is_empty() => answer.body,
            _ => b"{}",
        })
    }
}

macro_rules! samples {
    ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {$(
        impl Sample for crate::$product::$call {
            const FIXTURE: (&'static str, &'static str) = (stringify!($product), stringify!($endpoint));
        }
    )*};
}

crate::for_each_endpoint!(samples);
