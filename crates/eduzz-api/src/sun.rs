//! Checkout Sun: carts.

mod create_cart;

pub use create_cart::{CreateCart, NewCartAddress, NewCartCustomer, NewCartItem};
