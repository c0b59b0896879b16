//! Offers of products: `GET /myeduzz/v1/products/:id/offers`.

use alloc::string::String;

use eduzz_types::ReadError;
use eduzz_types::myeduzz::ProductOffer;

use super::{Of, Table, fields};
use crate::mirror::record::joined;

impl Table for Of<ProductOffer> {
    fields! {
        [Text] "product_id", ":id", "The product, from the path of the call.",
            |offer| Some(&offer.parent);
        [Text] "id", "id", "The number of the offer.", |offer| Some(offer.record.id.as_str());
        [Flag] "is_default", "isDefault", "Whether it is the product's default offer.",
            |offer| offer.record.is_default;
        [Text] "name", "name", "The name; a sale has it as `offer_name`.",
            |offer| offer.record.name.as_deref();
        [Flag] "is_visible_to_affiliates", "isVisibleToAffiliates", "Whether affiliates see it.",
            |offer| offer.record.is_visible_to_affiliates;
        [Text] "checkout_url", "checkoutUrl", "The address of its checkout.",
            |offer| offer.record.checkout_url.as_deref();
        [Amount] "default_price", "defaultPrice", "The price in the default currency.",
            |offer| offer.record.default_price;
        [Int] "prices", "prices[]", "In how many currencies it has a price; `raw` has them.",
            |offer| i64::try_from(offer.record.prices.len()).ok();
    }

    fn parse(parent: &str, json: &str) -> Result<Self, ReadError> {
        Self::owned(parent, json)
    }

    fn key(&self) -> String {
        joined(&self.parent, self.record.id.as_str())
    }
}
