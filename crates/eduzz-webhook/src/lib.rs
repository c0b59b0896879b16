//! Deliveries of Eduzz's webhooks, verified and typed.

#![no_std]
#![forbid(unsafe_code)]

mod list;
