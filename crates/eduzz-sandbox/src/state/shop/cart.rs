//! Checkouts made through the API.

use crate::state::money::Cents;

/// A checkout that was made through the API.
#[derive(Clone, Debug)]
pub(crate) struct Cart {
    pub(crate) id: u64,
    pub(crate) key: String,
    pub(crate) lines: Vec<CartLine>,
    /// The buyer, as the caller wrote it.
    pub(crate) customer: Option<serde_json::Value>,
}

/// A line of a cart.
#[derive(Clone, Debug)]
pub(crate) struct CartLine {
    pub(crate) product: u64,
    pub(crate) description: String,
    pub(crate) price: Cents,
    pub(crate) quantity: u64,
}
