//! Everything that answers a request: the API, the sign-in and its pages.

mod accounts;
mod authorize;
mod call;
mod calls;
mod faults;
mod handlers;
mod host;
mod myeduzz;
pub(crate) mod pages;
mod panel;
mod record;
pub(crate) mod router;
mod sun;
mod token;
mod webhook;
