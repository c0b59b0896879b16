//! Checkout Sun: carts left behind.
