//! Everything that answers a request: the API, the sign-in and its pages.

mod accounts;
mod alpaclass;
mod authorize;
pub(crate) mod blinket;
mod call;
mod calls;
mod faults;
mod fields;
mod handlers;
mod heycamp;
mod host;
mod myeduzz;
mod nutror;
pub(crate) mod pages;
mod problem;
mod query;
pub(crate) mod router;
mod safevideo;
mod sun;
mod token;
mod webhook;
