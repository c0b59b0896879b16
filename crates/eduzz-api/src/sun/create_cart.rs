//! `POST /sun/v1/cart` — a checkout for several products at once.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::sun::{Cart, OrderId};
use eduzz_types::{ExactNumber, Money, PersonalText, ProductId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Creates a cart: one checkout whose total is the sum of its items. All products must belong to
/// one account (docs page `/reference/api/post-sun-v1-cart`).
///
/// The service's support says that it wants a personal token (Q184).
///
/// It is not retried if it may have been carried out: a second call creates another cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateCart {
    /// The caller's own id of the order, which the cart returns.
    pub order_id: OrderId,
    /// Where the service sends its notifications about the cart.
    pub postback_url: String,
    /// The items of the cart. The documentation does not mark it as required, but a cart without
    /// items is not sent.
    pub items: Vec<NewCartItem>,
    /// Where the customer goes after the payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<String>,
    /// Number of instalments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u32>,
    /// Cost of the delivery: a bare number. Its unit is not documented and is assumed to be that of
    /// [`Money`] (Q40). Only the newer of two descriptions of this call has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_value: Option<ExactNumber>,
    /// The customer, to prefill the checkout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<NewCartCustomer>,
}

builder!(CreateCart {
    /// Creates a cart of these items.
    new(
        order_id: impl Into<OrderId>,
        postback_url: impl Into<String>,
        items: impl Into<Vec<NewCartItem>>,
    );
    return_url: String,
    installments: u32,
    shipping_value: ExactNumber,
    customer: NewCartCustomer,
});

impl Endpoint for CreateCart {
    const ROUTE: Route = Route::post("/sun/v1/cart").scopes(&["sun_cart_write"]);
    type Output = Cart;

    fn describe(&self, call: &mut Call) {
        for item in &self.items {
            call.require_text("items", &item.product_id)
                .require_text("items", &item.description);
            if let Some(price) = &item.price {
                call.require_text("items", price.currency.as_str());
            }
        }
        call.require("items", !self.items.is_empty())
            .require_text("order_id", &self.order_id)
            .require_text("postback_url", &self.postback_url)
            .json(self);
    }
}

/// A line of a new cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct NewCartItem {
    /// The product.
    pub product_id: ProductId,
    /// Description shown to the customer.
    pub description: String,
    /// The quantity.
    pub quantity: u32,
    /// The unit price, in Brazilian reals; the product's own price by default. Its scale is not
    /// documented and is assumed to be that of every other [`Money`] (Q40).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}

builder!(NewCartItem {
    /// `quantity` units of a product, at the product's own price.
    new(product_id: impl Into<ProductId>, description: impl Into<String>, quantity: u32);
    price: Money,
});

/// Customer of a new cart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct NewCartCustomer {
    /// The e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<PersonalText>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonalText>,
    /// The telephone number, one text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cellphone: Option<PersonalText>,
    /// The tax number (CPF, CNPJ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<PersonalText>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<NewCartAddress>,
}

builder!(NewCartCustomer {
    /// A customer without any data; set the known fields.
    new();
    email: PersonalText,
    name: PersonalText,
    cellphone: PersonalText,
    document: PersonalText,
    address: NewCartAddress,
});

/// Address of the customer of a new cart; it has no city, and its names differ from those of other
/// addresses (Q37).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct NewCartAddress {
    /// The street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<PersonalText>,
    /// The number in the street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<PersonalText>,
    /// The quarter (bairro).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neighborhood: Option<PersonalText>,
    /// Address complement (complemento): flat, block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complement: Option<PersonalText>,
    /// The postal code (CEP).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<PersonalText>,
    /// The state, two letters in the documentation's example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<PersonalText>,
}

builder!(NewCartAddress {
    /// An address without any data; set the known fields.
    new();
    street: PersonalText,
    number: PersonalText,
    neighborhood: PersonalText,
    complement: PersonalText,
    postal_code: PersonalText,
    state: PersonalText,
});
