//! Checkouts made through the API.

use serde::{Deserialize, Serialize};

use crate::state::money::Cents;

/// A checkout that was made through the API.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Cart {
    pub(crate) id: u64,
    pub(crate) key: String,
    pub(crate) lines: Vec<CartLine>,
    pub(crate) buyer: CartBuyer,
    /// The sale, once the buyer ordered.
    pub(crate) sale: Option<u64>,
}

/// The buyer of a cart, as far as the caller named one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct CartBuyer {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) cellphone: Option<String>,
    pub(crate) document: Option<String>,
}

/// A line of a cart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CartLine {
    pub(crate) product: u64,
    pub(crate) description: String,
    pub(crate) price: Cents,
    pub(crate) quantity: u64,
}
