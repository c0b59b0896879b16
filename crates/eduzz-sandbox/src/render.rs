//! The JSON of the state, as the API and the webhooks write it.

pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod financial;
pub(crate) mod json;
pub(crate) mod products;
pub(crate) mod sales;
pub(crate) mod subscriptions;
