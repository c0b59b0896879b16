//! Checkout Sun: carts.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::page::filled;
use crate::scalar::optional_count;
use crate::{Money, PersonalText, ProductId};

/// A new cart, with the address of its payment (docs page `/reference/api/post-sun-v1-cart`).
///
/// The service returns the fields of the request. `shippingValue` is missing in the example of the
/// answer, though the request can have it. Of the items and the customer only the example is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Cart {
    /// Id of the cart.
    pub id: CartId,
    /// Key of the cart, a part of [`payment_url`](Self::payment_url); 32 characters in the example.
    /// Anyone with it can open the checkout, which may show the customer's data.
    pub key: Option<PersonalText>,
    /// The caller's own id of the order.
    pub order_id: Option<OrderId>,
    /// Where the customer pays: send the customer there. It may show the customer's data.
    pub payment_url: PersonalText,
    /// Where the service sends its notifications.
    pub postback_url: Option<Box<str>>,
    /// Where the customer comes back to.
    pub return_url: Option<Box<str>>,
    /// Number of instalments.
    #[serde(default, deserialize_with = "optional_count")]
    pub installments: Option<u64>,
    /// The items of the cart.
    #[serde(default, deserialize_with = "filled")]
    pub items: Vec<CartItem>,
    /// The customer.
    pub customer: Option<CartCustomer>,
}

/// A line of a [`Cart`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CartItem {
    /// The product.
    pub product_id: ProductId,
    /// Description shown to the customer.
    pub description: Option<Box<str>>,
    /// The unit price; its scale is not documented and is assumed to be that of every other
    /// [`Money`] (Q40).
    pub price: Option<Money>,
    /// The quantity.
    #[serde(default, deserialize_with = "optional_count")]
    pub quantity: Option<u64>,
}

/// Customer of a [`Cart`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CartCustomer {
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The telephone number, one text.
    pub cellphone: Option<PersonalText>,
    /// The tax number (CPF, CNPJ).
    pub document: Option<PersonalText>,
    /// The address.
    pub address: Option<CartAddress>,
}

/// The address of a [`CartCustomer`]; it has no city, and its names differ from those of other
/// addresses (Q37).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CartAddress {
    /// The street.
    pub street: Option<PersonalText>,
    /// The number in the street.
    pub number: Option<PersonalText>,
    /// The quarter (bairro).
    pub neighborhood: Option<PersonalText>,
    /// Address complement (complemento): flat, block.
    pub complement: Option<PersonalText>,
    /// The postal code (CEP).
    pub postal_code: Option<PersonalText>,
    /// The state, two letters in the example.
    pub state: Option<PersonalText>,
}

id! {
    /// Id of a cart of Checkout Sun.
    CartId;
    /// Id of an order in the shop that created the cart: Checkout Sun returns it.
    OrderId;
}
