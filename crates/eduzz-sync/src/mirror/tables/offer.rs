//! Offers of products: `GET /myeduzz/v1/products/:id/offers`.

use alloc::boxed::Box;
use alloc::string::String;

use eduzz_types::myeduzz::ProductOffer;
use eduzz_types::{ReadError, read_json};
use serde::Deserialize;

use super::{Table, fields};
use crate::mirror::record::joined;

/// An offer with its product, which is in the path of the call and not in the JSON.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Offer {
    #[serde(skip)]
    product: Box<str>,
    offer: ProductOffer,
}

impl Table for Offer {
    fields! {
        [Text] "product_id", ":id", "The product, from the path of the call.",
            |offer| Some(&offer.product);
        [Text] "id", "id", "The number of the offer.", |offer| Some(offer.offer.id.as_str());
        [Flag] "is_default", "isDefault", "Whether it is the product's default offer.",
            |offer| offer.offer.is_default;
        [Text] "name", "name", "The name; a sale has it as `offer_name`.",
            |offer| offer.offer.name.as_deref();
        [Flag] "is_visible_to_affiliates", "isVisibleToAffiliates", "Whether affiliates see it.",
            |offer| offer.offer.is_visible_to_affiliates;
        [Text] "checkout_url", "checkoutUrl", "The address of its checkout.",
            |offer| offer.offer.checkout_url.as_deref();
        [Amount] "default_price", "defaultPrice", "The price in the default currency.",
            |offer| offer.offer.default_price;
        [Int] "prices", "prices[]", "In how many currencies it has a price; `raw` has them.",
            |offer| i64::try_from(offer.offer.prices.len()).ok();
    }

    fn parse(parent: &str, json: &str) -> Result<Self, ReadError> {
        let offer: Self = read_json(json.as_bytes())?;
        Ok(Self {
            product: parent.into(),
            ..offer
        })
    }

    fn key(&self) -> String {
        joined(&self.product, self.offer.id.as_str())
    }
}
